"""A model's sentences are taken out of its reply however that comes, each with what it quotes."""

from collections.abc import Iterator, Sequence

import pytest

from assistant.answer import Tokens
from assistant.language_model import Allowance, Message, Piece
from assistant.writing.reply_reader import Mark, Reply, WrittenSentence, plain_text

TEXT = (
    'Orla mined 270,000 t in 2025. [k4f7: "in 2025, Orla; it mined 270,000 t"] [k1] Notice No. 18 '
    'stands.[k1: "No. 18 [of 2025] stands", k2] The U.S. mined 51,000 t. [k2]'
)
SENTENCES = [
    WrittenSentence(
        "Orla mined 270,000 t in 2025.",
        (Mark("k4f7", "in 2025, Orla; it mined 270,000 t"), Mark("k1")),
    ),
    WrittenSentence("Notice No. 18 stands.", (Mark("k1", "No. 18 [of 2025] stands"), Mark("k2"))),
    WrittenSentence("The U.S. mined 51,000 t.", (Mark("k2"),)),
]


class Pieces:
    """A model that writes a text in pieces of some length; `taken` counts them."""

    name = "pieces"

    def __init__(self, text: str, length: int) -> None:
        self._pieces = [text[at : at + length] for at in range(0, len(text), length)]
        self.taken = 0

    def write(self, messages: Sequence[Message], allowance: Allowance) -> Iterator[Piece]:  # noqa: ARG002
        for piece in self._pieces:
            self.taken += 1
            yield Piece(piece)


def read(text: str, length: int = 1000) -> list[WrittenSentence]:
    return list(Reply((), Pieces(text, length), Allowance.of(5)).sentences())


@pytest.mark.parametrize("length", [1, 2, 3, 7, 1000])
def test_pieces_of_any_length_give_the_same_sentences_and_marks(length: int) -> None:
    assert read(TEXT, length) == SENTENCES


@pytest.mark.parametrize("length", [1, 5, 1000])
def test_what_a_model_thought_aloud_is_not_read(length: int) -> None:
    assert read(f"<think>Perhaps 5 t. Or 6 t [k9].</think>\n\n{TEXT}", length) == SENTENCES
    assert read("<think>Perhaps 5 t. Or 6 t [k9].", length) == []


def test_a_sentence_comes_when_the_next_has_begun() -> None:
    model = Pieces("It rose. [k1] It fell. [k2] It stands.", 1)
    sentences = Reply((), model, Allowance.of(5)).sentences()
    assert next(sentences) == WrittenSentence("It rose.", (Mark("k1"),))
    assert model.taken < len("It rose. [k1] It fell.")


def test_words_of_a_link_are_no_mark_and_marks_of_other_makers_are() -> None:
    assert read("See [the USGS](https://example.org) for more.") == [
        WrittenSentence("See the USGS for more.")
    ]
    assert read("Output rose【4†source】. It fell [1, 2].") == [
        WrittenSentence("Output rose.", (Mark("4†source"),)),
        WrittenSentence("It fell.", (Mark("1"), Mark("2"))),
    ]


def test_a_model_that_goes_round_in_circles_is_read_no_further() -> None:
    model = Pieces("It rose. It fell. " * 1000, 18)
    reply = Reply((), model, Allowance.of(5))
    assert [one.text for one in reply.sentences()] == ["It rose.", "It fell."]
    assert model.taken < 5
    assert reply.tokens != Tokens()


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (
            "- **Output** rose; see [the data](https://example.org/?q=1).",
            "Output rose; see the data.",
        ),
        ("## *Orla* mined 270,000 t in 2025.", "Orla mined 270,000 t in 2025."),
        ("1. ***First*** of `three` ~~old~~ items", "First of three old items"),
        ("![x](http://127.0.0.1/?a=b)Lynas **_separates_** it.", "Lynas separates it."),
        ("[click](javascript:alert(1)) now", "click now"),
        ("[ref][1] and [^2] end", "ref and end"),
        ("<script>fetch('http://127.0.0.1')</script>Text <b>bold</b>", "Text bold"),
        ("&lt;img src=x onerror=alert(1)&gt;Seen", "Seen"),
        ("Seen <img src=x onerror=alert(1)", "Seen"),
        ("Seen <!-- hidden --> here", "Seen here"),
        ("See https://example.org/a?b=c and www.example.org today", "See and today"),
        ("\x1b[31mred\x1b[0m \u202ereversed\u202c te\u200bxt", "red reversed text"),
        ("<|im_end|>Hello", "Hello"),
        ("$$x$$ and \\href{http://127.0.0.1}", "x and"),
        ("---", ""),
        ("It is < 5 and > 3; NdPr_oxide stays, 5 * 3 * 2 = 30.",) * 2,
        ("-5% in 2024, from 1.5 to 2.0 million t (REO).",) * 2,
    ],
)
def test_a_sentence_becomes_plain_words(written: str, plain: str) -> None:
    assert plain_text(written) == plain


def test_marks_without_end_take_no_time() -> None:
    assert plain_text("**" * 50_000) == ""


def test_words_in_brackets_that_are_no_mark_stay_words_and_take_no_time() -> None:
    aside = f"[see{' notes of 2025;' * 60} more](x)"
    quoted = '[k1: "a" of "b" of "c" of "d" of "e" of "f" of "g" of "h" of "i" of "j"'
    assert read(f"It rose {aside} again. It fell {quoted} as well.") == [
        WrittenSentence(plain_text(f"It rose {aside} again.")),
        WrittenSentence(plain_text(f"It fell {quoted} as well.")),
    ]
