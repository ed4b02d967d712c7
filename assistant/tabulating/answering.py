"""A table as an answer: found in the ledger, composed, and each of its cells cited."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answer import Answer, Seconds, Sentence, Status
from assistant.answer.answer_table import NOT_GIVEN, AnswerTable, TableCell, TableRow
from assistant.fact_writing import value_text
from assistant.figures.fact_citations import FactCitations
from assistant.figures.fact_search import FactSearch
from assistant.figures.value_words import scaled_text
from assistant.tabulating.choosing import UnitKey, Value, unit_key
from assistant.tabulating.composing import Composed, compose
from assistant.tabulating.figures import Figure, find_figures
from assistant.tabulating.finding import PERCENT, finding, limit_text, measure_of, told_text
from assistant.tabulating.request import asks_table, is_by_edition, may_be_table, row_groups
from corpus.facts import Absent, Query
from corpus.language.quantities import Quantity
from corpus.language.vocabulary import any_form, load_vocabulary, split_forms
from corpus.language.words import fold

_FEWEST_FIGURES = 2
_NOTES = 4  # of a cell
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NOTHING = "The sources do not say: no figures of this came out of them"


def answer_by_table(question: str, standalone: str, query: Query, search: FactSearch) -> Answer:
    """Answer a question by a table of the ledger; without one (`table` None) where none comes out.

    Then `not_found` says what was looked for.
    """
    started = time.perf_counter()
    query, figures = find_figures(query, search)
    composed = compose(query, figures)
    seconds = Seconds(time.perf_counter() - started)
    is_one_enough = query.order in ("changed", "rose", "fell") or query.limit
    if composed.figures < (1 if is_one_enough else _FEWEST_FIGURES):
        text = f"{_NOTHING} ({_looked_for(query, search)})."
        if query.limit and (known := compose(replace(query, limit=None), figures)).figures:
            text = _none_keeps_to(query.limit, known)
        return Answer(question, standalone, "not_found", text, seconds=seconds)
    placed = _Placed(composed, search)
    answer = _answer(question, standalone, query, composed, placed)
    return replace(answer, seconds=replace(seconds, answer=time.perf_counter() - started))


def _none_keeps_to(limit: Quantity, known: Composed) -> str:
    none = f"The sources do not say: none of {known.figures} figures is {limit_text(limit)}."
    return " ".join((none, *known.remarks))


def answer_by_table_asked(
    question: str, standalone: str, query: Query, search: FactSearch
) -> Answer:
    """Answer a question by a table where it asks for one; without text where it does not.

    A series, a list or a ranking that no figures make may be answered otherwise, a table may not.
    """
    if may_be_table(query):
        answer = answer_by_table(question, standalone, query, search)
        is_ranking = query.order and not query.limit
        if answer.table or (asks_table(query) and not is_ranking):
            return answer
    return Answer(question, standalone, "not_found", "")


def _looked_for(query: Query, search: FactSearch) -> str:
    understood = dict(search.describe(query))
    if query.group_by:
        understood["rows and columns"] = ", ".join(query.group_by)
    return "; ".join(f"{slot}: {said}" for slot, said in understood.items())


class _Placed:
    """The figures of a table with their citations and as they are printed."""

    def __init__(self, composed: Composed, search: FactSearch) -> None:
        values = [value for row in composed.rows for value in row.values if value]
        figures = [one for value in values for one in (value.chosen, *value.others)]
        placed = search.ledger.placed(one.found for one in figures)
        self._facts = {one.row: one for one in placed}
        self.citations: FactCitations = search.citations()
        for one in (*(v.chosen for v in values), *(o for v in values for o in v.others)):
            self.number(one)

    def number(self, one: Figure) -> int:
        """Return the number of the citation of a figure."""
        return self.citations.cite(self._facts[one.found.row])

    def printed(self, one: Figure) -> str:
        """Return a figure as its source prints it."""
        fact = self._facts[one.found.row]
        if cell := self.citations.cell(fact):
            return cell.text
        place = fact.fact.place
        return fact.quote[place.value_start - place.start : place.value_end - place.start]

    def notes(self, one: Figure) -> tuple[str, ...]:
        """Return what is recorded of a cell that a reader must know."""
        cell = self.citations.cell(self._facts[one.found.row])
        notes = cell.notes[:_NOTES] if cell else ()
        value = one.fact.value
        if isinstance(value, Absent) and value.reason:
            return (*notes, f"{value.printed or NOT_GIVEN}: {value.reason}")
        return notes


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit of a table as its figures are printed: "million CNY" has the scale 1,000,000."""

    unit: str
    basis: str
    scale: float

    @property
    def text(self) -> str:
        """The unit with its scale in words."""
        return f"{_scales()[self.scale]} {self.unit}".strip()

    @property
    def measure(self) -> str:
        """Unit and basis in words."""
        return ", ".join(filter(None, (self.text, self.basis)))


