"""Whether statements hold the kind of thing asked for, beyond what the question itself gives."""

from dataclasses import replace

import pytest
from assistants import evidence, required, row, statement

from assistant.agreement.kinds import figures_of_kind, kind_agreement
from corpus.document import Cell

VALUE = Cell("5", 0, 0, "2024", 2024)


@pytest.mark.parametrize(
    ("question", "text", "agreement"),
    [
        ("How many tons were mined?", "The mine gave 60 tons of it.", 1.0),
        ("How many tons were mined?", "The mine gave 6 thousand metric tons.", 1.0),
        ("How many tons were mined?", "It gave 6, then 7 metric tons.", 1.0),
        ("How many tons were mined?", "In metric tons it gave 60.", 0.7),
        ("How many tons were mined?", "The mine gave nothing.", 0.7),
        ("How many tons were mined?", "The mine gave 60 of them.", 0.0),
        ("How many tons were mined?", "The mine gave 60% of it.", 0.0),
        ("How many tons were mined?", "The tons of 2024 came from the mine.", 0.0),
        ("How many tons does the 60-ton line make?", "The line makes 60 tons.", 0.0),
        ("What did it cost?", "The cost was $5 million.", 1.0),
        ("What did it cost?", "The cost was 5 million euros.", 1.0),
        ("What did it cost?", "The cost was 5 months of work.", 0.0),
        ("What did it cost above $5 million?", "The cost was $5 million.", 0.0),
        ("What did it cost?", "The cost was told (Reuters, 2024) in full.", 0.0),
        ("What share is mined?", "The mine holds 60% of it.", 1.0),
        ("What share is mined?", "The mine holds 60 percent of it.", 1.0),
        ("What share is mined?", "The mine holds 60 tons of it.", 0.0),
        ("What was production?", "The mine gave 60 tons of it.", 1.0),
        ("What was production?", "The mine gave 60% of it.", 0.7),
        ("What was production?", "Production there was none.", 0.7),
        ("What was production?", "The mine told it all (Reuters, no. 12, 2024).", 0.3),
        ("What was production?", "The mine told it all (Reuters 12, 2024).", 0.0),
        ("What was production?", "The mine opened on 5 May 2024.", 0.0),
        ("How many plants were built?", "The group built 3 new plants.", 1.0),
        ("How many plants were built?", "The group built three plants.", 1.0),
        ("How many plants were built?", "The group built plants over 3 years.", 0.4),
        ("How many plants were built?", "The group built plants.", 0.0),
        ("How many are there?", "There are 5 of them.", 1.0),
        ("How many people are there?", "The mine employs 900 workers.", 1.0),
        ("When did it open?", "The mine opened in 2012.", 1.0),
        ("When did it open?", "The mine opened in autumn.", 1.0),
        ("When did it open?", "The mine opened with pride.", 0.0),
        ("When did it open in 2012?", "The mine opened in 2012.", 0.0),
        ("When in 2012 did it open?", "The mine opened in May 2012.", 1.0),
        ("When did it open?", "The mine opened with pride (Reuters, May 2012).", 0.0),
        ("How long does it last?", "It lasts for 15 years.", 1.0),
        ("How long does it last?", "It lasts three to four weeks, or two months.", 1.0),
        ("How long does it last?", "It lasts 45 working days.", 1.0),
        ("How long does it last?", "It lasts until May 2027.", 0.6),
        ("How long does it last?", "It lasts well.", 0.0),
        ("Who is the chief executive of Lynas?", "The firm is led by Amanda Lacaze.", 1.0),
        ("Who is the chief executive of Lynas?", "The firm is led from Mount Weld.", 0.0),
        ("Who is the chief executive of Lynas?", "The firm is led well.", 0.0),
        ("Who owns the mine?", "The mine belongs to Norvik Minerals.", 1.0),
        ("Who owns the mine of Norvik Minerals?", "The mine belongs to Norvik Minerals.", 0.0),
        ("Who owns the mine?", "The mine was sold in May.", 0.0),
        ("Who owns the mine?", "The mine was sold in June.", 0.0),
        ("Who owns the mine?", "The owner is unknown here.", 0.0),
        ("Where is the mine?", "The mine lies in Australia.", 1.0),
        ("Where is the mine?", "The mine lies by the sea.", 0.6),
        ("Where in Australia is the mine?", "The mine lies in Australia.", 0.6),
        ("Which country is it in?", "The mine lies by the sea.", 0.3),
        ("Which country is it in?", "The mine lies in Australia.", 1.0),
        ("On which day did it open?", "The mine opened in May 2012.", 0.6),
        ("On which day did it open?", "The mine opened on 5 May 2012.", 1.0),
        ("Which company owns it?", "The mine lies in Western Australia.", 0.0),
        ("Which company owns it?", "The mine belongs to Lynas.", 1.0),
        ("How many tons did it give?", "The mine is still being built.", 0.2),
        ("How much larger is it?", "The mine is twice as large.", 0.6),
        ("How much of it is heavy?", "Of it 60% is heavy.", 1.0),
        ("Why did it open?", "The mine opened with pride.", 1.0),
        ("What did it cost?", "The cost was not disclosed.", 1.0),
    ],
)
def test_a_sentence_holds_the_kind_of_thing_asked_for(
    question: str, text: str, agreement: float
) -> None:
    assert kind_agreement(required(question), statement(question, text)) == agreement


