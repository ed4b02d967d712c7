"""Notes at the foot of tables and pages, and the signs that a legend explains."""

import pytest
from printed_pages import LEFT, Ink, Printed, read_stored, row

from corpus.pdf.tabular.notes import Note, Notes, find_notes
from corpus.pdf.tabular.tables import find_tables


def notes(*lines: str, gap: float = 0.0) -> Notes:
    """Return the notes of a page that holds nothing else but a line of text."""
    page: list[Printed] = ["Mines of the country shipped more ore than in the year before.", 12.0]
    for line in lines:
        page += [Ink(LEFT, line, size=8), gap]
    return find_notes(read_stored(page).lines, [])


def entries(*lines: str, gap: float = 0.0) -> list[tuple[str, str]]:
    return [(note.mark, note.text) for note in notes(*lines, gap=gap).entries]


def test_each_note_begins_with_its_mark() -> None:
    assert entries("^11^Based on import data.", "^12^See Appendix C.") == [
        ("11", "Based on import data."),
        ("12", "See Appendix C."),
    ]


def test_note_of_several_lines_is_whole() -> None:
    assert entries(
        "^12^For Australia, reserves compliant with the", "code were 3.3 million tons."
    ) == [("12", "For Australia, reserves compliant with the code were 3.3 million tons.")]


def test_text_apart_from_a_note_is_no_part_of_it() -> None:
    assert entries("^12^See Appendix C.", "Prepared by a geologist.", gap=14) == [
        ("12", "See Appendix C.")
    ]


def test_text_of_another_size_is_no_part_of_a_note() -> None:
    page: list[Printed] = [
        Ink(LEFT, "^2^See Appendix C.", size=7),
        Ink(LEFT, "Prices rose.", size=9),
    ]
    assert [note.text for note in find_notes(read_stored(page).lines, []).entries] == [
        "See Appendix C."
    ]


@pytest.mark.parametrize(
    ("line", "mark", "text"),
    [
        ("(1) Includes Scandium.", "1", "Includes Scandium."),
        ("(a) Includes Scandium.", "a", "Includes Scandium."),
        ("* Includes Scandium.", "*", "Includes Scandium."),
        ("\u2020 Includes Scandium.", "\u2020", "Includes Scandium."),
        ("**Includes Scandium.", "**", "Includes Scandium."),
    ],
)
def test_mark_in_ordinary_type_begins_a_note(line: str, mark: str, text: str) -> None:
    assert entries(line) == [(mark, text)]


@pytest.mark.parametrize(
    "line", ["(see below) and more.", "2025 was a good year.", "(1,200) tons."]
)
def test_line_without_a_mark_is_no_note(line: str) -> None:
    assert entries(line) == []


def test_notes_on_one_line_are_told_apart() -> None:
    assert entries("^e^Estimated. ^r^Revised.") == [("e", "Estimated."), ("r", "Revised.")]


def test_legend_explains_its_signs_and_is_no_part_of_the_note() -> None:
    found = notes("^e^Estimated. NA Not available. W Withheld. \u2014 Zero.")
    assert [note.text for note in found.entries] == ["Estimated."]
    assert found.legend == {
        "NA": "NA Not available.",
        "W": "W Withheld.",
        "\u2014": "\u2014 Zero.",
    }


def test_legend_of_net_exporter_is_read() -> None:
    assert notes("^e^Estimated. E Net exporter. NA Not available.").legend == {
        "E": "E Net exporter.",
        "NA": "NA Not available.",
    }


def test_notes_begin_where_they_stand_in_the_text() -> None:
    page: list[Printed] = ["Mines shipped.", 10.0, Ink(LEFT, "^1^See Appendix C.", size=8)]
    stored = read_stored(page)
    assert find_notes(stored.lines, []).starts == {stored.text.index("See")}


def test_notes_are_given_once_each_and_only_for_known_marks() -> None:
    found = Notes((Note("1", "One.", 5), Note("2", "Two.", 6)))
    assert found.of(["2", "9", "1", "2"], below=0) == ("Two.", "One.")


def test_note_below_a_table_goes_before_one_above_it() -> None:
    found = Notes((Note("1", "Of the first table.", 5), Note("1", "Of the second.", 20)))
    assert found.of(["1"], below=3) == ("Of the first table.",)
    assert found.of(["1"], below=10) == ("Of the second.",)


def test_note_above_serves_where_there_is_none_below() -> None:
    assert Notes((Note("1", "Above.", 5),)).of(["1"], below=10) == ("Above.",)


def test_notes_of_a_later_page_count_after_those_of_this_one() -> None:
    own = Notes((Note("1", "Own.", 8),), {"NA": "NA Not available."})
    later = Notes(
        (Note("1", "Later.", 2), Note("2", "Two.", 3)), {"NA": "NA Other.", "W": "W Withheld."}
    )
    both = own.and_then(later, shift=10)
    assert both.of(["1", "2"], below=5) == ("Own.", "Two.")
    assert both.of(["1"], below=9) == ("Later.",)
    assert both.legend == {"NA": "NA Not available.", "W": "W Withheld."}


def test_rows_of_a_table_are_no_notes() -> None:
    page: list[Printed] = [
        row("", "2024", "2025", at=(330, 400)),
        row("(1) Nigeria", "1,500", "1,500", at=(330, 400)),
        row("(2) Thailand", "2,100", "4,800", at=(330, 400)),
    ]
    lines = read_stored(page).lines
    assert find_notes(lines, find_tables(lines, None)).entries == ()
