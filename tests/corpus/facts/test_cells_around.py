"""What a cell takes from what stands around it: counts, fiscal years, notes, sources."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from corpus.facts.fact import Absent, Fact, Names
from corpus.facts.reading import read_facts
from corpus.reading import read_document


def _facts(tmp_path: Path, text: str) -> Mapping[tuple[str, str], Fact]:
    (tmp_path / "page.md").write_text(f"# Figures\n\n{text}\n", encoding="utf-8")
    facts = read_facts(read_document(tmp_path / "page.md", tmp_path))
    return {(fact.table.row[-1], fact.table.column[-1]): fact for fact in facts}


def _time(fact: Fact) -> str:
    return fact.period.text if fact.period else ""


def test_figures_with_words_are_values_of_their_column(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Capacity, metric tons a year\n\n| Plant | Capacity | State |\n|---|---|---|\n"
        "| Corvina | about 900 | running |\n| Inver | 4,000 to 6,000 | plan |\n"
        "| Tessaly | up to 23,000 | plan |\n",
    )
    assert [str(fact.value) for fact in read.values()] == [
        "~900 t/yr",
        "4000 to 6000 t/yr",
        "<=23000 t/yr",
    ]


def test_each_unit_of_a_caption_is_for_what_it_is_said_of(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. U.S. imports from Japan, gross weight in kilograms and value in U.S. dollars\n\n"
        "| Product | 2023 weight | 2023 value |\n|---|---|---|\n| Cerium oxides | 500 | 7,100 |\n",
    )
    assert str(read["Cerium oxides", "2023 weight"].value) == "500 kg"
    assert str(read["Cerium oxides", "2023 value"].value) == "7100 USD"


def test_years_below_a_caption_of_fiscal_years_are_fiscal(tmp_path: Path) -> None:
    table = "| Item | 2023 |\n|---|---|\n| Revenue | 37 |\n"
    read = _facts(tmp_path, f"Table 1. Corvina, million US$, fiscal years\n\n{table}")
    assert _time(read["Revenue", "2023"]) == "FY2023"
    read = _facts(tmp_path, f"Table 1. Corvina, million US$\n\n{table}")
    assert _time(read["Revenue", "2023"]) == "2023"


def test_years_may_be_what_is_counted(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Years of reserves at the production of 2024\n\n"
        "| Country | Reserves (t) | Years |\n|---|---|---|\n| India | 6,900,000 | 2,379 |\n",
    )
    assert str(read["India", "Years"].value) == "2379 yr"


def test_of_two_sources_that_behind_a_figure_is_its_own(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Value of imports, million dollars\n\n"
        "| Year | Value | Source | Other value | Other source |\n|---|---|---|---|---|\n"
        "| 2018 | 160 | Project Blue | 159 | Argus Media |\n",
    )
    assert read["2018", "Value"].attributed_to == "Project Blue"
    assert read["2018", "Other value"].attributed_to == "Argus Media"


def test_notes_tell_who_says_so_in_several_ways(tmp_path: Path) -> None:
    table = (
        "Table 1. Output of rare earths, metric tons\n\n| Country | 2023 | 2024 |\n|---|---|---|\n"
    )
    table += "| India | 10 | 20 |\n\nNote: "
    notes = {
        "as reported by Argus Media on 30 October 2024.": ("Argus Media", "Argus Media"),
        "tonnage.com, list of producers.": ("tonnage.com", "tonnage.com"),
        "2023 from Corvina Letters, 2024 from Argus Media.": ("Corvina Letters", "Argus Media"),
    }
    for note, said in notes.items():
        read = _facts(tmp_path, table + note)
        told = (read["India", "2023"].attributed_to, read["India", "2024"].attributed_to)
        assert told == said


def test_an_exception_of_a_note_is_not_what_the_note_says(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Mine production, metric tons\n\n| Country | 2023 |\n|---|---|\n| India | 10 |\n"
        "| Brazil | 20 |\n\nNote: all values are estimates except that of Brazil.\n",
    )
    assert read["India", "2023"].status == "estimated"
    assert read["Brazil", "2023"].status == "reported"


def test_a_mineral_beside_its_form_is_one_material(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Exports, metric tons\n\n| Product | 2023 |\n|---|---|\n"
        "| Rare-earth concentrates, monazite | 10 |\n",
    )
    (material,) = [a.name for a in read.popitem()[1].arguments if a.role == "material"]
    assert (material.id, material.form) == ("monazite", "concentrate")


def test_what_counts_shares_is_no_money(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Repurchases, in thousands of shares\n\n"
        "| Period | Number of shares purchased | Average price |\n"
        "|---|---|---|\n| May 2024 | 2,600 | $12.10 |\n",
    )
    assert str(read["May 2024", "Number of shares purchased"].value) == "2600 share"
    assert str(read["May 2024", "Average price"].value) == "12.1 USD"


def test_a_paragraph_that_names_the_rows_of_a_table_speaks_of_them(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Oxide prices, US$ per kilogram\n\n| Oxide and time | Price |\n|---|---|\n"
        "| Cerium oxide, May 2031 | 3 |\n| Cerium oxide, May 2033 | 4 |\n\n"
        "The rows of 2031 are from Tessaly Weekly, those of 2033 from Corvina Monitor. Trade was "
        "thin.\n",
    )
    assert [fact.attributed_to for fact in read.values()] == ["Tessaly Weekly", "Corvina Monitor"]


def test_a_note_speaks_of_the_cells_whose_edition_or_head_it_names(tmp_path: Path) -> None:
    table = (
        "Table 1. Mine production of Vietnam, metric tons\n\n| Source | 2021 | 2024 |\n"
        "|---|---|---|\n| Minerals Yearbook 2022 | 400 | |\n| MCS 2025 | | 300 |\n\n"
    )
    read = _facts(tmp_path, f"{table}Note: MCS estimates from the data of importers.\n")
    assert {fact.table.row[-1]: fact.status for fact in read.values()} == {
        "Minerals Yearbook 2022": "reported",
        "MCS 2025": "estimated",
    }
    read = _facts(
        tmp_path,
        "Table 1. Demand for scandium, metric tons\n\n| Year | Low case | High case |\n"
        "|---|---|---|\n| 2031 | 40 | 90 |\n\nNote: the high case is a forecast.\n",
    )
    assert read["2031", "High case"].status == "forecast"
    assert read["2031", "Low case"].status == "reported"


def test_what_a_note_excepts_has_terms_of_its_own(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Oxide prices in 2031, US$ per kilogram\n\n| Oxide | Price |\n|---|---|\n"
        "| Cerium oxide | 2 |\n| Scandium oxide | 640 |\n\n"
        "Note: free on board except scandium (ex-works China).\n",
    )
    assert read["Cerium oxide", "Price"].price_basis == "free on board"
    assert read["Scandium oxide", "Price"].price_basis == "ex-works China"


def test_a_note_that_opens_with_names_says_whose_word_a_table_is(tmp_path: Path) -> None:
    table = "Table 1. Cost of a plant, US$\n\n| Date | Cost |\n|---|---|\n| March 2031 | 40 |\n\n"
    read = _facts(tmp_path, f"{table}Note: e-Corvina UK, an example.\n")
    assert read["March 2031", "Cost"].attributed_to == "e-Corvina UK"
    read = _facts(
        tmp_path, f"{table}Note: Tessaly Wire, 2 May 2030; Inver State Daily, 5 March 2031.\n"
    )
    assert read["March 2031", "Cost"].attributed_to == "Inver State Daily"


def test_a_cell_of_words_states_no_figure_of_its_column(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Steps of the Tessaly plant\n\n| Date | Step | Citation |\n|---|---|---|\n"
        "| May 2031 | Licence renewed for three years | 84 FR 18156 |\n",
    )
    assert not read


def test_a_cell_may_tell_the_time_of_its_figure(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Output of the Corvina mine, metric tons\n\n"
        "| Report | Date | Figure | Kind |\n|---|---|---|---|\n"
        "| Tessaly Wire | 5 May 2031 | 900 | target for 2033 |\n"
        "| Inver Daily | 5 May 2031 | 800 in 2030 | reported |\n",
    )
    times = {fact.table.row[-1]: _time(fact) for fact in read.values()}
    assert times == {"Tessaly Wire": "2033", "Inver Daily": "2030"}


def test_a_sum_below_months_is_of_all_of_them(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Shares of Corvina bought\n\n| Period | Shares bought |\n|---|---|\n"
        "| May 2031 | 40 |\n| June 2031 | 60 |\n| Total | 100 |\n",
    )
    assert _time(read["Total", "Shares bought"]) == "2031-05-01/2031-06-30"


def test_labels_below_the_head_item_are_measures(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Two texts of an act\n\n| Point | Proposal, March 2031 | Act, May 2032 |\n"
        "|---|---|---|\n| Review of the lists | 4 years | 3 years |\n"
        "| Refining at home, at least | 40% | 50% |\n",
    )
    assert read["Review of the lists", "Act, May 2032"].measure == "review of the lists"
    assert read["Refining at home, at least", "Act, May 2032"].measure == "share"


def test_a_basis_may_say_what_is_measured(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. What India holds, metric tons\n\n| Source | Quantity | Basis |\n|---|---|---|\n"
        "| Tessaly | 900 | reserves, REO |\n",
    )
    fact = read["Tessaly", "Quantity"]
    assert (fact.measure, fact.basis) == ("reserves", "REO")


def test_goods_of_a_company_are_its_production(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. MP Materials by period\n\n| Item | 2031 |\n|---|---|\n"
        "| NdPr oxide, metric tons | 900 |\n",
    )
    assert read["NdPr oxide, metric tons", "2031"].measure == "production"


def test_the_sentence_before_a_company_s_table_says_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(
        "# Debt\n\nThe following table outlines maturities of our bonds, as of 30 June 2031:\n\n"
        "| Year | Amount |\n|---|---|\n| 2033 | $ 40 |\n| Total | $ 90 |\n",
        encoding="utf-8",
    )
    document = read_document(tmp_path / "page.md", tmp_path)
    filing = replace(document, source=replace(document.source, rank="filing"))
    facts = [fact for fact in read_facts(filing) if fact.table.column]
    assert [fact.measure for fact in facts] == ["maturities of our bonds"] * 2


def test_the_first_cell_may_be_the_figure_of_its_row(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Yttrium oxide by market\n\n| Price | Market | Source |\n|---|---|---|\n"
        "| US$9 per kilogram | f.o.b. China, average of 2031 | Tessaly Wire |\n"
        "| US$90 per kilogram | delivered Europe, 99.999%, May 2031 | Tessaly Wire |\n",
    )
    first, other = read.values()
    assert (str(first.value), first.price_basis, first.statistic, _time(first)) == (
        "9 USD/kg",
        "f.o.b. China",
        "average",
        "2031",
    )
    assert (other.specification, _time(other), other.attributed_to) == (
        "99.999%",
        "2031-05",
        "Tessaly Wire",
    )


def test_tons_of_nothing_are_of_what_the_page_is_about(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "## Quotas\n\nTable 1. Export quotas for rare earths, metric tons\n\n"
        "| Year | Quota |\n|---|---|\n| 2031 | 900 |\n\n## Use of the quotas\n\n"
        "Table 2. Quota and exports of China, metric tons\n\n"
        "| Year | Exports |\n|---|---|\n| 2032 | 700 |\n",
    )
    assert [name.id for name in read["2032", "Exports"].named("material")] == ["rare-earths"]


def test_shares_may_be_counted_by_weight(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Composition of an NdFeB alloy, percent by weight\n\n"
        "| Element | Range |\n|---|---|\n| Iron | 64–68 |\n",
    )
    assert read["Iron", "Range"].basis == "weight"


def test_the_remarks_of_a_row_may_state_its_unit(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "| Country | Reserves | Notes |\n|---|---|---|\n"
        "| Brazil | 900 | Cut from 1,000 to 900 metric tons. |\n",
    )
    assert str(read["Brazil", "Reserves"].value) == "900 t"


def test_company_releases_are_the_word_of_the_company_of_the_table(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Output of MP Materials, metric tons\n\n| Year | Output |\n|---|---|\n"
        "| 2031 | 900 |\n\nNote: company releases of 2 May 2032 and 4 June 2032.\n",
    )
    assert read["2031", "Output"].attributed_to == "MP Materials"


def test_a_column_of_sources_may_be_of_one_figure_of_the_row(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Rare-earth quota and exports of China, metric tons\n\n"
        "| Year | Quota | Exports | Source of the export figure |\n|---|---|---|---|\n"
        "| 2031 | 900 | 800 | Tessaly Wire |\n",
    )
    assert read["2031", "Exports"].attributed_to == "Tessaly Wire"
    assert read["2031", "Quota"].attributed_to == ""


def test_a_date_is_of_what_its_head_says(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Rules by start\n\n| Rule | Start | Expiry |\n|---|---|---|\n"
        "| Announcement 18 | 4 April 2031 | 5 May 2033 |\n",
    )
    assert read["Announcement 18", "Start"].measure == "start date"
    assert read["Announcement 18", "Expiry"].measure == "expiry date"


def test_a_column_of_years_covered_is_the_time_of_its_row(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Mine production of India, metric tons\n\n"
        "| Source | Years covered | Value for each year |\n|---|---|---|\n"
        "| Tessaly | 2028 to 2030 | 900 |\n| Corvina | 2031 and 2032 | 800 |\n",
    )
    assert [_time(fact) for fact in read.values()] == ["2028/2030", "2031/2032"]


def test_a_cell_may_tell_the_status_of_its_figure(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Output of the Corvina mine, metric tons\n\n| Year | Output |\n|---|---|\n"
        "| 2030 | 800 |\n| 2031 | 900 (estimate) |\n| 2032 | NR |\n",
    )
    assert [fact.status for fact in read.values()] == ["reported", "estimated", "reported"]
    assert read["2032", "Output"].value == Absent("not available", "NR")


def test_names_are_the_value_of_a_cell_that_says_nothing_else(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Announcements of May 2031\n\n"
        "| Number | Issued by | Subject | Symbol |\n|---|---|---|---|\n"
        "| 7 | MOFCOM and GACC | holmium, erbium | none |\n"
        "| 8 | MOFCOM | goods made with holmium | none |\n| Erbium | a bureau | a law | Er |\n",
    )
    names = {
        at: [name.text for name in fact.value.names]
        for at, fact in read.items()
        if isinstance(fact.value, Names)
    }
    assert names == {
        ("7", "Issued by"): [
            "Ministry of Commerce of China",
            "General Administration of Customs of China",
        ],
        ("7", "Subject"): ["holmium", "erbium"],
        ("8", "Issued by"): ["Ministry of Commerce of China"],
    }
    assert read["8", "Issued by"].measure == "issued by"


def test_the_market_of_prices_stands_in_their_caption(tmp_path: Path) -> None:
    table = "| Day | Terbium oxide |\n|---|---|\n| 4 May 2031 | 900 |\n"
    for where, place in (("inside China", ["China"]), ("f.o.b. China", [])):
        caption = f"Table 1. Oxide prices {where}, US$ per kilogram"
        (fact,) = _facts(tmp_path, f"{caption}\n\n{table}").values()
        assert [a.name.text for a in fact.arguments if a.role == "place"] == place


def test_what_a_plant_makes_of_goods_in_a_time_is_its_production(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. NdPr at White Mesa, metric tons\n\n| Item | Figure | Nature |\n|---|---|---|\n"
        "| Second quarter of 2031 | 30 | forecast |\n",
    )
    (fact,) = read.values()
    assert (fact.measure, fact.status) == ("production", "forecast")


def test_a_head_that_no_reader_knows_says_what_bare_figures_count(tmp_path: Path) -> None:
    read = _facts(
        tmp_path,
        "Table 1. Versions of the critical minerals list\n\n"
        "| Version | Entries | Year |\n|---|---|---|\n| First | 35 | 2031 |\n",
    )
    assert read["First", "Entries"].measure == "entries"
