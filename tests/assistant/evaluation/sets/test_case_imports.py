"""Importing sets: BEIR folders, and questions with a corpus or PDFs beside them."""

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.errors import CaseFileError
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.sets.case_imports import ImportedSet, import_set

CORPUS = [
    {"_id": "d#1", "title": "One", "text": "Neodymium oxide."},
    {"_id": "d2", "title": "", "text": "Cerium."},
    {"_id": "d3", "title": "Three", "text": "Lanthanum."},
]
QUERIES = [{"_id": f"q{number}", "text": f"What is {number}?"} for number in range(1, 5)]
JUDGEMENTS = "query-id\tcorpus-id\tscore\nq2\td2\t1\nq1\td3\t0\nq2\td#1\t2\nq3\td3\t1\n"


def write_lines(path: Path, *lines: object) -> None:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    write_lines(folder / "corpus.jsonl", *CORPUS)
    write_lines(folder / "queries.jsonl", *QUERIES)
    (folder / "qrels" / "test.tsv").write_text(JUDGEMENTS, encoding="utf-8")
    return folder


def question_set(folder: Path, *questions: object, corpus: bool = True) -> Path:
    folder.mkdir()
    write_lines(folder / "questions.jsonl", *questions)
    if corpus:
        write_lines(folder / "corpus.jsonl", *CORPUS)
    return folder


def refusal(folder: Path, out: Path) -> str:
    with pytest.raises(CaseFileError) as caught:
        import_set(folder, out)
    assert not (out / "cases.jsonl").exists()
    return str(caught.value).removeprefix(f"{folder}/")


