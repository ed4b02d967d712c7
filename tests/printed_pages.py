"""Pages printed on the spot with each word at its place, and what is read from them."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.document import Block, Page
from corpus.pdf.glyphs.opening import open_pdf
from corpus.pdf.lines import Line
from corpus.pdf.reading import build_pages
from corpus.pdf.stored_text import StoredText, put_together, vocabulary
from corpus.pdf.tabular.tables import Table, find_tables

PAGE = (595.0, 842.0)
LEFT = 60.0
LEADING = 12.0
_TOP = 780.0
_MARK_SIZE, _MARK_RISE = 0.65, 0.35  # of the size of the words they stand at


@dataclass(frozen=True, slots=True)
class Ink:
    """Words that begin, end or have their middle at `x` points; `^12^7,200` raises a mark."""

    x: float
    text: str
    edge: Literal["left", "right", "middle"] = "left"
    size: float = 9.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one size, with where it is printed."""

    x: float
    y: float
    text: str
    size: float
    font: str


Printed = str | float | Ink | Sequence[Ink]  # words at the margin, a gap in points, or a line


def row(label: str, *figures: str, at: Sequence[float], x: float = LEFT) -> list[Ink]:
    """Return a line with a label and figures that end at `at`; "" leaves a cell empty."""
    cells = [Ink(right, figure, "right") for right, figure in zip(at, figures, strict=True)]
    return [*([Ink(x, label)] if label else []), *(cell for cell in cells if cell.text)]


def print_pdf(*pages: Sequence[Printed], leading: float = LEADING) -> bytes:
    """Print pages from the top down and return the PDF."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=PAGE, invariant=1)
    for page in pages:
        for piece in _pieces(page, leading):
            canvas.setFont(piece.font, piece.size)
            canvas.drawString(piece.x, piece.y, piece.text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def read_lines(*pages: Sequence[Printed], leading: float = LEADING) -> list[list[Line]]:
    """Print pages and return the lines of each in reading order."""
    with open_pdf(print_pdf(*pages, leading=leading), "printed.pdf") as pdf:
        return [pdf.lines(number) for number in range(1, pdf.page_count + 1)]


def read_stored(page: Sequence[Printed], leading: float = LEADING) -> StoredText:
    """Print a page and return its stored text."""
    lines = read_lines(page, leading=leading)
    return put_together(lines[0], vocabulary(lines))


def read_tables(page: Sequence[Printed], leading: float = LEADING) -> list[Table]:
    """Print a page and return its tables."""
    return find_tables(read_stored(page, leading).lines, None)


def read_pages(*pages: Sequence[Printed], leading: float = LEADING) -> tuple[Page, ...]:
    """Print pages and return what is built of them."""
    lines = read_lines(*pages, leading=leading)
    labels = [str(number) for number in range(1, len(pages) + 1)]
    return build_pages(lines, labels, ("", "", "")).pages


def rows_of(page: Page) -> dict[str, Block]:
    """Return the row blocks of a page by their labels."""
    return {block.cells[0].text: block for block in page.blocks if block.kind == "row"}


def _pieces(page: Sequence[Printed], leading: float) -> Iterator[Piece]:
    y = _TOP
    for printed in page:
        if isinstance(printed, float | int):
            y -= printed
            continue
        line = [Ink(LEFT, printed)] if isinstance(printed, str) else printed
        for ink in [line] if isinstance(line, Ink) else line:
            yield from _place(ink, y)
        y -= leading


def _place(ink: Ink, y: float) -> Iterator[Piece]:
    font = "Helvetica-Bold" if ink.bold else "Helvetica"
    parts = [
        (text, ink.size * (_MARK_SIZE if is_mark else 1), ink.size * _MARK_RISE * is_mark)
        for n, text in enumerate(re.split(r"\^", ink.text))
        if text
        for is_mark in (n % 2 == 1,)
    ]
    widths = [stringWidth(text, font, size) for text, size, _ in parts]
    hangs = len(parts) > 1 and parts[-1][2] > 0  # a mark behind a figure stands out of its column
    whole = sum(widths[:-1] if hangs else widths)
    x = ink.x - {"left": 0.0, "right": whole, "middle": whole / 2}[ink.edge]
    for (text, size, rise), width in zip(parts, widths, strict=True):
        yield Piece(x, y + rise, text, size, font)
        x += width
