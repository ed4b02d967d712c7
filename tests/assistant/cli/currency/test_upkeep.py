"""Backup, restore and doctor on the command line."""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from fakes import write_files
from typer.testing import CliRunner

from assistant.cli.main import app, main

pytestmark = pytest.mark.slow

TEXT = "# Cerium\n\nCerium cost $2/kg in 2025.\n"


def run(home: Path, *arguments: str | Path) -> tuple[int, str, str]:
    """Run the command in this process over a home; return exit code, stdout and stderr."""
    result = CliRunner().invoke(app, [str(one) for one in ("--home", home, *arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("desk") / "home"
    documents = write_files(tmp_path_factory.mktemp("documents"), {"cerium.md": TEXT})
    assert run(home, "add", documents)[0] == 0
    assert run(home, "ask", "What did cerium cost in 2025?")[0] == 0
    return home


def test_home_is_backed_up_restored_and_answers(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "home.zip"
    code, told, _ = run(home, "backup", file)
    assert (code, told.split(", ")[0]) == (0, f"{file}: 1 source")
    made = tmp_path / "made"
    assert run(made, "restore", file)[1].startswith(f"{made}: 1 source, 1 passage, as of 20")
    assert "$2/kg" in run(made, "ask", "What did cerium cost in 2025?")[1]
    assert run(made, "records")[1].count("What did cerium cost") == 2
    told = run(made, "restore", file, "--replace", "--json")[1]
    assert Path(json.loads(told)["before"]).is_dir()


def test_backup_without_a_name_is_called_by_home_and_date(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert json.loads(run(home, "backup", "--json")[1])["passages"] == 1
    assert [file.name.split("-")[0] for file in tmp_path.glob("*.zip")] == ["home"]


def test_home_is_compacted_and_answers_as_before(home: Path) -> None:
    before = run(home, "ask", "What did cerium cost in 2025?")[1]
    code, told, _ = run(home, "compact")
    assert (code, told.endswith(" MB less\n")) == (0, True)
    assert run(home, "ask", "What did cerium cost in 2025?")[1] == before


def test_doctor_says_what_is_damaged_and_mends_it(home: Path) -> None:
    assert run(home, "doctor")[:2] == (0, f"{home}: no damage found\n")
    with closing(sqlite3.connect(home / "catalog.sqlite")) as db, db:
        db.execute("DELETE FROM words")
    code, told, advice = run(home, "doctor")
    assert code == 1
    assert told.startswith("found: damaged index of words: of the index of words 1 passages")
    assert advice == "to mend it: rare-earth doctor --mend\n"
    code, told, _ = run(home, "doctor", "--mend", "--json")
    assert (code, json.loads(told)["findings"][0]["outcome"]) == (0, "mended")


def test_no_home_is_an_error_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for command, message in (("backup", "there is no home at"), ("doctor", "there is no home at")):
        monkeypatch.setattr(sys, "argv", ["rare-earth", "--home", str(tmp_path / "x"), command])
        with pytest.raises(SystemExit) as left:
            main()
        assert left.value.code == 1
        assert message in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
