"""Sentences are taken out of a text however it is cut into pieces."""

import pytest

from assistant.writing.sentence_reader import SentenceReader

TEXT = (
    "China mined 270,000 t in 2025 [k4f7]. Notice No. 18 of 2025 stands.[k1] "
    "The U.S. mined 51,000 t. [k2]"
)
SENTENCES = (
    "China mined 270,000 t in 2025.",
    "Notice No. 18 of 2025 stands.",
    "The U.S. mined 51,000 t.",
)


def read(reader: SentenceReader, *pieces: str) -> tuple[str, ...]:
    return tuple(s for piece in pieces for s in reader.take(piece)) + reader.rest()


@pytest.mark.parametrize("length", [1, 2, 3, 7, 1000])
def test_pieces_of_any_length_give_the_same_sentences_and_keys(length: int) -> None:
    reader = SentenceReader()
    pieces = [TEXT[at : at + length] for at in range(0, len(TEXT), length)]
    assert read(reader, *pieces) == SENTENCES
    assert reader.keys == ["k4f7", "k1", "k2"]


def test_a_sentence_comes_when_the_next_has_begun() -> None:
    reader = SentenceReader()
    assert reader.take("China mined 270,000 t.") == ()
    assert reader.take(" The") == ("China mined 270,000 t.",)
    assert reader.rest() == ("The",)


def test_words_of_a_link_are_no_key() -> None:
    reader = SentenceReader()
    assert read(reader, "See [the USGS", "](https://example.org) for more.") == (
        "See [the USGS](https://example.org) for more.",
    )
    assert reader.keys == []


def test_marks_of_other_makers_are_taken_out() -> None:
    reader = SentenceReader()
    assert read(reader, "Output rose【4†source】. It fell [1, 2].") == ("Output rose.", "It fell.")
    assert reader.keys == ["4†source", "1", "2"]


def test_an_empty_text_has_no_sentences() -> None:
    assert read(SentenceReader(), "", " \n ") == ()


@pytest.mark.parametrize("length", [1, 5, 1000])
def test_what_a_model_thought_aloud_is_not_read(length: int) -> None:
    reader = SentenceReader()
    text = f"<think>Perhaps 5 t. Or 6 t [k9].</think>\n\n{TEXT}"
    pieces = [text[at : at + length] for at in range(0, len(text), length)]
    assert read(reader, *pieces) == SENTENCES
    assert "k9" not in reader.keys


def test_keys_in_one_pair_of_brackets_are_told_apart() -> None:
    reader = SentenceReader()
    assert read(reader, "Output rose [k4f7, k1; k2].") == ("Output rose.",)
    assert reader.keys == ["k4f7", "k1", "k2"]


def test_only_what_is_no_thought_waits_for_its_end() -> None:
    reader = SentenceReader()
    reader.take("<think>Perhaps 5 t.")
    assert reader.waiting == 0
    reader.take("</think>It rose")
    assert reader.waiting == len("It rose")


def test_a_thought_without_an_end_is_no_answer() -> None:
    assert read(SentenceReader(), "<think>Perhaps 5 t. Or 6 t.") == ()
