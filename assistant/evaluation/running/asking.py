"""One case put to the assistant: a question answered or a claim cited, in its JSON form."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from assistant.answer import (
    Answer,
    CitedClaim,
    Turn,
    answer_to_json,
    cited_claim_to_json,
    evidence_to_json,
)
from assistant.evaluation.case import Case
from corpus.document import Page
from index.passage import Evidence, Filters

_CLAIM_EVIDENCE = 40  # pieces, which ten pages may take

Answerer = Callable[[Case], Mapping[str, Any]]
"""Answers one case at a time; what it raises is the error of that case."""


class CaseError(Exception):
    """A case could not be answered; the message is all there is to tell."""


class Answering(Protocol):
    """The part of the assistant that an evaluation uses."""

    def ask(self, question: str, turns: Sequence[Turn] = ..., filters: Filters = ...) -> Answer: ...

    def cite(self, text: str, filters: Filters = ...) -> tuple[CitedClaim, ...]: ...

    def search(
        self, question: str, limit: int = ..., filters: Filters = ...
    ) -> tuple[Evidence, ...]: ...

    def page(self, source_id: str, number: int) -> Page: ...


def answer_case(assistant: Answering, case: Case) -> dict[str, Any]:
    """Return the answer to a question as `ask --json` prints it, or that to a claim.

    A claim's is `{"claims": [...], "evidence": [...]}`. Evidence comes without the cells of its
    rows, which are most of its size. Each quote is held against its stored page anew: `verified`
    is what the page says, not what the answer says of itself.
    """
    if case.use == "ask":
        answer = answer_to_json(assistant.ask(case.question, case.turns, Filters()))
    else:
        evidence = assistant.search(case.claim, _CLAIM_EVIDENCE, Filters())
        answer = {
            "claims": [cited_claim_to_json(c) for c in assistant.cite(case.claim, Filters())],
            "evidence": [evidence_to_json(entry) for entry in evidence],
        }
    for entry in answer["evidence"]:
        del entry["cells"]
    for part in answer.get("claims", [answer]):
        for citation in part["citations"]:
            page = assistant.page(citation["source"]["id"], citation["page"])
            stands = page.text[citation["start"] : citation["end"]]
            citation["verified"] = bool(citation["quote"]) and stands == citation["quote"]
    return answer


def warm_up(assistant: Answering) -> None:
    """Ask something, so that no case has to wait for models and tables to be loaded."""
    assistant.ask("What do the sources say?", (), Filters())
