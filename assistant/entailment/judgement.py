"""What an entailment model says of a claim and a piece of evidence (natural-language inference)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely evidence supports a claim, contradicts it, or is silent on it: together 1."""

    supported: float
    contradicted: float
    silent: float


class Entailment(Protocol):
    """Tells how evidence stands to a claim."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """Return for each claim with a piece of evidence how this stands to it, judged alone.

        Evidence is a sentence with what stands before it, or the labels of a cell and its value
        ("China | 2024: 270,000"), behind the title of its source and a line break.
        """
        ...
