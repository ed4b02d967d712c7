"""Words and names that stand around a fact: in its row, its heading, the sentence before."""

from collections.abc import Iterator

import pytest

from corpus.copies import fingerprint
from corpus.facts import Names
from corpus.facts.reading import read_facts
from corpus.language.quantities import Quantity
from corpus.reading import read_document
from index.facts import FoundFacts, Ledger, find_facts
from index.facts.fact_context import may_be_unsaid, stem
from index.storage.catalog import Catalog

TEXT = """# Narva Letter

## Loans

A mine in Malawi was surveyed. In March 2024 a loan of $30 million was approved for the plant.

## Norra Kärr

The mine has ore reserves of 4 million metric tons.

## Trade

Latvia exported an estimated 700 tons of terbium compounds and metal in 2025, and the leading export
destinations were, in descending order of quantity, Japan, Germany, and Italy.

## Tariffs

Table 1. Tariff, percent ad valorem:

| Item | Number | 2024 |
|---|---|---|
| Cerium compounds | 2846.10.0000 | 5.5 |

Table 2. Mine production, metric tons REO:

| Country | 2024 |
|---|---|
| Malawi | 310 |

Source: A survey of the Tarvas hills.

## Fees

If the agreement ends, Lynas will pay Tallin a termination fee of $20 million. Lynas paid $3 million
for a tower in 2024.
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("letter")
    file = folder / "letter.md"
    file.write_text(TEXT, encoding="utf-8")
    catalog = Catalog(folder / "catalog.sqlite")
    document = read_document(file, folder)
    with catalog.change() as change:
        facts = read_facts(document)
        change.put_document(document, str(folder), (), fingerprint(document), facts)
    yield Ledger(catalog)
    catalog.close()


def look_up(ledger: Ledger, words: str) -> FoundFacts:
    return find_facts(ledger, ledger.parse(words), 5)


def values(found: FoundFacts) -> list[float | None]:
    return [
        one.fact.value.value if isinstance(one.fact.value, Quantity) else None
        for one in found.facts
    ]


def test_whom_a_sentence_leaves_out_is_named_before_it_or_in_its_heading(ledger: Ledger) -> None:
    assert values(look_up(ledger, "loan Malawi")) == [30_000_000]
    assert values(look_up(ledger, "Norra Kärr reserves")) == [4_000_000]
    assert values(look_up(ledger, "loan Sweden")) == []


def test_a_word_that_tells_how_may_be_unsaid_and_a_thing_may_not(ledger: Ledger) -> None:
    found = look_up(ledger, "Malawi mine production 2024 corrected")
    assert (values(found), found.without) == ([310], ("corrected",))
    assert values(look_up(ledger, "Malawi mine production 2024 panel")) == []
    assert values(look_up(ledger, "Malawi mine production 2023 corrected")) == []


def test_what_tells_how_has_no_capital() -> None:
    assert may_be_unsaid("corrected", "reserves corrected")
    assert not may_be_unsaid("published", "reserves Published")
    assert not may_be_unsaid("gaming", "gaming revenue")
    assert stem("countries") != stem("compounds") == "compound"


def test_a_figure_of_one_material_is_no_total(ledger: Ledger) -> None:
    assert values(look_up(ledger, "total tariff 2024")) == []


def test_a_figure_comes_before_a_list_of_names(ledger: Ledger) -> None:
    assert values(look_up(ledger, "Latvia terbium cpds+metal exports 2025"))[:1] == [700]


def test_what_a_note_names_is_no_cell_of_its_table(ledger: Ledger) -> None:
    assert values(look_up(ledger, "Malawi Tarvas mine production 2024")) == []


def test_a_label_that_no_table_knows_is_asked_for_in_other_words(ledger: Ledger) -> None:
    assert values(look_up(ledger, "break fee Lynas owed Tallin")) == [20_000_000]
    assert values(look_up(ledger, "break fee Lynas owed Rakvere")) == []


def test_the_destinations_of_shipments_are_names(ledger: Ledger) -> None:
    found = look_up(ledger, "top destinations of terbium shipments")
    assert [isinstance(one.fact.value, Names) for one in found.facts][:1] == [True]
