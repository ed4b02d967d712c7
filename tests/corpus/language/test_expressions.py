"""One text says one thing wherever it is read: times, quantities and measures, 550 of them.

What each of them means is measured by `bench.facts expressions`; here it is only held that the
readers agree with themselves: alone, in a sentence, over the end of a line, in a cell, in the head
of a column, in a look-up, and written out and read again.
"""

import re

import pytest

from bench.gold_expressions import Expression, load_expressions
from corpus.document import Block, Cell, Context, Page, Source
from corpus.facts import Fact
from corpus.facts.cells import cell_facts
from corpus.language.measures import find_measures, find_terms
from corpus.language.periods import find_periods, parse_period
from corpus.language.quantities import find_quantities

_ALL = load_expressions()
_TIMES = [one for one in _ALL if one.reader == "time"]
_QUANTITIES = [one for one in _ALL if one.reader == "quantity"]
_PLACES = {
    "sentence": "As they told us, {} is what it was.",
    "its end": "They wrote: {}.",
    "its beginning": "{} was written there.",
    "brackets": "That one ({}) was told.",
    "line": "Listed:\n{}\nso they wrote",
    "question": "Who wrote {}?",
}
_SOURCE = Source("s", "l", "p", "t", "csv", "x")


def _read(reader: str, text: str) -> tuple[str, ...]:
    if reader == "time":
        return tuple(mention.period.text for mention in find_periods(text))
    if reader == "quantity":
        return tuple(str(mention.quantity) for mention in find_quantities(text))
    measures = tuple(found.meaning.name for found in find_measures(text))
    return measures + tuple(found.meaning for found in find_terms("statistics", text))


def _named(expressions: list[Expression]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("one", expressions, ids=[one.id for one in expressions])


def test_there_are_as_many_as_the_property_asks_for() -> None:
    assert len(_TIMES) == len(_QUANTITIES) == 200
    assert len(_ALL) - len(_TIMES) - len(_QUANTITIES) == 150


@_named(list(_ALL))
def test_a_text_says_the_same_wherever_it_stands(one: Expression) -> None:
    alone = _read(one.reader, one.text)
    assert {
        place: _read(one.reader, words.format(one.text)) for place, words in _PLACES.items()
    } == dict.fromkeys(_PLACES, alone)


@_named(list(_ALL))
def test_the_end_of_a_line_changes_nothing(one: Expression) -> None:
    wrapped = re.sub(r"(?<!\d) | (?!\d)", "\n", one.text)  # not within a figure
    assert _read(one.reader, wrapped) == _read(one.reader, one.text)


def _facts(value: str, column: str) -> tuple[Fact, ...]:
    """Return the facts of a row "China | value" below the heads "Country" and `column`."""
    text = f"China {value}"
    cells = (Cell("China", 0, 5), Cell(value, 6, len(text), column=column))
    context = Context(caption="Mine production", header=("Country", column))
    block = Block("row", 0, len(text), context, cells)
    return cell_facts(_SOURCE, Page(1, "1", text, (block,)), block)


def _is_in_brackets(text: str) -> bool:
    """Tell whether a text is a figure in brackets, by which the cells of accounts mean a minus."""
    return text.startswith("(") and text.endswith(")")


@_named(
    [
        one
        for one in _QUANTITIES
        if len(_read("quantity", one.text)) == 1 and not _is_in_brackets(one.text)
    ]
)
def test_a_quantity_says_the_same_in_a_cell(one: Expression) -> None:
    assert [str(fact.value) for fact in _facts(one.text, "2024")] == list(
        _read("quantity", one.text)
    )


@_named([one for one in _TIMES if len(_read("time", one.text)) == 1])
def test_a_time_says_the_same_as_the_head_of_a_column(one: Expression) -> None:
    periods = [fact.period.text if fact.period else "" for fact in _facts("5", one.text)]
    assert periods == list(_read("time", one.text))


@_named(_TIMES)
def test_a_time_is_read_again_from_its_canonical_form(one: Expression) -> None:
    for mention in find_periods(one.text):
        again = parse_period(mention.period.text)
        ends = (mention.period.text, mention.period.first, mention.period.last)
        assert (again.text, again.first, again.last) == ends


@_named(_QUANTITIES)
def test_a_quantity_is_read_again_from_its_canonical_form(one: Expression) -> None:
    for mention in find_quantities(one.text):
        assert _read("quantity", str(mention.quantity)) == (str(mention.quantity),)
