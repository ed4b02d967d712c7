"""Which facts fit a look-up slot by slot: words of a cell, verbs of events, commodities, units."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.copies import fingerprint
from corpus.facts import Day
from corpus.facts.reading import read_facts
from corpus.language.quantities import Quantity
from corpus.reading import read_document
from index.facts import Ledger, find_facts
from index.storage.catalog import Catalog

LETTER = """# Saare Letter

Table 1. Net sales of products and services of Lynas, million US dollars

| Line | 2023 |
|---|---|
| Products | 28 |
| Services | 12 |
| Total net sales | 40 |

Table 2. Reserves of Malawi by year, metric tons REO

| Year | Reserves |
|---|---|
| 2019 | 300 |
| 2024 | 700 |

Bayan Obo covers 48 hectares. Silmet was opened on 3 May 1970. In 2023 Lynas sold 510 tons of NdPr
oxide.

The estimated distribution of rare earths in 2018 was as follows: catalysts, 55%; enamels, 25%; and
polishing, 20%.

Revenue of Iluka in 2023 was $90 million, 15% more than in 2022.

On 3 May 2024 Lynas announced a pact with the Department of Energy. It has a price floor of $95 per
kilogram for NdPr oxide.

In 2022 Estonia and Malaysia together produced 640 tons of rare earths.

World capacity for scandium is 95 tons a year.

Table 4. Balance sheet of Lynas, million US dollars

| Item | 1 July 2023 |
|---|---|
| Cash and cash equivalents | 61 |
| Cash equivalents at banks | 22 |
| Goodwill | 17 |

Table 3. Lynas from July to September 2023, million Australian dollars

| Item | Amount |
|---|---|
| Revenue | 128 |
"""
ROWS = """Commodity,Country,Statistic,Year,Unit,Value
Gold,Peru,Mine production,2024,metric tons,110
Rare earths,Malawi,Mine production,2024,metric tons,90
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("letter")
    (folder / "letter.md").write_text(LETTER, encoding="utf-8")
    (folder / "commodities.csv").write_text(ROWS, encoding="utf-8")
    catalog = Catalog(folder / "catalog.sqlite")
    with catalog.change() as change:
        for name in ("letter.md", "commodities.csv"):
            document = read_document(Path(folder / name), folder)
            facts = read_facts(document)
            change.put_document(document, str(folder), (), fingerprint(document), facts)
    yield Ledger(catalog)
    catalog.close()


def values(ledger: Ledger, words: str) -> list[float | str | None]:
    found = find_facts(ledger, ledger.parse(words), 5).facts
    return [
        one.fact.value.date.text
        if isinstance(one.fact.value, Day)
        else one.fact.value.value
        if isinstance(one.fact.value, Quantity)
        else None
        for one in found
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Lynas services net sales 2023", [12e6]),  # not the total below a caption that says it
        ("Malawi reserves", [700, 300]),  # without a year the latest comes first
        ("Malawi reserves 2019", [300]),
        ("Bayan Obo area in hectares", [48]),
        ("Lynas NdPr oxide sales 2023", [510]),  # of a material, sales are a tonnage, too
        ("Lynas revenue Sep qtr 2023", [128e6]),
        ("Lynas revenue 2023 in euros", []),
        ("share of polishing in rare earths 2018", [20]),
        ("share of enamels in rare earths 2018", [25]),
        ("global scandium capacity", [95]),
        ("Lynas cash and cash equivalents July 2023", [61e6, 22e6]),
        ("Lynas goodwill Jul 2023", [17e6]),
        ("Lynas DOE NdPr oxide price floor", [95]),
        ("Iluka DOE NdPr oxide price floor", []),
        ("Iluka revenue growth 2023", [15]),
        ("Lynas net sales 2023", [40e6]),  # and of no line below it
        ("when did Silmet open", ["1970-05-03"]),
        ("opening date of Silmet", ["1970-05-03"]),
        ("when was Silmet closed", []),
        ("when was Silmet sold", []),
        ("date of Silmet", []),
        ("Estonia rare earth production 2022", []),  # of it and Malaysia together
        ("Malawi mine production 2024", [90]),
        ("Peru mine production 2024", []),  # that is of gold
        ("Peru gold mine production 2024", [110]),
    ],
)
def test_facts_that_fit(ledger: Ledger, words: str, expected: list[float | str]) -> None:
    assert values(ledger, words) == expected
