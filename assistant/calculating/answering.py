"""Answers a question by calculation: finds its operands in the ledger, works it out, cites them.

Where they are not all there, or cannot be put together, the answer is `not_found` and says what is
missing. Where nothing is to be worked out it has no text, and the next way of answering is taken.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Seconds, Sentence, Step
from assistant.calculating.amounts import Unit, capital, exact
from assistant.calculating.choosing import (
    Choice,
    Operand,
    choose,
    find_operand,
    one_operand,
)
from assistant.calculating.computing import compute, obstacle_of_values
from assistant.calculating.converting import (
    convert_figure,
    may_be_turned,
    rounded_text,
    unit_asked,
)
from assistant.calculating.obstacles import obstacle_of, obstacle_of_form
from assistant.calculating.operands import (
    CALCULATED,
    LATEST,
    Operands,
    Sought,
    operands_of,
    single_of,
    subject_text,
)
from assistant.calculating.stated import (
    other_rates,
    stated_changes,
    stated_factor,
    stated_share,
    told_changes,
)
from assistant.calculating.terms import Line, operand_text, terms_of
from assistant.figures import FactCitations, FactSearch, answer_by_look_up
from assistant.figures.realising import realise, source_text, value_with_basis
from assistant.figures.value_words import forms, period_text
from corpus.facts import Query
from corpus.language.measures import has_nature
from corpus.language.quantities import Quantity
from corpus.language.units import dimension
from corpus.lexicon import load_lexicon
from index.facts import LedgerFact
from index.query import points_of

_MODEL = "calculation"
_PUT_TOGETHER = ("total", "difference", "ratio")
_CONFIDENCE = 0.9
_REFUSED = 0.2
_NO_SOURCE = "The figure is the question's own: no source is cited for it."


def answer_by_calculation(asked: str, query: Query, search: FactSearch) -> Answer:
    """Answer a question by calculation over the ledger; without text where it asks for none."""
    started = time.perf_counter()
    answer = _answered(Answer(asked, query.text, "not_found", "", model=_MODEL), query, search)
    return replace(answer, seconds=Seconds(0.0, time.perf_counter() - started))


def _answered(nothing: Answer, query: Query, search: FactSearch) -> Answer:
    if query.operation not in (*CALCULATED, "convert", "look-up"):
        return nothing
    if reason := obstacle_of(query):
        return _refused(nothing, reason)
    if query.calculation.stated:
        return _of_stated(nothing, query, search)
    operands = operands_of(query)
    if operands.over:
        return _of_operands(nothing, query, operands, search)
    if query.operation in _PUT_TOGETHER and not points_of(query.periods)[1:]:
        wanted = query.wanted
        is_of_kind = not (wanted.measure or query.unit) and query.value_kind == "any"
        if query.operation == "difference" and is_of_kind:
            return nothing  # how things differ, and not by how much
        if wanted.measure and wanted.arguments and query.periods:
            return nothing  # one figure, which a source may give for all together
        return _refused(nothing, "it is not clear which figures are to be put together")
    if query.unit or query.calculation.form:
        return _converted(nothing, query, search)
    return nothing


# -- several figures put together


def _of_operands(nothing: Answer, query: Query, operands: Operands, search: FactSearch) -> Answer:
    cited = search.citations()
    if query.operation == "share" and (shares := stated_share(query, search)):
        told = _looked_up(nothing, query, search)
        return told if told.status == "conflicting" else _told(nothing, shares[0], search)
    changes = stated_changes(query, operands, search)
    choice = choose(operands, search, query.calculation.takes_middle)
    operands = _dated(operands, choice)
    is_share = bool(choice.missing) and query.operation == "share"
    if is_share and (told := _looked_up(nothing, query, search)).text:
        return told
    changes = () if _is_against(changes, choice) else changes
    sentences: list[Sentence] = []
    if changes:
        numbers = tuple(cited.cite(change) for change in changes)
        sentences.append(_cited(told_changes(operands, changes), numbers))
    obstacle = choice.obstacle
    terms = None
    if not (choice.missing or obstacle):
        terms = terms_of(operands.subject, operands.sought, choice.operands)
        obstacle = obstacle_of_values(query, terms)
    if terms is None or obstacle:
        if changes:
            return _shown(nothing, sentences, (), (), cited, Choice())
        is_series = operands.over == "times" and choice.operands
        is_told = query.operation == "compare" or operands.over == "line"
        if choice.missing and is_told and not is_series:
            return nothing  # a source may say it in words
        return _refused(nothing, obstacle) if obstacle else _missing(nothing, operands, choice)
    result = compute(query, operands.over, terms)
    everyone = tuple(range(len(choice.operands)))
    turned = convert_figure(result.value, result.unit, query, everyone)
    sentence = result.sentence
    if turned.is_turned:
        sentence = f"{sentence.rstrip('.')}; that is {turned.text}."
    if changes:
        sentence = f"From the figures themselves: {sentence}"
    numbers = tuple(cited.cite(operand.found) for operand in choice.operands)
    sentences.append(_cited(_with_edition(sentence, choice.operands), numbers))
    first, last = terms.values[0], terms.values[-1]
    rate = (last - first) / first * 100 if first else first
    others = other_rates(query, operands, rate, search)
    for one in others:
        otherwise = forms("voice")["otherwise"].format(said=realise(one))
        sentences.append(_cited(otherwise, (cited.cite(one),)))
    lines = (*result.lines, *turned.lines)
    answer = _shown(nothing, sentences, lines, numbers, cited, choice)
    return replace(answer, status="conflicting") if others else answer


def _looked_up(nothing: Answer, query: Query, search: FactSearch) -> Answer:
    """Return the look-up of a share that a source may state itself."""
    is_of_imports = has_nature(query.wanted.measure, "part of imports")
    wanted = replace(query.wanted, of="") if is_of_imports else query.wanted
    asked = replace(query, operation="look-up", parts=(), wanted=wanted)
    return answer_by_look_up(nothing.question, nothing.standalone_question, asked, search)


def _is_against(changes: Sequence[LedgerFact], choice: Choice) -> bool:
    """Tell whether figures went another way than stated changes, which are of another thing."""
    if choice.missing or len(choice.operands) != 2 * len(changes):
        return False
    pairs = zip(choice.operands[::2], choice.operands[1::2], strict=True)
    for stated, (earlier, later) in zip(changes, pairs, strict=True):
        change = stated.fact.change
        way = "up" if later.value > earlier.value else "down"
        if change and change.direction and later.value != earlier.value and change.direction != way:
            return True
    return False


def _dated(operands: Operands, choice: Choice) -> Operands:
    """Return operands of which the latest is called by the time that it is of."""
    if choice.missing or operands.sought[-1].label != LATEST:
        return operands
    period = choice.operands[-1].found.fact.period
    last = Sought(period_text(period) if period else LATEST, operands.sought[-1].query)
    return replace(operands, sought=(*operands.sought[:-1], last))


def _told(nothing: Answer, found: LedgerFact, search: FactSearch) -> Answer:
    """Return what a source states itself, where nothing is to be worked out."""
    cited = search.citations()
    [placed] = search.ledger.placed([found])
    sentences = [_cited(realise(placed), (cited.cite(found),))]
    return _shown(nothing, sentences, (), (), cited, Choice())


# -- one figure in another unit


def _converted(nothing: Answer, query: Query, search: FactSearch) -> Answer:
    facts = find_operand(single_of(query), search)
    facts = tuple(one for one in facts if isinstance(one.fact.value, Quantity))
    if not facts:
        return nothing
    operand = one_operand(facts)
    symbol = operand.unit.symbol
    wanted = unit_asked(query.unit, symbol)
    if _is_foreign(query, symbol) and not search.find_in_words(single_of(query, query.unit)).facts:
        return _refused(
            nothing, f"sources give it as {operand_text(operand)}, and no exchange rate"
        )
    is_other = wanted != symbol and may_be_turned(query, symbol)
    is_form = bool(query.calculation.form) and dimension(symbol) == "mass"
    if not (is_other or is_form):
        return nothing
    if is_form and (reason := obstacle_of_form(query, operand.found.fact.basis)):
        return _refused(nothing, reason)
    value = operand.found.fact.value
    if not isinstance(value, Quantity) or value.low != value.high or value.bound not in "=~":
        return nothing
    turned = convert_figure(operand.value, operand.unit, query, (0,))
    if not turned.is_turned:
        return nothing
    cited = search.citations()
    numbers = (cited.cite(operand.found),)
    fact = single_of(query).wanted
    when = f" in {period_text(query.periods[0])}" if query.periods else ""
    short = rounded_text(turned, operand.value)
    about = f", about {short} at the precision of that figure" if short else ""
    worked = "; ".join(line.text for line in turned.lines)
    source = operand_text(operand)
    sentence = (
        f"{capital(subject_text(fact, query.rest))}{when}: {turned.text} "
        f"({source} in the source{about}). {worked}."
    )
    first = Line(f"{capital(subject_text(fact, query.rest))}: {source}", source, (0,))
    choice = Choice((operand,))
    sentences = [_cited(sentence, numbers)]
    return _shown(nothing, sentences, (first, *turned.lines), numbers, cited, choice)


def _is_foreign(query: Query, symbol: str) -> bool:
    """Tell whether money is asked for in another currency, and at no rate that a question gives."""
    currencies = [unit.partition("/")[0] for unit in (query.unit, symbol)]
    are_known = all(dimension(one) == "money" and one.isalpha() for one in currencies)
    return are_known and currencies[0] != currencies[1] and query.calculation.rate is None


def _of_stated(nothing: Answer, query: Query, search: FactSearch) -> Answer:
    """Return the conversion of a figure that the question itself gives."""
    given = query.calculation.stated
    if len(given) != 1:
        return nothing
    value, unit = exact(given[0].value), Unit(given[0].unit)
    turned = convert_figure(value, unit, query)
    if not turned.is_turned:
        return nothing
    short = rounded_text(turned, value)
    about = f" (about {short} at the precision of the figure given)" if short else ""
    shown = "; ".join(line.text for line in turned.lines)
    sentence = f"{unit.amount(f'{value:,}')} is {turned.text}{about}: {shown}."
    cited, numbers = search.citations(), tuple[int, ...]()
    element = load_lexicon().elements.get(query.calculation.element)
    if query.calculation.form and element:
        name = load_lexicon().entry(query.calculation.element).name
        if found := stated_factor(name, element.oxide_to_metal, search):
            numbers = (cited.cite(found),)
    return replace(
        nothing,
        status="answered",
        text=f"{sentence}{_marks(numbers)}",
        warnings=() if numbers else (_NO_SOURCE,),
        # A sentence cites; one that rests on named constants alone is the answer's text only.
        sentences=(Sentence(sentence, numbers, "supported"),) if numbers else (),
        citations=cited.citations,
        evidence=cited.evidence,
        steps=tuple(Step(line.text, numbers, line.result) for line in turned.lines),
        confidence=_CONFIDENCE,
    )


# -- what is shown


def _shown(
    nothing: Answer,
    sentences: Sequence[Sentence],
    lines: Sequence[Line],
    numbers: Sequence[int],
    cited: FactCitations,
    choice: Choice,
) -> Answer:
    return replace(
        nothing,
        status="answered",
        text=" ".join(f"{one.text}{_marks(one.citations)}" for one in sentences),
        sentences=tuple(sentences),
        citations=cited.citations,
        evidence=cited.evidence,
        warnings=(*cited.warnings, *_remarks(choice.operands)),
        steps=tuple(
            Step(line.text, tuple(sorted({numbers[at] for at in line.operands})), line.result)
            for line in lines
        ),
        confidence=_CONFIDENCE,
    )


def _missing(nothing: Answer, operands: Operands, choice: Choice) -> Answer:
    """Refuse, and say which operand is missing and what was found."""
    missing = " and ".join(sought.label for sought in choice.missing)
    reason = f"no source has a figure for {missing} ({operands.subject})"
    found = [sought for sought in operands.sought if sought not in choice.missing]
    told = [
        f"{sought.label}: {operand_text(operand)} ({source_text(operand.found)})"
        for sought, operand in zip(found, choice.operands, strict=True)
        if isinstance(operand.found.fact.value, Quantity)
    ]
    refused = _refused(nothing, f"{reason}. Found: {'; '.join(told)}" if told else reason)
    # What no figure is of may be stated in words; who counts one of two times, counts the other.
    return (
        refused
        if told and operands.over not in ("whole", "line")
        else replace(refused, confidence=0.0)
    )


def _refused(nothing: Answer, reason: str) -> Answer:
    return replace(nothing, text=f"This cannot be calculated: {reason}.", confidence=_REFUSED)


def _with_edition(sentence: str, operands: Sequence[Operand]) -> str:
    """Return the sentence with the edition that all figures are from, where it does not name it."""
    editions = {operand.edition for operand in operands}
    edition = next(iter(editions))
    if len(editions) > 1 or not edition or edition in sentence:
        return sentence
    return f"{sentence} By {edition}."


def _remarks(operands: Sequence[Operand]) -> tuple[str, ...]:
    """Return what newer editions give instead of the figures taken, and where sources differ."""
    told = []
    for operand in operands:
        newer = operand.found.newer
        if newer and newer.source.id != operand.found.source.id:
            edition = newer.fact.edition or newer.source.edition or newer.source.title
            told.append(f"{edition} gives {value_with_basis(newer.fact)} instead.")
    editions = dict.fromkeys(o.edition or o.found.source.title for o in operands)
    if len(editions) > 1:
        told.append(f"The figures come from different sources: {'; '.join(editions)}.")
    return tuple(dict.fromkeys(told))


def _cited(sentence: str, numbers: Sequence[int]) -> Sentence:
    return Sentence(sentence, tuple(sorted(set(numbers))), "supported")


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f" [{number}]" for number in sorted(set(numbers)))
