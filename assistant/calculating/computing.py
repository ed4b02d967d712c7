"""Works a calculation out and tells it: the answer in one sentence, and each step with its figures.

Figures keep the decimals of what they come from; a percentage has one. What rounding took away is
said in the step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from assistant.calculating.calculation import Calculation, Operand
from assistant.calculating.units import Measure, factor_between
from assistant.calculating.written import (
    percent_places,
    places_of,
    plain,
    with_places,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One step: its words, its result, and which operands (by place) it takes."""

    text: str
    result: str
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A calculation worked out: the sentence that answers, the steps, and the bare figure."""

    sentence: str
    lines: tuple[Line, ...]
    value: Decimal
    measure: Measure  # of the bare figure; empty where it is a ratio or percentage


@dataclass(frozen=True, slots=True)
class Terms:
    """Operands brought to one unit: their values, labels and the unit in words."""

    values: tuple[Decimal, ...]
    labels: tuple[str, ...]
    unit: str
    measure: Measure
    lines: tuple[Line, ...]

    @property
    def places(self) -> int:
        """The decimals that the values are written with."""
        return places_of(self.values)

    @property
    def all_operands(self) -> tuple[int, ...]:
        """The places of all operands."""
        return tuple(range(len(self.values)))

    def amount(self, value: Decimal) -> str:
        """Return a value with its unit, as exact as the operands are."""
        return f"{with_places(value, self.places)} {self.unit}".strip()

    def figure(self, at: int) -> str:
        """Return one value as it is written."""
        return with_places(self.values[at], _places(self.values[at]))


def compute(calculation: Calculation, operands: Sequence[Operand]) -> Result:
    """Work a calculation out over the operands that were chosen for it, in their order."""
    terms = _terms(calculation, operands)
    with localcontext() as context:
        context.prec = 28
        return _OPERATIONS[calculation.operation](calculation, terms)


def operand_words(operand: Operand) -> str:
    """Return the figure of an operand with its unit and basis, as the source has it."""
    told = operand.text if operand.state != "value" else plain(operand.low)
    if operand.measure.other == "percent":
        return f"{told.rstrip('%')}%"
    basis = ", ".join(sorted(operand.bases))
    return " ".join(filter(None, (told, operand.measure.words, basis)))


def _terms(calculation: Calculation, operands: Sequence[Operand]) -> Terms:
    """Bring operands to the unit of the first, with a line for each and for each conversion."""
    first = operands[0].measure
    lines: list[Line] = []
    values: list[Decimal] = []
    for at, (sought, operand) in enumerate(zip(calculation.sought, operands, strict=True)):
        edition = f" ({operand.edition})" if operand.edition not in ("", sought.label) else ""
        told = operand_words(operand)
        lines.append(Line(f"{sought.label}: {told}{edition}", told, (at,)))
        value = operand.value
        if operand.state == "range":
            low, high = plain(operand.low), plain(operand.high)
            lines.append(
                Line(f"Mid-point: ({low} + {high}) ÷ 2 = {plain(value)}", plain(value), (at,))
            )
        factor = _factor(operand.measure, first)
        if factor != 1:
            turned = value * factor
            told = f"{plain(value)} {operand.measure.words} = {plain(turned)} {first.words}"
            lines.append(Line(told, f"{plain(turned)} {first.words}", (at,)))
            value = turned
        values.append(value)
    basis = sorted(frozenset[str]().union(*(o.bases for o in operands)))
    unit = "" if first.other else " ".join(filter(None, (first.words, ", ".join(basis))))
    labels = tuple(sought.label for sought in calculation.sought)
    return Terms(tuple(values), labels, unit, first, tuple(lines))


def _factor(one: Measure, other: Measure) -> Decimal:
    """Return what one of a unit is in another of the same kind."""
    factor = Decimal(one.scale) / Decimal(other.scale)
    if one.mass and other.mass and one.mass != other.mass:
        factor *= factor_between(one.mass, other.mass)
    if one.per and other.per and one.per != other.per:
        factor *= factor_between(other.per, one.per)
    return factor


def _change(calculation: Calculation, terms: Terms) -> Result:
    earlier, later = terms.values
    difference = later - earlier
    line = _difference_line(terms, 1, 0)
    sentence = (
        f"{_moved(calculation.subject, difference)}"
        + (f" by {_points(terms, abs(difference))}" if difference else "")
        + f" from {_from_to(terms)}"
    )
    lines = [*terms.lines, line]
    if difference and earlier > 0 and not terms.measure.other:
        percent = _percent_line(terms)
        lines.append(percent)
        sentence += f", or by {percent.result.lstrip('-')}"
    return Result(f"{sentence}.", tuple(lines), difference, terms.measure)


def _percent_change(calculation: Calculation, terms: Terms) -> Result:
    earlier, later = terms.values
    line = _percent_line(terms)
    sentence = _moved(calculation.subject, later - earlier)
    if later != earlier:
        sentence += f" by {line.result.lstrip('-')}"
    sentence += f" from {_from_to(terms)}, {_difference_words(terms)}"
    return Result(f"{sentence.rstrip('.')}.", (*terms.lines, line), later - earlier, Measure())


def _factor_change(calculation: Calculation, terms: Terms) -> Result:
    earlier, later = terms.values
    ratio = later / earlier
    line = Line(
        f"{terms.figure(1)} ÷ {terms.figure(0)} = {with_places(ratio, 4)}, rounded to two decimals",
        with_places(ratio, 2),
        (0, 1),
    )
    sentence = (
        f"{_capital(calculation.subject)} in {terms.labels[1]} was {line.result} times that in "
        f"{terms.labels[0]} ({_against(terms, 1, 0)})."
    )
    return Result(sentence, (*terms.lines, line), ratio, Measure())


def _annual_growth(calculation: Calculation, terms: Terms) -> Result:
    earlier, later = terms.values
    years = int(terms.labels[1][-4:]) - int(terms.labels[0][-4:])
    rate = ((later / earlier) ** (Decimal(1) / years) - 1) * 100
    told = f"{with_places(rate, 1)}%"
    line = Line(
        f"({terms.figure(1)} ÷ {terms.figure(0)})^(1/{years}) − 1 = {told}, rounded to one decimal",
        told,
        (0, 1),
    )
    sentence = (
        f"{_moved(calculation.subject, rate)} by {told.lstrip('-')} a year on average (compound "
        f"rate over {years} years) from {_from_to(terms)}."
    )
    return Result(sentence, (*terms.lines, line), rate, Measure())


def _difference(calculation: Calculation, terms: Terms) -> Result:
    large, small = (0, 1) if terms.values[0] >= terms.values[1] else (1, 0)
    line = _difference_line(terms, large, small)
    difference = terms.values[large] - terms.values[small]
    subject = calculation.subject
    if not difference:
        sentence = f"No difference in {subject}: {_both(terms, large, small)}."
        return Result(sentence, (*terms.lines, line), difference, terms.measure)
    first, other = (small, large) if calculation.wants_smaller else (large, small)
    word = "less" if calculation.wants_smaller else "more"
    sentence = (
        f"{_capital(terms.labels[first])}: {_points(terms, difference)} {word} than "
        f"{terms.labels[other]} in {subject} ({_against(terms, first, other)})."
    )
    return Result(sentence, (*terms.lines, line), difference, terms.measure)


def _ratio(calculation: Calculation, terms: Terms) -> Result:
    ratio = terms.values[0] / terms.values[1]
    told = with_places(ratio, 2)
    line = Line(
        f"{terms.figure(0)} ÷ {terms.figure(1)} = {with_places(ratio, 4)}, rounded to two decimals",
        told,
        (0, 1),
    )
    sentence = (
        f"{_capital(terms.labels[0])}: {told} times {terms.labels[1]} in {calculation.subject} "
        f"({_against(terms, 0, 1)})."
    )
    return Result(sentence, (*terms.lines, line), ratio, Measure())


def _larger_change(calculation: Calculation, terms: Terms) -> Result:
    changes = (terms.values[1] - terms.values[0], terms.values[3] - terms.values[2])
    lines = (_difference_line(terms, 1, 0), _difference_line(terms, 3, 2))
    names = [terms.labels[at].rsplit(", ", 1)[0] for at in (0, 2)]
    times = [terms.labels[at].rsplit(", ", 1)[1] for at in (0, 1)]
    told = [
        f"{names[at]} {_way(changes[at])} {terms.amount(abs(changes[at]))} "
        f"({terms.figure(2 * at)} to {terms.figure(2 * at + 1)})"
        for at in (0, 1)
    ]
    most = 0 if abs(changes[0]) >= abs(changes[1]) else 1
    if abs(changes[0]) == abs(changes[1]):
        sentence = f"Both changed alike in {calculation.subject} from {times[0]} to {times[1]}: "
        sentence += f"{told[0]}; {told[1]}."
    else:
        sentence = (
            f"{_capital(names[most])} changed more in {calculation.subject} from {times[0]} to "
            f"{times[1]}: {told[most]} against {told[1 - most]}."
        )
    return Result(sentence, (*terms.lines, *lines), changes[most], terms.measure)


def _share(calculation: Calculation, terms: Terms) -> Result:
    part, whole = terms.values
    percent = part / whole * 100
    places = percent_places(percent)
    told = f"{with_places(percent, places)}%"
    line = Line(
        f"{terms.figure(0)} ÷ {terms.figure(1)} × 100 = {told}, {_rounded(places)}", told, (0, 1)
    )
    sentence = (
        f"{_capital(terms.labels[0])}: {told} of {calculation.sought[1].question} "
        f"({terms.figure(0)} of {terms.figure(1)} {terms.unit})."
    )
    return Result(sentence, (*terms.lines, line), percent, Measure())


def _total(calculation: Calculation, terms: Terms) -> Result:
    total = sum(terms.values, Decimal(0))
    told = terms.amount(total)
    line = Line(f"{_summed(terms)} = {told}", told, terms.all_operands)
    sentence = f"{_capital(calculation.subject)}: {told} in total ({_listed(terms)})."
    return Result(sentence, (*terms.lines, line), total, terms.measure)


def _average(calculation: Calculation, terms: Terms) -> Result:
    count = len(terms.values)
    mean = sum(terms.values, Decimal(0)) / count
    places = (
        terms.places
        if mean == mean.quantize(Decimal(1).scaleb(-terms.places))
        else max(1, terms.places)
    )
    told = f"{with_places(mean, places)} {terms.unit}".strip()
    line = Line(
        f"({_summed(terms)}) ÷ {count} = {told}, {_rounded(places)}", told, terms.all_operands
    )
    sentence = (
        f"{_capital(calculation.subject)}: {told} on average of the {count} years "
        f"({_listed(terms)})."
    )
    return Result(sentence, (*terms.lines, line), mean, terms.measure)


def _looked_up(calculation: Calculation, terms: Terms) -> Result:
    sentence = f"{_capital(calculation.subject)}: {terms.amount(terms.values[0])}."
    return Result(sentence, terms.lines, terms.values[0], terms.measure)


def _difference_line(terms: Terms, one: int, other: int) -> Line:
    difference = terms.values[one] - terms.values[other]
    told = _points(terms, difference)
    return Line(f"{terms.figure(one)} − {terms.figure(other)} = {told}", told, (other, one))


def _percent_line(terms: Terms) -> Line:
    earlier, later = terms.values
    percent = (later - earlier) / earlier * 100
    places = percent_places(percent)
    told = f"{with_places(percent, places)}%"
    formula = f"({terms.figure(1)} − {terms.figure(0)}) ÷ {terms.figure(0)} × 100"
    return Line(f"{formula} = {told}, {_rounded(places)}", told, (0, 1))


def _points(terms: Terms, value: Decimal) -> str:
    if terms.measure.other == "percent":
        return f"{with_places(value, terms.places)} percentage points"
    return terms.amount(value)


def _difference_words(terms: Terms) -> str:
    difference = abs(terms.values[1] - terms.values[0])
    return f"a difference of {_points(terms, difference)}"


def _from_to(terms: Terms) -> str:
    sign = "%" if terms.measure.other == "percent" else ""
    return (
        f"{terms.labels[0]} to {terms.labels[1]} ({terms.figure(0)}{sign} to "
        f"{terms.figure(1)}{sign})"
    )


def _against(terms: Terms, one: int, other: int) -> str:
    return f"{terms.figure(one)} against {terms.figure(other)} {terms.unit}".strip()


def _both(terms: Terms, one: int, other: int) -> str:
    return f"{terms.labels[one]} and {terms.labels[other]} both {terms.amount(terms.values[one])}"


def _listed(terms: Terms) -> str:
    return "; ".join(f"{label}: {terms.figure(at)}" for at, label in enumerate(terms.labels))


def _summed(terms: Terms) -> str:
    return " + ".join(terms.figure(at) for at in terms.all_operands)


def _moved(subject: str, difference: Decimal) -> str:
    if not difference:
        return f"{_capital(subject)} did not change"
    return f"{_capital(subject)} {'rose' if difference > 0 else 'fell'}"


def _way(difference: Decimal) -> str:
    return "up" if difference > 0 else ("down" if difference < 0 else "unchanged,")


def _rounded(places: int) -> str:
    words = {0: "a whole number", 1: "one decimal", 2: "two decimals"}
    return f"rounded to {words.get(places, f'{places} decimals')}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _places(value: Decimal) -> int:
    return places_of((value,))


_OPERATIONS = {
    "change": _change,
    "percent change": _percent_change,
    "factor": _factor_change,
    "annual growth": _annual_growth,
    "difference": _difference,
    "comparison": _difference,
    "ratio": _ratio,
    "larger change": _larger_change,
    "share": _share,
    "total": _total,
    "average": _average,
    "conversion": _looked_up,
}
