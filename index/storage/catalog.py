"""The catalog: sources, pages and passages in SQLite, with the words for BM25 beside them.

It is the truth of a home: text and words change in one transaction (`changes`), and a vector
counts only if the catalog knows it. Each change raises the generation, by which readers notice it.
"""

import hashlib
import json
import math
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from corpus.document import Document, Page, Source
from corpus.facts.records import load_fact
from corpus.records import load_source
from index.errors import UnknownSourceError
from index.passage import Filters, Passage, admits
from index.ranking.traits import Traits, traits_of_column
from index.storage.changes import CatalogChange
from index.storage.database import Database
from index.storage.fact_rows import name_keys
from index.storage.records import PAGE_COLUMNS, page_of_row, passage_of_column

State = Literal["indexed", "set aside", "unreadable", "removed"]

_RECORDS = """SELECT record, copy_group, copy_order, root, state, reason,
    (SELECT count(*) FROM pages WHERE source_id = sources.id),
    (SELECT count(*) FROM passages WHERE source_id = sources.id) FROM sources"""
_FEW_SOURCES = 8  # of which the passages that match are looked at by themselves
_COUNTED = 50_000  # passages with a word, beyond which their number is reckoned
_REMEMBERED_FILTERS = 50  # of which it is known what they admit
_WEIGHTS = "2.0, 0.7, 1.0"  # of the columns label, context and text in BM25
_OF_SOURCES = """+rowid IN (SELECT passages.rowid FROM json_each(?) AS source
        CROSS JOIN passages ON passages.source_id = source.value)"""  # beside what matches


def _best_by_words(conditions: str) -> str:
    """Return the query for the passages that match words, under conditions, best first."""
    return f"""SELECT vector_id, source_id, score FROM (
        SELECT rowid AS place, -bm25(words, {_WEIGHTS}) AS score FROM words WHERE {conditions}
        ORDER BY score DESC, place LIMIT ?
    ) CROSS JOIN passages ON passages.rowid = place ORDER BY score DESC, place"""


