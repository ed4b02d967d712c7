"""What answers a question: for each thing it asks, the statements that tell it, or that none does.

Whether they are then shown in their own words or a language model writes of them is no matter here.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.choosing import Choice, choose
from assistant.judging import probability
from assistant.requirements import Requirements
from assistant.weighing import Weighing, weigh
from index.embedding import Embedder
from index.passage import Evidence
from index.question import analyze
from index.store import PassageStore


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked and as it stands by itself, with what was found for it."""

    question: str
    standalone: str
    evidence: tuple[Evidence, ...]
    retrieve_seconds: float
    parts: tuple["AskedPart", ...] = ()  # where it asks more than one thing


@dataclass(frozen=True, slots=True)
class AskedPart:
    """One of the things that a question asks, as a question by itself, with what was found."""

    question: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What answers one of the things asked, and how probable it is that the sources do."""

    weighing: Weighing
    probable: float
    choice: Choice

    @property
    def required(self) -> Requirements:
        """What the question requires of an answer."""
        return self.weighing.required


@dataclass(frozen=True, slots=True)
class Found:
    """A question with what answers its parts; `seconds` is how long that took to work out."""

    asked: Asked
    parts: tuple[Part, ...]
    seconds: float

    @property
    def conflicting(self) -> bool:
        """Whether they give one thing several values."""
        return any(part.choice.conflicting for part in self.parts)


def find_answer(asked: Asked, store: PassageStore, embedder: Embedder, threshold: float) -> Found:
    """Return what answers the parts of a question, or the whole where it tells more.

    Nothing is chosen where the probability that the sources answer is below the threshold.
    """
    started = time.perf_counter()

    def answer(question: str, evidence: Sequence[Evidence]) -> Part:
        weighing = weigh(analyze(question), evidence, store, embedder)
        probable = probability(weighing)
        return Part(weighing, probable, choose(weighing) if probable >= threshold else Choice(()))

    def found(*parts: Part) -> Found:
        return Found(asked, parts, time.perf_counter() - started)

    parts = tuple(answer(part.question, part.evidence) for part in asked.parts)
    told = tuple(part for part in parts if part.choice.statements)
    if parts and len(told) == len(parts):
        return found(*parts)
    whole = answer(asked.standalone, asked.evidence)
    if not told:
        return found(whole)
    return found(*told, whole) if whole.choice.statements else found(*parts)
