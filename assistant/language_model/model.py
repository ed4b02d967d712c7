"""How a language model is asked: messages go in, pieces of text come out, within an allowance."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Literal, Protocol

from assistant.answer import Tokens
from assistant.errors import LanguageModelError

_LETTERS_A_TOKEN = 4  # about


class ModelStoppedError(LanguageModelError):
    """The reader stopped the answer while the model was writing."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a language model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What a language model has written since the piece before; the last has the tokens spent."""

    text: str
    tokens: Tokens = field(default_factory=Tokens)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How long may be waited for a model in all: until a moment of `time.monotonic`, or a stop.

    One allowance is shared by all calls for one answer. `stop` may be set from any thread.
    """

    until: float
    stop: Event = field(default_factory=Event)

    @classmethod
    def of(cls, seconds: float, stop: Event | None = None) -> "Allowance":
        """Return an allowance of so many seconds from now."""
        return cls(time.monotonic() + seconds, stop or Event())

    def left(self) -> float:
        """Return how many seconds are left, never less than 0."""
        return max(0.0, self.until - time.monotonic())


@dataclass(frozen=True, slots=True)
class Form:
    """A JSON schema that a reply is to follow, where an endpoint can hold a model to one."""

    name: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model is asked: messages, and the form of the reply where one is wanted."""

    messages: tuple[Message, ...]
    form: Form | None = None


class LanguageModel(Protocol):
    """What writes text after messages. Safe to share between threads."""

    @property
    def name(self) -> str:
        """How the model is named in answers and records."""

    def write(
        self, messages: Sequence[Message], allowance: Allowance, form: Form | None = None
    ) -> Iterator[Piece]:
        """Yield what the model writes, as it comes; closing the iterator ends the request.

        Returns within the allowance whatever the endpoint does. Raises LanguageModelError, which
        says what failed and what to do, and ModelStoppedError after `allowance.stop` is set.
        """


def estimated_tokens(messages: Sequence[Message], written: str) -> Tokens:
    """Return about how many tokens messages and an answer are, where an endpoint did not tell."""
    asked = sum(len(message.content) for message in messages)
    return Tokens(asked // _LETTERS_A_TOKEN, len(written) // _LETTERS_A_TOKEN + 1)
