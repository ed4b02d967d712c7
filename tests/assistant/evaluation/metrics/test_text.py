"""Exact match and token F1 against values worked out by hand from the SQuAD 2.0 script."""

import pytest

from assistant.evaluation.metrics.text import exact_match, token_f1


@pytest.mark.parametrize(
    ("answer", "gold"),
    [
        ("The Mountain Pass mine.", "mountain pass mine"),
        ("  Mountain\n\tPass ", "Mountain Pass"),
        ("U.S.", "us"),
        ("$5,000.00", "500000"),
        ("rare-earth", "rareearth"),  # punctuation leaves no space
        ("China's", "chinas"),
        ("rare_earth", "rareearth"),
        ("a. an (the) oxide", "oxide"),  # articles go after punctuation
        ("theory of an ant", "theory of ant"),  # whole words only
        ("THE", ""),
        ("?!", ""),
    ],
)
def test_answers_with_the_same_words_match_exactly(answer: str, gold: str) -> None:
    assert (exact_match(answer, [gold]), token_f1(answer, [gold])) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("answer", "gold", "f1"),
    [
        ("rare-earth oxides", "rare earth oxides", 2 * 1 / (2 + 3)),
        ("1,300–1,400 tons", "1,300-1,400 tons", 2 * 1 / (2 + 2)),  # an en dash is kept
        ("1,300 tons in 2025", "1,300 tons", 2 * 2 / (4 + 2)),
        ("1,300 tons", "1,300 tons of REO in 2025", 2 * 2 / (2 + 6)),
        ("tons tons tons", "tons of tons", 2 * 2 / (3 + 3)),  # as often as both have it
        ("mountain pass", "pass mountain", 1.0),  # in any order
        ("Bayan Obo", "Mountain Pass", 0.0),
        ("China", "Chin", 0.0),  # articles are whole words
        ("athe oxide", "a the oxide", 2 * 1 / (2 + 1)),
        ("", "Mountain Pass", 0.0),
        ("the", "Mountain Pass", 0.0),
    ],
)
def test_f1_is_that_of_shared_words(answer: str, gold: str, f1: float) -> None:
    assert token_f1(answer, [gold]) == pytest.approx(f1)
    assert token_f1(gold, [answer]) == pytest.approx(f1)
    assert exact_match(answer, [gold]) == 0.0


def test_best_gold_answer_counts() -> None:
    golds = ["Bayan Obo", "the mine at Mountain Pass", "Mountain Pass, CA"]
    assert token_f1("Mountain Pass", golds) == pytest.approx(2 * 2 / (2 + 3))
    assert exact_match("Mountain Pass", golds) == 0.0
    assert exact_match("mountain pass CA", golds) == 1.0


@pytest.mark.parametrize("golds", [[], [""], ["the", "..."]])
@pytest.mark.parametrize(("answer", "score"), [("", 1.0), ("the", 1.0), ("Mountain Pass", 0.0)])
def test_without_gold_answers_only_an_empty_answer_is_right(
    golds: list[str], answer: str, score: float
) -> None:
    assert (exact_match(answer, golds), token_f1(answer, golds)) == (score, score)


@pytest.mark.parametrize("answer", ["", "the"])
def test_gold_answer_of_which_nothing_is_left_does_not_make_an_empty_answer_right(
    answer: str,
) -> None:
    assert exact_match(answer, ["Mountain Pass", "the"]) == 0.0
    assert token_f1(answer, ["Mountain Pass", "the"]) == 0.0
