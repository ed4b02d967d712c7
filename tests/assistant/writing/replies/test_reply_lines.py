"""Sentences are read out of a reply with what they quote, and the refusal is known in any form."""

import json
from collections.abc import Sequence

import pytest
from written_replies import REFUSAL, line

from assistant.writing.replies.reply_lines import WrittenQuote, WrittenSentence, written_sentences

SENTENCE = WrittenSentence(
    "Orla mined 270,000 t in 2025.", "fact", (WrittenQuote("k4f7a", "Orla; 270,000 t"),)
)


def read(*pieces: str) -> list[WrittenSentence]:
    return list(written_sentences(pieces))


def test_a_sentence_has_its_kind_and_its_quotes() -> None:
    reply = line(SENTENCE.text, ("k4f7a", "Orla; 270,000 t"))
    assert read(reply[:20], reply[20:]) == [SENTENCE]
    (mended,) = read(line("It rose.", ("k1", "rose"), kind="comparison", number="s2"))
    assert (mended.id, mended.kind) == ("s2", "comparison")


@pytest.mark.parametrize(
    "told",
    [
        {"quotes": [{"key": "[k4f7a]", "text": "Orla; 270,000 t"}], "sentence": SENTENCE.text},
        {"quote": {"key": "k4f7a", "quote": "Orla; 270,000 t"}, "text": SENTENCE.text},
        {
            "quotes": [{"key": "k4f7a", "text": "Orla; 270,000 t"}] * 2,
            "kind": "claim",
            "sentence": f"**{SENTENCE.text}**",
        },
    ],
)
def test_other_names_of_fields_and_marks_around_keys_are_read(told: object) -> None:
    assert read(json.dumps(told)) == [SENTENCE]


def test_words_without_a_key_are_quoted_too() -> None:
    (one,) = read(json.dumps({"quotes": ["Orla; 270,000 t"], "sentence": SENTENCE.text}))
    assert one.quotes == (WrittenQuote("", "Orla; 270,000 t"),)


@pytest.mark.parametrize(
    "reply", [[REFUSAL], ["NO ", "ANSWER"], ["**No answer.**"], ['"NO ANSWER"']]
)
def test_the_refusal_is_known(reply: Sequence[str]) -> None:
    (one,) = read(*reply)
    assert one.is_refusal


def test_words_without_an_object_quote_nothing() -> None:
    assert read("Orla mined 5 t.") == [WrittenSentence("Orla mined 5 t.")]
    assert read("...", "\n") == []


def test_a_model_that_goes_round_in_circles_is_read_no_further() -> None:
    taken = 0

    def pieces():  # type: ignore[no-untyped-def]
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield line("It rose.") + "\n"

    assert [one.text for one in written_sentences(pieces())] == ["It rose."]
    assert taken < 5
    assert len(read(*("{" for _ in range(100_000)))) <= 1
