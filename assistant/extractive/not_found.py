"""What the nearest sources lack of what a question asks, in words for an answer `not_found`."""

from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.answer import page_place
from assistant.extractive.asked import Asked
from assistant.extractive.candidates import holds_statement
from assistant.extractive.comparison import (
    NEAR,
    UNKNOWN,
    asks_reason,
    gives_reason,
    measures_told,
    name_agreement,
    names,
    periods_told,
)
from assistant.extractive.ranking import Ranked, Ranking
from assistant.figures.value_words import period_text
from corpus.language.names import Name
from corpus.language.periods import contains
from corpus.language.words import fold
from index.passage import Evidence
from index.query.expected_type import ExpectedType

_SOURCES = 3
_PIECES = 5
_LOOKED_AT = 20  # pieces of evidence, for the nearest that say something
_NOT_SAID = 0.35  # how far a word is said that is said nowhere near
_WORDS = 2
_LONGEST_QUOTE = 300
_WORTH_READING = 0.15  # probability of being right, from which the nearest statement is told
_TYPES: dict[ExpectedType, str] = {
    "mass": "no tonnage",
    "money": "no amount of money",
    "share": "no percentage",
    "count": "no number",
    "figure": "no figure",
    "duration": "no length of time",
    "date": "no date",
    "person": "no name of a person",
    "organisation": "no name",
}


def not_found_text(ranking: Ranking, evidence: Sequence[Evidence], probable: float = 0.0) -> str:
    """Return that the sources do not say, which come nearest, and what they lack.

    Where the nearest statement may be `probable` enough to be what is looked for, its words are
    told: one in five then says it.
    """
    if not ranking.candidates:
        return nearest_text(evidence)
    best = ranking.candidates[0]
    place = _titled_place(best.candidate.evidence)
    others = [one for one in _nearest(evidence) if one != place][: _SOURCES - 1]
    lacks = "; ".join(_lacks(ranking, best, evidence))
    if probable >= _WORTH_READING:
        lacks = f'it says: "{_shortened(best.candidate.text)}"'
    told = f"The sources do not say. Nearest: {place}{f' ({lacks})' if lacks else ''}"
    return f"{told}; {'; '.join(others)}." if others else f"{told}."


def _shortened(text: str) -> str:
    """Return a statement, of a long one whole words as far as there is room."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST_QUOTE:
        return text
    return f"{text[:_LONGEST_QUOTE].rpartition(' ')[0]} …"


def nearest_text(evidence: Sequence[Evidence]) -> str:
    """Return that the sources do not say, and where they come nearest."""
    nearest = _nearest(evidence)[:_SOURCES]
    if not nearest:
        return "The sources do not say: nothing in them speaks of this."
    return f"The sources do not say. Nearest: {'; '.join(nearest)}."


def _nearest(evidence: Sequence[Evidence]) -> list[str]:
    """Return where the first pieces of evidence that say something stand."""
    stating = (piece for piece in evidence[:_LOOKED_AT] if holds_statement(piece.passage))
    return list(dict.fromkeys(map(_titled_place, islice(stating, _PIECES))))


def _lacks(ranking: Ranking, best: Ranked, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Yield what the best candidate lacks, the plainest first; unsaid words where that is all."""
    asked = ranking.asked
    missing = [name for name in asked.names if not _is_named(name, ranking, best, evidence)]
    if best.feature("absence") and not missing:
        yield f'it says: "{_shortened(best.candidate.text)}"'
        return
    found = []
    if missing:
        written = dict.fromkeys(_written(one, ranking) for one in missing)
        found.append(f"it does not name {' or '.join(written)}")
    found += _differences(ranking, best)
    if best.feature("answer type") == 0 and asked.answer_type in _TYPES:
        found.append(f"it gives {_TYPES[asked.answer_type]}")
    yield from found
    if found:
        return
    if unsaid := _unsaid(ranking, evidence):
        yield "nothing near it says " + " or ".join(f'"{word}"' for word in unsaid)
    elif best.feature("coverage") >= NEAR and _lacks_reason(asked, best):
        yield "it gives no reason"


def _lacks_reason(asked: Asked, best: Ranked) -> bool:
    return asks_reason(asked.question) and not gives_reason(best.candidate.text)


def _unsaid(ranking: Ranking, evidence: Sequence[Evidence]) -> list[str]:
    """Return the rarest of the asked words that nothing near says."""
    texts = [fold(item.passage.text) for item in evidence]
    said = zip(*(one.said for one in ranking.candidates), strict=True)
    words = [
        word
        for word, strengths in zip(ranking.asked.words, said, strict=True)
        if max(strengths) < _NOT_SAID and not any(fold(word.text) in text for text in texts)
    ]
    return [word.text for word in sorted(words, key=lambda word: -word.rarity)[:_WORDS]]


def _differences(ranking: Ranking, best: Ranked) -> Iterator[str]:
    """Yield what the best candidate tells instead of what is asked for."""
    asked, candidate = ranking.asked, best.candidate
    told, _ = periods_told(candidate)
    is_other = asked.periods and not any(contains(one, asked.periods[0]) for one in told)
    if is_other and told and best.feature("time") < NEAR:
        wanted = period_text(asked.periods[0])
        newest = max((year for period in told for year in period.years), default=0)
        years = {newest, *candidate.evidence.source.data_years}
        if newest and min(asked.periods[0].years, default=0) > max(years):
            yield f"it goes to {max(years)}, the question asks for {wanted}"
        else:
            yield f"it speaks of {period_text(told[0])}, the question asks for {wanted}"
    measure = asked.question.query.wanted.measure
    measures = measures_told(candidate)
    if measure and measures and best.feature("measure") < UNKNOWN:
        given = " and ".join(f"the {one}" for one in sorted(measures))
        yield f"it gives {given}, the question asks for the {measure}"


def _is_named(name: Name, ranking: Ranking, best: Ranked, evidence: Sequence[Evidence]) -> bool:
    """Tell whether what was found of the best candidate's source names somebody or something."""
    source = best.candidate.evidence.source
    own = (one.candidate for one in ranking.candidates if one.candidate.evidence.source == source)
    return any(name_agreement(name, one) > 0 for one in own) or any(
        names(item.passage.text, name) for item in evidence if item.source == source
    )


def _written(name: Name, ranking: Ranking) -> str:
    """Return a name as the question writes it, where it does."""
    question = ranking.asked.question
    written = (one for one in question.names if names(one, name))
    return next(written, name.text)


def _titled_place(evidence: Evidence) -> str:
    source, passage = evidence.source, evidence.passage
    place = page_place(source, passage.page, passage.page_label)
    return ", ".join(filter(None, (source.title, place)))
