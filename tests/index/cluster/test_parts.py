"""What nodes make of files, kept as Parquet, comes back as it was."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from fakes import HashingEmbedder, write_files

from corpus.reading import read_document
from index.cluster.parts import Parts
from index.cluster.steps import EmbeddingStep, ReadingStep, load_files
from index.ingestion.files import WantedFile, wanted_files
from index.ingestion.indexing import PreparedDocument, prepare, texts_to_embed
from index.ingestion.reading_ahead import file_digest

EMBEDDER = HashingEmbedder()
FILES = {
    "a/mine.md": "# Lemhi\n\nLemhi put out 410 t.\n\n| Year | Tons |\n|---|---|\n| 2025 | 410 |\n",
    "b.txt": "Narva makes magnets. It made 900 t in 2024.",
    "empty.txt": "",
    "what.docx": "no archive",
}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, WantedFile]:
    monkeypatch.setattr("corpus.workers.cores._GIVEN", [])
    found = wanted_files([write_files(tmp_path / "files", FILES)])
    return {one.path: one for one in found}


def read_by_nodes(files: dict[str, WantedFile]) -> pa.Table:
    """Take files through all steps, as nodes do."""

    rows = [
        {"file": str(one.file), "path": one.path, "location": one.location}
        for one in files.values()
    ]
    read = ReadingStep(HashingEmbedder)(load_files(pa.Table.from_pylist(rows)))
    return EmbeddingStep(HashingEmbedder)(read)


def test_documents_come_back_as_this_machine_prepares_them(
    files: dict[str, WantedFile], tmp_path: Path
) -> None:
    written = Parts(tmp_path / "home", "1")
    written.add(read_by_nodes(files))
    written.flush()
    parts = Parts(tmp_path / "home", "1")
    for path in ("a/mine.md", "b.txt"):
        file = files[path]
        read = parts.read(file, file_digest(file.file))
        assert read is not None
        made = read.document
        assert isinstance(made, PreparedDocument)
        here = prepare(read_document(file.file, file.root), EMBEDDER)
        assert made.document == here.document
        assert (made.passages, made.facts) == (here.passages, here.facts)
        assert made.fingerprint == here.fingerprint
        texts = texts_to_embed(here, EMBEDDER)
        assert list(made.vectors) == list(texts)
        vectors = EMBEDDER.embed(list(texts.values()))
        assert np.array_equal(np.stack(list(made.vectors.values())), vectors)


def test_refusals_come_back_with_their_reasons(
    files: dict[str, WantedFile], tmp_path: Path
) -> None:
    parts = Parts(tmp_path / "home", "1")
    parts.add(read_by_nodes(files))
    told = {}
    for path in ("empty.txt", "what.docx"):
        read = parts.read(files[path], file_digest(files[path].file))
        assert read is not None
        assert read.document is None
        told[path] = read.reason
    assert all(reason.startswith(f"{path}: ") for path, reason in told.items())


def test_a_file_that_cannot_be_loaded_or_has_changed_was_not_read(
    files: dict[str, WantedFile], tmp_path: Path
) -> None:
    file = files["b.txt"]
    before = file_digest(file.file)
    gone = files["a/mine.md"]
    digest = file_digest(gone.file)
    gone.file.unlink()
    parts = Parts(tmp_path / "home", "1")
    parts.add(read_by_nodes(files))
    assert not parts.holds(gone, digest)
    assert parts.read(gone, "") is None
    file.file.write_text("Other.", encoding="utf-8")
    assert parts.holds(file, before)
    assert not parts.holds(file, file_digest(file.file))


def test_what_was_read_by_another_version_or_half_written_is_not_taken(
    files: dict[str, WantedFile], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    old = Parts(home, "1")
    old.add(read_by_nodes(files))
    (part,) = home.rglob("part-*.parquet")
    part.with_suffix(".half").write_bytes(b"PAR1")
    file = files["b.txt"]
    assert Parts(home, "1").holds(file, file_digest(file.file))
    assert not Parts(home, "2").holds(file, file_digest(file.file))
    assert not list(home.rglob("part-*"))
    Parts(home, "2").delete()
    assert not (home / "ray").exists()
