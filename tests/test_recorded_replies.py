"""A strong model's sentences reach the reader, and lies do not, over replies that were recorded.

Writers, verifiers and those who planted the lies were different readers who saw the prompts alone.
The whole of the sets is scored by `python -m bench.recorded_replies`.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from fault_server import HEAD, Connection, serving

from assistant.answer import Answer, Turn
from assistant.assistant import Assistant
from assistant.language_model import Message
from bench.recorded_replies import Recorded, digest_of, load_recorded, stage_of
from index.embedding import Embedder

pytestmark = pytest.mark.slow

SETS = Path(__file__).with_name("model_gold")
LEAST_SHOWN = 0.85  # of the true sentences
MOST_LIES = 1 / 25
LEAST_SAME = 0.5  # of the requests; a set of which fewer are has to be replied to anew
EVERY = 3  # so many questions of a set one is asked


class Endpoint:
    """An endpoint that replies as was recorded for one question after the other."""

    def __init__(self, replies: dict[tuple[str, str], Recorded]) -> None:
        self.id = ""
        self.stages: list[str] = []
        self.same: list[bool] = []
        self._replies = replies

    def begin(self, number: str) -> None:
        """Reply to the requests of another question from now on."""
        self.id, self.stages = number, []

    def __call__(self, connection: Connection) -> None:
        """Reply to a request."""
        told = cast("list[dict[str, Any]]", connection.received.body["messages"])
        messages = tuple(Message(one["role"], one["content"]) for one in told)
        stage = stage_of(messages)
        stage += "2" if stage in self.stages else ""
        self.stages.append(stage)
        found = self._replies.get((self.id, stage))
        self.same.append(bool(found) and digest_of(messages) == found.digest if found else False)
        connection.send(HEAD)
        connection.text(found.reply if found else "{}", finish="stop")
        connection.end()


def read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("home", ["library", "sources"])
@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_true_sentences_are_shown_and_lies_are_not(
    name: str, home: str, embedder: Embedder, request: pytest.FixtureRequest
) -> None:
    opened: Assistant = request.getfixturevalue(home)
    replies = load_recorded(SETS / name / "replies.jsonl")
    questions = [one for one in read(SETS / name / "questions.jsonl") if one["home"] == home]
    lies = {(one["id"], one["sentence"]) for one in read(SETS / name / "lies.jsonl")}
    endpoint = Endpoint(replies)
    true, false = Counter[bool](), Counter[bool]()
    for question in questions[::EVERY]:
        endpoint.begin(question["id"])
        turns = [Turn(one["role"], one["content"]) for one in question["turns"]]
        with serving(endpoint) as server:
            settings = replace(opened.settings, model="strong", model_address=server.address)
            assistant = Assistant(settings, embedder)
            answer = assistant.ask(question["question"], turns)
            assistant.close()
        assert not (answer.written and answer.written.fault)
        refused = "NO ANSWER" in getattr(replies.get((question["id"], "writing")), "reply", "")
        assert answer.status == "not_found" or not refused
        for text, is_shown in _judged(answer):
            (false if (question["id"], text) in lies else true)[is_shown] += 1
    assert true.total() > 5
    assert sum(endpoint.same) >= LEAST_SAME * len(endpoint.same), "reply to the requests anew"
    assert true[True] >= LEAST_SHOWN * true.total()
    told = [one for one in lies if any(one[0] == q["id"] for q in questions[::EVERY])]
    assert false[True] <= MOST_LIES * len(told)


def _judged(answer: Answer) -> Iterator[tuple[str, bool]]:
    """Yield the sentences that a model wrote, each with whether it is shown as verified."""
    if answer.model == "strong":
        yield from ((one.text, True) for one in answer.sentences)
    yield from ((one.text, False) for one in answer.set_aside)
