"""The door to pypdf: opening a file under limits, and the glyphs and lines of its pages."""

import io
import logging
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from corpus.errors import UnreadableSourceError
from corpus.pdf.glyphs.glyphs import GlyphReader
from corpus.pdf.glyphs.visible import Glyph
from corpus.pdf.lines import Line, find_lines, find_words
from corpus.pdf.order import reading_order

WORDS = 50_000  # that one page may hold; the densest page of a filing has 1,300
PAGES = 20_000  # that one file may have
_LARGEST = 14_400  # points: the side of the largest page that PDF knows
_PLACEHOLDERS = {"untitled", "anonymous", "unspecified"}  # what ReportLab writes unasked
# Raised where pypdf's own limits refuse ordinary filings; a decompression bomb still ends early.
_LIMITS = {"array_maximum_element_count": 2_000_000, "dictionary_maximum_element_count": 1_000_000}
# What pypdf ends in where a damaged file holds one kind of object in place of another.
DAMAGED = (
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


class OpenPdf:
    """A PDF file that is open in pypdf."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._glyphs = GlyphReader(reader)
        self.page_count = len(reader.pages)

    @property
    def labels(self) -> tuple[str, ...]:
        """The printed label of each page, or its number."""
        return tuple(self._reader.page_labels)

    @property
    def about(self) -> tuple[str, str, str]:
        """Title, author and subject."""
        told: Mapping[str, object] = self._reader.metadata or {}
        title, author, subject = (
            str(told.get(key) or "") for key in ("/Title", "/Author", "/Subject")
        )
        return title, author, subject

    def glyphs(self, number: int) -> list[Glyph]:
        """Return the glyphs of a page, counted from 1."""
        return self._glyphs.read(self._reader.pages[number - 1])

    def lines(self, number: int) -> list[Line]:
        """Return the lines of a page, counted from 1, in reading order."""
        return lines_of(self.glyphs(number))


@contextmanager
def allowing_large_files() -> Iterator[None]:
    """Raise pypdf's limits to what large filings need, and keep its warnings to itself."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with pypdf.apply_configuration(None, **_LIMITS):
        yield


@contextmanager
def open_pdf(data: bytes, name: str) -> Iterator[OpenPdf]:
    """Open a file in pypdf. Raises UnreadableSourceError."""
    import pypdf
    from pypdf import errors

    try:
        with allowing_large_files():
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise UnreadableSourceError(
                    f"{name}: is encrypted with a password; save a copy without one and add that"
                )
            yield OpenPdf(reader)
    except UnreadableSourceError:
        raise
    except (errors.PyPdfError, *DAMAGED) as error:
        raise UnreadableSourceError(
            f"{name}: cannot be read as PDF ({type(error).__name__}: {error}); open it in a viewer "
            "and save it anew, or remove it"
        ) from error


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page in reading order. Raises ValueError if it has too many words."""
    # A glyph larger than any page is none that a reader sees, and would make the search for
    # neighbours endless.
    words = find_words(
        glyph for glyph in glyphs if glyph.size < _LARGEST and abs(glyph.x1 - glyph.x0) < _LARGEST
    )
    if len(words) > WORDS:
        raise ValueError(f"the page holds more than {WORDS:,} words")
    return reading_order(find_lines(words))


def without_placeholders(about: Sequence[str]) -> tuple[str, str, str]:
    """Return title, author and subject, without what programs write where nobody told them."""
    title, author, subject = (
        "" if words.strip().strip("()") in _PLACEHOLDERS else words.strip() for words in about
    )
    return title, author, subject
