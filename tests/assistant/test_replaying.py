"""Asking a recorded question again: nothing has changed, or each change is named."""

from dataclasses import replace
from pathlib import Path

import pytest
from assistants import open_assistant
from fake_assistant import COST, MINED, NOT_FOUND
from fakes import write_files

from assistant.answer import Answer, Sentence, Turn
from assistant.answer.answer_table import AnswerTable, TableCell, TableRow
from assistant.assistant import Assistant
from assistant.records import AnswerRecords, Record, record_of
from assistant.replaying import Change, compare_records, replay_to_json
from assistant.settings import Settings
from index.embedding import Embedder
from index.ingestion.sync import add_paths
from index.passage import Filters


def record(answer: Answer, fingerprint: str = "f", **settings: object) -> Record:
    """Return the record of an answer."""
    told = replace(Settings(Path("/home")), **settings)
    return record_of(answer, (), Filters(), told, fingerprint)


def changes(before: Record, now: Record) -> list[tuple[str, str, str]]:
    """Return what differs between two records."""
    return [(c.kind, c.before, c.now) for c in compare_records(before, now).changes]


def test_the_same_answer_is_no_change() -> None:
    later = replace(record(MINED), time="2030-01-01T00:00:00.000+00:00")
    assert changes(record(MINED), later) == []


def test_index_program_and_settings_are_told_apart() -> None:
    now = replace(record(MINED, "g", passages=9, reranker="some/model"), program="9.9")
    assert changes(record(MINED), now) == [
        ("index", "f", "g"),
        ("program", record(MINED).program, "9.9"),
        ("settings", "passages 40", "passages 9"),
        ("settings", "no reranker", "reranker some/model"),
    ]


def test_a_sentence_with_another_figure_is_a_changed_value() -> None:
    revised = replace(
        MINED,
        sentences=(Sentence("China mined 280,000 t of REO in 2025. [1]", (1,), "supported"),),
    )
    assert changes(record(MINED), record(revised)) == [
        (
            "value",
            "China mined 270,000 t of REO in 2025.",
            "China mined 280,000 t of REO in 2025.",
        )
    ]


def test_sentences_and_citations_that_come_and_go_are_named() -> None:
    other = replace(COST, question=MINED.question, standalone_question=MINED.question)
    found = changes(record(replace(MINED, evidence=())), record(other))
    assert found == [
        ("sentence lost", "China mined 270,000 t of REO in 2025.", ""),
        ("sentence added", "", "Dysprosium oxide cost $239/kg, terbium oxide $1,010/kg."),
        ("citation lost", 'usgs/mcs2026.pdf, p. 153: "China 270,000 270,000 44,000,000"', ""),
        (
            "citation added",
            "",
            'news/prices.txt, p. 1: "Dysprosium oxide cost $239/kg, terbium oxide $1,010/kg."',
        ),
    ]


def test_status_is_named_and_a_refusal_stands_as_its_text() -> None:
    refusal = replace(NOT_FOUND, standalone_question=MINED.standalone_question)
    found = compare_records(record(MINED), record(refusal)).changes
    assert Change("status", "answered", "not_found") in found
    assert Change("sentence added", "", "The sources do not say.") in found


def test_another_order_of_evidence_is_told_from_where_it_begins() -> None:
    turned = replace(MINED, evidence=MINED.evidence[::-1])
    [(kind, before, now)] = changes(record(MINED), record(turned))
    assert kind == "evidence order"
    assert before.startswith("from place 1: usgs/mcs2026.pdf, p. 153")
    assert now.startswith("from place 1: usgs/mcs2026.pdf, p. 152")


def test_a_shorter_list_of_evidence_is_another_order() -> None:
    shorter = replace(MINED, evidence=MINED.evidence[:1])
    assert [kind for kind, _, _ in changes(record(MINED), record(shorter))] == ["evidence order"]


def test_of_a_table_each_changed_cell_is_named() -> None:
    table = AnswerTable(
        "Reserves", "tons", "", "Country", ("2024", "2025"),
        (TableRow("India", (TableCell("6,900,000", (1,)), TableCell("NA", (1,)))),),
    )  # fmt: skip
    row = TableRow("India", (TableCell("6,900,000", (1,)), TableCell("7,000,000", (1,))))
    before, now = replace(MINED, table=table), replace(MINED, table=replace(table, rows=(row,)))
    assert changes(record(before), record(before)) == []
    assert changes(record(before), record(now)) == [
        ("value", "India, 2025: NA", "India, 2025: 7,000,000")
    ]


def test_as_json_a_replay_says_whether_anything_changed() -> None:
    same = replay_to_json(compare_records(replace(record(MINED), id="abc2345"), record(MINED)))
    assert (same["record"], same["changed"], same["changes"]) == ("abc2345", False, [])
    assert same["answer"]["text"] == MINED.text


@pytest.fixture
def files(tmp_path: Path) -> Path:
    text = "# Works\n\nThe {name} works made {figure} tons of neodymium oxide in 2024.\n"
    return write_files(
        tmp_path / "files",
        {
            "alpha.md": text.format(name="Alpha", figure="1,200"),
            "beta.md": text.format(name="Beta", figure="300"),
        },
    )


@pytest.mark.slow
def test_a_real_home_is_asked_again_before_and_after_a_source_changes(
    tmp_path: Path, files: Path, embedder: Embedder
) -> None:
    assistant, _ = open_assistant(tmp_path / "home", embedder, files)
    turns = (Turn("user", "How many tons of neodymium oxide did the Alpha works make in 2024?"),)
    question = "How many tons of neodymium oxide did the Beta works make in 2024?"
    filters = Filters(source_type="markdown")
    kept = assistant.keep(assistant.ask(question, turns, filters), turns, filters)
    replay = assistant.replay(kept.id)
    assert replay.changes == ()
    assert (replay.now.turns, replay.now.filters) == (turns, filters)
    assert "300 tons" in replay.now.answer["text"]

    changed = (files / "beta.md").read_text(encoding="utf-8").replace("300", "350")
    (files / "beta.md").write_text(changed, encoding="utf-8")
    add_paths(assistant.store, lambda: embedder, [files], lambda _: None)
    after = assistant.replay(kept.id)
    told = {change.kind: change for change in after.changes}
    assert {"index", "value", "citation lost", "citation added"} <= told.keys()
    assert "300 tons" in told["value"].before
    assert "350 tons" in told["value"].now
    assistant.close()


@pytest.mark.slow
def test_a_replay_is_no_record_of_its_own(tmp_path: Path, files: Path, embedder: Embedder) -> None:
    assistant: Assistant
    assistant, _ = open_assistant(tmp_path / "home", embedder, files)
    kept = assistant.keep(assistant.ask("What did the Alpha works make?"))
    assistant.replay(kept.id)
    assert [head.id for head in AnswerRecords(tmp_path / "home").latest(9)] == [kept.id]
    assistant.close()
