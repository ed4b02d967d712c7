"""Tables of placed cells: heads, groups, dittos, units, notes, and rows in long form."""

import pytest

from corpus.document import Block, Cell
from corpus.tables.grid import table_blocks
from corpus.tables.grid_rows import About
from corpus.tables.lines import Placed
from corpus.tables.note_lines import read_notes


def placed(table: str) -> list[list[Placed]]:
    """Return the cells of lines parted by bars; spaces in front of a label are its indent."""
    rows = []
    start = 0
    for line in table.strip("\n").split("\n"):
        row, at = [], start
        for part in line.split("|"):
            words = part.strip()
            begins = at + len(part) - len(part.lstrip())
            row.append(Placed(words, begins, begins + len(words), indent=begins - at))
            at += len(part) + 1
        rows.append(row)
        start += len(line) + 1
    return rows


def blocks_of(table: str, notes: tuple[str, ...] = (), caption: str = "") -> tuple[Block, ...]:
    """Return the blocks of a table of lines, whose labels alone are indented."""
    rows = [[row[0], *(Placed(c.text, c.start, c.end) for c in row[1:])] for row in placed(table)]
    return table_blocks(rows, About(caption=caption, notes=read_notes(notes)))


def paths(blocks: tuple[Block, ...]) -> list[str]:
    """Return the groups and label of each row."""
    return [": ".join(filter(None, (b.context.caption, b.cells[0].text))) for b in blocks]


def test_heads_that_span_columns_name_them_together() -> None:
    (row,) = blocks_of("|2021|2021|2022|2022\nCountry|Quantity|Value|Quantity|Value\nChina|1|2|3|4")
    assert [(cell.column, cell.year) for cell in row.cells] == [
        ("Country", 0),
        ("2021 > Quantity", 2021),
        ("2021 > Value", 2021),
        ("2022 > Quantity", 2022),
        ("2022 > Value", 2022),
    ]


def test_year_of_an_edition_is_not_that_of_the_figure() -> None:
    (row,) = blocks_of("Item|2024, MCS 2025|2024 (MCS 2026)|MCS 2026\nReliance|80|53|7")
    assert [cell.year for cell in row.cells[1:]] == [2024, 2024, 2026]


def test_head_printed_once_over_evenly_parted_columns_is_spread() -> None:
    (row,) = blocks_of("|2021||2022|\nCountry|Quantity|Value|Quantity|Value\nChina|1|2|3|4")
    assert [cell.column for cell in row.cells[1:]] == [
        "2021 > Quantity",
        "2021 > Value",
        "2022 > Quantity",
        "2022 > Value",
    ]


def test_head_in_two_lines_is_one_name_and_spreads_to_no_neighbour() -> None:
    (row,) = blocks_of("|Purity||\nOxide|(percent)|2021|2022\nYttrium|99.9|6|12")
    assert [(cell.column, cell.unit) for cell in row.cells[1:]] == [
        ("Purity (percent)", "percent"),
        ("2021", ""),
        ("2022", ""),
    ]


def test_label_alone_below_the_heads_is_a_group() -> None:
    blocks = blocks_of("|2023|2024\nNet sales:||\nProducts|1|2\nTotal|3|4\nEarnings|5|6")
    assert paths(blocks) == ["Net sales: Products", "Net sales: Total", "Earnings"]


def test_row_of_words_below_a_label_head_is_no_head() -> None:
    rows = blocks_of("Mine|State|2024\nOne|closed|\nTwo|open|15")
    assert [row.cells[0].text for row in rows] == ["One", "Two"]


INDENTED = """
Category|2024
Exports:|
 Oxides:|
  Cerium|1
  Other|2
   Total|3
 Metals|4
Total, exports|5
Imports:|
 Oxides|6
  Grand total|7
"""


def test_labels_without_figures_govern_the_rows_set_further_right() -> None:
    assert paths(blocks_of(INDENTED)) == [
        "Exports: Oxides: Cerium",
        "Exports: Oxides: Other",
        "Exports: Oxides: Total",
        "Exports: Metals",
        "Total, exports",
        "Imports: Oxides",
        "Grand total",
    ]


def test_second_total_further_left_is_that_of_the_outer_group() -> None:
    table = "C|2024\nA:|\n B:|\n  x|1\n   Total|2\n  Total, a|3\n Grand total|4"
    assert paths(blocks_of(table)) == ["A: B: x", "A: B: Total", "A: Total, a", "Grand total"]


def test_group_without_indents_lasts_to_the_next_or_to_its_total() -> None:
    table = "C|2024\nImports: e, 4|\nx|1\nExports:|\ny|2\nTotal|3\nStocks|4"
    assert paths(blocks_of(table)) == ["Imports: x", "Exports: y", "Exports: Total", "Stocks"]


def test_label_across_the_whole_table_is_a_group() -> None:
    blocks = blocks_of("C|2023|2024\nMines|Mines|Mines\nx|1|2\nMetals|Metals|Metals\ny|3|4")
    assert paths(blocks) == ["Mines: x", "Metals: y"]


