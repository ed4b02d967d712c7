"""Whatever the endpoint does, the question is answered in time, and a warning says what to do."""

import json
import time
from dataclasses import dataclass
from typing import cast

import pytest
from endpoint_models import KEY
from fault_server import (
    Behaviour,
    Connection,
    answers,
    breaks_off,
    drips,
    is_silent,
    refuses,
    sends,
    serving,
    unused_address,
)
from written_replies import verdicts, with_quotes

from assistant.answer import Answer, answer_to_json
from assistant.assistant import Assistant
from assistant.language_model import Message
from assistant.settings import Settings
from index.embedding import Embedder

pytestmark = pytest.mark.slow

QUESTION = "How much did China mine in 2025?"
TRUE = "China mined 270,000 t of rare-earth oxide equivalent in 2025."
PAGE = "<!doctype html><html><body><h1>It works!</h1></body></html>"
SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Asking:
    """What asks the question of the shipped documents, through an endpoint, and without one."""

    shipped: Assistant
    embedder: Embedder

    def at(self, address: str) -> Answer:
        """Return the answer with a model behind an address."""
        settings = Settings(
            self.shipped.settings.home,
            model="some-model",
            model_address=address,
            model_seconds=SECONDS,
            model_key=KEY,
        )
        assistant = Assistant(settings, self.embedder)
        try:
            return assistant.ask(QUESTION)
        finally:
            assistant.close()


@pytest.fixture(scope="module")
def asking(library: Assistant, embedder: Embedder) -> Asking:
    library.ask(QUESTION)  # so that no test waits for tables to be loaded
    return Asking(library, embedder)


FAULTS: list[tuple[str, Behaviour, str]] = [
    ("slow", is_silent, "raise RARE_EARTH_MODEL_SECONDS"),
    ("without end", drips("China mined ore and ", 0.3), "raise RARE_EARTH_MODEL_SECONDS"),
    ("cut mid-stream", breaks_off(f"{TRUE} China"), "ask again"),
    ("garbage", sends("data: {]\n\n"), "RARE_EARTH_MODEL_ADDRESS"),
    ("a web page", refuses(200, PAGE, "Content-Type: text/html\r\n"), "RARE_EARTH_MODEL_ADDRESS"),
    ("too many requests", refuses(429, "slow down", "Retry-After: 90\r\n"), "90 seconds"),
    ("a wrong key", refuses(401, {"error": {"message": "bad key"}}), "RARE_EARTH_MODEL_KEY"),
    ("a wrong model", refuses(404, {"error": {"message": "model not found"}}), "RARE_EARTH_MODEL"),
]


@pytest.mark.parametrize(
    ("behaviour", "what_to_do"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_a_fault_gives_the_extractive_answer_and_says_what_to_do(
    asking: Asking, behaviour: Behaviour, what_to_do: str
) -> None:
    with serving(behaviour) as server:
        started = time.monotonic()
        answer = asking.at(server.address)
        took = time.monotonic() - started
    _is_extractive(answer, asking.shipped.ask(QUESTION), what_to_do)
    assert took < SECONDS + 10  # with what the answer takes without a model, on a busy machine


def test_nobody_at_the_address_gives_the_extractive_answer(asking: Asking) -> None:
    answer = asking.at(unused_address())
    _is_extractive(answer, asking.shipped.ask(QUESTION), "RARE_EARTH_MODEL_ADDRESS")


def test_an_endpoint_that_answers_is_shown(asking: Asking) -> None:
    def reply(connection: Connection) -> None:
        told = cast("list[dict[str, str]]", connection.received.body["messages"])
        messages = [Message("user", one["content"]) for one in told]
        asked = messages[-1].content
        text = "\n".join(verdicts(asked)) or "{}"
        answers("", with_quotes([TRUE], messages) if "<evidence" in asked else text)(connection)

    with serving(reply) as s:
        answer = asking.at(s.address)
    assert (answer.text, answer.model) == (f"{TRUE} [1]", "some-model")
    assert answer.tokens.completion == 9  # of three calls


def test_an_address_where_nobody_is_is_not_tried_again_for_a_minute(asking: Asking) -> None:
    settings = Settings(
        asking.shipped.settings.home, model="some-model", model_address=unused_address()
    )
    assistant = Assistant(settings, asking.embedder)
    first, again = assistant.ask(QUESTION), assistant.ask(QUESTION)
    assistant.close()
    assert "no language model answers" in first.warnings[0].lower()
    assert "found out less than a minute ago" in again.warnings[0]
    assert again.seconds.model < 0.5


def _is_extractive(answer: Answer, extractive: Answer, what_to_do: str) -> None:
    assert (answer.text, answer.citations) == (extractive.text, extractive.citations)
    assert (answer.status, answer.model) == ("answered", "extractive")
    (warning,) = answer.warnings
    assert what_to_do in warning
    assert warning.endswith("The sources' own words are shown instead.")
    assert answer.written is not None
    assert what_to_do in answer.written.fault
    assert KEY not in json.dumps(answer_to_json(answer))
