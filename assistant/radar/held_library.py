"""The library as grounds are held against it: the sentences and facts of its sources now."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TypeVar

from assistant.answer import Answer, CitedClaim
from assistant.radar.radar_file import MARK_BYTES
from assistant.radar.same_thing.quotes import find_quote
from assistant.sentences import sentence_spans
from corpus.document import Page, Source
from corpus.facts import Query
from corpus.facts.records import fact_record
from index.facts import Ledger, LedgerFact
from index.passage import Evidence
from index.wording import stems

_Held = TypeVar("_Held")
_REMEMBERED = 400  # sources
_MARKS = (
    "SELECT source_id, same, json_extract(record, '$.value') FROM facts"
    " WHERE source_id IN (SELECT value FROM json_each(?))"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or a row of a source, `page.text[start:end]`, and whether it is a row.

    `before` is the sentence that it goes on from, "" where it opens its paragraph.
    """

    source: Source
    page: int
    page_label: str
    start: int
    end: int
    text: str
    is_row: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class Doors:
    """What is asked of the assistant: passages found, questions answered and claims judged.

    The last two are done within some sources alone, and by no language model.
    """

    parse: Callable[[str], Query]
    search: Callable[[str], Sequence[Evidence]]
    answer: Callable[[str, tuple[str, ...]], Answer]
    cite: Callable[[str, tuple[str, ...]], CitedClaim]


class HeldLibrary:
    """The sources of a home with what they say, each read once in a look."""

    def __init__(self, ledger: Ledger, doors: Doors) -> None:
        self.ledger = ledger
        self.doors = doors
        self._said: dict[str, tuple[Said, ...]] = {}
        self._facts: dict[str, tuple[LedgerFact, ...]] = {}
        self._pages: dict[str, tuple[Page, ...]] = {}
        self._stems: dict[str, frozenset[str]] = {}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources that are searched, by their ids: of copies the best one."""
        return self.ledger.sources()

    def source(self, source_id: str) -> Source:
        """Return a source that is in the home, a copy too."""
        return self.ledger.catalog.source(source_id).source

    def copies(self, source_id: str) -> tuple[str, ...]:
        """Return the sources with the content of a source, without itself."""
        group = self.sources[source_id].copy_group
        query = "SELECT id FROM sources WHERE copy_group = ? AND copy_group <> '' AND id <> ?"
        rows = self.ledger.catalog.database.rows(query, group, source_id)
        return tuple(id_ for (id_,) in rows)

    def said(self, source_id: str) -> tuple[Said, ...]:
        """Return the sentences and rows of a source in their order, without headings."""
        return _remembered(self._said, source_id, lambda: tuple(self._read(source_id)))

    def facts(self, source_id: str) -> tuple[LedgerFact, ...]:
        """Return the facts of a source with their quotes."""
        return _remembered(self._facts, source_id, lambda: self.ledger.of_source(source_id))

    def find(self, source_id: str, quote: str) -> Said | None:
        """Return where the words of a quote stand in a source, None where they do not."""
        for page in self._pages_of(source_id):
            if found := find_quote(page.text, quote):
                text = page.text[found.start : found.end]
                source = self.source(source_id)
                return Said(source, page.number, page.label, found.start, found.end, text)
        return None

    def stems(self, source_id: str) -> frozenset[str]:
        """Return the stems of the words of a source and of its title."""

        def read() -> frozenset[str]:
            texts = (page.text for page in self._pages_of(source_id))
            return stems(" ".join((self.source(source_id).title, *texts)))

        return _remembered(self._stems, source_id, read)

    def marks(self, source_ids: Iterable[str]) -> dict[str, frozenset[bytes]]:
        """Return what tells the facts of sources from those that they have later."""
        found: dict[str, set[bytes]] = {id_: set() for id_ in source_ids}
        rows = self.ledger.catalog.database.rows(_MARKS, json.dumps(sorted(found)))
        for source_id, same, value in rows:
            found[source_id].add(_mark(same, value))
        return {id_: frozenset(marks) for id_, marks in found.items()}

    def value_of(self, one: LedgerFact) -> str:
        """Return the value of a fact as it is printed."""
        place = one.fact.place
        text = self.ledger.page_text(one.source.id, place.page)
        return text[place.value_start : place.value_end]

    def mark(self, one: LedgerFact) -> bytes:
        """Return what tells a fact from others of its source."""
        value = fact_record(one.fact)["value"]
        told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return _mark(one.same, told)

    def _pages_of(self, source_id: str) -> tuple[Page, ...]:
        return _remembered(self._pages, source_id, lambda: self.ledger.catalog.pages(source_id))

    def _read(self, source_id: str) -> Iterator[Said]:
        source = self.source(source_id)
        for page in self._pages_of(source_id):
            for block in (one for one in page.blocks if one.kind != "heading"):
                is_row = block.kind == "row"
                text = page.text[block.start : block.end]
                spans = ((0, len(text)),) if is_row else sentence_spans(text)
                before = ""
                for start, end in spans:
                    begin, stop = block.start + start, block.start + end
                    place = (source, page.number, page.label, begin, stop)
                    yield Said(*place, text[start:end], is_row, before)
                    before = text[start:end]


def _mark(same: str, value: str) -> bytes:
    return blake2b(f"{same}\n{value}".encode(), digest_size=MARK_BYTES).digest()


def _remembered(held: dict[str, _Held], key: str, make: Callable[[], _Held]) -> _Held:
    """Return what is held under a key, made where it is not; the oldest gives way."""
    if key not in held:
        while len(held) >= _REMEMBERED:
            held.pop(next(iter(held)))
        held[key] = make()
    return held[key]
