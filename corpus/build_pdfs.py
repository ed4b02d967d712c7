"""Build the shipped PDF documents from our texts: `python -m corpus.build_pdfs`.

Owns the page layout and the small Markdown subset of `corpus/document_texts/`: headings,
paragraphs, lists, pipe tables with the caption line above, and a page-break marker. Every row of a
table is drawn as one line, so that reading the PDF gives one line a row. Equal texts give equal
bytes.
"""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TEXTS = Path(__file__).parent / "document_texts"
DOCUMENTS = Path(__file__).parent / "documents"
PAGE_BREAK = "<!-- page -->"

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 62.0  # A4 in points
BOTTOM = 80.0
BODY, BOLD, ITALIC = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique"
LABEL_STYLES = {"roman": "ROMAN_LOWER", "arabic": "ARABIC"}


@dataclass(frozen=True, slots=True)
class LabelRange:
    """Printed page numbers from page `first` (counted from 1) up to the next range."""

    first: int
    style: str
    prefix: str
    start: int

    def label(self, page: int) -> str:
        """Return the folio printed on `page`."""
        number = self.start + page - self.first
        return self.prefix + (_roman(number) if self.style == "roman" else str(number))


@dataclass(frozen=True, slots=True)
class PaperText:
    """One text to print: its front matter and the Markdown of each page."""

    title: str
    author: str
    subject: str
    running_head: str
    labels: tuple[LabelRange, ...]
    pages: tuple[str, ...]

    def folio(self, page: int) -> str:
        """Return the printed number of `page` (counted from 1)."""
        return [each for each in self.labels if each.first <= page][-1].label(page)


def read_paper(path: Path) -> PaperText:
    """Read one text; raise `ValueError` when its front matter is missing or lacks a field."""
    opening, _, rest = path.read_text(encoding="utf-8").partition("---\n")
    header, fence, body = rest.partition("\n---\n")
    if opening or not fence:
        raise ValueError(f"{path.name}: no front matter; begin the file with a --- line.")
    fields: dict[str, Any] = yaml.safe_load(header)
    try:
        published: datetime.date = fields["published"]
        return PaperText(
            title=fields["title"],
            author=fields["publisher"],
            subject=f"published {published.isoformat()}",
            running_head=fields["running_head"],
            labels=tuple(
                LabelRange(
                    each["page"], each["style"], each.get("prefix", ""), each.get("start", 1)
                )
                for each in fields["labels"]
            ),
            pages=tuple(page.strip() for page in body.split(PAGE_BREAK)),
        )
    except KeyError as error:
        raise ValueError(f"{path.name}: the front matter lacks {error}.") from error


def build_pdf(paper: PaperText, target: Path) -> None:
    """Print `paper` to `target`; raise `ValueError` when a page does not fit."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(target), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(paper.title)
    canvas.setAuthor(paper.author)
    canvas.setSubject(paper.subject)
    canvas.setCreator("corpus.build_pdfs")
    for each in paper.labels:
        canvas.addPageLabel(each.first - 1, LABEL_STYLES[each.style], each.start, each.prefix)
    for number, page in enumerate(paper.pages, start=1):
        _draw_frame(canvas, paper.running_head, paper.folio(number))
        if _draw_blocks(canvas, page) < BOTTOM:
            raise ValueError(f"{target.name}: page {number} is too long; move the page break.")
        canvas.showPage()
    canvas.save()


def build_all(folder: Path) -> tuple[Path, ...]:
    """Print every text of `corpus/document_texts` into `folder` and return the files."""
    targets = []
    for text in sorted(TEXTS.glob("*.md")):
        target = folder / f"{text.stem}.pdf"
        build_pdf(read_paper(text), target)
        targets.append(target)
    return tuple(targets)


def _draw_frame(canvas: Any, running_head: str, folio: str) -> None:
    canvas.setFont(ITALIC, 8)
    canvas.drawString(MARGIN, HEIGHT - 42, running_head)
    canvas.line(MARGIN, HEIGHT - 48, WIDTH - MARGIN, HEIGHT - 48)
    canvas.setFont(BODY, 9)
    canvas.drawCentredString(WIDTH / 2, 44, folio)


def _draw_blocks(canvas: Any, page: str) -> float:
    """Draw the blocks of one page and return the height that is left below them."""
    y = HEIGHT - 84.0
    for block in page.split("\n\n"):
        lines = block.strip().splitlines()
        if len(lines) > 1 and lines[1].startswith("|"):
            y = _draw_text(canvas, y, lines[0], BOLD, 9) - 3
            y = _draw_table(canvas, y, lines[1:])
        elif lines[0].startswith("- "):
            for line in lines:
                y = _draw_text(canvas, y, line, BODY, 10)
        elif lines[0].startswith("## "):
            y = _draw_text(canvas, y - 4, lines[0][3:], BOLD, 13)
        elif lines[0].startswith("# "):
            y = _draw_text(canvas, y, lines[0][2:], BOLD, 18)
        elif lines[0].startswith("Note: "):
            y = _draw_text(canvas, y, " ".join(lines), BODY, 8)
        else:
            y = _draw_text(canvas, y, " ".join(lines), BODY, 10)
        y -= 7
    return y


def _draw_text(canvas: Any, y: float, text: str, font: str, size: float) -> float:
    from reportlab.lib.utils import simpleSplit

    canvas.setFont(font, size)
    for line in simpleSplit(text, font, size, WIDTH - 2 * MARGIN):
        canvas.drawString(MARGIN, y, line)
        y -= size * 1.4
    return y


def _draw_table(canvas: Any, y: float, lines: list[str]) -> float:
    """Draw the rows cell by cell from left to right, all cells of a row on one base line."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    size = 8.5
    first = 1.1 * max(canvas.stringWidth(row[0], BOLD, size) for row in rows) + 8
    column = min(84.0, (WIDTH - 2 * MARGIN - first) / (len(rows[0]) - 1))
    right = MARGIN + first + column * (len(rows[0]) - 1)
    for index, row in enumerate(rows):
        if index == 1:  # the row of dashes
            canvas.line(MARGIN, y + 9, right, y + 9)
            continue
        font = BOLD if index == 0 else BODY
        # One text object a row: drawString ends with a line feed, which would part the cells.
        line = canvas.beginText(MARGIN, y)
        line.setFont(font, size)
        line.textOut(row[0])
        for position, cell in enumerate(row[1:], start=1):
            width = canvas.stringWidth(cell, font, size)
            line.setTextOrigin(MARGIN + first + column * position - width, y)
            line.setFont(font, size)  # set anew, so that pypdf tells the place of each cell
            line.textOut(cell)
        line.textLine()
        canvas.drawText(line)
        y -= size * 1.5
    canvas.line(MARGIN, y + 9, right, y + 9)
    return y - 3


def _roman(number: int) -> str:
    text = ""
    for value, letters in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        text += letters * (number // value)
        number %= value
    return text


def main() -> None:
    """Build the PDFs into `corpus/documents`."""
    for path in build_all(DOCUMENTS):
        print(path.name)


if __name__ == "__main__":
    main()
