"""What can become a case: a question with its gold, and the fact that it asks for."""

import hashlib
from dataclasses import dataclass

from assistant.evaluation.case import Case, ExpectedPlace
from corpus.language.words import fold
from index.facts import LedgerFact

_MOST_ALTERNATES = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that a source answers.

    `found` is the fact that it asks for, None where it asks what a word means,
    `labels` the words of its table that stand beside the question; `key` is the same
    for questions that ask for the same in other words.
    """

    kind: str
    source_id: str
    question: str
    answer: str
    must_include: tuple[tuple[str, ...], ...]
    evidence: tuple[ExpectedPlace, ...]
    alternates: tuple[ExpectedPlace, ...] = ()
    found: LedgerFact | None = None
    labels: tuple[str, ...] = ()
    key: str = ""


def case_of(proposal: Proposal) -> Case:
    """Return the case of a proposal."""
    others = [place for place in proposal.alternates if place not in proposal.evidence]
    return Case(
        id=case_id(proposal.question),
        question=proposal.question,
        answer=proposal.answer,
        answers=(proposal.answer,),
        must_include=proposal.must_include,
        expected_status=("answered",),
        evidence=proposal.evidence,
        alternates=tuple(dict.fromkeys(others))[:_MOST_ALTERNATES],
        kind=proposal.kind,
    )


def case_id(question: str) -> str:
    """Return the id of a drafted question: the same words, the same id."""
    return f"d-{hashlib.sha256(fold(question).encode()).hexdigest()[:10]}"