@pytest.mark.parametrize(
    ("question", "text", "unit", "agreement"),
    [
        ("What was revenue?", "$63,355", "", 1.0),
        ("What was revenue?", "63,355", "thousands of dollars", 1.0),
        ("What was revenue?", "63,355", "thousands", 0.0),
        ("What was revenue?", "12%", "percent", 0.0),
        ("What was revenue?", "1,500", "metric tons", 0.0),
        ("What was the share of revenue?", "12%", "", 1.0),
        ("What was the share of revenue?", "12", "percent", 1.0),
        ("What was the share of revenue?", "1,500", "metric tons", 0.2),
        ("How many tons were mined?", "1,500", "metric tons", 1.0),
        ("How many tons were mined?", "1,500", "", 0.4),
        ("How many tons were mined?", "12", "percent", 0.0),
        ("How many tons were mined?", "12", "dollars", 0.0),
        ("What was production?", "1,500", "metric tons", 1.0),
        ("What was production?", "NA", "metric tons", 0.8),
        ("What was production?", "—", "", 0.8),
        ("What was production?", "not given", "", 0.2),
        ("What was production?", "yes", "", 0.2),
        ("What was production?", "none", "", 0.8),
        ("What was production?", "new", "", 0.0),
    ],
)
def test_kind_of_a_value_is_told_by_its_sign_or_its_unit(
    question: str, text: str, unit: str, agreement: float
) -> None:
    found = statement(question, row("Magnetics", replace(VALUE, text=text, unit=unit)))
    assert kind_agreement(required(question), found) == agreement


@pytest.mark.parametrize(
    ("question", "caption", "unit", "agreement"),
    [
        ("What was revenue?", "Results, dollars", "", 0.9),
        ("What was revenue?", "Results, dollars", "metric tons", 0.0),
        ("What share was sold?", "Sales, percent", "", 0.9),
        ("What share was sold?", "Sales, percent", "dollars", 0.2),
        ("How many tons were mined?", "Mined, metric tons", "", 0.8),
        ("How many plants were built?", "Plants", "", 1.0),
        ("How many plants were built?", "Workers", "", 0.4),
        ("How many plants were built?", "Plants", "percent", 0.5),
    ],
)
def test_unit_of_a_value_goes_before_that_of_its_caption(
    question: str, caption: str, unit: str, agreement: float
) -> None:
    found = statement(question, row("Magnetics", replace(VALUE, unit=unit), caption=caption))
    assert kind_agreement(required(question), found) == agreement


@pytest.mark.parametrize(
    ("column", "unit", "agreement"),
    [("2024", "metric tons", 1.0), ("2024", "number", 0.3), ("Value", "dollars", 0.5)],
)
def test_a_tonnage_is_no_count_and_no_value(column: str, unit: str, agreement: float) -> None:
    question = "What was mine production in 2024?"
    found = statement(question, row("Mine", replace(VALUE, column=column, unit=unit)))
    assert kind_agreement(required(question), found) == agreement


@pytest.mark.parametrize(
    ("column", "agreement"), [("From 1 January 2027", 1.0), ("2027", 0.0), ("Step", 0.0)]
)
def test_a_column_of_a_month_dates_a_row_and_one_of_a_year_does_not(
    column: str, agreement: float
) -> None:
    question = "From what day are mined magnets barred?"
    found = statement(question, row("Mining", replace(VALUE, text="yes", column=column)))
    assert kind_agreement(required(question), found) == agreement


def test_a_row_holds_the_best_of_its_chosen_cells() -> None:
    item = row("Magnetics", replace(VALUE, text="new"), replace(VALUE, text="5"))
    question = "What was production in 2024?"
    assert kind_agreement(required(question), statement(question, item)) == 1.0


def test_name_or_date_in_a_row_is_sought_in_its_cells() -> None:
    item = row("Amber Plant", "Norvik Minerals", "May 2024", header=("Plant", "Owner", "Opened"))
    for question in ("Who owns the plant?", "When did the plant open?"):
        assert kind_agreement(required(question), statement(question, item)) == 1.0


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("What did it cost?", {5e6}),
        ("What share was sold?", {60}),
        ("What was production?", {700, 2}),
        ("Who owns it?", {700, 2}),
    ],
)
def test_figures_of_prose_are_those_of_the_kind(question: str, values: set[float]) -> None:
    text = "It sold 60% of 700 tons for $5 million at 2 mines in 2024 (Reuters, May 2025)."
    assert figures_of_kind(required(question), statement(question, text)) == values


def test_figures_of_prose_are_those_of_the_sentence() -> None:
    found = statement("What was production?", evidence("It was 5 tons. Others had 7 tons."))
    assert figures_of_kind(required("What was production?"), found) == {7}


def test_figures_of_a_row_are_those_of_its_chosen_cells_of_the_kind() -> None:
    cells = Cell("7,000", 0, 0, "2024", 2024, "tons"), Cell("9", 0, 0, "2024", 2024, "percent")
    item = row("Oxide, 99.5%", *cells, Cell("8", 0, 0, "2023", 2023, "tons"))
    question = "How many tons were sold in 2024?"
    assert figures_of_kind(required(question), statement(question, item)) == {7000}