@dataclass(frozen=True, slots=True)
class WordHit:
    """A passage found by its words: its vector, its source, its BM25 score, higher for better."""

    id: str
    source_id: str
    score: float


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source as the catalog holds it.

    `reason` says why it was set aside, could not be read or was removed. `copy_order` is its place
    in its copy group: 0 for the copy that is cited.
    """

    source: Source
    root: str
    state: State
    reason: str
    pages: int
    passages: int
    copy_order: int = 0


@dataclass(frozen=True, slots=True)
class _Indexed:
    """The sources that are searched in one generation, and those that filters admit."""

    generation: int
    records: tuple[SourceRecord, ...]
    admitted: dict[Filters, dict[str, Source]]


def quoted(words: str) -> str:
    """Return words as a phrase of an FTS5 query."""
    return '"' + words.replace('"', '""') + '"'


class Catalog:
    """An open catalog. Safe to share between threads; one process changes it at a time."""

    def __init__(self, file: Path) -> None:
        self._db = Database(file)
        self._indexed = _Indexed(-1, (), {})
        self._counts: tuple[int, dict[str, int]] = (-1, {})  # of words, in one generation
        self._counting = threading.Lock()

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    @contextmanager
    def change(self) -> Iterator[CatalogChange]:
        """Yield what changes the catalog; all changes take effect at once at the end."""
        with self._db.transaction() as connection:
            change = CatalogChange(connection)
            yield change
            change.finish()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let all that this thread reads within see one state of the catalog."""
        with self._db.reading():
            yield

    def take_over(self, made: "Catalog") -> None:
        """Become what another catalog holds, all at once."""
        self._db.take_over(made.database)

    @property
    def database(self) -> Database:
        """The file itself, for what else is found in it: the ledger of facts."""
        return self._db

    def setting(self, key: str) -> str:
        """Return a recorded setting, or "" where it was never set."""
        row = self._db.row("SELECT value FROM meta WHERE key = ?", key)
        return str(row[0]) if row else ""

    def generation(self) -> int:
        """Return the number that every change raises."""
        return int(self.setting("generation") or 0)

    def begin_generations(self) -> None:
        """Write down a generation that no reader has seen, where the number is none."""
        with self._db.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO meta VALUES ('generation', ?)", (str(time.time_ns()),)
            )

    def wrong_fact_names(self) -> int:
        """Return how many facts are not found by just what they name."""
        rows = self._db.rows("SELECT fact, json_group_array(key) FROM fact_names GROUP BY fact")
        held = {fact: set(json.loads(keys)) for fact, keys in rows}
        wrong = 0
        for row, record in self._db.rows("SELECT rowid, record FROM facts"):
            wrong += held.pop(row, set()) != set(name_keys(load_fact(json.loads(record))))
        return wrong + len(held)

    def fingerprint(self) -> str:
        """Return a digest of what is indexed: the same sources in the same versions, the same."""
        rows = self._db.rows("SELECT record FROM sources WHERE state = 'indexed' ORDER BY id")
        contents = (json.loads(record) for (record,) in rows)
        digest = hashlib.sha256("\n".join(r["path"] + r["sha256"] for r in contents).encode())
        return digest.hexdigest()[:16]

    def roots(self) -> tuple[str, ...]:
        """Return the folders that sources were added from."""
        rows = self._db.rows("SELECT DISTINCT root FROM sources ORDER BY 1")
        return tuple(row[0] for row in rows)

    def sources(self) -> tuple[SourceRecord, ...]:
        """Return all sources but removed ones, in order of root and path."""
        return tuple(record for record in self.all_sources() if record.state != "removed")

    def all_sources(self) -> tuple[SourceRecord, ...]:
        """Return all sources, removed ones too, in order of root and path."""
        records = (_source_record(*row) for row in self._db.rows(_RECORDS))
        return tuple(sorted(records, key=lambda r: (r.root, r.source.path)))

    def paths_under(self, folder: str) -> tuple[str, ...]:
        """Return the paths of the listed sources that begin with those of a folder."""
        path = "json_extract(record, '$.path')"
        query = f"SELECT {path} FROM sources WHERE state != 'removed' AND substr({path}, 1, ?) = ?"
        start = f"{folder}/"
        return tuple(row[0] for row in self._db.rows(query, len(start), start))

    def source(self, source_id: str) -> SourceRecord:
        """Return one source. Raises UnknownSourceError."""
        row = self._db.row(f"{_RECORDS} WHERE id = ?", source_id)
        if row is None:
            raise UnknownSourceError(
                f"no source has the id {source_id!r}; rare-earth sources list shows them"
            )
        return _source_record(*row)

    def document(self, source_id: str) -> Document:
        """Return a source with its pages, of one version. Raises UnknownSourceError."""
        with self.reading():
            return Document(self.source(source_id).source, self.pages(source_id))

    def pages(self, source_id: str) -> tuple[Page, ...]:
        """Return the pages of a source in order."""
        query = f"SELECT {PAGE_COLUMNS} FROM pages WHERE source_id = ? ORDER BY number"
        return tuple(page_of_row(row) for row in self._db.rows(query, source_id))

    def page(self, source_id: str, number: int) -> Page:
        """Return one page. Raises UnknownSourceError where source or page is not there."""
        query = f"SELECT {PAGE_COLUMNS} FROM pages WHERE source_id = ? AND number = ?"
        row = self._db.row(query, source_id, number)
        if row is None:
            pages = self.source(source_id).pages
            raise UnknownSourceError(f"source {source_id!r} has no page {number}; it has {pages}")
        return page_of_row(row)

    def passage_count(self) -> int:
        """Return how many passages there are."""
        return int(self._db.rows("SELECT count(*) FROM words_docsize")[0][0])

    def passages(self, vector_ids: Sequence[str]) -> dict[str, Passage]:
        """Return the passages of these vector ids; ids that are not current are left out."""
        query = (
            "SELECT vector_id, record FROM passages"
            " WHERE vector_id IN (SELECT value FROM json_each(?))"
        )
        rows = self._db.rows(query, json.dumps(list(vector_ids)))
        return {vector_id: passage_of_column(record) for vector_id, record in rows}

    def passage_at(self, source_id: str, page: int, start: int) -> Passage | None:
        """Return the passage of a page in which a place lies, None where no passage has it."""
        on_page = f"{source_id}:{page}:"
        rows = self._db.rows(
            "SELECT id FROM passages WHERE id >= ? AND id < ?", on_page, f"{on_page[:-1]};"
        )
        begins = (int(id_.removeprefix(on_page)) for (id_,) in rows)
        begin = max((one for one in begins if one <= start), default=None)
        if begin is None:
            return None
        row = self._db.row("SELECT record FROM passages WHERE id = ?", f"{on_page}{begin}")
        passage = passage_of_column(row[0]) if row else None
        return passage if passage and start < passage.end else None

    def passages_of_page(self, source_id: str, page: int) -> tuple[Passage, ...]:
        """Return the passages of a page in their order."""
        on_page = f"{source_id}:{page}:"
        query = "SELECT record FROM passages WHERE id >= ? AND id < ?"
        rows = self._db.rows(query, on_page, f"{on_page[:-1]};")
        return tuple(sorted((passage_of_column(r) for (r,) in rows), key=lambda one: one.start))

    def passages_near(
        self, source_id: str, page: int, starts: Collection[int], reach: int
    ) -> tuple[Passage, ...]:
        """Return of a page, in their order, the passages up to `reach` places from some of them.

        These are given by the places in the page's text where they start.
        """
        on_page = f"{source_id}:{page}:"
        rows = self._db.rows(
            "SELECT id FROM passages WHERE id >= ? AND id < ?", on_page, f"{on_page[:-1]};"
        )
        begins = sorted(int(id_.removeprefix(on_page)) for (id_,) in rows)
        at = {begins.index(start) for start in starts if start in begins}
        near = {n for one in at for n in range(max(0, one - reach), one + reach + 1)}
        wanted = [f"{on_page}{begin}" for n, begin in enumerate(begins) if n in near]
        query = "SELECT record FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        found = (
            passage_of_column(record) for (record,) in self._db.rows(query, json.dumps(wanted))
        )
        return tuple(sorted(found, key=lambda one: one.start))

    def sources_of(self, vector_ids: Sequence[str]) -> dict[str, str]:
        """Return the id of the source of each of these vector ids that is current."""
        query = (
            "SELECT vector_id, source_id FROM passages"
            " WHERE vector_id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._db.rows(query, json.dumps(list(vector_ids))))

    def passage_numbers(self) -> dict[str, range]:
        """Return for each source the numbers of its passages, which follow one another."""
        query = "SELECT source_id, min(rowid), count(*) FROM passages GROUP BY source_id"
        return {id: range(first, first + count) for id, first, count in self._db.rows(query)}

    def numbers_of(self, vector_ids: Sequence[str]) -> dict[str, int]:
        """Return the number of the passage of each of these vector ids that is current."""
        query = (
            "SELECT vector_id, rowid FROM passages"
            " WHERE vector_id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._db.rows(query, json.dumps(list(vector_ids))))

    def vectors_of(self, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return the vector id and the source of each passage of these numbers that is current."""
        query = (
            "SELECT rowid, vector_id, source_id FROM passages"
            " WHERE rowid IN (SELECT value FROM json_each(?))"
        )
        rows = self._db.rows(query, json.dumps(list(numbers)))
        return {number: (vector_id, source_id) for number, vector_id, source_id in rows}

    def vectors_after(self, number: int) -> dict[int, tuple[str, str]]:
        """Return the vector id and the source of each passage with a higher number."""
        rows = self._db.rows(
            "SELECT rowid, vector_id, source_id FROM passages WHERE rowid > ?", number
        )
        return {number: (vector_id, source_id) for number, vector_id, source_id in rows}

    def traits(self, vector_ids: Sequence[str]) -> dict[str, Traits]:
        """Return the traits of each of these vector ids that is current."""
        query = (
            "SELECT vector_id, traits FROM passages"
            " WHERE vector_id IN (SELECT value FROM json_each(?))"
        )
        rows = self._db.rows(query, json.dumps(list(vector_ids)))
        return {vector_id: traits_of_column(traits) for vector_id, traits in rows}

    def vector_ids(self, source_id: str = "") -> set[str]:
        """Return the vector ids of a source, or of all."""
        if not source_id:
            return {row[0] for row in self._db.rows("SELECT vector_id FROM passages")}
        query = "SELECT vector_id FROM passages WHERE source_id = ?"
        return {row[0] for row in self._db.rows(query, source_id)}

    def embedded(self, digests: Sequence[str]) -> dict[str, str]:
        """Return for digests of embedded texts a vector id that stands for the same text."""
        query = (
            "SELECT digest, vector_id FROM passages"
            " WHERE digest IN (SELECT value FROM json_each(?))"
        )
        return dict(self._db.rows(query, json.dumps(list(digests))))

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """Return in how many passages each word or phrase stands, in any of its forms.

        Of what stands in very many it is reckoned from the first of them.
        """
        with self.reading():
            generation = self.generation()
            with self._counting:
                if self._counts[0] != generation:
                    self._counts = (generation, {})
                counts = self._counts[1]
            for word in words:
                if word not in counts:
                    counts[word] = self._reckoned(quoted(word))
            return {word: counts[word] for word in words}

    def _reckoned(self, query: str) -> int:
        """Return how many passages match an FTS5 query, of very many as the first let expect."""
        matched = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT 1 OFFSET ?"
        reached = self._db.row(matched, query, _COUNTED - 1)
        if reached is None:
            return self.match_count(query)
        ends = "SELECT rowid FROM passages ORDER BY rowid {} LIMIT 1"
        [(first,)], [(last,)] = (self._db.rows(ends.format(way)) for way in ("ASC", "DESC"))
        return int(_COUNTED * (last - first + 1) / (reached[0] - first + 1) + 0.5)

    def match_count(self, query: str) -> int:
        """Return how many passages match an FTS5 query."""
        return int(self._db.rows("SELECT count(*) FROM words WHERE words MATCH ?", query)[0][0])

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """Return the inverse document frequency of each word over the passages."""
        with self.reading():
            total, counts = self.passage_count(), self.frequencies(words)
        return {word: math.log(1 + (total + 1) / (counts[word] + 0.5)) for word in words}

    def match_words(
        self, query: str, limit: int, source_ids: Collection[str]
    ) -> tuple[WordHit, ...]:
        """Return the passages of the named sources that match an FTS5 query, best first."""
        if 2 * len(source_ids) >= len(self._indexed_sources()):
            found = self._db.rows(_best_by_words("words MATCH ?"), query, 2 * limit)
            hits = tuple(WordHit(*row) for row in found if row[1] in source_ids)
            if len(hits) >= limit or len(found) < 2 * limit:
                return hits[:limit]
        if len(source_ids) <= _FEW_SOURCES:
            return self._match_words_of(query, limit, source_ids)
        # Passages of other sources take the places: each match is looked at.
        conditions = f"words MATCH ? AND {_OF_SOURCES}"
        sources = json.dumps(list(source_ids))
        rows = self._db.rows(_best_by_words(conditions), query, sources, limit)
        return tuple(WordHit(*row) for row in rows)

    def _match_words_of(
        self, query: str, limit: int, source_ids: Collection[str]
    ) -> tuple[WordHit, ...]:
        """Return the passages of a few sources that match: no others are looked at."""
        hits = []
        for source_id in source_ids:
            numbers = self._numbers_of_source(source_id)
            conditions = "words MATCH ? AND rowid BETWEEN ? AND ?"
            values = (query, numbers.start, numbers.stop - 1, limit)
            found = self._db.rows(_best_by_words(conditions), *values)
            hits += [(WordHit(*row), numbers.start) for row in found if row[1] == source_id]
        # Of equal ones the first in the catalog comes first, as where all are looked at.
        hits.sort(key=lambda hit: (-hit[0].score, hit[1]))
        return tuple(hit for hit, _ in hits[:limit])

    def _numbers_of_source(self, source_id: str) -> range:
        query = "SELECT min(rowid), count(*) FROM passages WHERE source_id = ?"
        first, count = self._db.rows(query, source_id)[0]
        return range(first or 0, (first or 0) + count)

    def share(self, source_ids: Collection[str]) -> float:
        """Return which share of the sources that are searched these are."""
        return len(source_ids) / max(len(self._indexed_sources()), 1)

    def searchable(self, filters: Filters) -> dict[str, Source]:
        """Return by id the indexed sources that filters admit: of copies, the best admitted one."""
        held = self._read_indexed()
        found = held.admitted.get(filters)
        if found is None:
            found = _best_copies(r for r in held.records if admits(filters, r.source))
            if len(held.admitted) < _REMEMBERED_FILTERS:
                held.admitted[filters] = found
        return found

    def _indexed_sources(self) -> tuple[SourceRecord, ...]:
        return self._read_indexed().records

    def _read_indexed(self) -> "_Indexed":
        with self.reading():
            generation = self.generation()
            held = self._indexed
            if held.generation != generation:
                records = tuple(r for r in self.all_sources() if r.state == "indexed")
                held = self._indexed = _Indexed(generation, records, {})
            return held


def _best_copies(records: Iterable[SourceRecord]) -> dict[str, Source]:
    best: dict[str, SourceRecord] = {}
    for record in records:
        held = best.setdefault(record.source.copy_group or record.source.id, record)
        if record.copy_order < held.copy_order:
            best[record.source.copy_group or record.source.id] = record
    return {record.source.id: record.source for record in best.values()}


def _source_record(
    record: str,
    copy_group: str,
    copy_order: int,
    root: str,
    state: State,
    reason: str,
    pages: int,
    passages: int,
) -> SourceRecord:
    source = replace(load_source(json.loads(record)), copy_group=copy_group)
    return SourceRecord(source, root, state, reason, pages, passages, copy_order)
