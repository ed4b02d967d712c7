"""The endpoint's model against a real server and a real, if small, model."""

from pathlib import Path

import pytest
from model_server import MODEL_NAME

from assistant.answer import Tokens
from assistant.language_model import Allowance, EndpointModel, Message, model_of
from assistant.settings import Settings

pytestmark = pytest.mark.slow

QUESTION = [Message("user", "Write three sentences about the metal neodymium.")]


@pytest.fixture
def model(model_address: str, tmp_path: Path) -> EndpointModel:
    """Return the test model as settings name it."""
    return model_of(Settings(tmp_path, model=MODEL_NAME, model_address=model_address))


def test_pieces_come_one_by_one_and_the_last_has_the_tokens(model: EndpointModel) -> None:
    pieces = list(model.write(QUESTION, Allowance.of(60)))
    assert len(pieces) > 10
    assert "neodymium" in "".join(piece.text for piece in pieces).lower()
    assert [piece.tokens for piece in pieces[:-1]] == [Tokens()] * (len(pieces) - 1)
    assert pieces[-1].tokens.prompt > 10
    assert pieces[-1].tokens.completion >= len(pieces) - 1
