"""What belongs to whom: one's own, what is shared, what is nobody's; files from before sign-in."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from fakes import HashingEmbedder, write_files

from assistant.answer import Turn
from assistant.assistant import Assistant
from assistant.desk import Conversations, ConversationTurn, Rating, Ratings
from assistant.desk.collections import COLLECTIONS_FILE, Collections, SourceCollection
from assistant.desk.desk_file import DESK_FILE
from assistant.drafts import Decision, draft_of
from assistant.errors import CollectionError, DeskError, ForbiddenError, RecordError
from assistant.exporting import ExportForm
from assistant.people import AUDIT_FILE, HOLDER, Person
from assistant.records import RECORDS_FILE, AnswerRecords
from assistant.settings import Settings
from index.ingestion.sync import add_paths

ANNA = Person("1" * 32, "anna@example.org", "editor")
BEN = Person("2" * 32, "ben@example.org", "reader")
EVE = Person("3" * 32, "eve@example.org", "editor")
MINED = ConversationTurn("abc2345", "How much did China mine?")
COST = ConversationTurn("def2345", "What did Dysprosium cost?", stands_alone=True)
QUESTION = "How much REO did Mount Weld produce in 2024?"


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    text = "# Mines\n\nMount Weld in Australia produced 12,500 t of REO in 2024.\n"
    files = write_files(tmp_path / "files", {"mines.md": text})
    opened = Assistant(Settings(tmp_path), HashingEmbedder())
    add_paths(opened.store, HashingEmbedder, [files], lambda _: None)
    return opened


def asked_by(assistant: Assistant, person: Person) -> str:
    held = assistant.of(person)
    return held.keep(held.ask(QUESTION)).id


def audited(home: Path) -> list[dict[str, str]]:
    file = home / AUDIT_FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [json.loads(line) for line in lines]


def test_a_conversation_is_seen_and_changed_by_its_owner_alone(tmp_path: Path) -> None:
    annas, bens = Conversations(tmp_path, ANNA), Conversations(tmp_path, BEN)
    begun = annas.add_turn("", MINED)
    assert [head.id for head in annas.find()] == [begun]
    assert bens.find() == bens.find("China") == ()
    acts: list[Callable[[], object]] = [
        lambda: bens.get(begun),
        lambda: bens.rename(begun, "mine"),
        lambda: bens.delete(begun),
        lambda: bens.share(begun, True),
    ]
    for act in acts:
        with pytest.raises(DeskError, match="no conversation has the id"):
            act()
    bens.drop_turn(begun, MINED.record_id)
    other = bens.add_turn(begun, COST)
    assert other != begun
    assert bens.get(other).turns == (COST,)
    assert annas.get(begun).turns == (MINED,)


def test_a_shared_one_is_read_by_all_with_its_owners_name_and_asked_on_in_a_copy(
    tmp_path: Path,
) -> None:
    annas, bens = Conversations(tmp_path, ANNA), Conversations(tmp_path, BEN)
    begun = annas.add_turn("", MINED)
    annas.rename(begun, "Mines")
    annas.share(begun, True)
    head = bens.get(begun).head
    assert (head.owner, head.is_own, head.may_change) == ("anna@example.org", False, False)
    for act in (lambda: bens.rename(begun, "x"), lambda: bens.delete(begun)):
        with pytest.raises(DeskError, match=r"belongs to anna@example\.org; ask on"):
            act()
    bens.drop_turn(begun, MINED.record_id)
    assert annas.get(begun).turns == (MINED,)
    copy = bens.add_turn(begun, COST)
    assert bens.get(copy).turns == (MINED, COST)
    assert (bens.get(copy).head.title, bens.get(copy).head.owner) == ("Mines", "")
    assert annas.get(begun).turns == (MINED,)
    with pytest.raises(DeskError, match="no conversation has the id"):
        annas.get(copy)
    annas.share(begun, False)
    assert [one.id for one in bens.find()] == [copy]
    assert [(one["who"], one["action"]) for one in audited(tmp_path)] == [
        ("anna@example.org", "shared"),
        ("anna@example.org", "unshared"),
    ]


def test_what_is_nobodys_is_seen_by_all_and_changed_by_editors(tmp_path: Path) -> None:
    begun = Conversations(tmp_path).add_turn("", MINED)
    bens = Conversations(tmp_path, BEN)
    assert (bens.get(begun).head.owner, bens.get(begun).head.may_change) == ("", False)
    with pytest.raises(DeskError, match="is changed by editors alone; ask on in it"):
        bens.rename(begun, "mine")
    assert bens.add_turn(begun, COST) != begun
    annas = Conversations(tmp_path, ANNA)
    assert annas.add_turn(begun, COST) == begun
    annas.rename(begun, "All mines")
    annas.delete(begun)
    assert [head.id for head in Conversations(tmp_path, EVE).find()] == []


def test_whoever_holds_the_home_sees_all_with_the_owners_names(tmp_path: Path) -> None:
    begun = Conversations(tmp_path, ANNA).add_turn("", MINED)
    (head,) = Conversations(tmp_path).find()
    assert (head.id, head.owner, head.may_change) == (begun, "anna@example.org", True)


OLD_DESK = """
CREATE TABLE conversations (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, made TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE turns (number INTEGER PRIMARY KEY, conversation TEXT NOT NULL, record TEXT NOT NULL,
    question TEXT NOT NULL, stands_alone INTEGER NOT NULL);
CREATE INDEX turns_of ON turns (conversation);
CREATE TABLE ratings (
    record TEXT PRIMARY KEY, is_good INTEGER NOT NULL, reason TEXT NOT NULL, time TEXT NOT NULL);
INSERT INTO conversations (id, title, made, changed) VALUES ('old2345', 'Old', '2026', '2026');
INSERT INTO turns (conversation, record, question, stands_alone)
    VALUES ('old2345', 'abc2345', 'How much did China mine?', 0);
INSERT INTO ratings VALUES ('abc2345', 0, 'an old edition', '2026');
"""


def test_a_desk_from_before_sign_in_is_taken_over_and_belongs_to_nobody(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / DESK_FILE) as old:
        old.executescript(OLD_DESK)
    old.close()
    assert Conversations(tmp_path, BEN).get("old2345").turns == (MINED,)
    assert Conversations(tmp_path).get("old2345").head.may_change
    assert Ratings(tmp_path, BEN).of("abc2345") == Rating(
        "abc2345", False, "an old edition", "2026"
    )
    Ratings(tmp_path, BEN).take_back("abc2345")
    assert len(Ratings(tmp_path).all()) == 1
    Ratings(tmp_path, ANNA).take_back("abc2345")
    assert Ratings(tmp_path).all() == ()


def test_each_rates_for_himself(tmp_path: Path) -> None:
    Ratings(tmp_path, ANNA).keep(Rating("abc2345", is_good=True))
    Ratings(tmp_path, BEN).keep(Rating("abc2345", is_good=False, reason="wrong"))
    told = {person: Ratings(tmp_path, person).of("abc2345") for person in (ANNA, BEN, EVE)}
    assert [one and one.is_good for one in told.values()] == [True, False, None]
    assert len(Ratings(tmp_path, ANNA).all()) == 1
    assert len(Ratings(tmp_path).all()) == 2


def test_records_are_seen_by_who_asked_and_where_they_are_shared(assistant: Assistant) -> None:
    of_nobody, annas = asked_by(assistant, HOLDER), asked_by(assistant, ANNA)
    ben, anna = assistant.of(BEN), assistant.of(ANNA)
    assert [head.id for head in ben.records.latest(9)] == [of_nobody]
    assert [head.id for head in anna.records.latest(9)] == [annas, of_nobody]
    assert [head.id for head in assistant.records.latest(9)] == [annas, of_nobody]
    looks: list[Callable[[], object]] = [
        lambda: ben.recorded(annas),
        lambda: ben.replay(annas),
        lambda: ben.export([annas], ExportForm.MARKDOWN),
    ]
    for look in looks:
        with pytest.raises(RecordError, match="no record has the id"):
            look()
    begun = anna.conversations.add_turn("", ConversationTurn(annas, QUESTION))
    anna.conversations.share(begun, True)
    assert ben.recorded(annas).answer.question == QUESTION
    assert len(ben.conversation(begun).turns) == 1
    copy = ben.conversations.add_turn(begun, ConversationTurn(of_nobody, QUESTION))
    anna.conversations.delete(begun)
    assert ben.recorded(annas).record_id == annas, "it stands in his copy"
    ben.conversations.delete(copy)
    with pytest.raises(RecordError):
        ben.recorded(annas)


def test_a_follow_up_is_led_to_by_records_that_are_seen_alone(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    turns = (Turn("user", QUESTION), Turn("assistant", answer.text))
    annas = asked_by(assistant, ANNA)
    ben = assistant.of(BEN)
    bens = ben.keep(ben.ask("And in 2025?", turns), turns).id
    first, _ = ben.records.conversation(ben.records.get(bens))
    assert (first.id, first.answer["citations"]) == ("", [])
    first, _ = assistant.records.conversation(assistant.records.get(bens))
    assert first.id == annas


def test_records_from_before_sign_in_are_taken_over(assistant: Assistant) -> None:
    kept = asked_by(assistant, HOLDER)
    home = assistant.settings.home
    with sqlite3.connect(home / RECORDS_FILE) as old:
        old.execute("ALTER TABLE records DROP COLUMN owner")
        old.execute("PRAGMA user_version = 0")
    old.close()
    assert AnswerRecords(home, BEN).get(kept).answer["question"] == QUESTION
    assert asked_by(assistant, ANNA)
    assert [head.id for head in AnswerRecords(home, BEN).latest(9)] == [kept]


def test_who_asked_is_written_down_with_the_record_and_no_words(assistant: Assistant) -> None:
    asked_by(assistant, HOLDER)
    assert audited(assistant.settings.home) == []
    record = asked_by(assistant, ANNA)
    (line,) = audited(assistant.settings.home)
    assert line.pop("time")
    assert line == {"who": ANNA.name, "id": ANNA.id, "action": "asked", "record": record}


def test_collections_are_ones_own_or_shared_or_nobodys(tmp_path: Path) -> None:
    Collections(tmp_path).make("All", ["a"])
    annas, bens = Collections(tmp_path, ANNA), Collections(tmp_path, BEN)
    annas.make("Mines", ["a", "b"])
    bens.make("Mines", ["c"])
    assert [one.name for one in bens.all()] == ["All", "Mines"]
    assert bens.get("Mines").source_ids == ("c",)
    annas.share("Mines", True)
    shared = SourceCollection(
        "Mines (anna@example.org)", ("a", "b"), is_own=False, is_shared=True, may_change=False
    )
    assert bens.get("Mines (anna@example.org)") == shared
    for act in (lambda: bens.add(shared.name, ["c"]), lambda: bens.delete(shared.name)):
        with pytest.raises(CollectionError, match=r"belongs to anna@example\.org; make one"):
            act()
    with pytest.raises(CollectionError, match="is changed by editors alone"):
        bens.delete("All")
    annas.add("All", ["b"])
    annas.share("Mines", False)
    with pytest.raises(CollectionError, match="no collection has the name"):
        bens.get(shared.name)
    annas.delete("Mines")
    assert [one.name for one in Collections(tmp_path).all()] == ["All", "Mines (ben@example.org)"]


def test_collections_of_nobody_are_kept_as_before_sign_in(tmp_path: Path) -> None:
    file = tmp_path / COLLECTIONS_FILE
    file.write_text('{"Old": ["a"]}', encoding="utf-8")
    assert Collections(tmp_path, BEN).get("Old").source_ids == ("a",)
    Collections(tmp_path, ANNA).add("Old", ["b"])
    Collections(tmp_path).make("New", [])
    assert json.loads(file.read_text(encoding="utf-8")) == {"Old": ["a", "b"], "New": []}
    file.write_text('{"x": {"name": "Mines", "source_ids": "a"}}', encoding="utf-8")
    with pytest.raises(CollectionError, match="move it away"):
        Collections(tmp_path).all()


def test_each_decides_on_a_draft_for_himself_from_what_was_checked_before(
    assistant: Assistant,
) -> None:
    draft = draft_of("draft.md", b"Mount Weld in Australia produced 12,500 t of REO in 2024.")
    (checked,) = assistant.check(draft)
    held = {person: assistant.of(person).journal(draft) for person in (ANNA, BEN)}
    assert held[BEN].read() == {checked.sentence.id: checked}
    dismissed = replace(checked, decision=Decision(dismissed="known"))
    held[ANNA].keep(dismissed)
    assert held[ANNA].read() == {checked.sentence.id: dismissed}
    assert held[BEN].read() == assistant.journal(draft).read() == {checked.sentence.id: checked}


def test_readers_change_no_sources_and_runs_and_nobody_adds_files_of_the_machine(
    assistant: Assistant, tmp_path: Path
) -> None:
    reader, editor = assistant.of(BEN), assistant.of(ANNA)
    source_id = assistant.sources()[0].source.id
    acts: list[Callable[[], object]] = [
        lambda: reader.add_upload("new.md", BytesIO(b"# New")),
        lambda: reader.read_again(source_id, lambda _: None),
        lambda: reader.remove(source_id),
        lambda: reader.start_run(),
        lambda: reader.start_sent_run("cases.jsonl", b""),
        lambda: reader.stop_run("shipped"),
    ]
    for act in acts:
        with pytest.raises(ForbiddenError, match="only an editor may"):
            act()
    with pytest.raises(ForbiddenError, match="adds no files of this machine"):
        editor.add([tmp_path], lambda _: None)
    added = editor.add_upload("new.md", BytesIO(b"# New\n\nThe new mine opens in 2027.\n"))
    editor.read_again(added.source.id, lambda _: None)
    editor.remove(added.source.id)
    assert [(one["action"], one["source"]) for one in audited(tmp_path)] == [
        ("added", added.source.id),
        ("added", added.source.id),
        ("removed", added.source.id),
    ]
