"""Sixty look-ups over the shipped library, in the ways that a desk writes them.

What is expected was read in the documents: the value and unit of the first fact, or that nothing
may be shown. They were at hand while the look-up was written.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.build_pdfs import DOCUMENTS
from corpus.copies import fingerprint
from corpus.facts import Absent
from corpus.facts.reading import read_facts
from corpus.language.quantities import Quantity
from corpus.reading import FILE_TYPES, read_document
from index.facts import FoundFacts, Ledger, find_facts
from index.storage.catalog import Catalog

pytestmark = pytest.mark.slow

LOOK_UPS: tuple[tuple[str, float | str | None, str], ...] = (
    # prices
    ("NdPr oxide avg px 2025", 69, "USD/kg"),
    ("average price of NdPr oxide in 2024", 55, "USD/kg"),
    ("ndpr oxide px 23", 75, "USD/kg"),
    ("Nd oxide px 22", 134, "USD/kg"),
    ("Nd2O3 price 2025", 73, "USD/kg"),
    ("Tb4O7 price 2021 MYB 2022", 1350, "USD/kg"),
    ("terbium oxide price 2025", 1010, "USD/kg"),
    ("Dy px 24 MCS 2025", 260, "USD/kg"),
    ("dysprosium oxide price 2023 in USD/kg", 330, "USD/kg"),
    ("Ho oxide 24 usd/kg", 67, "USD/kg"),
    ("La oxide px 24", 0.97, "USD/kg"),
    ("cerium oxide 99.5% price 2025", 1.71, "USD/kg"),
    ("镨钕氧化物 均价 2025", 69, "USD/kg"),
    ("Y metal price 2025", 40, "USD/kg"),
    ("yttrium oxide px 22", 12, "USD/kg"),
    ("Gd oxide price 2022 MYB 2022", 79, "USD/kg"),
    ("Lu oxide px 2025", 888, "USD/kg"),
    ("mischmetal price 2022", 6.52, "USD/kg"),
    ("holmium oxide px 2019", None, ""),
    ("promethium oxide price 2024", None, ""),
    ("NdPr oxide px 2025 in AUD", None, ""),
    # production, reserves, trade
    ("Oz REO output 24", 29_000, "t"),
    ("China mine production 2025", 270_000, "t"),
    ("中国 稀土 矿产量 2023", 255_000, "t"),
    ("Myanmar output 25", 22_000, "t"),
    ("MCS 2025 Burma mine production 2024", 31_000, "t"),
    ("Thailand mine production 2024 MCS 2025", 13_000, "t"),
    ("Viet Nam mine production 2018", 920, "t"),
    ("Brazil reserves MCS 2025", 21_000_000, "t"),
    ("US mine production 2020 in kt", 39_000, "t"),
    ("US NIR 24", 53, "percent"),
    ("net import reliance US 2024 MCS 2025", 80, "percent"),
    ("US apparent consumption 2025", 27_000, "t"),
    ("US consumption 2023 MCS 2026", 8_600, "t"),
    ("US imports compounds 2024", 8_120, "t"),
    ("yttrium exports US 2024", 3, "t"),
    ("employment US rare earths 2024", 570, "people"),
    ("Malaysia mine production 2019", 66, "t"),
    ("China mine production 2030", None, ""),
    ("Peru mine production 2024", None, ""),
    ("India reserves MCS 2019", None, ""),
    # quotas and shares
    ("China mining quota 2023", 255_000, "t"),
    ("quota 2024 smelting & separation", 254_000, "t"),
    ("China mining quota 2021", 168_000, "t"),
    ("China mining quota 2019", 132_000, "t"),
    ("China mining quota 2027", None, ""),
    ("China share of refining 2024", 90, "percent"),
    # companies
    ("Lynas NdPr output FY25", 6_558, "t"),
    ("LYC NdPr output FY24", 5_655, "t"),
    ("LYC rev FY24", 463.3e6, "AUD"),
    ("Lynas net profit FY23", 310.7e6, "AUD"),
    ("600111 revenue 2024", 32_966e6, "CNY"),
    ("Baotou Steel Rare-Earth revenue 2021", 30_408e6, "CNY"),
    ("北方稀土 净利润 2022", 5_984e6, "CNY"),
    ("MP NdPr oxide output 2025", 2_599, "t"),
    ("price floor NdPr MP Materials", 110, "USD/kg"),
    ("Neo revenue 2022", 640.3e6, "USD"),
    ("Lynas rev FY19", None, ""),
    ("Iluka mineral sands revenue 2025", 976e6, "AUD"),
    ("Hitachi Metals revenue 2024", None, ""),
)  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The facts of the shipped documents, without their passages."""
    catalog = Catalog(tmp_path_factory.mktemp("library") / "catalog.sqlite")
    files = sorted(file for file in DOCUMENTS.iterdir() if file.suffix in FILE_TYPES)
    with catalog.change() as change:
        for file in files:
            document = read_document(file, DOCUMENTS)
            facts = read_facts(document)
            change.put_document(document, str(DOCUMENTS), (), fingerprint(document), facts)
    yield Ledger(catalog)
    catalog.close()


def look_up(ledger: Ledger, words: str) -> FoundFacts:
    return find_facts(ledger, ledger.parse(words), 20)


@pytest.mark.parametrize(
    ("words", "value", "unit"), LOOK_UPS, ids=[words for words, *_ in LOOK_UPS]
)
def test_the_right_fact_comes_first_or_none_is_shown(
    ledger: Ledger, words: str, value: float | str | None, unit: str
) -> None:
    found = look_up(ledger, words)
    if value is None:
        assert found.facts == ()
        assert found.understood
        return
    first = found.facts[0].fact.value
    assert isinstance(first, Quantity | Absent)
    said = (first.value, first.unit) if isinstance(first, Quantity) else (first.reason, "")
    assert said == (pytest.approx(value), unit)


def test_sixty_are_asked() -> None:
    assert len(LOOK_UPS) == len({words for words, *_ in LOOK_UPS}) == 60


def test_a_share_of_anything_else_is_no_import_source(ledger: Ledger) -> None:
    """That of a tax credit in 2034 is newer than all."""
    found = look_up(ledger, "US rare earth import sources").facts
    assert found
    assert all("import" in f"{one.fact.measure} {one.fact.of}" for one in found)


def test_what_is_lacking_is_told(ledger: Ledger) -> None:
    found = look_up(ledger, "Lynas rev FY19")
    assert (found.lacking, "FY2024" in found.nearest) == ("period FY2019", True)


def test_every_fact_shown_is_cut_from_its_page(ledger: Ledger) -> None:
    shown = [one for words, *_ in LOOK_UPS for one in look_up(ledger, words).facts]
    assert len(shown) > 100
    for one in shown:
        assert one.quote
        assert Path(one.source.location).exists()
