"""A question that asks for the source of a claim is answered by its citations."""

from dataclasses import replace

from fake_assistant import MINED

from assistant.answer import CitedClaim, Seconds
from assistant.citing import answer_of_claims

(CITATION,) = MINED.citations
ASKED = "Find a citation for: ..."


def test_a_claim_that_is_carried_is_told_with_its_citations() -> None:
    claims = [
        CitedClaim("China mined 270,000 t.", "supported", (CITATION, replace(CITATION, number=2))),
        CitedClaim("It mined more before.", "contradicted", (CITATION,), "It mined less before."),
    ]
    answer = answer_of_claims(ASKED, claims, 0.5)
    assert answer.status == "answered"
    assert answer.text.splitlines() == [
        "The sources say so: China mined 270,000 t. [1][2]",
        "The sources say otherwise: It mined less before. [3]",
    ]
    assert [sentence.citations for sentence in answer.sentences] == [(1, 2), (3,)]
    assert [sentence.support for sentence in answer.sentences] == ["supported", "contradicted"]
    assert [citation.number for citation in answer.citations] == [1, 2, 3]
    assert (answer.warnings, answer.seconds) == ((), Seconds(answer=0.5))


def test_a_claim_that_none_carries_is_named_beside_others() -> None:
    claims = [CitedClaim("One.", "supported", (CITATION,)), CitedClaim("Two.", "not_found")]
    assert answer_of_claims(ASKED, claims, 0).warnings == ('No source carries: "Two."',)


def test_claims_that_none_carries_are_not_found() -> None:
    answer = answer_of_claims(ASKED, [CitedClaim("Two.", "not_found")], 0)
    assert (answer.status, answer.sentences, answer.citations) == ("not_found", (), ())
    assert answer.text == "The sources do not say: none of them carries the claim."
