"""Tables of a run: what is in them, and that no cell of them acts in a spreadsheet."""

import csv
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from evaluation_runs import CASES, HOSTILE, QUOTE, answer, citation, run_in, without_gold

from assistant.evaluation.reports.spreadsheets.csv_files import write_csv
from assistant.evaluation.reports.spreadsheets.table import (
    Column,
    Table,
    cell_text,
    is_like_formula,
)
from assistant.evaluation.reports.spreadsheets.tables import write_tables
from assistant.evaluation.reports.spreadsheets.workbook import write_workbook
from assistant.evaluation.results import CaseResult
from assistant.evaluation.scoring import SCORE_NAMES, Scores
from assistant.evaluation.summary import summarize


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(run_dir: Path) -> dict[str, Path]:
    run = run_in(run_dir)
    return {path.name: path for path in write_tables(run, summarize(run))}


def test_tables_stand_beside_the_report(tmp_path: Path) -> None:
    run = run_in(tmp_path)
    assert write_tables(run, summarize(run)) == tuple(
        tmp_path / name for name in ("answers.csv", "citations.csv", "measures.csv", "report.xlsx")
    )
    assert {path.name for path in tmp_path.iterdir()} == set(written(tmp_path))


def test_answers_are_a_row_a_case_in_the_order_of_the_run(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path)["answers.csv"])
    assert [row["id"] for row in rows] == [case.id for case in CASES if case.id != "waiting"]
    told = {name: value for name, value in rows[0].items() if name not in SCORE_NAMES}
    assert told == {
        "id": "right",
        "kind": "single_fact",
        "question": "How much did China mine?",
        "earlier turns": "",
        "status": "answered",
        "answer": "It mined 270,000 t [1].",
        "sources": "[1] Rare Earths, p. 153 (PDF page 2)",
        "quotes": f"[1] {QUOTE}",
        "warnings": "",
        "gold answer": "270,000 t",
        "expected status": "answered",
        "verdict": "right",
        "why": "",
        "publisher": "U.S. Geological Survey",
        "year": "",
        "confidence": "0.9",
        "seconds": "0.31",
        "attempts": "1",
        "tokens taken": "",
        "tokens given": "",
        "error": "",
    }
    assert (rows[0]["page_recall_5"], rows[0]["answer_right"]) == ("1.0", "1.0")
    assert (rows[3]["answer_right"], rows[3]["refusal_recall"]) == ("", "0.0")
    assert rows[1]["earlier turns"] == "user: How much did China mine?\nassistant: 270,000 t"
    assert (rows[-1]["tokens taken"], rows[-1]["tokens given"]) == ("1200", "34")


def test_failed_case_has_an_error_and_no_scores(tmp_path: Path) -> None:
    failed = rows_of(written(tmp_path)["answers.csv"])[5]
    assert (failed["status"], failed["verdict"], failed["attempts"]) == ("failed", "failed", "2")
    assert failed["error"] == "ValueError: " + HOSTILE.replace("\x00", "").replace("\x1b", "")
    assert {failed[name] for name in SCORE_NAMES} == {""}


def test_citations_are_a_row_each(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path)["citations.csv"])
    assert [row["id"] for row in rows] == ["right", "but", "wrong", "claim", "plain"]
    assert rows[0] == {
        "id": "right",
        "question": "How much did China mine?",
        "number": "1",
        "title": "Rare Earths",
        "publisher": "U.S. Geological Survey",
        "published": "2026-02",
        "edition": "MCS 2026",
        "path": "usgs/mcs2026.pdf",
        "url": "https://example.org/mcs2026.pdf",
        "page": "2",
        "page label": "153",
        "quote": QUOTE,
        "section": "Production",
        "caption": "Mine production",
        "columns": "2025",
        "unit": "metric tons",
        "notes": "Estimated.",
        "verbatim": "yes",
        "at an expected place": "yes",
    }
    assert rows[2]["at an expected place"] == ""


def test_measures_are_a_row_a_measure_and_slice(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path)["measures.csv"])
    right = [row for row in rows if row["measure"] == "answer_right"]
    assert list(right[0].values()) == (
        "all,all,9,answer_right,Answer right,0.5,0.0,1.0,4,3,1".split(",")
    )
    kinds = [row["slice"] for row in right if row["dimension"] == "kind"]
    assert kinds[:3] == ["single_fact", "follow_up", "unanswerable"]
    assert {row["dimension"] for row in rows} == {
        "all",
        "kind",
        "publisher",
        "year",
        "answerable",
        "near miss",
        "turns",
    }
    auroc = next(row for row in rows if row["measure"] == "auroc")
    assert (auroc["dimension"], auroc["mean"], auroc["scored"]) == ("all", "0.583333", "5")


