"""Changes over time: by how much, by what share, to how many times, at what yearly rate."""

from decimal import Decimal

from assistant.calculating.calculation import Calculation
from assistant.calculating.terms import Line, Result, Terms
from assistant.calculating.units import NO_UNIT
from assistant.calculating.written import capital, percent_places, rounded, with_places


def change(calculation: Calculation, terms: Terms) -> Result:
    """Tell by how much a value rose or fell, and by what share of the earlier one."""
    earlier, later = terms.values
    difference = later - earlier
    line = terms.difference_line(1, 0)
    sentence = (
        f"{_moved(calculation.subject, difference)}"
        + (f" by {terms.points(abs(difference))}" if difference else "")
        + f" from {_from_to(terms)}"
    )
    lines = [*terms.lines, line]
    if difference and earlier > 0 and not terms.measure.other:
        percent = _percent_line(terms)
        lines.append(percent)
        sentence += f", or by {percent.result.lstrip('-')}"
    return Result(f"{sentence}.", tuple(lines), difference, terms.measure)


def percent_change(calculation: Calculation, terms: Terms) -> Result:
    """Tell by what share of the earlier value a value rose or fell."""
    earlier, later = terms.values
    line = _percent_line(terms)
    sentence = _moved(calculation.subject, later - earlier)
    if later != earlier:
        sentence += f" by {line.result.lstrip('-')}"
    sentence += f" from {_from_to(terms)}, a difference of {terms.points(abs(later - earlier))}"
    return Result(f"{sentence.rstrip('.')}.", (*terms.lines, line), later - earlier, NO_UNIT)


def factor(calculation: Calculation, terms: Terms) -> Result:
    """Tell how many times the earlier value the later one is."""
    earlier, later = terms.values
    ratio = later / earlier
    line = Line(
        f"{terms.figure(1)} ÷ {terms.figure(0)} = {with_places(ratio, 4)}, rounded to two decimals",
        with_places(ratio, 2),
        (0, 1),
    )
    sentence = (
        f"{capital(calculation.subject)} in {terms.labels[1]} was {line.result} times that in "
        f"{terms.labels[0]} ({terms.against(1, 0)})."
    )
    return Result(sentence, (*terms.lines, line), ratio, NO_UNIT)


def annual_growth(calculation: Calculation, terms: Terms) -> Result:
    """Tell the compound rate a year at which a value grew or shrank."""
    earlier, later = terms.values
    years = int(terms.labels[1][-4:]) - int(terms.labels[0][-4:])
    rate = ((later / earlier) ** (Decimal(1) / years) - 1) * 100
    told = f"{with_places(rate, 1)}%"
    line = Line(
        f"({terms.figure(1)} ÷ {terms.figure(0)})^(1/{years}) − 1 = {told}, rounded to one decimal",
        told,
        (0, 1),
    )
    span = "1 year" if years == 1 else f"{years} years"
    sentence = (
        f"{_moved(calculation.subject, rate)} by {told.lstrip('-')} a year on average (compound "
        f"rate over {span}) from {_from_to(terms)}."
    )
    return Result(sentence, (*terms.lines, line), rate, NO_UNIT)


def _percent_line(terms: Terms) -> Line:
    earlier, later = terms.values
    percent = (later - earlier) / earlier * 100
    places = percent_places(percent)
    told = f"{with_places(percent, places)}%"
    formula = f"({terms.figure(1)} − {terms.figure(0)}) ÷ {terms.figure(0)} × 100"
    return Line(f"{formula} = {told}, {rounded(places)}", told, (0, 1))


def _moved(subject: str, difference: Decimal) -> str:
    if not difference:
        return f"{capital(subject)} did not change"
    return f"{capital(subject)} {'rose' if difference > 0 else 'fell'}"


def _from_to(terms: Terms) -> str:
    sign = "%" if terms.measure.other == "percent" else ""
    return (
        f"{terms.labels[0]} to {terms.labels[1]} ({terms.figure(0)}{sign} to "
        f"{terms.figure(1)}{sign})"
    )
