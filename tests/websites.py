"""Web pages in the styles that are common, with invented words about rare earths."""

from pathlib import Path

from corpus.document import Block, Page, Reading
from corpus.html import read_html

PAGES = Path(__file__).parent / "web_pages"


def read_page(name: str) -> Reading:
    """Read one of the pages in web_pages/."""
    return read_html((PAGES / f"{name}.html").read_bytes(), f"{name}.html")


def read_body(body: str) -> Page:
    """Read a page that has nothing but this body."""
    return read_html(f"<html><body>{body}</body></html>".encode(), "a.html").pages[0]


def told(page: Page) -> list[str]:
    """Return the words of each block, in order."""
    return [page.text[block.start : block.end] for block in page.blocks]


def rows_of(page: Page) -> list[list[str]]:
    """Return the cells of each row of a table."""
    return [[cell.text for cell in block.cells] for block in row_blocks(page)]


def row_blocks(page: Page) -> list[Block]:
    """Return the rows of all tables of a page."""
    return [block for block in page.blocks if block.kind == "row"]
