"""How candidates compare with questions in names, times, answer type, measure and edition."""

from dataclasses import replace

import pytest
from assistants import SOURCE, asked, evidence, row, statement

from assistant.extractive.comparison import (
    denies_asked,
    edition_agreement,
    is_imprint,
    is_reference,
    layers,
    measure_agreement,
    name_agreement,
    names_agreement,
    refers_back,
    rivalry,
    states_absence,
    time_agreement,
    type_agreement,
    withholds,
)
from corpus.document import Cell, Context
from corpus.language.names import Name
from index.passage import Evidence

LYNAS = Name("Lynas", "lynas", "company")
MINED = "What was mine production in 2024?"


def prose(text: str, section: str = "") -> Evidence:
    return evidence(text, context=Context(section=section))


# -- names


@pytest.mark.parametrize(
    ("text", "section", "level"),
    [
        ("Lynas Rare Earths had sales of $463 million.", "", 1.0),
        ("Sales came to $463 million.", "Lynas", 0.8),
        ("Lynas digs in Australia. Sales came to $463 million.", "", 0.8),
        ("Iluka had sales of $463 million.", "Lynas", 0.5),
        ("Iluka had sales of $463 million.", "", 0.0),
        ("A smaller firm had sales of $463 million, and Lynasia none.", "", 0.0),
    ],
)
def test_a_name_counts_the_more_the_nearer_it_stands(text: str, section: str, level: float) -> None:
    assert name_agreement(LYNAS, statement("?", prose(text, section))) == level


@pytest.mark.parametrize("field", ["title", "publisher", "edition", "path"])
def test_a_name_may_stand_in_what_the_source_is(field: str) -> None:
    source = replace(SOURCE, **{field: "news/of_Lynas.md"})
    found = statement("?", evidence("Sales came to $463 million.", source=source))
    assert name_agreement(LYNAS, found) == 0.8


def test_a_name_may_stand_in_the_label_the_column_or_the_caption_of_a_row() -> None:
    for item in (
        row("Lynas", "5", header=("Firm", "2024")),
        row("Sales", "5", header=("", "Lynas")),
        row("Sales", "5", header=("", "2024"), caption="Sales of Lynas"),
    ):
        assert name_agreement(LYNAS, statement("?", item)) == 1.0


def test_a_name_that_no_lexicon_has_must_stand_together() -> None:
    ridge = Name("Granite Ridge")
    assert name_agreement(ridge, statement("?", "It is the Granite Ridge mine.")) == 1.0
    assert name_agreement(ridge, statement("?", "A ridge of granite lies over it.")) == 0.0


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Did the Pentagon buy American magnets?", {"dod", "united-states"}),
        ("RE exports of CN, USD", {"rare-earths", "china"}),
        ("What did the U.S. Geological Survey say of Burma?", {"usgs", "burma"}),
        ("Does Beijing license Granite Ridge?", {"china", ""}),
    ],
)
def test_what_is_known_by_another_name_is_asked_about_once(question: str, names: set[str]) -> None:
    found = asked(question).names
    assert {one.id for one in found} == names
    assert len(found) == len(names)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("RE tailings of CN", {"tailings"}),
        ("Sketch how Ostvik roasts ore for Beijing.", {"roasts", "ore"}),
        ("Does the Ostvik line roast ore?", {"line", "roast", "ore"}),
    ],
)
def test_names_and_the_words_that_ask_are_no_words_that_are_asked(
    question: str, words: set[str]
) -> None:
    assert {one.text for one in asked(question).words} == words


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (Name("China Northern Rare Earth", "china-northern-rare-earth", "company"), "CNRE sold 5."),
        (
            Name("10 USC 4872", "10-usc-4872", "law"),
            "Title 10: § 4872. Acquisition of sensitive materials from non-allied foreign nations.",
        ),
        (Name("Australia", "australia", "country"), "Browns Range got a loan."),
    ],
    ids=["a former name", "its heading in the code", "what lies in a country"],
)
def test_a_name_may_be_told_by_another(name: Name, text: str) -> None:
    assert name_agreement(name, statement("?", text)) == 1.0


@pytest.mark.parametrize(("text", "level"), [("It gave 5 t.", 0.3), ("Nolans gave 5 t.", 0.0)])
def test_what_the_source_is_about_counts_little_and_not_beside_another(
    text: str, level: float
) -> None:
    found = statement("?", evidence(text, source=replace(SOURCE, entities=("bayan-obo",))))
    assert name_agreement(Name("Bayan Obo", "bayan-obo", "mine"), found) == level


