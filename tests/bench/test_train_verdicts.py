"""Fitting verdicts: the claims that are learned from, and what is written of them."""

import json
from collections import Counter
from pathlib import Path

import pytest
from assistants import evidence

from assistant.answer import Verdict
from assistant.citing.citing import Gathered, Sources
from assistant.citing.reading import ReadClaim
from assistant.citing.statements import Statement
from bench.entailment_examples import load_pairs
from bench.train_verdicts import SCORED, WRITTEN, Claim, Lesson, load_claims, pairs_as_json
from corpus.facts import Absent, Fact, Query

SAID = "The mine made 300 t of oxide in 2024. It hired 40 people. The mill stood still."


@pytest.mark.parametrize("collection", ["library", "sources", "filings"])
def test_claims_over_documents_have_each_verdict_and_a_quote(collection: str) -> None:
    claims = list(load_claims(collection, ["documents"]))
    assert len(claims) >= 450
    own = [one for one in claims if one.text == " ".join(one.quote.split())]
    counts = Counter(one.verdict for one in claims)
    assert counts["supported"] == 2 * counts["partly"] + len(own)
    assert counts["partly"] == counts["not_found"] <= counts["contradicted"]
    assert {one.verdict for one in own} == {"supported"}
    assert all(one.quote and one.file for one in claims)


def test_no_claim_is_both_learned_from_and_scored() -> None:
    for collection in ("library", "sources", "filings"):
        learned = {one.text for one in load_claims(collection, WRITTEN)}
        assert not learned & {one.text for one in load_claims(collection, SCORED)}


def lesson(verdict: Verdict, quote: str) -> Lesson:
    piece = evidence(SAID)
    statements = tuple(
        Statement(piece, one, SAID.index(one), SAID.index(one) + len(one))
        for one in ("The mill stood still.", "The mine made 300 t of oxide in 2024.")
    )
    text = "The mine's output was 300 t."
    read = ReadClaim(text, Query(text, Fact(Absent())), ())
    claim = Claim("library", "documents", text, verdict, piece.source.path, quote)
    sources = Sources(None, None, None, None)  # type: ignore[arg-type]
    return Lesson(claim, Gathered(read, (), statements), sources)


@pytest.mark.parametrize(
    ("verdict", "quoted", "other"),
    [
        ("supported", "supported", "uncontradicted"),
        ("contradicted", "contradicted", "unsupported"),
        ("partly", "silent", "silent"),
        ("not_found", "silent", "silent"),
    ],
)
def test_a_claim_is_written_beside_its_quote_and_beside_others(
    tmp_path: Path, verdict: Verdict, quoted: str, other: str
) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text("".join(pairs_as_json(lesson(verdict, "The mine made 300 t of oxide"))))
    [(collection, pairs)] = load_pairs(file).items()
    assert collection == "library"
    assert [(one.evidence.rpartition("\n")[2], one.verdict) for one in pairs] == [
        ("The mine made 300 t of oxide in 2024.", quoted),
        ("The mill stood still.", other),
    ]


def test_a_statement_with_a_part_of_the_quote_teaches_nothing() -> None:
    quote = "The mine made 300 t of oxide in 2024. It hired 40 people, and the plant beside it ten."
    told = [json.loads(line) for line in pairs_as_json(lesson("supported", quote))]
    assert [one["verdict"] for one in told] == ["uncontradicted"]
