"""An answer heard while it is made, and made no further once nobody hears."""

import asyncio
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from anyio.to_thread import run_sync
from fastapi import HTTPException, Request

from assistant.answer import Answer, Sentence
from assistant.answer.answer_stream import AnswerStream, Stage

_LOOK_SECONDS = 0.1  # between two looks at what is being done
_GONE_SECONDS = 0.5  # between two looks whether who asked is still there
_TELL_SECONDS = 1.0  # after which a stage is told again


@dataclass(frozen=True, slots=True)
class Doing:
    """What is being done, and the question as it is understood by then."""

    stage: Stage
    standalone_question: str


def hear_events(stream: AnswerStream) -> Generator[Doing | Sentence | Answer]:
    """Yield what is heard of an answer, itself last; what is being done as often as it changes.

    At least once a second it is told again, by which is seen who has gone away.

    Raises what keeps the answer from being made. Who stops iterating stops the answer.
    """
    heard = SimpleQueue[Sentence | Answer | Exception]()
    threading.Thread(target=_listen, args=(stream, heard), daemon=True).start()
    told: Doing | None = None
    last = 0.0
    try:
        while True:
            now = Doing(stream.progress.stage, stream.progress.standalone_question)
            if now != told or time.monotonic() - last > _TELL_SECONDS:
                told, last = now, time.monotonic()
                yield now
            try:
                came = heard.get(timeout=_LOOK_SECONDS)
            except Empty:
                continue
            if isinstance(came, Exception):
                raise came
            yield came
            if isinstance(came, Answer):
                return
    finally:
        stream.stop()


async def whole_answer(stream: AnswerStream, request: Request) -> Answer:
    """Return an answer once it is whole. Where the client goes away it is stopped.

    Raises HTTPException then: it is heard by nobody, and is not to be kept.
    """
    watching = asyncio.create_task(_stop_when_gone(stream, request))
    try:
        answer = await run_sync(lambda: stream.answer)
    finally:
        watching.cancel()
    if stream.progress.stop.is_set():
        raise HTTPException(499, "nobody waits for the answer any more")
    return answer


async def _stop_when_gone(stream: AnswerStream, request: Request) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(_GONE_SECONDS)
    stream.stop()


def _listen(stream: AnswerStream, heard: "SimpleQueue[Sentence | Answer | Exception]") -> None:
    try:
        for sentence in stream:
            heard.put(sentence)
        heard.put(stream.answer)
    except Exception as error:  # raised where the answer is waited for
        heard.put(error)
