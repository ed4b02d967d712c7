"""Columns of a table of cases: their names, and what is written in a cell of each."""

import json
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.errors import CaseFileError
from assistant.evaluation.case import Case, ExpectedPlace, ForbiddenForm
from assistant.evaluation.loading.case_columns import TableCell, TableRow, read_table_rows
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.loading.case_records import PlacedRecord, load_case


def rows(*texts: tuple[str, ...]) -> list[TableRow]:
    return [
        TableRow(number, f"row {number}", tuple(map(TableCell, cells)))
        for number, cells in enumerate(texts, start=1)
    ]


def records(*texts: tuple[str, ...]) -> list[PlacedRecord]:
    return list(read_table_rows(rows(*texts), "c.csv"))


def case_with(**cells: str) -> Case:
    """Return the case of a table with one row."""
    columns = {"id": "q1", "question": "Why?", **cells}
    (item,) = records(tuple(columns), tuple(columns.values()))
    return load_case(item.record)


def test_every_column_is_read() -> None:
    case = case_with(
        answer="11,000,000 t",
        answers="11,000,000 t | 11 million tons",
        must_include="11,000,000|11 million; Brazil\n2025",
        must_not_include="rose; 21,000,000",
        expected_status="answered|conflicting",
        source_counts="yes",
        evidence_file="a/b.pdf",
        evidence_page="2",
        evidence_quote="Brazil; 11,000,000 | tons",
        alternates='{"file": "c.md"}',
        turns='[{"role": "user", "content": "And Brazil?"}]',
        answerable="TRUE",
        near_miss="0",
        kind="fact",
        use="cite",
        numeric="11",
    )
    assert case == Case(
        id="q1",
        question="Why?",
        answer="11,000,000 t",
        answers=("11,000,000 t", "11 million tons"),
        turns=(Turn("user", "And Brazil?"),),
        must_include=(("11,000,000", "11 million"), ("Brazil",), ("2025",)),
        must_not_include=(ForbiddenForm("rose"), ForbiddenForm("21,000,000")),
        expected_status=("answered", "conflicting"),
        source_counts=True,
        evidence=(ExpectedPlace("a/b.pdf", 2, "", "Brazil; 11,000,000 | tons"),),
        alternates=(ExpectedPlace("c.md"),),
        kind="fact",
        use="cite",
    )


@pytest.mark.parametrize(
    "name", ["Expected answer", "expected-answer", " EXPECTED  ANSWER ", "Gold", "answer"]
)
def test_names_of_columns_may_be_written_freely(name: str) -> None:
    (item,) = records(("Question", name), ("Why?", "670 t"))
    assert item == PlacedRecord("row 2", {"id": "q0002", "question": "Why?", "answer": "670 t"})


def test_ids_are_made_from_the_numbers_of_rows_that_have_none() -> None:
    items = records(("id", "question"), ("", "Why?"), ("own", "Who?"), ("", "How?"))
    assert [load_case(item.record).id for item in items] == ["q0002", "own", "q0004"]


def test_row_without_gold_is_a_question_only() -> None:
    assert case_with(answer="", answerable="", evidence_file="", kind="fact") == Case(
        "q1", "Why?", kind="fact", answerable=None, expected_status=()
    )


@pytest.mark.parametrize(
    ("cell", "number", "label"),
    [("12", 12, ""), ("12.0", 12, ""), ("iv", None, "iv"), ("A-3", None, "A-3"), ("", None, "")],
)
def test_page_that_is_no_number_is_its_label(cell: str, number: int | None, label: str) -> None:
    case = case_with(evidence_file="a.pdf", evidence_page=cell)
    assert case.evidence == (ExpectedPlace("a.pdf", number, label),)


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("answers", '["a | b", "c"]', ("a | b", "c")),
        ("must_include", '[["a; b", "c|d"], "e"]', (("a; b", "c|d"), ("e",))),
        ("must_not_include", '[{"form": "a", "unless": ["b"]}]', (ForbiddenForm("a", ("b",)),)),
        ("expected_status", '["not_found"]', ("not_found",)),
        ("evidence", '[{"file": "a"}, {"file": "b"}]', (ExpectedPlace("a"), ExpectedPlace("b"))),
        ("evidence", '{"file": "a", "page_label": "iv"}', (ExpectedPlace("a", None, "iv"),)),
    ],
)
def test_list_in_a_cell_may_be_json(column: str, cell: str, value: object) -> None:
    assert getattr(case_with(**{column: cell}), column) == value