def test_answers_without_gold_have_no_columns_that_judge(tmp_path: Path) -> None:
    run = without_gold(tmp_path)
    paths = write_tables(run, summarize(run))
    assert [path.name for path in paths] == ["answers.csv", "citations.csv", "report.xlsx"]
    assert list(rows_of(paths[0])[0]) == (
        "id,kind,question,earlier turns,status,answer,sources,quotes,warnings,confidence,seconds,"
        "attempts,tokens taken,tokens given,error"
    ).split(",")
    assert openpyxl.load_workbook(paths[2]).sheetnames == ["Answers", "Citations", "Run"]


def test_workbook_has_frozen_titles_filters_and_numbers(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path)["report.xlsx"])
    assert book.sheetnames == ["Answers", "Citations", "Measures", "By slice", "Run"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
    sheet = book["Measures"]
    right = next(row for row in sheet.iter_rows() if row[1].value == "answer_right")
    assert [cell.value for cell in right][:9] == (
        ["Answering", "answer_right", "Answer right", 0.5, 0, 1, 4, 3, 1]
    )
    assert [cell.number_format for cell in right][2:8] == (
        ["General", "0.000", "0.000", "0.000", "General", "General"]
    )
    answers = book["Answers"]
    assert (answers["F2"].value, answers["F2"].alignment.wrap_text) == (
        "It mined 270,000 t [1].",
        True,
    )
    assert answers.column_dimensions["F"].width == 64
    assert [row[1].value for row in book["Run"].iter_rows()][1:3] == (
        ["case file", "SHA-256 of the case file"]
    )


FORMULAS = [
    "=1+1",
    "+A1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A2)",
    "\t=1",
    "\n=1",
    " =1+1",
    "＝1+1",
    '=HYPERLINK("https://example.org")',
    "- a list",
]
HARMLESS = ["-5.2", "+3", "-1,234.5", "-3 %", "-1e-3", "a=b", "#N/A", "'quoted", "", "270,000 t"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_is_none(tmp_path: Path, text: str) -> None:
    table = Table("T", (Column("a"),), ((text,),))
    assert rows_of(write_csv(table, tmp_path / "t.csv")) == [{"a": f"'{text}"}]
    cell = openpyxl.load_workbook(write_workbook([table], tmp_path / "t.xlsx"))["T"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_and_other_text_stay_as_they_are(tmp_path: Path, text: str) -> None:
    assert not is_like_formula(text)
    table = Table("T", (Column("a"), Column("b")), ((text, 1),))
    assert rows_of(write_csv(table, tmp_path / "t.csv")) == [{"a": text, "b": "1"}]
    cell = openpyxl.load_workbook(write_workbook([table], tmp_path / "t.xlsx"))["T"]["A2"]
    assert (cell.value, cell.data_type) == ((text, "s") if text else (None, "n"))


def test_no_cell_of_a_hostile_run_is_a_formula(tmp_path: Path) -> None:
    evil = "=cmd|' /C calc'!A0"
    case = replace(CASES[-2], id=evil, question=evil, kind=evil)
    cited = citation(quote=evil, page_label=evil)
    cited["source"] |= {"title": evil, "publisher": evil, "path": evil, "url": evil}
    told = answer(evil, citations=[cited], warnings=[evil], model=evil)
    results = (CaseResult(evil, told, Scores()),)
    run = replace(run_in(tmp_path), cases=(case,), results=results)
    run = replace(run, record={**run.record, "cases_file": evil, "settings": {evil: evil}})
    *files, workbook = write_tables(run, summarize(run))
    for path in files:
        for row in rows_of(path):
            assert not [value for value in row.values() if value.startswith("=")]
    for sheet in openpyxl.load_workbook(workbook):
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    with zipfile.ZipFile(workbook) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_csv_begins_with_the_mark_of_utf_8(tmp_path: Path) -> None:
    path = write_csv(Table("T", (Column("a"),), (("Nd₂O₃",),)), tmp_path / "t.csv")
    assert path.read_bytes() == b"\xef\xbb\xbfa\r\nNd\xe2\x82\x82O\xe2\x82\x83\r\n"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("a\x00b\x0bc\x1bd\ud800e\ufffff", "abcdef"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("x" * 32_767, "x" * 32_767),
        ("x" * 32_768, "x" * 32_763 + " […]"),
        ("🧲" * 16_383, "🧲" * 16_383),
        ("🧲" * 16_384, "🧲" * 16_381 + " […]"),
    ],
    ids=["controls", "line ends", "longest", "too long", "longest pairs", "too many pairs"],
)
def test_cell_holds_what_excel_can(text: str, held: str) -> None:
    assert cell_text(text) == held
    assert len(held.encode("utf-16-le")) // 2 <= 32_767


def test_row_is_no_higher_than_ten_lines(tmp_path: Path) -> None:
    rows = (("short",), ("x" * 100,), ("line\n" * 500,))
    path = write_workbook([Table("T", (Column("a", "wide"),), rows)], tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(path)["T"]
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [15, 30, 150]
