"""Answers a question by calculation: looks the figures up, works it out, cites every figure.

Where the figures cannot be put together the answer is `not_found` and says what stands in the way;
where none is found at all, or nothing is to be worked out, it has no sentence and no text, and the
ordinary answer is called for.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Seconds, Sentence, Step
from assistant.answering import make_citation
from assistant.calculating.calculation import Calculation, LookUp, Operand, Sought
from assistant.calculating.choosing import Choice, choose
from assistant.calculating.computing import compute
from assistant.calculating.converting import Turned, convert, rounded_words, told
from assistant.calculating.obstacles import obstacle_of_form
from assistant.calculating.operands import Search, look_up_with, times_found
from assistant.calculating.oxide_factors import stated_factor
from assistant.calculating.terms import Line, Result, operand_words
from assistant.calculating.times import find_times
from assistant.calculating.understanding import calculation_asked
from assistant.calculating.written import capital
from index.passage import Evidence

_MODEL = "calculation"
_CONFIDENCE = 0.9
_REFUSED = 0.2
_NO_SOURCE = "The figure is the question's own: no source is cited for it."
_NEAR_YEARS = 3  # a series that ends long before the year asked for is likely another


def answer_by_calculation(asked: str, standalone: str, search: Search) -> Answer:
    """Answer a standalone question by calculation over what a search finds.

    The answer's text is empty where the ordinary answer is called for: nothing is to be worked
    out, no source has any of the figures, or a source states the result itself.
    """
    started = time.perf_counter()
    answer = _answered(asked, standalone, search)
    return replace(answer, seconds=Seconds(0.0, time.perf_counter() - started))


def _answered(asked: str, standalone: str, search: Search) -> Answer:
    look_up = look_up_with(search)
    nothing = Answer(asked, standalone, "not_found", "", model=_MODEL)
    calculation = calculation_asked(standalone)
    if calculation.operation == "none":
        return nothing
    if calculation.obstacle:
        return _refusal(nothing, f"This cannot be calculated: {calculation.obstacle}.", ())
    if calculation.stated:
        return _of_stated(nothing, calculation, search)
    if calculation.operation == "share" and _stated_share(calculation, look_up):
        return nothing
    found = look_up(calculation.sought)
    choice = choose(calculation, found)
    if choice.missing:
        return _of_missing(nothing, calculation, choice, search)
    if choice.obstacle:
        return _of_obstacle(nothing, choice)
    return _of_figures(nothing, calculation, choice)


def _stated_share(calculation: Calculation, look_up: LookUp) -> bool:
    """Tell whether a source states the share itself: then it is said in the source's words."""
    part, _ = calculation.sought
    share = Sought(f"share of {part.question}", part.label)
    return any(operand.measure.other == "percent" for operand in look_up((share,))[0])


def _of_stated(nothing: Answer, calculation: Calculation, search: Search) -> Answer:
    stated = calculation.stated[0]
    turned = convert(stated.value, stated.measure, calculation.conversion, ())
    if not turned.is_turned:
        return nothing
    short = rounded_words(turned, stated.value)
    about = f" (about {short} at the precision of the figure given)" if short else ""
    what = f" of {turned.what}" if turned.what else ""
    shown = "; ".join(line.text for line in turned.lines)
    sentence = f"{capital(stated.written)} is {told(turned)}{what}{about}: {shown}."
    form = calculation.conversion.form
    found = stated_factor(calculation.conversion.element, search) if form else ()
    citations = tuple(make_citation(number, c) for number, c in enumerate(found, start=1))
    numbers = tuple(citation.number for citation in citations)
    return replace(
        nothing,
        status="answered",
        text=f"{sentence}{_marks(numbers)}",
        warnings=() if numbers else (_NO_SOURCE,),
        # A sentence cites; one that rests on named constants alone is the answer's text only.
        sentences=(Sentence(sentence, numbers, "supported"),) if numbers else (),
        citations=citations,
        evidence=tuple(candidate.evidence for candidate in found),
        steps=tuple(Step(line.text, numbers, line.result) for line in turned.lines),
        confidence=_CONFIDENCE,
    )


def _of_figures(nothing: Answer, calculation: Calculation, choice: Choice) -> Answer:
    operands = choice.operands
    if calculation.conversion.form:
        reason = obstacle_of_form(calculation.conversion, operands[0].bases)
        if reason:
            return _of_obstacle(nothing, replace(choice, obstacle=reason))
    result = compute(calculation, operands)
    turned = _turned(calculation, result, operands)
    if calculation.operation == "conversion" and not turned.is_turned:
        return nothing  # the source has it as it is asked for
    citations, numbers = _cited(operands)
    all_numbers = tuple(sorted(set(numbers)))
    sentence = _with_edition(_sentence(calculation, result, turned, operands), operands)
    lines = (*result.lines, *turned.lines)
    return replace(
        nothing,
        status="answered",
        text=f"{sentence}{_marks(all_numbers)}",
        sentences=(Sentence(sentence, all_numbers, "supported"),),
        citations=citations,
        evidence=_evidence(operands),
        warnings=choice.remarks,
        steps=_steps(lines, numbers),
        confidence=_CONFIDENCE,
    )


