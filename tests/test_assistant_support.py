"""The support check: what a stretch of a source carries, contradicts or says nothing of."""

import json
from pathlib import Path

import pytest

from assistant.support import Statement, check
from corpus.document import Cell

QUOTE = "Tanzania mined 890 metric tons REO in 2023, and South Africa 860 metric tons in 2024."
ROW = Statement(
    "Burma — 2024: 27,000; 2025: 22,000",
    caption="Mine production, metric tons REO equivalent",
    label="Burma",
    label_column="Country",
    cells=(Cell("22,000", 0, 6, "2025", 2025, "metric tons", "REO equivalent"),),
)


def _verdict(sentence: str, quote: str, **around: str) -> str:
    return check(sentence, Statement(quote, **around)).verdict


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Tanzania mined 890 tons REO in 2023.", QUOTE),
        ("South Africa mined 860 tons in 2024.", QUOTE),
        ("China mined 270 kt in 2025.", "China mined 270,000 metric tons in 2025."),
        ("The mine was closed in April 2021.", "The mine was closed on 4 April 2021."),
        (
            "Lynas recovered more than 90% of the rare earths.",
            "Lynas recovered over 90 percent of the rare earths.",
        ),
    ],
)
def test_a_sentence_that_a_statement_carries_is_supported(sentence: str, quote: str) -> None:
    assert _verdict(sentence, quote) == "supported"


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("China mined 280 kt in 2025.", "China mined 270,000 metric tons in 2025.", "figure"),
        ("Tanzania mined 860 tons in 2023.", QUOTE, "year"),
        ("Burma mined 890 tons REO in 2023.", QUOTE, "country"),
        ("Tanzania exported 890 tons REO in 2023.", QUOTE, "measure"),
        (
            "Revenue of Lynas rose by 37% in 2024.",
            "Revenue of Lynas fell by 37% in 2024.",
            "direction",
        ),
        ("The quota was published in 2025.", "The quota was not published in 2025.", "negation"),
        ("Iluka produced 900 tons.", "Iluka is expected to produce 900 tons.", "modality"),
        (
            "India has reserves of 8 million tons.",
            "India has resources of 8 million tons.",
            "measure",
        ),
        ("The price is $69 per ton.", "The price is $69 per kilogram.", "figure"),
        ("Lynas had a profit of $5 million.", "Lynas had revenue of $5 million.", "measure"),
    ],
)
def test_what_a_statement_says_otherwise_is_never_supported(
    sentence: str, quote: str, kind: str
) -> None:
    support = check(sentence, Statement(quote))
    assert support.verdict in ("contradicted", "not_found")
    assert kind in support.against


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (
            "China lifted all its export controls in 2025.",
            "In 2025 China lifted the October export controls.",
        ),
        ("China lifted its controls in 2025.", "China suspended its controls in 2025."),
        (
            "The United States produced more rare earths than Australia in 2025.",
            "Rare earths were produced in the United States and Australia in 2025.",
        ),
        (
            "Brazil holds the third-largest reserves.",
            "India's reserves are the third-largest, behind those of China and Brazil.",
        ),
        ("Brazil holds the third-largest reserves.", "Brazil holds the second-largest reserves."),
        ("MP Materials made a profit in 2025.", "MP Materials made a record 917 tons in 2025."),
        (
            "The value of imports rose in 2025.",
            "Imports rose by 169% in 2025; however, the value of these imports fell.",
        ),
    ],
)
def test_a_statement_that_goes_less_far_does_not_carry_a_sentence(
    sentence: str, quote: str
) -> None:
    assert _verdict(sentence, quote) in ("not_found", "contradicted")


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The quotas were abolished at the start of 2015.", "The quotas ended in January 2015."),
        (
            "Brazil's reserves were cut from 21 million to 11 million tons.",
            "Version 1.3 changes Brazil's reserves from 21 million to 11 million metric tons.",
        ),
        (
            "China mined more rare earths than Australia in 2025.",
            "In 2025 China mined more rare earths than Australia and Brazil together.",
        ),
    ],
)
def test_a_statement_that_says_the_same_in_another_way_carries_a_sentence(
    sentence: str, quote: str
) -> None:
    assert _verdict(sentence, quote) == "supported"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("China lifted the controls in November 2025.", "China expanded the controls in May 2025."),
        (
            "India's reserves are 6.9 million tons.",
            "A report on India gives 256,000 tons of monazite reserves.",
        ),
        (
            "China's quota was 135,000 tons in 2024.",
            "The quota of China Northern Rare Earth was 94,580 tons in 2024.",
        ),
    ],
)
def test_another_matter_does_not_contradict_a_sentence(sentence: str, quote: str) -> None:
    assert _verdict(sentence, quote) == "not_found"


