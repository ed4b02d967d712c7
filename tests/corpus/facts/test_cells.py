"""What a cell of a table says, slot by slot."""

from collections.abc import Mapping
from pathlib import Path

from corpus.facts.fact import Absent, Change, Day, Fact
from corpus.facts.reading import read_facts
from corpus.language.quantities import Quantity
from corpus.reading import read_document

_WORLD = """# Rare earths

Table 1. World mine production and reserves, metric tons REO equivalent

| Country | Mine production 2024 | Mine production 2025e | Reserves |
|---|---|---|---|
| United States | 45,500 | 51,000 | 1,900,000 |
| Burma | 27,000 | 22,000 | NA |
| World total | 380,000 | 390,000 | >75,000,000 |
"""
_QUOTAS = """# China's production quotas

Table 2. Quotas by batch, metric tons REO

| Batch | Mining | Smelting and separation | Reported by |
|---|---|---|---|
| 2023, first | 120,000 | 115,000 | Reuters |
| 2023, second | 120,000 | not published | Reuters |
"""
_COMPANY = """# Results

Table 3. Revenue by segment, in millions of dollars

| | Three Months Ended June 30, 2024 | Three Months Ended June 30, 2023 | Change |
|---|---|---|---|
| Revenue, magnets | $ 40 | $ 50 | (20)% |
"""


def _facts(tmp_path: Path, text: str) -> Mapping[tuple[str, str], Fact]:
    """Return the facts of a page by their label and the head of their column."""
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    facts = read_facts(read_document(tmp_path / "page.md", tmp_path))
    return {(fact.table.row[-1], fact.table.column[-1]): fact for fact in facts}


def _who(fact: Fact) -> dict[str, str]:
    return {argument.role: argument.name.id for argument in fact.arguments}


def test_a_figure_has_its_measure_period_unit_basis_and_place(tmp_path: Path) -> None:
    fact = _facts(tmp_path, _WORLD)["United States", "Mine production 2024"]
    assert isinstance(fact.value, Quantity)
    assert str(fact.value) == "45500 t"
    assert (fact.measure, fact.stage, fact.basis) == ("mine production", "mining", "REO")
    assert fact.period is not None
    assert fact.period.text == "2024"
    assert _who(fact) == {"material": "rare-earths", "place": "united-states"}
    assert fact.rest == ()


def test_a_mark_beside_the_year_makes_an_estimate(tmp_path: Path) -> None:
    facts = _facts(tmp_path, _WORLD)
    assert facts["Burma", "Mine production 2024"].status == "reported"
    assert facts["Burma", "Mine production 2025e"].status == "estimated"


def test_a_sign_for_no_figure_says_why_there_is_none(tmp_path: Path) -> None:
    facts = _facts(tmp_path, _WORLD)
    assert facts["Burma", "Reserves"].value == Absent("not available", "NA")
    assert str(facts["World total", "Reserves"].value) == ">75000000 t"
    assert _who(facts["World total", "Reserves"])["place"] == "world"


def test_a_stage_in_the_head_narrows_the_measure_of_the_title(tmp_path: Path) -> None:
    facts = _facts(tmp_path, _QUOTAS)
    mining = facts["2023, first", "Mining"]
    assert (mining.measure, mining.stage) == ("mining quota", "mining")
    assert mining.period is not None
    assert mining.period.text == "2023-B1"
    assert mining.attributed_to == "Reuters"
    assert facts["2023, second", "Smelting and separation"].value == Absent(
        "withheld", "not published"
    )


def test_a_change_is_of_the_periods_beside_it(tmp_path: Path) -> None:
    facts = _facts(tmp_path, _COMPANY)
    change = facts["Revenue, magnets", "Change"]
    assert (change.measure, str(change.value)) == ("revenue", "20 percent")
    assert change.change == Change("percent", "down", "P3M/2023-06-30")
    assert change.period is not None
    assert change.period.text == "P3M/2024-06-30"
    amount = facts["Revenue, magnets", "Three Months Ended June 30, 2024"]
    assert str(amount.value) == "40000000 USD"


def test_every_fact_points_at_what_is_printed(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(_WORLD, encoding="utf-8")
    document = read_document(tmp_path / "page.md", tmp_path)
    for fact in read_facts(document):
        page = document.pages[fact.place.page - 1]
        printed = page.text[fact.place.value_start : fact.place.value_end]
        row = page.text[fact.place.start : fact.place.end]
        assert printed in row
        if isinstance(fact.value, Absent):
            assert printed == fact.value.printed


def test_a_date_is_a_value_of_its_own(tmp_path: Path) -> None:
    text = "# Events\n\n| Event | Effective date |\n|---|---|\n| Export licences | 4 April 2025 |\n"
    (fact,) = _facts(tmp_path, text).values()
    assert isinstance(fact.value, Day)
    assert (fact.measure, fact.value.date.text) == ("effective date", "2025-04-04")
