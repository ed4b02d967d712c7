"""The rows of printed tables that came as plain text: a label, and a value for each column.

A table came line by line, or as running words: each row of it then begins where the values of the
one before end. Only rows that have a value for every column are read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.tables.heads import is_year
from corpus.tables.levels import Levels
from corpus.tables.lines import Placed
from corpus.text.printed.printed_words import Word, split_groups

_LABEL_CHARS = 130
_LABELS_CHARS = 240  # of a row's label with those of the groups before it
_MOST_BROKEN = 2  # rows that follow one another
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?]\s+[A-Z]|[;!?]|[a-z]{3,}\.$")
_NAMED = re.compile(r"[\[(“\"‘]?[^\W\d_](?=.*[^\W\d_]{2})")
_MARK = re.compile(r"[a-z]|\[\d{1,2}\]")
_SMALL = re.compile(r"\d{1,2}")
_LISTED = re.compile(
    r".*:(?:[a-z]|\d{1,2})(?:,(?:[a-z]|\d{1,2}))*,|.*[a-z]{3}(?:[erp]|\d{1,2}),|\d{1,2},"
)
_GOES_ON = re.compile(r"(?:[a-z(]|[A-Z]{2,}\))")
_OPEN_END = re.compile(r"(?:,|\b(?:and|of|or|the|for|in|as|from|to|by|per))$")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows below heads as cells, where those that name groups have but one.

    They end at `end`; `unread` are the stretches between them that are no rows, and `figures`
    says how many of the rows have figures.
    """

    cells: tuple[tuple[Placed, ...], ...]
    end: int
    unread: tuple[tuple[int, int], ...]
    figures: int


@dataclass(frozen=True, slots=True)
class Form:
    """How a table came: its number of values a row, and whether its rows stand on lines.

    `text` is that of the page, `known` are all its words in small letters.
    """

    width: int
    by_line: bool
    text: str
    known: frozenset[str]

    def indent(self, place: int) -> int:
        """Return how far right the line of a place is set."""
        line = self.text[self.text.rfind("\n", 0, place) + 1 : place]
        return len(line) if self.by_line and not line.strip() else 0


def read_rows(words: Sequence[Word], form: Form) -> Rows:
    """Return the rows that the words behind the heads of a table make, up to the first that do not.

    Values of another number than the columns are unread with their label, and more than a few of
    these that follow one another end the table.
    """
    found: list[tuple[list[Placed], list[Placed]]] = []
    groups: list[Placed] = []  # before a row that is unread
    unread: list[tuple[int, int]] = []
    label = position = broken = end = 0
    while position < len(words) and _chars(words[label : position + 1]) <= _LABELS_CHARS:
        if not words[position].is_value or position == label or _is_mark(words, position, form):
            position += 1
            continue
        behind = _values_end(words, position, form)
        run, labels = words[position:behind], _labels(words[label:position], form)
        values = _values(run, form.width)
        mixed = not form.by_line and _holds_figure(words[label:position], form)
        if values and labels and _closes_line(words, behind, form) and not mixed:
            found.append(([*groups, *labels], values))
            groups, label, broken, end = [], behind, 0, run[-1].end
        elif _is_broken(run, words, behind, form):
            unread.append((words[label].start, run[-1].end))
            groups += _groups(words[label:position], form)
            label, broken = behind, broken + 1
            if broken > _MOST_BROKEN:
                break
        position = behind
    cells = tuple(_with_indents(found, form))
    return Rows(cells, end, tuple(place for place in unread if place[1] <= end), len(found))


def _is_mark(words: Sequence[Word], position: int, form: Form) -> bool:
    """Tell whether a number is the mark of a note behind a group's colon: "Imports:e, 4"."""
    before, word = words[position - 1], words[position]
    if not _SMALL.fullmatch(word.text):
        return False
    closes = form.by_line and _closes_line(words, position + 1, form)
    behind = before.line != word.line or before.text.endswith(":")
    return bool(_LISTED.fullmatch(before.text)) or (closes and behind)


def _holds_figure(words: Sequence[Word], form: Form) -> bool:
    """Tell whether running words hold a figure, which may be all that another row has."""
    return any(
        word.is_value and "%" not in word.text and not (at and _is_mark(words, at, form))
        for at, word in enumerate(words)
    )


