"""Whether a statement gives the measure asked for, and neither less of it nor a plan."""

import re
from functools import cache, lru_cache

from assistant.candidates import Candidate
from assistant.requirements import Requirements
from index.wording import StemSet, plain_words, stem, words

_PLAN = re.compile(
    r"\b(?:plans?|planned|planning|intends?|expects?|expected|targets?|targeted|forecasts?|will|"
    r"would|could|aims?|proposed|is to|are to|was to|were to|up to|scheduled|guidance|potential)\b",
    re.IGNORECASE,
)
_ASKS_FACT = re.compile(r"\b(?:did|was|were|has|have|had|made|really|actually)\b", re.IGNORECASE)
# What narrows a figure: a statement that says so of a question that does not is about less, or
# about something else.
_NARROWING = re.compile(
    r"\b(quotas?|capacity|capacities|forecast|guidance|target|per share|a share|per employee|"
    r"resources?|reserves?|cumulative|excluding|sold|sales|stocks?|stockpiles?|grade|licen[cs]es?|"
    r"draft|earlier|planned|growth|change on the year|number)\b",
    re.IGNORECASE,
)
# A statement about one of a line, and not the one asked for, is about something else.
_APART = (
    StemSet("oxide metal alloy concentrate carbonate"),
    StemSet("imports exports"),
    StemSet("revenue profit"),
    StemSet("light heavy"),
    StemSet("reserves production consumption resource"),
    StemSet("mining separation"),
    StemSet("quota capacity"),
)
# What is measured: a statement about another measure than the one asked for is no answer.
_MEASURES = {
    "quota": "quota quotas",
    "capacity": "capacity",
    "reserves": "reserve reserves",
    "resource": "resource resources",
    "production": "production output produced mined mine made",
    "exports": "exports exported export shipped shipments",
    "imports": "imports imported import",
    "consumption": "consumption consumed demand",
    "sales": "sales sold revenue turnover",
    "profit": "profit loss income earnings",
    "price": "price prices cost costs",
    "employment": "employment employees jobs workers",
    "stake": "stake stakes shareholding",
    "grade": "grade",
}
_NOT_THE_MEASURE = frozenset(("quota", "capacity", "reserves", "resource", "grade"))


def same_thing(required: Requirements, said: frozenset[str]) -> float:
    """Return 0 where a statement is about the other of two things that are told apart."""
    asked = {stem(word) for word in plain_words(required.question.text)}
    asked |= {stem(word) for word in words(required.question.text)}
    apart = [group for group in _APART if len(asked & group) == 1 and said & group]
    return float(all(said & group & asked for group in apart))


def measure_agreement(required: Requirements, candidate: Candidate) -> float:
    """Return 0 where a statement gives another measure than the one asked for."""
    if not required.wants_figure:
        return 1.0
    asked = _measures(required.question.text)
    own = candidate.text
    if candidate.is_row:
        passage = candidate.evidence.passage
        columns = " | ".join(cell.column for cell in candidate.cells)
        own = f"{passage.row_label} | {columns} | {passage.context.caption}"
    told = _measures(own)
    if not asked or not told:
        return 0.9
    if not asked & told:
        return 0.0 if candidate.is_row else 0.3
    return 0.4 if told & _NOT_THE_MEASURE - asked and candidate.is_row else 1.0


@lru_cache(maxsize=8_000)
def _measures(text: str) -> frozenset[str]:
    measures = _measure_of()
    return frozenset(measures[key] for key in map(stem, plain_words(text)) if key in measures)


@cache  # stems wait for the lexicon, which is read when a text is
def _measure_of() -> dict[str, str]:
    return {stem(word): name for name, written in _MEASURES.items() for word in written.split()}


def not_narrowed(required: Requirements, candidate: Candidate) -> float:
    """Return less the more a statement narrows what the question does not."""
    if not required.wants_figure:
        return 1.0
    asked = {stem(word) for word in plain_words(required.question.text)}
    own = candidate.text
    if candidate.is_row:
        passage = candidate.evidence.passage
        columns = " | ".join(cell.column for cell in candidate.cells)
        own = f"{passage.row_label} | {columns} | {passage.context.caption}"
    told = {
        found.lower()
        for found in _NARROWING.findall(own)
        if not {stem(word) for word in plain_words(found)} & asked
    }
    return 1.0 / (1 + len(told))


def not_a_plan(required: Requirements, candidate: Candidate) -> float:
    """Return 0 where a plan is told and a fact is asked for."""
    text = required.question.text
    if _PLAN.search(text) or not required.wants_figure or not _ASKS_FACT.search(text):
        return 1.0
    return float(not _PLAN.search(candidate.text))
