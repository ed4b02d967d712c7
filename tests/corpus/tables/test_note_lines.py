import pytest

from corpus.tables.note_lines import begins_note, is_key_line, read_notes, split_marks


@pytest.mark.parametrize(
    ("line", "entries", "legend"),
    [
        (
            "(:) not available; (p) provisional; (e) estimated",
            {"p": "provisional", "e": "estimated"},
            {":": ": not available"},
        ),
        ("(¹) Including re-exports.", {"1": "Including re-exports."}, {}),
        ("¹ Design capacity; not all lines run.", {"1": "Design capacity; not all lines run."}, {}),
        ("Notes: e = estimated.", {"e": "estimated."}, {}),
        ("a. Free on board China", {"a": "Free on board China"}, {}),
        (
            "NA = not available; W = withheld; – = zero",
            {},
            {"NA": "NA not available", "W": "W withheld", "–": "– zero"},
        ),
        ("n/a: not announced. – means none.", {}, {"n/a": "n/a not announced.", "–": "– none."}),
        (
            "Symbols: .. = not applicable, x = withheld",
            {"x": "withheld"},
            {"..": ".. not applicable"},
        ),
        (
            "eEstimated. rRevised. NA Not available. -- Zero.",
            {"e": "Estimated.", "r": "Revised."},
            {"NA": "NA Not available.", "--": "-- Zero."},
        ),
    ],
)
def test_keys_of_a_note_line_are_told_apart(
    line: str, entries: dict[str, str], legend: dict[str, str]
) -> None:
    notes = read_notes([line])
    assert (notes.entries, notes.legend, notes.general) == (entries, legend, ())
    assert begins_note(line)


def test_equations_behind_a_source_are_read_and_the_source_stays_general() -> None:
    notes = read_notes(["Source: customs, 2024. e = estimated, r = revised."])
    assert notes.entries == {"e": "estimated", "r": "revised."}
    assert notes.general == ("Source: customs, 2024.",)


@pytest.mark.parametrize(
    "line", ["Note: quantities are net weight.", "Figures are rounded (see annex), n = 12 mines."]
)
def test_ordinary_sentences_hold_no_keys(line: str) -> None:
    notes = read_notes([line])
    assert (notes.entries, notes.legend, notes.general) == ({}, {}, (line,))


def test_a_sign_in_a_figures_stead_is_explained_and_a_figure_is_not() -> None:
    notes = read_notes(["1 Revised.", "(c) confidential; (:) not available"])
    meanings = [notes.meaning(text) for text in ("c", ":", "1", "words")]
    assert meanings == ["confidential", ": not available", "", ""]


def test_only_explanations_are_surely_lines_of_keys() -> None:
    lines = ["¹ Design capacity", "Symbols: x = withheld", "The plant ran all year.", "a. Freed"]
    assert [is_key_line(line) for line in lines] == [True, True, False, True]


def test_raised_marks_are_digits() -> None:
    assert split_marks("(¹²), e") == ("12", "e")


@pytest.mark.parametrize("line", ["1C902 Samarium goods", "3A001 is controlled.", "1B901"])
def test_a_code_that_begins_with_a_figure_is_one_word_and_no_note(line: str) -> None:
    assert not begins_note(line)
    assert read_notes([line]).entries == {}


def test_the_number_of_a_note_may_stand_right_before_a_formula() -> None:
    assert read_notes(["1Y2O3 content."]).entries == {"1": "Y2O3 content."}
    assert read_notes(["1Data of 2C902 goods."]).entries == {"1": "Data of 2C902 goods."}
