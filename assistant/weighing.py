"""How well each statement of the evidence answers a question.

A score adds what a statement covers of the question's words, by their rarity, to how near it is
in meaning, and is cut for each thing that does not fit.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.candidates import Candidate, candidates
from assistant.fitting import carries_name, fit, source_scope, statement_scope
from index.embedding import Embedder
from index.passage import Evidence
from index.question import Question
from index.store import PassageStore
from index.wording import stem, words

_MEASURED_PASSAGES = 20  # whose sentences are compared with the question one by one
_LEAST_SCORE = 0.55
_LEAST_COVERAGE = 0.62
_AROUND = 0.4  # credit for a word that stands near a statement but not in it
_LABEL_GAIN = 0.06
_PUBLISHER_GAIN = 0.06
_REFERENCES = re.compile(r"\b(?:sources|references|bibliography)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with how well it answers, from 0 to 1."""

    candidate: Candidate
    score: float
    coverage: float  # share of the question's words it covers, by their rarity
    answers: bool


def weigh(
    question: Question, evidence: Sequence[Evidence], store: PassageStore, embedder: Embedder
) -> tuple[Weighed, ...]:
    """Return the statements of the evidence by how well they answer, best first."""
    weights = store.catalog.rarity(question.words)
    found = _measure(question, candidates(question, evidence), embedder)
    weighed = [_weigh(question, candidate, weights) for candidate in found]
    return tuple(sorted(weighed, key=_order, reverse=True))


def _measure(
    question: Question, found: Sequence[Candidate], embedder: Embedder
) -> tuple[Candidate, ...]:
    """Give each candidate its similarity to the question."""
    texts: dict[str, list[str]] = {}  # the sentences of each of the nearest passages
    for candidate in found:
        passage = candidate.evidence.passage
        if passage.id in texts or len(texts) < _MEASURED_PASSAGES:
            sentences = texts.setdefault(passage.id, [])
            if not candidate.is_row:
                sentences.append(f"{passage.context.section}: {candidate.text}")
    asked = embedder.embed([question.text])[0]
    # A passage at a time, as it is the same passages that many questions lead to.
    similarities = {
        id: iter((embedder.embed(sentences) @ asked).tolist())
        for id, sentences in texts.items()
        if sentences
    }
    result = []
    for candidate in found:
        passage_similarity = candidate.evidence.similarity
        measured = similarities.get(candidate.evidence.passage.id)
        if not candidate.is_row and measured is not None:
            similarity = max(next(measured), 0.85 * passage_similarity)
        else:
            similarity = 0.85 * passage_similarity if not candidate.is_row else passage_similarity
        result.append(replace(candidate, similarity=similarity))
    return tuple(result)


def _weigh(question: Question, candidate: Candidate, weights: Mapping[str, float]) -> Weighed:
    said = statement_scope(candidate)
    around = source_scope(candidate)
    asked_names = (*question.names, *question.materials)
    carried = [name for name in asked_names if carries_name(candidate, name)]
    named = {stem(word) for name in carried for word in words(name)}
    asked: dict[str, float] = {}
    for word in question.words:
        asked[stem(word)] = max(asked.get(stem(word), 0.0), weights[word])
    covered = sum(
        weight * (1.0 if key in said or key in named else _AROUND if key in around else 0.0)
        for key, weight in asked.items()
    )
    coverage = covered / sum(asked.values()) if asked else 0.0
    fitting = fit(question, candidate)
    score = fitting.factor * (0.5 * coverage + 0.5 * max(candidate.similarity, 0.0))
    if candidate.is_row and len(question.years) > 1 and len(candidate.cells) > 1:
        score *= 1.15  # a row that holds both sides of a comparison
    score += _closeness(question, candidate)
    score += 0.02 * bool(candidate.evidence.source.publisher)
    score += 0.02 * (candidate.evidence.source.rank == "official")
    # A list of titles says nothing itself.
    reference = bool(_REFERENCES.search(candidate.evidence.passage.context.section))
    answers = (
        fitting.complete and not reference and coverage >= _LEAST_COVERAGE and score >= _LEAST_SCORE
    )
    return Weighed(candidate, score, coverage, answers)


def _closeness(question: Question, candidate: Candidate) -> float:
    """Return what a statement gains where names stand where they count most.

    That is in the label of a row, and where the question names who published the source.
    """
    passage = candidate.evidence.passage
    label = {stem(word) for word in words(passage.row_label)} if candidate.is_row else set()
    publisher = {stem(word) for word in words(candidate.evidence.source.publisher)}
    gained = 0.0
    for name in (*question.names, *question.materials):
        wanted = {stem(word) for word in words(name)}
        gained += _LABEL_GAIN * (wanted <= label) + _PUBLISHER_GAIN * (wanted <= publisher)
    return gained


def _order(weighed: Weighed) -> tuple[float, int, str, float]:
    """Return what orders statements: of equal ones, a row that tells several values of one year."""
    cells = weighed.candidate.cells
    values = len(cells) if len({cell.year for cell in cells}) == 1 and cells[0].year else 1
    published = weighed.candidate.evidence.source.published
    return round(weighed.score, 2), values, published, weighed.score
