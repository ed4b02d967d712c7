"""`rare-earth facts`, `sources show --facts`: table, JSON, CSV, workbook, what is lacking."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from documents import FILES
from fakes import HashingEmbedder, write_files
from openpyxl import load_workbook
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.errors import NoSourceError
from index.embedding import PACKAGED_MODEL, embedder_name

SLOTS = {
    "arguments", "measure", "value", "low", "high", "bound", "unit", "period", "status",
    "superseded", "source", "page", "page_label", "start", "end", "quote",
}  # fmt: skip


def run(home: Path, *arguments: str | Path) -> tuple[int, str, str]:
    """Run the command in this process over a home; return exit code, stdout and stderr."""
    result = CliRunner().invoke(app, ["--home", str(home), *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home of small documents, embedded by a stand-in under the packaged model's name."""
    embedder = HashingEmbedder(embedder_name(PACKAGED_MODEL))
    monkeypatch.setattr("assistant.loaded_models.load_embedder", lambda _: embedder)
    folder = write_files(tmp_path / "files", FILES)
    assert run(tmp_path / "home", "add", folder)[0] == 0
    return tmp_path / "home"


def found(home: Path, *arguments: str | Path) -> dict[str, Any]:
    code, out, _ = run(home, "facts", *arguments, "--json")
    assert code == 0
    result: dict[str, Any] = json.loads(out)
    return result


def test_facts_are_printed_with_value_period_and_place(home: Path) -> None:
    code, out, err = run(home, "facts", "Dy oxide px 23")
    assert (code, err) == (0, "")
    head, line = out.splitlines()
    assert head.split() == ["value", "measure", "about", "period", "given", "as", "source"]
    assert line.split()[:2] == ["330", "USD/kg"]
    assert "dysprosium oxide" in line
    assert "Oxide Price Letter  (prices.md)" in line


def test_facts_as_json_have_the_form_of_the_design(home: Path) -> None:
    (fact,) = found(home, "dysprosium oxide price 2023")["facts"]
    assert fact.keys() >= SLOTS
    assert fact["arguments"] == [{"role": "material", "name": "dysprosium oxide"}]
    assert (fact["value"], fact["low"], fact["high"]) == (330, None, None)
    assert (fact["unit"], fact["period"], fact["status"]) == ("USD/kg", "2023", "reported")
    assert fact["source"]["path"] == "prices.md"
    assert fact["quote"] == "Dysprosium oxide | 382 | 330 | 257"


def test_a_value_is_given_in_the_unit_that_is_asked_for(home: Path) -> None:
    (fact,) = found(home, "Nigeria mine production 2025 in kt")["facts"]
    assert (fact["value"], fact["unit"]) == (1500, "t")
    assert (fact["converted"]["value"], fact["converted"]["unit"]) == (1.5, "kt")
    out = run(home, "facts", "Nigeria mine production 2025 in kt")[1]
    assert "1.5 kt (1,500 t)" in out


def test_what_a_newer_edition_says_stands_beside_the_older_value(home: Path) -> None:
    newer, older = found(home, "Nigeria mine production 2024")["facts"]
    assert (newer["value"], newer["superseded"]) == (1500, False)
    assert (older["value"], older["superseded"]) == (13000, True)
    assert older["superseded_by"]["value"] == 1500
    assert older["superseded_by"]["path"] == "mcs/mcs2026.md"
    assert "superseded by MCS 2026: 1,500 t" in run(home, "facts", "Nigeria mine production 24")[1]


def test_a_figure_that_is_withheld_or_not_available_is_said_so(home: Path) -> None:
    (fact,) = found(home, "holmium oxide price 2023")["facts"]
    assert (fact["value"], fact["absent"], fact["printed"]) == (None, "not available", "NA")
    assert "not available (NA)" in run(home, "facts", "holmium oxide price 2023")[1]


def test_where_nothing_fits_it_is_told_what_was_understood_and_is_lacking(home: Path) -> None:
    code, out, err = run(home, "facts", "Dy oxide price 2019")
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        "nothing fits. understood: measure: price; material: dysprosium oxide; period: 2019",
        "no fact has period 2019; there is 2022, 2023, 2024",
    ]
    result = found(home, "Dy oxide price 2019")
    assert (result["facts"], result["lacking"]) == ([], "period 2019")
    assert result["nearest"] == ["2022", "2023", "2024"]
    assert "rare-earth search" in run(home, "facts", "xyzzy")[2]


def test_filters_and_a_limit_reach_the_look_up(home: Path) -> None:
    asked = ["--home", str(home), "facts", "Dy oxide price 2023", "--publisher", "Nobody"]
    with pytest.raises(NoSourceError, match="Nobody"):
        CliRunner().invoke(app, asked, catch_exceptions=False)
    assert len(found(home, "Dy oxide price 2023", "--publisher", "Tallinn")["facts"]) == 1
    assert len(found(home, "mine production 2024", "-k", "1")["facts"]) == 1


def test_facts_are_written_to_csv_and_a_workbook_with_links(home: Path, tmp_path: Path) -> None:
    files = tmp_path / "out.csv", tmp_path / "out.xlsx"
    code, out, err = run(
        home, "facts", "Brazil mine production", "--csv", files[0], "--xlsx", files[1]
    )
    assert (code, out) == (0, "")
    assert err.splitlines() == [f"4 facts written to {file}" for file in files]
    with files[0].open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["value"] for row in rows} == {"140", "20", "2000"}
    assert rows[0]["path"] == "mcs/mcs2026.md"
    sheet = load_workbook(files[1]).active
    assert sheet is not None
    heads = [cell.value for cell in sheet[1]]
    assert heads[1:] == list(rows[0])
    line = dict(zip(heads, sheet[2], strict=True))
    assert line["value"].value == int(rows[0]["value"])
    assert line["open"].hyperlink.target == (tmp_path / "files/mcs/mcs2026.md").as_uri()


def test_conflicts_are_listed_with_both_places(home: Path, tmp_path: Path) -> None:
    assert run(home, "facts", "--conflicts") == (0, "", "no two sources contradict each other\n")
    table = (
        "---\ntitle: Narva Letter\npublisher: Narva Desk\n---\n# Output\n\n"
        "Table 1. World mine production, metric tons:\n"
        "| Country | 2025 |\n|---|---|\n| Nigeria | 2,900 |\n"
    )
    write_files(tmp_path / "files", {"letter.md": table})
    run(home, "add", tmp_path / "files")
    _, out, err = run(home, "facts", "--conflicts")
    assert err == ""
    assert out.startswith("mine production, rare earths; Nigeria, 2025\n")
    assert "1,500 t: " in out
    assert "2,900 t: Narva Letter  (letter.md)" in out
    (conflict,) = json.loads(run(home, "facts", "--conflicts", "--json")[1])["conflicts"]
    assert {fact["value"] for fact in conflict["facts"]} == {1500, 2900}


def test_the_facts_of_a_source_are_shown(home: Path) -> None:
    listed = json.loads(run(home, "sources", "list", "--json")[1])
    source_id = next(one["id"] for one in listed if one["path"] == "prices.md")
    facts = json.loads(run(home, "sources", "show", source_id, "--facts", "--json")[1])["facts"]
    assert [fact["value"] for fact in facts[:3]] == [382, 330, 257]
    assert "dysprosium oxide" in run(home, "sources", "show", source_id, "--facts")[1]
    code = (
        CliRunner()
        .invoke(app, ["--home", str(home), "sources", "show", "nowhere", "--facts"])
        .exit_code
    )
    assert code == 1
