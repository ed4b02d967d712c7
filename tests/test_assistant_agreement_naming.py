"""Whether statements are about whom and what is asked: names beside, behind and instead."""

from dataclasses import replace

import pytest
from assistants import SOURCE, evidence, required, row, statement

from assistant.agreement.naming import (
    commodity_agreement,
    names_subject,
    subject_agreement,
    subjects_agreement,
)
from assistant.agreement.scopes import is_reference, refers_back, scopes
from assistant.subjects import Subject
from corpus.document import Cell, Context
from index.passage import Evidence

LYNAS = Subject("Lynas", "lynas", "company")


def prose(text: str, section: str = "") -> Evidence:
    return evidence(text, context=Context(section=section))


@pytest.mark.parametrize(
    ("text", "section", "level"),
    [
        ("Lynas had sales of $463 million.", "", 1.0),
        ("Lynas Rare Earths had sales of $463 million.", "", 1.0),
        ("Sales came to $463 million.", "Lynas", 0.85),
        ("Iluka had sales of $463 million.", "Lynas", 0.5),
        ("The company beat Iluka by $463 million.", "Lynas", 0.85),
        ("Lynas digs in Australia. The company had sales of $463 million.", "", 0.8),
        ("Lynas digs in Australia. Sales came to $463 million.", "", 0.45),
        ("Lynas digs in Australia. Iluka had sales of $463 million.", "", 0.45),
        ("Iluka had sales of $463 million.", "", 0.0),
        ("A smaller firm had sales of $463 million, and Lynasia none.", "", 0.0),
    ],
)
def test_a_name_counts_the_more_the_nearer_it_stands(text: str, section: str, level: float) -> None:
    assert subject_agreement(LYNAS, statement("?", prose(text, section))) == level


@pytest.mark.parametrize("field", ["title", "publisher", "edition", "path"])
def test_a_name_may_stand_in_what_the_source_is(field: str) -> None:
    source = replace(SOURCE, **{field: "news/of_Lynas.md"})
    found = statement("?", evidence("Sales came to $463 million.", source=source))
    assert subject_agreement(LYNAS, found) == 0.85
    assert not names_subject(LYNAS, found)


def test_a_name_may_stand_in_the_label_the_column_or_the_caption_of_a_row() -> None:
    for item in (
        row("Lynas", "5", header=("Firm", "2024")),
        row("Sales", "5", header=("", "Lynas")),
        row("Sales", "5", header=("", "2024"), caption="Sales of Lynas"),
    ):
        assert names_subject(LYNAS, statement("?", item))


def test_a_name_of_two_words_must_stand_together() -> None:
    subject = Subject("Granite Ridge")
    assert not names_subject(subject, statement("?", "A ridge of granite lies over the mine."))
    assert names_subject(subject, statement("?", "It is the Granite Ridge mine."))


def test_a_former_name_is_the_same_name() -> None:
    subject = Subject("China Northern Rare Earth", "china-northern-rare-earth", "company")
    assert names_subject(subject, statement("?", "CNRE sold 5 tons of it."))


@pytest.mark.parametrize(
    ("question", "agreement"),
    [
        ("What did dysprosium oxide cost?", (1.0, 1.0)),
        ("What did terbium oxide cost?", (0.0, 0.0)),
        ("What did dysprosium and terbium oxide cost?", (0.8, 1.0)),
        ("What did dysprosium oxide cost Lynas?", (0.0, 1.0)),
        ("What did terbium oxide cost Lynas?", (0.0, 0.0)),
        ("What did it cost?", (1.0, 1.0)),
    ],
)
def test_another_of_the_kind_of_what_is_asked_is_a_rival(
    question: str, agreement: tuple[float, float]
) -> None:
    found = statement(question, "The dysprosium oxide price was $230 per kilogram.")
    assert subjects_agreement(required(question), found) == pytest.approx(agreement)


@pytest.mark.parametrize(
    ("question", "text", "subject"),
    [
        ("What do Australian loans for Browns Range come to?", "Browns Range got $5.", 1.0),
        ("What do Australian loans for Browns Range come to?", "The mine got $5.", 0.0),
        ("What did Lynas' Mount Weld give?", "Mount Weld gave 5 tons.", 1.0),
        ("What did Lynas' Mount Weld give?", "Lynas gave 5 tons.", 0.0),
        ("What do terbium and monazite cost?", "Terbium costs $5.", 0.8),
        ("Who runs the monazite plant of Lynas?", "Lynas runs the plant.", 0.5),
        (
            "What did the arm of China Rare Earth Group earn?",
            "Minmetals Rare Earth earned $5.",
            1.0,
        ),
        ("What did China Rare Earth Group earn?", "Minmetals Rare Earth earned $5.", 0.0),
        ("What does Hanoi plan?", "Vietnam plans 5 mines.", 1.0),
        ("What did MP sell?", "MP Materials sold 5 tons.", 1.0),
    ],
)
def test_a_name_may_be_told_by_another(question: str, text: str, subject: float) -> None:
    least, _ = subjects_agreement(required(question), statement(question, text))
    assert least == pytest.approx(subject)