def _chars(words: Sequence[Word]) -> int:
    return sum(len(word.text) + 1 for word in words)


def _values_end(words: Sequence[Word], start: int, form: Form) -> int:
    end = start
    while end < len(words) and (words[end].is_value or (_MARK.fullmatch(words[end].text))):
        if form.by_line and words[end].line != words[start].line:
            break
        end += 1
    return end


def _closes_line(words: Sequence[Word], end: int, form: Form) -> bool:
    return not form.by_line or end == len(words) or words[end].line != words[end - 1].line


def _is_broken(run: Sequence[Word], words: Sequence[Word], end: int, form: Form) -> bool:
    """Tell whether values are those of a row that lacks some, rather than words of a label."""
    if "%" in run[-1].text and len(run) == 1:
        return False
    return len(run) > 1 or (form.by_line and _closes_line(words, end, form))


def _values(run: Sequence[Word], width: int) -> list[Placed]:
    """Return a value for each column, parted from the marks beside it; [] if they do not fit."""
    values = [word for word in run if not _MARK.fullmatch(word.text)]
    spare = len(values) - width
    small = [n for n, word in enumerate(values[:-1]) if _SMALL.fullmatch(word.text)]
    if spare < 0 or (spare and len(small) != spare):
        return []
    if all(is_year(word.text) for word in values):
        return []  # heads of something else
    before = set(small if spare else ())
    placed: list[Placed] = []
    marks: tuple[str, ...] = ()
    for number, word in enumerate(values):
        if number in before:
            marks = (word.text,)
            continue
        placed.append(word.placed(marks))
        marks = ()
    for word in run:
        if _MARK.fullmatch(word.text):
            at = max((n for n, cell in enumerate(placed) if cell.end <= word.start), default=0)
            placed[at] = replace(placed[at], marks=(*placed[at].marks, word.text.strip("[]")))
    return placed if len(placed) == width else []


def _labels(words: Sequence[Word], form: Form) -> list[Placed]:
    """Return the labels of groups before a row's and that itself; [] where they read like none."""
    labels = _all_labels(words, form)
    if labels or not form.by_line or not words:
        return labels
    above = [word for word in words if word.line != words[-1].line]
    labels = _all_labels([word for word in words if word.line == words[-1].line], form)
    return [*_groups(above, form), *labels] if labels else []


def _groups(words: Sequence[Word], form: Form) -> list[Placed]:
    """Return the labels with a colon among words that make no row: they govern what follows."""
    labels = split_groups(words, form.known)[:-1]
    return [label for label in labels if _reads(label)]


def _all_labels(words: Sequence[Word], form: Form) -> list[Placed]:
    labels: list[Placed] = []
    for part in _parts(words, form):
        labels += [label for label in split_groups(part, form.known) if label.text]
    told = " ".join(word.text for word in words)
    reads = all(map(_reads, labels)) and not _SENTENCE.search(told)
    return labels if reads else []


def _reads(label: Placed) -> bool:
    return bool(_NAMED.match(label.text)) and len(label.text) <= _LABEL_CHARS


def _parts(words: Sequence[Word], form: Form) -> list[list[Word]]:
    """Return the words parted where a line names a group without a colon."""
    parts: list[list[Word]] = [[]]
    for word in words:
        above = parts[-1][-1] if parts[-1] else None
        if form.by_line and above and above.line != word.line:
            goes_on = word.is_mark or _GOES_ON.match(word.text) or _OPEN_END.search(above.text)
            if not goes_on:
                parts.append([])
        parts[-1].append(word)
    if len(parts) > 1 and parts[0][0].text[0].islower():
        return parts[1:]  # the label of the row above goes on below its values
    return parts


def _with_indents(
    found: Sequence[tuple[list[Placed], list[Placed]]], form: Form
) -> Iterator[tuple[Placed, ...]]:
    """Yield the cells of groups and rows, set as far right as the text or their words tell."""
    shown = len({form.indent(labels[-1].start) for labels, _ in found}) > 1
    levels = Levels()
    for labels, values in found:
        *groups, own = labels
        for group in groups:
            indent = form.indent(group.start) if shown else levels.of_group(group.text)
            yield (replace(group, text=f"{group.text}:", indent=indent),)
        indent = form.indent(own.start) if shown else levels.of_row(own.text)
        yield (replace(own, indent=indent), *values)