def _row(text: str, column: str, *others: Cell, year: int = 0) -> Statement:
    return Statement(
        text,
        caption="Quota and output of China, metric tons REO",
        label="China",
        label_column="Country",
        cells=(Cell(text, 0, len(text), column, year, "metric tons", "REO"),),
        others=others,
    )


def test_a_value_is_of_the_measure_that_its_column_names() -> None:
    quota = Cell("not published", 0, 13, "Mining quota", 2025)
    claim = "China's mining quota was 270,000 tons in 2025."
    assert (
        check(claim, _row("270,000", "USGS mine figure", quota, year=2025)).verdict != "supported"
    )


def test_a_cell_that_withholds_a_figure_contradicts_one() -> None:
    claim = "China's mining quota was 270,000 tons in 2025."
    assert check(claim, _row("not published", "Mining quota", year=2025)).verdict == "contradicted"
    assert check(claim, _row("not stated", "Mining quota", year=2025)).verdict == "not_found"


def test_a_share_of_more_than_half_carries_the_first_rank() -> None:
    claim = "Malaysia was the largest source of imports."
    around = {
        "caption": "Sources of imports, percent",
        "label": "Malaysia",
        "label_column": "Country",
    }
    half = Cell("51", 0, 2, "Share", 0, "percent")
    less = Cell("13", 0, 2, "Share", 0, "percent")
    assert check(claim, Statement("51", cells=(half,), **around)).verdict == "supported"
    assert check(claim, Statement("13", cells=(less,), **around)).verdict == "not_found"


def test_a_figure_of_a_row_is_of_its_label_and_column() -> None:
    assert check("Burma produced 22 kt REO in 2025.", ROW).verdict == "supported"
    assert check("Burma produced 23 kt REO in 2025.", ROW).verdict == "contradicted"
    assert "year" in check("Burma produced 22 kt REO in 2024.", ROW).against
    assert "country" in check("Thailand produced 22 kt REO in 2025.", ROW).against


def test_a_heading_tells_whose_a_figure_is() -> None:
    quote = "Mine production was 22,000 tons in 2025."
    sentence = "Mine production in Burma was 22,000 tons in 2025."
    assert _verdict(sentence, quote, section="Burma") == "supported"
    assert _verdict(sentence, quote, section="Thailand") == "not_found"
    assert _verdict(sentence, quote) == "not_found"


def test_claims_are_many_and_over_many_documents() -> None:
    file = Path(__file__).parents[1] / "assistant" / "evaluation" / "cases" / "claims.jsonl"
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    files = {p["file"] for r in records for p in (*r.get("evidence", ()), *r.get("against", ()))}
    assert len(records) >= 160
    assert len(files) >= 25


def test_a_row_of_one_country_says_nothing_of_another_that_its_caption_names() -> None:
    row = Statement(
        "Burma, MCS 2026 | 27,000 | 22,000",
        caption="Mine production of Burma and Thailand, metric tons REO equivalent",
        label="Burma, MCS 2026",
        label_column="Country",
        cells=(
            Cell("27,000", 0, 6, "2024", 2024, "metric tons", "REO equivalent"),
            Cell("22,000", 9, 15, "2025", 2025, "metric tons", "REO equivalent"),
        ),
    )
    assert check("Thailand's output fell from 2024 to 2025.", row).verdict == "not_found"
    assert check("Burma's output fell from 2024 to 2025.", row).verdict == "supported"
