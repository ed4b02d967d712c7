"""What a cell of a table says, slot by slot."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Block, Cell, Context, Page, Repair
from corpus.facts.cells import cell_facts
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


_TWO_EDITIONS = """# Output

Table 4. Mine production, metric tons REO

| Country | 2023 | 2024 |
|---|---|---|
| Burma | 38,000 | 31,000 |

Note: 2023 from Mineral Commodity Summaries 2025; 2024 from Mineral Commodity Summaries 2026. Values
for 2024 are estimates.
"""
_BY_MATERIAL = """# Prices

Table 5. Prices, annual average, US$ per kilogram

| Product | 2024 |
|---|---|
| Yttrium oxide, 99.999% minimum | 6 |
| Scandium oxide, 99.99% | 650 |

Note: yttrium is f.o.b. China, scandium ex-works China.
"""


def test_notes_below_a_table_speak_of_the_cells_that_they_name(tmp_path: Path) -> None:
    facts = _facts(tmp_path, _TWO_EDITIONS)
    first, second = facts["Burma", "2023"], facts["Burma", "2024"]
    assert first.attributed_to == "U.S. Geological Survey, MCS 2025"
    assert second.attributed_to == "U.S. Geological Survey, MCS 2026"
    assert (first.status, second.status) == ("reported", "estimated")


def test_a_note_gives_each_material_its_own_terms(tmp_path: Path) -> None:
    facts = _facts(tmp_path, _BY_MATERIAL)
    terms = {fact.named("material")[0].id: fact.price_basis for fact in facts.values()}
    assert terms == {"yttrium": "f.o.b. China", "scandium": "ex-works China"}
    specifications = {fact.specification for fact in facts.values()}
    assert specifications == {"99.999% minimum", "99.99%"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "# Owners\n\nTable 1. Owners of Lynas, percent\n\n"
            "| Shareholder | Stake |\n|---|---|\n| Iluka Resources | 12 |\n",
            {"owner": "iluka", "owned": "lynas"},
        ),
        (
            "# Trade\n\nTable 1. Japanese imports of rare earths, metric tons\n\n"
            "| Country of origin | 2024 |\n|---|---|\n| Vietnam | 700 |\n",
            {"material": "rare-earths", "origin": "vietnam"},
        ),
        (
            "# Trade\n\nTable 1. U.S. exports of rare-earth magnets, metric tons\n\n"
            "| Country | 2024 |\n|---|---|\n| Germany | 70 |\n| Other | 9 |\n",
            {"material": "repm", "destination": "germany", "origin": "united-states"},
        ),
    ],
)
def test_what_is_measured_decides_the_roles(
    tmp_path: Path, text: str, who: Mapping[str, str]
) -> None:
    fact = next(iter(_facts(tmp_path, text).values()))
    assert _who(fact).items() >= who.items()


def test_a_head_tells_in_which_role_a_label_names_a_place(tmp_path: Path) -> None:
    text = (
        "# Trade\n\nTable 1. Exports of rare-earth magnets by destination, metric tons\n\n"
        "| Destination | 2024 |\n|---|---|\n| Japan | 70 |\n"
    )
    who = _who(_facts(tmp_path, text)["Japan", "2024"])
    assert who == {"material": "repm", "destination": "japan"}


def test_the_rest_of_the_countries_is_no_country_of_the_caption(tmp_path: Path) -> None:
    text = (
        "# Mines\n\nTable 1. World mine production, metric tons\n\n"
        "| Country | 2024 |\n|---|---|\n| Burma | 20 |\n| Other | 9 |\n"
    )
    assert _who(_facts(tmp_path, text)["Other", "2024"])["place"] == "other-countries"


def test_the_first_part_of_a_label_names_the_measure(tmp_path: Path) -> None:
    text = (
        "# Trade\n\nTable 1. Statistics, metric tons\n\n"
        "| Commodity | Statistics | 2024 |\n|---|---|---|\n| Tinsel | Exports, refined | 90 |\n"
    )
    (fact,) = (f for f in _facts(tmp_path, text).values() if str(f.value) == "90 t")
    assert fact.measure == "exports"
    assert [name.text for name in fact.named("material")] == ["Tinsel"]


def test_a_word_within_a_name_is_no_status(tmp_path: Path) -> None:
    text = (
        "# Accounts\n\nTable 1. Accounts, million US$\n\n| Item | 2024 |\n|---|---|\n"
        "| Deferred income taxes | 4 |\n| Phase 2, planned | 6 |\n"
    )
    facts = _facts(tmp_path, text)
    assert facts["Deferred income taxes", "2024"].status == "reported"
    assert facts["Phase 2, planned", "2024"].status == "planned"


def test_a_share_of_an_amount_is_no_amount(tmp_path: Path) -> None:
    text = (
        "# Output\n\nTable 1. Mine production of China, percent of world output\n\n"
        "| Year | Mine production |\n|---|---|\n| 2024 | 69 |\n"
    )
    fact = _facts(tmp_path, text)["2024", "Mine production"]
    assert (fact.measure, str(fact.value), fact.of) == ("share", "69 percent", "world output")


def _row(text: str, start: int, label: str, figure: str, column: str, caption: str) -> Block:
    at = text.index(figure, start)
    cells = (
        Cell(label, start, start + len(label)),
        Cell(figure, at, at + len(figure), column=column, unit="millions"),
    )
    return Block("row", start, at + len(figure), Context(caption=caption), cells)


def test_heads_above_rows_of_measures_name_segments(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Segments\n\nOne.\n", encoding="utf-8")
    source = replace(read_document(tmp_path / "page.md", tmp_path).source, rank="filing")
    text = "Revenue 40\nOperating income 7\n"
    rows = (
        _row(text, 0, "Revenue", "40", "Heavy Magnets", "Segments"),
        _row(text, 11, "Operating income", "7", "Heavy Magnets", "Segments"),
    )
    (fact,) = cell_facts(source, Page(1, "1", text, rows), rows[0])
    assert fact.measure == "revenue"
    assert [name.text for name in fact.named("segment")] == ["Heavy Magnets"]


def test_a_note_at_the_caption_speaks_of_all_cells(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Stocks\n\nOne.\n", encoding="utf-8")
    source = read_document(tmp_path / "page.md", tmp_path).source
    text = "Stockpile:\nCerium 550\nGross weight.\n"
    row = Block(
        "row",
        11,
        21,
        Context(caption="Stockpile"),
        (Cell("Cerium", 11, 17), Cell("550", 18, 21, column="FY 2024", unit="metric tons")),
    )
    blocks = (Block("heading", 0, 10), row, Block("prose", 22, 35))
    marks = (Repair(10, 10, "3", "footnote mark"), Repair(22, 22, "3", "footnote mark"))
    (fact,) = cell_facts(source, Page(1, "1", text, blocks, marks), row)
    assert (fact.measure, fact.basis) == ("stocks", "gross weight")


def test_a_loan_is_of_the_day_on_which_it_was_agreed(tmp_path: Path) -> None:
    text = (
        "# Deals\n\nTable 1. Loans of 2031, million US$\n\n"
        "| Lender | Borrower | Agreed | Amount |\n|---|---|---|---|\n"
        "| Maple Bank | Veldrand Metals | March 2031 | 150 |\n"
    )
    fact = _facts(tmp_path, text)["Maple Bank", "Amount"]
    assert (fact.measure, fact.period and fact.period.text) == ("loan", "2031-03")
    roles = {one.role: one.name.text for one in fact.arguments}
    assert roles == {"lender": "Maple Bank", "borrower": "Veldrand Metals"}


def test_a_column_of_words_adds_to_the_terms_of_a_price(tmp_path: Path) -> None:
    text = (
        "# Prices\n\nTable 1. Prices ex-works China, yuan per kilogram\n\n"
        "| Product | VAT | 2031 |\n|---|---|---|\n| NdPr oxide, 99.5% | included | 486 |\n"
    )
    fact = _facts(tmp_path, text)["NdPr oxide, 99.5%", "2031"]
    assert fact.price_basis == "ex-works China, vat included"


@pytest.mark.parametrize(
    ("before", "corner", "unit"),
    [
        ("## Output, tonnes REO", "Line", "t"),
        ("All prices in US dollars per kilogram.\n\n## Yearly averages", "Product", "USD/kg"),
        ("## Results", "A$ million", "AUD"),
        ("## Results of the tonnes that we shipped", "Line", ""),
    ],
)
def test_a_table_states_its_unit_above_its_labels_or_before_itself(
    tmp_path: Path, before: str, corner: str, unit: str
) -> None:
    rows = f"| {corner} | 2033 | 2034 |\n|---|---|---|\n| Line A | 311 | 412 |\n"
    (fact,) = [
        one
        for key, one in _facts(tmp_path, f"# A\n\n{before}\n\n{rows}").items()
        if key[1] == "2034"
    ]
    assert isinstance(fact.value, Quantity)
    assert (fact.value.unit, fact.value.value) == (unit, 412e6 if unit == "AUD" else 412)


def test_a_breakdown_is_no_form_and_the_day_of_a_deal_its_time(tmp_path: Path) -> None:
    text = (
        "# Trade\n\n## Table 2. Japan: imports of magnets by origin, tonnes\n\n"
        "| Origin | 2033 |\n|---|---|\n| Vietnam | 3,910 |\n"
    )
    fact = _facts(tmp_path, text)["Vietnam", "2033"]
    assert [a.name.form for a in fact.arguments if a.name.is_material] == ["magnet"]
    text = (
        "# Loans: deals of 2033 and 2034\n\n## Table 1. Loans: 2033 and 2034\n\n"
        "| Lender | Borrower | Signed | Loan (US$ million) |\n|---|---|---|---|\n"
        "| Aldgate Bank | Orla Minerals | 2034-02-12 | 185 |\n"
    )
    (loan,) = [one for one in _facts(tmp_path, text).values() if one.measure == "loan"]
    assert loan.period is not None
    assert loan.period.text == "2034-02-12"


def test_goods_that_the_lexicon_lacks_are_no_place(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(
        "Chapter,Section,Commodity,Country,Statistics,Detail,Unit,Year,Value\n"
        "PUMICE,Domestic figures,Pumice,United States,Production,Mine production,tons,2031,40\n"
        "PUMICE,World mine production,Pumice,Orlandia,Production,Mine production,tons,2031,50\n"
        "YTTRIUM,World mine production,Yttrium,Orlandia,Production,Mine production,tons,2031,60\n",
        encoding="utf-8",
    )
    read = read_facts(read_document(tmp_path / "rows.csv", tmp_path))
    places = [a.name.text for fact in read for a in fact.arguments if a.role == "place"]
    assert places == ["United States", "Orlandia", "Orlandia"]


def test_the_year_to_date_ends_with_the_quarter_of_its_report(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(
        "# Results\n\n| | Q3 2031 | YTD 2031 |\n|---|---|---|\n| Revenue | 4 | 12 |\n",
        encoding="utf-8",
    )
    read = read_document(tmp_path / "page.md", tmp_path)
    source = replace(read.source, edition="10-Q Q3 2031")
    facts = read_facts(replace(read, source=source))
    assert [f.period.text for f in facts if f.period] == ["2031-Q3", "2031-01/2031-09"]


def test_columns_of_years_are_of_the_measure_that_no_other_column_has(tmp_path: Path) -> None:
    text = _WORLD.replace("Mine production 2024", "2024").replace("Mine production 2025e", "2025")
    facts = _facts(tmp_path, text)
    measures = {column: facts["Burma", column].measure for column in ("2024", "2025", "Reserves")}
    assert measures == {
        "2024": "mine production",
        "2025": "mine production",
        "Reserves": "reserves",
    }
