"""How near words are in meaning, worked by hand with vectors of two numbers."""

import numpy as np
import pytest

from assistant.alignment import Alignment, align
from assistant.requirements import AskedWord
from index.token_vectors import TokenVectors

# What "north", "east" and the way between them are in the plane.
NORTH, EAST, BETWEEN, SOUTH = (0.0, 1.0), (1.0, 0.0), (0.6, 0.8), (0.0, -1.0)


def read(whole: tuple[float, float], *tokens: tuple[tuple[float, float], int, int]) -> TokenVectors:
    """Return a text as a model reads it: the vector of the whole, and tokens with their spans."""
    vectors = np.array([vector for vector, _, _ in tokens], np.float32).reshape(-1, 2)
    spans = np.array([(start, end) for _, start, end in tokens], np.int32).reshape(-1, 2)
    return TokenVectors(np.array(whole, np.float32), vectors, spans)


def word(text: str, start: int) -> AskedWord:
    return AskedWord(text, start, start + len(text), frozenset([text]), 1.0)


FEES = word("fees", 0)
ORE = word("ore", 5)
QUESTION = read(EAST, (NORTH, 0, 3), (EAST, 3, 4), (BETWEEN, 5, 8))  # fee, s, ore


def near(alignment: Alignment) -> tuple[float, ...]:
    return (*alignment.words, alignment.tokens, alignment.whole)


def test_a_token_is_as_near_as_to_the_nearest_token_of_the_statement() -> None:
    (found,) = align([FEES, ORE], QUESTION, [read(BETWEEN, (NORTH, 0, 2), (SOUTH, 2, 4))])
    # fee: 1 to north; s: 0; ore: 0.8. The word of two tokens has their mean.
    assert near(found) == pytest.approx(((1 + 0) / 2, 0.8, (1 + 0 + 0.8) / 3, 0.6))


def test_each_statement_is_compared_with_its_own_tokens_alone() -> None:
    statements = [
        read(EAST, (SOUTH, 0, 1)),
        read(NORTH),
        read(SOUTH, (EAST, 0, 1), (BETWEEN, 1, 2), (SOUTH, 2, 3)),
    ]
    found = align([FEES, ORE], QUESTION, statements)
    assert near(found[0]) == pytest.approx(((-1 + 0) / 2, -0.8, (-1 + 0 - 0.8) / 3, 1.0))
    assert near(found[1]) == pytest.approx((0.0, 0.0, 0.0, 0.0))
    assert near(found[2]) == pytest.approx(((0.8 + 1) / 2, 1.0, (0.8 + 1 + 1) / 3, 0.0))
    alone = [align([FEES, ORE], QUESTION, [statement])[0] for statement in statements]
    assert [near(one) for one in alone] == [pytest.approx(near(one)) for one in found]


def test_a_word_that_no_token_lies_in_is_not_near() -> None:
    (found,) = align([word("tail", 40)], QUESTION, [read(EAST, (NORTH, 0, 1))])
    assert found.words == (0.0,)


@pytest.mark.parametrize("question", [read(EAST), QUESTION], ids=["no tokens", "tokens"])
def test_without_tokens_only_the_whole_is_compared(question: TokenVectors) -> None:
    assert align([FEES], question, [read(EAST), read(NORTH)]) == (
        Alignment((0.0,), 0.0, 1.0),
        Alignment((0.0,), 0.0, 0.0),
    )


def test_no_statements_are_not_compared() -> None:
    assert align([FEES], QUESTION, []) == ()
