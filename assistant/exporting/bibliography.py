"""Cited pages, each once, as the entries of a bibliography."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import ascii_lowercase
from typing import Literal

from assistant.answer import Reference, recorded_reference
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
    """A cited page of a source: its first `reference`, and all that was cited of it.

    `quotes` stand in quotation marks, each with what its table says beside it, `key` is its own
    among those it was made with, `accessed` an ISO date.
    """

    key: str
    reference: Reference
    quotes: tuple[str, ...]
    accessed: str

    @property
    def author(self) -> str:
        """Who wrote it; the publisher where that is not known."""
        return self.reference.author or self.reference.publisher

    @property
    def type(self) -> EntryType:
        """What kind of source it is; a web page has an address."""
        found = _TYPES.get(Path(self.reference.path).suffix.lower(), "report")
        return "report" if found == "webpage" and not self.reference.url else found

    @property
    def told(self) -> str:
        """The entry in one line: author, title, edition or date, page."""
        ref = self.reference
        page = f"p. {ref.label}" if ref.label else ""
        about = (self.author, ref.title, ref.edition or ref.published, page)
        return ", ".join(part for part in about if part)


def bibliography_of(records: Iterable[Record]) -> tuple[BibliographyEntry, ...]:
    """Return what the answers of records cite, in the order of its first citation."""
    return _entries(
        (recorded_reference(citation), record.time[:10])
        for record in records
        for citation in record.answer["citations"]
    )


def bibliography_of_references(
    references: Iterable[Reference], accessed: str
) -> tuple[BibliographyEntry, ...]:
    """Return the pages of references, each once, in their order."""
    return _entries((one, accessed) for one in references)


def _entries(cited: Iterable[tuple[Reference, str]]) -> tuple[BibliographyEntry, ...]:
    entries: dict[tuple[str, int], BibliographyEntry] = {}
    for ref, accessed in cited:
        place = (ref.source_id, ref.number)
        entry = entries.get(place) or BibliographyEntry(_key(ref), ref, (), accessed)
        if ref.told_quote not in entry.quotes:
            entry = replace(entry, quotes=(*entry.quotes, ref.told_quote))
        entries[place] = entry
    return tuple(_with_own_keys(entries.values()))


def _key(ref: Reference) -> str:
    """Return a key in the manner of BibTeX: who, when, and the first word of what."""
    who = _words(ref.author or ref.publisher or "anon")[:1]
    what = [word for word in _words(ref.title) if word not in _SMALL][:1]
    return "".join((*who, ref.published[:4], *what)) or "source"


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
