"""Figures of a measurement, written into the page of the documentation that is about them."""

from collections.abc import Iterable
from pathlib import Path

_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->\n"


def write_figures(page: Path, lines: Iterable[str]) -> None:
    """Put lines in place of those between the two marks of a page."""
    text = page.read_text(encoding="utf-8")
    before, after = text.split(_BEGIN)[0], text.split(_END)[1]
    page.write_text(f"{before}{_BEGIN}{''.join(lines)}{_END}{after}", encoding="utf-8")
