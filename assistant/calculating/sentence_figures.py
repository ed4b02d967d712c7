"""Looking up one figure in running text, where no table has it.

A sentence answers only where its figure cannot be mistaken: it names whom the question names, the
one figure of the right kind stands with the one year, and nothing makes it a plan or a part.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.calculating.calculation import Operand, State
from assistant.calculating.cell_facts import bases_of
from assistant.calculating.subjects import (
    find_entities,
    is_of_rare_earths,
    kinds_measured,
)
from assistant.calculating.times import find_editions, find_times, names_part_of_year
from assistant.calculating.units import Measure, read_measure
from assistant.calculating.wanted import Wanted, unit_kinds
from assistant.candidates import Candidate
from assistant.quantities import Quantity, find_quantities
from assistant.sentences import sentence_spans
from index.passage import Evidence
from index.wording import stem, stems

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_KINDS = {"amount": "mass", "money": "money", "price": "price", "percent": "percent"}
_NOT_YET = re.compile(
    r"\b(?:will|would|could|may|might|expects?|expected|plans?|planned|targets?|targeted|forecasts?|"
    r"aims?|capacity|designed|potential|guidance|quotas?|proposed|instead\s+of|not|no|national)\b",
    re.IGNORECASE,
)
_WITH_YEAR = re.compile(
    r"[^\d;]{0,40}?\b(?:in|of|for|during)\s+(?:calendar\s+|fiscal\s+|the\s+year\s+)?"
    r"(?P<time>(?:1[89]|20)\d\d|FY\s?\d\d)\b",
    re.IGNORECASE,
)
_AFTER_YEAR = re.compile(
    r"\b(?:in|for|during)\s+(?:calendar\s+|fiscal\s+)?(?P<time>(?:1[89]|20)\d\d|FY\s?\d\d),?\s+"
    r"(?:(?:was|were|is|stood|came|amounted|reached|totall?ed|produced|made|mined)\b[^\d;,]{0,30})?$",
    re.IGNORECASE,
)
_BOUNDS: dict[str, State] = {"above": "bound", "below": "bound"}
_FAR = 1000  # sentences stand behind all cells


def sentence_operands(wanted: Wanted, evidence: tuple[Evidence, ...]) -> tuple[Operand, ...]:
    """Return the figures of sentences that answer a lookup, in the order of the evidence."""
    found: list[Operand] = []
    for order, item in enumerate(evidence):
        passage = item.passage
        if passage.kind != "prose" or not wanted.time or not wanted.kinds:
            continue
        for start, end in sentence_spans(passage.text):
            found += _operands(wanted, item, start, end, order)
    return tuple(found)


def _operands(
    wanted: Wanted, item: Evidence, start: int, end: int, order: int
) -> Iterator[Operand]:
    text = item.passage.text[start:end]
    if not _speaks_of(wanted, text, item):
        return
    quantity = _one_figure(wanted, text)
    for figure in quantity:
        numbers = [Decimal(n.replace(",", "")) for n in _NUMBER.findall(figure.text)]
        measure = _measure(figure)
        if not numbers or not measure.kind:
            continue
        low, high = numbers[0], numbers[-1]
        state: State = "range" if low < high else _BOUNDS.get(figure.bound, "value")
        offset = item.passage.start
        editions = find_editions(text)
        yield Operand(
            candidate=Candidate(item, re.sub(r"\s+", " ", text), offset + start, offset + end),
            text=re.sub(r"\s+", " ", figure.text),
            low=low,
            high=high,
            state=state,
            measure=measure,
            kind=wanted.kinds[0],
            bases=bases_of(text, measure),
            edition=editions[0].name if len(editions) == 1 else "",
            extra_words=len(stems(text)),
            order=_FAR + order,
        )


def _speaks_of(wanted: Wanted, text: str, item: Evidence) -> bool:
    """Tell whether a sentence is about what is wanted, and about nobody else."""
    if _NOT_YET.search(text) or names_part_of_year(text):
        return False
    if kinds_measured(text)[:1] != wanted.kinds[:1]:
        return False
    named = find_entities(text)
    groups = {entity.group for entity in wanted.entities}
    others = {e.id for e in named if e.group in groups} - wanted.ids - {"united-states"}
    around = f"{item.passage.context.section} | {item.source.title}"
    ids = frozenset(entity.id for entity in named)
    if others or not wanted.ids <= ids:
        return False
    if "firm" not in groups and any(entity.group == "firm" for entity in named):
        return False
    if groups == {"area"} and not is_of_rare_earths(text, item.source):
        return False
    said = stems(f"{text} | {around}") | {stem("mine"), stem("production")}
    editions = find_editions(f"{text} | {item.source.edition}")
    if wanted.edition.series and not any(e.is_of(wanted.edition) for e in editions):
        return False
    return wanted.words <= said


def _one_figure(wanted: Wanted, text: str) -> tuple[Quantity, ...]:
    """Return the figure that stands with the year; none where another could be meant."""
    kinds = unit_kinds(wanted)
    figures = [q for q in find_quantities(text) if _KINDS.get(q.kind, "") in kinds]
    if len(figures) == 1 and find_times(text) == (wanted.time,):
        return (figures[0],)
    beside = []
    free = 0  # from where a year that leads to a figure may stand
    for at, figure in enumerate(figures):
        until = figures[at + 1].start if at + 1 < len(figures) else len(text)
        after = _WITH_YEAR.match(text[figure.end : until])
        before = None if after else _AFTER_YEAR.search(text[free : figure.start])
        found = after or before
        if found and find_times(found["time"]) == (wanted.time,):
            beside.append(figure)
        free = figure.end + (after.end() if after else 0)
    return tuple(beside) if len(beside) == 1 else ()


def _measure(figure: Quantity) -> Measure:
    return read_measure(figure.text)
