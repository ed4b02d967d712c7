"""CSV, TSV and lists of questions: delimiters and encodings found, damage refused by its row."""

import csv
import random
from pathlib import Path

import pytest

from assistant.errors import CaseFileError
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import load_cases

TABLE = "id;question;answer\nq1;Wie viel, genau?;670 t\n"
GERMAN = "question,answer\nWie viel förderte Österreich – für Käufer?,„größer“\n"


def load(path: Path, text: str, encoding: str = "utf-8") -> tuple[Case, ...]:
    path.write_bytes(text.encode(encoding))
    return load_cases(path)


def refusal(path: Path, text: str, encoding: str = "utf-8") -> str:
    with pytest.raises(CaseFileError) as caught:
        load(path, text, encoding)
    return str(caught.value).removeprefix(str(path))


def asked(cases: tuple[Case, ...]) -> list[tuple[str, str, str]]:
    return [(case.id, case.question, case.answer) for case in cases]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('id,question,answer\nq1,Why?,"1,2"\n', ("q1", "Why?", "1,2")),
        (TABLE, ("q1", "Wie viel, genau?", "670 t")),
        (TABLE.replace(";", "\t"), ("q1", "Wie viel, genau?", "670 t")),
        ("sep=;\n" + TABLE, ("q1", "Wie viel, genau?", "670 t")),
        ('"sep=,"\r\nquestion,a;b\r\nWhy?,x\r\n', ("q0002", "Why?", "")),
        ('question,answer\n"Why,\nand ""when""?", 670 \n', ("q0002", 'Why,\nand "when"?', "670")),
        ("question\nWhy, and when?\n", ("q0002", "Why, and when?", "")),
        ("question\nWhy; and, when?\n", ("q0002", "Why; and, when?", "")),
        ("\n\nquestion,answer\n,\nWhy?,x\n", ("q0005", "Why?", "x")),
        ("question,answer\rWhy?,x\r", ("q0002", "Why?", "x")),
    ],
)
def test_delimiter_is_found(tmp_path: Path, text: str, expected: tuple[str, str, str]) -> None:
    assert asked(load(tmp_path / "c.csv", text)) == [expected]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["c.csv", "c.tsv"])
def test_encoding_is_found(tmp_path: Path, name: str, encoding: str) -> None:
    assert asked(load(tmp_path / name, GERMAN, encoding)) == [
        ("q0002", "Wie viel förderte Österreich – für Käufer?", "„größer“")
    ]


@pytest.mark.parametrize(
    ("encoding", "question"),
    [
        ("cp1251", "Сколько тонн добыл Китай?"),
        ("gbk", "中国的稀土产量是多少?"),
        ("shift_jis", "レアアースの生産量は?"),
        ("cp1250", "Ile wynosi całkowita produkcja?"),
    ],
)
def test_other_encodings_are_refused_by_line(tmp_path: Path, encoding: str, question: str) -> None:
    for name in ("c.csv", "c.txt"):
        assert refusal(tmp_path / name, f"question\n{question}\n", encoding) == (
            ", line 2: is neither UTF-8, nor UTF-16 with a byte order mark, nor Windows-1252; save "
            "the file as UTF-8"
        )


def test_half_a_sign_of_utf_16_is_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes("question\nWhy?".encode("utf-16") + b"\x00")
    with pytest.raises(CaseFileError, match="line 2: is neither UTF-8"):
        load_cases(path)


def test_binary_data_is_refused(tmp_path: Path) -> None:
    complaint = ": holds binary data, not text; is its ending right?"
    assert refusal(tmp_path / "c.csv", "question\0") == complaint
    assert refusal(tmp_path / "c.txt", "question", "utf-16-le") == complaint


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("question,answer\nWhy?,x\nWhy, and when?,y\n", ", row 3: has 3 cells, and the row that"),
        ('question,answer\nWhy?,x\n"Who,y\nHow?,z\n', ", row 3: cannot be read (unexpected end"),
        ('question,answer\n"Rare" is what?,x\n', ", row 2: cannot be read ("),
        ("q1,Why?\nq2,Who?\n", ": no row names the columns"),
        ('"q1";"Why?"\n"q2";"Who?"\n', ": no row names the columns"),
        ("q1;Why, oh why?\nq2;Who?\n", ": no row names the columns"),
        ("id,question\na,Why?\na,Who?\n", ", row 3: id 'a' is taken by row 2; ids are unique"),
        ("id,question\nq0003,Why?\n,Who?\n", ", row 3: id 'q0003' is taken by row 2"),
        ("question,expected status\nWhy?,known\n", ", row 2: `expected_status` has 'known'"),
        ("question\n\n", ": holds no case"),
    ],
)
def test_damage_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    assert refusal(tmp_path / "c.csv", text).startswith(complaint)


def test_column_without_header_is_a_list_whatever_its_punctuation(tmp_path: Path) -> None:
    cases = load(tmp_path / "c.csv", 'Why?\n\n# remark\nWho, and when?\n"How, then?"\n')
    assert asked(cases) == [
        ("q0001", "Why?", ""),
        ("q0004", "Who, and when?", ""),
        ("q0005", "How, then?", ""),
    ]


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_table_that_a_program_writes_is_read_as_it_was(
    tmp_path: Path, delimiter: str, seed: int
) -> None:
    chance = random.Random(seed)
    signs = ' ,;|"#é\n\t'
    texts = ["x" + "".join(chance.choices(signs, k=6)) + "?" for _ in range(9)]
    rows = [[f"i{n}", *texts[n : n + 2]] for n in range(8)]
    path = tmp_path / "c.csv"
    with path.open("w", encoding=chance.choice(["utf-8", "utf-16"]), newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([["ID", "Question", "Gold"], *rows])
    assert asked(load_cases(path)) == [tuple(row) for row in rows]
