"""Works a calculation out and tells it: the answer in one sentence, and each step with its figures.

Figures keep the decimals of what they come from; a percentage has one. What rounding took away is
said in the step.
"""

from decimal import Decimal, localcontext

from assistant.calculating.amounts import Unit, capital, percent_places, rounded, with_places
from assistant.calculating.terms import Line, Result, Terms
from corpus.facts import Query

_DIVIDING = ("growth", "annual growth", "ratio", "share")


def obstacle_of_values(query: Query, terms: Terms) -> str:
    """Return why values cannot be put together as asked, "" where they can."""
    if query.operation in _DIVIDING and any(value <= 0 for value in terms.values):
        return "a value is zero or negative, so that no ratio or rate of growth can be formed"
    if query.operation == "share" and terms.values[0] > terms.values[1]:
        return "the part is larger than the whole, so that the two do not belong together"
    return ""


def compute(query: Query, over: str, terms: Terms) -> Result:
    """Work a calculation out over the operands that were chosen for it, in their order."""
    with localcontext() as context:
        context.prec = 28
        match query.operation, over:
            case "share", _:
                return _share(terms)
            case "total", _:
                return _total(terms)
            case "average", _:
                return _average(terms)
            case "ratio", "times" | "editions":
                return _factor(terms)
            case "ratio", "names" | "measures":
                return _ratio(terms)
            case "annual growth", "times":
                return _annual_growth(terms)
            case "growth", "times" | "editions":
                return _percent_change(terms)
            case _, "times" | "editions":
                return _change(terms)
            case _, "names and times":
                return _changes(terms)
        return _difference(terms, query.calculation.wants_smaller)


# -- over time


def _change(terms: Terms) -> Result:
    earlier, later = terms.values
    difference = later - earlier
    sentence = (
        f"{_moved(terms.subject, difference)}"
        + (f" by {terms.points(abs(difference))}" if difference else "")
        + f" from {_from_to(terms, terms.shown(*((1, 0) if difference > 0 else (0, 1))))}"
    )
    lines = [*terms.lines, terms.difference_line(1, 0)]
    if difference and earlier > 0 and later >= 0 and not terms.is_share:
        percent = percent_line(terms)
        lines.append(percent)
        sentence += f", or by {percent.result.lstrip('-')}"
    return Result(f"{sentence}.", tuple(lines), difference, terms.unit)


def _percent_change(terms: Terms) -> Result:
    earlier, later = terms.values
    line = percent_line(terms)
    sentence = _moved(terms.subject, later - earlier)
    if later != earlier:
        sentence += f" by {line.result.lstrip('-')}"
    sentence += f" from {_from_to(terms)}, a difference of {terms.points(abs(later - earlier))}."
    return Result(sentence, (*terms.lines, line), later - earlier, Unit())


def _factor(terms: Terms) -> Result:
    line, ratio = _division(terms, 1, 0)
    sentence = (
        f"{capital(terms.subject)} in {terms.labels[1]} was {line.result} times that in "
        f"{terms.labels[0]} ({terms.against(1, 0)})."
    )
    return Result(sentence, (*terms.lines, line), ratio, Unit())


def _annual_growth(terms: Terms) -> Result:
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
        f"{_moved(terms.subject, rate)} by {told.lstrip('-')} a year on average (compound "
        f"rate over {span}) from {_from_to(terms)}."
    )
    return Result(sentence, (*terms.lines, line), rate, Unit())


def percent_line(terms: Terms, earlier: int = 0, later: int = 1) -> Line:
    """Return the step that gives a change in percent of the earlier value."""
    before, after = terms.values[earlier], terms.values[later]
    percent = (after - before) / before * 100
    places = percent_places(percent)
    told = f"{with_places(percent, places)}%"
    figures = terms.figure(earlier), terms.figure(later)
    formula = f"({figures[1]} − {figures[0]}) ÷ {figures[0]} × 100"
    return Line(f"{formula} = {told}, {rounded(places)}", told, (earlier, later))


def _moved(subject: str, difference: Decimal) -> str:
    if not difference:
        return f"{capital(subject)} did not change"
    return f"{capital(subject)} {'rose' if difference > 0 else 'fell'}"


def _from_to(terms: Terms, shown: str = "") -> str:
    return f"{terms.labels[0]} to {terms.labels[1]} ({terms.told(0)} to {terms.told(1)}{shown})"


# -- over things


def _difference(terms: Terms, wants_smaller: bool) -> Result:
    """Tell by how much one thing is more (or less, where that is asked) than another."""
    large, small = (0, 1) if terms.values[0] >= terms.values[1] else (1, 0)
    line = terms.difference_line(large, small)
    apart = terms.values[large] - terms.values[small]
    if not apart:
        both = f"{terms.labels[0]} and {terms.labels[1]}"
        sentence = f"No difference in {terms.subject}: {both} both {terms.told(0)}."
        return Result(sentence, (*terms.lines, line), apart, terms.unit)
    first, other = (small, large) if wants_smaller else (large, small)
    sentence = (
        f"{capital(terms.labels[first])}: {terms.points(apart)} "
        f"{'less' if wants_smaller else 'more'} than {terms.labels[other]} in {terms.subject} "
        f"({terms.against(first, other)}{terms.shown(large, small)})."
    )
    return Result(sentence, (*terms.lines, line), apart, terms.unit)


