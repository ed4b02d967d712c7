"""Conversations over the shipped library: what is understood finds the page that answers it."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.places import evidence_is_at
from assistant.evaluation.running.asking import answer_case
from bench.conversation_cases import load_conversations
from bench.conversations import CONVERSATIONS, shares, understand

pytestmark = pytest.mark.slow

SHIPPED = Path(__file__).parents[1] / "assistant" / "evaluation" / "cases" / "shipped.jsonl"
LEAST_RIGHT, LEAST_FOUND = 0.8, 0.9  # of the turns of a kind


@pytest.mark.parametrize("as_understood", [False, True])
def test_turns_find_an_expected_page_among_the_first_five(
    library: Assistant, as_understood: bool
) -> None:
    turns = list(understand(library, load_conversations(CONVERSATIONS), as_understood))
    for kind in ("opening", "follow-up", "new topic"):
        told = [one for one in turns if one.kind == kind]
        right, _, found = shares(told)
        lost = [(one.place, one.standalone) for one in told if not one.right or not one.rank]
        assert right >= LEAST_RIGHT, lost
        assert found >= LEAST_FOUND, lost


def test_follow_ups_of_the_shipped_cases_find_an_expected_page(library: Assistant) -> None:
    cases = [case for case in load_cases(SHIPPED) if case.turns]
    lost = []
    for case in cases:
        answer = answer_case(library, case)
        first = answer["evidence"][:5]
        if not any(evidence_is_at(entry, place) for entry in first for place in case.places):
            lost.append((case.id, answer["standalone_question"]))
    assert cases
    assert lost == []
