"""What the nearest sources lack of what a question asks, in words for an answer `not_found`."""

import re
from collections.abc import Iterator, Sequence

from assistant.agreement import (
    measures_compared,
    statement_times,
    subject_agreement,
)
from assistant.answer import page_place
from assistant.candidates import holds_statement
from assistant.subjects import Subject
from assistant.times import Times, times_told
from assistant.wanted import Wanted
from assistant.weighing import Weighed, Weighing
from corpus.language.words import fold
from index.passage import Evidence

_SOURCES = 3
_LOOKED_AT = 20  # pieces of evidence, for the nearest that say something
_NOT_SAID = 0.35  # strength below which a word is said nowhere near
_OTHER_MEASURE = 0.3
_WORDS = 2
_LONGEST_QUOTE = 200
_KINDS: dict[Wanted, str] = {
    "mass": "no tonnage",
    "money": "no amount of money",
    "percent": "no percentage",
    "count": "no number",
    "figure": "no figure",
    "duration": "no length of time",
    "date": "no date",
    "person": "no name of a person",
    "name": "no name",
}
_PARTS = {
    "H1": "the first half",
    "H2": "the second half",
    "9M": "nine months",
    "Q1": "the first quarter",
    "Q2": "the second quarter",
    "Q3": "the third quarter",
    "Q4": "the fourth quarter",
}


def not_found_text(weighing: Weighing, evidence: Sequence[Evidence]) -> str:
    """Return that the sources do not say, which come nearest, and what they lack."""
    stating = [piece for piece in evidence[:_LOOKED_AT] if holds_statement(piece.passage)]
    if not stating and not weighing.statements:
        return "The sources do not say: nothing in them speaks of this."
    nearest = dict.fromkeys(_titled_place(piece) for piece in stating[:5])
    if not weighing.statements:
        return f"The sources do not say. Nearest: {'; '.join(list(nearest)[:_SOURCES])}."
    best = weighing.statements[0]
    place = _titled_place(best.candidate.evidence)
    others = [one for one in nearest if one != place][: _SOURCES - 1]
    lacks = "; ".join(_lacks(weighing, best, evidence))
    told = f"The sources do not say. Nearest: {place}{f' ({lacks})' if lacks else ''}"
    return f"{told}; {'; '.join(others)}." if others else f"{told}."


def _lacks(weighing: Weighing, best: Weighed, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Yield what the best statement lacks, the plainest first; unsaid words where that is all."""
    required, candidate = weighing.required, best.candidate
    missing = [s for s in required.subjects if not _is_named(s, weighing, best, evidence)]
    if best.sign("nothing absent") == 0 and not missing:
        yield f'it says: "{candidate.text[:_LONGEST_QUOTE]}"'
        return
    found = list(_differences(weighing, best))
    if missing:
        found.insert(0, f"it does not name {' or '.join(subject.text for subject in missing)}")
    if best.sign("kind") == 0 and required.wanted in _KINDS:
        found.append(f"it gives {_KINDS[required.wanted]}")
    told = (one.strengths for one in weighing.statements)
    anywhere = [max(said) for said in zip(*told, strict=True)]
    texts = [fold(item.passage.text) for item in evidence]
    yield from found
    unsaid = [
        word
        for word, strength in zip(required.words, anywhere, strict=True)
        if strength < _NOT_SAID and not _is_written(word.text, texts)
    ]
    rarest = sorted(unsaid, key=lambda word: -word.rarity)[:_WORDS]
    if rarest and not found:
        yield "nothing near it says " + " or ".join(f'"{word.text}"' for word in rarest)


def _is_written(words: str, texts: Sequence[str]) -> bool:
    return any(fold(words) in text for text in texts)


def _differences(weighing: Weighing, best: Weighed) -> Iterator[str]:
    """Yield what the best statement tells instead of what is asked for."""
    required, candidate = weighing.required, best.candidate
    yield from _other_time(weighing, best)
    asked, told = measures_compared(required, candidate)
    if asked and told and best.sign("measure") <= _OTHER_MEASURE:
        yield f"it gives {_listed(told - asked)}, the question asks for {_listed(asked)}"


def _other_time(weighing: Weighing, best: Weighed) -> Iterator[str]:
    """Yield which years or parts of a year the best statement speaks of instead."""
    asked = weighing.required.times
    times, _ = statement_times(best.candidate)
    years = times.years | times.within
    if asked.years and times.years and not years & asked.years:
        source = best.candidate.evidence.source
        told = {year for one in weighing.statements if one.candidate.evidence.source == source
                for year in statement_times(one.candidate)[0].years}  # fmt: skip
        wanted = _years(sorted(asked.years))
        if min(asked.years) > max(told | set(source.data_years)):
            yield f"it goes to {max(told)}, the question asks for {wanted}"
        else:
            yield f"it speaks of {_years(sorted(times.years))}, the question asks for {wanted}"
    elif best.sign("part of year") < 0.5:
        told_part = _part(times) or "another part of the year"
        wanted = _part(asked) or ("the whole year" if asked.years else "")
        yield f"it speaks of {told_part}" + (f", the question asks for {wanted}" if wanted else "")


def _part(times: Times) -> str:
    named = [_PARTS[part] for part in sorted(times.parts)]
    named += [f"the {step}" for step in sorted(times.steps)]
    named += [month.capitalize() for month in sorted(times.months)] if not named else []
    return " and ".join(named)


def _is_named(
    subject: Subject, weighing: Weighing, best: Weighed, evidence: Sequence[Evidence]
) -> bool:
    """Tell whether what was found of the best statement's source names a subject.

    What is no name here, a year ("FY25") or a currency ("U.S. dollars"), counts as named.
    """
    question = weighing.required.question.text
    is_currency = re.search(rf"{re.escape(subject.text)}(?= dollars?\b)", question)
    if is_currency or times_told(subject.text).years:
        return True
    source = best.candidate.evidence.source
    written = fold(subject.text)
    return any(
        subject_agreement(subject, one.candidate) > 0
        for one in weighing.statements
        if one.candidate.evidence.source == source
    ) or any(written in fold(item.passage.text) for item in evidence if item.source == source)


def _listed(measures: frozenset[str]) -> str:
    return " and ".join(f"the {measure}" for measure in sorted(measures))


def _years(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _titled_place(evidence: Evidence) -> str:
    source, passage = evidence.source, evidence.passage
    place = page_place(source, passage.page, passage.page_label)
    return ", ".join(filter(None, (source.title, place)))
