"""The sources that recorded answers cite, each page once, as the entries of a bibliography."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import ascii_lowercase
from typing import Any, Literal

from assistant.records import Record

EntryType = Literal["report", "webpage", "dataset"]

_TYPES: Mapping[str, EntryType] = {
    ".html": "webpage",
    ".htm": "webpage",
    ".xhtml": "webpage",
    ".csv": "dataset",
    ".tsv": "dataset",
    ".xlsx": "dataset",
    ".xlsm": "dataset",
}
_SMALL = ("the", "a", "an", "of", "on", "in", "and", "for")


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """A cited page of a source. `published` and `accessed` are ISO dates of any precision.

    The publisher stands as author where none is known. `key` is its own among those it was made
    with, `quotes` are the words that were cited.
    """

    key: str
    type: EntryType
    title: str
    author: str
    publisher: str
    published: str
    edition: str
    page: str
    link: str  # the address with the page, "" where none is known
    path: str
    accessed: str
    quotes: tuple[str, ...]

    @property
    def told(self) -> str:
        """The entry in one line: author, title, edition or date, page."""
        about = (self.author, self.title, self.edition or self.published)
        page = f"p. {self.page}" if self.page else ""
        return ", ".join(part for part in (*about, page) if part)


def bibliography_of(records: Iterable[Record]) -> tuple[BibliographyEntry, ...]:
    """Return what the answers of records cite, in the order of its first citation."""
    entries: dict[tuple[str, int], BibliographyEntry] = {}
    for record in records:
        for citation in record.answer["citations"]:
            place = (citation["source"]["id"], citation["page"])
            entry = entries.get(place) or _entry(citation, record.time[:10])
            quote = " ".join(citation["quote"].split())
            if quote not in entry.quotes:
                entry = replace(entry, quotes=(*entry.quotes, quote))
            entries[place] = entry
    return tuple(_with_own_keys(entries.values()))


def _entry(citation: Mapping[str, Any], accessed: str) -> BibliographyEntry:
    source = citation["source"]
    path = str(source["path"])
    is_paged = path.lower().endswith(".pdf")
    url = str(source["url"])
    return BibliographyEntry(
        key=_key(source),
        type=_TYPES.get(Path(path).suffix.lower(), "report"),
        title=source["title"],
        author=source.get("author") or source["publisher"],
        publisher=source["publisher"],
        published=source["published"],
        edition=source["edition"],
        page=str(citation["page_label"] or citation["page"]) if is_paged else "",
        link=f"{url}#page={citation['page']}" if url and is_paged else url,
        path=path,
        accessed=accessed,
        quotes=(),
    )


def _key(source: Mapping[str, Any]) -> str:
    """Return a key in the manner of BibTeX: who, when, and the first word of what."""
    who = _words(source.get("author") or source["publisher"] or "anon")[:1]
    what = [word for word in _words(source["title"]) if word not in _SMALL][:1]
    return "".join((*who, str(source["published"])[:4], *what)) or "source"


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", plain.lower())


def _with_own_keys(entries: Iterable[BibliographyEntry]) -> Iterator[BibliographyEntry]:
    taken: set[str] = set()
    for entry in entries:
        endings = ("", *ascii_lowercase, *(f"x{n}" for n in range(10_000)))
        key = next(entry.key + ending for ending in endings if entry.key + ending not in taken)
        taken.add(key)
        yield replace(entry, key=key)
