"""The dated statements of a topic in the order of their dates, each with the sentence that says it.

A date has the precision to which it is given: "2025" stands before "2025-04".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from assistant.answer import source_to_json
from assistant.fact_writing import about_text
from corpus.facts import Day
from corpus.language.periods import Period
from index.facts import LedgerFact

Bound = Literal["", "by", "until", "since"]

_VALID = ("in force", "suspended", "expired")


@dataclass(frozen=True, slots=True)
class DatedStatement:
    """A statement of a source with its date.

    `event` is what the date is of ("announcement", "suspension"), `bound` whether it is the day
    itself or one by which, until which or since which something holds.
    """

    found: LedgerFact
    date: Period
    event: str
    bound: Bound
    about: str

    @property
    def sentence(self) -> str:
        """The words that say it, on one line."""
        return " ".join(self.found.quote.split())

    @property
    def date_text(self) -> str:
        """The date with its bound: "until 2026-11-10"."""
        return f"{self.bound} {self.date.text}".strip()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dated statements of a topic, the earliest first.

    `is_by_meaning` tells that none says so in the words that were asked for, and that these stand
    in the passages nearest to them.
    """

    statements: tuple[DatedStatement, ...]
    is_by_meaning: bool = False


def statements_of(facts: Iterable[LedgerFact]) -> tuple[DatedStatement, ...]:
    """Return dated facts as statements in order; what a sentence says of one date only once."""
    said: dict[tuple[str, int, int, str], DatedStatement] = {}
    for one in facts:
        if isinstance(one.fact.value, Day):
            place, date = one.fact.place, one.fact.value.date
            said.setdefault((one.source.id, place.page, place.start, date.text), _said(one, date))
    return tuple(sorted(said.values(), key=_order))


def timeline_to_json(timeline: Timeline) -> dict[str, Any]:
    """Return a timeline as `timeline --json` prints it."""
    record: dict[str, Any] = {"statements": [_to_json(one) for one in timeline.statements]}
    if timeline.is_by_meaning:
        record["by_meaning"] = True
    return record


def _said(one: LedgerFact, date: Period) -> DatedStatement:
    event = one.fact.measure.removesuffix("date").strip()
    return DatedStatement(one, date, event, _bound(one), about_text(one.fact))


def _bound(one: LedgerFact) -> Bound:
    period = one.fact.period.text if one.fact.period else ""
    if period.startswith("../"):
        return "until" if one.fact.status in _VALID else "by"
    return "since" if period.endswith("/..") else ""


def _order(one: DatedStatement) -> tuple[str, str, str, int]:
    first = one.date.first or f"{one.date.year:04}"
    return first, one.date.text, one.found.source.path, one.found.fact.place.start


def _to_json(one: DatedStatement) -> dict[str, Any]:
    fact = one.found.fact
    return {
        "date": one.date.text,
        "bound": one.bound,
        "event": one.event,
        "about": one.about,
        "status": fact.status,
        "superseded": one.found.is_superseded,
        "sentence": one.sentence,
        "source": source_to_json(one.found.source),
        "page": fact.place.page,
        "page_label": one.found.page_label,
        "start": fact.place.start,
        "end": fact.place.end,
    }
