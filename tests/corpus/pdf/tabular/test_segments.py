"""Segments of a line: labels and values told apart by the gaps between them and by their form."""

import pytest
from printed_pages import LEFT, Ink, Printed, read_stored

from corpus.pdf.stored_text import Token
from corpus.pdf.tabular.segments import Segment, segments, split_heads


def cut(line: Printed) -> list[str]:
    """Return the segments of a printed line."""
    return [segment.text for segment in segments(read_stored([line]).lines[0])]


def segment(*words: str) -> Segment:
    """Return the segment of words a space apart."""
    tokens, x, at = [], 60.0, 0
    for word in words:
        tokens.append(Token(word, at, at + len(word), x, x + 5 * len(word), 10))
        x, at = x + 5 * len(word) + 3, at + len(word) + 1
    return Segment(tuple(tokens))


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            [Ink(LEFT, "Nigeria"), Ink(330, "1,500", "right"), Ink(400, "NA", "right")],
            ["Nigeria", "1,500", "NA"],
        ),
        (
            [Ink(LEFT, "Tanzania"), Ink(330, "\u2014", "right"), Ink(400, "W", "right")],
            ["Tanzania", "\u2014", "W"],
        ),
        # A currency sign stands far from its figure and belongs to it.
        (
            [
                Ink(LEFT, "Net sales"),
                Ink(280, "$"),
                Ink(330, "82,959", "right"),
                Ink(350, "$"),
                Ink(400, "81,434", "right"),
            ],
            ["Net sales", "$ 82,959", "$ 81,434"],
        ),
        # So do the parenthesis and the percent sign behind a figure.
        (
            [
                Ink(LEFT, "Other"),
                Ink(330, "(43", "right"),
                Ink(333, ")"),
                Ink(400, "(1.5", "right"),
                Ink(402, ")%"),
            ],
            ["Other", "(43 )", "(1.5 )%"],
        ),
        (
            [
                Ink(LEFT, "Change"),
                Ink(330, "2", "right"),
                Ink(336, "%"),
                Ink(400, "14", "right"),
                Ink(406, "%"),
            ],
            ["Change", "2 %", "14 %"],
        ),
        # Figures a narrow gap apart are two.
        (
            [Ink(LEFT, "Production"), Ink(330, "41,600", "right"), Ink(335, "45,500")],
            ["Production", "41,600", "45,500"],
        ),
        # A figure inside a label stays there.
        ("Notes due 2027 and later years", ["Notes due 2027 and later years"]),
        # Leaders to a figure are left out.
        (
            [Ink(LEFT, "Imports . . . . . . . ."), Ink(330, "450", "right")],
            ["Imports", "450"],
        ),
        ([Ink(LEFT, "Imports .........."), Ink(330, "450", "right")], ["Imports", "450"]),
    ],
)
def test_line_is_cut_between_label_and_values(line: Printed, parts: list[str]) -> None:
    assert cut(line) == parts


@pytest.mark.parametrize(
    "words",
    [
        ("7,200",),
        ("0.56",),
        (".5",),
        ("(43", ")"),
        ("$", "(43)"),
        ("$", "82,959"),
        ("US$1.2",),
        ("RMB", "300"),
        ("\u22121.5",),
        (">85,000,000",),
        ("<1",),
        ("45%",),
        ("2.9", "%"),
        ("12", "years"),
        ("10\u201315",),
        ("2025",),
        ("4,500r",),
        ("NA",),
        ("N/A",),
        ("W",),
        ("E",),
        ("XX",),
        ("\u2014",),
        ("\u2013",),
        ("--",),
        ("$", "\u2014"),
        ("\u2014", "%"),
    ],
)
def test_figures_and_the_signs_for_them_are_values(words: tuple[str, ...]) -> None:
    assert segment(*words).is_value


@pytest.mark.parametrize(
    "words",
    [
        ("Nigeria",),
        ("Ce2O3",),
        ("10-K",),
        ("2025", "2024"),
        ("Total",),
        ("$",),
        ("Note", "3"),
        (")",),
    ],
)
def test_words_and_several_figures_are_no_value(words: tuple[str, ...]) -> None:
    assert not segment(*words).is_value


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        (("$", "(43", ")"), "$(43)"),
        (("(1.5", ")%"), "(1.5)%"),
        (("$", "82,959"), "$82,959"),
        (("2", "%"), "2%"),
        (("12", "years"), "12 years"),
        (("NA",), "NA"),
        (("Magnets", "and", "alloys"), "Magnets and alloys"),
    ],
)
def test_figure_has_its_parts_put_together(words: tuple[str, ...], figure: str) -> None:
    assert segment(*words).figure == figure


@pytest.mark.parametrize(
    ("text", "is_year"),
    [
        ("2025", True),
        ("1998", True),
        ("2025e", True),
        ("FY2024", True),
        ("2,025", False),
        ("1500", False),
    ],
)
def test_years_are_told_from_other_figures(text: str, is_year: bool) -> None:
    assert segment(text).is_year is is_year


def test_figure_begins_behind_its_currency_sign() -> None:
    found = segment("$", "82,959")
    assert (found.x0, found.figure_x0) == (60, 68)


def test_segment_gives_the_marks_and_the_place_of_its_words() -> None:
    stored = read_stored(
        [[Ink(LEFT, "Nigeria"), Ink(330, "^12^1,500", "right"), Ink(400, "450^r^", "right")]]
    )
    found = segments(stored.lines[0])
    assert [part.marks for part in found] == [(), ("12",), ("r",)]
    assert [stored.text[part.start : part.end] for part in found] == ["Nigeria", "1,500", "450"]
    assert found[1].x1 == pytest.approx(330, abs=0.1)


def test_heads_are_cut_at_gaps_wider_than_a_space() -> None:
    stored = read_stored([[Ink(300, "Mine production"), Ink(372, "Reserves")]])
    (whole,) = segments(stored.lines[0])
    assert [part.text for part in split_heads(whole)] == ["Mine production", "Reserves"]