def test_group_row_with_a_tariff_number_is_a_row_as_well() -> None:
    blocks = blocks_of("C|HTS code|2024\nOxides:|2846.10.0010|\n China||5")
    assert paths(blocks) == ["Oxides:", "Oxides: China"]
    assert [(c.column, c.text, c.unit) for c in blocks[0].cells[1:]] == [
        ("HTS code", "2846.10.0010", ""),
        ("2024", "", ""),
    ]


def test_label_that_goes_on_in_the_next_line_is_one() -> None:
    table = "C|2024\nTotal estimated rare-earth-oxide|\n(REO) equivalent content|5"
    (row,) = blocks_of(table)
    assert row.cells[0].text == "Total estimated rare-earth-oxide (REO) equivalent content"
    assert row.start == table.index("Total")
    assert row.end == len(table)


def test_cell_of_words_that_goes_on_below_is_one_row() -> None:
    table = "Mineral|Place|La|Ce\nLoparite|Revda, Murmansk|25|50\n|Oblast||\nMonazite|Nangang|23|43"
    first, second = blocks_of(table)
    assert [cell.text for cell in first.cells] == ["Loparite", "Revda, Murmansk Oblast", "25", "50"]
    assert (first.start, first.end) == (table.index("Loparite"), table.index("Oblast") + 6)
    assert second.cells[0].text == "Monazite"


def test_ditto_marks_are_understood_and_keep_their_places() -> None:
    table = 'Mineral|Country|Place|Nd\nBastnaesite|China|A|18\nDo.|do.|B|13\nMonazite|"|C|20'
    rows = blocks_of(table)
    assert [row.cells[0].text for row in rows] == [
        "Bastnaesite > China > A",
        "Bastnaesite > China > B",
        "Monazite > China > C",
    ]
    label = rows[1].cells[0]
    assert table[label.start : label.end] == "Do.|do.|B"


def test_unit_column_gives_the_unit_of_its_row() -> None:
    table = (
        "||2021|2022\nProduction, REO equivalent|metric tons|1|2\nImports||3|4\n"
        "Exports|do.|5|6\nPrice|dollars per kilogram|7|8"
    )
    rows = blocks_of(table)
    assert [[(c.text, c.unit, c.basis) for c in row.cells[1:2]] for row in rows] == [
        [("1", "metric tons", "REO equivalent")],
        [("3", "metric tons", "")],
        [("5", "metric tons", "")],
        [("7", "dollars per kilogram", "")],
    ]


LONG = """
Commodity|Country|Statistic|Unit|Year|Value|Notes|Is critical
Rare Earths|China|Mine production|metric tons|2024|270,000|Estimated.|Yes
Rare Earths|China|Mine production|metric tons|2025|2000||Yes
Rare Earths|China|Price|dollars per kilogram|2021–24|69|F.o.b.|Yes
"""


def test_row_in_long_form_tells_its_value_by_its_other_columns() -> None:
    first, second, third = blocks_of(LONG.strip("\n"))
    label = "Rare Earths > China > Mine production"
    name = "Commodity > Country > Statistic"
    start = LONG.strip("\n").index("Rare Earths|")
    assert first.cells[0] == Cell(label, start, start + 33, name)
    assert [(c.text, c.column, c.year, c.unit, c.notes) for c in first.cells[1:]] == [
        ("270,000", "2024 > Value", 2024, "metric tons", ("Estimated.",)),
        ("Yes", "Is critical", 0, "", ()),
    ]
    # A figure that looks like a year is one where a column of figures holds it.
    assert [(c.text, c.year, c.unit) for c in second.cells[1:2]] == [("2000", 2025, "metric tons")]
    assert [(c.text, c.column, c.year) for c in third.cells[1:2]] == [("69", "2021–24 > Value", 0)]
    assert first.context.unit == "metric tons"


def test_words_and_units_of_machines_are_read() -> None:
    table = (
        "source_id|geography|metric|unit|year|value\n"
        "t8|Australiae|mine_production|metric_tons_reo_equivalent|2018|21000"
    )
    (row,) = blocks_of(table)
    assert [(c.text, c.column, c.unit, c.basis) for c in row.cells] == [
        ("Australiae > mine production", "geography > metric", "", ""),
        ("t8", "source id", "", ""),
        ("21000", "2018 > value", "metric tons", "REO equivalent"),
    ]


def test_unit_in_the_head_of_a_column_counts_before_that_of_the_row() -> None:
    (row,) = blocks_of("Country|Qty Unit|Qty|Value (US$)\nChina|kg|1000|25000")
    assert [(cell.text, cell.unit) for cell in row.cells[1:]] == [("1000", "kg"), ("25000", "US$")]


