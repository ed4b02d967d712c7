"""Splitting text into sentences that keep their offsets."""

import itertools
import random

import pytest

from assistant.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mine is open. It grew.", ["The mine is open.", "It grew."]),
        ("The U.S. Geological Survey says so.", ["The U.S. Geological Survey says so."]),
        ("Under No. 18 a licence is needed.", ["Under No. 18 a licence is needed."]),
        (
            "Bastnaesite was mined in Mountain Pass, CA. Monazite was not.",
            ["Bastnaesite was mined in Mountain Pass, CA.", "Monazite was not."],
        ),
        ("Is it? Yes! It is.", ["Is it?", "Yes!", "It is."]),
        ("He said “no.” She left.", ["He said “no.”", "She left."]),
        ("It held 6.3 million tons. 5 were sold.", ["It held 6.3 million tons.", "5 were sold."]),
        ("See Fig. 3. Then J. Smith left.", ["See Fig. 3.", "Then J. Smith left."]),
        (
            "It costs approx. five dollars, e.g. here.",
            ["It costs approx. five dollars, e.g. here."],
        ),
        ("one line\nof the same sentence", ["one line\nof the same sentence"]),
    ],
)
def test_full_stops_end_sentences_but_abbreviations_do_not(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- First item\n- Second item", ["First item", "Second item"]),
        ("• First item\n  • Second item", ["First item", "Second item"]),
        ("1. First item\n2. Second item", ["First item", "Second item"]),
        ("1) First item\n2) second item", ["First item", "second item"]),
        ("A title\n\nA paragraph", ["A title", "A paragraph"]),
    ],
)
def test_bullets_and_blank_lines_end_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("text", ["", "  \n ", "...", "- \n-", "?!"])
def test_text_without_words_has_no_sentences(text: str) -> None:
    assert sentences(text) == []


PIECES = ("U.S.", "No. 18", "Mountain Pass, CA.", "“Yes.”", "- an item", "2. a thing", "6.3", "...")
GAPS = (" ", "\n", "\n\n", "  ", ". ", "? ")


def test_spans_are_in_order_apart_and_lose_no_word() -> None:
    chance = random.Random(7)
    for _ in range(500):
        pairs = ((chance.choice(PIECES), chance.choice(GAPS)) for _ in range(chance.randint(1, 9)))
        text = "".join(itertools.chain.from_iterable(pairs))
        spans = sentence_spans(text)
        ends = [0, *itertools.chain.from_iterable(spans), len(text)]
        assert ends == sorted(ends), text
        for start, end in spans:
            assert start < end, text
            assert text[start:end] == text[start:end].strip(), text
        outside = [text[end:start] for end, start in zip(ends[::2], ends[1::2], strict=True)]
        assert all(not any(sign.isalpha() for sign in gap) for gap in outside), text
