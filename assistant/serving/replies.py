"""What other programs are told: as JSON, or in parts while it is made, and how that is described.

The models are those of the OpenAPI description; what is told does not pass through them.
"""

import json
from collections.abc import Generator
from typing import Any, Literal

from fastapi import Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from starlette.types import Receive, Scope, Send

from assistant.answer import Status, Support, Verdict

WAITING = ": waiting\n\n"  # a comment between events, by which is seen whether somebody listens


class Told(Response):
    """A value as JSON; what is no text (half a surrogate pair) stands as an escape."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return the bytes of a value."""
        return json.dumps(content).encode()


class ToldInParts(StreamingResponse):
    """What is told while it is made; the making is ended where nobody listens any more."""

    def __init__(self, parts: Generator[str], media_type: str) -> None:
        super().__init__(parts, media_type=media_type)
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send all parts."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._parts.close()


class ErrorReply(BaseModel):
    """What failed, and what to do, in one line."""

    error: str


class OpenAIError(BaseModel):
    """An error as OpenAI's API tells it."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIErrorReply(BaseModel):
    """What failed, as OpenAI's API tells it."""

    error: OpenAIError


class SourceReply(BaseModel):
    """A source as a citation shows it; `published` is an ISO date of any precision."""

    id: str
    title: str
    publisher: str
    author: str
    published: str
    edition: str
    path: str
    url: str
    language: str


class CitedPlace(BaseModel):
    """The words that carry something, and where they stand in the stored text of a page."""

    number: int = Field(description="Of its mark [1].")
    source: SourceReply
    page: int = Field(description="As a viewer counts, from 1.")
    page_label: str = Field(description="As it is printed.")
    start: int
    end: int
    quote: str


class CitationReply(CitedPlace):
    """A citation of an answer or a claim, with what stands beside its words."""

    context: dict[str, Any]
    cells: list[dict[str, Any]]
    verified: bool
    holds_instruction: bool


class CheckedCitation(CitedPlace):
    """A citation of a checked sentence, with its place in words."""

    page_name: str
    place: str


class EvidenceReply(BaseModel):
    """A passage that was found, best first."""

    source_id: str
    path: str
    title: str
    page: int
    page_label: str
    start: int
    end: int
    score: float
    similarity: float
    text: str
    holds_instruction: bool
    context: dict[str, Any]
    cells: list[dict[str, Any]]


class SentenceReply(BaseModel):
    """A sentence of an answer with the numbers of its citations."""

    text: str
    citations: list[int]
    support: Support


class AnswerReply(BaseModel):
    """An answer, and the id under which it is recorded."""

    question: str
    standalone_question: str
    status: Status
    text: str
    sentences: list[SentenceReply]
    set_aside: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    citations: list[CitationReply]
    evidence: list[EvidenceReply]
    queries: list[str]
    warnings: list[str]
    model: str
    seconds: dict[str, float]
    confidence: float
    tokens: dict[str, int]
    cost: float
    written: dict[str, Any] | None
    table: dict[str, Any] | None
    record: str


class SearchReply(BaseModel):
    """What was found for a question."""

    question: str
    evidence: list[EvidenceReply]


class FactReply(BaseModel):
    """A figure, date or name with the place that says it; slots that are empty are left out."""

    arguments: list[dict[str, str]]
    measure: str
    value: Any
    low: float | None
    high: float | None
    bound: str
    unit: str
    period: str | None
    status: str
    superseded: bool
    source: SourceReply
    page: int
    page_label: str
    start: int
    end: int
    quote: str


class FactsReply(BaseModel):
    """The facts that fit; where none does, what is lacking and what may be meant."""

    facts: list[FactReply]
    understood: dict[str, str]
    lacking: str = ""
    nearest: list[str] = []
    may_mean: list[FactReply] = []


class ClaimReply(BaseModel):
    """A claim with its verdict; `says` is what the source says instead, or in part."""

    claim: str
    verdict: Verdict
    citations: list[CitationReply]
    says: str


class ClaimsReply(BaseModel):
    """The claims of a text, in their order."""

    claims: list[ClaimReply]


class CheckedReply(BaseModel):
    """A sentence of a draft: `start` and `end` are of its page, only facts have a verdict."""

    id: str
    sentence: str
    page: int
    start: int
    end: int
    section: str
    row: str
    column: str
    kind: Literal["fact", "opinion", "connecting"]
    claim: str
    verdict: Verdict | Literal[""]
    wrong: str
    right: str
    says: str
    dismissed: str
    reworded: str
    citations: list[CheckedCitation]


class DraftReply(BaseModel):
    """A draft that was checked, sentence by sentence."""

    draft: str
    claims: list[CheckedReply]


Replies = dict[int | str, dict[str, Any]]
"""What an address may tell by status, as FastAPI takes it."""
_WHAT = {
    401: "No valid token.",
    403: "Not allowed.",
    404: "Not there.",
    409: "Under way elsewhere, or the name is taken.",
    422: "What was sent is wrong.",
    429: "Too many requests.",
    503: "No language model, or an index or records that must be mended first.",
}
_EVERYWHERE = (401, 403, 422, 429, 503)


def refused_with(*statuses: int) -> Replies:
    """Return how errors of some statuses are told."""
    return {one: {"model": ErrorReply, "description": _WHAT[one]} for one in statuses}


def told_as(reply: type[BaseModel]) -> Replies:
    """Return what an address tells in JSON where all is well."""
    return {200: {"model": reply}}


def told_in(media_type: str, what: str) -> Replies:
    """Return what an address tells that is no JSON."""
    return {200: {"content": {media_type: {}}, "description": what}}


REFUSALS = refused_with(*_EVERYWHERE)
OPENAI_REFUSALS: Replies = {
    one: {"model": OpenAIErrorReply, "description": _WHAT[one]} for one in (*_EVERYWHERE, 404)
}
