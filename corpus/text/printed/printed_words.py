"""The words of a printed table that came as plain text: values, marks of notes, labels."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.tables.heads import is_value, is_year
from corpus.tables.lines import Placed
from corpus.tables.note_lines import split_marks

_WORD = re.compile(r"(?:(?!\.{3}|…|·{2}|_{3})\S)+")
_LEADER = re.compile(r"[.…·_]+")
_CURRENCIES = ("$", "US$", "€", "£", "¥")
_EMPHASIS = re.compile(r"^[*_]+|[*_]+$")
_MARK_WORD = re.compile(r"\[?(?:[a-z]|\d{1,2})(?:,(?:[a-z]|\d{1,2}))*,?\s?\]?")
_BRACKETED = re.compile(r"\s?\[\s?((?:[a-z]|\d{1,2})(?:,\s?(?:[a-z]|\d{1,2}))*)\s?\]")
_FUSED = re.compile(
    r"(?<=[a-z]{3})(\d{1,2}(?:,\s?\d{1,2})*)(?![\w.,%-])|(?<=[a-z]\))(\d{1,2})(?!\w)"
)
_FUSED_LETTER = re.compile(r"\b([A-Za-z][a-z]{3,})([erp])$")
_PARTED_HYPHEN = re.compile(r"(?<=[a-z]) -(?=[a-z])")
_CLOSING_MARK = re.compile(r"(?<=[a-z]{3}),\s?\d{1,2}$")
_GLUED_SIGN = re.compile(r"(?P<mark>\d{1,2})(?P<sign>NA|XX|W|—|–|--)")
_LEADING_MARKS = re.compile(r"(?:[a-z]|\d{1,2})(?:,\s?(?:[a-z]|\d{1,2}))*\s+(?=[A-Z])")
_CLOSED = re.compile(
    r"(?P<name>.*[^\W_\d]\)?)?:(?P<marks>(?:(?:[a-z]|\d{1,2})(?:,(?:[a-z]|\d{1,2}))*,?)?)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word without emphasis, its place in the text, and the number of its line."""

    text: str
    start: int
    end: int
    line: int

    @property
    def is_value(self) -> bool:
        """Tell whether the word is a figure, or a sign that stands for one."""
        if self.text[-1] in ",;:":
            return False
        return is_value(self.text) or is_year(self.text) or bool(_GLUED_SIGN.fullmatch(self.text))

    def placed(self, marks: tuple[str, ...] = ()) -> Placed:
        """Return the value at its place, parted from a mark glued to a sign ("14NA")."""
        if glued := _GLUED_SIGN.fullmatch(self.text):
            start = self.start + glued.start("sign")
            return Placed(glued["sign"], start, self.end, (*marks, glued["mark"]))
        return Placed(self.text, self.start, self.end, marks)

    @property
    def is_mark(self) -> bool:
        """Tell whether the word may be marks of notes: "e", "2,", "[e,", "4]"."""
        return bool(_MARK_WORD.fullmatch(self.text))


@dataclass(frozen=True, slots=True)
class Label:
    """The words of one label, parted from the marks of notes among them."""

    text: str
    marks: tuple[str, ...]


def words_of(lines: Iterable[tuple[int, Placed]]) -> Iterator[Word]:
    """Yield the words of numbered lines, without the dots that lead from labels to figures."""
    for number, line in lines:
        sign: Word | None = None  # of a currency that stands apart from its figure
        for match in _WORD.finditer(line.text):
            lead = len(match[0]) - len(match[0].lstrip("*_"))
            text = _EMPHASIS.sub("", match[0])
            if not text:
                continue
            start = line.start + match.start() + lead
            word = Word(text, start, start + len(text), number)
            if sign and word.is_value:
                word = replace(word, text=f"{sign.text}{text}", start=sign.start)
            elif sign:
                yield sign
            sign = word if text in _CURRENCIES else None
            if not sign and not _LEADER.fullmatch(text):
                yield word
        if sign:
            yield sign


def read_label(words: Sequence[Word], known: frozenset[str]) -> Label:
    """Return the label that words make; `known` are all words of the text, in small letters.

    Raised digits of marks come glued to words ("reliance5"), letters too where the word is known
    without them ("concentratese").
    """
    told = _PARTED_HYPHEN.sub("-", " ".join(word.text for word in words))
    marks: list[str] = []
    if leading := _LEADING_MARKS.match(told):
        marks += split_marks(leading[0])
        told = told[leading.end() :]
    for pattern in (_BRACKETED, _FUSED):
        for match in pattern.finditer(told):
            marks += split_marks(match[match.lastindex or 0])
        told = pattern.sub("", told)
    if closing := _CLOSING_MARK.search(told):
        marks += split_marks(closing[0])
        told = told[: closing.start()]
    letter = _FUSED_LETTER.search(told)
    if letter and letter[1].lower() in known:
        marks.append(letter[2])
        told = told[: letter.start(2)]
    return Label(told.strip(" ,"), tuple(marks))


def split_groups(words: Sequence[Word], known: frozenset[str]) -> list[Placed]:
    """Return the labels of groups before that of a row, each behind which stands a colon.

    The last one is that of the row itself, and without words where nothing stands behind a colon.
    Marks of notes behind a colon are those of its label.
    """
    labels: list[Placed] = []
    pending: list[Word] = []
    closing = False  # the words follow a colon and may be marks
    for word in words:
        if closing and word.is_mark:
            labels[-1] = replace(labels[-1], marks=(*labels[-1].marks, *split_marks(word.text)))
            continue
        closing = False
        pending.append(word)
        if match := _CLOSED.fullmatch(word.text):
            name = match["name"] or ""
            pending[-1] = replace(word, text=name, end=word.start + len(name))
            label = placed_label([one for one in pending if one.text], known)
            labels.append(replace(label, marks=(*label.marks, *split_marks(match["marks"]))))
            pending, closing = [], True
    return [*labels, placed_label(pending, known)]


def placed_label(words: Sequence[Word], known: frozenset[str]) -> Placed:
    """Return a label at its place; one without words has none."""
    if not words:
        return Placed("", 0, 0)
    read = read_label(words, known)
    return Placed(read.text, words[0].start, words[-1].end, read.marks)