@pytest.mark.parametrize(
    ("question", "agreement", "is_rival"),
    [
        ("What did dysprosium oxide cost?", 1.0, 0.0),
        ("What did terbium oxide cost?", 0.0, 1.0),
        ("What did dysprosium and terbium oxide cost?", 1.0, 0.0),
        ("What did dysprosium oxide cost Lynas?", 0.0, 0.0),
        ("What did it cost?", 1.0, 0.0),
    ],
)
def test_another_of_the_kind_of_what_is_asked_is_a_rival(
    question: str, agreement: float, is_rival: float
) -> None:
    found = statement(question, "The dysprosium oxide price was $230 per kilogram.")
    assert names_agreement(asked(question), found) == agreement
    assert rivalry(asked(question), found) == is_rival


# -- times


@pytest.mark.parametrize(
    ("text", "section", "agreement"),
    [
        ("Production was 5 tons in 2024.", "", 1.0),
        ("Production was 5 tons in 2023.", "", 0.0),
        ("Production grew from 2022 to 2025.", "", 0.6),
        ("Production was 5 tons.", "Results of 2024", 0.9),
        ("Production was 5 tons.", "Results of 2023", 0.2),
        ("Production was 5 tons.", "", 0.5),
        ("Production was 5 tons (Reuters, August 2024).", "", 0.5),
        ("In the first half of 2024 production was 5 tons.", "", 0.6),
    ],
)
def test_a_candidate_speaks_of_the_time_it_names_else_of_the_nearest(
    text: str, section: str, agreement: float
) -> None:
    found = statement(MINED, prose(text, section))
    assert time_agreement(asked(MINED), found) == pytest.approx(agreement)
    assert time_agreement(asked("What was production?"), found) == 1.0


@pytest.mark.parametrize(
    ("text", "agreement"),
    [
        ("In the March quarter of 2024 revenue was $5.", 1.0),
        ("In the June quarter 2024 revenue was $5.", 0.3),
        ("In the March quarter of 2023 revenue was $5.", 0.0),
        ("In 2024 revenue was $5.", 0.6),
    ],
)
def test_a_part_of_a_year_is_not_the_year_nor_another_part(text: str, agreement: float) -> None:
    question = "What was revenue in Q1 2024?"
    assert time_agreement(asked(question), statement(question, text)) == agreement


@pytest.mark.parametrize(("data_years", "agreement"), [((2023, 2024), 0.6), ((2023,), 0.5)])
def test_a_candidate_without_times_may_be_of_those_of_its_source(
    data_years: tuple[int, ...], agreement: float
) -> None:
    item = evidence("Output was 5 t.", source=replace(SOURCE, data_years=data_years))
    assert time_agreement(asked(MINED), statement(MINED, item)) == agreement


@pytest.mark.parametrize(
    ("item", "agreement"),
    [
        (row("Nigeria", "5", header=("Country", "2024")), 1.0),
        (row("Nigeria", "5", header=("Country", "2023")), 0.0),
        (row("2024", "5", header=("Year", "Production")), 1.0),
        (row("2023", "5", header=("Year", "Production")), 0.0),
        (row("Nigeria", "5", header=("Country", "Production"), caption="Output in 2024"), 1.0),
        (row("Nigeria", "5", header=("Country", "Production"), section="In 2024"), 0.9),
        (row("Nigeria", "5", header=("Country", "Production")), 0.5),
    ],
)
def test_a_row_speaks_of_the_year_of_its_cell_else_of_its_table(
    item: Evidence, agreement: float
) -> None:
    assert time_agreement(asked(MINED), statement(MINED, item)) == pytest.approx(agreement)


# -- the kind of answer


