"""The verdict that costs least, and which statements and facts are told for it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from assistants import evidence

from assistant.answer import Verdict
from assistant.citing import verdicts
from assistant.citing.slots import compare_slots, read
from assistant.citing.statements import Statement
from assistant.citing.verdicts import (
    COSTS,
    VERDICTS,
    Held,
    HeldClaim,
    cheapest,
    decide,
    held_shares,
)
from assistant.entailment import Judgement

CLAIM = "The mine made 300 t of oxide in 2024, and it hired 40 people."
SAID = ("The mine made 300 t of oxide in 2024.", "The mine hired 40 people.", "The mine is shut.")
SUPPORTING, SILENT = Judgement(0.9, 0.04, 0.06), Judgement(0.1, 0.1, 0.8)
DENYING = Judgement(0.05, 0.9, 0.05)


def held_claim(
    whole: Sequence[Judgement], parts: Sequence[Sequence[Judgement]] = (), claim: str = CLAIM
) -> HeldClaim:
    """Return a claim held against three statements, of which these things are entailed."""
    piece = evidence(" ".join(SAID))
    text = piece.passage.text
    statements = tuple(
        Statement(piece, one, text.index(one), text.index(one) + len(one)) for one in SAID
    )
    nearness = dict.fromkeys(("near", "near words", "far words", "near back", "words open"), 0.5)
    opened = dict.fromkeys(
        (f"{one} open" for one in ("name", "count", "compared", "noun", "verb", "quality")), 0.0
    )
    slots = [compare_slots(read(claim), read(one.text), read("")) for one in statements]
    held = [
        Held(one, said, {**told, **held_shares(told), **nearness, **opened})
        for one, said, told in zip(statements, whole, slots, strict=True)
    ]
    return HeldClaim(
        claim,
        statements,
        tuple(whole),
        tuple(tuple(one) for one in parts),
        max(held, key=lambda one: one.judgement.supported),
        max(held, key=lambda one: one.judgement.contradicted),
        (),
    )


def with_verdict(monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> None:
    likely = {one: float(one == verdict) for one in VERDICTS}
    monkeypatch.setattr(verdicts, "likelihoods", lambda _: likely)


def test_each_feature_has_a_weight_for_each_verdict() -> None:
    features = held_claim([SUPPORTING, SILENT, SILENT]).features
    likely = verdicts.likelihoods(features)
    assert sum(likely.values()) == pytest.approx(1)
    with verdicts.WEIGHTS.open(encoding="utf-8") as stream:
        named = {line.split("\t")[0] for line in stream} - {"feature", ""}
    assert named == set(features)


def test_what_is_entailed_makes_its_verdict_likelier() -> None:
    whole = [SILENT, SILENT, SILENT]
    least = verdicts.likelihoods(held_claim(whole).features)
    carried = verdicts.likelihoods(held_claim([SUPPORTING, SILENT, SILENT]).features)
    denied = verdicts.likelihoods(held_claim([DENYING, SILENT, SILENT]).features)
    assert carried["supported"] > max(least["supported"], denied["supported"])
    assert denied["contradicted"] > max(least["contradicted"], carried["contradicted"])


def test_the_verdict_is_the_one_that_costs_least() -> None:
    assert all(COSTS[one][one] == 0 for one in VERDICTS)
    sure = dict.fromkeys(VERDICTS, 0.0)
    for one in VERDICTS:
        assert cheapest(sure | {one: 1.0}) == one
    doubtful = {"supported": 0.6, "contradicted": 0.4, "partly": 0.0, "not_found": 0.0}
    assert cheapest(doubtful) != "supported"


def test_statements_that_are_likely_to_carry_a_claim_are_cited_the_likeliest_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_verdict(monkeypatch, "supported")
    likelier = replace(SUPPORTING, supported=0.95)
    held = held_claim([SUPPORTING, likelier, SILENT])
    assert decide(held).statements == (held.statements[1], held.statements[0])
    held = held_claim([SILENT, replace(SILENT, supported=0.2), SILENT])
    assert decide(held).statements == (held.statements[1],)


def test_a_claim_is_contradicted_by_the_statement_that_is_likeliest_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_verdict(monkeypatch, "contradicted")
    held = held_claim([SILENT, SILENT, DENYING])
    assert decide(held).statements == (held.statements[2],)


def test_of_a_claim_that_is_carried_in_part_the_parts_that_are_carried_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_verdict(monkeypatch, "partly")
    whole = [SILENT, SILENT, SILENT]
    held = held_claim(whole, [whole, [SILENT, SUPPORTING, SILENT]])
    decision = decide(held)
    assert (decision.statements, decision.carried) == ((held.statements[1],), (1,))
    held = held_claim(whole, [whole, whole])
    decision = decide(held)
    assert (decision.statements, decision.carried) == ((held.best.statement,), ())


def test_a_sentence_of_a_source_is_supported_whatever_is_made_of_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_verdict(monkeypatch, "contradicted")
    held = held_claim([DENYING, SILENT, SILENT], claim="The mine made 300 t of oxide in 2024")
    decision = decide(held)
    assert (decision.verdict, decision.statements) == ("supported", (held.statements[0],))
    held = held_claim([DENYING, SILENT, SILENT], claim="The mine made 30.0 t of oxide in 2024")
    assert decide(held).verdict == "contradicted"
