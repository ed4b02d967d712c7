"""A case: all its places, and the bare claim of one for citing."""

import pytest

from assistant.evaluation.case import Case, ExpectedPlace


def test_places_are_those_of_evidence_and_of_alternates() -> None:
    evidence, alternate = ExpectedPlace("a/b.pdf", 2, "153", "Brazil"), ExpectedPlace("c.md")
    case = Case(id="q1", question="Why?", evidence=(evidence,), alternates=(alternate,))
    assert case.places == (evidence, alternate)


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ('Find a citation for: "China is large."', "China is large."),
        ("find a citation for:  “China is large.” ", "China is large."),
        ("China is large.", "China is large."),
        ('"Sprint" is a word.', '"Sprint" is a word.'),
    ],
)
def test_claim_is_the_question_without_its_request(question: str, claim: str) -> None:
    assert Case(id="q", question=question, use="cite").claim == claim
