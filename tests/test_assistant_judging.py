"""Whether the sources answer: the signs of the best statement and of all of them together."""

import math
from dataclasses import replace

import pytest
from assistants import evidence, required, weighing

from assistant.agreement import SIGNS
from assistant.answerability import answer_probability
from assistant.judging import QUESTION_SIGNS, probability, question_signs
from assistant.weighing import Weighing
from corpus.document import Context

QUESTION = "What fee does Lynas pay for ore in 2024?"
SAID = "Lynas had to pay a fee of $5 for ore in 2024."
PARTLY = "Lynas had to pay $5 for sand in 2024."


def signs(found: Weighing) -> dict[str, float]:
    return dict(zip(QUESTION_SIGNS, question_signs(found), strict=True))


def test_no_statement_answers_with_no_probability() -> None:
    assert probability(Weighing(required(QUESTION), ())) == 0.0


def test_probability_is_that_of_the_learned_model() -> None:
    found = weighing(QUESTION, (SAID, 2.0), (PARTLY, 1.0))
    assert probability(found) == answer_probability(question_signs(found))
    assert 0 < probability(found) < 1


@pytest.mark.parametrize(
    ("question", "text", "times"),
    [
        (QUESTION, SAID, 0),
        (QUESTION, "Iluka had to pay a fee of $5 for ore in 2024.", 2),  # and Lynas is nowhere
        ("What fee does the Norvik line pay?", "A fee of $5 is paid.", 0),
        ("Does Lynas pay a fee?", "A fee of $5 is paid.", 2),
        ("Does Lynas pay a fee?", "Lynas pays a fee of $5.", 0),
    ],
)
def test_what_is_of_another_is_less_likely_right_than_was_learned(
    question: str, text: str, times: int
) -> None:
    found = weighing(question, (text, 2.0))
    learned = answer_probability(question_signs(found))
    assert probability(found) == pytest.approx(learned * 0.4**times)


def test_signs_of_the_best_statement_come_first() -> None:
    found = weighing(QUESTION, (PARTLY, 2.0), (SAID, 1.0))
    assert question_signs(found)[: len(SIGNS)] == found.statements[0].signs


def test_signs_of_a_question_are_those_of_all_its_statements() -> None:
    found = signs(weighing(QUESTION, (PARTLY, 2.0), (SAID, 1.0)))
    del found["no rival"]
    own = {name: value for name, value in found.items() if name not in SIGNS}
    assert own == pytest.approx(
        {
            "score": 2.0,
            "share of the best": 1 / (1 + math.exp(-1)),
            "asked words": math.log(4),  # fee, pay, ore
            "wants mass": 0, "wants money": 1, "wants percent": 0, "wants count": 0,
            "wants figure": 0, "wants duration": 0, "wants date": 0, "wants person": 0,
            "wants name": 0, "wants place": 0, "wants other": 0,
            "covered anywhere": 1.0,
            "said to be absent": -5.0,
            "least agreement": 0.9,  # of the measure, which is unknown
            "a name nowhere": 0,
        }
    )  # fmt: skip


def test_what_no_statement_says_is_not_covered() -> None:
    found = signs(weighing(QUESTION, (PARTLY, 2.0)))
    assert found["covered anywhere"] == pytest.approx(1 / 3)


def test_what_a_late_statement_says_is_covered_but_not_by_the_best() -> None:
    others = [(evidence(f"{PARTLY[:-1]}, part {n}.", start=100 * n), 2.0) for n in range(3)]
    found = signs(weighing(QUESTION, *others, (evidence(SAID, start=900), 1.0)))
    assert found["covered anywhere"] == 1.0
    assert found["coverage"] < 1.0


@pytest.mark.parametrize(("score", "absent"), [(2.0, 0.0), (0.5, -1.5), (-9.0, -5.0)])
def test_a_statement_that_nothing_is_known_counts_by_how_near_the_best_it_is(
    score: float, absent: float
) -> None:
    found = signs(weighing(QUESTION, (SAID, 2.0), ("No figure is given for the fee.", score)))
    assert found["said to be absent"] == absent


@pytest.mark.parametrize(
    ("names", "nowhere"),
    [
        (("Lynas",), 0.0),
        (("Iluka", "Lynas"), 0.0),
        (("Iluka",), 1.0),
        (("Iluka",) * 8 + ("Lynas",), 1.0),
    ],
)
def test_a_name_may_stand_nowhere_among_the_first(names: tuple[str, ...], nowhere: float) -> None:
    found = signs(
        weighing(
            QUESTION,
            *((evidence(f"{name} pays a fee.", start=100 * n), -n) for n, name in enumerate(names)),
        )
    )
    assert found["a name nowhere"] == nowhere


def test_a_product_may_be_named_in_other_words() -> None:
    found = signs(weighing("What did NdPr cost?", ("The magnet feed cost $5.", 1.0)))
    assert (found["a name nowhere"], found["subject"]) == (0.0, 0.0)


def test_least_agreement_is_that_of_what_agrees_least() -> None:
    found = weighing("What was production in 2024?", ("Output was 60% in 2024.", 1.0))
    best = found.statements[0]
    less = replace(best, signs=tuple(0.5 if name == "time" else sign for name, sign in
                                     zip(SIGNS, best.signs, strict=True)))  # fmt: skip
    told = signs(replace(found, statements=(less,)))
    assert told["least agreement"] == 0.5


def test_a_name_beside_a_statement_is_not_missing() -> None:
    item = evidence("A fee was due.", context=Context(section="Lynas"))
    assert signs(weighing(QUESTION, (item, 1.0)))["a name nowhere"] == 0.0
