"""A home with a folder of files, and what a user does to them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fakes import HashingEmbedder, write_files

from index.embedding import Embedder
from index.ingestion.sync import Progress, SyncReport, add_paths
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.catalog import SourceRecord
from index.storage.store import PassageStore
from index.storage.vectors import VectorStore


@dataclass
class Home:
    """A home and a folder of files, and what adding them told last."""

    store: PassageStore
    folder: Path
    embedder: HashingEmbedder
    progress: list[Progress] = field(default_factory=list)

    def add(self, *names: str) -> SyncReport:
        """Add the folder, or what is named in it, with an embedder that may be used."""
        self.progress.clear()
        return add_paths(self.store, lambda: self.embedder, self._paths(names), self._show)

    def add_without_embedding(self, *names: str) -> SyncReport:
        """Add what needs no embedding."""
        self.progress.clear()

        def refuse() -> Embedder:
            raise AssertionError("nothing was to be embedded")

        return add_paths(self.store, refuse, self._paths(names), self._show)

    def _paths(self, names: tuple[str, ...]) -> list[Path]:
        return [self.folder / name for name in names] or [self.folder]

    def _show(self, progress: Progress) -> None:
        self.progress.append(progress)

    def write(self, **files: str) -> None:
        """Write files, "_" in their names standing for a dot."""
        write_files(self.folder, {name.replace("_", "."): text for name, text in files.items()})

    def id_of(self, path: str) -> str:
        """Return the id of the source with this path."""
        return next(r.source.id for r in self.store.catalog.all_sources() if r.source.path == path)

    def found(self, question: str) -> set[str]:
        """Return the texts that retrieval finds."""
        evidence = Retriever(self.store, self.embedder).retrieve(question, 50, Filters())
        return {found.passage.text for found in evidence}

    def found_in(self, question: str, filters: Filters = Filters()) -> set[str]:
        """Return the paths of the sources in which retrieval finds something."""
        evidence = Retriever(self.store, self.embedder).retrieve(question, 50, filters)
        return {found.source.path for found in evidence}

    def record(self, path: str) -> SourceRecord:
        """Return the record of the source with this path."""
        return self.store.catalog.source(self.id_of(path))

    def states(self) -> dict[str, str]:
        """Return the states of the listed sources by their paths."""
        return {record.source.path: record.state for record in self.store.catalog.sources()}

    def groups(self) -> set[tuple[str, ...]]:
        """Return the paths of each copy group, the best copy first."""
        groups: dict[str, list[SourceRecord]] = {}
        for record in self.store.catalog.sources():
            if record.pages:
                groups.setdefault(record.source.copy_group, []).append(record)
        return {
            tuple(r.source.path for r in sorted(group, key=lambda record: record.copy_order))
            for group in groups.values()
        }

    def paths(self) -> list[str]:
        """Return the paths of the listed sources."""
        return [record.source.path for record in self.store.catalog.sources()]

    @contextmanager
    def chroma(self) -> Iterator[VectorStore]:
        """Open the vectors beside the store."""
        number = self.store.catalog.setting("vectors") or "1"
        opened = self.store.place.open(number)
        yield opened
        opened.close()

    def vectors(self) -> set[str]:
        """Return the ids that Chroma holds, which must be those the catalog knows."""
        with self.chroma() as chroma:
            held = chroma.ids()
        assert held == self.store.catalog.vector_ids()
        return held


@contextmanager
def open_home(tmp_path: Path, files: dict[str, str]) -> Iterator[Home]:
    """Open an empty home beside a folder of files."""
    embedder = HashingEmbedder()
    store = PassageStore(tmp_path / "home", embedder.name)
    yield Home(store, write_files(tmp_path / "files", files), embedder)
    store.close()


def told_sources(store: PassageStore) -> dict[str, tuple[str, str, int, int, frozenset[str]]]:
    """Return what the catalog says of each source."""
    return {
        record.source.path: (
            record.source.sha256,
            record.state,
            record.copy_order,
            record.pages,
            frozenset(store.catalog.vector_ids(record.source.id)),
        )
        for record in store.catalog.sources()
    }


def check_agreement(store: PassageStore) -> None:
    """Check that catalog, words and facts tell of the same sources, whose vectors are there."""
    with store.writing() as writer:
        assert writer.missing() == set()
    with closing(sqlite3.connect(store.home / "catalog.sqlite")) as db:
        passages = {row[0] for row in db.execute("SELECT rowid FROM passages")}
        assert {row[0] for row in db.execute("SELECT rowid FROM words")} == passages
        sources = {row[0] for row in db.execute("SELECT id FROM sources")}
        db.execute("INSERT INTO fact_words (fact_words, rank) VALUES ('integrity-check', 1)")
        facts = {row[0] for row in db.execute("SELECT rowid FROM facts")}
        assert {row[0] for row in db.execute("SELECT fact FROM fact_names")} <= facts
        for table in ("pages", "passages", "sketches", "facts"):
            owners = {row[0] for row in db.execute(f"SELECT DISTINCT source_id FROM {table}")}
            assert owners <= sources
