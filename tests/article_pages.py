"""What the pages of article files and records hold, for the tests of reading them."""

import json
from typing import Any

from corpus.articles import read_json
from corpus.document import Page, Reading


def read_value(value: Any, name: str = "news.json") -> Reading:
    """Read a value as the JSON file it would be."""
    return read_json(json.dumps(value).encode(), name)


def texts(reading: Reading) -> list[str]:
    """Return the text of each page."""
    return [page.text for page in reading.pages]


def rows(page: Page) -> list[list[str]]:
    """Return the cells of each row of a page, the heads of the first table first."""
    found = [block for block in page.blocks if block.cells]
    head = [list(found[0].context.header)] if found else []
    return head + [[cell.text for cell in block.cells] for block in found]