def _units_of(composed: Composed, placed: _Placed) -> tuple[_Unit, ...]:
    """Return the unit of each row, as most of its figures are printed."""
    return tuple(_unit_of(row.values, composed.unit, placed) for row in composed.rows)


def _unit_of(values: Sequence[Value | None], unit: UnitKey, placed: _Placed) -> _Unit:
    chosen = [v.chosen for v in values if v and isinstance(v.chosen.fact.value, Quantity)]
    if not chosen:
        return _Unit(*unit, 1.0)
    told = [unit_key(one) or unit for one in chosen]
    own = unit if unit in told else max(dict.fromkeys(told), key=told.count)
    scales = [
        scale for one in chosen if (scale := _scale(one, placed.printed(one), own[0])) in _scales()
    ]
    return _Unit(*own, max(dict.fromkeys(scales), key=scales.count, default=1.0))


@lru_cache(maxsize=1)
def _scales() -> dict[float, str]:
    """Return the words of scales by what they stand for; one has none."""
    rows = load_vocabulary().rows("scales")
    words = {float(r["factor"]): split_forms(r["words"])[0] for r in rows if r["words"]}
    return {1.0: "", **words}


@lru_cache(maxsize=1)
def _scale_word() -> re.Pattern[str]:
    words = any_form(form for form, _ in load_vocabulary().forms("scales", "words"))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _scale(one: Figure, printed: str, unit: str) -> float:
    """Return by how much a figure is more than it is printed, in the unit of the table."""
    said = one.fact.value
    match = _NUMBER.search(printed)
    if not (isinstance(said, Quantity) and match) or said.unit != unit:
        return 0.0
    number = float(match[0].replace(",", ""))
    if not number:
        return 1.0
    scale = abs(said.low) / number
    return float(f"{scale:.6g}") if scale else 1.0


def _answer(
    question: str, standalone: str, query: Query, composed: Composed, placed: _Placed
) -> Answer:
    units = _units_of(composed, placed)
    unit = max(dict.fromkeys(units), key=units.count)
    if is_mixed := len({one.measure for one in units}) > 1:
        unit = _Unit("", "", 1.0)
    rows = tuple(
        TableRow(
            f"{row.head} ({own.measure})" if is_mixed else row.head,
            tuple(_cell(value, own, placed) for value in row.values),
        )
        for row, own in zip(composed.rows, units, strict=True)
    )
    table = AnswerTable(
        title=_title(query),
        unit=unit.text,
        basis=unit.basis,
        row_title=_row_title(query),
        columns=composed.columns,
        rows=rows,
        remarks=composed.remarks,
    )
    sentences = [
        _sentence(table, row, measure_of(own)) for row, own in zip(rows, composed.rows, strict=True)
    ]
    if not is_mixed and (found := finding(query, composed, table)):
        sentences.insert(0, Sentence(found.text, found.citations, "supported"))
    rivals = any(value and value.others for row in composed.rows for value in row.values)
    warnings = [*placed.citations.warnings]
    if rivals:
        warnings.append(
            "Editions or sources differ; the newest figure is shown and the others stand in notes."
        )
    return Answer(
        question,
        standalone,
        _status(query, rivals),
        "\n".join(f"{s.text} {''.join(f'[{n}]' for n in s.citations)}" for s in sentences),
        tuple(sentences),
        placed.citations.citations,
        placed.citations.evidence,
        warnings=tuple(warnings),
        confidence=1.0,
        table=table,
    )


