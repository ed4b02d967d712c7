"""Language models: how one is asked, and the endpoint that answers."""

from assistant.language_model.endpoint import EndpointModel, model_of
from assistant.language_model.model import (
    Allowance,
    LanguageModel,
    Message,
    ModelStoppedError,
    Piece,
    estimated_tokens,
)

__all__ = [
    "Allowance",
    "EndpointModel",
    "LanguageModel",
    "Message",
    "ModelStoppedError",
    "Piece",
    "estimated_tokens",
    "model_of",
]
