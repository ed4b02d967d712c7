"""The address of a page in the page viewer: a source, a page and, where given, the quoted words."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

VIEWER = "app_pages/page.py"


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A page of a source; `start` and `end` bound the quote, equal where there is none."""

    source_id: str
    number: int = 1
    start: int = 0
    end: int = 0

    def query(self) -> dict[str, str]:
        """Return the address as the parameters of a link."""
        query = {"source": self.source_id, "page": str(self.number)}
        if self.end > self.start:
            query |= {"start": str(self.start), "end": str(self.end)}
        return query

    def link(self) -> str:
        """Return the address relative to the start page."""
        return "page?" + urlencode(self.query())


def read_address(query: Mapping[str, str]) -> PageAddress:
    """Return the address that a link's parameters hold; what is no number counts as left out."""

    def number(name: str, default: int) -> int:
        value = query.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else default

    return PageAddress(
        source_id=query.get("source", ""),
        number=number("page", 1),
        start=number("start", 0),
        end=number("end", 0),
    )
