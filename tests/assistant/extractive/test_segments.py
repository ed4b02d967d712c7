"""The stretches of a passage that can be read on their own."""

import pytest

from assistant.extractive.segments import Segment, segments
from corpus.document import Context
from index.passage import Passage


def passage(text: str, section: str = "") -> Passage:
    context = Context(section=section)
    return Passage("s:1:0", "s", 1, "1", 0, len(text), text, "prose", context)


def texts(text: str, section: str = "") -> list[str]:
    return [one.text for one in segments(passage(text, section))]


def test_label_line_is_read_with_the_value_below_it() -> None:
    told = texts("Accession Number:\n\nAD1003100\n\nTitle:\n\nManaging risks in supply\n\nNote:")
    assert told == ["Accession Number: AD1003100", "Title: Managing risks in supply"]


def test_value_that_is_all_of_a_section_is_read_with_its_heading() -> None:
    text = "None."
    assert segments(passage(text, "Yttrium › Government Stockpile")) == (
        Segment(0, len(text), "Government Stockpile: None."),
    )
    assert texts("None.") == []


def test_lead_in_is_read_with_its_items() -> None:
    told = texts(
        "(1) Materials covered here.\n\nThe term “material” means\n\n(A) magnets;\n\n"
        "(B) alloys.\n\n(2) Nations covered here."
    )
    assert told == [
        "(1) Materials covered here.",
        "The term “material” means (A) magnets; (B) alloys.",
        "(2) Nations covered here.",
    ]


def test_sentence_after_a_list_is_no_item_of_it() -> None:
    told = texts("It covers the following:\n\n- red ore;\n- blue ore.\n\nNothing else is covered.")
    assert told == ["It covers the following: - red ore; - blue ore.", "Nothing else is covered."]


def test_items_of_a_long_list_each_carry_the_lead_in() -> None:
    items = [f"({letter}) {letter * 300} is one of them." for letter in "ABC"]
    told = texts("\n\n".join(("The term means", *items)))
    assert told == [f"The term means {item}" for item in items]


def test_too_long_sentence_is_parted_where_its_clauses_end() -> None:
    clauses = [f"Having regard to Article {n} of the Treaty {'x' * 90}," for n in range(7)]
    assert texts("\n".join((*clauses, "the Council decides so."))) == [
        *clauses,
        "the Council decides so.",
    ]


def test_long_words_without_clauses_are_no_statement() -> None:
    assert texts("figure " * 100) == []


def test_fields_of_a_form_stand_each_by_itself() -> None:
    told = texts("Date of issue: 1 May 2024\nIssued by: the Ministry\nNumber of pages: 12 pages")
    assert told == [
        "Date of issue: 1 May 2024",
        "Issued by: the Ministry",
        "Number of pages: 12 pages",
    ]


def test_fields_made_for_programs_are_no_statements() -> None:
    assert texts("attribute: a chapter of it\ndefinition: what holds the data") == []


@pytest.mark.parametrize(
    "text",
    [
        "Accession Number:\n\nAD1003100\n\nTitle:\n\nManaging  risks in supply",
        "The term\nmeans\n\n(A) red  magnets;\n\n(B) alloys of iron.\n\nIt ends here now.",
        "\n".join(f"Having regard to Article {n} {'x' * 90}," for n in range(9)),
    ],
)
def test_quote_is_one_stretch_of_the_passage(text: str) -> None:
    found = segments(passage(text))
    assert found
    assert all(" ".join(text[one.start : one.end].split()) == one.text for one in found)


def test_sentence_that_breaks_off_before_items_leads_into_them() -> None:
    told = texts("(1) Duty\n\nThe duty is equal to\n\n(a) 5 percent,\n\n(b) 9 percent.\n\n(2) Term")
    assert told == ["The duty is equal to (a) 5 percent, (b) 9 percent."]


def test_points_without_a_stop_are_not_led_in_by_the_first() -> None:
    assert texts("- red ore is dug here\n- blue ore is sold there") == [
        "red ore is dug here",
        "blue ore is sold there",
    ]


def test_sentence_before_a_colon_leads_into_the_next() -> None:
    told = texts("All the changes are described below:\n\nA note was cut.\n\nIt ends here.")
    assert told == [
        "All the changes are described below: A note was cut.",
        "It ends here.",
    ]


def test_numbered_steps_are_led_in_by_their_heading() -> None:
    text = "1. Ore is crushed.\n2. Acid takes it up.\n3. It is dried.\n\nThe mill opens at nine."
    told = segments(passage(text, "Works › From ore to salt"))
    assert [one.text for one in told] == [
        "From ore to salt: 1. Ore is crushed. 2. Acid takes it up. 3. It is dried.",
        "The mill opens at nine.",
    ]
    assert text[told[0].start : told[0].end] == text[3 : text.index("\n\n")]


def test_long_numbered_points_stand_each_by_itself() -> None:
    items = [f"{n}. Ore {'x' * 300} is crushed." for n in (1, 2, 3)]
    assert len(texts("\n".join(items), "Steps")) == 3


def test_a_rule_above_a_sentence_is_no_part_of_it() -> None:
    assert texts("-----------\nFirst posted in May 2024") == ["First posted in May 2024"]
