"""The endpoint's model against a real server and a real, if small, model."""

import json
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from model_server import MODEL_NAME

from assistant.answer import Tokens
from assistant.errors import LanguageModelError
from assistant.language_model import (
    Allowance,
    EndpointModel,
    Message,
    ModelStoppedError,
    model_of,
)
from assistant.settings import Settings

pytestmark = pytest.mark.slow

QUESTION = [Message("user", "Write one sentence about the metal neodymium.")]
LONG = [Message("user", "Write a long story about a miner, with ten chapters.")]
SOON_SECONDS = 3.0


@pytest.fixture
def model(model_address: str, tmp_path: Path) -> EndpointModel:
    """Return the test model as settings name it."""
    return model_of(Settings(tmp_path, model=MODEL_NAME, model_address=model_address))


def test_pieces_come_one_by_one_and_the_last_has_the_tokens(model: EndpointModel) -> None:
    began = time.monotonic()
    pieces, moments = [], []
    for piece in model.write(QUESTION, Allowance.of(120)):
        pieces.append(piece)
        moments.append(time.monotonic() - began)
    assert len(pieces) > 10
    assert moments[len(moments) // 2] < moments[-1]
    assert "neodymium" in "".join(piece.text for piece in pieces).lower()
    assert [piece.tokens for piece in pieces[:-1]] == [Tokens()] * (len(pieces) - 1)
    assert pieces[-1].tokens.prompt > 10
    assert pieces[-1].tokens.completion >= len(pieces) - 1


def test_a_stopped_answer_frees_the_server(model: EndpointModel, model_address: str) -> None:
    allowance = Allowance.of(60)
    came = model.write(LONG, allowance)
    next(came)
    allowance.stop.set()
    began = time.monotonic()
    with pytest.raises(ModelStoppedError):
        list(came)
    assert time.monotonic() - began < SOON_SECONDS
    assert busy_slots(model_address) == 0


def test_a_closed_answer_frees_the_server(model: EndpointModel, model_address: str) -> None:
    with closing(model.write(LONG, Allowance.of(60))) as came:
        next(came)
    assert busy_slots(model_address) == 0


def test_an_allowance_that_ends_frees_the_server(model: EndpointModel, model_address: str) -> None:
    with pytest.raises(LanguageModelError, match="after 60 seconds"):
        list(model.write(LONG, Allowance.of(1)))
    assert busy_slots(model_address) == 0


def test_two_are_answered_at_once(model: EndpointModel, model_address: str) -> None:
    first = model.write(LONG, Allowance.of(60))
    second = model.write(LONG, Allowance.of(60))
    with closing(first), closing(second):
        next(first)
        next(second)
        assert busy_slots(model_address, wanted=2) == 2


def test_evidence_longer_than_the_context_is_told(model: EndpointModel) -> None:
    with pytest.raises(LanguageModelError, match="has no room for the evidence and says"):
        list(model.write([Message("user", "ore " * 9000)], Allowance.of(60)))


def test_a_path_that_is_not_there_is_told(model_address: str, tmp_path: Path) -> None:
    address = model_address.replace("/v1", "/v7")
    model = model_of(Settings(tmp_path, model=MODEL_NAME, model_address=address))
    with pytest.raises(LanguageModelError, match=r"nothing is served at .* and says"):
        list(model.write(QUESTION, Allowance.of(60)))


def busy_slots(address: str, wanted: int = 0) -> int:
    """Return how many answers the server is writing, once it is so many or some time has gone."""
    until = time.monotonic() + SOON_SECONDS
    while True:
        with urlopen(f"{address.removesuffix('/v1')}/slots", timeout=5) as reply:
            busy = sum(slot["is_processing"] for slot in json.load(reply))
        if busy == wanted or time.monotonic() > until:
            return busy
        time.sleep(0.05)
