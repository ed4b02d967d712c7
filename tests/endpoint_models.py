"""An endpoint's model over a server of the test's own, and what it writes or says."""

from pathlib import Path

import pytest

from assistant.errors import LanguageModelError
from assistant.language_model import Allowance, EndpointModel, Message, model_of
from assistant.settings import Settings

QUESTION = [Message("system", "Answer from the evidence."), Message("user", "What was mined?")]
KEY = "sk-planted-0123456789"


def model_at(address: str, home: Path, at_once: int = 2, key: str = KEY) -> EndpointModel:
    """Return a model as settings name it."""
    return model_of(
        Settings(
            home,
            model="some-model",
            model_address=address,
            model_seconds=20,
            model_at_once=at_once,
            model_key=key,
        )
    )


def written(model: EndpointModel, seconds: float = 20) -> str:
    """Return all the model writes."""
    return "".join(piece.text for piece in model.write(QUESTION, Allowance.of(seconds)))


def failure(model: EndpointModel, seconds: float = 20) -> str:
    """Return what the model says went wrong, which is one line."""
    with pytest.raises(LanguageModelError) as caught:
        written(model, seconds)
    message = str(caught.value)
    assert "\n" not in message
    return message
