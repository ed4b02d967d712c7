"""Conversations that are kept in a home: their titles, and the records of their answers.

The answers themselves, with their filters, are records (`assistant/records.py`).
"""

import sqlite3
from dataclasses import astuple, dataclass
from itertools import count
from pathlib import Path

from assistant.desk.desk_file import desk_file, now
from assistant.errors import DeskError
from assistant.people import HOLDER, Deed, Person, write_down
from assistant.records import short_id

_SEEN = "(:person = '' OR owner IN ('', :person) OR is_shared)"
_CHANGED = "(:person = '' OR owner = :person OR (owner = '' AND :is_editor))"  # where it may be
_COLUMNS = "id, title, made, changed, owner, owner_name, is_shared"
_SHOWN = f"SELECT {_COLUMNS} FROM conversations WHERE {_SEEN}"


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A question, its answer in words, to be searched, and the record of it.

    `stands_alone` tells that it is no follow-up.
    """

    record_id: str
    question: str
    stands_alone: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class ConversationHead:
    """What tells a conversation apart in a list; its moments are UTC, ISO 8601.

    Its title is its first question until it is renamed. `owner` is the name of another to whom it
    belongs, "" for one's own and for what belongs to nobody.
    """

    id: str
    title: str
    made: str
    changed: str
    owner: str = ""
    is_own: bool = True
    is_shared: bool = False
    may_change: bool = True


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """A conversation with its turns, in the order in which they were answered."""

    head: ConversationHead
    turns: tuple[ConversationTurn, ...]


class Conversations:
    """The conversations of one home that a person sees: his own, what is shared, what is nobody's.

    Those of others are not changed, but gone on with in a copy; what is nobody's editors change.
    Every method raises DeskError where the file of the home cannot be used.
    """

    def __init__(self, home: Path, person: Person = HOLDER) -> None:
        self._home = home
        self._file = desk_file(home)
        self._person = person
        self._me = {"person": person.id, "is_editor": person.is_editor}

    def add_turn(self, conversation_id: str, turn: ConversationTurn) -> str:
        """Add a turn and return the id of its conversation.

        A new one is begun for the id "", for one that was deleted meanwhile, and for one that may
        not be changed: with a copy of its turns.
        """
        moment = now()
        with self._file.writing() as connection:
            changed = connection.execute(
                f"UPDATE conversations SET changed = :moment WHERE id = :id AND {_CHANGED}",
                {"moment": moment, "id": conversation_id, **self._me},
            )
            if not changed.rowcount:
                conversation_id = self._begin(connection, conversation_id, turn.question, moment)
            connection.execute(
                "INSERT INTO turns (conversation, record, question, stands_alone, answer)"
                " VALUES (?, ?, ?, ?, ?)",
                (conversation_id, *astuple(turn)),
            )
        return conversation_id

    def _begin(
        self, connection: sqlite3.Connection, copied_id: str, question: str, moment: str
    ) -> str:
        """Begin a conversation with the turns of one that is seen, where there are some."""
        copied = self._head(connection, copied_id)
        title = copied.title if copied else question
        for attempt in count():
            begun = short_id(f"{moment} {question}".encode(), attempt)
            added = connection.execute(
                "INSERT OR IGNORE INTO conversations (id, title, made, changed, owner, owner_name)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (begun, title, moment, moment, self._person.id, self._person.name),
            )
            if added.rowcount:
                break
        if copied:
            connection.execute(
                "INSERT INTO turns (conversation, record, question, stands_alone, answer)"
                " SELECT ?, record, question, stands_alone, answer FROM turns"
                " WHERE conversation = ? ORDER BY number",
                (begun, copied_id),
            )
        return begun

    def drop_turn(self, conversation_id: str, record_id: str) -> None:
        """Take a turn out of a conversation that may be changed, as one that is asked again."""
        with self._file.writing() as connection:
            connection.execute(
                "DELETE FROM turns WHERE record = :record AND conversation IN"
                f" (SELECT id FROM conversations WHERE id = :id AND {_CHANGED})",
                {"record": record_id, "id": conversation_id, **self._me},
            )

    def get(self, conversation_id: str) -> KeptConversation:
        """Return a conversation. Raises DeskError where there is none with the id."""
        with self._file.reading() as connection:
            head = self._head(connection, conversation_id)
            turns = connection.execute(
                "SELECT record, question, stands_alone, answer FROM turns"
                " WHERE conversation = ? ORDER BY number",
                (conversation_id,),
            ).fetchall()
        if head is None:
            raise _unknown(conversation_id)
        told = (
            ConversationTurn(record, asked, bool(alone), answer)
            for record, asked, alone, answer in turns
        )
        return KeptConversation(head, tuple(told))

    def find(self, words: str = "") -> tuple[ConversationHead, ...]:
        """Return the conversations that hold all words, the last used first.

        They are looked for in titles, questions and answers.
        """
        said = "SELECT conversation, group_concat(question || char(10) || answer) FROM turns"
        last_turn = "(SELECT max(number) FROM turns WHERE conversation = id)"
        wanted = words.casefold().split()
        with self._file.reading() as connection:
            query = f"{_SHOWN} ORDER BY changed DESC, {last_turn} DESC"
            heads = [self._told(row) for row in connection.execute(query, self._me)]
            told = dict(connection.execute(f"{said} GROUP BY 1").fetchall()) if wanted else {}
        return tuple(
            head
            for head in heads
            if all(word in f"{head.title}\n{told.get(head.id)}".casefold() for word in wanted)
        )

    def shows(self, record_id: str) -> bool:
        """Tell whether a conversation that is seen has a record."""
        query = (
            "SELECT 1 FROM turns JOIN conversations ON conversation = id"
            f" WHERE record = :record AND {_SEEN} LIMIT 1"
        )
        with self._file.reading() as connection:
            found = connection.execute(query, {"record": record_id, **self._me}).fetchone()
        return found is not None

    def rename(self, conversation_id: str, title: str) -> None:
        """Give a conversation another title.

        Raises DeskError where there is none with the id that may be changed, or the title is empty.
        """
        told = " ".join(title.split())
        if not told:
            raise DeskError("a conversation needs a title; the old one stays")
        with self._file.writing() as connection:
            self._change(
                connection, "UPDATE conversations SET title = :value", conversation_id, told
            )

    def share(self, conversation_id: str, is_shared: bool) -> None:
        """Have all see one's own conversation, or nobody else any more. Raises DeskError."""
        change = "UPDATE conversations SET is_shared = :value"
        with self._file.writing() as connection:
            self._change(connection, change, conversation_id, is_shared)
        deed: Deed = "shared" if is_shared else "unshared"
        write_down(self._home, self._person, deed, "conversation", conversation_id)

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation; the records of its answers stay. Raises DeskError."""
        with self._file.writing() as connection:
            self._change(connection, "DELETE FROM conversations", conversation_id)
            connection.execute("DELETE FROM turns WHERE conversation = ?", (conversation_id,))
        write_down(self._home, self._person, "deleted", "conversation", conversation_id)

    def _change(
        self,
        connection: sqlite3.Connection,
        change: str,
        conversation_id: str,
        value: object = None,
    ) -> None:
        """Change a conversation. Raises DeskError where that may not be, or there is none."""
        told = {"value": value, "id": conversation_id, **self._me}
        if connection.execute(f"{change} WHERE id = :id AND {_CHANGED}", told).rowcount:
            return
        head = self._head(connection, conversation_id)
        if head is None:
            raise _unknown(conversation_id)
        whose = f"belongs to {head.owner}" if head.owner else "is changed by editors alone"
        raise DeskError(f"this conversation {whose}; ask on in it, and it becomes your own copy")

    def _head(
        self, connection: sqlite3.Connection, conversation_id: str
    ) -> ConversationHead | None:
        """Return the head of a conversation that is seen, None where there is none with the id."""
        told = {"id": conversation_id, **self._me}
        row = connection.execute(f"{_SHOWN} AND id = :id", told).fetchone()
        return self._told(row) if row else None

    def _told(self, row: tuple[str, str, str, str, str, str, int]) -> ConversationHead:
        id, title, made, changed, owner, owner_name, is_shared = row
        is_own = owner == self._person.id
        may_change = is_own or not self._person.id or (not owner and self._person.is_editor)
        name = "" if is_own else owner_name
        return ConversationHead(id, title, made, changed, name, is_own, bool(is_shared), may_change)


def _unknown(conversation_id: str) -> DeskError:
    return DeskError(f"no conversation has the id {conversation_id!r}; it may have been deleted")
