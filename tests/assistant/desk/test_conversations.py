"""Conversations in a home: kept turn by turn, found, renamed, deleted, shared by processes."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from assistant.desk import Conversations, ConversationTurn
from assistant.desk.desk_file import DESK_FILE
from assistant.errors import DeskError

MINED = ConversationTurn("abc2345", "How much did China mine?", answer="It mined 270,000 t.")
COST = ConversationTurn("def2345", "What did Dysprosium cost?", stands_alone=True)
WRITER = """
import sys
from pathlib import Path
from assistant.desk import Conversations, ConversationTurn
for number in range(20):
    turn = ConversationTurn(f"{sys.argv[2]}{number}", "And then?")
    Conversations(Path(sys.argv[1])).add_turn(sys.argv[3], turn)
"""


def test_turns_are_kept_in_their_order_under_the_first_question(tmp_path: Path) -> None:
    begun = Conversations(tmp_path).add_turn("", MINED)
    assert Conversations(tmp_path).add_turn(begun, COST) == begun
    kept = Conversations(tmp_path).get(begun)
    assert kept.turns == (MINED, COST)
    assert kept.head.title == MINED.question
    assert kept.head.made <= kept.head.changed


def test_equal_questions_begin_two_conversations(tmp_path: Path) -> None:
    conversations = Conversations(tmp_path)
    first, second = (conversations.add_turn("", MINED) for _ in range(2))
    assert first != second
    assert [head.id for head in conversations.find()] == [second, first]


@pytest.mark.parametrize("moment", [None, "2026-12-01T12:00:00.000+00:00"])
def test_the_one_used_last_stands_first_within_one_moment_too(
    moment: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if moment:
        monkeypatch.setattr("assistant.desk.conversations.now", lambda: moment)
    conversations = Conversations(tmp_path)
    first, second = conversations.add_turn("", MINED), conversations.add_turn("", COST)
    conversations.add_turn(first, COST)
    assert [head.id for head in conversations.find()] == [first, second]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        *[("", 2), ("CHINA", 1), ("cost dysprosium", 1), ("prices", 1), ("100%", 0)],
        *[("270,000", 1), ("china 270,000", 1)],
    ],
)
def test_titles_questions_and_answers_are_searched(tmp_path: Path, words: str, found: int) -> None:
    conversations = Conversations(tmp_path)
    conversations.rename(conversations.add_turn("", COST), "All prices")
    conversations.add_turn("", MINED)
    assert len(conversations.find(words)) == found


def test_answers_of_a_file_from_before_they_were_kept_are_searched_from_now_on(
    tmp_path: Path,
) -> None:
    conversations = Conversations(tmp_path)
    begun = conversations.add_turn("", COST)
    with closing(sqlite3.connect(tmp_path / DESK_FILE)) as file:
        file.executescript("ALTER TABLE turns DROP COLUMN answer; PRAGMA user_version = 1")
    conversations.add_turn(begun, MINED)
    assert [head.id for head in conversations.find("270,000")] == [begun]
    assert conversations.get(begun).turns == (COST, MINED)


def test_a_title_is_changed_and_none_is_refused(tmp_path: Path) -> None:
    conversations = Conversations(tmp_path)
    begun = conversations.add_turn("", MINED)
    conversations.rename(begun, "  Output \n of China ")
    with pytest.raises(DeskError, match="the old one stays"):
        conversations.rename(begun, " ")
    assert conversations.get(begun).head.title == "Output of China"
    with pytest.raises(DeskError, match="no conversation has the id 'zzz'"):
        conversations.rename("zzz", "Output")


def test_a_deleted_one_is_gone_and_what_follows_begins_a_new_one(tmp_path: Path) -> None:
    conversations = Conversations(tmp_path)
    begun = conversations.add_turn("", MINED)
    conversations.delete(begun)
    with pytest.raises(DeskError, match="it may have been deleted"):
        conversations.get(begun)
    follows = conversations.add_turn(begun, COST)
    assert follows != begun
    assert conversations.get(follows).turns == (COST,)


def test_a_turn_that_is_asked_again_is_dropped(tmp_path: Path) -> None:
    conversations = Conversations(tmp_path)
    begun = conversations.add_turn("", MINED)
    conversations.add_turn(begun, COST)
    conversations.drop_turn(begun, MINED.record_id)
    assert conversations.get(begun).turns == (COST,)


def test_a_home_without_conversations_is_left_as_it_is(tmp_path: Path) -> None:
    assert Conversations(tmp_path).find() == ()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / DESK_FILE).write_bytes(b"no database, but long enough to be looked at" * 40)
    with pytest.raises(DeskError, match="move it away, and new conversations begin"):
        Conversations(tmp_path).find()


def test_two_processes_add_to_one_conversation_and_lose_nothing(tmp_path: Path) -> None:
    begun = Conversations(tmp_path).add_turn("", MINED)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name, begun])
        for name in ("a", "b")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    turns = Conversations(tmp_path).get(begun).turns
    assert len({turn.record_id for turn in turns}) == 41
