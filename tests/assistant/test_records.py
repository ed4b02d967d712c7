"""Records of answers: kept with what they were made from, by many processes, whatever happens."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from fake_assistant import CONFLICTING, MINED
from processes import start

from assistant.answer import Turn
from assistant.errors import RecordError
from assistant.records import RECORDS_FILE, AnswerRecords, Record, record_of
from assistant.settings import Settings
from index.passage import Filters

TURNS = (Turn("user", "How much did China mine in 2024?"), Turn("assistant", "270,000 t."))
FILTERS = Filters(publisher="Geological", data_year=2025)
WRITER = """
    import sys
    from dataclasses import replace
    from pathlib import Path
    from fake_assistant import MINED
    from assistant.records import AnswerRecords, record_of
    from assistant.settings import Settings
    from index.passage import Filters
    home, name = Path(sys.argv[1]), sys.argv[2]
    for number in range(25):
        answer = replace(MINED, question=f"{name} {number}")
        record = record_of(answer, (), Filters(), Settings(home), "f")
        kept = AnswerRecords(home).keep(record)
        print(kept.id or kept.warning, flush=True)
"""


def made(home: Path, question: str = MINED.question) -> Record:
    """Return a record of an answer to a question."""
    answer = replace(MINED, question=question)
    return record_of(answer, TURNS, FILTERS, Settings(home, passages=7), "0123456789abcdef")


def test_a_kept_record_is_read_back_equal(tmp_path: Path) -> None:
    record = made(tmp_path)
    kept = AnswerRecords(tmp_path).keep(record)
    assert kept.warning == ""
    assert AnswerRecords(tmp_path).get(kept.id) == replace(record, id=kept.id)
    assert AnswerRecords(tmp_path).get(f" {kept.id.upper()} ").id == kept.id


def test_a_record_holds_what_an_answer_was_made_from(tmp_path: Path) -> None:
    record = made(tmp_path)
    assert (record.turns, record.filters, record.passages) == (TURNS, FILTERS, 7)
    assert record.fingerprint == "0123456789abcdef"
    assert record.embedding_model == "all-MiniLM-L6-v2"
    assert record.program
    assert record.time.endswith("+00:00")
    assert record.answer["sentences"] == [
        {"text": MINED.sentences[0].text, "citations": [1], "support": "supported"}
    ]
    assert record.answer["seconds"] == {"retrieve": 0.2, "answer": 0.1, "model": 0.0}
    assert [(found["page"], found["score"]) for found in record.answer["evidence"]] == [
        (2, 0.5),
        (1, 0.5),
    ]
    assert not any("text" in found for found in record.answer["evidence"])


def test_an_id_is_short_and_has_no_sign_that_is_read_as_another(tmp_path: Path) -> None:
    kept = AnswerRecords(tmp_path).keep(made(tmp_path))
    assert len(kept.id) == 7
    assert not set(kept.id) & set("01iloIO")


def test_one_answer_kept_twice_at_the_same_moment_has_two_ids(tmp_path: Path) -> None:
    records, record = AnswerRecords(tmp_path), made(tmp_path)
    ids = [records.keep(record).id for _ in range(3)]
    assert len(set(ids)) == 3
    assert [head.id for head in records.latest(9)] == ids[::-1]


def test_the_last_records_come_first(tmp_path: Path) -> None:
    records = AnswerRecords(tmp_path)
    for number in range(5):
        records.keep(made(tmp_path, f"question {number}"))
    assert [head.question for head in records.latest(2)] == ["question 4", "question 3"]
    assert records.latest(1)[0].status == "answered"


def test_beyond_the_limit_the_oldest_are_dropped(tmp_path: Path) -> None:
    records = AnswerRecords(tmp_path, limit=3)
    ids = [records.keep(made(tmp_path, f"question {number}")).id for number in range(5)]
    assert [head.id for head in records.latest(9)] == ids[:1:-1]
    with pytest.raises(RecordError, match=ids[0]):
        records.get(ids[0])


def test_an_unknown_id_says_what_to_do(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(RecordError, match="'nosuch'; rare-earth records shows the last ones"):
            AnswerRecords(tmp_path).get("nosuch")
        AnswerRecords(tmp_path).keep(made(tmp_path))


def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert AnswerRecords(tmp_path).latest(5) == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [b"no database at all " * 200, b""])
def test_a_damaged_file_is_put_aside_and_a_new_one_begun(tmp_path: Path, damage: bytes) -> None:
    records = AnswerRecords(tmp_path)
    records.keep(made(tmp_path))
    (tmp_path / RECORDS_FILE).write_bytes(damage)
    kept = records.keep(made(tmp_path, "after the damage"))
    assert records.get(kept.id).answer["question"] == "after the damage"
    aside = [file for file in tmp_path.iterdir() if file.name.startswith("records-damaged-")]
    assert [file.read_bytes() for file in aside] == ([damage] if damage else [])
    assert ("was damaged" in kept.warning) == bool(damage)


def test_a_file_cut_in_the_middle_stops_no_answer(tmp_path: Path) -> None:
    records = AnswerRecords(tmp_path)
    for number in range(60):
        records.keep(made(tmp_path, f"question {number}"))
    file = tmp_path / RECORDS_FILE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    kept = records.keep(made(tmp_path, "after"))
    assert kept.id
    assert records.get(kept.id).answer["question"] == "after"


def test_a_damaged_record_is_named_and_stops_no_other(tmp_path: Path) -> None:
    records = AnswerRecords(tmp_path)
    bad, good = (records.keep(made(tmp_path, question)).id for question in ("one", "two"))
    with sqlite3.connect(tmp_path / RECORDS_FILE) as connection:
        connection.execute("UPDATE records SET content = x'00' WHERE id = ?", (bad,))
    with pytest.raises(RecordError, match=f"the record {bad} is damaged"):
        records.get(bad)
    assert records.get(good).answer["question"] == "two"
    assert [head.id for head in records.latest(9)] == [good, bad]


def test_a_place_that_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / RECORDS_FILE).mkdir()
    kept = AnswerRecords(tmp_path).keep(made(tmp_path))
    assert kept.id == ""
    assert "this answer is not recorded" in kept.warning
    with pytest.raises(RecordError, match="cannot be used"):
        AnswerRecords(tmp_path).latest(1)


def test_a_kill_within_a_write_loses_only_that_record(tmp_path: Path) -> None:
    kept = AnswerRecords(tmp_path).keep(made(tmp_path))
    writer = start(
        f"""
        import os, sqlite3
        connection = sqlite3.connect({str(tmp_path / RECORDS_FILE)!r}, isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM records")
        for n in range(200):
            connection.execute(
                "INSERT INTO records (id, time, status, question, content)"
                " VALUES (?, '', '', '', ?)", (str(n), os.urandom(9000)))
        os.kill(os.getpid(), 9)
        """
    )
    assert writer.wait(60) == -9
    assert [head.id for head in AnswerRecords(tmp_path).latest(9)] == [kept.id]
    assert AnswerRecords(tmp_path).keep(made(tmp_path)).warning == ""


@pytest.mark.slow
def test_several_processes_write_at_once(tmp_path: Path) -> None:
    writers = [start(WRITER, tmp_path, f"writer{number}") for number in range(4)]
    told = [writer.communicate(timeout=120)[0].split("\n")[:-1] for writer in writers]
    ids = [one for lines in told for one in lines]
    assert [len(lines) for lines in told] == [25] * 4
    assert {head.id for head in AnswerRecords(tmp_path).latest(500)} == set(ids)
    assert len(set(ids)) == 100


def test_each_status_is_kept(tmp_path: Path) -> None:
    records = AnswerRecords(tmp_path)
    record = record_of(CONFLICTING, (), Filters(), Settings(tmp_path), "f")
    assert records.get(records.keep(record).id).answer["status"] == "conflicting"
    assert records.latest(1)[0].status == "conflicting"


def in_turn(home: Path, number: int, turns: tuple[Turn, ...]) -> tuple[Record, tuple[Turn, ...]]:
    """Keep an answer after turns; return its record and the turns with it."""
    question, text = f"Question {number}?", f"It rose {number} t. [1]"
    answer = replace(MINED, question=f"{number}?", standalone_question=question, text=text)
    record = record_of(answer, turns, Filters(), Settings(home), "f")
    kept = AnswerRecords(home).keep(record)
    said = (Turn("user", question), Turn("assistant", text))
    return replace(record, id=kept.id), (*turns, *said)


def test_a_conversation_is_found_again_turn_by_turn(tmp_path: Path) -> None:
    first, turns = in_turn(tmp_path, 1, ())
    second, turns = in_turn(tmp_path, 2, turns)
    in_turn(tmp_path, 2, ())  # the same words, after nothing
    third, _ = in_turn(tmp_path, 3, turns)
    records = AnswerRecords(tmp_path)
    assert records.conversation(third) == (first, second, third)
    assert records.conversation(first) == (first,)


def test_of_a_turn_that_is_no_longer_recorded_stands_what_was_said(tmp_path: Path) -> None:
    turns = (Turn("user", "Question 1?"), Turn("assistant", "It rose 1 t. [1]"))
    second, _ = in_turn(tmp_path, 2, turns)
    lost, last = AnswerRecords(tmp_path).conversation(second)
    assert last == second
    assert (lost.id, lost.answer["question"]) == ("", "Question 1?")
    assert (lost.answer["text"], lost.answer["citations"]) == ("It rose 1 t.", [])
