"""Changes of the catalog, within one transaction: sources put, removed, and grouped as copies."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.copies import Fingerprint
from corpus.document import Document, Source
from corpus.facts import Fact
from corpus.facts.records import load_fact
from corpus.records import load_source, source_record
from corpus.repair.homoglyphs import likely_readings
from index.ingestion.splitting import passage_context, text_digest
from index.passage import Passage
from index.ranking.traits import traits_column, traits_of
from index.storage.copy_groups import CopyGroups, dump_fingerprint, load_fingerprint
from index.storage.database import FACT_WORDS_TABLE, PAGE_WORDS_TABLE, WORDS_TABLE
from index.storage.fact_rows import clear_facts, put_facts, put_names
from index.storage.records import PAGE_COLUMNS, page_row, passage_column, passage_of_column

_LAST_PASSAGE = "last passage"  # the setting that keeps the number


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the id of its vector."""

    passage: Passage
    vector_id: str


class CatalogChange:
    """An open transaction of the catalog."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._groups = CopyGroups(connection)
        self._last_number = self._last_passage()

    def put_setting(self, key: str, value: str) -> None:
        """Record a setting."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def put_document(
        self,
        document: Document,
        root: str,
        passages: Sequence[StoredPassage],
        fingerprint: Fingerprint,
        facts: Sequence[Fact] = (),
    ) -> None:
        """Store a document whole, with its facts, in place of what its source held before."""
        source = document.source
        self._clear(source.id)
        self._put_source(source, root, "indexed", "", fingerprint, content_digest(document))
        self._put_pages(document)
        self._put_passages(source, passages)
        put_facts(self._db, document, facts)
        self._groups.put(source.id, fingerprint)

    def put_retired(self, document: Document, root: str) -> None:
        """Store the pages of a source that is no longer searched, in place of what it held."""
        source = document.source
        self._clear(source.id)
        content = content_digest(document)
        self._put_source(source, root, "set aside", source.retired, content=content)
        self._put_pages(document)

    def put_refused(self, source: Source, root: str, state: str, reason: str) -> None:
        """Record that a source is "unreadable" or "set aside"; what it held before is gone."""
        self._clear(source.id)
        self._put_source(source, root, state, reason)

    def put_place(self, source: Source, root: str) -> None:
        """Record another root and path for a source whose content stays."""
        self._db.execute(
            "UPDATE sources SET root = ?, record = ? WHERE id = ?",
            (root, json.dumps(source_record(source)), source.id),
        )

    def remove(self, source: Source, root: str, keep_out: bool) -> None:
        """Remove a source whole; with `keep_out` a synced folder does not bring it back."""
        self._clear(source.id)
        if keep_out:
            self._put_source(source, root, "removed", "removed by name")

    def forget(self, source_id: str) -> None:
        """Remove a source of which nothing can be read any more."""
        self._clear(source_id)

    def put_facts_of(self, document: Document, facts: Sequence[Fact]) -> None:
        """Store the facts of a source that is there in place of those it has."""
        clear_facts(self._db, document.source.id)
        put_facts(self._db, document, facts)

    def delete_stray(self, table: str) -> None:
        """Delete the rows of a table that belong to no source."""
        query = f"SELECT DISTINCT source_id FROM {table} EXCEPT SELECT id FROM sources"
        for (source_id,) in self._db.execute(query).fetchall():
            self._clear(source_id)

    def index_words(self) -> None:
        """Make the index of the words of all passages anew."""
        self._db.execute("DROP TABLE words")
        self._db.execute(WORDS_TABLE)
        sources = {
            id: load_source(json.loads(record))
            for id, record in self._db.execute("SELECT id, record FROM sources")
        }
        for row, source_id, record in self._db.execute(
            "SELECT rowid, source_id, record FROM passages"
        ):
            self._put_words(row, sources[source_id], passage_of_column(record))

    def index_fact_words(self) -> None:
        """Make the index of the words of all facts anew."""
        self._db.execute("DROP TABLE fact_words")
        self._db.execute(FACT_WORDS_TABLE)
        self._db.execute("INSERT INTO fact_words (fact_words) VALUES ('rebuild')")

    def index_page_words(self) -> None:
        """Make the index of the words of all pages anew."""
        self._db.execute("DROP TABLE page_words")
        self._db.execute(PAGE_WORDS_TABLE)
        self._db.execute("INSERT INTO page_words (page_words) VALUES ('rebuild')")

    def name_facts(self) -> None:
        """Write down anew what facts are found by."""
        self._db.execute("DELETE FROM fact_names")
        for row, record in self._db.execute("SELECT rowid, record FROM facts"):
            put_names(self._db, row, load_fact(json.loads(record)))

    def compare_again(self, source_ids: Sequence[str]) -> None:
        """Compare sources again with what may be copies of them."""
        for source_id in source_ids:
            query = "SELECT fingerprint FROM sources WHERE id = ?"
            for (fingerprint,) in self._db.execute(query, (source_id,)).fetchall():
                self._groups.clear(source_id)
                self._groups.put(source_id, load_fingerprint(fingerprint))

    def finish(self) -> None:
        """Group the changed sources and their likely copies anew, and raise the generation."""
        self._groups.regroup()
        self.put_setting(_LAST_PASSAGE, str(self._last_number))
        self._db.execute(
            "INSERT INTO meta VALUES ('generation', '1') ON CONFLICT (key)"
            " DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )

    def _last_passage(self) -> int:
        """Return the highest number that a passage ever had: none is given to two."""
        query = (
            "SELECT max(coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?), 0),"
            " coalesce((SELECT max(rowid) FROM passages), 0))"
        )
        return int(self._db.execute(query, (_LAST_PASSAGE,)).fetchone()[0])

    def _clear(self, source_id: str) -> None:
        self._groups.clear(source_id)
        self._clear_passages(source_id)
        clear_facts(self._db, source_id)
        self._db.execute(
            "INSERT INTO page_words (page_words, rowid, text)"
            " SELECT 'delete', rowid, text FROM pages WHERE source_id = ?",
            (source_id,),
        )
        self._db.execute("DELETE FROM pages WHERE source_id = ?", (source_id,))
        self._db.execute("DELETE FROM sources WHERE id = ?", (source_id,))

    def _clear_passages(self, source_id: str) -> None:
        self._db.execute(
            "DELETE FROM words WHERE rowid IN (SELECT rowid FROM passages WHERE source_id = ?)",
            (source_id,),
        )
        self._db.execute("DELETE FROM passages WHERE source_id = ?", (source_id,))

    def _put_source(
        self,
        source: Source,
        root: str,
        state: str,
        reason: str,
        fingerprint: Fingerprint | None = None,
        content: str = "",
    ) -> None:
        self._db.execute(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (
                source.id,
                root,
                source.location,
                state,
                reason,
                json.dumps(source_record(source)),
                content,
                dump_fingerprint(fingerprint) if fingerprint else "",
                source.id,
            ),
        )

    def _put_pages(self, document: Document) -> None:
        self._db.executemany(
            f"INSERT INTO pages (source_id, {PAGE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((document.source.id, *page_row(page)) for page in document.pages),
        )
        self._db.execute(
            "INSERT INTO page_words (rowid, text) SELECT rowid, text FROM pages"
            " WHERE source_id = ?",
            (document.source.id,),
        )

    def _put_passages(self, source: Source, passages: Sequence[StoredPassage]) -> None:
        for stored in passages:
            passage = stored.passage
            self._last_number += 1
            self._db.execute(
                "INSERT INTO passages (rowid, id, vector_id, source_id, digest, traits, record)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    self._last_number,
                    passage.id,
                    stored.vector_id,
                    source.id,
                    text_digest(source, passage),
                    traits_column(traits_of(source, passage)),
                    passage_column(passage),
                ),
            )
            self._put_words(self._last_number, source, passage)

    def _put_words(self, row: int, source: Source, passage: Passage) -> None:
        self._db.execute(
            "INSERT INTO words (rowid, label, context, text) VALUES (?, ?, ?, ?)",
            (row, passage.row_label, *_words(source, passage)),
        )


def content_digest(document: Document) -> str:
    """Return a digest of the words of a document, the same for all that have just these words."""
    digest = hashlib.sha256()
    for page in document.pages:
        digest.update(" ".join(page.text.split()).encode())
    return digest.hexdigest()[:32]


def _words(source: Source, passage: Passage) -> tuple[str, str]:
    """Return the context and text of a passage as BM25 is to find them.

    The name of the file stands in for a title that is not known, and words that a picture was
    misread into are found as they were meant, too.
    """
    context = f"{passage_context(source, passage)} {Path(source.path).stem}"
    return context, " ".join([passage.text, *likely_readings(passage.text)])
