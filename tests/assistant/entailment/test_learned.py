"""What the shipped entailment model says of claims that it did not learn from."""

import pytest

from assistant.entailment import LearnedEntailment, load_entailment

pytestmark = pytest.mark.slow

OUTPUT = "Tarvas Minerals: annual report\nThe Tarvas pit yielded 5,300 t of concentrate in 2024."
STAFF = "Tarvas Minerals: annual report\nAt the end of 2024 the company employed 412 people."


@pytest.fixture(scope="module")
def model() -> LearnedEntailment:
    return load_entailment()


@pytest.mark.parametrize(
    ("claim", "best", "other"),
    [
        ("In 2024 the pit at Tarvas gave 5,300 tonnes of concentrate.", OUTPUT, STAFF),
        ("Tarvas Minerals had 412 people on its payroll at the close of 2024.", STAFF, OUTPUT),
    ],
)
def test_evidence_of_what_is_claimed_is_likelier_to_support_it(
    model: LearnedEntailment, claim: str, best: str, other: str
) -> None:
    one, beside = model.judge([(claim, best), (claim, other)])
    assert one.supported > beside.supported
    assert beside.silent > one.silent


def test_claim_with_another_figure_is_less_likely_to_be_supported(
    model: LearnedEntailment,
) -> None:
    [right] = model.judge([("In 2024 the pit at Tarvas gave 5,300 t of concentrate.", OUTPUT)])
    [wrong] = model.judge([("In 2024 the pit at Tarvas gave 9,100 t of concentrate.", OUTPUT)])
    assert wrong.supported < right.supported


def test_evidence_is_judged_by_itself_and_likelihoods_are_whole(model: LearnedEntailment) -> None:
    longer = "In 2024 the pit at Tarvas, which some still call by its old name, gave 5,300 t of it."
    pairs = [
        (claim, said) for claim in ("The pit gave 5,300 t.", longer) for said in (OUTPUT, STAFF)
    ]
    together = model.judge(pairs)
    assert together == [model.judge([one])[0] for one in pairs]
    for one in together:
        assert one.supported + one.contradicted + one.silent == pytest.approx(1, abs=1e-5)
    assert model.judge([]) == []