def _cell(value: Value | None, unit: _Unit, placed: _Placed) -> TableCell:
    if value is None:
        return TableCell(NOT_GIVEN)
    chosen = value.chosen
    printed = placed.printed(chosen)
    notes = [*placed.notes(chosen)]
    said, text = chosen.fact.value, printed
    if isinstance(said, Quantity) and unit.scale != 1.0 and _scale_word().search(printed):
        text = scaled_text(said, unit.scale)  # "1.64 million" under a head that says so
    if isinstance(said, Quantity) and (scale := _scale(chosen, printed, unit.unit)) != unit.scale:
        if scale in _scales():  # the same unit, in thousands, among millions
            text = scaled_text(said, unit.scale)
        notes.append(f"{printed} stands for {value_text(chosen.fact)}")
    if chosen.fact.status != "reported":
        notes.append(chosen.fact.status)
    notes += [_told_of(chosen, one, placed) for one in value.others]
    return TableCell(
        text=text,
        citations=(placed.number(chosen),),
        notes=tuple(dict.fromkeys(notes)),
        others=tuple(dict.fromkeys(placed.number(one) for one in value.others)),
    )


def _told_of(chosen: Figure, other: Figure, placed: _Placed) -> str:
    source = other.found.source
    edition = other.fact.edition or source.edition
    speaker = edition or source.title or source.path
    newest = chosen.fact.edition or chosen.found.source.edition
    is_older = bool(edition and newest) and edition < newest
    return f"{speaker}: {placed.printed(other)}{', superseded' if is_older else ''}"


def _sentence(table: AnswerTable, row: TableRow, measure: str) -> Sentence:
    given = [(c, cell) for c, cell in zip(table.columns, row.cells, strict=True) if cell.is_given]
    texts = ((column, told_text(cell, table)) for column, cell in given)
    told = "; ".join(f"{column}: {text}" if column else text for column, text in texts)
    unit = f" ({table.measure})" if table.measure and table.unit != PERCENT else ""
    numbers = dict.fromkeys(number for _, cell in given for number in cell.citations)
    head = row.head if measure in fold(row.head) else f"{row.head}, {measure}"
    return Sentence(f"{head} — {told}{unit}", tuple(numbers), "supported")


def _status(query: Query, has_rivals: bool) -> Status:
    return "conflicting" if has_rivals and not is_by_edition(query) else "answered"


def _title(query: Query) -> str:
    """Return what a table shows: its measure, who and what it is asked of, and by what."""
    wanted = query.wanted
    measures = dict.fromkeys(one.wanted.measure for one in (query.parts or (query,)))
    named = dict.fromkeys(
        f"{a.name.text} {a.name.form}".strip()
        for one in (query.parts or (query,))
        for a in one.wanted.arguments
    )
    told = [" and ".join(filter(None, measures)), ", ".join(named), *wanted.rest]
    title = ", ".join(filter(None, told))
    by = f" by {' and '.join(map(_group_word, query.group_by))}" if query.group_by else ""
    return f"{title[:1].upper()}{title[1:]}{by}" or "Table"


def _row_title(query: Query) -> str:
    groups = [_group_word(group) for group in row_groups(query)]
    return " and ".join(groups).capitalize() or "Item"


def _group_word(group: str) -> str:
    """Return a group as the first of its words has it: "country" of places."""
    return load_vocabulary().words("groupings", group)[0]
