"""Works a calculation out and tells it: the answer in one sentence, and each step with its figures.

Figures keep the decimals of what they come from; a percentage has one. What rounding took away is
said in the step.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, localcontext

from assistant.calculating.calculation import Calculation, Operand, Operation
from assistant.calculating.over_things import difference, larger_change, ratio, share
from assistant.calculating.over_time import annual_growth, change, factor, percent_change
from assistant.calculating.terms import Line, Result, Terms, terms_of
from assistant.calculating.written import capital, rounded, with_places


def compute(calculation: Calculation, operands: Sequence[Operand]) -> Result:
    """Work a calculation out over the operands that were chosen for it, in their order."""
    terms = terms_of(calculation, operands)
    with localcontext() as context:
        context.prec = 28
        return _OPERATIONS[calculation.operation](calculation, terms)


def _total(calculation: Calculation, terms: Terms) -> Result:
    total = sum(terms.values, Decimal(0))
    told = terms.amount(total)
    line = Line(f"{_summed(terms)} = {told}", told, terms.all_operands)
    sentence = f"{capital(calculation.subject)}: {told} in total ({_listed(terms)})."
    return Result(sentence, (*terms.lines, line), total, terms.measure)


def _average(calculation: Calculation, terms: Terms) -> Result:
    count = len(terms.values)
    mean = sum(terms.values, Decimal(0)) / count
    places = (
        terms.places
        if mean == mean.quantize(Decimal(1).scaleb(-terms.places))
        else max(1, terms.places)
    )
    told = terms.measure.amount(with_places(mean, places), terms.basis)
    line = Line(
        f"({_summed(terms)}) ÷ {count} = {told}, {rounded(places)}", told, terms.all_operands
    )
    sentence = (
        f"{capital(calculation.subject)}: {told} on average of the {count} years "
        f"({_listed(terms)})."
    )
    return Result(sentence, (*terms.lines, line), mean, terms.measure)


def _looked_up(calculation: Calculation, terms: Terms) -> Result:
    sentence = f"{capital(calculation.subject)}: {terms.amount(terms.values[0])}."
    return Result(sentence, terms.lines, terms.values[0], terms.measure)


def _listed(terms: Terms) -> str:
    return "; ".join(f"{label}: {terms.figure(at)}" for at, label in enumerate(terms.labels))


def _summed(terms: Terms) -> str:
    return " + ".join(terms.figure(at) for at in terms.all_operands)


_OPERATIONS: Mapping[Operation, Callable[[Calculation, Terms], Result]] = {
    "change": change,
    "percent change": percent_change,
    "factor": factor,
    "annual growth": annual_growth,
    "difference": difference,
    "comparison": difference,
    "ratio": ratio,
    "larger change": larger_change,
    "share": share,
    "total": _total,
    "average": _average,
    "conversion": _looked_up,
}
