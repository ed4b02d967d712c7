"""When the parts of a claim are held against statements, and of which what they entail counts."""

from collections.abc import Sequence

import pytest
from assistants import evidence

from assistant.citing.statements import Statement
from assistant.citing.verdicts import DIFFERING, UNSAID, Held, decide
from assistant.entailment import Judgement

SLOTS = dict.fromkeys((*DIFFERING, *UNSAID), 0.0) | {
    **dict.fromkeys(("near", "near words", "words"), 0.9),
    **dict.fromkeys(("figures", "figures same", "times", "names"), 0.0),
    **dict.fromkeys(("times same", "times around", "times within"), 0.0),
    **dict.fromkeys(("names same", "names around"), 0.0),
}
SUPPORTING, SILENT = Judgement(0.98, 0.01, 0.01), Judgement(0.0, 0.0, 1.0)


def held(judgement: Judgement, **slots: float) -> Held:
    """Return a statement that has each word of a claim, but for what `slots` say."""
    piece = evidence("The mine made oxide.")
    statement = Statement(piece, piece.passage.text, 0, len(piece.passage.text))
    told = SLOTS | {name.replace("_", " "): value for name, value in slots.items()}
    return Held(statement, told, judgement)


def not_to_be_held() -> Sequence[Sequence[Held]]:
    raise AssertionError("the parts cannot change the verdict")


@pytest.mark.parametrize(
    ("whole", "verdict"),
    [
        (held(SUPPORTING), "supported"),
        (held(Judgement(0.0, 1.0, 0.0), way_opposed=1.0), "contradicted"),
    ],
)
def test_parts_are_not_held_where_the_whole_decides(whole: Held, verdict: str) -> None:
    assert decide([whole], not_to_be_held, []).verdict == verdict


def test_a_claim_of_which_a_statement_supports_a_part_is_partly_supported() -> None:
    whole, part = held(SILENT, names_other=1.0), held(SUPPORTING)
    decision = decide([whole], lambda: [[whole], [part]], [])
    assert (decision.verdict, decision.held, decision.carried) == ("partly", (part,), (1,))


def test_a_claim_of_which_no_part_is_supported_is_not_found() -> None:
    whole = held(SILENT, names_other=1.0)
    assert decide([whole], lambda: [[whole], [whole]], []).verdict == "not_found"
    assert decide([], not_to_be_held, []).verdict == "not_found"


@pytest.mark.parametrize(
    "slots",
    [
        {},
        {"way_opposed": 1.0},
        {"names_other": 1.0},
        {"names": 1.0, "names_other": 1.0},
        {"near": 0.1, "near_words": 0.1, "words": 0.1},
        {"times": 1.0, "times_other": 1.0, "words": 0.1},
    ],
)
def test_what_is_entailed_counts_for_nothing_where_it_is_not_judged(
    slots: dict[str, float],
) -> None:
    judged = [held(judgement, **slots) for judgement in (SUPPORTING, SILENT)]
    told = {(one.supports, one.contradicts, one.supports_in_part) for one in judged}
    assert judged[0].is_judged == (len(told) > 1)
