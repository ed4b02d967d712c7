"""Damage made on purpose is found and mended, or what is lost is told."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from homes import Home, open_home

from index.errors import IndexingError, StaleIndexError
from index.passage import Filters
from index.storage.records import PAGE_COLUMNS
from index.storage.store import PassageStore
from index.upkeep.damage import Finding, Patient
from index.upkeep.doctor import examine
from index.upkeep.vector_probe import probe

TABLE = "| Country | 2024 | 2025 |\n|---|---|---|\n| China | 255,000 | 270,000 |\n"
FILES = {
    f"mine{n}.md": f"# Mine {n}\n\nMine {n} put out {n + 10} tons of rare earths in 2025.\n\n"
    f"## Production of mine {n}, metric tons\n\n{TABLE}"
    for n in range(8)
} | {"copy.md": "# Mine 3\n\nMine 3 put out 13 tons of rare earths in 2025.\n\n"
     f"## Production of mine 3, metric tons\n\n{TABLE}"}  # fmt: skip
EMBEDDER = HashingEmbedder()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_home(tmp_path, FILES) as opened:
        opened.add()
        opened.store.close()
        yield opened


@pytest.fixture
def _probing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read vectors in this process: Chroma's own files are whole."""
    monkeypatch.setattr("index.upkeep.vector_checks.probe_apart", probe)


def patient(home: Path) -> Patient:
    return Patient(
        home, lambda: PassageStore(home, EMBEDDER.name), lambda: EMBEDDER, lambda _: None
    )


def look(home: Home) -> list[Finding]:
    return list(examine(patient(home.store.home), mends=False))


def mend(home: Home) -> list[Finding]:
    return list(examine(patient(home.store.home), mends=True))


def change(home: Home, statement: str) -> None:
    with closing(sqlite3.connect(home.store.home / "catalog.sqlite")) as db, db:
        db.execute(statement)


def held(home: Home) -> dict[str, object]:
    """Return what a home holds, but for the numbers of rows and of its folder of vectors."""
    with closing(PassageStore(home.store.home, EMBEDDER.name)) as store:
        rows = store.catalog.database.rows
        vectors = store.vectors(sorted(store.catalog.vector_ids()))
        return {
            "sources": rows(
                "SELECT id, root, location, state, reason, record, content, copy_group, copy_order"
                " FROM sources ORDER BY id"
            ),
            "pages": rows(
                f"SELECT source_id, {PAGE_COLUMNS} FROM pages ORDER BY source_id, number"
            ),
            "pages found": rows("SELECT count(*) FROM page_words WHERE page_words MATCH 'mine'"),
            "passages": rows("SELECT id, vector_id, digest, record FROM passages ORDER BY id"),
            "facts": rows("SELECT record FROM facts ORDER BY record"),
            "names": rows(
                "SELECT key, record FROM fact_names JOIN facts ON facts.rowid = fact ORDER BY 1, 2"
            ),
            "words": rows("SELECT label, context, text FROM words ORDER BY 1, 2, 3"),
            "found": rows("SELECT count(*) FROM words WHERE words MATCH 'mine'"),
            "facts found": rows("SELECT count(*) FROM fact_words WHERE fact_words MATCH 'china'"),
            "sketches": rows("SELECT * FROM sketches ORDER BY 1, 2"),
            "vectors": {id: vector.round(4).tolist() for id, vector in vectors.items()},
        }


