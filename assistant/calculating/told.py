"""What the figures of statements make, where the ledger knows no operands for a calculation.

A model told that a statement is of what is asked, in whatever words. Nothing is made of figures
that leave a choice, or where the statement tells the result itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import Answer, Sentence, Step
from assistant.calculating.amounts import Unit, converted, exact
from assistant.calculating.choosing import narrower_names, one_operand
from assistant.calculating.computing import obstacle_of_values, percent_line, share_line, sum_line
from assistant.calculating.converting import convert_figure, may_be_turned
from assistant.calculating.obstacles import obstacle_of
from assistant.calculating.operands import Sought
from assistant.calculating.terms import Line, Terms, operand_text, terms_of
from assistant.calculating.told_counts import counts_meant
from assistant.calculating.told_figures import (
    OVER_TIME,
    Figure,
    are_before_and_after,
    are_in_time,
    figures_meant,
    has_figure_of,
    naming_most,
    times_asked,
)
from assistant.figures import FactSearch
from assistant.figures.value_words import period_text
from corpus.facts import Fact, Query
from corpus.facts.fact import ChangeKind, Operation
from corpus.language.measures import has_nature
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.units import dimension
from corpus.language.words import content_words
from index.facts import LedgerFact
from index.query import likely_operation, terms_joined
from index.storage.fact_rows import name_key
from index.wording import stem

_STATEMENTS = 4  # of which figures are put together
_LIKELY = 0.4  # a kind of question, where a statement has the figures for it
_PAIR = 2  # of times
_ALIKE = 0.6  # of the words of two statements of one thing, but for their times
_OF_TIMES: tuple[Operation, ...] = ("look-up", "list", "table", "compare")
_MADE: tuple[Operation, ...] = (*OVER_TIME, "share", "total")
_STATED: dict[Operation, ChangeKind] = {"growth": "percent", "difference": "absolute"}


@dataclass(frozen=True, slots=True)
class Made:
    """What figures make: the sentence that tells it, its steps, and the statements, by place."""

    sentence: str
    lines: tuple[Line, ...]
    statements: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its place: source, page, start and end on it."""

    place: tuple[str, int, int, int]
    text: str


def may_be_made(query: Query, *, is_looked_up: bool) -> bool:
    """Tell whether a question asks for what figures of statements may make.

    Of a share that is looked up in the ledger no counts need be looked for.
    """
    return _result_asked(query) is not None or (_is_of_counts(query) and not is_looked_up)


def _is_of_counts(query: Query) -> bool:
    """Tell whether a share is asked for that may be told as a count: "15 of the 17"."""
    return query.value_kind == "share" and query.operation in ("look-up", "list")


def _result_asked(query: Query) -> Operation | None:
    """Return what a question asks to be made of figures, by its slots or by all its words."""
    if query.operation in _MADE:
        return query.operation
    if query.operation in ("average", "annual growth", "ratio", "convert"):
        return None
    likely = likely_operation(query.text, _LIKELY)
    if query.operation == "compare":
        return likely if likely in OVER_TIME else "difference"
    return likely if likely in _MADE else None


def make_of_told(query: Query, statements: Sequence[Statement], search: FactSearch) -> Made | None:
    """Return what is made of figures of statements, which are given the likeliest first."""
    asked = _result_asked(query) or ("share" if _is_of_counts(query) else None)
    if asked is None or obstacle_of(replace(query, operation=asked)):
        return None
    told = [search.told_at(one.place) for one in statements[:_STATEMENTS]]
    if any(_is_change(one.fact, asked) for one in told[0]):
        return None  # told as it is
    may_be_figures = _result_asked(query) or has_nature(query.wanted.measure, "part of a whole")
    chosen = figures_meant(query, asked, told, search.fit_of_time) if may_be_figures else ()
    if chosen and asked == "total" and len(chosen) < terms_joined(query.text):
        return None  # not all of them are found
    if not chosen:
        return _made_of_counts(query, asked, statements[0].text)
    sought = [Sought(_label(one, chosen), query) for one in chosen]
    terms = terms_of("", sought, [one_operand([one.found]) for one in chosen])
    if obstacle_of_values(replace(query, operation=asked), terms):
        return None
    named = terms.labels if chosen[0].fact.table.row else ()  # cells, not a sentence
    is_course = are_in_time(chosen) or (asked in OVER_TIME and are_before_and_after(chosen))
    made = _told(query, asked, terms, named, is_in_time=is_course)
    return replace(made, statements=tuple(dict.fromkeys(one.statement for one in chosen)))


