"""Asking a language model for a line or a few: what it wrote, what that took, and what failed."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from assistant.answer import Tokens
from assistant.errors import LanguageModelError
from assistant.language_model import Allowance, LanguageModel, Message, ModelStoppedError

_SHARE = 1 / 3  # of the time that is left, so that the answer can still be written
_MOST_LETTERS = 2_000  # that are read
_LETTERS_A_TOKEN = 4  # about


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote; `fault` says why it wrote nothing that can be used, "" where it did."""

    text: str
    tokens: Tokens = field(default_factory=Tokens)
    fault: str = ""


def ask_model(messages: Sequence[Message], model: LanguageModel, allowance: Allowance) -> Reply:
    """Return what a model writes, within a third of the time that is left.

    Where it was cut short and never said what it took, the tokens are estimated from the letters.
    Raises ModelStoppedError alone.
    """
    own = Allowance.of(allowance.left() * _SHARE, allowance.stop)
    pieces = model.write(messages, own)
    text, tokens, fault = "", Tokens(), ""
    try:
        for piece in pieces:
            text += piece.text
            tokens += piece.tokens
            if len(text) > _MOST_LETTERS:
                break
    except ModelStoppedError:
        raise
    except LanguageModelError as error:
        fault = str(error)
    finally:
        if isinstance(pieces, Generator):
            pieces.close()  # ends the request
    if text and tokens == Tokens():
        tokens = _estimated(messages, text)
    return Reply("" if fault else text.strip(), tokens, fault)


def _estimated(messages: Sequence[Message], text: str) -> Tokens:
    prompt = sum(len(message.content) for message in messages)
    return Tokens(prompt // _LETTERS_A_TOKEN, len(text) // _LETTERS_A_TOKEN + 1)
