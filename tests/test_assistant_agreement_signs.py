"""The signs of a statement: each is there in its place, and words count by where they stand."""

import pytest
from assistants import evidence, required, row, statement

from assistant.agreement import SIGNS, Nearness, coverage, signs_of, words_agreement
from assistant.candidates import Candidate
from assistant.requirements import Requirements, requirements
from corpus.document import Context
from index.question import analyze

QUESTION = "What fee does the ore mine of Lynas pay in 2024?"  # asks: fee, ore, mine, pay


def signs(question: str, found: Candidate) -> dict[str, float]:
    asked = required(question)
    strengths = words_agreement(asked, found, [0.0] * len(asked.words))
    return dict(zip(SIGNS, signs_of(asked, found, strengths, Nearness(1.5, 0.6, 0.7)), strict=True))


def test_a_statement_that_says_all_has_every_sign() -> None:
    found = statement(QUESTION, "In 2024 Lynas paid a fee of $5 for ore of the mine, to pay well.")
    assert signs(QUESTION, found) == {
        "learned": 1.5,
        "meaning": 0.6,
        "words near in meaning": 0.7,
        "passage meaning": 0.5,
        "rank": 0.03,
        "coverage": 1.0,
        "uncovered": 0.0,
        "subject": 1.0,
        "no rival": 1.0,
        "time": 1.0,
        "part of year": 1.0,
        "kind": 1.0,
        "measure": 0.9,
        "edition": 1.0,
        "nothing withheld": 1.0,
        "nothing absent": 1.0,
        "no reference": 1.0,
        "row": 0.0,
    }


@pytest.mark.parametrize(
    ("sign", "question", "text", "value"),
    [
        ("coverage", QUESTION, "Lynas paid a fee in 2024 to pay $5.", 0.5),
        ("uncovered", QUESTION, "Lynas paid a fee in 2024 to pay $5.", 2 * 0.5 / 8),
        ("subject", QUESTION, "Iluka paid $5 in 2024.", 0.0),
        ("no rival", QUESTION, "Iluka paid $5 in 2024.", 0.0),
        ("time", QUESTION, "Lynas paid $5 in 2023.", 0.0),
        ("part of year", "How much was paid in 2024?", "In Q1 2024 it paid $5.", 0.2),
        ("kind", QUESTION, "Lynas paid in 2024.", 0.0),
        ("measure", "What was production?", "The quota was 5 tons.", 0.3),
        ("edition", "What did MCS 2025 give?", "MCS 2026 gave 5 tons.", 0.0),
        ("nothing withheld", QUESTION, "The fee was not disclosed.", 0.0),
        ("nothing absent", QUESTION, "No figure is given for the fee.", 0.0),
        ("nothing absent", QUESTION, "The fee was not disclosed.", 1.0),
    ],
)
def test_what_speaks_against_a_statement_is_a_low_sign(
    sign: str, question: str, text: str, value: float
) -> None:
    assert signs(question, statement(question, text))[sign] == pytest.approx(value)


def test_a_row_and_a_reference_are_told_by_their_signs() -> None:
    found = signs("?", statement("?", row("Nigeria", "5", header=("", "2024"))))
    assert (found["row"], found["no reference"]) == (1.0, 1.0)
    listed = evidence("Lynas, report of 2024.", context=Context(section="References"))
    assert signs("?", statement("?", listed))["no reference"] == 0.0


@pytest.mark.parametrize(
    ("nearness", "strengths"),
    [
        ((0.0, 0.0, 0.0, 0.0), (1.0, 0.75, 0.0, 0.0)),
        ((0.0, 0.0, 0.3, 0.55), (1.0, 0.75, 0.0, 0.45)),
        ((0.8, 0.8, 0.8, 1.0), (1.0, 0.9, 0.9, 0.9)),
        ((-1.0, 0.5, -1.0, -1.0), (1.0, 0.75, 0.0, 0.0)),
    ],
)
def test_a_word_is_said_in_the_statement_near_it_or_in_meaning(
    nearness: tuple[float, ...], strengths: tuple[float, ...]
) -> None:
    found = statement("?", evidence("A fee was due.", context=Context(section="Ore")))
    assert words_agreement(required(QUESTION), found, nearness) == pytest.approx(strengths)


def test_a_word_of_several_parts_is_said_where_all_of_them_are() -> None:
    asked = required("Why does the cracking-and-leaching line stop?")
    assert asked.words[0].text == "cracking-and-leaching"
    for section, strength in (("Leaching", 0.0), ("Cracking and leaching", 0.75)):
        found = statement("?", evidence("It was idle.", context=Context(section=section)))
        assert words_agreement(asked, found, [0.0] * len(asked.words))[0] == strength


def test_a_word_of_the_passage_alone_is_not_said() -> None:
    found = statement("?", evidence("A fee was due. Iluka was glad of it."))
    assert words_agreement(required("What fee?"), found, [0.0]) == (0.0,)


def weighted() -> Requirements:
    """Return what is required where "fee" is rarer than "ore", both than the others."""
    return requirements(analyze(QUESTION), {"fee": 4.5, "ore": 1.5})


def test_coverage_is_the_share_of_the_words_by_their_rarity() -> None:
    # fee 5, ore 2, mine 0.5 and pay 0.5 make 8
    assert coverage(weighted(), (1.0, 0.0, 0.0, 0.0)) == pytest.approx(5 / 8)
    assert coverage(weighted(), (0.5, 1.0, 0.0, 1.0)) == pytest.approx((2.5 + 2 + 0.5) / 8)
    assert coverage(required("Why?"), ()) == 1.0


def test_what_is_uncovered_counts_by_rarity_and_no_more_than_twice() -> None:
    found = statement("?", "It was quiet there.")
    values = signs_of(weighted(), found, (0.0, 1.0, 0.0, 0.0), Nearness(0.0, 0.0, 0.0))
    assert values[SIGNS.index("uncovered")] == pytest.approx(6 / 8)
    rare = requirements(analyze(QUESTION), {"fee": 90.0})
    values = signs_of(rare, found, (0.0, 0.0, 0.0, 0.0), Nearness(0.0, 0.0, 0.0))
    assert values[SIGNS.index("uncovered")] == 2.0


def test_a_row_that_only_repeats_figures_of_the_question_is_not_of_the_kind_asked_for() -> None:
    question = "How many of the 47 projects are in mining?"
    for told, kind in (("47", 0.0), ("9", 1.0)):
        found = statement(question, row("Projects", told, header=("", "Number")))
        assert signs(question, found)["kind"] == kind