def statements_of_times(
    query: Query, statements: Sequence[Statement], search: FactSearch
) -> tuple[int, ...]:
    """Return the statements that tell one thing at each of several times, in their order.

    None where not all of them are told: by the likeliest statement that tells any, and those that
    say the same in nearly its words.
    """
    times = times_asked(query)
    if len(times) <= _PAIR or query.operation not in _OF_TIMES:
        return ()
    told = [search.told_at(one.place) for one in statements]
    of_time = {
        time: [
            at for at, facts in enumerate(told) if has_figure_of(time, facts, search.fit_of_time)
        ]
        for time in times
    }
    first = min((at for those in of_time.values() for at in those), default=None)
    if first is None:
        return ()
    alike = [_shared_words(statements[first].text, one.text) >= _ALIKE for one in statements]
    found = [next((at for at in of_time[time] if alike[at]), None) for time in times]
    return tuple(dict.fromkeys(at for at in found if at is not None)) if None not in found else ()


def _shared_words(one: str, other: str) -> float:
    """Return which part of the shorter one's words two statements share."""
    words = [{stem(w) for w in content_words(text) if w.isalpha()} for text in (one, other)]
    fewest = min(map(len, words))
    return len(words[0] & words[1]) / fewest if fewest else 0.0


def _made_of_counts(query: Query, asked: Operation, text: str) -> Made | None:
    """Return what two counts without a unit make, which only the words of a statement tell."""
    values = counts_meant(query, asked, text)
    if not values or asked == "total":
        return None
    terms = Terms("", values, ("", ""), Unit(), ())
    if obstacle_of_values(replace(query, operation=asked), terms):
        return None
    return _told(query, asked, terms, (), is_in_time=True)


def _is_change(fact: Fact, asked: Operation) -> bool:
    return fact.change is not None and fact.change.kind == _STATED.get(asked)


def with_made(answer: Answer, made: Made) -> Answer:
    """Return an answer in words of its statements with what their figures make."""
    numbers = tuple(one.number for one in answer.citations)
    return _with(answer, made.sentence, made.lines, numbers)


def with_unit_asked(answer: Answer, query: Query, search: FactSearch) -> Answer:
    """Return an answer in words of passages, with its figure in the unit that is asked for.

    As it is, where what is shown first has no figure or several that can be converted.
    """
    if answer.status != "answered" or not query.unit or query.operation != "look-up":
        return answer
    if dimension(query.unit) == "time":  # of which the ledger has no figures
        told = {one.quantity for one in find_quantities(answer.citations[0].quote)}
        spans = [one for one in told if one.dimension == "time" and one.low == one.high]
        if len(spans) != 1:
            return answer
        return _with_turned(answer, query, exact(spans[0].value), Unit(spans[0].unit))
    facts = [
        one
        for one in search.figures_cited(query, answer.citations[:1])
        if isinstance(one.fact.value, Quantity) and not narrower_names(query, one)
    ]
    is_price = dimension(query.unit) == "price" or (
        (dimension(query.unit), query.value_kind) == ("mass", "money")  # "value per kilogram"
    )
    if is_price and not any(dimension(_unit_of(one)) == "price" for one in facts):
        return _with_unit_value(answer, query, facts)
    found = naming_most(query, [one for one in facts if may_be_turned(query, _unit_of(one))])
    if len({one.fact.value for one in found}) != 1:
        return answer
    operand = one_operand(found)
    return _with_turned(answer, query, operand.value, operand.unit)


