"""Loading case files: every field, and every kind of bad line refused by its number."""

import json
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.errors import CaseFileError
from assistant.evaluation.case import Case, ExpectedPlace, ForbiddenForm, load_cases


def write(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_every_field_is_read_and_unknown_ones_are_ignored(tmp_path: Path) -> None:
    path = write(
        tmp_path / "cases.jsonl",
        {
            "id": "q1",
            "question": "And its reserves?",
            "turns": [
                {"role": "user", "content": "How much did Brazil mine?"},
                {"role": "assistant", "content": "2,000 tons."},
            ],
            "answer": "11,000,000 t",
            "must_include": [["11,000,000", "11 million"], "Brazil"],
            "must_not_include": ["rose", {"form": "21,000,000", "unless": ["v1.0"]}],
            "expected_status": ["answered", "conflicting"],
            "source_counts": True,
            "numeric": {"value": 11000000},
            "evidence": [{"file": "a/b.pdf", "page": 2, "page_label": "153", "quote": "Brazil"}],
            "alternates": [{"file": "c.md"}],
            "answerable": True,
            "near_miss": True,
            "kind": "follow_up",
            "use": "ask",
            "note": "ignored",
        },
    )
    expected = Case(
        id="q1",
        question="And its reserves?",
        answer="11,000,000 t",
        turns=(
            Turn("user", "How much did Brazil mine?"),
            Turn("assistant", "2,000 tons."),
        ),
        must_include=(("11,000,000", "11 million"), ("Brazil",)),
        must_not_include=(ForbiddenForm("rose"), ForbiddenForm("21,000,000", ("v1.0",))),
        expected_status=("answered", "conflicting"),
        source_counts=True,
        evidence=(ExpectedPlace("a/b.pdf", 2, "153", "Brazil"),),
        alternates=(ExpectedPlace("c.md"),),
        answerable=True,
        near_miss=True,
        kind="follow_up",
        use="ask",
    )
    assert load_cases(path) == (expected,)
    assert expected.places == (*expected.evidence, *expected.alternates)


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    path = write(tmp_path / "c.jsonl", {"id": "q1", "question": "Why?"}, "")
    assert load_cases(path) == (Case(id="q1", question="Why?"),)


def test_a_question_without_answer_expects_not_found(tmp_path: Path) -> None:
    path = write(tmp_path / "c.jsonl", {"id": "q1", "question": "Why?", "answerable": False})
    assert load_cases(path)[0].expected_status == ("not_found",)


def test_byte_order_mark_windows_line_ends_and_line_separators_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": "1", "question": "a\xe2\x80\xa8b"}\r\n{"id": "2", "question": "c"}'
    )
    assert [case.question for case in load_cases(path)] == ["a\u2028b", "c"]


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ('Find a citation for: "China is large."', "China is large."),
        ("find a citation for:  “China is large.” ", "China is large."),
        ("China is large.", "China is large."),
        ('"Sprint" is a word.', '"Sprint" is a word.'),
    ],
)
def test_claim_is_the_question_without_its_request(question: str, claim: str) -> None:
    assert Case(id="q", question=question, use="cite").claim == claim


GOOD = {"id": "q1", "question": "Why?"}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "is not JSON"),
        ("[]", "a case is a JSON object"),
        ({"question": "Why?"}, "`id` is missing"),
        ({"id": "q2"}, "`question` is missing"),
        ({"id": 3, "question": "Why?"}, "`id` is text, not 3"),
        ({"id": " ", "question": "Why?"}, "`id` is empty"),
        (GOOD, "id 'q1' is taken by line 1"),
        ({"use": "chat"}, "`use` is 'chat'"),
        ({"expected_status": ["known"]}, "`expected_status` has 'known'"),
        ({"expected_status": []}, "`expected_status` takes a list"),
        ({"expected_status": "answered"}, "`expected_status` takes a list"),
        ({"answerable": "yes"}, "`answerable` is true or false"),
        ({"must_include": "x"}, "`must_include` is a list"),
        ({"must_include": [[]]}, "`must_include` takes a list"),
        ({"must_include": [[5]]}, "`must_include` takes texts"),
        ({"must_include": [["—"]]}, "`must_include` takes texts"),
        ({"must_not_include": [5]}, "`must_not_include` takes texts or objects"),
        ({"must_not_include": [{"unless": ["x"]}]}, "`must_not_include.form`"),
        ({"must_not_include": [{"form": "x", "unless": "y"}]}, "`must_not_include.unless`"),
        ({"turns": [{"role": "system", "content": "x"}]}, "a turn has the `role`"),
        ({"turns": [{"role": "user"}]}, "`content` is missing"),
        ({"evidence": ["a.pdf"]}, "`evidence` takes objects"),
        ({"evidence": [{"page": 1}]}, "`file` is missing"),
        ({"alternates": [{"file": "a", "page": "iv"}]}, "`alternates.page` is a number"),
        ({"alternates": [{"file": "a", "page": 0}]}, "`alternates.page` is a number"),
        ({"alternates": [{"file": "a", "page": True}]}, "`alternates.page` is a number"),
    ],
)
def test_bad_line_is_refused_by_its_number(tmp_path: Path, line: object, complaint: str) -> None:
    complete = isinstance(line, str) or "id" in line or "question" in line
    bad = line if complete else {"id": "q2", "question": "Why?", **line}
    path = write(tmp_path / "cases.jsonl", GOOD, "", bad)
    with pytest.raises(CaseFileError) as caught:
        load_cases(path)
    assert str(caught.value).startswith(f"{path}, line 3: {complaint}")


def test_file_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match="holds no case"):
        load_cases(write(tmp_path / "cases.jsonl", ""))


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match="cannot be read"):
        load_cases(tmp_path / "none.jsonl")


def test_other_encodings_are_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b'{"id": "1", "question": "a"}\n{"id": "2", "question": "\xe4"}\n')
    with pytest.raises(CaseFileError, match="line 2: is not UTF-8"):
        load_cases(path)
