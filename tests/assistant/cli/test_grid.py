"""`rare-earth grid`: questions of sources or of words, into a workbook or CSV."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder, write_files
from ledger_files import LEDGER_FILES
from openpyxl import load_workbook
from typer.testing import CliRunner

from assistant.assistant import Assistant
from assistant.cli.main import app
from assistant.desk.grid import GridCell
from index.embedding import PACKAGED_MODEL, embedder_name

QUESTION = "How much did Peru mine in 2025?"


def run(home: Path, *arguments: str | Path) -> tuple[int, str]:
    """Run the command in this process over a home; return exit code and stderr."""
    result = CliRunner().invoke(app, ["--home", str(home), *map(str, arguments)])
    return result.exit_code, result.stderr or str(result.exception)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home of small documents, embedded by a stand-in under the packaged model's name."""
    embedder = HashingEmbedder(embedder_name(PACKAGED_MODEL))
    monkeypatch.setattr("assistant.loaded_models.load_embedder", lambda _: embedder)
    folder = write_files(tmp_path / "files", LEDGER_FILES)
    (tmp_path / "questions.txt").write_text(f"{QUESTION}\n\n{QUESTION}\n")
    assert run(tmp_path / "home", "add", folder)[0] == 0
    return tmp_path / "home"


def test_each_source_of_a_collection_is_asked_by_itself(home: Path, tmp_path: Path) -> None:
    sources = ("Survey of Andean Mines", "Mine Output Review 2026")
    assert run(home, "collections", "make", "Andes", *sources)[0] == 0
    out = tmp_path / "grid.xlsx"
    code, told = run(
        home, "grid", tmp_path / "questions.txt", "--collection", "Andes", "--out", out
    )
    assert code == 0
    assert "1/2 " in told
    assert f"2 of 2 cells written to {out}" in told
    rows = list(load_workbook(out)["grid"].iter_rows(values_only=True))
    assert rows[0] == (None, QUESTION)
    cells = {str(head): str(cell) for head, cell in rows[1:]}
    assert set(cells) == set(sources)
    assert "900" in cells["Survey of Andean Mines"]
    assert "300" in cells["Mine Output Review 2026"]


def test_words_of_a_file_are_put_into_each_question(home: Path, tmp_path: Path) -> None:
    (tmp_path / "questions.txt").write_text("How much did {} mine in 2025?")
    (tmp_path / "words.txt").write_text("Chile\nAtlantis\n")
    out = tmp_path / "grid.csv"
    questions = tmp_path / "questions.txt"
    code, _ = run(home, "grid", questions, "--by", tmp_path / "words.txt", "--out", out)
    assert code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    answers = {line["row"]: line["answer"] for line in lines}
    assert "1,400" in answers["Chile"]
    assert answers["Atlantis"] == "not stated"


def test_what_is_answered_before_a_stop_is_written(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> Iterator[GridCell]:
        yield GridCell(0, 0, error="no answer")
        raise KeyboardInterrupt

    monkeypatch.setattr(Assistant, "fill_grid", stopped)
    out = tmp_path / "grid.csv"
    code, told = run(home, "grid", tmp_path / "questions.txt", "--out", out)
    assert code == 130
    assert f"1 of 3 cells written to {out}" in told
    assert "no answer" in out.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("questions.txt", "--out", "grid.pdf"), 2, "a grid is written as .xlsx or .csv"),
        (("questions.txt", "--out", "gone/grid.csv"), 2, "is no folder"),
        (("gone.txt", "--out", "grid.csv"), 1, "give a file of plain text"),
        (("empty.txt", "--out", "grid.csv"), 1, "a grid needs a question and a row"),
    ],
)
def test_what_cannot_be_asked_or_written_is_an_error(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.txt").write_text("\n")
    assert run(home, "grid", *arguments)[0] == code
    assert told in run(home, "grid", *arguments)[1]
    assert not Path("grid.csv").exists()
