"""Comparisons of one thing with another: differences, ratios, shares, the larger change."""

from decimal import Decimal

from assistant.calculating.calculation import Calculation
from assistant.calculating.terms import Line, Result, Terms
from assistant.calculating.units import NO_UNIT
from assistant.calculating.written import capital, percent_places, rounded, with_places


def difference(calculation: Calculation, terms: Terms) -> Result:
    """Tell by how much one thing is more (or less, where that is asked) than another."""
    large, small = (0, 1) if terms.values[0] >= terms.values[1] else (1, 0)
    line = terms.difference_line(large, small)
    apart = terms.values[large] - terms.values[small]
    subject = calculation.subject
    if not apart:
        both = f"{terms.labels[0]} and {terms.labels[1]}"
        sentence = f"No difference in {subject}: {both} both {terms.amount(terms.values[0])}."
        return Result(sentence, (*terms.lines, line), apart, terms.measure)
    first, other = (small, large) if calculation.wants_smaller else (large, small)
    word = "less" if calculation.wants_smaller else "more"
    sentence = (
        f"{capital(terms.labels[first])}: {terms.points(apart)} {word} than "
        f"{terms.labels[other]} in {subject} ({terms.against(first, other)})."
    )
    return Result(sentence, (*terms.lines, line), apart, terms.measure)


def ratio(calculation: Calculation, terms: Terms) -> Result:
    """Tell how many times the second thing the first is."""
    times = terms.values[0] / terms.values[1]
    told = with_places(times, 2)
    line = Line(
        f"{terms.figure(0)} ÷ {terms.figure(1)} = {with_places(times, 4)}, rounded to two decimals",
        told,
        (0, 1),
    )
    sentence = (
        f"{capital(terms.labels[0])}: {told} times {terms.labels[1]} in {calculation.subject} "
        f"({terms.against(0, 1)})."
    )
    return Result(sentence, (*terms.lines, line), times, NO_UNIT)


def larger_change(calculation: Calculation, terms: Terms) -> Result:
    """Tell which of two things changed more; their values come in pairs, earlier and later."""
    changes = (terms.values[1] - terms.values[0], terms.values[3] - terms.values[2])
    lines = (terms.difference_line(1, 0), terms.difference_line(3, 2))
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
            f"{capital(names[most])} changed more in {calculation.subject} from {times[0]} to "
            f"{times[1]}: {told[most]} against {told[1 - most]}."
        )
    return Result(sentence, (*terms.lines, *lines), changes[most], terms.measure)


def share(calculation: Calculation, terms: Terms) -> Result:
    """Tell what part of a whole, the second value, the first is."""
    part, whole = terms.values
    percent = part / whole * 100
    places = percent_places(percent)
    told = f"{with_places(percent, places)}%"
    line = Line(
        f"{terms.figure(0)} ÷ {terms.figure(1)} × 100 = {told}, {rounded(places)}", told, (0, 1)
    )
    sentence = (
        f"{capital(terms.labels[0])}: {told} of {calculation.sought[1].question} "
        f"({terms.figure(0)} of {terms.amount(whole)})."
    )
    return Result(sentence, (*terms.lines, line), percent, NO_UNIT)


def _way(difference: Decimal) -> str:
    return "up" if difference > 0 else ("down" if difference < 0 else "unchanged,")
