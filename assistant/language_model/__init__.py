"""Language models: how one is asked, and the endpoint that answers."""

from assistant.language_model.endpoint import MODEL_FOLDER, EndpointModel, model_of, verifier_of
from assistant.language_model.model import (
    Allowance,
    Form,
    LanguageModel,
    Message,
    ModelStoppedError,
    Piece,
    estimated_tokens,
)

__all__ = [
    "MODEL_FOLDER",
    "Allowance",
    "EndpointModel",
    "Form",
    "LanguageModel",
    "Message",
    "ModelStoppedError",
    "Piece",
    "estimated_tokens",
    "model_of",
    "verifier_of",
]
