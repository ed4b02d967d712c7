"""A language model that tells those who wait for an answer when it is writing."""

from collections.abc import Iterator, Sequence

from assistant.answer.answer_stream import AnswerProgress
from assistant.language_model.model import Allowance, LanguageModel, Message, Piece


class WatchedModel:
    """Writes as the model does, and says so in the progress of the answer it writes for."""

    def __init__(self, model: LanguageModel, progress: AnswerProgress) -> None:
        self._model = model
        self._progress = progress

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def write(self, messages: Sequence[Message], allowance: Allowance) -> Iterator[Piece]:
        """Yield what the model writes, as it comes."""
        self._progress.is_model_writing = True
        try:
            yield from self._model.write(messages, allowance)
        finally:
            self._progress.is_model_writing = False
