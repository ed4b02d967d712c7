"""The sources for a claim, with a verdict."""

from assistant.citing.answering import answer_of_claims
from assistant.citing.citing import Sources, cite_claim, judge_against
from assistant.citing.requests import claim_of
from assistant.citing.statements import Statement
from assistant.citing.verdicts import Decision

__all__ = [
    "Decision",
    "Sources",
    "Statement",
    "answer_of_claims",
    "cite_claim",
    "claim_of",
    "judge_against",
]
