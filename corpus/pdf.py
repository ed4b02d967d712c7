"""Reading PDF through pypdf, page by page: the one door to that library.

pypdf gives the text of a page in pieces with their place and glyph size. Their concatenation is
the page's text; small raised pieces are footnote marks, which come off the stored text so that
"12" before "27,000" does not read as 1,227,000.
"""

import io
import logging
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.document import Page, Repair
from corpus.errors import UnreadableSourceError
from corpus.folios import page_labels
from corpus.pdf_layout import heading_of, lay_out, page_unit
from corpus.pdf_lines import Glyphs
from corpus.repair import repair_encoding, replace

_MARK = re.compile(r"[\d,\s]{1,6}|(?:[a-z*†‡](?:,\s?)?){1,3}\d{0,2}")
_MARK_SIZE = 0.8  # of the line's largest glyphs
_NOTE_START = re.compile(r"(?:\d{1,2}|[a-z])(?=[A-Z])")
_USELESS_TITLE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|indd|qxp|ai)\b|^microsoft word|^untitled|^[\d\W_]*$|^slide \d|^layout",
    re.IGNORECASE,
)
_PLACEHOLDERS = {"untitled", "anonymous", "unspecified"}  # what ReportLab writes unasked
# Raised where pypdf's own limits refuse ordinary filings; a decompression bomb still ends early.
_LIMITS = {"array_maximum_element_count": 2_000_000, "dictionary_maximum_element_count": 1_000_000}
# What pypdf ends in where a damaged file holds one kind of object in place of another.
_DAMAGED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class ReadPdf:
    """What a PDF holds: its pages, and what it says of itself."""

    pages: tuple[Page, ...]
    title: str
    author: str
    subject: str


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    x: float
    y: float
    size: float


def read_pdf(data: bytes, name: str) -> ReadPdf:
    """Read a PDF, encrypted with an empty password or not.

    Raises UnreadableSourceError where the file is damaged, needs a password, or has no text.
    """
    import pypdf
    from pypdf import errors

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        with pypdf.apply_configuration(None, **_LIMITS):
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise UnreadableSourceError(
                    f"{name}: is encrypted with a password; save a copy without one and add that"
                )
            pieces = [_pieces(page) for page in reader.pages]
            own_labels = tuple(reader.page_labels)
            metadata: Mapping[str, object] = reader.metadata or {}
            about = [str(metadata.get(k) or "").strip() for k in ("/Title", "/Author", "/Subject")]
            about = ["" if words.strip("()") in _PLACEHOLDERS else words for words in about]
    except UnreadableSourceError:
        raise
    except (errors.PyPdfError, *_DAMAGED) as error:
        raise UnreadableSourceError(
            f"{name}: cannot be read as PDF ({type(error).__name__}: {error}); open it in a viewer "
            "and save it anew, or remove it"
        ) from error
    if not any(piece.text.strip() for page in pieces for piece in page):
        raise UnreadableSourceError(
            f"{name}: has no text on its {len(pieces)} pages; it is a scan and needs OCR first"
        )
    texts = ["".join(piece.text for piece in page) for page in pieces]
    labels = page_labels(texts, own_labels)
    pages: list[Page] = []
    unit = ""
    for number, (text, label, page) in enumerate(zip(texts, labels, pieces, strict=True), start=1):
        unit = page_unit(text) or unit
        pages.append(_page(number, label, page, unit))
    named = (words for words in (about[0], about[2]) if words and not _USELESS_TITLE.search(words))
    title = next(named, "")
    heading = heading_of([(p.text, p.size) for p in pieces[0]])
    if title and heading and heading.lower() not in title.lower() and len(title) < 60:
        title = f"{heading}, {title}"
    return ReadPdf(tuple(pages), title or heading, about[1], about[2])


def _pieces(page: object) -> list[_Piece]:
    found: list[_Piece] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        scale = (tm[2] ** 2 + tm[3] ** 2) ** 0.5 * (cm[2] ** 2 + cm[3] ** 2) ** 0.5
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        found.append(_Piece(text, x, y, size * scale))

    page.extract_text(visitor_text=visit)  # type: ignore[attr-defined]
    return [piece for piece in found if piece.text]


def _page(number: int, label: str, pieces: list[_Piece], unit: str) -> Page:
    text = "".join(piece.text for piece in pieces)
    marks = _footnote_marks(text, pieces)
    without, repairs = replace(text, [(start, end, "") for start, end in marks], "footnote mark")
    glyphs = _place_glyphs(pieces, marks)
    repaired, encoding = repair_encoding(without)
    if len(repaired) == len(without) and encoding:
        # Same length, so that glyph places stay: only single signs were exchanged.
        without, repairs = repaired, tuple(sorted((*repairs, *encoding), key=_start))
    blocks = lay_out(without, glyphs, repairs, label, unit)
    return Page(number, label, without, blocks, repairs)


def _start(repair: Repair) -> int:
    return repair.start


def _footnote_marks(text: str, pieces: list[_Piece]) -> list[tuple[int, int]]:
    """Return the stretches that are footnote marks: small raised glyphs, and marks of notes."""
    marks: list[tuple[int, int]] = []
    position = 0
    line: list[tuple[int, _Piece]] = []
    for piece in [*pieces, _Piece("\n", 0, 0, 0)]:
        if piece.text.strip():
            line.append((position, piece))
        if "\n" in piece.text and line:
            marks += _marks_of_line(line)
            line = []
        position += len(piece.text)
    merged: list[tuple[int, int]] = []
    for start, end in marks:
        if (
            merged
            and not text[merged[-1][1] : start].strip(", ")
            and "\n" not in text[merged[-1][1] : start]
        ):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    taken = {start for start, _ in merged}
    for match in re.finditer(rf"^{_NOTE_START.pattern}", text, re.MULTILINE):
        if match.start() not in taken:
            merged.append((match.start(), match.end()))
    return sorted(merged)


def _marks_of_line(line: list[tuple[int, _Piece]]) -> list[tuple[int, int]]:
    body = max(piece.size for _, piece in line)
    base = [piece.y for _, piece in line if piece.size > _MARK_SIZE * body]
    marks = []
    for start, piece in line:
        words = piece.text.rstrip()
        raised = any(0.1 * body < piece.y - y < 0.8 * body for y in base)
        if piece.size <= _MARK_SIZE * body and raised and _MARK.fullmatch(words.strip()):
            lead = len(words) - len(words.lstrip())
            marks.append((start + lead, start + len(words)))
    return marks


def _place_glyphs(pieces: list[_Piece], marks: list[tuple[int, int]]) -> Glyphs:
    """Return the estimated place and size of every character of the stored text.

    pypdf tells where a piece begins; half the glyph size is taken for the width of a character.
    """
    xs: list[float] = []
    sizes: list[float] = []
    told: list[bool] = []
    for piece in pieces:
        x = piece.x
        first = len(piece.text) - len(piece.text.lstrip())
        told += [position == first for position in range(len(piece.text))]
        for sign in piece.text:
            xs.append(x)
            sizes.append(piece.size)
            x = piece.x if sign == "\n" else x + 0.5 * piece.size
    for start, end in reversed(marks):
        # What followed a mark without a gap is told its place by the end of the mark.
        told[end : end + 1] = [told[start] or told[end]] if end < len(told) else []
        for values in (xs, sizes, told):
            del values[start:end]
    return Glyphs(
        tuple(xs), tuple(sizes), frozenset(i for i, is_told in enumerate(told) if is_told)
    )
