"""Damage of what the catalog holds: sources, pages, passages, words, facts and copy groups."""

import json
import sqlite3
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from corpus.document import Document, Source
from corpus.errors import CorpusError
from corpus.facts.reading import read_facts
from corpus.records import load_source
from corpus.workers.reading_apart import read_apart
from index.ingestion.indexing import Indexing
from index.ingestion.splitting import passage_tokens, split_document
from index.storage.changes import content_digest
from index.storage.copy_groups import load_fingerprint
from index.storage.older_catalog import older_document
from index.storage.store import PassageStore
from index.upkeep.damage import Damage, Patient

_BAD_RECORD = (ValueError, KeyError, TypeError, AttributeError, zlib.error)
_OF_SOURCES = ("pages", "passages", "facts", "sketches")


def damaged_settings(patient: Patient) -> Iterator[Damage]:
    """Yield the number that changes raise, where it is none."""
    with patient.store() as store:
        try:
            store.catalog.generation()
        except ValueError:
            told = store.catalog.setting("generation")
            what = f"the number of the catalog's changes is {told!r}"
            yield Damage("damaged setting", what, partial(_put_generation, patient))


def damaged_records(patient: Patient) -> Iterator[Damage]:
    """Yield the sources whose record cannot be read."""
    with patient.store() as store:
        for id, root, location, record in store.catalog.database.rows(
            "SELECT id, root, location, record FROM sources ORDER BY location"
        ):
            if _source(record) is None:
                mend = partial(_read_anew, patient, id, root, Path(location))
                yield Damage("damaged source", f"the record of {location} cannot be read", mend)


def stray_rows(patient: Patient) -> Iterator[Damage]:
    """Yield the tables with rows of sources that are not there."""
    with patient.store() as store:
        for table in _OF_SOURCES:
            count = store.catalog.database.rows(
                f"SELECT count(*) FROM {table} WHERE source_id NOT IN (SELECT id FROM sources)"
            )[0][0]
            if count:
                what = f"{count} rows of {table} belong to no source"
                yield Damage("stray rows", what, partial(_delete_stray, patient, table))


def damaged_pages(patient: Patient) -> Iterator[Damage]:
    """Yield the sources whose pages or passages are not those that were read of their file."""
    with patient.store() as store:
        for source, root in _readable(store):
            try:
                document = Document(source, store.catalog.pages(source.id))
                is_whole = content_digest(document) == _content(store, source.id)
            except _BAD_RECORD:
                is_whole = False
            if not is_whole:
                what = f"pages of {source.path} are not as they were read"
                mend = partial(_read_anew, patient, source.id, root, Path(source.location))
                yield Damage("damaged pages", what, mend)
            elif not source.retired and not _has_its_passages(patient, store, document):
                what = f"passages of {source.path} are not those of its pages"
                yield Damage("damaged passages", what, partial(_index_anew, patient, source, root))


def damaged_words(patient: Patient) -> Iterator[Damage]:
    """Yield the indexes of words where they are not those of the passages and pages."""
    with patient.store() as store:
        rows = store.catalog.database.rows(
            "SELECT (SELECT count(*) FROM (SELECT rowid FROM passages EXCEPT"
            " SELECT id FROM words_docsize)), (SELECT count(*) FROM (SELECT id FROM words_docsize"
            " EXCEPT SELECT rowid FROM passages))"
        )
        lacking, stray = rows[0]
        if lacking or stray or not _agrees(store, "words", "'integrity-check'"):
            what = f"of the index of words {lacking} passages are missing and {stray} are stray"
            yield Damage("damaged index of words", what, partial(_index_words, patient))
        if not _agrees(store, "page_words", "'integrity-check', 1"):
            what = "the index of the words of pages is not theirs"
            yield Damage("damaged index of pages", what, partial(_index_page_words, patient))


def damaged_facts(patient: Patient) -> Iterator[Damage]:
    """Yield sources without their facts, facts without their names, and a wrong index of words."""
    with patient.store() as store:
        held = {id for (id,) in store.catalog.database.rows("SELECT DISTINCT source_id FROM facts")}
        for source, _ in _readable(store):
            has_none = source.id not in held and not source.retired
            if has_none and read_facts(_document(store, source)):
                what = f"the facts of {source.path} are gone"
                yield Damage("missing facts", what, partial(_read_facts, patient, source))
    with patient.store() as store:
        if count := store.catalog.wrong_fact_names():
            what = f"the names of {count} facts are not theirs"
            yield Damage("damaged names of facts", what, partial(_name_facts, patient))
        if not _agrees(store, "fact_words", "'integrity-check', 1"):
            what = "the index of the words of facts is not theirs"
            yield Damage("damaged index of facts", what, partial(_index_fact_words, patient))


def damaged_groups(patient: Patient) -> Iterator[Damage]:
    """Yield the copies that are not compared as what they are, and groups without a best copy."""
    with patient.store() as store:
        rows = store.catalog.database.rows(
            "SELECT id, fingerprint, (SELECT count(*) FROM sketches WHERE source_id = sources.id)"
            " FROM sources WHERE fingerprint != ''"
        )
        wrong = [id for id, told, count in rows if count != len(load_fingerprint(told).sketch)]
        wrong += [
            id
            for (id,) in store.catalog.database.rows(
                "SELECT id FROM sources WHERE fingerprint != '' AND NOT EXISTS (SELECT 1 FROM"
                " sources AS best WHERE best.copy_group = sources.copy_group AND"
                " best.copy_order = 0)"
            )
        ]
        if wrong:
            what = f"{len(set(wrong))} sources are not compared for copies"
            mend = partial(_compare_again, patient, tuple(dict.fromkeys(wrong)))
            yield Damage("damaged copy groups", what, mend)


