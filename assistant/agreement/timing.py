"""Whether a statement speaks of the time, the part of a year and the edition asked for."""

import re
from dataclasses import replace

from assistant.agreement.scopes import scopes
from assistant.agreement.silence import states_absence
from assistant.candidates import Candidate
from assistant.requirements import Requirements
from assistant.times import Times, times_told
from index.question import editions

# Heads of columns that say whose word a row is: the dates in them are of publication.
_CREDIT = re.compile(r"\b(?:reported|quoted|sources?|publications?|published by)\b", re.IGNORECASE)


def statement_times(candidate: Candidate) -> tuple[Times, float]:
    """Return the times that a statement speaks of, and how sure that is: 1 where it says so."""
    passage, source = candidate.evidence.passage, candidate.evidence.source
    context = passage.context
    if candidate.is_row:
        cells = [cell for cell in candidate.cells if not _CREDIT.search(cell.column)]
        told = " | ".join((passage.row_label, *(f"{c.column}: {c.text}" for c in cells)))
        own = times_told(told)
        dated = {c.year for c in candidate.cells if c.year and not editions(c.column)}
        own = replace(own, years=own.years | dated)
        beside = (c for c in passage.cells[1:] if not _CREDIT.search(c.column))
        others = times_told(" | ".join(c.text for c in beside if not _is_plain(c.text)))
        if not own.years and others.years:
            own = replace(own, years=others.years)
        if not own.parts and not own.months:
            table = times_told(f"{context.caption} | {context.section}")
            own = replace(
                own, parts=table.parts, months=table.months if not own.years else own.months
            )
        wider = (context.caption, context.section)
    else:
        own = times_told(candidate.text)
        before = passage.text[: candidate.start - passage.start]
        wider = (before[-300:], context.section)
    if own.years:
        return own, 1.0
    for text in (*wider, source.title):
        told_near = times_told(text)
        if told_near.years:
            return replace(
                told_near,
                months=own.months or told_near.months,
                parts=own.parts or told_near.parts,
                steps=own.steps or told_near.steps,
            ), 0.8
    return own, 0.0


def _is_plain(text: str) -> bool:
    """Tell whether a cell is a bare figure, of which no year is read."""
    return bool(re.fullmatch(r"[\d.,\s%$–—-]+", text)) and not re.fullmatch(r"(?:19|20)\d\d", text)


def time_agreement(required: Requirements, candidate: Candidate) -> float:
    """Return whether a statement speaks of a year asked for: 1 yes, 0 of others, 0.5 unknown."""
    asked = required.times.years
    if not asked:
        return 1.0
    told, sure = statement_times(candidate)
    if told.years & asked:
        return 0.9 + 0.1 * sure
    if told.within & asked:
        return 0.7
    if states_absence(candidate):
        return 0.6
    if not told.years:
        return 0.6 if set(candidate.evidence.source.data_years) & asked else 0.5
    return 0.0 if sure == 1.0 else 0.35


def part_agreement(required: Requirements, candidate: Candidate) -> float:
    """Return whether a statement speaks of the month, quarter, half or batch asked for."""
    asked = required.times
    told, _ = statement_times(candidate)
    if not candidate.is_row:
        context = candidate.evidence.passage.context
        section = times_told(f"{context.section} | {context.caption}")
        told = replace(told, parts=told.parts or section.parts, steps=told.steps or section.steps)
    if asked.steps and told.steps:
        return float(bool(asked.steps & told.steps))
    if asked.parts:
        if told.parts:
            return float(bool(asked.parts & told.parts))
        return 0.5 if told.months else 0.3
    if asked.months:
        if told.months:
            return float(bool(asked.months & told.months))
        return 0.2 if told.parts else 0.4
    if asked.steps:
        return 0.4
    whole = asked.years and required.wanted in ("mass", "money", "figure")
    if whole and told.parts and len(told.parts) < 4:
        return 0.0 if asked.whole_year else 0.2
    if whole and candidate.is_row and len(told.months) == 1 and not told.parts:
        return 0.1 if asked.whole_year else 0.4
    if asked.whole_year and told.months and not told.parts:
        return 0.5
    if whole and told.steps:
        return 0.3
    return 1.0


def edition_agreement(required: Requirements, candidate: Candidate) -> float:
    """Return whether a statement comes from, or speaks of, an edition asked for."""
    asked = set(required.question.editions)
    if not asked:
        return 1.0
    source, text = candidate.evidence.source, scopes(candidate)
    if set(editions(text.own)) & asked:
        return 1.0
    if source.edition in asked:
        return 1.0
    if set(editions(f"{text.near} {text.passage}")) & asked:
        return 0.2 if set(editions(text.own)) else 0.8
    return 0.0
