"""What can become a case: a question with its gold, and what it asks, part by part."""

import hashlib
from dataclasses import dataclass

from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.drafting.asking import Ask
from corpus.language.words import fold

_MOST_ALTERNATES = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that a source answers.

    `ask` is None where the question was not put together from parts. `subject` is what it is
    about in words, and `year` its year, 0 for none; `key` is the same for questions that ask for
    the same in other words.
    """

    kind: str
    source_id: str
    question: str
    answer: str
    must_include: tuple[tuple[str, ...], ...]
    evidence: tuple[ExpectedPlace, ...]
    alternates: tuple[ExpectedPlace, ...] = ()
    ask: Ask | None = None
    subject: str = ""
    year: int = 0
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
