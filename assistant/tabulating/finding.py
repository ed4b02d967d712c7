"""The sentence on top of a table: what its figures say, each with its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer.answer_table import AnswerTable, TableCell
from assistant.figures.realising import amount_text, subject_text
from assistant.figures.value_words import forms, period_words, value_text
from assistant.tabulating.composing import Composed, Row, amount
from assistant.tabulating.request import is_by_edition, row_groups
from corpus.facts import Fact, Query
from corpus.language.names import Name
from corpus.language.quantities import Quantity
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import fold
from index.storage.fact_rows import is_whole

PERCENT = "percent"  # whose sign stands beside each figure
_NAMED = 3  # of a ranking, without what is asked for
_SCREENED = 12  # of those that keep to a limit
_BEFORE_FIGURE = re.compile(r"^[^\d<>≥≤~.(-]+(?=\d)")  # a sign of money, which the unit says
_DIGITS = 3  # of a change in percent


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with the citations that carry it."""

    text: str
    citations: tuple[int, ...]


def finding(query: Query, composed: Composed, table: AnswerTable) -> Finding | None:
    """Return what a table says in one sentence; None where one sentence does not say it."""
    if is_by_edition(query) or query.order in ("changed", "rose", "fell"):
        return None
    ranked = [at for at, row in enumerate(composed.rows) if row.is_ranked]
    if len(composed.rows) == 1:
        is_extreme = query.order and not row_groups(query)
        extreme = _of_extreme(query, composed, table, 0) if is_extreme else None
        return extreme or _of_series(composed, table, 0)
    is_compared = query.operation == "compare" and len(table.columns) == 1
    if (row_groups(query) or is_compared) and len(ranked) > 1:
        return _of_ranking(query, composed, table)
    return None


def _of_extreme(query: Query, composed: Composed, table: AnswerTable, at: int) -> Finding | None:
    """Return when a row was highest or lowest, and from when to when it was looked at."""
    row, given = composed.rows[at], _given(composed, at)
    if len(given) < 2 or not all(table.columns):
        return None
    facts = {column: value.chosen.fact for column in given if (value := row.values[column])}
    if any(getattr(fact.value, "bound", "") != "=" for fact in facts.values()):
        return None  # "more than 300" may be the highest
    ranges = {at: _range(facts[at].value, composed.unit[0]) for at in given}
    if query.order == "smallest":
        course, extreme = "low", min(ranges.values())
        is_clear = all(one == extreme or extreme[1] < one[0] for one in ranges.values())
    else:
        course, extreme = "high", max(ranges.values())
        is_clear = all(one == extreme or one[1] < extreme[0] for one in ranges.values())
    if not is_clear:
        return None
    at_it = [column for column in given if ranges[column] == extreme]
    subject = subject_text(replace(facts[at_it[0]], period=None))
    told = forms("extreme")[course].format(
        value=value_text(facts[at_it[0]]),
        when=_joined([_when(facts[column], table.columns[column]) for column in at_it]),
        first=table.columns[given[0]],
        last=table.columns[given[-1]],
    )
    cells = [table.rows[at].cells[column] for column in (*at_it, given[0], given[-1])]
    return Finding(f"{subject[0].upper()}{subject[1:]} {told}.", _numbers(cells))


def _range(value: object, unit: str) -> tuple[float, float]:
    """Return between what a figure of a table lies, in the unit of the table."""
    assert isinstance(value, Quantity)
    said = value.in_unit(unit) if value.unit != unit else value
    return said.low, said.high


def _given(composed: Composed, at: int) -> list[int]:
    """Return the columns in which a row has a figure."""
    values = enumerate(composed.rows[at].values)
    return [column for column, one in values if amount(one, composed.unit[0]) is not None]


def _of_series(composed: Composed, table: AnswerTable, at: int) -> Finding | None:
    """Return how a row went from its first figure to its last."""
    row, given = composed.rows[at], _given(composed, at)
    if len(given) < 2 or not all(table.columns):
        return None
    first, last = given[0], given[-1]
    before, after = (amount(row.values[one], composed.unit[0]) for one in (first, last))
    cells = table.rows[at].cells
    numbers = _numbers([cells[first], cells[last]])
    if before is None or after is None or not _are_exact(row, (first, last)):
        told = f"{_about(row)}: {_with_unit(cells[first], table)} in {table.columns[first]}, "
        told += f"{_with_unit(cells[last], table)} in {table.columns[last]}"
        return Finding(f"{told}.", numbers)
    ends = [value.chosen.fact for one in (first, last) if (value := row.values[one])]
    course = "same" if after == before else ("up" if after > before else "down")
    subject = subject_text(replace(ends[1], period=None))
    told = forms("course")[course].format(
        before=amount_text(ends[0]),
        then=_when(ends[0], table.columns[first]),
        after=amount_text(ends[1]),
        now=_when(ends[1], table.columns[last]),
    )
    told = f"{subject[0].upper()}{subject[1:]} {told}"
    turn, turned = _between(composed, table, at, given)
    numbers = _numbers([cells[first], cells[last], *turned])
    is_rate = before * after > 0  # from a profit to a loss none is told
    if not is_rate or after == before:
        return Finding(f"{told}{turn}.", numbers)
    change = (after - before) / abs(before) * 100
    start, end = (cells[one].text.strip("()" if before > 0 else "") for one in (first, last))
    step = f"({end} − {start}) / {start}"
    return Finding(f"{told} ({change:+.{_DIGITS}g}%: {step}){turn}.", numbers)


