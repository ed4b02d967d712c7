"""The sources for a claim, with a verdict."""

from assistant.citing.answering import answer_of_claims
from assistant.citing.citing import Sources, Stated, cite_claims
from assistant.citing.requests import claim_of

__all__ = [
    "Sources",
    "Stated",
    "answer_of_claims",
    "cite_claims",
    "claim_of",
]
