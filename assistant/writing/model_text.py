"""What a model writes, sentence by sentence, as far as it is worth reading."""

from collections.abc import Generator, Iterator, Sequence

from assistant.answer import Tokens
from assistant.language_model import Allowance, LanguageModel, Message, estimated_tokens
from assistant.writing.lead_ins import without_lead_in
from assistant.writing.plain_text import plain_text
from assistant.writing.sentence_reader import SentenceReader

_MOST_SENTENCES = 10  # five are asked for
_LONGEST_CHARS = 1_500  # of what has no end: small models go round in circles


class ModelText:
    """The sentences that a model writes to messages.

    Reading ends, and with it the request, where the model repeats itself or writes without end.
    """

    def __init__(
        self, messages: Sequence[Message], model: LanguageModel, allowance: Allowance
    ) -> None:
        self._messages = messages
        self._model = model
        self._allowance = allowance
        self._reader = SentenceReader()
        self._told = Tokens()
        self._text = ""

    @property
    def keys(self) -> frozenset[str]:
        """The bracketed marks that the model wrote so far."""
        return frozenset(self._reader.keys)

    @property
    def tokens(self) -> Tokens:
        """What it took so far; estimated from the letters where the endpoint did not tell."""
        if self._told != Tokens() or not self._text:
            return self._told
        return estimated_tokens(self._messages, self._text)

    def sentences(self) -> Iterator[str]:
        """Yield the sentences as plain words, as each is whole. Raises LanguageModelError."""
        read: list[str] = []
        for written in self._written():
            sentence = without_lead_in(plain_text(written))
            if sentence in read:
                return
            if sentence:
                read.append(sentence)
                yield sentence
            if len(read) == _MOST_SENTENCES:
                return

    def _written(self) -> Iterator[str]:
        pieces = self._model.write(self._messages, self._allowance)
        try:
            for piece in pieces:
                self._told += piece.tokens
                self._text += piece.text
                yield from self._reader.take(piece.text)
                if self._reader.waiting > _LONGEST_CHARS:
                    return
            yield from self._reader.rest()
        finally:
            if isinstance(pieces, Generator):
                pieces.close()  # ends the request
