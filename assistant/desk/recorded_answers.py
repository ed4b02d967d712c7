"""Recorded answers and kept conversations as they are shown again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.answer import Answer
from assistant.answer.answer_reading import answer_of_json, recorded_source
from assistant.desk.conversations import ConversationHead, ConversationTurn, KeptConversation
from assistant.errors import RecordError
from assistant.records import AnswerRecords
from corpus.description.describing import version_id
from corpus.document import Source
from index.errors import UnknownSourceError
from index.passage import Filters
from index.storage.catalog import Catalog

_LOST = "This answer is no longer recorded; ask the question again."


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """An answer that was recorded; `record_id` is "" where it is no longer."""

    record_id: str
    answer: Answer
    filters: Filters
    stands_alone: bool = False
    time: str = ""


@dataclass(frozen=True, slots=True)
class OpenConversation:
    """A kept conversation with its answers."""

    head: ConversationHead
    turns: tuple[RecordedAnswer, ...]


class RecordReader:
    """Makes answers anew of the records of a home, with sources as the catalog knows them now.

    A page of the web is shown in the version that was cited.
    """

    def __init__(self, records: AnswerRecords, catalog: Catalog) -> None:
        self._records = records
        self._catalog = catalog

    def answer(self, record_id: str) -> RecordedAnswer:
        """Return a recorded answer. Raises RecordError."""
        record = self._records.get(record_id)
        answer = answer_of_json(record.answer, self._source, self._text)
        known = tuple(one for one in answer.evidence if one.passage.text)
        stands_alone = not record.turns
        told = replace(answer, evidence=known)
        return RecordedAnswer(record.id, told, record.filters, stands_alone, record.time)

    def conversation(self, kept: KeptConversation) -> OpenConversation:
        """Return a conversation with its answers; one that is no longer recorded says so."""
        return OpenConversation(kept.head, tuple(map(self._turn, kept.turns)))

    def _turn(self, turn: ConversationTurn) -> RecordedAnswer:
        try:
            return replace(self.answer(turn.record_id), stands_alone=turn.stands_alone)
        except RecordError:
            lost = Answer(turn.question, "", "answered", "", warnings=(_LOST,))
            return RecordedAnswer("", lost, Filters(), turn.stands_alone)

    def _source(self, told: Mapping[str, Any]) -> Source:
        source_id, fetched = told.get("source_id", told.get("id", "")), told.get("fetched", "")
        try:
            source = self._catalog.source(source_id).source
            if fetched in ("", source.fetched):
                return source
            return self._catalog.source(version_id(source_id, fetched)).source
        except UnknownSourceError:
            return recorded_source(told)

    def _text(self, source_id: str, number: int) -> str:
        try:
            return self._catalog.page(source_id, number).text
        except UnknownSourceError:
            return ""
