"""What a statement needs around it to be understood alone: whom it is about, and what went before.

A sentence often leaves its subject to the title, to the heading or to the sentence before it. Shown
by itself it would say "the company" of nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agreement import entries_named, names_subject, refers_back, text_names
from assistant.candidates import Candidate
from assistant.requirements import Requirements
from assistant.sentences import sentence_spans
from assistant.times import PUBLISHER_KINDS
from assistant.weighing import Weighed
from corpus.document import Source
from corpus.figures import find_figures
from corpus.lexicon import load_lexicon

_OF_SEVERAL = re.compile(  # of things that the sentence before counts or names
    r"(?:the|a) (?:first|second|third|former|latter|other|same|rest|next|last|further|rival)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\bthe (?:group|company|firm|producer|miner|developer)\b", re.IGNORECASE)
_FIRST_HAND = ("official", "filing")
_LONGEST_CHARS = 400  # of a sentence with the one before it
_LONGEST_FRAME = 100  # letters of a heading or title that stands before a statement
_FEWEST_WORDS = 4  # of a sentence that says something by itself


def with_antecedents(statements: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """Return statements in their order, each sentence that refers back with the one before it.

    A statement that another now holds is left out.
    """
    told = [replace(one, candidate=_with_antecedent(one.candidate)) for one in statements]
    return tuple(one for one in told if not any(_holds(other, one) for other in told))


def framed(required: Requirements, candidate: Candidate) -> str:
    """Return a statement's text with the heading or title that names what it leaves unnamed.

    A figure of a source that is neither official nor a company's filing is told as reported.
    """
    passage, source = candidate.evidence.passage, candidate.evidence.source
    text = candidate.text
    unnamed = [one for one in required.subjects if not names_subject(one, candidate)]
    points = _POINTS_BACK.search(text)
    section = passage.context.section.rpartition(" › ")[2]
    for scope in filter(_is_short, (section, source.title)):
        names = any(text_names(scope, one) for one in unnamed) or (
            points and _adds_firm(scope, text)
        )
        if scope not in text and names:
            text = f"{scope} — {text}"
            break
    told = source.publisher not in text and find_figures(candidate.text)
    return f"Reported by {source.publisher}: {text}" if told and _is_second_hand(source) else text


def _is_short(scope: str) -> bool:
    return 0 < len(scope) <= _LONGEST_FRAME


def _adds_firm(scope: str, text: str) -> bool:
    """Tell whether a heading or title names a company that a text does not."""
    lexicon = load_lexicon()
    added = entries_named(scope) - entries_named(text)
    return any(lexicon.entry(id).kind == "company" for id in added)


def _is_second_hand(source: Source) -> bool:
    """Tell whether a source is of a known publisher that neither measures nor accounts itself."""
    named = load_lexicon().find_mentions(source.publisher)
    is_known = any(mention.entry.kind in PUBLISHER_KINDS for mention in named)
    return is_known and source.rank not in _FIRST_HAND


def _with_antecedent(candidate: Candidate) -> Candidate:
    """Return a sentence that refers back with the sentence before it, of the same paragraph."""
    passage = candidate.evidence.passage
    refers = refers_back(candidate) or _OF_SEVERAL.match(candidate.text)
    if candidate.is_row or passage.kind == "row" or not refers:
        return candidate
    before = [
        (start, end)
        for start, end in sentence_spans(passage.text)
        if passage.start + end <= candidate.start
    ]
    if not before:
        return candidate
    start, end = before[-1]
    between = passage.text[end : candidate.start - passage.start]
    text = re.sub(r"\s+", " ", passage.text[start : candidate.end - passage.start])
    is_near = not between.strip() and "\n\n" not in between and len(text) <= _LONGEST_CHARS
    if not is_near or len(passage.text[start:end].split()) < _FEWEST_WORDS:
        return candidate
    return replace(candidate, text=text, start=passage.start + start)


def _holds(one: Weighed, other: Weighed) -> bool:
    """Tell whether a sentence holds another, and more."""
    first, second = one.candidate, other.candidate
    return (
        first.evidence.passage.source_id == second.evidence.passage.source_id
        and first.evidence.passage.page == second.evidence.passage.page
        and not (first.is_row or second.is_row)
        and first.start <= second.start < second.end <= first.end
        and (first.start, first.end) != (second.start, second.end)
    )
