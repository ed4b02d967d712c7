"""Conversations that are kept in a home: their titles, and the records of their answers.

The answers themselves, with their filters, are records (`assistant/records.py`).
"""

from dataclasses import dataclass
from pathlib import Path

from assistant.desk.desk_file import DeskFile, now
from assistant.errors import DeskError
from assistant.records import short_id

_SHOWN = "SELECT id, title, made, changed FROM conversations"


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A question and the record of its answer; `stands_alone` tells that it is no follow-up."""

    record_id: str
    question: str
    stands_alone: bool = False


@dataclass(frozen=True, slots=True)
class ConversationHead:
    """What tells a conversation apart in a list; its moments are UTC, ISO 8601.

    Its title is its first question until it is renamed.
    """

    id: str
    title: str
    made: str
    changed: str


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """A conversation with its turns, in the order in which they were answered."""

    head: ConversationHead
    turns: tuple[ConversationTurn, ...]


class Conversations:
    """The conversations of one home.

    Every method raises DeskError where the file of the home cannot be used.
    """

    def __init__(self, home: Path) -> None:
        self._file = DeskFile(home)

    def add_turn(self, conversation_id: str, turn: ConversationTurn) -> str:
        """Add a turn and return the id of its conversation.

        A new one is begun for the id "", and for one that was deleted meanwhile.
        """
        moment = now()
        with self._file.writing() as connection:
            changed = connection.execute(
                "UPDATE conversations SET changed = ? WHERE id = ?", (moment, conversation_id)
            )
            attempt = 0
            while not changed.rowcount:
                conversation_id = short_id(f"{moment} {turn.question}".encode(), attempt)
                changed = connection.execute(
                    "INSERT OR IGNORE INTO conversations (id, title, made, changed)"
                    " VALUES (?, ?, ?, ?)",
                    (conversation_id, turn.question, moment, moment),
                )
                attempt += 1
            connection.execute(
                "INSERT INTO turns (conversation, record, question, stands_alone)"
                " VALUES (?, ?, ?, ?)",
                (conversation_id, turn.record_id, turn.question, turn.stands_alone),
            )
        return conversation_id

    def drop_turn(self, conversation_id: str, record_id: str) -> None:
        """Take a turn out of a conversation, as one that is asked again."""
        with self._file.writing() as connection:
            connection.execute(
                "DELETE FROM turns WHERE conversation = ? AND record = ?",
                (conversation_id, record_id),
            )

    def get(self, conversation_id: str) -> KeptConversation:
        """Return a conversation. Raises DeskError where there is none with the id."""
        with self._file.reading() as connection:
            head = connection.execute(f"{_SHOWN} WHERE id = ?", (conversation_id,)).fetchone()
            turns = connection.execute(
                "SELECT record, question, stands_alone FROM turns"
                " WHERE conversation = ? ORDER BY number",
                (conversation_id,),
            ).fetchall()
        if head is None:
            raise _unknown(conversation_id)
        told = (ConversationTurn(record, asked, bool(alone)) for record, asked, alone in turns)
        return KeptConversation(ConversationHead(*head), tuple(told))

    def find(self, words: str = "") -> tuple[ConversationHead, ...]:
        """Return the conversations whose title or questions hold all words, the last used first."""
        query = (
            "SELECT c.id, c.title, c.made, c.changed,"
            " (SELECT group_concat(question, char(10)) FROM turns WHERE conversation = c.id)"
            " FROM conversations c ORDER BY c.changed DESC, c.number DESC"
        )
        wanted = words.casefold().split()
        with self._file.reading() as connection:
            rows = connection.execute(query).fetchall()
        return tuple(
            ConversationHead(*head)
            for *head, questions in rows
            if all(word in f"{head[1]}\n{questions}".casefold() for word in wanted)
        )

    def rename(self, conversation_id: str, title: str) -> None:
        """Give a conversation another title.

        Raises DeskError where there is none with the id, or the title is empty.
        """
        told = " ".join(title.split())
        if not told:
            raise DeskError("a conversation needs a title; the old one stays")
        with self._file.writing() as connection:
            renamed = connection.execute(
                "UPDATE conversations SET title = ? WHERE id = ?", (told, conversation_id)
            )
        if not renamed.rowcount:
            raise _unknown(conversation_id)

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation; the records of its answers stay."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM turns WHERE conversation = ?", (conversation_id,))
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,))


def _unknown(conversation_id: str) -> DeskError:
    return DeskError(f"no conversation has the id {conversation_id!r}; it may have been deleted")
