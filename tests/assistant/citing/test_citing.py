"""The sources for a claim, with a verdict: supported, partly, contradicted or not found."""

import pytest

from assistant.answer import CitedClaim
from assistant.assistant import Assistant
from index.passage import Filters

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def assistant(small_library: Assistant) -> Assistant:
    return small_library


def cite(assistant: Assistant, claim: str, filters: Filters = Filters()) -> CitedClaim:
    """Return the verdict on a claim of one sentence, its citations checked."""
    (cited,) = assistant.cite(claim, filters)
    assert cited.claim == claim
    assert (cited.verdict == "not_found") == (cited.citations == ())
    assert (cited.verdict in ("contradicted", "partly")) == bool(cited.says)
    assert [c.number for c in cited.citations] == list(range(1, len(cited.citations) + 1))
    for citation in cited.citations:
        page = assistant.page(citation.source.id, citation.page)
        assert citation.verified
        assert page.text[citation.start : citation.end] == citation.quote
    return cited


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (
            "Prices fell in 2024 because demand for magnets was weak.",
            "Prices fell in 2024 because demand for magnets was weak.",
        ),
        (
            "Dysprosium oxide cost 257 dollars per kilogram in 2024.",
            "Dysprosium oxide | 382 | 330 | 257",
        ),
        ("Nigeria mined 1,500 tons in 2025.", "Nigeria | 1,500 | 1,500"),
        ("Exports to Japan did not begin in 2024.", "Exports to Japan did not begin in 2024."),
        (
            "The group controls 70% of European magnet recycling.",
            "The group controls 40% of European separation and 70% of European magnet recycling.",
        ),
    ],
)
def test_a_claim_that_a_source_carries_is_supported(
    assistant: Assistant, claim: str, quote: str
) -> None:
    cited = cite(assistant, claim)
    assert (cited.verdict, cited.citations[0].quote.removeprefix("- ")) == ("supported", quote)


def test_a_figure_that_a_newer_edition_supersedes_is_contradicted_by_the_new_one(
    assistant: Assistant,
) -> None:
    cited = cite(assistant, "Nigeria's mine production was 13,000 tons in 2024.")
    assert cited.verdict == "contradicted"
    assert cited.says.startswith("superseded since: Nigeria mined 1,500 t")
    assert (cited.wrong, cited.right) == ("13,000 tons", "1,500 t")
    named = cite(assistant, "In MCS 2025 Nigeria's mine production was 13,000 tons in 2024.")
    assert (named.verdict, named.says) == ("supported", "")


def test_a_row_is_cited_once_though_several_of_its_sentences_carry_the_claim(
    assistant: Assistant,
) -> None:
    claim = "The first phase of the Amber Separation Plant was completed in September 2024."
    cited = cite(assistant, claim)
    assert cited.verdict == "supported"
    places = [(c.source.id, c.page, c.start) for c in cited.citations]
    assert len(places) == len(set(places))
    assert cited.citations[0].quote.startswith("Amber Separation Plant | ")


def test_a_claim_that_adds_to_the_source_is_partly_supported(assistant: Assistant) -> None:
    claim = (
        "Norvik Minerals is expanding its plants faster than its rivals, and Berlin pays the bill."
    )
    cited = cite(assistant, claim)
    assert cited.verdict == "partly"
    assert cited.citations[0].quote == (
        "Norvik Minerals, a private group from Narva, is expanding its plants faster than its "
        "rivals."
    )
    assert cited.says == (
        'Carried: "Norvik Minerals is expanding its plants faster than its rivals". '
        'Not carried: "Berlin pays the bill".'
    )


@pytest.mark.xfail(reason="not found since verdicts are chosen by their cost", strict=True)
def test_a_figure_before_its_noun_contradicts_another(assistant: Assistant) -> None:
    cited = cite(assistant, "The magnet recycling facility has a capacity of 500 tons.")
    assert cited.verdict == "contradicted"


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        (
            "Dysprosium oxide cost $299 per kilogram in 2024.",
            "The price of dysprosium oxide was $257 per kilogram in 2024 (Tallinn Metal Desk, "
            "Oxide Price Letter, 2025).",
        ),
        ("Exports to Japan began in 2024.", "Exports to Japan did not begin in 2024."),
        (
            "Prices rose in 2024 because demand for magnets was strong.",
            "Prices fell in 2024 because demand for magnets was weak.",
        ),
        (
            "The first phase of the Amber Separation Plant was completed in June 2023.",
            "Amber Separation Plant: The first phase, completed in September 2024, brings cerium "
            "to market.",
        ),
        (
            "The first phase of the Amber Separation Plant was completed in June 2024.",
            "Amber Separation Plant: The first phase, completed in September 2024, brings cerium "
            "to market.",
        ),
    ],
    ids=["price", "negation", "direction", "year", "month"],
)
def test_a_claim_that_a_source_denies_is_contradicted_by_what_it_says(
    assistant: Assistant, claim: str, says: str
) -> None:
    cited = cite(assistant, claim)
    assert (cited.verdict, cited.says) == ("contradicted", says)


@pytest.mark.parametrize(
    "claim", ["The moon is made of green cheese.", "Chile mined 500 tons of lithium in 2024."]
)
def test_a_claim_of_something_else_is_not_found(assistant: Assistant, claim: str) -> None:
    assert cite(assistant, claim) == CitedClaim(claim, "not_found")


def test_a_filter_leaves_the_source_of_a_claim_out(assistant: Assistant) -> None:
    claim = "Prices fell in 2024 because demand for magnets was weak."
    assert cite(assistant, claim, Filters(source="norvik")) == CitedClaim(claim, "not_found")


def test_each_sentence_is_a_claim(assistant: Assistant) -> None:
    cited = assistant.cite(
        "1. The group controls 70% of European magnet recycling. Whales sing at night.\n"
        "- Exports to Japan began in 2024."
    )
    assert [(one.claim, one.verdict) for one in cited] == [
        ("The group controls 70% of European magnet recycling.", "supported"),
        ("Whales sing at night.", "not_found"),
        ("Exports to Japan began in 2024.", "contradicted"),
    ]


def test_claims_that_are_cited_together_get_the_verdict_that_each_gets_alone(
    assistant: Assistant,
) -> None:
    claims = [
        "Nigeria mined 1,500 tons in 2025.",
        "Dysprosium oxide cost $299 per kilogram in 2024.",
        "Exports to Japan did not begin in 2024.",
    ]
    together = assistant.cite(" ".join(claims))
    assert together == tuple(cited for claim in claims for cited in assistant.cite(claim))
    assert [cited.verdict for cited in together] == ["supported", "contradicted", "supported"]


def test_a_text_without_words_has_no_claims(assistant: Assistant) -> None:
    assert assistant.cite(" ... ") == ()


def test_the_figure_of_another_year_of_the_row_supports_nothing(assistant: Assistant) -> None:
    assert cite(assistant, "Dysprosium oxide cost 382 dollars per kilogram in 2024.").verdict in (
        "contradicted",
        "not_found",
    )
