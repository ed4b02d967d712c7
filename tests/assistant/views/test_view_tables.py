"""Timelines and compared editions as CSV and workbooks, from Python and from the command line."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from assistants import open_assistant
from fakes import HashingEmbedder, write_files
from ledger_files import LEDGER_FILES
from openpyxl import load_workbook
from typer.testing import CliRunner

from assistant.assistant import Assistant
from assistant.cli.main import app
from assistant.errors import TableError
from assistant.views import changes_table, timeline_table, write_table
from index.embedding import PACKAGED_MODEL, embedder_name


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views")
    note = "---\ntitle: =HYPERLINK(1)\n---\nThe mine of Alto in Peru was opened in May 2019.\n"
    write_files(folder / "documents", LEDGER_FILES | {"note.md": note})
    embedder = HashingEmbedder(embedder_name(PACKAGED_MODEL))
    assistant, _ = open_assistant(folder / "home", embedder, folder / "documents")
    assistant.close()
    return folder / "home"


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    assistant, _ = open_assistant(home, HashingEmbedder(embedder_name(PACKAGED_MODEL)))
    yield assistant
    assistant.close()


def ids(assistant: Assistant) -> dict[str, str]:
    return {record.source.path: record.source.id for record in assistant.sources()}


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_statement_of_a_timeline_is_a_row_and_no_formula(
    assistant: Assistant, tmp_path: Path
) -> None:
    write_table(timeline_table(assistant.timeline("Alto")), tmp_path / "dates.csv")
    told = {line["path"]: line for line in lines(tmp_path / "dates.csv")}
    assert set(told) == {"note.md", "review_2025.md", "review_2026.md"}
    assert {line["date"] for line in told.values()} == {"2019-05"}
    assert told["note.md"]["source"] == "'=HYPERLINK(1)"


def test_change_is_a_row_with_both_values_and_their_pages(
    assistant: Assistant, tmp_path: Path
) -> None:
    held = ids(assistant)
    compared = assistant.compare_editions(held["review_2025.md"], held["review_2026.md"])
    write_table(changes_table(compared), tmp_path / "changes.xlsx")
    rows = list(load_workbook(tmp_path / "changes.xlsx")["changes"].iter_rows(values_only=True))
    told = [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]
    counts = [len(compared.changed), len(compared.gone), len(compared.added), len(compared.texts)]
    assert len(told) == sum(counts)
    (chile,) = [row for row in told if row["before"] == "1,100 t"]
    assert (chile["change"], chile["after"], chile["page after"]) == ("changed", "1,200 t", "1")
    assert any(row["what"] == "text" and row["after"] for row in told)


def test_file_that_cannot_be_written_is_an_error(assistant: Assistant, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be written"):
        write_table(timeline_table(assistant.timeline("Alto")), tmp_path / "gone" / "dates.csv")


def test_commands_write_both_files(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = HashingEmbedder(embedder_name(PACKAGED_MODEL))
    monkeypatch.setattr("assistant.loaded_models.load_embedder", lambda _: embedder)
    dates, changes = tmp_path / "dates.csv", tmp_path / "changes.xlsx"

    def run(*arguments: object) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, ["--home", str(home), *map(str, arguments)])
        return result.exit_code, result.stdout, result.stderr

    assert run("timeline", "Alto", "--csv", dates) == (0, "", f"3 rows written to {dates}\n")
    assert len(lines(dates)) == 3
    sources = run("sources", "list", "--json")[1]
    before, after = (part for part in sources.split('"') if part.startswith("review-2"))
    code, out, _ = run("sources", "compare", before, after, "--xlsx", changes)
    assert (code, out) == (0, "")
    assert load_workbook(changes).sheetnames == ["changes"]
    assert run("timeline", "Alto", "--xlsx", dates)[0] == 2