def _with_turned(answer: Answer, query: Query, value: Decimal, unit: Unit) -> Answer:
    """Return an answer with its figure turned into the unit asked for, as it is where none is."""
    turned = convert_figure(value, unit, query, (0,))
    if not turned.is_turned:
        return answer
    shown = "; ".join(line.text for line in turned.lines)
    return _with(answer, f"That is {turned.text}: {shown}.", turned.lines, (1,))


def _with_unit_value(answer: Answer, query: Query, facts: Sequence[LedgerFact]) -> Answer:
    """Return an answer with what its money makes for its weight, as a price."""
    sides = [
        [one for one in facts if dimension(_unit_of(one)) == kind] for kind in ("money", "mass")
    ]
    if any(len({one.fact.value for one in side}) != 1 for side in sides):
        return answer
    money, weight = map(one_operand, sides)
    value = money.value * money.unit.scale / (weight.value * weight.unit.scale)
    given = Unit(f"{money.unit.symbol}/{weight.unit.symbol}", basis=weight.unit.basis)
    turned = convert_figure(value, given, query, (0,))
    told = f"{operand_text(money)} for {operand_text(weight)}"
    price = turned.unit.amount(converted(turned.value, is_money=True))
    lines = (Line(told, price, (0,)), *turned.lines)
    return _with(answer, f"That is {price}: {told}.", lines, (1,))


def _unit_of(found: LedgerFact) -> str:
    return found.fact.value.unit if isinstance(found.fact.value, Quantity) else ""


def _with(answer: Answer, sentence: str, lines: Sequence[Line], numbers: tuple[int, ...]) -> Answer:
    """Return an answer with a sentence more, which the citations with these numbers carry."""
    marks = " ".join(f"[{number}]" for number in numbers)
    return replace(
        answer,
        text=f"{answer.text}\n{sentence} {marks}",
        sentences=(*answer.sentences, Sentence(sentence, numbers, "supported")),
        steps=tuple(Step(line.text, numbers, line.result) for line in lines),
    )


# -- what is said of them


def _label(figure: Figure, chosen: Sequence[Figure]) -> str:
    """Return what tells a figure from the others: its time, its row, its names or its measure."""
    if are_in_time(chosen) and figure.fact.period:
        return period_text(figure.fact.period)
    if figure.fact.table.row:
        return figure.fact.table.row[-1]
    shared = frozenset.intersection(*(one.names for one in chosen))
    own = [a.name.text for a in figure.fact.arguments if name_key(a.name) not in shared]
    return next(iter(own), "") or figure.fact.measure or f"figure {chosen.index(figure) + 1}"


def _told(
    query: Query, asked: Operation, terms: Terms, named: Sequence[str], *, is_in_time: bool
) -> Made:
    """Return what is made of figures in one sentence, with its steps."""
    first, last = terms.values[0], terms.values[-1]
    unit, result = terms.unit, abs(last - first)
    match asked:
        case "total":
            line, result = sum_line(terms)
            lines = [line]
            sentence = f"Together that is {line.text}"
        case "share":
            line, result = share_line(terms)
            lines, unit = [line], Unit()
            sentence = f"That is {line.result}: {terms.told(0)} of {terms.told(1)}"
        case _ if is_in_time:
            lines = [terms.difference_line(1, 0)]
            told, named = terms.points(result), ()
            if first > 0 and last >= 0 and not terms.is_share:
                lines.append(percent_line(terms))
                told = f"{told}, or {lines[-1].result.lstrip('-')}"
            way = "rise" if last > first else "fall"
            sentence = f"That is a {way} of {told}, from {terms.told(0)} to {terms.told(1)}"
        case _:
            lines = [terms.difference_line(*((1, 0) if last > first else (0, 1)))]
            sentence = f"They are {terms.points(result)} apart: {terms.against(0, 1)}"
    turned = convert_figure(result, unit, query, terms.all_operands)
    told_all = [sentence, *([f"that is {turned.text}"] if turned.is_turned else [])]
    sentence = "; ".join(told_all) + (f" ({'; '.join(named)})" if named else "")
    return Made(f"{sentence}.", (*terms.lines, *lines, *turned.lines))
