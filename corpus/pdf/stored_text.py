"""The stored text of a PDF page, put together from its lines, and where each word stands in it.

Footnote marks come off and words broken at a line's end are joined; both are recorded as repairs.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.document import Repair
from corpus.pdf.lines import WORD_GAP, Line, Word
from corpus.repair.encoding import repair_encoding

Vocabulary = frozenset[str]

_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u00ad\u2010]$")
_GOES_ON = re.compile(r"([a-zà-ÿ]{2,})")
_SIGN = re.compile(r"\d{1,2}|[a-zA-Z]|[*†‡§¶#+]+")
_SEQUENCE = "\u0e42\u20ac"  # begins damage of three signs that stand for one
_WORD_CHARS = 80  # no word is longer
_PUNCTUATION = re.compile(r"[,;:.)\]]")
_GAP = 1.5  # of the glyph size: wider than justified text leaves between words


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the stored text, `text[start:end]`, from x0 to x1 in points, with its marks."""

    text: str
    start: int
    end: int
    x0: float
    x1: float
    size: float
    bold: bool = False
    marks: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the stored text; `y` is its baseline and `size` that of most of its glyphs.

    `mark` is the footnote mark that was taken off its beginning, as at the foot of a table.
    """

    tokens: tuple[Token, ...]
    y: float
    size: float
    mark: str = ""

    @property
    def start(self) -> int:
        """Where the line begins in the stored text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where the line ends in the stored text."""
        return self.tokens[-1].end

    @property
    def x0(self) -> float:
        """Where the line begins on the page."""
        return self.tokens[0].x0

    @property
    def x1(self) -> float:
        """Where the line ends on the page."""
        return self.tokens[-1].x1

    @property
    def text(self) -> str:
        """The words of the line, one space apart."""
        return " ".join(token.text for token in self.tokens)

    @property
    def bold(self) -> bool:
        """Whether the whole line is set in bold type."""
        return all(token.bold for token in self.tokens)


@dataclass(frozen=True, slots=True)
class StoredText:
    """The text of a page with its repairs and its lines in reading order."""

    text: str
    repairs: tuple[Repair, ...]
    lines: tuple[TextLine, ...]


@dataclass(slots=True)
class _Open:
    """A token under construction."""

    text: str = ""
    start: int = 0
    x0: float = 0.0
    x1: float = 0.0
    size: float = 0.0
    bold: bool = False
    marks: list[str] = field(default_factory=list)
    confidence: float = 1.0


def vocabulary(pages: Iterable[Sequence[Line]]) -> Vocabulary:
    """Return the words that the lines of a document hold whole, in lower case."""
    words: set[str] = set()
    for lines in pages:
        for line in lines:
            for word in line[:-1]:
                words.update(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", word.text.lower()))
            last = line[-1].text.lower()
            if not last.endswith("-"):
                words.update(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", last))
    return frozenset(words)


def put_together(lines: Sequence[Line], known: Vocabulary) -> StoredText:
    """Return the stored text of a page whose lines are given in reading order.

    `known` are the words of the document, which tell "exam-ple" from "rare-earth".
    """
    text = ""
    repairs: list[Repair] = []
    placed: list[TextLine] = []
    for line in lines:
        joint = _joint(text, placed, line, known)
        if joint is not None:
            hyphen, original = joint
            text = text[:-1] + hyphen
            if not hyphen:
                placed[-1] = _without_hyphen(placed[-1])
            start = len(text) - len(hyphen)
            repairs.append(Repair(start, len(text), original, "line-end hyphen"))
        elif text:
            text += "\n"
        text, placed_line = _append(text, line, repairs)
        if placed_line.tokens:
            placed.append(placed_line)
    return _with_encoding_repaired(StoredText(text, tuple(repairs), tuple(placed)))


def _with_encoding_repaired(page: StoredText) -> StoredText:
    """Repair encoding damage where single signs are exchanged, so that all keep their places."""
    text, repairs = repair_encoding(page.text)
    if not repairs or len(text) != len(page.text):
        return page
    lines = (
        replace(line, tokens=tuple(replace(t, text=text[t.start : t.end]) for t in line.tokens))
        for line in page.lines
    )
    both = sorted((*page.repairs, *repairs), key=lambda repair: repair.start)
    return StoredText(text, tuple(both), tuple(lines))


def _append(text: str, line: Line, repairs: list[Repair]) -> tuple[str, TextLine]:
    """Add a line to the text; its marks become repairs."""
    tokens: list[_Open] = []
    leading = ""
    before: Word | None = None
    for marks, word in _marks_and_words(line):
        behind, ahead = _share_out(marks, before, word)
        if behind:
            repairs.append(Repair(len(text), len(text), _words(behind), "footnote mark"))
            if tokens:
                tokens[-1].marks += _signs(behind)
                tokens[-1].x1 = max(tokens[-1].x1, behind[-1].x1)
        if word is None:
            break
        new = before is None or _is_apart(before, marks, word)
        if new and tokens:
            text += " "
        if ahead:
            repairs.append(Repair(len(text), len(text), _words(ahead), "footnote mark"))
            if not tokens:
                leading = next(iter(_signs(ahead)), "")
        if new:
            own = _signs(ahead)
            tokens.append(_Open("", len(text), word.x0, word.x1, word.size, word.bold, own))
        token = tokens[-1]
        said = word.text
        mended: tuple[Repair, ...] = ()
        if _SEQUENCE in word.text:
            said, mended = repair_encoding(word.text)
        repairs += (
            replace(repair, start=repair.start + len(text), end=repair.end + len(text))
            for repair in mended
        )
        token.text += said
        token.x1 = max(token.x1, word.x1)
        token.size = max(token.size, word.size)
        token.confidence = min(token.confidence, word.confidence)
        text += said
        before = word
    finished = tuple(
        Token(
            t.text,
            t.start,
            t.start + len(t.text),
            t.x0,
            t.x1,
            t.size,
            t.bold,
            tuple(t.marks),
            t.confidence,
        )
        for t in tokens
    )
    sizes = sorted(word.size for word in line if not word.mark for _ in word.text)
    size = sizes[len(sizes) // 2] if sizes else 0.0
    return text, TextLine(finished, line[0].y, size, leading)


def _marks_and_words(line: Line) -> Iterator[tuple[list[Word], Word | None]]:
    """Return each word of a line with the footnote marks before it; last, those at the end."""
    marks: list[Word] = []
    for word in line:
        if word.mark:
            marks.append(word)
        else:
            yield marks, word
            marks = []
    yield marks, None


def _share_out(
    marks: Sequence[Word], before: Word | None, after: Word | None
) -> tuple[Sequence[Word], Sequence[Word]]:
    """Return the marks of the word before and those of the word after: the widest gap parts them.

    Before punctuation that closes on them, all are of the word before.
    """
    if before is None or not marks:
        return (), marks
    if after is None or (_PUNCTUATION.match(after.text) and not _is_apart(before, marks, after)):
        return marks, ()
    stretch = (before, *marks, after)
    gaps = [one.x0 - other.x1 for other, one in pairwise(stretch)]
    widest = gaps.index(max(gaps))
    return marks[:widest], marks[widest:]


def _is_apart(before: Word, marks: Sequence[Word], word: Word) -> bool:
    """Tell whether a word stands apart from the one before it, marks between them aside."""
    size = max(word.size, before.size)
    if marks and _PUNCTUATION.match(word.text):
        return word.x0 - marks[-1].x1 > WORD_GAP * size
    return bool(marks) or word.x0 - before.x1 > WORD_GAP * size


def _signs(marks: Sequence[Word]) -> list[str]:
    """Return the single marks, superscript digits as plain ones."""
    plain = (unicodedata.normalize("NFKC", mark.text) for mark in marks)
    return [sign for words in plain for sign in _SIGN.findall(words)]


def _words(marks: Sequence[Word]) -> str:
    return " ".join(mark.text for mark in marks)


def _joint(
    text: str, placed: Sequence[TextLine], line: Line, known: Vocabulary
) -> tuple[str, str] | None:
    """Return what joins a word broken at the end of the text: hyphen or none, and the original.

    None where no word is broken there, or where it is uncertain that one is.
    """
    if not placed or not text or line[0].mark:
        return None
    last = placed[-1]
    end = text[-_WORD_CHARS:]
    broken = _BROKEN.search(end)
    goes_on = _GOES_ON.match(line[0].text)
    if not broken or not goes_on or _has_gap(last) or len(last.tokens) < 3:
        return None
    one, other = broken[1].lower(), goes_on[1].lower()
    hyphen = text[-1]
    if hyphen == "\u00ad" or one + other in known:
        return "", f"{hyphen}\n"
    word = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*$", end[:-1])
    if f"{one}-{other}" in known or (word and f"{word.group().lower()}-{other}" in known):
        return "-", f"{hyphen}\n"
    if other in known and one in known:
        return "-", f"{hyphen}\n"
    return ("", f"{hyphen}\n") if other not in known else None


def _without_hyphen(line: TextLine) -> TextLine:
    last = line.tokens[-1]
    token = replace(last, text=last.text[:-1], end=last.end - 1)
    return replace(line, tokens=(*line.tokens[:-1], token))


def _has_gap(line: TextLine) -> bool:
    return any(
        b.x0 - a.x1 > _GAP * line.size for a, b in zip(line.tokens, line.tokens[1:], strict=False)
    )
