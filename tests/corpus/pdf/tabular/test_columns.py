"""Columns of a table, and the heads that are set over them."""

import pytest

from corpus.pdf.stored_text import Token
from corpus.pdf.tabular.columns import Column, column_of, find_columns, stack_heads, whole_cells
from corpus.pdf.tabular.segments import Segment

SIZE = 10.0


def seg(text: str, x0: float, x1: float, y: float = 0.0) -> Segment:
    """Return a segment whose words share its width."""
    words = text.split()
    step = (x1 - x0) / len(words)
    tokens = tuple(
        Token(
            word, 0, len(word), x0 + n * step, x0 + (n + 1) * step - (n + 1 < len(words)) * 3, SIZE
        )
        for n, word in enumerate(words)
    )
    return Segment(tokens, y)


def figures(*rights: float, width: float = 25) -> list[Segment]:
    """Return figures that end at these places."""
    return [seg("1,000", right - width, right) for right in rights]


def heads(
    lines: list[list[Segment]], columns: list[Column], cells: list[Column] | None = None
) -> list[str]:
    """Return the words stacked over each column."""
    stacks = stack_heads(lines, columns, cells or columns, SIZE)
    return [" ".join(part.text for part in stack) for stack in stacks]


THREE = [Column(200, 230), Column(300, 330), Column(400, 430)]
FOUR = [Column(200, 230), Column(270, 300), Column(370, 400), Column(440, 470)]


def test_columns_reach_over_all_of_their_values() -> None:
    rows = [figures(300, 400), figures(300, 400, width=40), figures(300, 400, width=10)]
    assert find_columns(rows, SIZE) == (Column(260, 300), Column(360, 400))


def test_column_that_most_rows_leave_empty_is_found() -> None:
    rows = [figures(300), figures(300), figures(300, 400)]
    assert find_columns(rows, SIZE) == (Column(275, 300), Column(375, 400))


def test_columns_whose_figures_overlap_are_told_by_the_fullest_rows() -> None:
    # A long figure reaches into the column before it.
    rows = [figures(300, 330), [seg("12,345,678", 285, 330)], figures(300, 330)]
    assert len(find_columns([figures(300, 330, width=20), rows[1]], SIZE)) == 2


def test_values_centred_and_flush_right_in_one_column_are_one() -> None:
    rows = [[seg("7,200", 275, 300)], [seg("\u2014", 265, 272)], [seg("NA", 288, 300)]]
    assert len(find_columns(rows, SIZE)) == 1


def test_stray_sign_in_one_row_of_many_makes_no_column() -> None:
    rows = [figures(300, 400) for _ in range(9)]
    stray = [*figures(300, 400), seg("\u2014", 500, 505)]
    assert len(find_columns([*rows, stray], SIZE)) == 2


def test_column_of_figures_begins_behind_the_currency_sign_and_its_cells_before_it() -> None:
    rows = [[seg("$ 82,959", 200, 260)], [seg("19,604", 232, 260)]]
    columns = find_columns(rows, SIZE)
    assert columns == (Column(230, 260),)
    assert whole_cells(rows, columns) == (Column(200, 260),)


@pytest.mark.parametrize(
    ("x0", "x1", "number"),
    [(205, 230, 0), (290, 312, 1), (232, 240, 0), (360, 385, 2), (480, 500, 2)],
)
def test_value_belongs_to_the_column_it_stands_in_or_nearest_to(
    x0: float, x1: float, number: int
) -> None:
    assert column_of(seg("NA", x0, x1), THREE) == number


def test_each_head_goes_over_its_own_column() -> None:
    line = [seg("2023", 205, 225), seg("2024", 305, 325), seg("2025", 405, 425)]
    assert heads([line], THREE) == ["2023", "2024", "2025"]


@pytest.mark.parametrize(
    ("x0", "x1"), [(225, 305), (200, 260), (215, 330)], ids=["centred", "flush left", "flush right"]
)
def test_spanning_head_goes_over_all_of_its_columns(x0: float, x1: float) -> None:
    lines = [
        [seg("Mine production", x0, x1, y=12)],
        [seg("2024", 210, 230), seg("2025", 310, 330), seg("Reserves", 395, 430)],
    ]
    assert heads(lines, THREE) == ["Mine production 2024", "Mine production 2025", "Reserves"]


def test_two_spanning_heads_share_the_columns_between_them() -> None:
    lines = [
        [seg("Three Months Ended", 205, 295, y=12), seg("Nine Months Ended", 375, 465, y=12)],
        [
            seg("2022", 205, 230),
            seg("2021", 275, 300),
            seg("2022", 375, 400),
            seg("2021", 445, 470),
        ],
    ]
    assert heads(lines, FOUR) == [
        "Three Months Ended 2022",
        "Three Months Ended 2021",
        "Nine Months Ended 2022",
        "Nine Months Ended 2021",
    ]


def test_three_levels_of_heads_are_read_from_top_to_bottom() -> None:
    lines = [
        [seg("World trade in rare earths", 250, 420, y=24)],
        [seg("Imports", 230, 270, y=12), seg("Exports", 400, 440, y=12)],
        [
            seg("2024", 205, 230),
            seg("2025", 275, 300),
            seg("2024", 375, 400),
            seg("2025", 445, 470),
        ],
    ]
    assert heads(lines, FOUR) == [
        "World trade in rare earths Imports 2024",
        "World trade in rare earths Imports 2025",
        "World trade in rare earths Exports 2024",
        "World trade in rare earths Exports 2025",
    ]


def test_head_of_several_lines_is_read_as_one() -> None:
    lines = [
        [seg("Net import", 190, 240, y=24)],
        [seg("reliance as", 188, 242, y=12), seg("Import", 300, 330, y=12)],
        [seg("a percentage", 186, 244), seg("sources", 298, 332), seg("Duty", 408, 430)],
    ]
    assert heads(lines, THREE) == ["Net import reliance as a percentage", "Import sources", "Duty"]


def test_head_over_one_column_does_not_spread_to_a_column_without_one() -> None:
    lines = [[seg("2024", 205, 225), seg("2025", 305, 325)]]
    assert heads(lines, THREE) == ["2024", "2025", ""]


def test_column_in_the_middle_without_a_head_has_none() -> None:
    lines = [[seg("2024", 205, 225), seg("2025", 405, 425)]]
    assert heads(lines, THREE) == ["2024", "", "2025"]


def test_head_over_the_currency_sign_belongs_to_the_figures_behind_it() -> None:
    columns = [Column(230, 260), Column(330, 360)]
    cells = [Column(200, 260), Column(300, 360)]
    line = [seg("2022", 215, 245), seg("2021", 315, 345)]
    assert heads([line], columns, cells) == ["2022", "2021"]


def test_table_without_heads_has_empty_stacks() -> None:
    assert stack_heads([], THREE, THREE, SIZE) == ((), (), ())