def _ratio(terms: Terms) -> Result:
    line, ratio = _division(terms, 0, 1)
    sentence = (
        f"{capital(terms.labels[0])}: {line.result} times {terms.labels[1]} in {terms.subject} "
        f"({terms.against(0, 1)})."
    )
    return Result(sentence, (*terms.lines, line), ratio, Unit())


def _division(terms: Terms, one: int, other: int) -> tuple[Line, Decimal]:
    ratio = terms.values[one] / terms.values[other]
    text = f"{terms.figure(one)} ÷ {terms.figure(other)} = {with_places(ratio, 4)}"
    return Line(f"{text}, rounded to two decimals", with_places(ratio, 2), (0, 1)), ratio


def _changes(terms: Terms) -> Result:
    """Tell how several things changed, the most first; values come in pairs, earlier and later."""
    pairs = [(at, at + 1) for at in range(0, len(terms.values), 2)]
    times = [terms.labels[at].rsplit(", ", 1)[1] for at in (0, 1)]
    lines: list[Line] = []
    told: list[tuple[Decimal, str, str]] = []
    for earlier, later in pairs:
        name = terms.labels[earlier].rsplit(", ", 1)[0]
        change = terms.values[later] - terms.values[earlier]
        lines.append(terms.difference_line(later, earlier))
        percent = ""
        ends = terms.values[earlier], terms.values[later]
        if ends[0] > 0 and ends[1] >= 0 and change and not terms.is_share:
            lines.append(percent_line(terms, earlier, later))
            percent = f", {lines[-1].result.lstrip('-')}"
        way = "up" if change > 0 else ("down" if change < 0 else "unchanged,")
        moved = f"{terms.told(earlier)} to {terms.told(later)}{percent}"
        told.append((change, name, f"{name} {way} {terms.points(abs(change))} ({moved})"))
    told.sort(key=lambda one: -abs(one[0]))
    span = f"in {terms.subject} from {times[0]} to {times[1]}"
    said = (
        " against ".join(one[2] for one in told)
        if len(told) == 2
        else "; ".join(one[2] for one in told)
    )
    if abs(told[0][0]) == abs(told[1][0]):
        sentence = f"{told[0][1]} and {told[1][1]} changed alike {span}: {said}."
    else:
        sentence = f"{capital(told[0][1])} changed more {span}: {said}."
    if len(told) > 2:
        sentence = f"{capital(told[0][1])} changed most {span}: {said}."
    return Result(sentence, (*terms.lines, *lines), told[0][0], terms.unit)


def _share(terms: Terms) -> Result:
    """Tell what part of a whole, the second value, the first is."""
    line, percent = share_line(terms)
    sentence = (
        f"{capital(terms.labels[0])}: {line.result} of {terms.labels[1]} "
        f"({terms.told(0)} of {terms.told(1)})."
    )
    return Result(sentence, (*terms.lines, line), percent, Unit())


def share_line(terms: Terms) -> tuple[Line, Decimal]:
    """Return the step that gives what part of the second value the first is, and the percentage."""
    percent = terms.values[0] / terms.values[1] * 100
    places = percent_places(percent)
    told = f"{with_places(percent, places)}%"
    figures = f"{terms.figure(0)} ÷ {terms.figure(1)} × 100"
    return Line(f"{figures} = {told}, {rounded(places)}", told, (0, 1)), percent


# -- over many


def _total(terms: Terms) -> Result:
    line, total = sum_line(terms)
    sentence = f"{capital(terms.subject)}: {line.result} in total ({_listed(terms)})."
    return Result(sentence, (*terms.lines, line), total, terms.unit)


def sum_line(terms: Terms) -> tuple[Line, Decimal]:
    """Return the step that adds all values up, and their sum."""
    total = sum(terms.values, Decimal(0))
    told = terms.amount(total)
    return Line(f"{_summed(terms)} = {told}", told, terms.all_operands), total


def _average(terms: Terms) -> Result:
    count = len(terms.values)
    mean = sum(terms.values, Decimal(0)) / count
    is_whole = mean == mean.quantize(Decimal(1).scaleb(-terms.places))
    places = terms.places if is_whole else max(1, terms.places)
    told = terms.unit.amount(with_places(mean, places))
    text = f"({_summed(terms)}) ÷ {count} = {told}, {rounded(places)}"
    sentence = f"{capital(terms.subject)}: {told} on average of {count} ({_listed(terms)})."
    line = Line(text, told, terms.all_operands)
    return Result(sentence, (*terms.lines, line), mean, terms.unit)


def _listed(terms: Terms) -> str:
    return "; ".join(f"{label}: {terms.figure(at)}" for at, label in enumerate(terms.labels))


def _summed(terms: Terms) -> str:
    return " + ".join(terms.figure(at) for at in terms.all_operands)
