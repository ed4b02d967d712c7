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
# A year that another is held against: "Against the same quarter of 2025 output rose by 63%".
_HELD_AGAINST = re.compile(
    r"\b(?:against|compared (?:with|to)|relative to|versus|vs\.?|than|up from|down from)"
    r"(?: [^\s.,;]+){0,5}? (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_FLOW = re.compile(  # what comes to something over a year, and not on a day of it
    r"\b(?:production|output|produc\w+|mine[sd]?|mak(?:e|ing)|made|turn(?:ed)? out|import\w*|"
    r"export\w*|sales|s[oe]ll|sold|revenues?|turnover|profits?|income|loss|earn\w*|EBITDA|"
    r"consum\w+|demand|shipp?\w*|quotas?|average|spen[dt]\w*|use[ds]?|pa(?:y|ys|id)|invest\w*|"
    r"receiv\w+|recycl\w+|process\w*)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"\b(?:reported|quoted|sources?|publications?|published by)\b", re.IGNORECASE)


_UNKNOWN_EDITION = 0.4  # of a statement of no edition, which may report one


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
    is_held_against = _is_held_against(candidate, own)
    if own.years and not is_held_against:
        return own, 1.0
    for text in (*wider, source.title):
        told_near = times_told(text)
        if told_near.years and is_held_against:
            return replace(
                own, years=own.years | told_near.years, parts=own.parts | told_near.parts
            ), 0.8
        if told_near.years:
            return replace(
                told_near,
                months=own.months or told_near.months,
                parts=own.parts or told_near.parts,
                steps=own.steps or told_near.steps,
            ), 0.8
    return own, 1.0 if own.years else 0.0


def _is_held_against(candidate: Candidate, own: Times) -> bool:
    """Tell whether a sentence names no year but one that its own time is compared with."""
    if candidate.is_row or not own.years:
        return False
    return not times_told(_HELD_AGAINST.sub(" ", candidate.text)).years


def _is_plain(text: str) -> bool:
    """Tell whether a cell is a bare figure, of which no year is read."""
    return bool(re.fullmatch(r"[\d.,\s%$–—-]+", text)) and not re.fullmatch(r"(?:19|20)\d\d", text)


def time_agreement(required: Requirements, candidate: Candidate) -> float:
    """Return whether a statement speaks of a year asked for: 1 yes, 0 of others, 0.5 unknown."""
    asked = required.times.years
    if not asked and required.times.published:
        return _published_agreement(required.times.published, candidate)
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


def _published_agreement(published: frozenset[int], candidate: Candidate) -> float:
    """Return whether a statement is of what a question cites by its year: 1 yes, 0.8 unknown."""
    told, _ = statement_times(candidate)
    own = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", candidate.text)}
    is_source = any(candidate.evidence.source.published.startswith(str(y)) for y in published)
    return 1.0 if is_source or published & (told.years | own) else 0.8


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
    whole = whole and bool(_FLOW.search(required.question.text))
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
    is_other = source.edition or editions(f"{text.own} {text.near} {text.passage}")
    return 0.0 if is_other else _UNKNOWN_EDITION
