"""What answers a question: for each thing it asks, the candidates that tell it, or that none does.

Whether they are then shown in their own words or a language model writes of them is no matter here.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.extractive.asked import Asked
from assistant.extractive.confidence import probability
from assistant.extractive.ranking import Ranked, Ranking, giving_reasons, rank
from assistant.extractive.selection import Choice, choose
from corpus.document import Cell
from index.passage import Evidence
from index.question import analyze
from index.storage.store import PassageStore


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A question as it was asked and as it stands by itself, with what was found for it."""

    question: str
    standalone: str
    evidence: tuple[Evidence, ...]
    seconds: float
    parts: tuple["RetrievedPart", ...] = ()  # where it asks more than one thing


@dataclass(frozen=True, slots=True)
class RetrievedPart:
    """One of the things that a question asks, as a question by itself, with what was found."""

    question: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What answers one of the things asked, and how probable it is that this is right."""

    ranking: Ranking
    probable: float
    choice: Choice

    @property
    def asked(self) -> Asked:
        """What is asked."""
        return self.ranking.asked


@dataclass(frozen=True, slots=True)
class Found:
    """A question with what answers its parts; `seconds` is how long that took to work out."""

    retrieved: Retrieved
    parts: tuple[Part, ...]
    seconds: float

    @property
    def conflicting(self) -> bool:
        """Whether they give one thing several values."""
        return any(part.choice.conflicting for part in self.parts)


def find_answer(retrieved: Retrieved, store: PassageStore, threshold: float) -> Found:
    """Return what answers the parts of a question, or the whole where it tells more.

    Nothing is chosen where the probability of being right is below the threshold.
    """
    started = time.perf_counter()

    def answer(question: str, evidence: Sequence[Evidence]) -> Part:
        ranking = rank(analyze(question), evidence, store)
        answering = giving_reasons(ranking)
        probable = probability(answering)
        if probable < threshold:
            return Part(ranking, probable, Choice(()))
        ranking = replace(ranking, candidates=_once(*answering.candidates, *ranking.candidates))
        return Part(ranking, probable, choose(ranking))

    def found(*parts: Part) -> Found:
        return Found(retrieved, parts, time.perf_counter() - started)

    parts = tuple(answer(part.question, part.evidence) for part in retrieved.parts)
    told = tuple(part for part in parts if part.choice.candidates)
    if parts and len(told) == len(parts):
        return found(*parts)
    whole = answer(retrieved.standalone, retrieved.evidence)
    if not told:
        return found(whole)
    return found(*told, whole) if whole.choice.candidates else found(*parts)


def _once(*candidates: Ranked) -> tuple[Ranked, ...]:
    """Return candidates, each in its first place alone."""
    found: dict[tuple[str, int, tuple[Cell, ...]], Ranked] = {}
    for one in candidates:
        candidate = one.candidate
        found.setdefault((candidate.evidence.passage.id, candidate.start, candidate.cells), one)
    return tuple(found.values())
