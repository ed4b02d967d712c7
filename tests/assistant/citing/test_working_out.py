"""Percentages that no source prints, worked out from the figures that they are made of."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from assistants import open_assistant
from fakes import HashingEmbedder, write_files
from one_file_ledger import search_of

from assistant.assistant import Assistant
from assistant.citing.reading import read_claim
from assistant.citing.working_out import work_out_change

FILES = {
    "output.md": """---
title: World output of rare earths
publisher: Survey of Andean Mines
published: 2026-02
---

# World output

Table 1. Mine production, metric tons REO

| Country | 2024 | 2025 |
|---|---|---|
| Chile | 20,000 | 30,000 |
| Canada | 50,000 | 45,000 |
| World total | 100,000 | 120,000 |

# Prices

Table 2. Prices of oxides, annual average, US$ per kilogram

| Oxide | 2024 | 2025 |
|---|---|---|
| Terbium oxide | 800 | 1,000 |

# Trade

Table 3. Imports of Chile, metric tons of terbium oxide

| Country | 2024 | 2025 |
|---|---|---|
| Chile | 40 | 60 |
"""
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = write_files(tmp_path_factory.mktemp("files"), FILES)
    opened, _ = open_assistant(tmp_path_factory.mktemp("home"), HashingEmbedder(), folder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("Chile mined 25% of the world's rare earths in 2025.", ("30,000", "120,000")),
        ("Chile's mine production rose by 50% in 2025.", ("30,000",)),
        ("Canada's mine production fell 10% from 2024 to 2025.", ("45,000",)),
        ("Terbium oxide +25% in 2025", ("1,000",)),
        ("The price of terbium oxide rose by about 25% in 2025.", ("800",)),
    ],
)
def test_a_percentage_that_comes_out_is_supported(
    assistant: Assistant, claim: str, quotes: tuple[str, ...]
) -> None:
    [cited] = assistant.cite(claim)
    assert cited.verdict == "supported"
    told = " ".join(one.quote for one in cited.citations)
    assert all(quote in told for quote in quotes)


@pytest.mark.parametrize(
    ("claim", "wrong", "right"),
    [
        ("Chile mined 40% of the world's rare earths in 2025.", "40%", "25%"),
        ("The price of terbium oxide rose by 40% in 2025.", "40%", "25%"),
        ("The price of terbium oxide fell by 25% in 2025.", "", ""),
    ],
)
def test_a_percentage_that_does_not_come_out_is_contradicted(
    assistant: Assistant, claim: str, wrong: str, right: str
) -> None:
    [cited] = assistant.cite(claim)
    assert (cited.verdict, cited.wrong, cited.right) == ("contradicted", wrong, right)
    assert "terbium" in cited.says or "Chile" in cited.says


@pytest.mark.parametrize(
    "claim",
    [
        "Chile mined 26% of the world's rare earths in 2025.",  # other editions may explain it
        "Chile mined 25% of the world's rare earths in 2025, as two new pits opened.",  # more
        "By the Riga Metal Desk Chile mined 25% of the world's rare earths in 2025.",  # others
        "Chile's imports of terbium oxide rose by 10% in 2025.",  # counted, or by value
        "Peru mined 25% of the world's rare earths in 2025.",
    ],
)
def test_what_figures_do_not_settle_is_left_to_words(assistant: Assistant, claim: str) -> None:
    [cited] = assistant.cite(claim)
    assert cited.verdict in ("partly", "not_found")


@pytest.mark.parametrize(
    ("claim", "made"),
    [
        ("Mine production of Chile rose by 50% from 2024 to 2025.", ["30000 t", "20000 t"]),
        ("The price of terbium oxide rose by $200 per kilogram between 2024 and 2025.",
         ["1000 USD/kg", "800 USD/kg"]),
        ("Mine production of Canada rose by 10% from 2024 to 2025.", []),  # it fell
        ("Mine production of Chile rose by 30% from 2024 to 2025.", []),
    ],
)  # fmt: skip
def test_a_change_is_worked_out_from_the_figures_of_its_two_times(
    tmp_path: Path, claim: str, made: list[str]
) -> None:
    with search_of(tmp_path, FILES["output.md"]) as search:
        query = search.parse(claim)
        [fact] = read_claim(claim, query).facts
        found = work_out_change(fact, query, search)
    assert [str(one.fact.value) for one in found] == made
