"""Words and lines from glyphs: footnote marks are told from figures by size and place."""

import pytest
from printed_pages import LEFT, Ink, Printed, read_lines

from corpus.pdf.glyphs.visible import Glyph
from corpus.pdf.lines import Line, Word, find_lines, find_words


def glyphs(
    text: str, x: float = 60, y: float = 700, size: float = 10, gap: float = 0
) -> list[Glyph]:
    """Return glyphs half as wide as they are high."""
    step = size / 2 + gap
    return [
        Glyph(sign, x + n * step, x + n * step + size / 2, y, size) for n, sign in enumerate(text)
    ]


def marked(page: list[Printed]) -> list[str]:
    """Return the lines of a printed page with its footnote marks in brackets."""
    return [
        " ".join(f"[{word.text}]" if word.mark else word.text for word in line)
        for line in read_lines(page)[0]
    ]


def word(text: str, x0: float, y: float = 700, size: float = 10) -> Word:
    """Return a word half as wide a sign as it is high."""
    return Word(text, x0, x0 + len(text) * size / 2, y, size)


def test_words_end_at_spaces_and_at_gaps_as_good_as_spaces() -> None:
    shown = [*glyphs("Mine output"), *glyphs("2025", x=60 + 11 * 5 + 2)]
    assert [found.text for found in find_words(shown)] == ["Mine", "output", "2025"]


def test_letters_set_a_little_apart_stay_one_word() -> None:
    assert [found.text for found in find_words(glyphs("REO", gap=1.5))] == ["REO"]


def test_word_ends_where_the_baseline_or_the_size_changes() -> None:
    shown = [*glyphs("100"), *glyphs("2", x=75, y=703), *glyphs("km", x=80, size=7)]
    assert [found.text for found in find_words(shown)] == ["100", "2", "km"]


def test_text_written_up_the_margin_is_left_out() -> None:
    aside = [Glyph(sign, 20, 30, 300 + 6 * n, 10, turn=1) for n, sign in enumerate("DRAFT")]
    assert [found.text for found in find_words([*aside, *glyphs("Mine")])] == ["Mine"]


def test_word_reaches_from_its_first_glyph_to_its_last() -> None:
    (found,) = find_words(glyphs("Mine", x=100, y=650))
    assert found == Word("Mine", 100, 120, 650, 10)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("7,200^12^", "7,200 [12]"),
        ("^12^7,200", "[12] 7,200"),
        ("Mine production^e^", "Mine production [e]"),
        ("Reserves^e, 10^ of ores", "Reserves [e,] [10] of ores"),
        ("iPhone^(1)^", "iPhone [(1)]"),
        ("Total assets^*^", "Total assets [*]"),
        ("Total assets^\u2020^", "Total assets [\u2020]"),
        ("areas of 10 km^2^ and more", "areas of 10 km 2 and more"),
        ("about 3.5 \u00d7 10^6^ tons", "about 3.5 \u00d7 10 6 tons"),
        ("wells of 40 m^3^", "wells of 40 m 3"),
        ("the program^2^ of last year", "the program [2] of last year"),
        ("The company^Trademark^ mines.", "The company Trademark mines."),
    ],
)
def test_small_raised_words_are_marks_unless_they_are_exponents(printed: str, read: str) -> None:
    assert marked([printed]) == [read]


def test_mark_before_a_figure_is_no_digit_of_it() -> None:
    page: list[Printed] = [[Ink(LEFT, "Nigeria"), Ink(330, "^12^7,200", "right")]]
    assert marked(page) == ["Nigeria [12] 7,200"]


def test_subscript_is_kept_on_the_line_of_its_word() -> None:
    line = [word("Y", 60), word("2", 65, 698, 6.5), word("O", 68.5), word("3", 73.5, 698, 6.5)]
    ((*found,),) = find_lines(line)
    assert [(part.text, part.y, part.mark) for part in found] == [
        ("Y", 700, False),
        ("2", 700, False),
        ("O", 700, False),
        ("3", 700, False),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("6,300\u00b9\u00b3", [("6,300", False), ("\u00b9\u00b3", True)]),
        ("production\u2074", [("production", False), ("\u2074", True)]),
        ("\u00b9\u00b27,200", [("\u00b9\u00b2", True), ("7,200", False)]),
        ("km\u00b2", [("km\u00b2", False)]),
        ("10km\u00b2", [("10km\u00b2", False)]),
        ("\u00d710\u2076", [("\u00d710\u2076", False)]),
    ],
)
def test_superscript_characters_at_a_words_edge_are_marks_unless_exponents(
    text: str, parts: list[tuple[str, bool]]
) -> None:
    assert [(found.text, found.mark) for found in find_words(glyphs(text))] == parts


def test_second_mark_beside_the_first_is_a_mark_too() -> None:
    # Further from the word than a mark may stand, so that only the first mark tells.
    line = [word("Total", 60), word("e", 86, 704, 6), word("2", 92, 704, 6)]
    ((*found,),) = find_lines(line)
    assert [(part.text, part.mark, part.y) for part in found] == [
        ("Total", False, 700),
        ("e", True, 700),
        ("2", True, 700),
    ]


def test_small_print_by_itself_is_no_mark() -> None:
    lines = find_lines([word("Mines", 60), word("12", 300, 640, 6)])
    assert [[(part.text, part.mark) for part in line] for line in lines] == [
        [("Mines", False)],
        [("12", False)],
    ]


def test_raised_words_nearly_as_large_as_their_neighbour_are_no_marks() -> None:
    ((*found,),) = find_lines([word("of", 60), word("6", 71, 703, 9)])
    assert [part.mark for part in found] == [False, False]


def test_mark_set_apart_before_a_note_belongs_to_the_note() -> None:
    page: list[Printed] = [[Ink(LEFT, "^13^"), Ink(LEFT + 18, "Data in gross weight.")]]
    assert marked(page) == ["[13] Data in gross weight."]


def test_lines_run_from_top_to_bottom_and_words_from_left_to_right() -> None:
    words = [word("2025", 300), word("Nigeria", 60, 688), word("Country", 60), word("20", 300, 688)]
    lines: list[Line] = find_lines(words)
    assert [[part.text for part in line] for line in lines] == [
        ["Country", "2025"],
        ["Nigeria", "20"],
    ]


def test_words_a_hair_off_the_baseline_share_its_line() -> None:
    assert len(find_lines([word("Country", 60), word("2025", 300, 701.5)])) == 1


def test_words_printed_over_one_another_are_two_lines() -> None:
    assert len(find_lines([word("Total", 60), word("Sales", 62, 698)])) == 2


def test_page_without_words_has_no_lines() -> None:
    assert find_lines(find_words([])) == []
