"""Near misses: the same sentence about another name, year, period, product or edition."""

from dataclasses import replace

import pytest
from assistants import SOURCE, evidence, row

from assistant.candidates import Candidate, candidates
from assistant.fitting import (
    Fit,
    carries_name,
    figures_given,
    fit,
    source_scope,
    statement_scope,
    withholds,
)
from corpus.document import Cell, Context, Source
from index.passage import Evidence
from index.question import analyze
from index.wording import stem, stems

WHOLE = Fit(True, True, True, True, True, True, True)


def statement(question: str, item: Evidence) -> Candidate:
    return candidates(analyze(question), [item])[-1]


def misses(question: str, text: str, section: str = "", source: Source = SOURCE) -> list[str]:
    """Return what stands against the last sentence of a text as an answer."""
    return missed(question, evidence(text, context=Context(section=section), source=source))


def missed(question: str, item: Evidence) -> list[str]:
    found = fit(analyze(question), statement(question, item))
    return [name for name in Fit.__slots__ if not getattr(found, name)]


def test_a_fitting_statement_is_complete_and_loses_nothing() -> None:
    question = "What was Lynas's revenue in 2024?"
    found = fit(
        analyze(question), statement(question, evidence("Lynas had sales of $463 million in 2024."))
    )
    assert (found, found.complete, found.factor) == (WHOLE, True, 1.0)


def test_each_miss_takes_its_part_of_the_score() -> None:
    assert replace(WHOLE, years=False).factor == 0.7
    assert replace(WHOLE, names=False, kind=False).factor == pytest.approx(0.7 * 0.75)
    assert not replace(WHOLE, editions=False).complete


@pytest.mark.parametrize(
    ("text", "section", "missed"),
    [
        ("Lynas had sales of $463 million.", "", []),
        ("Iluka had sales of $463 million.", "", ["names"]),
        ("Sales came to $463 million.", "Lynas", []),
        ("Lynas digs in Australia. The company had sales of $463 million.", "", []),
        ("Lynas digs in Australia. Iluka had sales of $463 million.", "", ["names"]),
        ("A smaller firm had sales of $463 million, and Lynasia none.", "", ["names"]),
    ],
)
def test_a_statement_must_name_whom_the_question_names(
    text: str, section: str, missed: list[str]
) -> None:
    assert misses("What was the revenue of Lynas?", text, section) == missed


@pytest.mark.parametrize("field", ["title", "publisher", "edition", "path"])
def test_a_name_may_stand_in_what_the_source_is(field: str) -> None:
    source = replace(SOURCE, **{field: "news/of_Lynas.md"})
    found = statement("Lynas?", evidence("Sales came to $463 million.", source=source))
    assert carries_name(found, "Lynas")
    assert not carries_name(found, "Iluka")


def test_a_name_of_two_words_must_stand_together() -> None:
    found = statement("?", evidence("A pass leads over the mountain to the mine."))
    assert not carries_name(found, "Mountain Pass")
    assert carries_name(statement("?", evidence("It is the Mountain Pass mine.")), "Mountain Pass")


@pytest.mark.parametrize(
    ("question", "missed"),
    [
        ("What did dysprosium oxide cost?", []),
        ("What did terbium oxide cost?", ["names"]),
        ("What did dysprosium and terbium oxide cost?", []),
        ("List what terbium oxide and others cost.", []),
    ],
)
def test_another_element_is_no_answer(question: str, missed: list[str]) -> None:
    assert misses(question, "The dysprosium oxide price was $230 per kilogram.") == missed


@pytest.mark.parametrize(
    ("question", "text", "missed"),
    [
        ("When did it open?", "The mine opened in 2012.", []),
        ("When did it open in 2012?", "The mine opened in 2012.", ["kind"]),
        ("When in 2012 did it open?", "The mine opened in May 2012.", []),
        ("When did it open?", "The mine opened with pride.", ["kind"]),
        ("What share is mined?", "The mine holds 60% of it.", []),
        ("What share is mined?", "The mine holds 60 tons of it.", ["kind"]),
        ("What did it cost?", "The cost was $5 million.", []),
        ("What did it cost?", "The cost was 5 months of work.", ["kind"]),
        ("What is the capacity?", "The capacity is 500 tons.", []),
        ("What is the capacity?", "The capacity grew in 2024.", ["kind"]),
        ("What is the capacity of the 500-ton line?", "The capacity is 500 tons.", ["kind"]),
        ("Who owns it?", "The owner is unknown here.", []),
    ],
)
def test_a_statement_must_hold_the_kind_of_thing_asked_for(
    question: str, text: str, missed: list[str]
) -> None:
    assert misses(question, text) == missed


