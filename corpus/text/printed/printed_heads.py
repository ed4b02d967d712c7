"""The heads of printed tables that came as plain text: years side by side, and words over them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.tables.lines import Placed
from corpus.tables.note_lines import split_marks
from corpus.text.printed.printed_words import placed_label, words_of

_YEAR = re.compile(
    r"(?<!\S)[*_]*(?:FY\s?)?(?P<year>(?:19|20)\d\d[AEF]?)"
    r"(?P<marks>(?:[a-z]|\d{1,2}(?=\s|,\s?[a-z]))?(?:,\s?(?:[a-z]|\d{1,2}))*)[*_]*"
    r"(?:\s?[*_]*\[(?P<set>[a-z\d, ]{1,6})\][*_]*|\s(?P<lone>[a-z])(?=\s*$))?(?!\S)"
)
_SENTENCE_END = re.compile(r"(?<=[a-z\d%)\]])[.!?][\"”]?\s+(?=[A-Z\[])|(?<=\])\s+(?=[A-Z])")
_RUN_IN = re.compile(r"[*_]*(?P<words>[A-Z][^:.]{3,90}?)[*_]*\s?[*_]*:[*_]*(?:\s+|$)")
_NUMBERED = re.compile(r"[*_\W]{0,4}(?:Table|Exhibit)\s+[\w.-]+", re.IGNORECASE)
_SPANNING = re.compile(
    r"\b(?:production|output|capacity|exports?|imports?|consumption)[erp]?\d{0,2}\b", re.IGNORECASE
)
_GAP = re.compile(r"\s{2,}|\t")
_HEAD_START = re.compile(r"(?<!\S)(?=[*_]*[A-Z])")
_OWN_COLUMN = re.compile(r"(?<!\S)(?=[*_]*(?:Reserves?\b|Reserve base|Resources|Capacity|Share))")
LEAST_YEARS = 3  # side by side that head a table by themselves
_MOST_YEARS = 12
_HEAD_CHARS = 120
_CAPTION_CHARS = 240
_NEAR_CHARS = 1200  # of running words before heads
_ABOVE_LINES = 6  # that are searched for the paragraph which leads the table in


@dataclass(frozen=True, slots=True)
class Head:
    """The heads of a table: its years, and the words before and behind them.

    The table begins at `start` on line `first`, caption included. Its rows follow behind `end` on
    line `last`, or below where the heads fill that line (`is_line`).
    """

    first: int
    last: int
    start: int
    end: int
    is_line: bool
    caption: str
    years: tuple[Placed, ...]
    before: Placed
    behind: Placed

    def rows(self, width: int, known: frozenset[str]) -> list[list[Placed]]:
        """Return the rows of heads over a label and so many values; [] where they do not fit.

        Words before the years may span these and name further columns: "Mine production Reserves".
        """
        none = Placed("", self.start, self.start)
        extra = width - len(self.years)
        years = [none, *self.years, *[none] * extra]
        if not extra and self.behind.text:
            return []
        if not extra:
            spans = bool(_SPANNING.search(self.before.text))
            over = [_named(self.before, known)] if spans else []
        elif self.behind.text:
            parts = _parted(self.behind, extra)
            over = [_named(part, known) for part in (self.before, *parts)] if parts else []
        else:
            over = [_named(part, known) for part in _parted(self.before, extra + 1)]
        if extra and not over:
            return []
        if len(self.years) < LEAST_YEARS and not (over and _SPANNING.search(over[0].text)):
            return []
        if not over:
            of_labels = self.before if self.caption else none
            return [[of_labels, *years[1:]]]
        return [[none, *[over[0]] * len(self.years), *over[1:]], years]

    def title(self, known: frozenset[str]) -> Placed:
        """Return the caption; words before the years that span none of them are one too."""
        words = self.caption
        if not words and not _SPANNING.search(self.before.text):
            words = self.before.text
        label = placed_label(list(words_of([(0, Placed(words, 0, len(words)))])), known)
        return Placed(label.text.rstrip(" :"), label.start, label.end, label.marks)


def find_heads(lines: Sequence[Placed], number: int) -> Iterator[Head]:
    """Yield the heads of tables on a line; only years that follow one another are any."""
    line = lines[number]
    if "|" in line.text:
        return
    for run in _year_runs(line.text):
        if len(run) <= _MOST_YEARS and (head := _head(lines, number, run)):
            yield head


def _year_runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the years of a line that stand side by side, each one more or each one less."""
    run: list[re.Match[str]] = []
    for match in _YEAR.finditer(text):
        beside = bool(run) and text[run[-1].end() : match.start()].isspace()
        steps = {int(b["year"][:4]) - int(a["year"][:4]) for a, b in pairwise([*run, match])}
        if beside and steps in ({1}, {-1}):
            run.append(match)
            continue
        if len(run) > 1:
            yield run
        run = [match]
    if len(run) > 1:
        yield run