def test_text_that_begins_with_a_bracket_is_no_json() -> None:
    assert case_with(question="[2025] How much?", answer="{none}").question == "[2025] How much?"


@pytest.mark.parametrize("cell", ["yes", "Yes", "TRUE", "true", "1"])
def test_ways_to_write_true(cell: str) -> None:
    assert case_with(near_miss=cell).near_miss


@pytest.mark.parametrize("cell", ["no", "No", "FALSE", "false", "0"])
def test_ways_to_write_false(cell: str) -> None:
    assert case_with(answerable=cell).answerable is False


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [
        ({"answerable": "maybe"}, "`answerable` is one of true, yes, 1, false, no, 0, not 'maybe'"),
        ({"must_include": "[["}, "`must_include` begins like JSON and is none (Expecting value"),
        (
            {"evidence": "a.pdf"},
            "`evidence` is JSON, a list of objects, not 'a.pdf'; for one place",
        ),
        ({"evidence": "[]", "evidence_file": "a"}, "`evidence` and `evidence_file` are both given"),
        ({"evidence_quote": "x"}, "`evidence_file` is missing, though"),
    ],
)
def test_cell_that_cannot_be_used_is_refused_by_its_row(
    columns: dict[str, str], complaint: str
) -> None:
    with pytest.raises(CaseFileError) as caught:
        case_with(**columns)
    assert str(caught.value).startswith(f"c.csv, row 2: {complaint}")


def test_fault_of_a_cell_counts_in_the_columns_that_are_read() -> None:
    broken = TableCell("#N/A", "holds the error #N/A")
    table = [
        *rows(("question", "answer", "note")),
        TableRow(2, "row 2", (TableCell("Why?"), TableCell("x"), broken)),
        TableRow(3, "row 3", (TableCell("Who?"), broken)),
    ]
    items = read_table_rows(table, "c.xlsx")
    assert next(items).place == "row 2"
    with pytest.raises(CaseFileError, match="row 3: `answer` holds the error #N/A"):
        next(items)


def test_header_may_stand_below_a_title_and_above_columns_without_name() -> None:
    items = records(("Our questions",), ("", "Id", "Question", ""), ("x", "a", "Why?", "y"))
    assert items == [PlacedRecord("row 3", {"id": "a", "question": "Why?"})]


@pytest.mark.parametrize("questions", [("Why?", "Who?"), ("Why?", "question")])
def test_one_column_without_header_is_a_list(questions: tuple[str, ...]) -> None:
    items = records(*((question,) for question in (*questions, "# remark")))
    assert [item.record for item in items] == [
        {"id": f"q000{number}", "question": text} for number, text in enumerate(questions, start=1)
    ]


def test_one_column_with_header_is_a_table() -> None:
    assert [item.record for item in records(("Question",), ("# of mines?",))] == [
        {"id": "q0002", "question": "# of mines?"}
    ]


def test_several_columns_without_header_are_refused() -> None:
    with pytest.raises(CaseFileError, match=r"^c\.csv: no row names the columns"):
        records(("a", "Why?"), ("b", "Who?"))


def test_column_that_is_there_twice_is_refused() -> None:
    with pytest.raises(CaseFileError, match=r"^c\.csv, row 1: two columns are `answer`"):
        records(("question", "answer", "gold"), ("Why?", "x", "y"))


def test_row_without_question_is_refused_and_not_skipped(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("id,question,note\na,Why?,\n,,left over\n", encoding="utf-8")
    with pytest.raises(CaseFileError, match="row 3: `question` is missing"):
        load_cases(path)


def test_json_of_a_record_can_stand_in_the_cells_of_a_table() -> None:
    place = {"file": "a.pdf", "page": 2, "page_label": "iv", "quote": "x"}
    assert case_with(evidence=json.dumps([place])).evidence == (
        ExpectedPlace("a.pdf", 2, "iv", "x"),
    )