@pytest.mark.parametrize(
    ("cell", "unit", "question", "expected"),
    [
        ("230", "dollars per kilogram", "What was the price in 2024?", []),
        ("230", "", "What was the price in 2024?", ["kind"]),
        ("NA", "", "What was the quota for 2024?", []),
        ("new", "", "What was the quota for 2024?", ["kind"]),
    ],
)
def test_a_row_must_hold_a_value_of_the_kind(
    cell: str, unit: str, question: str, expected: list[str]
) -> None:
    item = row("Oxide", cell, header=("Price and quota", "2024"), unit=unit, caption="Price, quota")
    assert missed(question, item) == expected


@pytest.mark.parametrize(
    ("text", "unit", "question", "expected"),
    [
        ("$63,355", "", "What was revenue in 2024?", []),
        ("$63,355", "thousands", "What was revenue in 2024?", []),
        ("63,355", "thousands of dollars", "What was revenue in 2024?", []),
        ("63,355", "thousands", "What was revenue in 2024?", ["kind"]),
        ("12%", "percent", "What was revenue in 2024?", ["kind"]),
        ("1,500", "metric tons", "What was revenue in 2024?", ["kind"]),
        ("12%", "", "What was the share of revenue in 2024?", []),
        ("12", "percent", "What was the share of revenue in 2024?", []),
        ("12", "", "What was the share of revenue in 2024?", []),
        ("1,500", "metric tons", "What was the share of revenue in 2024?", ["kind"]),
        ("1,500", "metric tons", "What was production in 2024?", []),
        ("12", "percent", "What was production in 2024?", ["kind"]),
    ],
)
def test_kind_of_a_value_is_told_by_its_sign_or_its_unit(
    text: str, unit: str, question: str, expected: list[str]
) -> None:
    item = row("Magnetics", Cell(text, 0, 0, "2024", 2024, unit), caption="Revenue and production")
    assert missed(question, item) == expected


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("330", "dollars per kilogram", "money"),
        ("$330", "", "money"),
        ("53", "percent", "percent"),
        (">53%", "", "percent"),
        ("1,500", "metric tons", "number"),
        ("1,500", "", "number"),
    ],
)
def test_figures_of_a_row_are_those_of_its_chosen_cells(text: str, unit: str, kind: str) -> None:
    item = row("Oxide, 99.5%", Cell(text, 0, 0, "2024", 2024, unit), Cell("7", 0, 0, "Stocks"))
    given = figures_given(statement("What in 2024?", item))
    assert [(figure.kind, text[figure.start : figure.end]) for figure in given] == [
        (kind, text.lstrip(">"))
    ]


def test_figures_of_prose_are_those_of_the_sentence() -> None:
    item = evidence("Sales were $5. Others sold 7 tons.")
    assert [figure.value for figure in figures_given(statement("?", item))] == [7]


def test_unit_of_a_value_goes_before_the_money_of_its_caption() -> None:
    caption = "Price and production (dollars and tons)"
    tons = Cell("1,500", 0, 0, "2024", 2024, "metric tons")
    assert missed("What was the price in 2024?", row("Price", tons, caption=caption)) == ["kind"]
    plain = replace(tons, unit="")
    assert missed("What was the price in 2024?", row("Price", plain, caption=caption)) == []


def test_year_of_a_value_goes_before_the_years_of_its_caption() -> None:
    value = Cell("5", 0, 0, "2023", 2023)
    item = row("Oxide", value, caption="Production in 2023 and 2024")
    assert missed("What was oxide production in 2024?", item) == ["years"]
    assert missed("What was oxide production in 2023?", item) == []
    unnamed = row("Oxide", replace(value, column="", year=0), caption="Production in 2023")
    assert missed("What was oxide production in 2024?", unnamed) == ["years"]


@pytest.mark.parametrize(
    ("text", "section", "missed"),
    [
        ("Production was 5 tons in 2024.", "", []),
        ("Production was 5 tons in 2023.", "", ["years"]),
        ("Production was 5 tons.", "Results of 2024", []),
        ("Production was 5 tons.", "Results of 2023", ["years"]),
        ("It opened in 2024. Production was 5 tons.", "", []),
        ("Production was 5 tons.", "", ["years"]),
    ],
)
def test_a_statement_must_speak_of_a_year_asked_for(
    text: str, section: str, missed: list[str]
) -> None:
    assert misses("What was production in 2024?", text, section) == missed


def test_a_row_without_years_has_those_of_its_source() -> None:
    item = row(
        "Oxide", "5", header=("Product", "Production"), source=replace(SOURCE, data_years=(2024,))
    )
    assert missed("What was oxide production in 2024?", item) == []
    assert missed("What was oxide production in 2023?", item) == ["years"]


def test_a_row_of_another_year_is_a_near_miss() -> None:
    item = row(
        "Oxide",
        "5",
        header=("Product", "Production 2024"),
        source=replace(SOURCE, data_years=(2023,)),
    )
    assert missed("What was oxide production in 2023?", item) == ["years"]


