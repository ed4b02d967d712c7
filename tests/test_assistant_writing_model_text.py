"""A model's text is read as far as it is worth reading, and its request ends there."""

from collections.abc import Iterator, Sequence

import pytest
from fakes import ScriptedModel

from assistant.answer import Tokens
from assistant.errors import LanguageModelError
from assistant.language_model import Allowance, Message, Piece
from assistant.writing.model_text import ModelText

ASKED = (Message("user", "What was mined?" * 10),)


class EndlessModel:
    """Writes pieces for ever, and notes when its request ends."""

    name = "endless"

    def __init__(self, piece: str) -> None:
        self.piece = piece
        self.ended = False

    def write(self, messages: Sequence[Message], allowance: Allowance) -> Iterator[Piece]:  # noqa: ARG002
        try:
            while True:
                yield Piece(self.piece)
        finally:
            self.ended = True


def text_of(model: ScriptedModel | EndlessModel) -> ModelText:
    return ModelText(ASKED, model, Allowance.of(60))


def test_sentences_come_plain_with_the_keys_and_tokens_beside_them() -> None:
    text = text_of(ScriptedModel("Based on the evidence, **China** mined ore [k1]. It rose. [k2]"))
    assert list(text.sentences()) == ["China mined ore.", "It rose."]
    assert text.keys == {"k1", "k2"}
    assert text.tokens == Tokens(21, 11)


@pytest.mark.parametrize("piece", ["China mined ore. ", "China mined ore and "])
def test_a_model_that_goes_round_in_circles_is_read_no_further(piece: str) -> None:
    model = EndlessModel(piece)
    text = text_of(model)
    assert len(list(text.sentences())) <= 1
    assert model.ended


def test_ten_sentences_are_read_and_no_more() -> None:
    model = ScriptedModel(" ".join(f"China mined {number} t." for number in range(1, 30)))
    assert len(list(text_of(model).sentences())) == 10


def test_tokens_are_estimated_where_reading_ended_before_they_were_told() -> None:
    text = text_of(EndlessModel("China mined ore. "))
    list(text.sentences())
    assert text.tokens == Tokens(37, 13)


def test_nothing_is_estimated_where_nothing_came() -> None:
    text = text_of(ScriptedModel(LanguageModelError("nobody there")))
    with pytest.raises(LanguageModelError):
        list(text.sentences())
    assert text.tokens == Tokens()
