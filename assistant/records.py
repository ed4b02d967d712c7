"""Records of answers: what was asked, over which index, and what was said, kept in the home.

HOME/records.sqlite holds the last 10,000; any number of processes may write at once. A record is
seen by the person who asked, one that was made where nobody signs in by all. The file is apart
from the catalog, so that a damaged record never costs an index: a damaged file is put aside under
another name and a new one begun.
"""

import json
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Turn, answer_to_json
from assistant.errors import DamagedRecordError, RecordError
from assistant.people import HOLDER, Person
from assistant.settings import Settings
from index.passage import Filters
from index.storage.home_database import HomeDatabase, Upgrade

RECORDS_FILE = "records.sqlite"
KEPT_RECORDS = 10_000  # of some ten kilobytes each; beyond it the oldest are dropped
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
_ID_SIGNS = 7
_SCHEMA = """CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time TEXT NOT NULL,
    status TEXT NOT NULL, question TEXT NOT NULL, content BLOB NOT NULL,
    owner TEXT NOT NULL DEFAULT '')"""
_OWNERS = Upgrade(
    "records", "owner", "ALTER TABLE records ADD COLUMN owner TEXT NOT NULL DEFAULT ''"
)
_SEEN = "(:person = '' OR owner IN ('', :person))"
_DAMAGES = (zlib.error, ValueError, KeyError, TypeError, AttributeError)
_MARK = re.compile(r" ?\[\d+\]")  # of a citation that is not kept
_NO_SUCH_RECORD = "no record has the id {!r}; rare-earth records shows the last ones"


@dataclass(frozen=True, slots=True)
class Record:
    """An answer with what it was made from, as it is kept.

    `answer` has the form of `ask --json`, its evidence without the texts of the passages. `turns`
    are those that a follow-up was worked out from; `fingerprint` is that of the index. `as_table`
    says that a table was asked for beside the question. `id` is "" until it is kept.
    """

    time: str  # UTC, ISO 8601
    answer: dict[str, Any]
    turns: tuple[Turn, ...]
    filters: Filters
    fingerprint: str
    embedding_model: str
    passages: int
    reranker: str
    program: str  # its version
    as_table: bool = False
    threshold: float | None = None  # none in records of earlier versions
    entailment: str = ""
    model: str = ""  # the language model that was set, whether or not its words are shown
    verifier: str = ""  # another model that verified; "" for the same one
    id: str = ""


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What tells a record apart in a list."""

    id: str
    time: str
    status: str
    question: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The id under which an answer was kept; "" where it could not be, and the warning why.

    `record` is what was, or was to be, kept; None for an answer that is shown again.
    """

    id: str
    warning: str = ""
    record: Record | None = None


def record_of(
    answer: Answer,
    turns: Sequence[Turn],
    filters: Filters,
    settings: Settings,
    fingerprint: str,
    as_table: bool = False,
) -> Record:
    """Return the record of an answer that was just given; it has no id yet."""
    told = answer_to_json(answer)
    told["evidence"] = [
        {name: value for name, value in found.items() if name not in ("text", "context", "cells")}
        for found in told["evidence"]
    ]
    return Record(
        time=datetime.now(UTC).isoformat(timespec="milliseconds"),
        answer=told,
        turns=tuple(turns),
        filters=filters,
        fingerprint=fingerprint,
        embedding_model=settings.embedding_model,
        passages=settings.passages,
        reranker=settings.reranker,
        program=version("rare-earth-assistant"),
        as_table=as_table,
        threshold=settings.threshold,
        entailment=settings.entailment,
        model=settings.model,
        verifier=settings.verifier,
    )