@pytest.mark.parametrize(
    ("question", "text", "missed"),
    [
        ("What was revenue in 2024?", "In the first half of 2024 revenue was $5.", ["periods"]),
        ("What was revenue in 2024?", "In 2024 revenue was $5.", []),
        ("What was revenue in H1 2024?", "In the first half of 2024 revenue was $5.", []),
        ("What was revenue in Q1 2024?", "In the June quarter 2024 revenue was $5.", ["periods"]),
        ("What was revenue in Q1 2024?", "In the March quarter of 2024 revenue was $5.", []),
        ("What was revenue in Q1 2024?", "In 2024 revenue was $5.", ["periods"]),
        ("Why did revenue fall in 2024?", "In the first half of 2024 revenue was $5.", []),
    ],
)  # fmt: skip
def test_a_part_of_the_year_is_not_the_year(question: str, text: str, missed: list[str]) -> None:
    assert misses(question, text) == missed


@pytest.mark.parametrize(
    ("question", "text", "missed"),
    [
        ("What did the oxide cost?", "The metal cost $5.", ["product"]),
        ("What did the oxide cost?", "The oxide cost $5.", []),
        ("What did the oxide cost?", "The oxide cost $5, the metal $9.", []),
        ("What did the oxide cost?", "The powder cost $5.", []),
        ("What did oxide and metal cost?", "The metal cost $5.", []),
        ("How many tons of light ore?", "They dug 5 tons of heavy ore.", ["product"]),
    ],
)
def test_another_product_of_a_line_is_no_answer(
    question: str, text: str, missed: list[str]
) -> None:
    assert misses(question, text) == missed


@pytest.mark.parametrize(
    ("question", "text", "missed"),
    [
        ("What are the reserves?", "The mine has reserves of 5 tons.", []),
        ("What are the reserves?", "The deposit holds 5 tons.", ["relations"]),
        ("How many people are there?", "The mine employs 900 workers.", []),
        ("What was the revenue?", "The profit was $5.", ["relations", "product"]),
    ],
)
def test_a_statement_must_speak_of_what_is_asked_of_the_thing(
    question: str, text: str, missed: list[str]
) -> None:
    assert misses(question, text) == missed


@pytest.mark.parametrize(
    ("edition", "text", "missed"),
    [
        ("MCS 2025", "The mine was idle then.", []),
        ("MCS 2026", "The mine was idle then.", ["editions"]),
        ("", "The mine was idle, says MCS 2025.", []),
        ("", "The mine was idle then.", ["editions"]),
    ],
)
def test_an_edition_asked_for_must_be_the_source_or_be_named(
    edition: str, text: str, missed: list[str]
) -> None:
    source = replace(SOURCE, edition=edition)
    assert misses("What says MCS 2025 of the mine?", text, source=source) == missed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The quotas were not published.", True),
        ("The company did not disclose it, and the figure is withheld.", True),
        ("Figures are not publicly available.", True),
        ("The figure remains undisclosed to us.", True),
        ("The quotas were published.", False),
    ],
)
def test_withheld_figures_are_noticed(text: str, expected: bool) -> None:
    assert withholds(statement("?", evidence(text))) is expected


def test_a_row_withholds_nothing_in_words() -> None:
    assert not withholds(statement("?", row("Not published", "5", header=("a", "b"))))


def test_a_withheld_figure_fits_a_question_of_its_year_alone() -> None:
    text = "The volume of the quota for 2025 was not published."
    assert misses("What was the quota for 2025?", text) == []
    assert misses("What was the quota for 2024?", text) == ["years"]


def test_scope_of_prose_is_its_words_and_section() -> None:
    item = evidence(
        "It opened. Sales were small there.", context=Context(section="Results", caption="No")
    )
    found = statement("?", item)
    assert statement_scope(found) == stems("Sales were small there Results")
    assert stem("opened") in source_scope(found)


def test_scope_of_a_row_has_its_caption_and_what_belongs_to_the_chosen_cells() -> None:
    price = Cell("5", 0, 0, "2024", 2024, "dollars", "fob China", ("Estimated",))
    stocks = Cell("6", 0, 0, "Stocks", 0, "barrels", notes=("Rounded",))
    item = row("Oxide", price, stocks, caption="Prices", notes=("Estimated", "Rounded"))
    found = statement("What in 2024?", item)
    assert statement_scope(found) == stems("Oxide 5 6 Prices 2024 dollars fob China Estimated")


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        ("The first phase was completed in 2024.", ["periods"]),
        ("The 2nd phase was completed in 2024.", []),
        ("The project was completed in 2024.", ["periods"]),
    ],
)
def test_another_phase_is_not_the_phase_asked_for(text: str, missed: list[str]) -> None:
    assert misses("When was the second phase completed?", text) == missed