def test_queries_with_relevant_documents_become_cases(beir: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    counts: list[int] = []
    imported = import_set(beir, out, counts.append)
    assert imported == ImportedSet("beir", 2, 3, 2, out / "documents", out / "cases.jsonl")
    assert load_cases(imported.cases_file) == (
        Case(
            "q2",
            "What is 2?",
            evidence=(ExpectedPlace("d%231.txt"), ExpectedPlace("d2.txt")),
        ),
        Case("q3", "What is 3?", evidence=(ExpectedPlace("d3.txt"),)),
    )
    assert {path.name: path.read_text("utf-8") for path in imported.add.iterdir()} == {
        "d%231.txt": "One\n\nNeodymium oxide.\n",
        "d2.txt": "Cerium.\n",
        "d3.txt": "Three\n\nLanthanum.\n",
    }
    assert counts == [1, 2, 3]


@pytest.mark.parametrize(
    ("splits", "ids"),
    [(["train", "dev", "test"], ["q3"]), (["train", "dev"], ["q2"]), (["train"], ["q1"])],
)
def test_test_split_goes_before_dev_and_dev_before_train(
    beir: Path, tmp_path: Path, splits: list[str], ids: list[str]
) -> None:
    (beir / "qrels" / "test.tsv").unlink()
    queries = {"train": "q1", "dev": "q2", "test": "q3"}
    for split in splits:  # without a header
        (beir / "qrels" / f"{split}.tsv").write_text(f"{queries[split]}\td3\t1\n", "utf-8")
    imported = import_set(beir, tmp_path / "out")
    assert [case.id for case in load_cases(imported.cases_file)] == ids
    assert imported.left_out == 3


@pytest.mark.parametrize(
    ("file", "line", "complaint"),
    [
        ("queries.jsonl", "{", "line 5: is not JSON"),
        ("queries.jsonl", "[]", "line 5: a query is a JSON object"),
        ("queries.jsonl", '{"text": "Why?"}', "line 5: `_id` is a text"),
        ("queries.jsonl", '{"_id": "q3", "text": "Why?"}', "line 5: id 'q3' is taken by line 3"),
        ("corpus.jsonl", "[]", "line 4: a document is a JSON object"),
        ("qrels/test.tsv", "q1\td2", "line 6: is not query-id, corpus-id and score"),
        ("qrels/test.tsv", "q1\td2\thigh", "line 6: the score is a number, not 'high'"),
        ("qrels/test.tsv", "q2\td2\t0", "line 6: scores 'd2' for 'q2' otherwise than line 2"),
        ("qrels/test.tsv", "q8\td2\t1", "line 6: query 'q8' is not in queries.jsonl"),
    ],
)
def test_bad_line_of_a_beir_folder_is_refused(
    beir: Path, tmp_path: Path, file: str, line: str, complaint: str
) -> None:
    with (beir / file).open("a", encoding="utf-8") as appended:
        appended.write(line + "\n")
    assert refusal(beir, tmp_path / "out").startswith(f"{file}, {complaint}")


def test_query_without_words_is_refused(beir: Path, tmp_path: Path) -> None:
    write_lines(beir / "queries.jsonl", QUERIES[0], {"_id": "q2"}, *QUERIES[2:])
    assert refusal(beir, tmp_path / "out") == "queries.jsonl, line 2: `question` is missing"


def test_relevant_document_that_is_not_in_the_corpus_is_refused(beir: Path, tmp_path: Path) -> None:
    with (beir / "qrels" / "test.tsv").open("a", encoding="utf-8") as judgements:
        judgements.write("q4\td8\t1\n")
    assert refusal(beir, tmp_path / "out") == (
        "queries.jsonl, line 4: document 'd8', which holds the answer, is not in the set"
    )


def test_equal_judgements_and_queries_without_any_are_no_fault(beir: Path, tmp_path: Path) -> None:
    with (beir / "qrels" / "test.tsv").open("a", encoding="utf-8") as judgements:
        judgements.write("\nq2\td2\t1.0\n")
    assert import_set(beir, tmp_path / "out").cases == 2


def test_folder_without_what_belongs_to_its_form_is_refused(beir: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (beir / "qrels" / "test.tsv").rename(beir / "qrels" / "other.tsv")
    assert refusal(beir, out) == "qrels: has none of test.tsv, dev.tsv, train.tsv"
    (beir / "corpus.jsonl").unlink()
    assert refusal(beir, out) == f"{beir}: has queries.jsonl, but no corpus.jsonl beside it"
    (beir / "queries.jsonl").unlink()
    assert refusal(beir, out).startswith(f"{beir}: is no set that can be imported")
    (beir / "questions.jsonl").write_text("\n")
    assert refusal(beir, out) == "questions.jsonl: holds no question that could be a case"


QUESTION = {"id": "a", "question": "What is it?", "answerable": True}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"answer": "cerium", "answers": ["cerium", "Ce"], "evidence": [{"doc": "d2"}]},
            Case(
                "a",
                "What is it?",
                "cerium",
                ("cerium", "Ce"),
                must_include=(("cerium", "Ce"),),
                evidence=(ExpectedPlace("d2.txt"),),
            ),
        ),
        (
            {
                "id": 7,
                "kind": "fact",
                "answer": "oxide",
                "evidence": [
                    {"doc": "d#1", "page": 2, "text": "a neodymium oxide"},
                    {"doc": "d2", "page": "iv", "text": "two words"},
                    {"doc": "d2", "page": "iv", "text": None},
                ],
            },
            Case(
                "7",
                "What is it?",
                "oxide",
                ("oxide",),
                must_include=(("oxide",),),
                evidence=(
                    ExpectedPlace("d%231.txt", 2, "", "a neodymium oxide"),
                    ExpectedPlace("d2.txt", None, "iv"),
                ),
                kind="fact",
            ),
        ),
        (
            {"answer": "a " * 13, "question_type": "Multi-Doc"},
            Case("a", "What is it?", "a " * 13, kind="Multi-Doc"),
        ),
        (
            {"answer": "b", "answers": ["b " * 13, "c " * 12, "…"]},
            Case("a", "What is it?", "b", ("b " * 13, "c " * 12), must_include=(("c " * 12,),)),
        ),
        (
            {"answerable": False, "answer": None, "answers": [], "source_doc": "d2"},
            Case(
                "a",
                "What is it?",
                answerable=False,
                expected_status=("not_found",),
                near_miss=True,
                kind="unanswerable",
            ),
        ),
        (
            {"answerable": False, "answers": ["plausible"], "source_docs": []},
            Case(
                "a",
                "What is it?",
                answerable=False,
                expected_status=("not_found",),
                kind="unanswerable",
            ),
        ),
    ],
)
def test_question_with_its_gold_becomes_a_case(
    tmp_path: Path, fields: dict[str, object], expected: Case
) -> None:
    imported = import_set(question_set(tmp_path / "set", QUESTION | fields), tmp_path / "out")
    assert load_cases(imported.cases_file) == (expected,)
    assert imported == ImportedSet(
        "questions", 1, 3, 0, tmp_path / "out" / "documents", tmp_path / "out" / "cases.jsonl"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"turns": [{"role": "user", "content": "And Ce?"}, {"role": "agent", "content": "No."}]},
        {"messages": [{"from": "human", "value": "And Ce?"}, {"from": "gpt", "value": "No."}]},
        {
            "input": [
                {"speaker": "User", "text": "And Ce?"},
                {"speaker": "Agent", "text": "No."},
                {"speaker": "user", "text": "What is it?"},
            ]
        },
    ],
    ids=["turns", "messages", "with the question"],
)
def test_what_was_said_before_a_question_is_kept(tmp_path: Path, fields: dict[str, object]) -> None:
    imported = import_set(question_set(tmp_path / "set", QUESTION | fields), tmp_path / "out")
    (case,) = load_cases(imported.cases_file)
    assert case.turns == (Turn("user", "And Ce?"), Turn("assistant", "No."))


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"id": "first"}, "id 'first' is taken by line 1"),
        ({"id": None}, "`id` is a text that is not empty"),
        ({"question": ""}, "`question` is empty"),
        ({"answer": 5}, "`answer` is text, not 5"),
        ({"answers": "x"}, "`answers` is a list of texts, not 'x'"),
        ({"answers": [5]}, "`answers` is a list of texts, not [5]"),
        ({"answerable": "no"}, "`answerable` is true or false"),
        ({"evidence": {"doc": "d2"}}, "`evidence` is a list of objects with `doc`"),
        ({"evidence": ["d2"]}, "`evidence` is a list of objects with `doc`"),
        ({"evidence": [{"doc": None}]}, "`doc` is a text that is not empty"),
        ({"evidence": [{"doc": "d2", "page": 0}]}, "`evidence.page` is a number from 1"),
        ({"evidence": [{"doc": "d2", "text": 5}]}, "`quote` is text, not 5"),
        ({"turns": ["Who?"]}, "`turns` is a list of objects, one a turn"),
        ({"turns": [{"role": "crowd", "content": "Who?"}]}, "a turn in `turns` needs who speaks"),
        ({"history": [{"role": "user"}]}, "a turn in `history` needs who speaks"),
        ({"evidence": [{"doc": "d8"}]}, "document 'd8', which holds the answer, is not in the set"),
    ],
)
def test_bad_question_is_refused_by_its_line(
    tmp_path: Path, fields: dict[str, object], complaint: str
) -> None:
    folder = question_set(tmp_path / "set", QUESTION | {"id": "first"}, "", QUESTION | fields)
    message = refusal(folder, tmp_path / "out")
    assert message.startswith(f"questions.jsonl, line 3: {complaint}")


