"""Asking a language model for a line or a few: what it wrote, what that took, and what failed."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answer import Tokens
from assistant.errors import LanguageModelError
from assistant.language_model import (
    Allowance,
    LanguageModel,
    Message,
    ModelStoppedError,
    Piece,
    estimated_tokens,
)

_SHARE = 1 / 3  # of the time that is left, so that the answer can still be written


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote; `fault` says why it wrote nothing that can be used, "" where it did."""

    text: str
    tokens: Tokens = field(default_factory=Tokens)
    fault: str = ""


def ask_model(
    messages: Sequence[Message], model: LanguageModel, allowance: Allowance, most_letters: int
) -> Reply:
    """Return what a model writes, within a third of the time that is left; no more is read.

    One that was writing when its time was over is not at fault: it may still write the answer.
    Where it was cut short and never said what it took, the tokens are estimated from the letters.
    Raises ModelStoppedError alone.
    """
    own = Allowance.of(allowance.left() * _SHARE, allowance.stop)
    pieces: Iterator[Piece] = iter(())
    text, tokens, fault = "", Tokens(), ""
    try:
        pieces = model.write(messages, own)
        for piece in pieces:
            text += piece.text
            tokens += piece.tokens
            if len(text) > most_letters:
                break
    except ModelStoppedError:
        raise
    except LanguageModelError as error:
        if own.left():
            fault = str(error)
        elif not text:
            fault = _too_slow(model)
    finally:
        if isinstance(pieces, Generator):
            pieces.close()  # ends the request
    if text and tokens == Tokens():
        tokens = estimated_tokens(messages, text)
    return Reply("" if fault else text.strip(), tokens, fault)


def _too_slow(model: LanguageModel) -> str:
    return (
        f"the language model {model.name} was too slow to word the question; take a smaller one or "
        "raise RARE_EARTH_MODEL_SECONDS"
    )