@pytest.mark.parametrize(
    ("question", "text", "agreement"),
    [
        ("How many tons were mined?", "The mine gave 6 thousand metric tons.", 1.0),
        ("How many tons were mined?", "The mine gave 60 of them.", 0.5),
        ("How many tons were mined?", "The mine gave 60% of it.", 0.0),
        ("How many tons were mined?", "The mine gave nothing at all, and never had.", 0.6),
        ("How many tons does the 60-ton line make?", "The line makes 60 tons.", 0.0),
        ("What did it cost?", "The cost was 5 million euros.", 1.0),
        ("What did it cost?", "The cost was 5 months of work.", 0.0),
        ("What share is mined?", "The mine holds 60 percent of it.", 1.0),
        ("What share is mined?", "The mine holds 60 tons of it.", 0.0),
        ("How many plants were built?", "The group built three plants.", 1.0),
        ("How many plants were built?", "The group built plants.", 0.0),
        ("When did it open?", "The mine opened in 2012.", 1.0),
        ("When did it open?", "The mine opened with pride.", 0.0),
        ("When did it open in 2012?", "The mine opened in 2012.", 0.0),
        ("How long does it last?", "It lasts for 15 years.", 1.0),
        ("How long does it last?", "It lasts well.", 0.0),
        ("Who owns the mine?", "The mine belongs to Lynas.", 1.0),
        ("Who owns the mine?", "The mine belongs to Norvik Minerals.", 0.9),
        ("Who owns the mine of Norvik Minerals?", "The mine belongs to Norvik Minerals.", 0.0),
        ("Where is the mine?", "The mine lies in Australia.", 1.0),
        ("Where is the mine?", "The mine lies by the sea.", 0.0),
        ("Why did it open?", "The mine opened with pride.", 1.0),
        ("What did it cost?", "The cost was not disclosed.", 0.6),
    ],
)
def test_a_candidate_holds_the_kind_of_answer_that_is_expected(
    question: str, text: str, agreement: float
) -> None:
    assert type_agreement(asked(question), statement(question, text)) == agreement


@pytest.mark.parametrize(
    ("text", "unit", "agreement"),
    [("$63,355", "", 1.0), ("63,355", "thousands of dollars", 1.0), ("12%", "percent", 0.0)],
)
def test_the_unit_of_a_cell_tells_its_kind(text: str, unit: str, agreement: float) -> None:
    question = "How many dollars was revenue?"
    item = row("Magnetics", Cell(text, 0, 0, "2024", 2024, unit))
    assert type_agreement(asked(question), statement(question, item)) == agreement


@pytest.mark.parametrize(
    ("item", "agreement"),
    [
        (row("Nigeria", "5", header=("", "Mine production")), 1.0),
        (row("Nigeria", "5", header=("", "Exports")), 0.0),
        (row("Exports", "5", header=("", "2024"), caption="Mine production"), 0.0),
        (row("Nigeria", "5", header=("", "2024"), caption="Mine production"), 1.0),
        (row("Nigeria", "5", header=("", "2024")), 0.9),
        (evidence("Exports were 5 tons."), 0.3),
        (evidence("Output was 5 tons."), 1.0),
    ],
)
def test_what_is_nearest_to_a_figure_tells_its_measure(item: Evidence, agreement: float) -> None:
    assert measure_agreement(asked(MINED), statement(MINED, item)) == agreement
    assert measure_agreement(asked("What is there?"), statement(MINED, item)) == 1.0


@pytest.mark.parametrize(
    ("edition", "text", "agreement"),
    [
        ("MCS 2025", "The mine was idle then.", 1.0),
        ("MCS 2026", "The mine was idle then.", 0.0),
        ("", "The mine was idle, says MCS 2025.", 1.0),
        ("", "So says MCS 2025. The mine was idle then.", 0.8),
        ("", "The mine was idle then.", 0.4),
    ],
)
def test_an_edition_asked_for_is_the_source_or_is_named(
    edition: str, text: str, agreement: float
) -> None:
    found = statement("?", evidence(text, source=replace(SOURCE, edition=edition)))
    assert edition_agreement(asked("What says MCS 2025 of the mine?"), found) == agreement
    assert edition_agreement(asked("What of the mine?"), found) == 1.0


# -- what is not said


@pytest.mark.parametrize(
    ("text", "is_withheld", "is_absent"),
    [
        ("The quotas were not published.", True, True),
        ("The figure remains undisclosed to us.", True, True),
        ("The quota was set without publication.", True, True),
        ("No figure for the year was found.", False, True),
        ("The report gives no tonnage of it.", False, True),
        ("None of the reports states the price.", False, True),
        ("The price is not stated there.", False, True),
        ("The quotas were published.", False, False),
        ("The mine closed in 2024.", False, False),
        ("Exports to Japan did not begin in 2024.", False, False),
        ("There is no tariff on magnets.", False, False),
    ],
)
def test_what_is_withheld_or_unknown_is_told(text: str, is_withheld: bool, is_absent: bool) -> None:
    found = statement("?", text)
    assert (withholds(found), states_absence(found)) == (is_withheld, is_absent)


@pytest.mark.parametrize(
    ("cells", "is_absent"),
    [(("not given",), True), (("not given", "5"), False), (("5",), False), (("NA",), False)],
)
def test_a_row_of_values_that_are_not_given_states_absence(
    cells: tuple[str, ...], is_absent: bool
) -> None:
    header = ("", *(f"Column {number}" for number in range(len(cells))))
    assert states_absence(statement("?", row("Oxide", *cells, header=header))) is is_absent


