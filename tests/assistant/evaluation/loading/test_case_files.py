"""Case files: JSON and lists of questions, each bad line refused by its number, and writing."""

import json
import re
from pathlib import Path

import pytest

from assistant.errors import CaseFileError
from assistant.evaluation.case import Case, ExpectedPlace, ForbiddenForm
from assistant.evaluation.loading.case_files import load_cases, write_cases

GOOD = {"id": "q1", "question": "Why?"}


def write(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def questions(*texts: str) -> tuple[Case, ...]:
    """Return cases without gold, their ids and texts given in turn."""
    pairs = zip(texts[::2], texts[1::2], strict=True)
    return tuple(Case(id_, text, answerable=None, expected_status=()) for id_, text in pairs)


def test_the_case_that_is_written_down_is_read(tmp_path: Path) -> None:
    docs = (Path(__file__).parents[4] / "docs" / "evaluation.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"```json\n(.*must_include.*)\n```", docs)
    (case,) = load_cases(write(tmp_path / "cases.jsonl", line))
    assert case.must_include == (("270,000", "270 thousand"), ("2025",))


def refusal(path: Path) -> str:
    with pytest.raises(CaseFileError) as caught:
        load_cases(path)
    return str(caught.value)


def test_json_lines_are_read_in_order_without_empty_lines(tmp_path: Path) -> None:
    second = {"id": "a2", "question": "Where?", "answerable": False}
    path = write(tmp_path / "c.jsonl", GOOD, "", second)
    assert load_cases(path) == (
        *questions("q1", "Why?"),
        Case("a2", "Where?", answerable=False, expected_status=("not_found",)),
    )


def test_byte_order_mark_windows_line_ends_and_line_separators_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "c.JSONL"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": "1", "question": "a\xe2\x80\xa8b"}\r\n{"id": "2", "question": "c"}'
    )
    assert load_cases(path) == questions("1", "a\u2028b", "2", "c")


def test_array_of_records_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "c.json", json.dumps([GOOD, {"id": "q2", "question": "Where?"}], indent=1)
    )
    assert load_cases(path) == questions("q1", "Why?", "q2", "Where?")


def test_list_of_questions_has_ids_by_line(tmp_path: Path) -> None:
    path = write(
        tmp_path / "c.txt", "Why?", "", "  # a remark", "  Where, and when?  ", "#", "Who?"
    )
    assert load_cases(path) == questions(
        "q0001", "Why?", "q0004", "Where, and when?", "q0006", "Who?"
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "is not JSON (Expecting property name"),
        ('{"id": ' + "9" * 5000 + "}", "is not JSON (Exceeds the limit"),
        ("[" * 100_000, "is JSON nested deeper"),
        ("[]", "a case is a JSON object"),
        ({"id": "q2"}, "`question` is missing"),
        (GOOD, "id 'q1' is taken by line 1; ids are unique"),
    ],
)
def test_bad_line_is_refused_by_its_number(tmp_path: Path, line: object, complaint: str) -> None:
    path = write(tmp_path / "cases.jsonl", GOOD, "", line)
    assert refusal(path).startswith(f"{path}, line 3: {complaint}")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[{"id": "q1", "question": "Why?"}, {"id": "q2"}]', ", record 2: `question` is missing"),
        ('[{"id": "q1", "question": "a"}, {"id": "q1", "question": "b"}]', ", record 2: id 'q1'"),
        ("[\n{},\nx]", ": is not JSON (Expecting value, line 3)"),
        ('{"cases": []}', ": holds no array of cases; save JSON lines as .jsonl"),
        ("[]", ": holds no case"),
    ],
)
def test_bad_record_of_an_array_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    path = write(tmp_path / "cases.json", text)
    assert refusal(path).startswith(f"{path}{complaint}")


@pytest.mark.parametrize("name", ["c.jsonl", "c.txt", "c.csv"])
def test_file_without_cases_is_refused(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, "")
    assert refusal(path) == f"{path}: holds no case"


@pytest.mark.parametrize("name", ["c.jsonl", "c.json", "c.csv", "c.xlsx", "c.txt"])
def test_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert refusal(path) == f"{path}: cannot be read (No such file or directory)"


def test_unknown_ending_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    path = write(tmp_path / "c.yaml", "")
    assert refusal(path) == (
        f"{path}: cases are not read from files of this kind, but from .jsonl, .json, .csv, .tsv, "
        ".xlsx, .txt"
    )


def test_other_encodings_of_json_are_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b'{"id": "1", "question": "a"}\n{"id": "2", "question": "\xe4"}\n')
    assert refusal(path) == f"{path}, line 2: is not UTF-8; save the file so"
    array = path.rename(tmp_path / "c.json")
    assert refusal(array) == f"{array}: is not UTF-8; save the file so"


CASES = (
    Case("q1", "What is ‘稀土’?\u2028\n\ud800", answer="rare earths", answers=("rare earths",)),
    Case("q2", "Where?", answer="A long tale.", evidence=(ExpectedPlace("a b.pdf", 3, "iv", "x"),)),
    Case("q3", "Who?", must_not_include=(ForbiddenForm("a", ("b",)), ForbiddenForm("c"))),
    Case("q4", "When?", answerable=False, expected_status=("not_found",), near_miss=True),
    *questions("q5", "How?"),
)


def test_what_is_written_is_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    write_cases(path, iter(CASES))
    assert load_cases(path) == CASES
    assert [entry.name for entry in tmp_path.iterdir()] == ["cases.jsonl"]


def test_failed_writing_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    write_cases(path, CASES[:2])

    def broken():  # type: ignore[no-untyped-def]
        yield CASES[2]
        raise CaseFileError("a later line is bad")

    with pytest.raises(CaseFileError, match="a later line is bad"):
        write_cases(path, broken())
    assert load_cases(path) == CASES[:2]


def test_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "none" / "cases.jsonl"
    with pytest.raises(CaseFileError, match="cannot be written"):
        write_cases(path, CASES)
