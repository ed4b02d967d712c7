"""Addresses that ask: ask, search, facts, cite, check. What they tell is what --json prints."""

import json
from collections.abc import AsyncIterator, Generator
from dataclasses import asdict
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request, Response, UploadFile

from assistant.answer import (
    Answer,
    Sentence,
    answer_to_json,
    cited_claim_to_json,
    evidence_to_json,
)
from assistant.answer.answer_stream import DOING
from assistant.assistant import Assistant
from assistant.drafts import Draft, checked_to_json, draft_of
from assistant.errors import TableError
from assistant.fact_writing import found_to_json
from assistant.replaying import replay_to_json
from assistant.serving.access import held_by
from assistant.serving.answer_events import Doing, hear_events, whole_answer
from assistant.serving.bodies import (
    ClaimBody,
    DraftBody,
    FactsBody,
    FileQuery,
    QuestionBody,
    SearchBody,
    Streamed,
)
from assistant.serving.refusals import told_error
from assistant.serving.replies import (
    WAITING,
    AnswerReply,
    ClaimsReply,
    DraftReply,
    FactsReply,
    Replies,
    SearchReply,
    Told,
    ToldInParts,
    refused_with,
    told_as,
    told_in,
)
from assistant.serving.request_limits import Seats
from index.ingestion.uploads import check_name
from index.passage import Filters

_EVENTS = told_in("text/event-stream", "Events: progress, sentence, answer or error.")
_LINES = "application/x-ndjson"
_CHECKED: Replies = {200: {"model": DraftReply, "content": {_LINES: {}}}}
_FIRST_STAGE = "reading"  # of the sources, before a language model is asked and after it was


def asking_routes(assistant: Assistant, seats: Seats) -> APIRouter:
    """Return the addresses that ask an assistant, only so many at once."""

    async def seat() -> AsyncIterator[None]:
        async with seats.taken():
            yield

    router = APIRouter(dependencies=[Depends(seat)], tags=["asking"])
    Held = Annotated[Assistant, Depends(held_by(assistant))]  # noqa: N806

    @router.post("/ask", responses=told_as(AnswerReply))
    async def ask(body: QuestionBody, request: Request, mine: Held) -> Response:
        """Answer a question; every sentence cites the source, page and words that carry it."""
        filters = body.filters.filters(mine.collections)
        stream = mine.stream(body.question, body.told_turns(), filters)
        answer = await whole_answer(stream, request)
        return Told(await run_sync(_recorded, mine, answer, body, filters))

    @router.post("/ask/stream", response_class=Response, responses=_EVENTS)
    def ask_stream(body: QuestionBody, mine: Held) -> Response:
        """Answer as `ask` does, by server-sent events: `progress`, `sentence`, then `answer`."""
        filters = body.filters.filters(mine.collections)
        return ToldInParts(_events(mine, body, filters), media_type="text/event-stream")

    @router.post("/tabulate", responses=told_as(AnswerReply) | refused_with(404))
    def tabulate(body: QuestionBody, mine: Held) -> Response:
        """Answer by a table, every row cited; 404 where none comes out of the sources."""
        filters = body.filters.filters(mine.collections)
        answer = mine.tabulate(body.question, body.told_turns(), filters)
        if answer.table is None:
            raise TableError("no table came out of the sources; POST /api/v1/ask tells in words")
        return Told(_recorded(mine, answer, body, filters, as_table=True))

    @router.post("/records/{record_id}/replay", responses=refused_with(404))
    def replay(record_id: str, mine: Held) -> Response:
        """Ask a recorded question again, as `ask --replay --json` does: what changed since."""
        return Told(replay_to_json(mine.replay(record_id)))

    @router.post("/search", responses=told_as(SearchReply))
    def search(body: SearchBody, mine: Held) -> Response:
        """Find the passages that answer a question, best first."""
        found = mine.search(body.question, body.limit, body.filters.filters(mine.collections))
        return Told({"question": body.question, "evidence": list(map(evidence_to_json, found))})

    @router.post("/facts", responses=told_as(FactsReply))
    def facts(body: FactsBody, mine: Held) -> Response:
        """Look up figures, dates and names in the ledger, each with the place that says it."""
        found = mine.facts(body.words, body.limit, body.filters.filters(mine.collections))
        return Told(found_to_json(found))

    @router.post("/cite", responses=told_as(ClaimsReply))
    def cite(body: ClaimBody, mine: Held) -> Response:
        """Find the sources of a claim, with a verdict on it."""
        cited = mine.cite(body.claim, body.filters.filters(mine.collections))
        return Told({"claims": list(map(cited_claim_to_json, cited))})

    @router.post("/check", responses=_CHECKED)
    def check(body: DraftBody, mine: Held, stream: Streamed = False) -> Response:
        """Check the text of a draft claim by claim against the sources."""
        draft = draft_of(check_name(body.name), body.text.encode())
        return _checked(mine, draft, body.filters.filters(mine.collections), stream)

    @router.post("/check/file", responses=_CHECKED)
    def check_file(
        file: UploadFile,
        asked: Annotated[FileQuery, Query()],
        mine: Held,
    ) -> Response:
        """Check a draft that is sent as a file (.docx, .md, .txt, .pdf) as `check` does."""
        draft = draft_of(check_name(file.filename or ""), file.file.read())
        return _checked(mine, draft, asked.filters(mine.collections), asked.stream)

    def _recorded(
        mine: Assistant,
        answer: Answer,
        body: QuestionBody,
        filters: Filters,
        as_table: bool = False,
    ) -> dict[str, Any]:
        kept = mine.keep(answer, body.told_turns(), filters, as_table)
        return answer_to_json(answer) | {"record": kept.id}

    def _events(mine: Assistant, body: QuestionBody, filters: Filters) -> Generator[str]:
        stream = mine.stream(body.question, body.told_turns(), filters)
        last: Doing | None = None
        try:
            for heard in hear_events(stream):
                match heard:
                    case Doing() if heard == last:
                        yield WAITING
                    case Doing(stage, standalone):
                        last = heard
                        told = {"stage": stage or _FIRST_STAGE, "doing": DOING[stage]}
                        yield _event("progress", told | {"standalone_question": standalone})
                    case Sentence():
                        yield _event("sentence", asdict(heard))
                    case answer:
                        yield _event("answer", _recorded(mine, answer, body, filters))
        except Exception as error:  # the response has begun: it is told in it
            yield _event("error", {"error": told_error(error)})

    def _checked(mine: Assistant, draft: Draft, filters: Filters, is_streamed: bool) -> Response:
        checked = mine.check(draft, filters)
        if not is_streamed:
            claims = [checked_to_json(one) for one in checked]
            return Told({"draft": draft.name, "claims": claims})

        def lines() -> Generator[str]:
            try:
                for one in checked:
                    yield f"{json.dumps(checked_to_json(one))}\n"
            except Exception as error:  # the response has begun: it is told in it
                yield f"{json.dumps({'error': told_error(error)})}\n"

        return ToldInParts(lines(), media_type=_LINES)

    return router


def _event(name: str, value: object) -> str:
    return f"event: {name}\ndata: {json.dumps(value)}\n\n"
