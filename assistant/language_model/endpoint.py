"""A language model behind an OpenAI-compatible endpoint: Ollama, vLLM, llama.cpp, hosted ones."""

from collections.abc import Iterator, Sequence

from assistant.errors import LanguageModelError
from assistant.language_model.model import Allowance, Message, Piece
from assistant.language_model.served_model import ServedModel
from assistant.language_model.slots import Slots
from assistant.settings import Settings


class EndpointModel:
    """Writes through an endpoint; nothing but its address is ever contacted."""

    def __init__(self, served: ServedModel, slots: Slots) -> None:
        self._served = served
        self._slots = slots

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._served.name

    def write(self, messages: Sequence[Message], allowance: Allowance) -> Iterator[Piece]:
        """Yield what the model writes, as it comes; the last piece has the tokens spent.

        A request that failed before text came is tried again where that may help. Returns or raises
        within the allowance; closing the iterator ends the connection. Raises LanguageModelError
        with one line that says what to do, and ModelStoppedError after `allowance.stop` is set.
        """
        from assistant.language_model.request import Request

        if not all("!" <= sign <= "~" for sign in self._served.key):
            raise LanguageModelError(
                "RARE_EARTH_MODEL_KEY holds a space or a sign that no key has; set it anew"
            )
        request = Request(self._served, self._slots, messages, allowance)
        try:
            yield from request.pieces()
        finally:
            request.end()


def model_of(settings: Settings) -> EndpointModel:
    """Return the model that settings name; they must name one."""
    served = ServedModel(
        settings.model, settings.model_address, settings.model_seconds, settings.model_key
    )
    return EndpointModel(served, Slots(settings.home / "model", settings.model_at_once))
