"""What the nearest sources lack of what a question asks, in words for an answer `not_found`."""

from collections.abc import Iterator, Sequence

from assistant.agreement import statement_times, subject_agreement
from assistant.answer import page_place
from assistant.wanted import Wanted
from assistant.weighing import Weighed, Weighing
from index.passage import Evidence

_SOURCES = 3
_NOT_SAID = 0.35  # strength below which a word is said nowhere near
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


def not_found_text(weighing: Weighing, evidence: Sequence[Evidence]) -> str:
    """Return that the sources do not say, which come nearest, and what they lack."""
    if not evidence:
        return "The sources do not say: nothing in them speaks of this."
    nearest = dict.fromkeys(_titled_place(piece) for piece in evidence[:5])
    if not weighing.statements:
        return f"The sources do not say. Nearest: {'; '.join(list(nearest)[:_SOURCES])}."
    best = weighing.statements[0]
    place = _titled_place(best.candidate.evidence)
    others = [one for one in nearest if one != place][: _SOURCES - 1]
    lacks = "; ".join(_lacks(weighing, best))
    told = f"The sources do not say. Nearest: {place}{f' ({lacks})' if lacks else ''}"
    return f"{told}; {'; '.join(others)}." if others else f"{told}."


def _lacks(weighing: Weighing, best: Weighed) -> Iterator[str]:
    """Yield what the best statement lacks, the plainest first."""
    required, candidate = weighing.required, best.candidate
    if best.sign("nothing absent") == 0:
        yield f'it says: "{candidate.text[:_LONGEST_QUOTE]}"'
        return
    missing = [s.text for s in required.subjects if subject_agreement(s, candidate) == 0]
    if missing:
        yield f"it does not name {' or '.join(missing)}"
    asked = required.times.years
    times, _ = statement_times(candidate)
    if asked and times.years and not (times.years | times.within) & asked:
        years = _years(sorted(times.years))
        yield f"it speaks of {years}, the question asks for {_years(sorted(asked))}"
    elif best.sign("part of year") < 0.5:
        yield "it speaks of another part of the year"
    if best.sign("kind") == 0 and required.wanted in _KINDS:
        yield f"it gives {_KINDS[required.wanted]}"
    told = (one.strengths for one in weighing.statements)
    anywhere = [max(said) for said in zip(*told, strict=True)]
    words = [
        word
        for word, strength in zip(required.words, anywhere, strict=True)
        if strength < _NOT_SAID
    ]
    rarest = sorted(words, key=lambda word: -word.rarity)[:_WORDS]
    if rarest:
        yield "nothing near it says " + " or ".join(f'"{word.text}"' for word in rarest)


def _years(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _titled_place(evidence: Evidence) -> str:
    source, passage = evidence.source, evidence.passage
    place = page_place(source, passage.page, passage.page_label)
    return ", ".join(filter(None, (source.title, place)))
