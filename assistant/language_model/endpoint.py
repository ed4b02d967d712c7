"""A language model behind an OpenAI-compatible endpoint: Ollama, vLLM, llama.cpp, hosted ones."""

import time
from collections.abc import Iterator, Sequence

from assistant.errors import LanguageModelError, UnreachableModelError
from assistant.language_model.keys import stored_key
from assistant.language_model.model import Allowance, Asked, Form, Message, Piece
from assistant.language_model.served_model import ServedModel
from assistant.language_model.slots import Slots
from assistant.settings import Settings
from corpus.extras import missing_extra

MODEL_FOLDER = "model"  # of a home: requests under way, and what models can do
_ABSENT_SECONDS = 60.0  # in which one that nobody answered for is not tried again


class EndpointModel:
    """Writes through an endpoint; nothing but its address is ever contacted."""

    def __init__(self, served: ServedModel, slots: Slots) -> None:
        self._served = served
        self._slots = slots
        self._refused: set[str] = set()  # parameters that the endpoint does not know
        self._absent = (0.0, "")  # until when it is taken for absent, and what was said of it

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._served.name

    def load(self) -> None:
        """Load what asks it, some seconds the first time: no time in which it is waited for.

        Raises LanguageModelError where its libraries are not installed.
        """
        if run := missing_extra("llm", "openai"):
            raise LanguageModelError(f"a language model needs its client libraries; run: {run}")
        from assistant.language_model.chat import load_libraries

        load_libraries()

    def write(
        self, messages: Sequence[Message], allowance: Allowance, form: Form | None = None
    ) -> Iterator[Piece]:
        """Yield what the model writes, as it comes; the last piece has the tokens spent.

        Where the endpoint does not hold a model to a `form`, it is asked without. A request that
        failed before text came is tried again where that may help. Returns or raises within the
        allowance; closing the iterator ends the connection. Raises LanguageModelError
        with one line that says what to do, UnreachableModelError at once for a minute after nobody
        answered, and ModelStoppedError after `allowance.stop` is set.
        """
        from assistant.language_model.request import Request

        if not all("!" <= sign <= "~" for sign in self._served.key):
            raise LanguageModelError(
                "RARE_EARTH_MODEL_KEY holds a space or a sign that no key has; set it anew"
            )
        asked = Asked(tuple(messages), form)
        request = Request(self._served, self._slots, asked, allowance, self._refused)
        until, said = self._absent
        if time.monotonic() < until:
            raise UnreachableModelError(f"{said} (found out less than a minute ago)")
        try:
            yield from request.pieces()
        except UnreachableModelError as error:
            self._absent = (time.monotonic() + _ABSENT_SECONDS, str(error))
            raise
        finally:
            request.end()

    def look_again(self) -> None:
        """Forget that nobody answered, so that the next question finds out anew."""
        self._absent = (0.0, "")


def model_of(settings: Settings) -> EndpointModel:
    """Return the model that settings name; they must name one."""
    return _at(settings, settings.model, settings.model_address)


def _at(settings: Settings, name: str, address: str) -> EndpointModel:
    key = stored_key(address) if settings.is_key_in_keyring else settings.model_key
    served = ServedModel(name, address, settings.model_seconds, key)
    return EndpointModel(served, Slots(settings.home / MODEL_FOLDER, settings.model_at_once))


def verifier_of(settings: Settings) -> EndpointModel:
    """Return the model that verifies what another writes; settings must name one."""
    return _at(settings, settings.verifier, settings.verifier_address or settings.model_address)