def _readable(store: PassageStore) -> Iterator[tuple[Source, str]]:
    """Yield the sources that have, or are to have, pages, each with its root, as recorded."""
    for record, root in store.catalog.database.rows(
        "SELECT record, root FROM sources WHERE content != '' ORDER BY location, id"
    ):
        if source := _source(record):
            yield source, root


def _source(record: str) -> Source | None:
    try:
        return load_source(json.loads(record))
    except _BAD_RECORD:
        return None


def _content(store: PassageStore, source_id: str) -> str:
    row = store.catalog.database.row("SELECT content FROM sources WHERE id = ?", source_id)
    return str(row[0]) if row else ""


def _document(store: PassageStore, source: Source) -> Document:
    return older_document(store.catalog.database, source)


def _has_its_passages(patient: Patient, store: PassageStore, document: Document) -> bool:
    """Tell whether the passages of a source are those that its pages are split into."""
    embedder = patient.embedder()
    split = split_document(document, embedder.tokens, passage_tokens(embedder))
    try:
        held = store.catalog.passages(sorted(store.catalog.vector_ids(document.source.id)))
    except _BAD_RECORD:
        return False
    return {one.id: one for one in held.values()} == {one.id: one for one in split}


def _agrees(store: PassageStore, table: str, command: str) -> bool:
    columns = f"{table}, rank" if "," in command else table
    try:
        with store.catalog.database.transaction() as db:
            db.execute(f"INSERT INTO {table} ({columns}) VALUES ({command})")
    except sqlite3.DatabaseError:
        return False
    return True


def _put_generation(patient: Patient) -> str:
    with patient.store() as store, store.locked():
        store.catalog.begin_generations()
    return ""


def _read_anew(patient: Patient, source_id: str, root: str, file: Path) -> str:
    """Read a source again from its file, where that is still the same; else keep what is there."""
    with patient.store() as store:
        row = store.catalog.database.row("SELECT record FROM sources WHERE id = ?", source_id)
        known = _source(row[0]) if row else None
        try:
            document = read_apart(file, Path(root), lambda *_: None)
        except (CorpusError, OSError, ValueError):
            return _keep_what_is_there(patient, store, source_id, known, root, file)
        if known and document.source.sha256 != known.sha256:
            return _keep_what_is_there(patient, store, source_id, known, root, file)
        _take(patient, store, Document(known, document.pages) if known else document, root)
    return ""


def _keep_what_is_there(
    patient: Patient,
    store: PassageStore,
    source_id: str,
    known: Source | None,
    root: str,
    file: Path,
) -> str:
    """Index the pages of a source that are left, of a record that is not left none."""
    why = "is not the one that was read" if file.is_file() else "is gone"
    if known is None:
        with store.writing() as writer:
            vector_ids = store.catalog.vector_ids(source_id)
            with store.catalog.change() as change:
                change.forget(source_id)
            writer.sweep(vector_ids)
        return f"{file} {why}: the source is out of the home; add it again"
    document = _document(store, known)
    _take(patient, store, document, root)
    return f"{file} {why}: {len(document.pages)} pages are kept as far as they can be read"


def _index_anew(patient: Patient, source: Source, root: str) -> str:
    with patient.store() as store:
        _take(patient, store, _document(store, source), root)
    return ""


def _take(patient: Patient, store: PassageStore, document: Document, root: str) -> None:
    with store.writing() as writer:
        indexing = Indexing(writer, patient.embedder, lambda *_: None)
        indexing.take(document, root)
        indexing.store()


def _delete_stray(patient: Patient, table: str) -> str:
    with patient.store() as store, store.writing() as writer:
        with store.catalog.change() as change:
            change.delete_stray(table)
        writer.sweep()
    return ""


def _index_words(patient: Patient) -> str:
    with patient.store() as store, store.locked(), store.catalog.change() as change:
        change.index_words()
    return ""


def _read_facts(patient: Patient, source: Source) -> str:
    with patient.store() as store, store.locked():
        document = _document(store, source)
        facts = read_facts(document)
        with store.catalog.change() as change:
            change.put_facts_of(document, facts)
    return ""


def _name_facts(patient: Patient) -> str:
    with patient.store() as store, store.locked(), store.catalog.change() as change:
        change.name_facts()
    return ""


def _index_fact_words(patient: Patient) -> str:
    with patient.store() as store, store.locked(), store.catalog.change() as change:
        change.index_fact_words()
    return ""


def _index_page_words(patient: Patient) -> str:
    with patient.store() as store, store.locked(), store.catalog.change() as change:
        change.index_page_words()
    return ""


def _compare_again(patient: Patient, source_ids: tuple[str, ...]) -> str:
    with patient.store() as store, store.locked(), store.catalog.change() as change:
        change.compare_again(source_ids)
    return ""
