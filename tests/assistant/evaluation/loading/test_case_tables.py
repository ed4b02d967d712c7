"""Workbooks of cases: what its sheets hold as their reader sees it, and what is refused."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from assistant.errors import CaseFileError
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.loading.case_files import load_cases

HEADER = ("id", "Question", "Answer")


def save(path: Path, *sheets: list[tuple[object, ...]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(CaseFileError) as caught:
        load_cases(path)
    return str(caught.value).removeprefix(str(path))


def test_cells_are_text_as_the_sheet_shows_them(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["id", "question", "answer", "evidence file", "evidence page", "near miss"])
    sheet.append([1, "How much?", 670.0, "a.pdf", 12, True])
    sheet.append([2.0, "How many?", 270000, "a.pdf", "iv", None])
    sheet.append(["c", "When?", date(2025, 6, 25), None, None, None])
    sheet.append([None, "What share?", 0.25, None, None, None])
    sheet["C3"].number_format = "#,##0"
    sheet["C5"].number_format = "0%"
    book.save(tmp_path / "c.xlsx")
    place, labelled = ExpectedPlace("a.pdf", 12), ExpectedPlace("a.pdf", None, "iv")
    assert load_cases(tmp_path / "c.xlsx") == (
        Case("1", "How much?", "670", ("670",), evidence=(place,), near_miss=True),
        Case("2", "How many?", "270,000", ("270,000",), evidence=(labelled,)),
        Case("c", "When?", "2025-06-25", ("2025-06-25",)),
        Case("q0005", "What share?", "25%", ("25%",)),
    )


def test_first_sheet_that_names_a_column_question_is_used(tmp_path: Path) -> None:
    notes = [("How to fill in this workbook", ""), ("One row", "a case")]
    titled = [("Cases of the spring",), (), HEADER, (), ("a", "Why?", "x")]
    path = save(tmp_path / "c.xlsx", [], notes, titled, [HEADER, ("b", "Who?", "y")])
    assert load_cases(path) == (Case("a", "Why?", "x", ("x",)),)


def test_only_sheet_with_one_column_is_a_list(tmp_path: Path) -> None:
    path = save(tmp_path / "c.xlsx", [("Why?",), (), ("Who?",)], [])
    assert [(case.id, case.question, case.answerable) for case in load_cases(path)] == [
        ("q0001", "Why?", None),
        ("q0003", "Who?", None),
    ]


def test_cells_far_out_cost_nothing(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["question"])
    book.active.append(["Why?"])
    book.active["XFD1048576"].number_format = "0%"
    book.save(tmp_path / "c.xlsx")
    assert [case.question for case in load_cases(tmp_path / "c.xlsx")] == ["Why?"]


@pytest.mark.parametrize(
    ("sheets", "complaint"),
    [
        ([[]], ": holds no case"),
        ([[HEADER]], ": holds no case"),
        ([[("a", "Why?")], [("b", "Who?")]], ": no sheet has a row that names the columns"),
        ([[("a", "Why?")]], ", sheet 'Sheet': no row names the columns"),
        ([[HEADER, ("a",)]], ", sheet 'Sheet', row 2: `question` is missing"),
        (
            [[HEADER, ("a", "Why?"), (), ("a", "Who?")]],
            ", sheet 'Sheet', row 4: id 'a' is taken by sheet 'Sheet', row 2",
        ),
        (
            [[HEADER, ("a", "Why?", "#N/A")]],
            ", sheet 'Sheet', row 2: `answer` holds the error #N/A",
        ),
        (
            [[HEADER, ("a", "Why?", "=1+1")]],
            ", sheet 'Sheet', row 2: `answer` holds a formula without its value",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_by_sheet_and_row(
    tmp_path: Path, sheets: list[list[tuple[object, ...]]], complaint: str
) -> None:
    assert refusal(save(tmp_path / "c.xlsx", *sheets)).startswith(complaint)


@pytest.mark.parametrize(
    ("merged", "complaint"),
    [
        ("C2:C3", "row 2: `answer` is merged with other cells; unmerge them"),
        ("A4:D4", "row 4: `id` is merged with other cells; unmerge them"),
    ],
)
def test_merged_cells_are_refused_where_they_are_read(
    tmp_path: Path, merged: str, complaint: str
) -> None:
    book = Workbook()
    for row in [HEADER, ("a", "Why?", "x"), ("b", "Who?", ""), ("c", "How?", "y")]:
        book.active.append(row)
    book.active.merge_cells(merged)
    book.save(tmp_path / "c.xlsx")
    assert refusal(tmp_path / "c.xlsx") == f", sheet 'Sheet', {complaint}"


def test_merged_question_of_a_list_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Why?"])
    book.active.merge_cells("A1:A2")
    book.save(tmp_path / "c.xlsx")
    assert refusal(tmp_path / "c.xlsx").startswith(", sheet 'Sheet', row 1: `question` is merged")


def test_merged_cells_in_a_title_or_an_empty_row_or_beside_do_no_harm(tmp_path: Path) -> None:
    book = Workbook()
    for row in [("Title",), HEADER, ("a", "Why?", "x", "note"), ("b", "Who?", "y")]:
        book.active.append(row)
    for merged in ("A1:C1", "D3:D4", "A6:C7"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "c.xlsx")
    assert [case.id for case in load_cases(tmp_path / "c.xlsx")] == ["a", "b"]


@pytest.mark.parametrize("data", [b"", b"question\nWhy?\n", b"PK\x03\x04 and no more"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "c.xlsx"
    path.write_bytes(data)
    assert refusal(path).startswith(": ")


def test_workbook_without_its_parts_is_refused(tmp_path: Path) -> None:
    from zipfile import ZipFile

    path = tmp_path / "c.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert refusal(path).startswith(": the workbook is damaged (")
