"""The lines of a PDF page with the place of their words, and which of them are table rows."""

import re
from dataclasses import dataclass

_VALUE = re.compile(
    r"[<>~≈]?\(?[-–−]?(?:US)?[$€£]?\d[\d,.]*[)%]?\)?[a-z]?|NA|N/A|W|E|XX|—|–|-|--|nil|\$|%"
)
YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d[a-z]?")
_DANGLING = re.compile(r"\b(?:of|in|and|or|from|to|the|a|by|for|with|than|was|were|is|are)$")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Place and size of every character of a page's stored text, in points.

    Only the characters in `placed` have a place that the PDF tells; the others are estimated from
    the one before.
    """

    xs: tuple[float, ...]
    sizes: tuple[float, ...]
    placed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place: `text[start:end]`, from x0 to about x1 in points."""

    text: str
    start: int
    end: int
    x0: float
    x1: float
    placed: bool  # whether x0 is told by the PDF


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words, with the size of most of its glyphs in points."""

    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    size: float

    @property
    def x0(self) -> float:
        """Where the line begins."""
        return self.tokens[0].x0

    @property
    def values(self) -> tuple[Token, ...]:
        """The figures the line closes with."""
        at = len(self.tokens)
        while at and _VALUE.fullmatch(self.tokens[at - 1].text):
            at -= 1
        return self.tokens[at:]

    @property
    def label(self) -> str:
        """The words before the figures."""
        return " ".join(t.text for t in self.tokens[: len(self.tokens) - len(self.values)])


def place_lines(text: str, glyphs: Glyphs) -> list[Line]:
    """Return the lines of a page\'s text that hold words, with their places."""
    lines = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        tokens = tuple(
            Token(
                word.group(),
                match.start() + word.start(),
                match.start() + word.end(),
                glyphs.xs[match.start() + word.start()],
                glyphs.xs[match.start() + word.end() - 1]
                + 0.5 * glyphs.sizes[match.start() + word.end() - 1],
                match.start() + word.start() in glyphs.placed,
            )
            for word in re.finditer(r"\S+", match.group())
        )
        sizes = glyphs.sizes[tokens[0].start : tokens[-1].end]
        size = sorted(sizes)[len(sizes) // 2]
        start, end = tokens[0].start, tokens[-1].end
        lines.append(Line(start, end, text[start:end], tokens, size))
    return lines


def is_year_header(line: Line) -> bool:
    """Tell whether a line closes with years alone: the head of a table."""
    values = line.values
    return len(values) >= 2 and all(YEAR.fullmatch(value.text) for value in values)


def is_row(line: Line) -> bool:
    """Tell whether a line is a label with figures behind it."""
    values = [value for value in line.values if value.text not in "$%"]
    label = line.label
    if not values or not re.search(r"[^\W\d_]{2}", label) or len(label) > 100:
        return False
    if _DANGLING.search(label) or is_year_header(line):
        return False
    if len(values) >= 2:
        return True
    labels_end = line.tokens[-len(line.values) - 1]
    return values[0].x0 - labels_end.x1 > 4 * line.size