def _head(lines: Sequence[Placed], number: int, run: Sequence[re.Match[str]]) -> Head | None:
    line = lines[number]
    begin, end = run[0].start(), run[-1].end()
    near = max(begin - _NEAR_CHARS, 0)
    cut = max((m.end() for m in _SENTENCE_END.finditer(line.text, near, begin)), default=near)
    run_in = _RUN_IN.match(line.text, cut, begin)
    caption = run_in["words"] if run_in else ""
    before = _part(line, run_in.end() if run_in else cut, begin)
    behind = _part(line, end, end + 2 * _HEAD_CHARS)
    is_line = len(behind.text) <= _HEAD_CHARS and not any(map(str.isdigit, behind.text))
    first, start = number, line.start + cut
    if is_line and not before.text and not run_in and number and _is_head_line(lines[number - 1]):
        before = lines[number - 1]
        first, start = number - 1, before.start
    if len(before.text) > _HEAD_CHARS:
        return None
    if not caption:
        caption = _caption_before(line, cut) or _caption_above(lines, first)
    none = Placed("", line.end, line.end)
    return Head(
        first,
        number,
        start,
        line.end if is_line else line.start + end,
        is_line,
        caption,
        tuple(_year(line, match) for match in run),
        before,
        behind if is_line else none,
    )


def _part(line: Placed, start: int, end: int) -> Placed:
    words = line.text[start:end]
    start += len(words) - len(words.lstrip())
    return Placed(words.strip(), line.start + start, line.start + start + len(words.strip()))


def _year(line: Placed, match: re.Match[str]) -> Placed:
    marks = split_marks(" ".join(match[group] or "" for group in ("marks", "set", "lone")))
    return Placed(
        match["year"], line.start + match.start("year"), line.start + match.end("year"), marks
    )


def _is_head_line(line: Placed) -> bool:
    """Tell whether a line above the years may hold the words over them."""
    ended = line.text[-1:] in ("", ".", ":", ";", ",", "|")
    return not ended and len(line.text) <= _HEAD_CHARS and "|" not in line.text


def _caption_before(line: Placed, end: int) -> str:
    """Return how the nearest paragraph before the heads begins in running words, or ""."""
    near = max(end - _NEAR_CHARS, 0)
    starts = [match.end() for match in _SENTENCE_END.finditer(line.text, near, end)]
    for start in reversed(starts):
        if run_in := _RUN_IN.match(line.text, start, end):
            return run_in["words"]
    return ""


def _caption_above(lines: Sequence[Placed], number: int) -> str:
    """Return the caption above the heads, else how the paragraph above begins, or "".

    That is "World Mine Production and Reserves" of one that goes on behind a colon.
    """
    near = [line.text for line in reversed(lines[max(number - _ABOVE_LINES, 0) : number])]
    for place, words in enumerate(near):
        if _NUMBERED.match(words):
            whole = " ".join(part for part in reversed(near[: place + 1]) if part)
            return whole if len(whole) <= _CAPTION_CHARS else words
    if led := next((words for words in near if words.endswith(":")), ""):
        return led if len(led) <= _CAPTION_CHARS else ""
    return next((m["words"] for words in near if (m := _RUN_IN.match(words))), "")


def _parted(words: Placed, count: int) -> list[Placed]:
    """Return so many heads that stand side by side; [] where their edges are not plain."""
    if count == 1:
        return [words]
    gaps = [match.end() for match in _GAP.finditer(words.text)]
    for starts in (gaps, *(_starts(p, words.text) for p in (_HEAD_START, _OWN_COLUMN))):
        edges = [0, *(start for start in starts if start), len(words.text)]
        if len(edges) == count + 1:
            return [_part(words, left, right) for left, right in pairwise(edges)]
    return []


def _starts(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.start() for match in pattern.finditer(text)]


def _named(words: Placed, known: frozenset[str]) -> Placed:
    if not words.text:
        return words
    return placed_label(list(words_of([(0, words)])), known)
