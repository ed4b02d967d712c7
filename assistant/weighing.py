"""The statements of the evidence, by how well each answers a question.

Of all statements the likeliest by cheap signs are compared with the question word by word; how much
each sign counts is learned (`answerability`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.agreement import (
    SIGNS,
    Nearness,
    commodity_agreement,
    coverage,
    kind_agreement,
    signs_of,
    subjects_agreement,
    time_agreement,
    words_agreement,
)
from assistant.alignment import align
from assistant.answerability import statement_score
from assistant.candidates import Candidate, candidates
from assistant.requirements import Requirements, asked_words, requirements
from assistant.statement_model import load_statement_model
from index.embedding import Embedder
from index.passage import Evidence
from index.question import Question
from index.store import PassageStore

_COMPARED = 24  # statements that are compared word by word


@dataclass(frozen=True, slots=True)
class Weighed:
    """A statement with its signs, how far it says each asked word, and its score.

    `signs` are named by `agreement.SIGNS`; a higher `score` answers better.
    """

    candidate: Candidate
    signs: tuple[float, ...]
    strengths: tuple[float, ...]
    score: float

    def sign(self, name: str) -> float:
        """Return one of the signs."""
        return self.signs[SIGNS.index(name)]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a question requires, and the statements by how well they answer it, best first."""

    required: Requirements
    statements: tuple[Weighed, ...]


def weigh(
    question: Question, evidence: Sequence[Evidence], store: PassageStore, embedder: Embedder
) -> Weighing:
    """Return the statements of the evidence by how well they answer, best first."""
    compared = compare(question, evidence, store, embedder)
    weighed = [replace(one, score=statement_score(one.signs)) for one in compared.statements]
    return Weighing(compared.required, best_first(weighed))


def best_first(statements: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """Return statements by their scores, those of another time or measure after all others."""
    return tuple(sorted(statements, key=lambda one: (_is_of_another(one), -one.score)))


def _is_of_another(one: Weighed) -> bool:
    return 0 in (one.sign("measure"), one.sign("time"), one.sign("part of year"))


def compare(
    question: Question, evidence: Sequence[Evidence], store: PassageStore, embedder: Embedder
) -> Weighing:
    """Return the statements of the evidence with their signs, all with the score 0."""
    required = requirements(question, store.catalog.rarity(asked_words(question)))
    found = _of_rare_earths(required, candidates(question, evidence))
    likely = sorted(found, key=lambda one: -_likelihood(required, one))[:_COMPARED]
    if not likely:
        return Weighing(required, ())
    asked, *told = embedder.token_vectors([question.text, *map(_read_as, likely)])
    learned = load_statement_model().judge(question.text, likely)
    aligned = align(required.words, asked, told)
    weighed = []
    for candidate, alignment, odds in zip(likely, aligned, learned, strict=True):
        strengths = words_agreement(required, candidate, alignment.words)
        near = Nearness(odds, alignment.whole, alignment.tokens)
        signs = signs_of(required, candidate, strengths, near)
        candidate = replace(candidate, similarity=alignment.whole)
        weighed.append(Weighed(candidate, signs, strengths, 0.0))
    return Weighing(required, tuple(weighed))


def _of_rare_earths(required: Requirements, found: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return the statements without rows of data of other commodities, which read like ours.

    They stay where the question names another commodity, or nothing else was found.
    """
    if any(subject.kind == "metal" for subject in required.subjects):
        return found
    kept = [candidate for candidate in found if commodity_agreement(candidate) > 0]
    return kept or found


def _read_as(candidate: Candidate) -> str:
    """Return a statement as it is compared: with title, section and a row's caption before it."""
    context = candidate.evidence.passage.context
    caption = context.caption if candidate.is_row else ""
    before = (candidate.evidence.source.title, context.section, caption)
    return " | ".join((*filter(None, before), candidate.text))


def _likelihood(required: Requirements, candidate: Candidate) -> float:
    """Return a cheap score, to choose which statements are compared word by word."""
    said = words_agreement(required, candidate, [0.0] * len(required.words))
    subject, _ = subjects_agreement(required, candidate)
    return (
        1.5 * candidate.evidence.score
        + coverage(required, said)
        + 0.4 * subject
        + 0.4 * time_agreement(required, candidate)
        + 0.2 * kind_agreement(required, candidate)
    )
