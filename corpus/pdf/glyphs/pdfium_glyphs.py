"""The glyphs of a PDF page as PDFium reads them, for files and pages that pypdf cannot read."""

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from corpus.errors import UnreadableSourceError
from corpus.pdf.glyphs.glyphs import GLYPHS, is_bold
from corpus.pdf.glyphs.visible import Glyph, upright, without_second_prints

_HYPHEN_AT_LINE_END = "\ufffe\x02"  # what PDFium puts in its place
_FORM_DEPTH = 8


class PdfiumPdf:
    """A PDF file that is open in PDFium."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self.page_count = len(document)

    @property
    def labels(self) -> tuple[str, ...]:
        """The printed label of each page, or its number."""
        return tuple(
            self._document.get_page_label(number) or str(number + 1)
            for number in range(self.page_count)
        )

    @property
    def about(self) -> tuple[str, str, str]:
        """Title, author and subject."""
        told = self._document.get_metadata_dict()
        return told.get("Title", ""), told.get("Author", ""), told.get("Subject", "")

    def glyphs(self, number: int) -> list[Glyph]:
        """Return the glyphs of a page, counted from 1."""
        page = self._document[number - 1]
        try:
            return read_glyphs(page)
        finally:
            page.close()

    def picture_share(self, number: int) -> float:
        """Return how much of a page is covered by pictures, from 0 to 1."""
        import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

        page = self._document[number - 1]
        try:
            width, height = page.get_size()
            covered = 0.0
            for picture in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_FORM_DEPTH):
                left, bottom, right, top = picture.get_bounds()
                covered += (right - left) * (top - bottom)
            return float(min(covered / max(width * height, 1.0), 1.0))
        finally:
            page.close()


@contextmanager
def open_in_pdfium(data: bytes, name: str) -> Iterator[PdfiumPdf]:
    """Open a file in PDFium. Raises UnreadableSourceError."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableSourceError(
            f"{name}: cannot be read as PDF ({error}); open it in a viewer and save it anew, "
            "or remove it"
        ) from error
    try:
        yield PdfiumPdf(document)
    finally:
        document.close()


def read_glyphs(page: Any) -> list[Glyph]:
    """Return the glyphs of a PDFium page, as `GlyphReader.read` returns those of a pypdf page."""
    text_page = page.get_textpage()
    try:
        glyphs = list(_placed_glyphs(text_page))
    finally:
        text_page.close()
    left, bottom, right, top = page.get_cropbox()
    shown = [
        glyph
        for glyph in glyphs
        if left - 2 <= glyph.x0 <= right + 2 and bottom - 2 <= glyph.y <= top + 2
    ]
    return upright(without_second_prints(shown))


def _placed_glyphs(text_page: Any) -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    raw = text_page.raw
    count = text_page.count_chars()
    if count > GLYPHS:
        raise ValueError(f"the page shows more than {GLYPHS:,} glyphs")
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    size, turn, bold, font, stretch = 0.0, 0, False, None, 1.0
    shown_by: int | None = None
    advances: dict[tuple[int, int], float] = {}
    ligature: Glyph | None = None
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue  # a space or line end that PDFium puts in; the gap says the same
        code = pdfium.FPDFText_GetUnicode(raw, index)
        text = "-" if chr(code) in _HYPHEN_AT_LINE_END else chr(code)
        if not (
            pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
            and pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        ):
            continue
        text_object = pdfium.FPDFText_GetTextObject(raw, index)
        address = ctypes.cast(text_object, ctypes.c_void_p).value if text_object else None
        if address is None or address != shown_by:
            pdfium.FPDFText_GetMatrix(raw, index, matrix)
            own_size = pdfium.FPDFText_GetFontSize(raw, index)
            size = abs(own_size) * math.hypot(matrix.c, matrix.d)
            stretch = abs(own_size) * math.hypot(matrix.a, matrix.b)
            turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
            bold = is_bold(_font_name(raw, index))
            font = pdfium.FPDFTextObj_GetFont(text_object) if address else None
            shown_by = address
        width = box.top - box.bottom if turn % 2 else box.right - box.left
        # The box holds all of the ink, and that of an "f" reaches over the space after it.
        advance = _advance(font, code, advances) * stretch
        if 0 < advance < width:
            width = advance
        glyph = Glyph(text, x.value, x.value + width, y.value, size, turn, bold)
        # The letters of a ligature come one by one, all in its place.
        if ligature and (ligature.x0, ligature.x1, ligature.y) == (glyph.x0, glyph.x1, glyph.y):
            glyph = Glyph(ligature.text + text, glyph.x0, glyph.x1, glyph.y, size, turn, bold)
        elif ligature:
            yield ligature
        ligature = glyph
    if ligature:
        yield ligature


def _advance(font: Any, code: int, known: dict[tuple[int, int], float]) -> float:
    """Return the width of a character of a font, as a share of its size; 0 if it is not known."""
    import pypdfium2.raw as pdfium

    if not font:
        return 0.0
    key = (ctypes.cast(font, ctypes.c_void_p).value or 0, code)
    if key not in known:
        width = ctypes.c_float()
        found = pdfium.FPDFFont_GetGlyphWidth(font, code, 1.0, width)
        known[key] = width.value if found else 0.0
    return known[key]


def _font_name(raw: Any, index: int) -> str:
    import pypdfium2.raw as pdfium

    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(raw, index, None, 0, flags)
    if not 0 < length <= 1000:
        return ""
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFText_GetFontInfo(raw, index, name, length, flags)
    return name.value.decode("utf-8", "replace")
