"""Whether a statement has the figures, dates and editions that a sentence gives."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.quantities import Quantity, agree, find_quantities
from assistant.quantities.agreement import same_dimension
from assistant.support.cell_figures import year_of
from assistant.support.facets import NAMING, find_marks, is_among, origins, values
from assistant.support.reading import (
    COMPARED,
    Figure,
    Sentence,
    editions_in,
    figures_in,
    is_of_the_row,
    read_sentence,
    years_in,
)
from assistant.support.statement import Statement
from assistant.support.support import Reason
from corpus.tables.units import unit_of

_TIMES = ("year", "date")
_WITH_YEAR = 10_000  # from here on a date has a year
# "Not stated" is a word on the report alone, and speaks against nothing.
_NO_FIGURE = re.compile(
    r"NA|N/A|W|(?:not|un)[- ]?(?:available|published|disclosed|quantified)|withheld", re.IGNORECASE
)
_GENERAL = frozenset(("rare-earths", "reo"))
# Who says so, and when: no date of what is said.
_ATTRIBUTION = re.compile(r"\([^()]*\)|\b(?:as|according to) [^,;]*(?=[,;.]|$)", re.IGNORECASE)


def check_figures(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    found: list[Reason] = []
    around = figures_in(statement.caption)
    for figure in claim.figures:
        same = [h for h in held if same_claimed(figure, h, claim)]
        if any(_belongs(figure, h, statement) for h in same):
            continue
        if any(_belongs(figure, h, statement) for h in around if same_claimed(figure, h, claim)):
            continue
        told = figure.quantity.text
        if same:
            kind = _unfitting(figure, same[0], statement)
            found.append(Reason(kind, told, True))
            continue
        rivals = [
            h
            for h in held
            if _comparable(figure, h)
            and _belongs(figure, h, statement)
            and not _is_of_another(h, claim, statement)
        ]
        if rivals:
            found.append(Reason("figure", f"{told}; it has {rivals[0].quantity.text}", True))
        elif any(
            agree(figure.quantity, h.quantity) and _belongs(figure, h, statement)
            for h in _in_unit_before(held, statement)
        ):
            continue
        elif _is_withheld(figure, statement):
            told = f"{told}; it has {statement.cells[0].text}"
            found.append(Reason("figure", told, True))
        elif other := [h for h in held if _same_number(figure.quantity, h.quantity)]:
            found.append(Reason("unit", f"{told}; it has {other[0].quantity.text}", True))
        else:
            kind = "words" if is_plain_count(figure) else "figure"
            found.append(Reason(kind, told, False))
    return found


def is_plain_count(figure: Figure) -> bool:
    """Tell whether a figure is a small number in words, which may be said in other ways."""
    return figure.quantity.kind == "count" and figure.quantity.text.isalpha()


def same_claimed(figure: Figure, held: Figure, claim: Sentence) -> bool:
    if agree(figure.quantity, held.quantity):
        return True
    # A loss may be written as a negative result.
    is_loss = "loss" in values(claim.text, "measure") and "profit" not in values(
        claim.text, "measure"
    )
    if is_loss and held.quantity.low < 0:
        low = -held.quantity.high
        return agree(figure.quantity, replace(held.quantity, low=low, high=-held.quantity.low))
    return False


def _comparable(one: Figure, other: Figure) -> bool:
    """Tell whether another figure in the place of one speaks against it.

    Counts only where they count the same, amounts of change only against such amounts.
    """
    if one.is_change != other.is_change:
        return False
    if one.quantity.kind == "count":
        return one.noun != "" and one.noun == other.noun and other.quantity.kind == "count"
    return same_dimension(one.quantity, other.quantity)


def _is_withheld(figure: Figure, statement: Statement) -> bool:
    """Tell whether a cell says that there is no figure where a sentence has one."""
    if len(statement.cells) != 1 or not _NO_FIGURE.fullmatch(statement.cells[0].text.strip()):
        return False
    cell = statement.cells[0]
    measures = values(f"{cell.column} | {statement.label}", "measure")
    if not figure.named("measure") & measures:
        return False
    return not (figure.years and cell.year) or str(cell.year) in figure.years


def _is_of_another(held: Figure, claim: Sentence, statement: Statement) -> bool:
    """Tell whether a figure is of one company or material where the sentence names none.

    "China Rare Earth Group: 30,280" says nothing against a quota of China, nor do "256,000 tons of
    monazite" against reserves of rare earths.
    """
    if held.named("company") and not values(claim.text, "company"):
        return True
    if statement.is_row or values(claim.text, "material"):
        return False
    end = held.quantity.end
    return any(
        mark.facet == "material" and mark.value not in _GENERAL
        for mark in find_marks(statement.quote)
        if 0 < mark.start - end <= len(" of ")
    )


def _same_number(one: Quantity, other: Quantity) -> bool:
    digits = [re.sub(r"[^\d.]", "", q.text).strip(".") for q in (one, other)]
    if not (one.unit and other.unit) or one.unit == other.unit:
        return False
    return bool(digits[0]) and digits[0] == digits[1]


def _in_unit_before(held: Sequence[Figure], statement: Statement) -> list[Figure]:
    """Return figures without a unit in the one that the sentence names before its figures."""
    unit = unit_of(statement.quote) if not statement.is_row else ""
    bare = [h for h in held if not h.quantity.unit] if unit else []
    return [
        replace(h, quantity=quantity)
        for h in bare
        for quantity in find_quantities(h.quantity.text, unit)
    ]


def _belongs(figure: Figure, held: Figure, statement: Statement) -> bool:
    """Tell whether a held figure is of the year, edition and names of a claimed one."""
    return not _unfitting(figure, held, statement)


def _unfitting(figure: Figure, held: Figure, statement: Statement) -> str:
    if held.is_aside and not figure.is_aside:
        return "measure"
    years = held.years or _years_around(statement)
    if figure.years and years and not figure.years & years:
        return "year"
    if figure.editions and held.editions and not figure.editions & held.editions:
        return "edition"
    for facet in (*NAMING, "direction", "period", "measure", "stage"):
        one, other = figure.named(facet), held.named(facet)
        if figure.is_alone and facet in NAMING and one:
            one = figure.all_named(facet)  # one figure is of all that its sentence names
        other -= origins(statement.own_words, facet) if facet == "country" else frozenset()
        if one and other and not any(is_among(value, other) for value in one):
            return facet
    return ""


def _years_around(statement: Statement) -> frozenset[str]:
    """Return the years that the heading and the caption of a statement name."""
    return years_in(f"{statement.caption} | {statement.section}")


def check_times(claim: Sentence, statement: Statement) -> list[Reason]:
    """Check the years and dates of a sentence that do not belong to a figure."""
    found: list[Reason] = []
    own = times_of(statement)
    for time in claim.times:
        if any(agree(time, held) for held in own):
            continue
        quote = _ATTRIBUTION.sub("", statement.quote)
        near = own if statement.is_row else [
            q for q in find_quantities(quote) if not COMPARED.search(quote[: q.start])
        ]  # fmt: skip
        rivals = [h for h in near if h.kind in _TIMES and (h.kind == "date" or time.kind == "year")]
        if time.kind == "year":  # "in September" may be of any year
            rivals = [h for h in rivals if h.kind == "year" or h.low >= _WITH_YEAR]
        figures = any(str(int(time.low)) in figure.years for figure in claim.figures)
        if rivals and not figures:
            found.append(Reason("date", f"{time.text}; it has {rivals[0].text}", True))
        elif rivals:
            found.append(Reason("year", time.text, True))
        elif not claim.figures or not _around_has(time, statement):
            found.append(Reason("year", time.text, False))
    own_labels = [q for text in statement.scopes for q in read_sentence(text).labels]
    for label in claim.labels:
        if not any(q.low == label.low for q in own_labels):
            rival = any(q.low != label.low for q in read_sentence(statement.own_words).labels)
            found.append(Reason("label", label.text, rival))
    return found


def times_of(statement: Statement) -> list[Quantity]:
    texts = [statement.own_words]
    if statement.is_row:
        texts.append(statement.caption)
        texts += [str(year) for cell in statement.cells if (year := year_of(cell))]
        texts += [f"in {statement.label} | {statement.label_column}"]
        texts += [cell.text for cell in statement.others if is_of_the_row(cell)]
    return [q for text in texts for q in find_quantities(text) if q.kind in ("year", "date")]


def _around_has(time: Quantity, statement: Statement) -> bool:
    around = (*statement.scopes, *statement.notes)
    return any(agree(time, q) for text in around for q in find_quantities(text))


def check_editions(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    if not claim.editions:
        return []
    near = editions_in(statement.own_words) or editions_in(statement.caption)
    near = near or editions_in(f"{statement.section} {statement.edition}")
    near = near or editions_in(statement.before) or editions_in(statement.title)
    if claim.editions <= near or any(claim.editions & figure.editions for figure in held):
        return []
    return [Reason("edition", ", ".join(sorted(claim.editions - near)), bool(near))]