def _between(
    composed: Composed, table: AnswerTable, at: int, given: Sequence[int]
) -> tuple[str, list[TableCell]]:
    """Return in words, and by its cell, what lies above or below both ends of a series."""
    row, told, cells = composed.rows[at], list[str](), list[TableCell]()
    ends, inner = (given[0], given[-1]), given[1:-1]
    size = {column: amount(row.values[column], composed.unit[0]) or 0.0 for column in given}
    for name, farthest in (("high", max), ("low", min)):
        column = farthest((*ends, *inner), key=size.__getitem__)
        value = row.values[column]
        if column in ends or value is None or not _are_exact(row, (column,)):
            continue
        fact = value.chosen.fact
        when = _when(fact, table.columns[column])
        told.append(forms("between")[name].format(value=value_text(fact), when=when))
        cells.append(table.rows[at].cells[column])
    return forms("between")["told"].format(turns=_joined(told)) if told else "", cells


def _when(fact: Fact, column: str) -> str:
    return period_words(fact.period) or f"in {column}"


def _are_exact(row: Row, columns: Sequence[int]) -> bool:
    for at in columns:
        value = row.values[at]
        said = value.chosen.fact.value if value else None
        if not isinstance(said, Quantity) or said.bound != "=" or said.low != said.high:
            return False
        if said.dimension == "share":
            return False  # of shares percentage points would be told
    return True


def _of_ranking(query: Query, composed: Composed, table: AnswerTable) -> Finding | None:
    """Return which rows are first in the last column that has several."""
    unit = composed.unit[0]
    columns = range(len(table.columns))
    filled = [
        [at for at, row in enumerate(composed.rows) if _is_placed(row, column, unit)]
        for column in columns
    ]
    several = [column for column in columns if len(filled[column]) > 1]
    if not several:
        return None
    column = several[-1]

    def size(at: int) -> float:
        return amount(composed.rows[at].values[column], unit) or 0.0

    order = sorted(filled[column], key=size, reverse=query.order != "smallest")
    named = order[: query.most if query.most > 1 else _SCREENED if query.limit else _NAMED]
    cells = [table.rows[at].cells[column] for at in named]
    heads = [_without_measure(table.rows[at].head, composed.rows[at]) for at in named]
    first = f"{heads[0]} with {_with_unit(cells[0], table)}"
    texts = [told_text(cell, table) for cell in cells]
    others = [f"{head} ({text})" for head, text in zip(heads[1:], texts[1:], strict=True)]
    when = f" in {table.columns[column]}" if table.columns[column] else ""
    end = "Lowest" if query.order == "smallest" else "Highest"
    asked = [name for name in query.wanted.named() if not (is_whole(name) or query.parts)]
    of = f" ({', '.join(map(_named, asked))})" if asked else ""
    when += f" without {_joined([name.text for name in query.without])}" if query.without else ""
    told = f"{end} {_measure(query, composed)}{of}{when}: {first}, then {_joined(others)}."
    if query.limit:
        of_all = f"{_measure(query, composed)} of {limit_text(query.limit)}{of}{when}"
        more = len(order) - len(named)
        rest = [f"{more} more"] if more else []
        listed = _joined([f"{heads[0]} ({texts[0]})", *others, *rest])
        told = f"{of_all[:1].upper()}{of_all[1:]}: {listed}."
    return Finding(told, _numbers(cells))


def limit_text(limit: Quantity) -> str:
    """Return a limit in words: "more than 1,000,000 t"."""
    said = load_vocabulary().forms("bounds", "before")
    words = next(form for form, row in said if row["sign"] == limit.bound and form[0].isalpha())
    return f"{words} {limit.value:,.10g} {limit.unit}".strip()


def _without_measure(head: str, row: Row) -> str:
    """Return the head of a row without the measure, which the sentence names: "Burma"."""
    return head.removesuffix(f": {measure_of(row)}")


def _named(name: Name) -> str:
    return f"{name.text} {name.form}".strip()


def _is_placed(row: Row, column: int, unit: str) -> bool:
    return row.is_ranked and amount(row.values[column], unit) is not None


def _measure(query: Query, composed: Composed) -> str:
    measures = dict.fromkeys(
        value.chosen.fact.measure for row in composed.rows for value in row.values if value
    )
    return next(iter(measures)) if len(measures) == 1 else query.wanted.measure or "figure"


def measure_of(row: Row) -> str:
    """Return the one measure that the figures of a row are of, "" where they are of several."""
    measures = {value.chosen.fact.measure for value in row.values if value}
    return measures.pop() if len(measures) == 1 else ""


def _about(row: Row) -> str:
    measure = measure_of(row)
    told = row.head if measure in fold(row.head) else f"{row.head}, {measure}"
    return f"{told[:1].upper()}{told[1:]}"


def told_text(cell: TableCell, table: AnswerTable) -> str:
    """Return a cell as a sentence tells it: of shares with their sign."""
    is_bare = table.unit == PERCENT and cell.text[-1:].isdigit()
    return f"{cell.text}%" if is_bare else cell.text


def _with_unit(cell: TableCell, table: AnswerTable) -> str:
    text = told_text(cell, table)
    figure = _BEFORE_FIGURE.sub("", text) if table.unit else text
    unit = "" if "%" in figure else table.unit
    return " ".join(filter(None, (figure, unit, table.basis)))


def _numbers(cells: Sequence[TableCell]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for cell in cells for number in cell.citations))


def _joined(told: Sequence[str]) -> str:
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} and {told[-1]}"