def _turned(calculation: Calculation, result: Result, operands: Sequence[Operand]) -> Turned:
    at = tuple(range(len(operands)))
    if not result.measure.kind:
        return Turned(result.value, result.measure, ())
    return convert(result.value, result.measure, calculation.conversion, at)


def _sentence(
    calculation: Calculation, result: Result, turned: Turned, operands: Sequence[Operand]
) -> str:
    if not turned.is_turned:
        return result.sentence
    what = f" of {turned.what}" if turned.what else ""
    if calculation.operation != "conversion":
        return f"{result.sentence.rstrip('.')}; that is {told(turned)}{what}."
    short = rounded_words(turned, operands[0].value)
    about = f", about {short} at the precision of that figure" if short else ""
    worked = "; ".join(line.text for line in turned.lines)
    return (
        f"{capital(calculation.subject)}: {told(turned)}{what} "
        f"({operand_words(operands[0])} in the source{about}). {worked}."
    )


def _with_edition(sentence: str, operands: Sequence[Operand]) -> str:
    """Return the sentence with the edition that all figures are from, where it does not name it."""
    editions = {operand.edition for operand in operands}
    edition = next(iter(editions))
    if len(editions) > 1 or not edition or edition in sentence:
        return sentence
    return f"{sentence} By {edition}."


def _of_missing(
    nothing: Answer, calculation: Calculation, choice: Choice, search: Search
) -> Answer:
    """Refuse where tables have the series asked for, but not these years of it, or a part of a sum.

    Else the sources may say in words what is asked, and the ordinary answer is called for.
    """
    in_words = any(not operand.candidate.is_row for operand in choice.operands)
    if in_words or calculation.operation == "conversion":
        return nothing
    is_part = calculation.operation == "total" and bool(choice.operands)
    if not is_part and not all(_has_series(sought, search) for sought in choice.missing):
        return nothing
    missing = "; ".join(sought.question for sought in choice.missing)
    found = [sought for sought in calculation.sought if sought not in choice.missing]
    told = "".join(
        f" Found: {sought.question}, in {operand.candidate.evidence.source.title}."
        for sought, operand in zip(found, choice.operands, strict=True)
    )
    reason = f"This cannot be calculated: no source has a figure for {missing}.{told}"
    return _refusal(nothing, reason, choice.operands)


def _has_series(sought: Sought, search: Search) -> bool:
    """Tell whether tables have what is sought for years close to the one that is asked."""
    asked = int((find_times(sought.question) or ("0",))[0][-4:])
    found = (int(time[-4:]) for time in times_found(sought, search))
    return any(0 < abs(year - asked) <= _NEAR_YEARS for year in found)


def _of_obstacle(nothing: Answer, choice: Choice) -> Answer:
    return _refusal(nothing, f"This cannot be calculated: {choice.obstacle}.", choice.operands)


def _refusal(nothing: Answer, reason: str, operands: Sequence[Operand]) -> Answer:
    """Return what stands in the way; what was read is evidence, and no figure of it is told."""
    return replace(nothing, text=reason, evidence=_evidence(operands), confidence=_REFUSED)


def _cited(operands: Sequence[Operand]) -> tuple[tuple[Citation, ...], tuple[int, ...]]:
    """Return a citation for each row or sentence, with all cells taken of it, and their numbers."""
    rows: dict[tuple[str, int], list[Operand]] = {}
    for operand in operands:
        rows.setdefault(_place(operand), []).append(operand)
    citations = []
    for number, of_row in enumerate(rows.values(), start=1):
        cells = dict.fromkeys(cell for o in of_row for cell in o.candidate.cells)
        candidate = replace(of_row[0].candidate, cells=tuple(cells))
        citations.append(make_citation(number, candidate))
    order = list(rows)
    return tuple(citations), tuple(order.index(_place(o)) + 1 for o in operands)


def _place(operand: Operand) -> tuple[str, int]:
    return operand.candidate.evidence.passage.id, operand.candidate.start


def _evidence(operands: Sequence[Operand]) -> tuple[Evidence, ...]:
    return tuple({o.candidate.evidence.passage.id: o.candidate.evidence for o in operands}.values())


def _steps(lines: Sequence[Line], numbers: Sequence[int]) -> tuple[Step, ...]:
    return tuple(
        Step(line.text, tuple(sorted({numbers[at] for at in line.operands})), line.result)
        for line in lines
    )


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f" [{number}]" for number in numbers)
