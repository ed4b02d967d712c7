"""The addresses that programs made for OpenAI's API ask: models and chat completions.

Citations stand in the text as [1], with a list of references at its end, and as annotations.
"""

import json
import time
from collections.abc import AsyncIterator, Generator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import uuid4

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, HTTPException, Request, Response

from assistant.answer import Answer, Citation, Sentence, Turn, reference_of
from assistant.answer.answer_words import sentence_with_markers
from assistant.assistant import Assistant
from assistant.serving.access import held_by
from assistant.serving.answer_events import Doing, hear_events, whole_answer
from assistant.serving.bodies import QUESTION_CHARS, CompletionBody, MessageBody
from assistant.serving.refusals import openai_error, status_of, told_error
from assistant.serving.replies import WAITING, Replies, Told, ToldInParts
from assistant.serving.request_limits import Seats

MODEL_NAME = "rare-earth-assistant"
_MODEL = {"id": MODEL_NAME, "object": "model", "created": 0, "owned_by": MODEL_NAME}
_CHUNKS: Replies = {200: {"content": {"text/event-stream": {}}}}
_REFERENCES = "\n\nReferences:\n"  # cut off where a client sends an answer back as a turn
_ANOTHER = "\n\nThe answer became another than what stands above; it is this:\n\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the messages of a request ask: the last one, after the turns before it."""

    question: str
    turns: tuple[Turn, ...]


def read_messages(messages: Sequence[MessageBody]) -> Asked:
    """Return what is asked; only what user and assistant said counts.

    Raises HTTPException where the last of it is no question.
    """
    turns = []
    for message in messages:
        if message.role in ("user", "assistant"):
            said = message.text.partition(_REFERENCES)[0].strip()
            turns.append(Turn("user" if message.role == "user" else "assistant", said))
    if not turns or turns[-1].role != "user" or not turns[-1].content:
        raise HTTPException(422, "the last message must be a question of the user")
    if len(turns[-1].content) > QUESTION_CHARS:
        raise HTTPException(422, f"a question has at most {QUESTION_CHARS:,} signs")
    return Asked(turns[-1].content, tuple(turns[:-1]))


def completion_routes(assistant: Assistant, seats: Seats) -> APIRouter:
    """Return the addresses under which an assistant is a model."""

    async def seat() -> AsyncIterator[None]:
        async with seats.taken():
            yield

    router = APIRouter(tags=["as OpenAI's API"])
    Held = Annotated[Assistant, Depends(held_by(assistant))]  # noqa: N806

    @router.get("/models")
    def models() -> Response:
        """List the one model that there is."""
        return Told({"object": "list", "data": [_MODEL]})

    @router.get("/models/{model_name}")
    def model(model_name: str) -> Response:
        """Return the one model that there is."""
        if model_name != MODEL_NAME:
            raise HTTPException(404, f"there is no model {model_name!r}; there is {MODEL_NAME}")
        return Told(_MODEL)

    @router.post("/chat/completions", dependencies=[Depends(seat)], responses=_CHUNKS)
    async def complete(body: CompletionBody, request: Request, mine: Held) -> Response:
        """Answer the last message, as a follow-up to those before it."""
        asked, base = read_messages(body.messages), str(request.base_url)
        if body.stream:
            with_usage = body.stream_options is not None and body.stream_options.include_usage
            return ToldInParts(
                _chunks(mine, asked, base, with_usage), media_type="text/event-stream"
            )
        answer = await whole_answer(mine.stream(asked.question, asked.turns), request)
        await run_sync(mine.keep, answer, asked.turns)
        text = answer.text + references_text(answer)
        message = {
            "role": "assistant",
            "content": text,
            "refusal": None,
            "annotations": annotations(answer, text, base),
        }
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return Told(_head("chat.completion") | {"choices": [choice], "usage": _usage(answer)})

    def _chunks(mine: Assistant, asked: Asked, base: str, with_usage: bool) -> Generator[str]:
        head = _head("chat.completion.chunk")
        yield _chunk(head, {"role": "assistant", "content": ""})
        said, usage = "", dict[str, int]()
        try:
            for heard in hear_events(mine.stream(asked.question, asked.turns)):
                if isinstance(heard, Doing):
                    yield WAITING
                elif isinstance(heard, Sentence):
                    piece = (" " if said else "") + sentence_with_markers(heard)
                    said += piece
                    yield _chunk(head, {"content": piece})
                else:
                    mine.keep(heard, asked.turns)
                    usage = _usage(heard)
                    rest = heard.text.removeprefix(said)
                    if not heard.text.startswith(said):
                        rest = _ANOTHER + heard.text
                    rest += references_text(heard)
                    told = annotations(heard, said + rest, base)
                    yield _chunk(head, {"content": rest, "annotations": told})
        except Exception as error:  # the response has begun: it is told in it
            yield _data(openai_error(status_of(error), told_error(error)))
            return
        yield _chunk(head, {}, "stop")
        if with_usage:
            yield _data(head | {"choices": [], "usage": usage})
        yield "data: [DONE]\n\n"

    return router


def references_text(answer: Answer) -> str:
    """Return the references of an answer as they stand at its end, "" where there are none."""
    lines = []
    for citation in answer.citations:
        reference = reference_of(citation)
        link = f" {reference.link}" if reference.link else ""
        lines.append(f"[{citation.number}] {reference.place}: {reference.told_quote}{link}")
    return _REFERENCES + "\n".join(lines) if lines else ""


def annotations(answer: Answer, text: str, base: str) -> list[dict[str, Any]]:
    """Return the citations of an answer, each at its mark in the text.

    `base` is the address of this server: where that of a source is not known, its page here is.
    """
    return [_annotation(citation, text, base) for citation in answer.citations]


def _annotation(citation: Citation, text: str, base: str) -> dict[str, Any]:
    reference, mark = reference_of(citation), f"[{citation.number}]"
    here = f"{base}api/v1/sources/{reference.source_id}/pages/{reference.number}"
    start = text.index(mark)
    cited = {
        "url": reference.link or here,
        "title": reference.place,
        "start_index": start,
        "end_index": start + len(mark),
    }
    return {"type": "url_citation", "url_citation": cited}


def _usage(answer: Answer) -> dict[str, int]:
    """Return the tokens that a language model has read and written."""
    read, written = answer.tokens.prompt, answer.tokens.completion
    told = {"prompt_tokens": read, "completion_tokens": written}
    return told | {"total_tokens": read + written}


def _head(kind: str) -> dict[str, Any]:
    told = {"id": f"chatcmpl-{uuid4().hex}", "object": kind, "created": int(time.time())}
    return told | {"model": MODEL_NAME}


def _chunk(head: dict[str, Any], delta: dict[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _data(head | {"choices": [choice]})


def _data(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value)}\n\n"