def test_line_that_is_no_question_is_refused(tmp_path: Path) -> None:
    folder = question_set(tmp_path / "set", "[]")
    assert refusal(folder, tmp_path / "out") == (
        "questions.jsonl, line 1: a question is a JSON object"
    )


def test_bad_question_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    folder = question_set(tmp_path / "set", QUESTION | {"question": ""})
    refusal(folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_pdfs_stay_where_they_are(tmp_path: Path) -> None:
    questions = [
        QUESTION | {"evidence": [{"doc": "2023 Q3 AAPL"}]},
        QUESTION | {"id": "b", "evidence": [{"doc": "2023 Q3 AAPL.pdf"}]},
    ]
    folder = question_set(tmp_path / "set", *questions, corpus=False)
    (folder / "pdfs").mkdir()
    (folder / "pdfs" / "2023 Q3 AAPL.pdf").write_bytes(b"%PDF-")
    imported = import_set(folder, tmp_path / "out")
    assert imported == ImportedSet(
        "questions", 2, 1, 0, folder / "pdfs", tmp_path / "out" / "cases.jsonl"
    )
    assert [case.evidence for case in load_cases(imported.cases_file)] == [
        (ExpectedPlace("2023 Q3 AAPL.pdf"),)
    ] * 2
    assert not (tmp_path / "out" / "documents").exists()


def test_documents_of_another_place_keep_their_names(tmp_path: Path) -> None:
    question = QUESTION | {"evidence": [{"doc": "reports/a.html"}]}
    folder = question_set(tmp_path / "set", question, corpus=False)
    imported = import_set(folder, tmp_path / "out")
    assert (imported.documents, imported.add) == (0, folder)
    assert load_cases(imported.cases_file)[0].evidence == (ExpectedPlace("reports/a.html"),)


def test_stopped_import_leaves_no_cases_and_goes_on(beir: Path, tmp_path: Path) -> None:
    def stop(count: int) -> None:
        if count == 2:
            raise KeyboardInterrupt

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        import_set(beir, out, stop)
    assert sorted(path.name for path in out.iterdir()) == ["documents", "import.json"]
    imported = import_set(beir, out)
    assert import_set(beir, out) == imported
    assert len(load_cases(imported.cases_file)) == 2
    assert len(list(imported.add.iterdir())) == 3


def test_two_sets_are_not_mixed_in_one_folder(beir: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cases = import_set(beir, out).cases_file.read_bytes()
    other = question_set(tmp_path / "set", QUESTION)
    with pytest.raises(CaseFileError, match="holds cases or documents of something else"):
        import_set(other, out)
    assert (out / "cases.jsonl").read_bytes() == cases


def test_cases_that_a_person_wrote_are_not_overwritten(beir: Path, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text("mine", encoding="utf-8")
    with pytest.raises(CaseFileError, match="choose another"):
        import_set(beir, tmp_path)
    assert (tmp_path / "cases.jsonl").read_text("utf-8") == "mine"


def test_folder_that_cannot_be_written_is_said(beir: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CaseFileError, match="cannot be read or written"):
        import_set(beir, tmp_path / "file" / "out")


def test_filings_are_imported_whole(shared: Path, tmp_path: Path) -> None:
    folder = shared / "sets" / "sec10q"
    imported = import_set(folder, tmp_path)
    assert imported == ImportedSet(
        "questions", 64, 20, 0, folder / "pdfs", tmp_path / "cases.jsonl"
    )
    cases = load_cases(imported.cases_file)
    files = {path.name for path in imported.add.iterdir()}
    assert {place.file for case in cases for place in case.evidence} <= files
    assert Counter(len(case.evidence) for case in cases) == {1: 44, 4: 17, 3: 3}
    gold = Counter((c.answerable, c.must_include, c.answers, bool(c.answer)) for c in cases)
    assert gold == {(True, (), (), True): 64}


def test_paragraphs_are_imported_whole(shared: Path, tmp_path: Path) -> None:
    imported = import_set(shared / "sets" / "squad2", tmp_path)
    assert imported == ImportedSet(
        "questions", 800, 646, 0, tmp_path / "documents", tmp_path / "cases.jsonl"
    )
    cases = load_cases(imported.cases_file)
    texts = {path.name: path.read_text("utf-8") for path in imported.add.iterdir()}
    assert len(texts) == 646
    places = [place for case in cases for place in case.evidence]
    assert len(places) == 380
    assert all(place.quote in texts[place.file] for place in places)
    kinds = Counter((case.answerable, case.near_miss, case.expected_status) for case in cases)
    assert kinds == {(True, False, ("answered",)): 380, (False, True, ("not_found",)): 420}
