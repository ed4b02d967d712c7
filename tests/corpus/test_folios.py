"""Printed page labels, from the file's own and from what is printed on its pages."""

import pytest

from corpus.folios import is_folio, page_labels

BODY = "Some text of a page\nthat goes on for two lines"


def pages(*folios: str) -> list[str]:
    """Return page texts that end with these lines."""
    return [f"{BODY}\n{folio}" for folio in folios]


def test_labels_of_the_file_are_taken_as_they_are() -> None:
    assert page_labels(pages("7", "8", "9"), ["i", "ii", "A-3"]) == ("i", "ii", "A-3")


@pytest.mark.parametrize("own", [["1", "2"], [], ["i", ""], ["i"]])
def test_labels_of_the_file_that_say_nothing_give_way_to_folios(own: list[str]) -> None:
    assert page_labels(pages("152", "153"), own) == ("152", "153")


def test_folios_may_stand_at_the_top_after_the_word_page_or_behind_a_bar() -> None:
    texts = [f"144\n{BODY}", f"{BODY}\nPage 145", f"{BODY}\nRare earths | 146"]
    assert page_labels(texts, []) == ("144", "145", "146")


def test_page_without_a_folio_keeps_its_number() -> None:
    assert page_labels([*pages("11"), BODY, *pages("13")], []) == ("11", "2", "13")


def test_figures_on_last_lines_that_do_not_count_up_are_no_folios() -> None:
    assert page_labels(pages("500", "17", "3"), []) == ("1", "2", "3")


def test_roman_folios_before_arabic_ones_are_kept() -> None:
    assert page_labels(pages("iv", "1", "2", "3"), []) == ("iv", "1", "2", "3")


def test_pages_that_print_nothing_are_numbered() -> None:
    assert page_labels([BODY, BODY], []) == ("1", "2")


@pytest.mark.parametrize(
    ("line", "label", "folio"),
    [
        ("152", "152", True),
        (" page 152 ", "152", True),
        ("152", "153", False),
        ("152 tons", "152", False),
        ("iv", "iv", True),
        ("A-3", "A-3", True),
    ],
)
def test_a_line_is_a_folio_where_it_holds_only_the_label(
    line: str, label: str, folio: bool
) -> None:
    assert is_folio(line, label) is folio