def test_basis_comes_from_the_note_that_states_the_same_unit() -> None:
    note = "(Data in metric tons, rare-earth-oxide (REO) equivalent, unless otherwise specified)"
    table = f"Country|Unit|Value|Notes\nChina|metric tons|5|{note}\nIndia|percent|6|{note}"
    assert [(row.cells[1].unit, row.cells[1].basis) for row in blocks_of(table)] == [
        ("metric tons", "rare-earth-oxide (REO) equivalent"),
        ("percent", ""),
    ]


def test_number_in_front_of_the_names_does_not_label_the_row() -> None:
    (row,) = blocks_of("Rank|Country|2024\n1|China|270,000")
    assert [(cell.text, cell.column) for cell in row.cells] == [
        ("China", "Country"),
        ("1", "Rank"),
        ("270,000", "2024"),
    ]


def test_notes_follow_their_marks_and_signs_their_legend() -> None:
    notes = (
        "eEstimated. rRevised. NA Not available. -- Zero.",
        "1Includes scandium.",
        "Source: X.",
    )
    table = [
        [Placed("Country", 0, 7), Placed("2024", 8, 12, ("e",)), Placed("2025", 13, 17)],
        [Placed("China", 18, 23, ("1",)), Placed("5", 24, 25), Placed("6", 26, 27, ("r",))],
        [Placed("India", 28, 33), Placed("NA", 34, 36), Placed("--", 37, 39)],
    ]
    china, india = table_blocks(table, About(notes=read_notes(notes)))
    assert [cell.notes for cell in china.cells] == [
        ("Includes scandium.",),
        ("Includes scandium.", "Estimated."),
        ("Revised.", "Includes scandium."),
    ]
    assert [cell.notes for cell in india.cells] == [
        (),
        ("Estimated.", "NA Not available."),
        ("-- Zero.",),
    ]
    assert india.context.notes == ("Estimated.", "NA Not available.", "-- Zero.", "Source: X.")


def test_mark_behind_a_figure_comes_off_where_a_note_explains_it() -> None:
    (row,) = blocks_of("Country|2024|2025\nThailand 5/|1,200e|5t", ("eEstimated.", "5/ Exports."))
    assert [(cell.text, cell.notes) for cell in row.cells] == [
        ("Thailand", ("Exports.",)),
        ("1,200", ("Estimated.", "Exports.")),
        ("5t", ("Exports.",)),
    ]
    assert row.cells[1].end - row.cells[1].start == len("1,200")


@pytest.mark.parametrize(
    ("column", "caption", "value", "unit", "basis"),
    [
        ("Gross weight (kilograms)", "", "5", "kilograms", "gross weight"),
        ("Unit value ($/t)", "Prices, in tons", "5", "$/t", ""),
        ("Value", "", "$5", "dollars", ""),
        ("Resource (Mt)", "", "5", "Mt", ""),
        ("Output (t REO)", "", "5", "t", "REO"),
        ("Share", "", "5%", "percent", ""),
        ("2024", "Production, in metric tons of REO", "5", "metric tons", "REO"),
        ("HTS code", "Production, in metric tons", "2846.10.0010", "", ""),
    ],
)
def test_unit_is_what_the_column_says_before_the_table(
    column: str, caption: str, value: str, unit: str, basis: str
) -> None:
    (row,) = blocks_of(f"Country|{column}\nChina|{value}", caption=caption)
    assert (row.cells[1].unit, row.cells[1].basis) == (unit, basis)


def test_year_of_groups_and_table_goes_to_figures_alone() -> None:
    (row,) = blocks_of("Mine|State|Output\nOne|open|15", caption="Mines in 2024")
    assert [(cell.text, cell.year) for cell in row.cells[1:]] == [("open", 0), ("15", 2024)]


def test_no_rows_give_no_blocks() -> None:
    assert table_blocks([], About()) == ()
    assert table_blocks([[Placed("A", 0, 1)], [Placed("", 2, 2)]], About()) == ()


def test_row_of_words_is_no_label_that_goes_on_in_a_row_of_its_own() -> None:
    table = "Date|Cost|Start\nOctober 2022|A$1.0 billion to A$1.2 billion|not stated\n"
    table += "first plan|not stated|2025\n2024|A$1.7 billion|2027"
    rows = blocks_of(table)
    assert [row.cells[0].text for row in rows] == ["October 2022", "first plan", "2024"]
    assert len({row.start for row in rows}) == len(rows)


def test_a_letter_at_a_year_that_no_note_explains_stays_with_the_year() -> None:
    rows = [
        [Placed("", 0, 0), Placed("2024", 1, 5), Placed("2025", 6, 10, marks=("e",))],
        [Placed("Cerium", 12, 18), Placed("4", 19, 20), Placed("5", 21, 22)],
    ]
    (row,) = table_blocks(rows, About())
    assert [cell.column for cell in row.cells] == ["", "2024", "2025e"]
    (row,) = table_blocks(rows, About(notes=read_notes(["e Estimated."])))
    assert [cell.column for cell in row.cells] == ["", "2024", "2025"]