@pytest.mark.parametrize(
    ("section", "expected"),
    [("References", True), ("Notes › Bibliography", True), ("Resources", False), ("", False)],
)
def test_a_list_of_references_is_told_by_its_heading(section: str, expected: bool) -> None:
    assert is_reference(statement("?", prose("Lynas, report of 2024.", section))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Published 3 May 2025 by the Ministry of Mines.", True),
        ("Ministry of Mines, 3 May 2025", True),
        ("On 3 May 2025 the Ministry of Mines opened the shaft.", False),
        ("Published 4 May 2025 by the Ministry of Mines.", False),
    ],
)
def test_an_imprint_says_only_when_and_by_whom(text: str, expected: bool) -> None:
    source = replace(SOURCE, publisher="Ministry of Mines", published="2025-05-03")
    told = replace(prose(text), source=source)
    assert is_imprint(statement("?", told)) is expected


@pytest.mark.parametrize(
    ("text", "refers"),
    [
        ("The company sold 5 tons.", True),
        ("It sold 5 tons.", True),
        ("In 2024, the plant sold 5 tons.", True),
        ("However, they sold 5 tons.", True),
        ("Lynas sold 5 tons, and it was glad.", False),
        ("Iterbium sold 5 tons.", False),
    ],
)
def test_a_sentence_refers_back_by_how_it_begins(text: str, refers: bool) -> None:
    assert refers_back(text) is refers


def test_texts_of_a_row_go_from_its_chosen_cells_to_the_passage() -> None:
    price = Cell("5", 0, 0, "2024", 2024, "dollars", notes=("Estimated",))
    stocks = Cell("6", 0, 0, "Stocks", 0, "barrels", notes=("Rounded",))
    item = row("Oxide", price, stocks, caption="Prices", section="Market")
    found = layers(statement("What in 2024?", item))
    assert found.own == (
        "Oxide — 2024: 5 (Prices; dollars) | Oxide | 5 | 6 | Prices | 2024 | dollars | Estimated"
    )
    assert found.heads[:4] == ("2024", "Oxide", "Prices", "Market")
    assert found.passage == "Oxide | 5 | 6"


@pytest.mark.parametrize(
    ("month", "agreement"),
    [("June 2024", 1.0), ("May 2024", 0.3)],
)
def test_a_month_without_a_year_is_of_the_year_before_it(month: str, agreement: float) -> None:
    text = "The kiln was lit in May 2024. In June it was put out."
    candidate = statement("?", text)
    assert candidate.text == "In June it was put out."
    assert time_agreement(asked(f"What was done with the kiln in {month}?"), candidate) == agreement
    alone = statement("?", "In June it was put out.")
    assert time_agreement(asked(f"What was done with the kiln in {month}?"), alone) == 0.5


def test_a_sentence_that_concludes_leans_on_the_one_before() -> None:
    assert refers_back("The kiln therefore stood idle.")
    assert not refers_back("The kiln stood idle.")


def test_a_row_whose_asked_cells_say_no_denies_what_is_asked() -> None:
    listed = row("Europium", "no", "yes", header=("Element", "April 2025", "October 2025"))
    for question, denied in (("in April 2025", True), ("in October 2025", False)):
        asked_for = f"Which elements were added {question}?"
        assert denies_asked(statement(asked_for, listed)) is denied
    assert not denies_asked(statement("Which elements?", "No element was added."))


def test_a_figure_with_its_unit_may_stand_in_the_label_of_a_row() -> None:
    quoted = row("US$270 per kilogram", "Europe", header=("Price", "Market"))
    question = "What did yttrium oxide cost in Europe?"
    assert type_agreement(asked(question), statement(question, quoted)) == 1.0
    numbered = row("Phase 2", "Europe", header=("Phase", "Market"))
    assert type_agreement(asked(question), statement(question, numbered)) == 0.0


def test_an_overview_asks_for_no_measure() -> None:
    told = "On 10 July 2025 a partnership was announced."
    question = "Give me an overview of the deal."
    assert measure_agreement(asked(question), statement(question, told)) == 1.0


def test_a_ton_without_tax_is_no_tonnage_that_is_denied() -> None:
    told = "They set 26,834 yuan per metric ton without tax for the quarter."
    assert not states_absence(statement("What is the price?", told))
    assert states_absence(statement("What is the output?", "The tonnage is not in the sources."))
