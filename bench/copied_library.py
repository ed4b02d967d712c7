"""A library made larger by copies of its first sources, to measure how far one machine goes.

Reading and embedding a million passages takes hours and measures readers and model; here rows are
copied within the catalog, under ids, names and digests of their own, with vectors near real ones.
"""

import sqlite3
from typing import TYPE_CHECKING

from index.passage import Passage
from index.storage.changes import StoredPassage
from index.storage.records import PAGE_COLUMNS
from index.storage.store import PassageStore, StoreWriter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NOISE = 0.6  # beside a vector of length one
_AT_ONCE = 5_000  # vectors
_FACTS = 5  # of a passage, at the least: copies of copies differ in what they are the same as
_SAME = 4  # copies that say the same of the same things, as editions do
_ORIGINALS = "SELECT DISTINCT source_id FROM passages WHERE rowid <= :passages"
_COPIED = (
    "INSERT INTO sources SELECT id || :tail, '/copied' || :tail, location || :tail, state, reason,"
    " json_replace(record, '$.id', id || :tail, '$.location', location || :tail,"
    " '$.path', json_extract(record, '$.path') || :tail,"
    " '$.sha256', hex(:tail) || json_extract(record, '$.sha256')),"
    f" content || :tail, fingerprint, id || :tail, 0 FROM sources WHERE id IN ({_ORIGINALS})",
    "INSERT INTO sketches SELECT hash + :copy * 1000003, source_id || :tail FROM sketches"
    f" WHERE source_id IN ({_ORIGINALS})",
    f"INSERT INTO pages (source_id, {PAGE_COLUMNS}) SELECT source_id || :tail, {PAGE_COLUMNS}"
    f" FROM pages WHERE source_id IN ({_ORIGINALS})",
    "INSERT INTO page_words (rowid, text) SELECT rowid, text FROM pages"
    f" WHERE source_id IN (SELECT source_id || :tail FROM ({_ORIGINALS}))",
    "INSERT INTO passages SELECT rowid + :shift,"
    " source_id || :tail || substr(id, 1 + length(source_id)),"
    " source_id || :tail || substr(vector_id, 1 + length(source_id)),"
    " source_id || :tail, digest || :tail, traits, json_replace(record,"
    " '$.id', source_id || :tail || substr(id, 1 + length(source_id)),"
    " '$.source_id', source_id || :tail) FROM passages WHERE rowid <= :passages",
    "INSERT INTO words (rowid, label, context, text) SELECT rowid + :shift, label, context,"
    " text || ' ' || :copy FROM words WHERE rowid <= :passages",
    "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'",
    "INSERT OR REPLACE INTO meta SELECT 'last passage', max(rowid) FROM passages",
)
_COPIED_FACTS = (
    "INSERT INTO facts SELECT rowid + :shift, source_id || :tail, page, measure, period,"
    " first_year, last_year, dimension, same || :same, words, record FROM facts"
    " WHERE rowid <= :facts",
    "INSERT INTO fact_words (rowid, words) SELECT rowid + :shift, words FROM facts"
    " WHERE rowid <= :facts",
    "INSERT INTO fact_names SELECT key, measure, last_year, fact + :shift FROM fact_names"
    " WHERE fact <= :facts",
)


def copy_sources(store: PassageStore, passages: int) -> None:
    """Copy the sources of the first so many passages of a store, whole, once."""
    with store.writing() as writer:
        (row,) = writer.catalog.database.rows(
            "SELECT count(DISTINCT root) FROM sources WHERE root LIKE '/copied-%'"
        )
        copy = row[0] + 1
        _copy_vectors(writer, copy, passages)
        with writer.catalog.database.transaction() as connection:
            _copy_rows(connection, copy, passages)


def _copy_vectors(writer: StoreWriter, copy: int, passages: int) -> None:
    import numpy as np

    chance = np.random.default_rng(copy)
    originals = writer.catalog.vectors_of(range(1, passages + 1))
    numbers = sorted(originals)
    for start in range(0, len(numbers), _AT_ONCE):
        known = [originals[number] for number in numbers[start : start + _AT_ONCE]]
        held = writer.vectors([id for id, _ in known])
        vectors = _nearby(np.stack([held[id] for id, _ in known]), chance)
        copied = []
        for id, source in known:
            source_id = f"{source}-{copy}"
            place = Passage("", source_id, 1, "1", 0, 0, "", "prose")
            copied.append(StoredPassage(place, source_id + id[len(source) :]))
        writer.put_vectors(copied, vectors)


def _nearby(vectors: "NDArray[np.float32]", chance: "np.random.Generator") -> "NDArray[np.float32]":
    import numpy as np

    noise = chance.normal(size=vectors.shape).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    near: NDArray[np.float32] = chance.permutation(vectors) + np.float32(_NOISE) * noise
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    return near


def _copy_rows(connection: sqlite3.Connection, copy: int, passages: int) -> None:
    shift = _one(connection, "SELECT max(rowid) FROM passages")
    values = {"copy": copy, "tail": f"-{copy}", "passages": passages, "shift": shift}
    facts = _one(
        connection, f"SELECT max(rowid) FROM facts WHERE source_id IN ({_ORIGINALS})", values
    )
    for step in _COPIED:
        connection.execute(step, _used(step, values))
    for again in range(round(_FACTS * passages / facts) or 1):
        shift = _one(connection, "SELECT max(rowid) FROM facts")
        told = {"facts": facts, "shift": shift, "same": f"-{copy // _SAME}-{again}"}
        for step in _COPIED_FACTS:
            connection.execute(step, _used(step, values | told))


def _used(step: str, values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if f":{name}" in step}


def _one(
    connection: sqlite3.Connection, query: str, values: dict[str, object] | None = None
) -> int:
    return int(connection.execute(query, _used(query, values or {})).fetchone()[0])
