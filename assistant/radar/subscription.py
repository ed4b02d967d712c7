"""What is subscribed to: a thing that was kept, and the grounds that it rests on, as values.

A ground is written down when the thing is kept, so that it says what stood there then.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from corpus.document import Source
from corpus.facts import Fact
from corpus.facts.records import fact_record, load_fact
from corpus.records import load_source, source_record
from index.facts import LedgerFact
from index.storage.fact_rows import same_key

KeptKind = Literal["answer", "draft", "table", "chart", "question"]


@dataclass(frozen=True, slots=True)
class Ground:
    """Words of a source on which a kept thing rests, and the fact that the ledger has of them.

    `quote` is `page.text[start:end]` of a page as it stood then. `value` is the value of the fact
    as it is printed, and `same` its key; all three are empty where the ledger had no fact. `cell`
    is what a cell of the page says of the value of a sentence, None where none does. A lost one is
    no longer said, and may be again.
    """

    source: Source
    page: int
    page_label: str
    start: int
    end: int
    quote: str
    fact: Fact | None = None
    value: str = ""
    same: str = ""
    cell: Fact | None = None
    is_lost: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.fact and self.fact.table.row)

    def as_found(self, row: int) -> LedgerFact:
        """Return its fact as one of the ledger, of a source of its own, under a row's number."""
        assert self.fact is not None, "only where there is a fact"
        words = "" if self.is_row else self.quote
        return self._found(row, self.fact, self.same, words)

    def readings(self, row: int) -> tuple[LedgerFact, ...]:
        """Return its fact and that of its cell as facts of the ledger, under rows from `row` on."""
        found = (self.as_found(row),) if self.fact else ()
        if self.cell is None:
            return found
        return (*found, self._found(row + 1, self.cell, same_key(self.cell), ""))

    def _found(self, row: int, fact: Fact, same: str, words: str) -> LedgerFact:
        source = replace(self.source, id=f"{self.source.id}#{row}")
        return LedgerFact(row, fact, source, same, words, self.page_label, self.quote)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A kept thing and what it rests on.

    `ref` is by what it is reached: the id of a record, the name of a draft, the words of a look-up,
    a question. `asked` is the question that it answers, "" where there is none. `open` are the
    questions, of a draft the sentences, for which new documents are looked for. `state` is the
    number of the state of the library that it was last held against.
    """

    kind: KeptKind
    ref: str
    title: str
    asked: str = ""
    grounds: tuple[Ground, ...] = ()
    open: tuple[str, ...] = ()
    owner: str = ""
    state: int = 0

    @property
    def standing(self) -> tuple[Ground, ...]:
        """The grounds that are still said."""
        return tuple(one for one in self.grounds if not one.is_lost)

    @property
    def lost(self) -> tuple[Ground, ...]:
        """The grounds that are no longer said."""
        return tuple(one for one in self.grounds if one.is_lost)

    @property
    def id(self) -> str:
        """What tells it apart: its kind, whose it is and its reference."""
        return f"{self.kind}:{self.owner}:{self.ref}"


def subscription_to_json(one: Subscription) -> dict[str, Any]:
    """Return a subscription as `radar list --json` prints it."""
    places = [{"source": g.source.id, "page": g.page, "quote": g.quote} for g in one.standing]
    about = {"kind": one.kind, "ref": one.ref, "title": one.title, "question": one.asked}
    return about | {"rests_on": places, "open": list(one.open)}


def packed_grounds(grounds: tuple[Ground, ...]) -> bytes:
    """Return grounds as they are kept; a source that several have stands once."""
    sources = {one.source.id + one.source.sha256: one.source for one in grounds}
    told = {
        "sources": {key: source_record(source) for key, source in sources.items()},
        "grounds": [_told(one) for one in grounds],
    }
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode())


def unpacked_grounds(content: bytes) -> tuple[Ground, ...]:
    """Return the grounds that `packed_grounds` packed."""
    told = json.loads(zlib.decompress(content))
    sources = {key: load_source(record) for key, record in told["sources"].items()}
    return tuple(_ground(one, sources) for one in told["grounds"])


def _told(one: Ground) -> dict[str, Any]:
    place = [one.page, one.page_label, one.start, one.end, one.quote, one.value, one.same]
    fact, cell = (fact_record(part) if part else None for part in (one.fact, one.cell))
    key = one.source.id + one.source.sha256
    return {"source": key, "place": place, "fact": fact, "cell": cell, "is_lost": one.is_lost}


def _ground(told: Mapping[str, Any], sources: Mapping[str, Source]) -> Ground:
    page, label, start, end, quote, value, same = told["place"]
    fact, cell = (load_fact(told[part]) if told.get(part) else None for part in ("fact", "cell"))
    source, is_lost = sources[told["source"]], told.get("is_lost", False)
    return Ground(source, page, label, start, end, quote, fact, value, same, cell, is_lost)
