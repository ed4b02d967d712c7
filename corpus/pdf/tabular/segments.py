"""The segments of a line: labels, column heads and values, told apart by the gaps between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.language.table_words import is_amount, unit_words
from corpus.pdf.stored_text import TextLine, Token

_NUMBER = r"\(?[-–−+]?\(?(?:US|A|C|NT|HK)?[$€£¥]?\(?[-–−]?(?:\d(?:[\d,.]*\d)?|\.\d+)"
VALUE = re.compile(
    rf"[<>~≈±]?{_NUMBER}(?:[-–−]{_NUMBER})?(?:[)%]|\)%|%\)|[a-z]|x|bps|pts?)*"
    r"|NA|N/A|n/a|NM|nm|n/m|W|E|XX|[—–-]{1,2}|nil|\*+|—%|–%"
)
YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d[a-z]?")
_PREFIX = re.compile(r"(?:US|A|C|NT|HK)?[$€£¥]\(?|RMB|\(")
_SUFFIX = re.compile(r"\)|%|\)%|%\)|\)\s?%|x")
_PUNCTUATION = re.compile(r"[:;,.]+")
_HEAD_GAP = 0.5  # of the glyph size; a space is about half of that
_LEADER = re.compile(r"[.…·_]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a line that belong together: `text[start:end]` from x0 to x1 in points."""

    tokens: tuple[Token, ...]
    y: float = 0.0  # the baseline of its line

    @property
    def start(self) -> int:
        """Where it begins in the stored text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the stored text."""
        return self.tokens[-1].end

    @property
    def x0(self) -> float:
        """Where it begins on the page."""
        return self.tokens[0].x0

    @property
    def x1(self) -> float:
        """Where it ends on the page."""
        return self.tokens[-1].x1

    @property
    def figure_x0(self) -> float:
        """Where it begins without a currency sign, which stands apart in many tables."""
        words = [token for token in self.tokens if not _PREFIX.fullmatch(token.text)]
        return words[0].x0 if words else self.x0

    @property
    def size(self) -> float:
        """The size of its glyphs in points."""
        return self.tokens[0].size

    @property
    def centre(self) -> float:
        """The middle of it."""
        return (self.x0 + self.x1) / 2

    @property
    def text(self) -> str:
        """Its words, one space apart."""
        return " ".join(token.text for token in self.tokens)

    @property
    def figure(self) -> str:
        """Its words, the parts of a figure put together: "$ (43 )" is "$(43)"."""
        if not self.is_value or self._is_worded:
            return self.text
        return re.sub(r"(?<=[\d)])(?=[a-z]{3})", " ", self.text.replace(" ", ""))

    @property
    def marks(self) -> tuple[str, ...]:
        """The footnote marks taken off its words."""
        return tuple(mark for token in self.tokens for mark in token.marks)

    @property
    def is_value(self) -> bool:
        """Whether it is a figure, or a sign that stands for one ("NA", "—")."""
        words = [token.text for token in self.tokens]
        while len(words) > 1 and _PREFIX.fullmatch(words[0]):
            words = words[1:]
        while len(words) > 1 and _is_suffix(words[-1]):
            words = words[:-1]
        return self._is_worded or (len(words) == 1 and bool(VALUE.fullmatch(words[0])))

    @property
    def _is_worded(self) -> bool:
        """Whether words make one figure of its numbers: "about 900", "4,000 to 6,000"."""
        *words, last = (token.text for token in self.tokens)
        is_numbered = any(map(str.isdigit, last)) and any(map(str.isalpha, words))
        return is_numbered and is_amount(self.text)

    @property
    def is_year(self) -> bool:
        """Whether it is a year."""
        return bool(YEAR.fullmatch(self.text))


def segments(line: TextLine) -> tuple[Segment, ...]:
    """Cut a line at its gaps; two figures side by side are two segments even at a narrow gap."""
    found: list[list[Token]] = []
    for token in line.tokens:
        if _LEADER.fullmatch(token.text):
            found.append([])
            continue
        last = found[-1][-1] if found and found[-1] else None
        if (last is not None and not _parts(found[-1], last, token)) or (found and not found[-1]):
            found[-1].append(token)
        else:
            found.append([token])
    return tuple(Segment(tuple(tokens), line.y) for tokens in found if tokens)


def split_heads(segment: Segment) -> tuple[Segment, ...]:
    """Cut the words above columns at gaps that are wider than a space."""
    found: list[list[Token]] = [[segment.tokens[0]]]
    for token in segment.tokens[1:]:
        last = found[-1][-1]
        if token.x0 - last.x1 > _HEAD_GAP * max(last.size, token.size):
            found.append([token])
        else:
            found[-1].append(token)
    return tuple(Segment(tuple(tokens), segment.y) for tokens in found)


def _parts(before: Sequence[Token], last: Token, token: Token) -> bool:
    """Tell whether a new segment begins with this token."""
    size = max(last.size, token.size)
    gap = (token.x0 - last.x1) / max(size, 0.1)
    if _PUNCTUATION.fullmatch(token.text):
        return gap > 2.5
    last_is_value = bool(VALUE.fullmatch(last.text)) or _is_suffix(last.text)
    is_value = bool(VALUE.fullmatch(token.text))
    if _is_suffix(token.text) and last_is_value:
        return gap > 2.5
    if _PREFIX.fullmatch(last.text) and is_value and len(before) == 1:
        return gap > 30
    if is_value and last_is_value:
        alike = bool(VALUE.fullmatch(before[0].text)) or bool(_PREFIX.fullmatch(before[0].text))
        return gap > (0.45 if alike else 0.9)
    if _PREFIX.fullmatch(token.text) and token.text != "(":
        return gap > (0.45 if last_is_value else 0.9)
    return gap > (0.9 if is_value or last_is_value else 1.4)


def _is_suffix(word: str) -> bool:
    """Tell whether a word belongs to the figure before it: ")%", "years", "pts."."""
    return bool(_SUFFIX.fullmatch(word)) or word.rstrip(".") in unit_words("time", "points")
