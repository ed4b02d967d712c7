"""Homes of earlier versions: one that such a version has made, and one in the first form of all."""

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from zipfile import ZipFile

from corpus.description.describing import source_id
from corpus.document import Source

MADE = Path(__file__).parent / "older_homes" / "schema-5.zip"  # its files, records and settings
RECORDED = ("6xj88m7", "txgssh6")  # the records of its answers, in their order
_MADE_FROM = "/tmp/reports/files"

FIRST_FORM = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE sources (
    id TEXT PRIMARY KEY, root TEXT NOT NULL, location TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE pages (
    source_id TEXT NOT NULL, number INTEGER NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL,
    blocks TEXT NOT NULL, repairs TEXT NOT NULL, PRIMARY KEY (source_id, number));
INSERT INTO meta VALUES ('settings', 'embedding model hashing, splitter 1, schema 1');
"""
_FIRST_FIELDS = tuple(
    "id location path title file_type sha256 publisher published data_years edition version url"
    " licence language copy_group".split()
)


def unpack_home(folder: Path) -> Path:
    """Unpack a home of schema 5 and the files that it was made from; return the home."""
    with ZipFile(MADE) as packed:
        packed.extractall(folder)
    files = (folder / "files").resolve().as_posix()
    with closing(sqlite3.connect(folder / "home" / "catalog.sqlite")) as db, db:
        db.execute("UPDATE sources SET root = ?", (files,))
        for old, record in db.execute("SELECT id, record FROM sources").fetchall():
            fields = json.loads(record.replace(_MADE_FROM, files))
            new = fields["id"] = source_id(fields["location"])
            db.execute(
                "UPDATE sources SET id = ?, location = ?, record = ? WHERE id = ?",
                (new, fields["location"], json.dumps(fields), old),
            )
            for table in ("pages", "passages"):
                db.execute(f"UPDATE {table} SET source_id = ? WHERE source_id = ?", (new, old))
    return folder / "home"


def write_first_form(home: Path, root: Path, texts: dict[str, str]) -> None:
    """Write a home as the first version did, with sources of one page by their paths."""
    home.mkdir()
    with closing(sqlite3.connect(home / "catalog.sqlite")) as db, db:
        db.executescript(FIRST_FORM)
        for path, text in texts.items():
            location = (root / path).resolve().as_posix()
            source = Source(source_id(location), location, path, Path(path).stem, "text", "1" * 64)
            record = {n: v for n, v in asdict(source).items() if n in _FIRST_FIELDS}
            told = (source.id, root.resolve().as_posix(), location, "indexed", "")
            db.execute("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)", (*told, json.dumps(record)))
            db.execute("INSERT INTO pages VALUES (?, 1, '1', ?, '[]', '[]')", (source.id, text))
