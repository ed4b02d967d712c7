"""Draws a page of a PDF as a picture, with the quoted words marked.

The stored text is the truth; this picture only helps a reader to see the quote where it was
printed. Words that PDFium reads in another order are marked run by run, or not at all.
"""

import io
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_raw  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw

from corpus.errors import QuoteNotPrintedError, UnreadableSourceError

_SCALE = 2.0  # pixels per point
_MARK = (255, 224, 102)
_MAX_SIDE_PIXELS = 4000  # a page of a few metres must not fill the memory
_RUN_WORDS = 3  # shorter runs occur all over a page
_RUN_CHARS = 10
_AROUND_POINTS = 60  # of the page, above and below a quote
PDFIUM_LOCK = threading.Lock()  # PDFium may be used by one thread at a time


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class _Drawn(NamedTuple):
    image: Image.Image
    boxes: tuple[_Box, ...]  # of the quotes


def render_page(path: Path, number: int, *quotes: str, scale: float = _SCALE) -> bytes:
    """Return page `number` (from 1) as PNG with the quotes highlighted.

    `scale` is pixels per point. White space, hyphens and letter case do not matter to the search.
    A quote that is not found is not highlighted. Raises UnreadableSourceError.
    """
    return _png(_drawn(path, number, quotes, scale).image)


def render_marked(path: Path, number: int, quote: str) -> bytes:
    """Return a page as `render_page` does. Raises QuoteNotPrintedError where nothing is marked."""
    drawn = _drawn(path, number, (quote,), _SCALE)
    if not drawn.boxes:
        raise QuoteNotPrintedError(
            f"{path.name}: the words are not found on page {number} as it is printed, nothing is "
            "marked; give words of the page, or none for the page alone"
        )
    return _png(drawn.image)


def render_quote(path: Path, number: int, quote: str, scale: float = _SCALE) -> bytes:
    """Return what of a page stands around `quote`, as `render_page` does; else the whole page."""
    drawn = _drawn(path, number, (quote,), scale)
    return _png(_around(drawn, round(_AROUND_POINTS * scale)) if drawn.boxes else drawn.image)


def _png(image: Image.Image) -> bytes:
    png = io.BytesIO()
    image.save(png, format="PNG")
    return png.getvalue()


def _around(drawn: _Drawn, margin: int) -> Image.Image:
    """Return the lines of a page around its marks, without the empty paper beside them."""
    image = drawn.image
    top = max(int(min(box.top for box in drawn.boxes)) - margin, 0)
    bottom = min(int(max(box.bottom for box in drawn.boxes)) + margin, image.height)
    lines = image.crop((0, top, image.width, bottom))
    left, _, right, _ = ImageChops.invert(lines).getbbox() or (0, 0, image.width, 0)
    beside = margin // 4
    return lines.crop((max(left - beside, 0), 0, min(right + beside, lines.width), lines.height))


def _drawn(path: Path, number: int, quotes: Sequence[str], scale: float) -> _Drawn:
    with PDFIUM_LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise UnreadableSourceError(
                f"{path.name}: page {number} cannot be shown: {error}; is the file damaged?"
            ) from error
        try:
            if not 1 <= number <= len(document):
                raise UnreadableSourceError(
                    f"{path.name}: there is no page {number} in a file of {len(document)} pages; "
                    "add the file again if it was replaced."
                )
            return _draw(document[number - 1], quotes, scale)
        except pypdfium2.PdfiumError as error:
            raise UnreadableSourceError(
                f"{path.name}: page {number} cannot be drawn: {error}"
            ) from error
        finally:
            document.close()


def _draw(page: pypdfium2.PdfPage, quotes: Sequence[str], scale: float) -> _Drawn:
    """Return the picture of one page with its marks."""
    scale = min(scale, _MAX_SIDE_PIXELS / max(page.get_width(), page.get_height(), 1.0))
    bitmap = page.render(scale=scale)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    boxes = [box for quote in quotes for box in _quote_boxes(page, bitmap, quote)]
    if not boxes:
        return _Drawn(image, ())
    # Multiplying leaves dark print dark, as a marker pen on paper does.
    layer = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(layer)
    for box in boxes:
        pen.rectangle(box, fill=_MARK)
    return _Drawn(ImageChops.multiply(image, layer), tuple(boxes))


def _quote_boxes(page: pypdfium2.PdfPage, bitmap: pypdfium2.PdfBitmap, quote: str) -> list[_Box]:
    """Return where the quote stands on the picture, in pixels."""
    text_page = page.get_textpage()
    to_pixels = bitmap.get_posconv(page)
    boxes = []
    for start, end in _find_quote(text_page, quote):
        for index in range(text_page.count_rects(start, end - start)):
            left, bottom, right, top = text_page.get_rect(index)
            corners = [to_pixels.to_bitmap(left, top), to_pixels.to_bitmap(right, bottom)]
            across = sorted(x for x, _ in corners)
            down = sorted(y for _, y in corners)
            boxes.append(_Box(across[0] - 1, down[0] - 2, across[1] + 1, down[1] + 2))
    return boxes


def _find_quote(text_page: pypdfium2.PdfTextPage, quote: str) -> list[tuple[int, int]]:
    """Return the stretches of PDFium's characters that hold the quote, each as start and end.

    The whole quote counts wherever it stands; failing that, each longest run of its words.
    """
    letters: list[str] = []
    places: list[int] = []
    for index in range(text_page.count_chars()):
        code = pdfium_raw.FPDFText_GetUnicode(text_page.raw, index)
        for letter in _letters(chr(code) if code < 0x110000 else ""):
            letters.append(letter)
            places.append(index)
    page_letters = "".join(letters)

    def stretch(at: int, length: int) -> tuple[int, int]:
        return places[at], places[at + length - 1] + 1

    wanted = _letters(quote)
    if not wanted:
        return []
    at = page_letters.find(wanted)
    found = []
    while at >= 0:
        found.append(stretch(at, len(wanted)))
        at = page_letters.find(wanted, at + len(wanted))
    if found:
        return found
    for run in _runs(quote.split(), page_letters):
        found.append(stretch(page_letters.find(run), len(run)))
    return found


def _runs(words: list[str], page_letters: str) -> list[str]:
    """Return the longest runs of words that stand on the page, in order."""
    runs = []
    first = 0
    while first < len(words):
        last = first
        run = ""
        while last < len(words) and run + _letters(words[last]) in page_letters:
            run += _letters(words[last])
            last += 1
        if last - first >= _RUN_WORDS and len(run) >= _RUN_CHARS:
            runs.append(run)
            first = last
        else:
            first += 1
    return runs


def _letters(text: str) -> str:
    """Return what counts when words are compared: letters, digits and signs of figures."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum() or letter in ".,%$€")