class AnswerRecords:
    """The records of one home as a person sees them.

    `is_shown` tells of the record of another whether it stands in a conversation that the person
    sees.
    """

    def __init__(
        self,
        home: Path,
        person: Person = HOLDER,
        is_shown: Callable[[str], bool] = lambda _: False,
        limit: int = KEPT_RECORDS,
    ) -> None:
        file = home / RECORDS_FILE
        self._file = HomeDatabase(
            file, _SCHEMA, DamagedRecordError, "new records begin", (_OWNERS,)
        )
        self._person = person
        self._is_shown = is_shown
        self._limit = limit

    def keep(self, record: Record) -> Kept:
        """Keep a record and say under which id; never raises for what is wrong with the file."""
        try:
            return Kept(self._put(record), record=record)
        except DamagedRecordError as error:
            if isinstance(error.__cause__, sqlite3.OperationalError):  # another time it may be
                return _not_kept(record, error)
            return self._keep_in_a_new_file(record)

    def get(self, record_id: str) -> Record:
        """Return the record of an id. Raises RecordError where there is none that can be read."""
        wanted = record_id.strip().lower()
        with self._file.reading() as connection:
            query = "SELECT content, owner FROM records WHERE id = ?"
            row = connection.execute(query, (wanted,)).fetchone()
        if row is None or not self._sees(wanted, row[1]):
            raise RecordError(_NO_SUCH_RECORD.format(record_id))
        try:
            return replace(_unpacked(row[0]), id=wanted)
        except _DAMAGES as error:
            raise DamagedRecordError(
                f"the record {wanted} is damaged ({error}); ask the question again"
            ) from error

    def conversation(self, record: Record) -> tuple[Record, ...]:
        """Return the records of the turns that led to a record, in their order, and it at the end.

        A turn's record is the last earlier one with its question and answer after the same turns.
        Of a turn that is no longer recorded stands what was said, with no id and no citations.
        Raises RecordError for a damaged file.
        """
        wanted = list(range(0, len(record.turns) - 1, 2))
        found = {at: _of_turn(record, at) for at in wanted}
        for earlier in self._before(record):
            for at in [one for one in wanted if _is_of_turn(earlier, record.turns, one)]:
                found[at] = earlier
                wanted.remove(at)
            if not wanted:
                break
        return (*found.values(), record)

    def _before(self, record: Record) -> Iterator[Record]:
        """Yield the records before one, the newest first; damaged ones are left out."""
        query = (
            "SELECT id, content, owner FROM records WHERE number <"
            " (SELECT number FROM records WHERE id = ?) ORDER BY number DESC"
        )
        with self._file.reading() as connection:
            for record_id, content, owner in connection.execute(query, (record.id,)):
                with suppress(*_DAMAGES):
                    if self._sees(record_id, owner):
                        yield replace(_unpacked(content), id=record_id)

    def _sees(self, record_id: str, owner: str) -> bool:
        me = self._person.id
        return not me or owner in ("", me) or self._is_shown(record_id)

    def latest(self, count: int) -> tuple[RecordHead, ...]:
        """Return the last records, the newest first. Raises RecordError for a damaged file."""
        query = (
            f"SELECT id, time, status, question FROM records WHERE {_SEEN}"
            " ORDER BY number DESC LIMIT :count"
        )
        asked = {"person": self._person.id, "count": count}
        with self._file.reading() as connection:
            return tuple(RecordHead(*row) for row in connection.execute(query, asked))

    def _put(self, record: Record) -> str:
        content = _packed(record)
        answer = record.answer
        with self._file.writing() as connection:
            for attempt in range(100):
                record_id = short_id(content, attempt)
                added = connection.execute(
                    "INSERT OR IGNORE INTO records (id, time, status, question, content, owner)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        *(record_id, record.time, answer["status"], answer["question"]),
                        *(content, self._person.id),
                    ),
                )
                if added.rowcount:
                    break
            connection.execute(
                "DELETE FROM records WHERE number <= (SELECT max(number) FROM records) - ?",
                (self._limit,),
            )
        return record_id

    def _keep_in_a_new_file(self, record: Record) -> Kept:
        """Put a file that is no longer a database aside, and keep the record in a new one."""
        file = self._file.file
        aside = file.with_name(f"records-damaged-{record.time[:19].replace(':', '')}.sqlite")
        try:
            file.replace(aside)
            told = f"{file} was damaged and is now {aside.name}; new records begin"
            return Kept(self._put(record), told, record)
        except (OSError, DamagedRecordError) as error:
            return _not_kept(record, error)


def _not_kept(record: Record, error: Exception) -> Kept:
    return Kept("", f"this answer is not recorded: {error}", record)


def _is_of_turn(earlier: Record, turns: Sequence[Turn], at: int) -> bool:
    """Tell whether a record is that of the question and answer at a place among turns."""
    asked, said = turns[at : at + 2]
    answer = earlier.answer
    questions = (answer["question"], answer.get("standalone_question"))
    return (
        asked.content in questions
        and said.content == answer["text"]
        and earlier.turns == tuple(turns[:at])
    )


def _of_turn(record: Record, at: int) -> Record:
    """Return what was said in a turn before a record as one: without sentences and citations."""
    asked, said = record.turns[at : at + 2]
    told = {
        "question": asked.content,
        "standalone_question": asked.content,
        "status": "answered",
        "text": _MARK.sub("", said.content),
        "sentences": [],
        "citations": [],
        "evidence": [],
    }
    return replace(record, id="", answer=told, turns=record.turns[:at])


def short_id(content: bytes, attempt: int) -> str:
    """Return a short id of what is kept, which has the time in it; another for each attempt."""
    number = int.from_bytes(sha256(content + bytes([attempt])).digest()[:8], "big")
    signs = []
    for _ in range(_ID_SIGNS):
        number, at = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[at])
    return "".join(signs)


def _packed(record: Record) -> bytes:
    fields = asdict(record)
    del fields["id"]
    return zlib.compress(json.dumps(fields, ensure_ascii=False).encode())


def _unpacked(content: bytes) -> Record:
    fields = json.loads(zlib.decompress(content))
    fields["turns"] = tuple(Turn(**turn) for turn in fields["turns"])
    filters = fields["filters"]
    fields["filters"] = Filters(**filters | {"source_ids": tuple(filters.get("source_ids", ()))})
    record = Record(**fields)
    if not {"status", "question", "text", "sentences", "citations", "evidence"} <= {*record.answer}:
        raise ValueError("its answer is not whole")
    return record
