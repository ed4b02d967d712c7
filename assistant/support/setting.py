"""Whether a sentence keeps the setting of a figure: its year and edition, and whose it is.

"Brazil mined 560 t" leaves out the year that makes it true; "13,000 t in 2024" the edition that a
later one has corrected.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.quantities import Quantity, agree, find_quantities
from assistant.support.cell_figures import year_of
from assistant.support.clauses import relevant
from assistant.support.facets import NAMING, find_marks, is_among, values
from assistant.support.figure_checks import same_claimed, times_of
from assistant.support.reading import (
    Figure,
    Sentence,
    editions_in,
    is_covered,
    plain_content,
    stems_of,
    years_in,
)
from assistant.support.statement import Statement
from assistant.support.support import Reason
from corpus.document import Cell

_GENERAL = frozenset(("rare-earths", "reo", "world"))
_ORIGIN = re.compile(r"\b(?:origins?|sources?|suppliers?|country of)\b", re.IGNORECASE)
_ABSENT = re.compile(r"\b(?:NA|N/A|W|none|not \w+)\b")
_EXCLUDED = re.compile(
    r"\b(?:exclud\w+|(?:do(?:es)?|did) not include|not including|without|except\w*)\b",
    re.IGNORECASE,
)
_KINDS = re.compile(r"\b(?:heavy|light)\b(?=[\s)]*(?:rare|\)|>))", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NAMES_EDITION = re.compile(
    r"\b(?:MCS|MYB|editions?|Summaries|Yearbook|superseded|revis\w+|earlier|previous\w*|older|"
    r"versions?|had|first)\b"
)


def check_setting(
    claim: Sentence, held: Sequence[Figure], statement: Statement, question: str
) -> Iterator[Reason]:
    """Yield what a sentence leaves out of, or takes from too far for, its setting.

    What the question names, its year among it, is understood.
    """
    yield from _check_year(claim, held, statement, years_in(question))
    yield from _check_times_near(claim, statement)
    yield from _check_edition(claim, statement)
    yield from _check_owner(claim, statement)
    yield from _check_kind(claim, statement, question)


def _check_year(
    claim: Sentence, held: Sequence[Figure], statement: Statement, asked: frozenset[str]
) -> Iterator[Reason]:
    """Check that a figure which is of one year among others is told with it, or was asked so."""
    if claim.times or claim.editions or claim.labels or not claim.figures:
        return
    for figure in claim.figures:
        if figure.quantity.kind == "count":
            continue
        same = [h for h in held if same_claimed(figure, h, claim) and h.years]
        if not statement.is_row:  # of what stands in the same clause
            here = years_in(relevant(claim, statement))
            same = [h for h in same if h.years & here]
        if not same or any(h.years & asked for h in same):
            continue
        others = {y for h in held for y in h.years} | {str(year_of(c)) for c in statement.others}
        rest = others - {y for h in same for y in h.years} - {"0"}
        if asked or rest or not statement.is_row or years_in(statement.label):
            yield Reason("year", figure.quantity.text, False)


def _check_times_near(claim: Sentence, statement: Statement) -> Iterator[Reason]:
    """Check that a year which the statement itself does not name is the one of its setting."""
    near = (statement.own_words, statement.caption, *statement.notes)
    own = [*times_of(statement), *(q for text in near for q in _times(text))]
    cells = {str(year_of(cell)) for cell in statement.cells}
    for time in claim.times:
        year = str(int(time.low // 10_000 if time.kind == "date" else time.low))
        if year in cells or any(agree(time, q) for q in own):
            continue
        around = (
            years_in(statement.section),
            years_in(statement.before),
            years_in(statement.title),
        )
        nearest = next((years for years in around if years), frozenset())
        if nearest != {year} or time.kind == "date":
            yield Reason("year", time.text, False)


def _times(text: str) -> list[Quantity]:
    return [q for q in find_quantities(text) if q.kind in ("year", "date")]


def _check_edition(claim: Sentence, statement: Statement) -> Iterator[Reason]:
    """Check that of several editions that give another value each the one is named."""
    if claim.editions or _NAMES_EDITION.search(claim.text):
        return
    for cell in statement.cells:
        mine = editions_in(cell.column)
        if not mine:
            continue
        rivals = [c for c in statement.others if _is_other_edition(c, cell)]
        if any(max(editions_in(c.column)) > max(mine) for c in rivals):
            yield Reason("edition", ", ".join(sorted(mine)), False)


def _is_other_edition(other: Cell, cell: Cell) -> bool:
    named = editions_in(other.column)
    is_series = _DIGITS.sub("", other.column) == _DIGITS.sub("", cell.column)
    return bool(named) and is_series and other.text != cell.text


def _check_owner(claim: Sentence, statement: Statement) -> Iterator[Reason]:
    """Check that a company or office is named where the statement is about it, not farther off."""
    near = (statement.own_words, statement.caption, *statement.notes, statement.section)
    told = " | ".join((*near, statement.label))
    for facet in NAMING:
        near_by = values(told, facet) | _GENERAL
        for value in values(claim.text, facet):
            if not is_among(value, near_by) and values(statement.own_words, facet):
                yield Reason(facet, value, True)
    if statement.is_row and _ORIGIN.search(f"{statement.label_column} | {statement.caption}"):
        owners = values(statement.label, "country")
        for mark in find_marks(claim.text):
            owning = re.match(r"['’]s? (?:imports|purchases)", claim.text[mark.end :])
            if mark.value in owners and owning:
                yield Reason("order", mark.value, True)


def _check_kind(claim: Sentence, statement: Statement, question: str) -> Iterator[Reason]:
    """Check that heavy rare earths are told as such, and what was sold not as what was made."""
    told = f"{statement.label} | {statement.caption}" if statement.is_row else statement.quote
    for kind in _KINDS.findall(told):
        if kind.lower() not in f"{claim.text} | {question}".lower() and not (
            values(claim.text, "material") - _GENERAL
        ):
            yield Reason("material", kind, True)
    yield from _check_parts(claim, statement)
    of_label = values(statement.label, "measure")
    said = values(claim.text, "measure")
    if statement.is_row and of_label and said and not any(is_among(v, said) for v in of_label):
        yield Reason("measure", ", ".join(sorted(of_label)), True)


def _check_parts(claim: Sentence, statement: Statement) -> Iterator[Reason]:
    """Check that a row of two things is not told of the first alone, nor with what it excludes."""
    if not statement.is_row:
        return
    said = stems_of(claim.text)
    first, *rest = re.split(r" (?:and|&) ", statement.label.rpartition(" > ")[2])
    if rest and stems_of(first) <= said and not any(stems_of(part) & said for part in rest):
        yield Reason("row", rest[0], True)
    if _EXCLUDED.search(claim.text):
        return
    own = stems_of(f"{statement.own_words} | {statement.caption}")
    for note in statement.notes:
        excluded = _EXCLUDED.search(note)
        words = plain_content(note[excluded.end() :]) if excluded else []
        for word in words:
            if is_covered(word, said) and not is_covered(word, own):
                yield Reason("material", word, True)


def check_cells(claim: Sentence, statement: Statement) -> Iterator[Reason]:
    """Check that a sentence without figures tells something of what a row's cells say."""
    if not statement.is_row or claim.figures or values(claim.text, "direction"):
        return
    if any(_ABSENT.search(cell.text) for cell in statement.cells):
        return
    said = stems_of(claim.text)
    words = {word for cell in statement.cells for word in stems_of(cell.text) if word[0].isalpha()}
    times = [time for cell in statement.cells for time in _times(cell.text)]
    if not words & said and not any(agree(t, held) for t in claim.times for held in times):
        yield Reason("cells", statement.label, False)
