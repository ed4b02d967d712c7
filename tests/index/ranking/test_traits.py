"""What ranking compares of a passage: its label, its years, and whether it is of rare earths."""

from dataclasses import replace

import pytest
from assistants import SOURCE, evidence, row

from corpus.document import Cell, Context, Source
from index.passage import Evidence
from index.ranking.traits import Traits, traits_column, traits_of, traits_of_column
from index.wording import stem

HEADER = ("Country", "Mined 2023", "Mined 2024")


def of(found: Evidence) -> Traits:
    return traits_of(found.source, found.passage)


def stemmed(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


def test_prose_has_years_and_no_label() -> None:
    assert of(evidence("Nigeria mined 13,000 tons of ore in 2024.")) == Traits(
        label=frozenset(), years=frozenset({2024}), names_rare_earths=False
    )


def test_section_and_caption_tell_of_prose_too() -> None:
    context = Context(section="Exports of 2023", caption="Table 3, monazite")
    assert of(evidence("Nigeria shipped ore in 2024.", context=context)) == Traits(
        years=frozenset({2023, 2024}), names_rare_earths=True
    )


def test_row_has_the_stems_of_its_label_and_the_years_of_its_cells() -> None:
    assert of(row("Mines of Nigeria", "7,200", "13,000", header=HEADER)) == Traits(
        label=stemmed("mine of nigeria"), years=frozenset({2023, 2024}), names_rare_earths=False
    )


def test_notes_of_a_row_are_no_traits_of_it() -> None:
    plain = row("Nigeria", "7,200", header=HEADER)
    noted = row("Nigeria", "7,200", header=HEADER, notes=("Estimated in 2026.",))
    assert of(noted) == of(plain)


def test_years_of_cells_win_over_years_of_the_text() -> None:
    found = row("Ore of 2019", "7,200", "13,000", header=HEADER, caption="As of 2026")
    assert of(found).years == {2023, 2024}


def test_row_whose_cells_have_no_year_has_the_years_of_its_text_and_caption() -> None:
    found = row("Ore of 2019", "7,200", header=("Item", "Mined"), caption="As of 2026")
    assert of(found).years == {2019, 2026}


def test_cells_without_a_year_add_none_to_those_that_have_one() -> None:
    assert of(row("Nigeria", Cell("7,200", 0, 0, "2024", 2024), "High")).years == {2024}


def test_passage_that_names_no_year_has_none() -> None:
    assert of(evidence("Nigeria mined 13,000 tons.")).years == frozenset()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Rare earths were mined.", True),
        ("REE prices fell.", True),
        ("稀土价格下跌。", True),
        ("The price of dysprosium fell.", True),
        ("Nd2O3 is dear.", True),
        ("Monazite is a by-product.", True),
        ("NdPr is sold as an oxide.", True),
        ("13,000 tons of REO were mined.", True),
        ("Content is given as TREO.", True),
        ("Contained rare-earth oxide equivalent", True),
        ("Lanthanides are fifteen.", True),
        ("A lanthanide is a metal.", True),
        ("Gold and lithium are dear.", False),
        ("Thorium is kept.", False),
        ("China mined it.", False),
        ("Rare gases of the earth.", False),
        ("", False),
    ],
)
def test_rare_earths_their_minerals_and_products_are_noticed(text: str, named: bool) -> None:
    assert of(evidence(text)).names_rare_earths is named


@pytest.mark.parametrize(
    ("source", "context"),
    [
        (replace(SOURCE, title="Rare Earths in 2026"), Context()),
        (SOURCE, Context(section="Dysprosium")),
        (SOURCE, Context(caption="Prices of monazite")),
    ],
)
def test_rare_earths_named_beside_a_passage_count(source: Source, context: Context) -> None:
    found = evidence("Nigeria | 7,200", context=context, source=source)
    assert of(found).names_rare_earths is True


@pytest.mark.parametrize(
    ("head", "named"),
    [("Dysprosium oxide", True), ("Tons of REO", True), ("Lanthanides", True), ("Gold", False)],
)
def test_rare_earths_named_by_a_column_head_count(head: str, named: bool) -> None:
    found = row("Nigeria", "7,200", "50", header=("Country", "Ore", head))
    assert of(found).names_rare_earths is named


@pytest.mark.parametrize(
    "traits",
    [
        Traits(),
        Traits(label=frozenset({"nigeria"})),
        Traits(years=frozenset({2025, 2024})),
        Traits(names_rare_earths=True),
        Traits(
            label=frozenset({"y₂o₃", "稀土", "é", "99.9", "oxid"}),
            years=frozenset({1899, 2024}),
            names_rare_earths=True,
        ),
        of(evidence("")),
        of(evidence('The “rare-earth” price: "230" dollars,\n\tup 4.5% — 稀土 in 2024.')),
        of(row("Dysprosium oxide", "330", "257", header=("Oxide", "2023", "2024"))),
        of(row('“Oxide” \\ "99.9%",\n\t稀土', "330", header=("Oxide", "2023"))),
    ],
)
def test_traits_kept_in_a_column_come_back_equal(traits: Traits) -> None:
    assert traits_of_column(traits_column(traits)) == traits


def test_equal_traits_are_kept_as_the_same_column() -> None:
    words = "nigeria mine ore tonnes export".split()
    one = Traits(frozenset(words), frozenset([2023, 2024]))
    other = Traits(frozenset(reversed(words)), frozenset([2024, 2023]))
    assert traits_column(one) == traits_column(other)