def test_an_agency_speaks_of_its_own_country_as_home() -> None:
    country = Subject("U.S.", "united-states", "country")
    for publisher, level in (("U.S. Geological Survey", 1.0), ("Geoscience Australia", 0.0)):
        source = replace(SOURCE, publisher=publisher)
        found = statement("?", evidence("It was mined domestically.", source=source))
        assert subject_agreement(country, found) == level


def test_a_title_may_have_the_words_of_a_material_in_another_order() -> None:
    source = replace(SOURCE, title="Rare Earths (Heavy)")
    found = statement("?", evidence("Five tons were made.", source=source))
    assert subject_agreement(Subject("heavy rare earths", "hree", "product"), found) == 0.85


@pytest.mark.parametrize(("text", "level"), [("It gave 5 t.", 0.25), ("Nolans gave 5 t.", 0.0)])
def test_what_the_source_is_about_counts_little_and_not_beside_another(
    text: str, level: float
) -> None:
    subject = Subject("Bayan Obo", "bayan-obo", "mine")
    found = statement("?", evidence(text, source=replace(SOURCE, entities=("bayan-obo",))))
    assert subject_agreement(subject, found) == level


def test_another_of_a_kind_of_which_there_may_be_many_is_no_rival() -> None:
    found = statement("?", "The ministry spoke of Bayan Obo.")
    asked = required("What does Norvik Minerals pay?")
    assert subjects_agreement(asked, found) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("file_type", "label", "agreement"),
    [("csv", "Copper", 0.0), ("csv", "Rare earths", 1.0), ("markdown", "Copper", 1.0)],
)
def test_a_row_of_data_of_another_commodity_is_told(
    file_type: str, label: str, agreement: float
) -> None:
    source = replace(SOURCE, file_type=file_type, title="All minerals")
    found = statement("?", row(label, "5", header=("Commodity", "2024"), source=source))
    assert commodity_agreement(found) == agreement


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
    assert refers_back(statement("?", text)) is refers


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("References", True),
        ("Sources used", True),
        ("Notes | Bibliography", True),
        ("Sources of supply", False),
        ("Resources", False),
    ],
)
def test_a_list_of_references_is_told_by_its_heading(section: str, expected: bool) -> None:
    assert is_reference(statement("?", prose("Lynas, report of 2024.", section))) is expected


def test_texts_of_a_row_go_from_its_chosen_cells_to_the_passage() -> None:
    price = Cell("5", 0, 0, "2024", 2024, "dollars", notes=("Estimated",))
    stocks = Cell("6", 0, 0, "Stocks", 0, "barrels", notes=("Rounded",))
    item = row("Oxide", price, stocks, caption="Prices", section="Market")
    found = scopes(statement("What in 2024?", item))
    assert found.own == (
        "Oxide — 2024: 5 (Prices; dollars) | Oxide | 5 | 6 | Prices | 2024 | dollars | Estimated"
    )
    assert found.near == "Market | Prices | Annual Report |  |  | report md"
    assert found.passage == "Oxide | 5 | 6"


def test_texts_of_prose_are_its_words_then_section_and_source_then_the_passage() -> None:
    found = scopes(statement("?", prose("It opened. Sales were small there.", "Results")))
    assert found.own == "Sales were small there."
    assert found.near == "Results |  | Annual Report |  |  | report md"
    assert found.passage == "It opened. Sales were small there."


def test_a_row_of_another_element_is_not_told_of_the_one_in_the_title() -> None:
    (dysprosium,) = required("What share of dysprosium came from abroad?").subjects
    found = row("Erbium", "40", caption="Origin of imports", section="Dysprosium and its like")
    assert subject_agreement(dysprosium, statement("What share?", found)) == 0.3
    own = row("Dysprosium", "40", caption="Origin of imports")
    assert subject_agreement(dysprosium, statement("What share?", own)) == 1.0


def test_things_that_only_stand_side_by_side_are_asked_for_each() -> None:
    asked = required("What share of US dysprosium was imported?")
    statement_of_another = statement(asked.question.text, "Of US terbium 100% was imported.")
    least, rival = subjects_agreement(asked, statement_of_another)
    assert (least, rival) == (0.0, 0.0)