def overwrite(file: Path, share: float, count: int = 4096) -> None:
    """Overwrite a page in the middle of a file."""
    with file.open("r+b") as stream:
        stream.seek(int(file.stat().st_size * share) // 4096 * 4096)
        stream.write(b"\xa5" * count)


def overwrite_catalog(home: Home) -> None:
    overwrite(home.store.home / "catalog.sqlite", 0.5)


def lose_chroma(home: Home) -> None:
    (home.store.home / "vectors-1").rename(home.store.home.parent / "away")


def cut_chroma(home: Home) -> None:
    file = home.store.home / "vectors-1" / "chroma.sqlite3"
    os.truncate(file, file.stat().st_size * 2 // 5)


def leave_over(home: Home) -> None:
    (home.store.home / "rebuild").mkdir()
    (home.store.home / "rebuild" / "catalog.sqlite").write_bytes(b"half")
    half = home.store.home / "uploads" / ".x.part"
    half.parent.mkdir()
    half.write_bytes(b"half")
    os.utime(half, (time.time() - 9_000,) * 2)


def lose_vectors(home: Home) -> None:
    with closing(PassageStore(home.store.home, EMBEDDER.name)) as store, store.writing() as writer:
        writer._vectors.delete(sorted(store.catalog.vector_ids())[:5])


def add_stray_vectors(home: Home) -> None:
    with closing(PassageStore(home.store.home, EMBEDDER.name)) as store, store.writing() as writer:
        writer._vectors.upsert(["stray"], ["none"], EMBEDDER.embed(["stray"]))


def exchange_vectors(home: Home) -> None:
    with closing(PassageStore(home.store.home, EMBEDDER.name)) as store, store.writing() as writer:
        ids = sorted(store.catalog.vector_ids())
        writer.put_vectors_of(ids, EMBEDDER.embed([f"another text {id}" for id in ids]))


def shorten_vectors(home: Home) -> None:
    with closing(PassageStore(home.store.home, EMBEDDER.name)) as store, store.writing() as writer:
        ids = sorted(store.catalog.vector_ids())[:3]
        writer.put_vectors_of(ids, 0.3 * EMBEDDER.embed(ids))


# What is done to the catalog, and the kind of damage that is found.
STATEMENTS = {
    "generation that is no number": (
        "damaged setting",
        "UPDATE meta SET value = 'x' WHERE key = 'generation'",
    ),
    "record of a source": (
        "damaged source",
        "UPDATE sources SET record = '{' WHERE location LIKE '%mine4.md'",
    ),
    "rows of no source": (
        "stray rows",
        "INSERT INTO sketches SELECT hash, 'gone' FROM sketches LIMIT 1",
    ),
    "page that is gone": ("damaged pages", "DELETE FROM pages WHERE rowid = 2"),
    "page with other words": (
        "damaged pages",
        "UPDATE pages SET text = 'x' || text WHERE rowid = 3",
    ),
    "page that cannot be unpacked": (
        "damaged pages",
        "UPDATE pages SET blocks = x'00' WHERE rowid = 3",
    ),
    "passage that is gone": ("damaged passages", "DELETE FROM passages WHERE rowid = 4"),
    "passage that cannot be read": (
        "damaged passages",
        "UPDATE passages SET record = '{}' WHERE rowid = 4",
    ),
    "words that are not indexed": ("damaged index of words", "DELETE FROM words WHERE rowid < 9"),
    "words of no passage": (
        "damaged index of words",
        "INSERT INTO words (rowid, text) VALUES (9999, 'mine')",
    ),
    "damaged words": (
        "damaged index of words",
        "UPDATE words_data SET block = x'0011' WHERE id > 10",
    ),
    "facts that are gone": (
        "missing facts",
        "DELETE FROM facts WHERE source_id IN"
        " (SELECT id FROM sources WHERE location LIKE '%mine5.md')",
    ),
    "names of facts that are gone": (
        "damaged names of facts",
        "DELETE FROM fact_names WHERE key = 'china'",
    ),
    "names of no facts": (
        "damaged names of facts",
        "INSERT INTO fact_names VALUES ('brazil', 'production', 2025, 88888)",
    ),
    "words of pages": (
        "damaged index of pages",
        "INSERT INTO page_words (page_words, rowid, text)"
        " SELECT 'delete', rowid, text FROM pages LIMIT 2",
    ),
    "words of facts": (
        "damaged index of facts",
        "INSERT INTO fact_words (fact_words, rowid, words)"
        " SELECT 'delete', rowid, words FROM facts LIMIT 3",
    ),
    "sketches": ("damaged copy groups", "DELETE FROM sketches"),
    "group without a best copy": (
        "damaged copy groups",
        "UPDATE sources SET copy_order = copy_order + 1",
    ),
}


def overwrite_comparison(home: Home, ending: str = "f32") -> None:
    with closing(PassageStore(home.store.home, EMBEDDER.name)) as store:
        store.comparison(store.catalog.searchable(Filters()))
    (file,) = (home.store.home / "vectors-1").glob(f"compared-*.{ending}")
    overwrite(file, 0.0, 600)


DAMAGES: dict[str, tuple[str, Callable[[Home], object]]] = {
    "left-over folders and files": ("left over", leave_over),
    "vectors that are gone": ("missing vectors", lose_vectors),
    "vectors of no passage": ("stray vectors", add_stray_vectors),
    "vectors of other texts": ("wrong vectors", exchange_vectors),
    "vectors that are no unit vectors": ("wrong vectors", shorten_vectors),
    "vectors that are compared as others": ("damaged comparison", overwrite_comparison),
    "vectors that are rounded wrongly": (
        "damaged comparison",
        partial(overwrite_comparison, ending="i8"),
    ),
    "folder of Chroma that is gone": ("missing vectors", lose_chroma),
    "database of Chroma that is cut": ("damaged vectors", cut_chroma),
    "catalog with a damaged page": ("damaged database", overwrite_catalog),
}


def test_whole_home_has_no_damage(home: Home) -> None:
    before = held(home)
    assert look(home) == []
    assert mend(home) == []
    assert held(home) == before


@pytest.mark.usefixtures("_probing_here")
@pytest.mark.parametrize("name", STATEMENTS)
def test_damage_of_the_catalog_is_found_and_mended(home: Home, name: str) -> None:
    kind, statement = STATEMENTS[name]
    check_mended(home, kind, partial(change, statement=statement))


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_of_files_and_vectors_is_found_and_mended(home: Home, name: str) -> None:
    check_mended(home, *DAMAGES[name])


def check_mended(home: Home, kind: str, damage: Callable[[Home], object]) -> None:
    """Check that damage of a kind is found, and that the home is then as it was."""
    before = held(home)
    damage(home)
    assert kind in {finding.kind for finding in look(home)}
    mended = mend(home)
    assert kind in {finding.kind for finding in mended}
    told = [f for f in mended if f.outcome == "lost" and f.kind != "damaged database"]
    assert told == []
    assert mend(home) == []
    assert held(home) == before


def test_what_is_lost_is_told_where_the_file_is_gone(home: Home) -> None:
    (home.folder / "mine4.md").unlink()
    (home.folder / "mine5.md").write_text("# Other\n\nAnother text.\n", encoding="utf-8")
    change(home, STATEMENTS["record of a source"][1])
    change(
        home,
        "UPDATE pages SET text = 'Mine' WHERE source_id ="
        " (SELECT id FROM sources WHERE location LIKE '%mine5.md')",
    )
    lost = [finding.lost for finding in mend(home) if finding.outcome == "lost"]
    assert len(lost) == 2
    assert "mine4.md is gone: the source is out of the home; add it again" in lost[0]
    assert "mine5.md is not the one that was read: 1 pages are kept" in lost[1]
    assert mend(home) == []


def test_home_can_be_added_to_after_each_mending(home: Home) -> None:
    overwrite_catalog(home)
    cut_chroma(home)
    mend(home)
    with closing(PassageStore(home.store.home, EMBEDDER.name)) as store:
        opened = Home(store, home.folder, EMBEDDER)
        opened.write(new_md="# New\n\nA new text on cerium.\n")
        report = opened.add()
        assert "new.md" in report.new
        assert any("cerium" in text for text in opened.found("cerium"))
        assert len(store.catalog.sources()) == len(FILES) + 1


def test_database_of_the_desk_keeps_the_rows_that_can_be_read(home: Home) -> None:
    file = home.store.home / "desk.sqlite"
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY, word TEXT)")
        db.executemany("INSERT INTO kept VALUES (?, ?)", ((n, "w" * 300) for n in range(400)))
    overwrite(file, 0.5)
    (finding,) = mend(home)
    assert finding.kind == "damaged database"
    assert "kept" in finding.lost
    with closing(sqlite3.connect(file)) as db:
        numbers = {n for (n,) in db.execute("SELECT number FROM kept")}
    assert 350 < len(numbers) < 400
    assert {0, 399} <= numbers
    assert len(list(home.store.home.glob("desk.sqlite.damaged-*"))) == 1
    assert mend(home) == []


def test_catalog_that_cannot_be_read_at_all_is_put_aside(home: Home) -> None:
    (home.store.home / "catalog.sqlite").write_bytes(b"no database" * 900)
    told = mend(home)
    assert told[0].kind == "damaged database"
    assert "could be read; 0 were kept" in told[0].lost
    with closing(PassageStore(home.store.home, EMBEDDER.name)) as store:
        opened = Home(store, home.folder, EMBEDDER)
        assert len(opened.add().new) == len(FILES)


def test_home_of_other_settings_is_left_alone(home: Home) -> None:
    at = home.store.home
    with pytest.raises(StaleIndexError):
        list(examine(replace(patient(at), open=lambda: PassageStore(at, "other")), True))
    with pytest.raises(IndexingError, match="there is no home at"):
        list(examine(patient(home.folder / "none"), True))
