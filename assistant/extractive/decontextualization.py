"""What a sentence needs around it to stand alone: whom it is about, and what went before.

Decontextualization (Choi and others 2021), in the words of the source. A sentence often leaves its
subject to the title, to the heading or to the sentence before it. Shown by itself it would say "the
company" of nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.asked import Asked
from assistant.extractive.candidates import Candidate, sentence_before
from assistant.extractive.comparison import PUBLISHERS, layers, names, refers_back
from assistant.extractive.ranking import Ranked
from corpus.document import Source
from corpus.figures import find_figures
from corpus.language.measures import find_terms
from corpus.language.names import find_names
from corpus.lexicon import load_lexicon

_FIRST_HAND = ("official", "filing")
_LONGEST_CHARS = 400  # of a sentence with the one before it
_LONGEST_FRAME = 100  # letters of a heading or title that stands before a statement
_FEWEST_WORDS = 4  # of a sentence that says something by itself


def with_antecedents(statements: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Return statements in their order, each sentence that refers back with the one before it.

    A statement that another now holds is left out.
    """
    told = [replace(one, candidate=_with_antecedent(one.candidate)) for one in statements]
    return tuple(one for one in told if not any(_holds(other, one) for other in told))


def framed(candidate: Candidate, frame: str) -> str:
    """Return a statement's text behind its frame, if any.

    A figure of a source that is neither official nor a company's filing is told as reported.
    """
    source = candidate.evidence.source
    text = f"{frame} — {candidate.text}" if frame else candidate.text
    told = source.publisher not in text and find_figures(candidate.text)
    return f"Reported by {source.publisher}: {text}" if told and _is_second_hand(source) else text


def frame_of(asked: Asked, candidate: Candidate) -> str:
    """Return the heading or title that names what a statement leaves unnamed, "" without one."""
    passage, source = candidate.evidence.passage, candidate.evidence.source
    text = candidate.text
    unnamed = [one for one in asked.names if not names(layers(candidate).own, one)]
    points = any(one.meaning == "speaker" for one in find_terms("grammar", text))
    section = passage.context.section.rpartition(" › ")[2]
    for scope in filter(_is_short, (section, source.title)):
        is_of_it = any(names(scope, one) for one in unnamed)
        if scope not in text and (is_of_it or (points and _adds_firm(scope, text))):
            return scope
    return ""


def _is_short(scope: str) -> bool:
    return 0 < len(scope) <= _LONGEST_FRAME


def _adds_firm(scope: str, text: str) -> bool:
    """Tell whether a heading or title names a company that a text does not."""
    said = {one.name.id for one in find_names(text)}
    return any(one.name.kind == "company" and one.name.id not in said for one in find_names(scope))


def _is_second_hand(source: Source) -> bool:
    """Tell whether a source is of a known publisher that neither measures nor accounts itself."""
    named = load_lexicon().find_mentions(source.publisher)
    is_known = any(mention.entry.kind in PUBLISHERS for mention in named)
    return is_known and source.rank not in _FIRST_HAND


def _with_antecedent(candidate: Candidate) -> Candidate:
    """Return a sentence that refers back with the sentence before it, of the same paragraph."""
    before = sentence_before(candidate) if refers_back(candidate.text) else None
    if not before:
        return candidate
    passage, (start, end) = candidate.evidence.passage, before
    between = passage.text[end : candidate.start - passage.start]
    text = re.sub(r"\s+", " ", passage.text[start : candidate.end - passage.start])
    is_near = not between.strip() and len(text) <= _LONGEST_CHARS
    if not is_near or len(passage.text[start:end].split()) < _FEWEST_WORDS:
        return candidate
    return replace(candidate, text=text, start=passage.start + start)


def _holds(one: Ranked, other: Ranked) -> bool:
    """Tell whether a sentence holds another, and more."""
    first, second = one.candidate, other.candidate
    return (
        first.evidence.passage.source_id == second.evidence.passage.source_id
        and first.evidence.passage.page == second.evidence.passage.page
        and not (first.is_row or second.is_row)
        and first.start <= second.start < second.end <= first.end
        and (first.start, first.end) != (second.start, second.end)
    )
