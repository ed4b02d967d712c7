"""Printed tables that came as plain text: which lines and words are read as rows, and which not."""

import random
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.document import Block
from corpus.page_writer import PageWriter
from corpus.reading import read_document
from corpus.tables.levels import Levels
from corpus.text.blocks import find_blocks

LINES = """\
ZIRCON1

[Data in metric tons, zircon content, unless otherwise specified]

Use: Zircon was mined by one company in 2024.
Salient Statistics: 2020 2021 2022 2023 2024e
Production:e
Mineral concentrates2 39,000 42,400 — 41,600 45,000
Imports:e, 4
Ores ........ 6,510 7,690 10,700 8,920 8,000
Metals:
Sponge, alloys 270 330 395 259 W
Consumption, apparent5 6,490 7,900 10,200 10,100 6,600
Price, average, dollars per kilogram:6
Oxide, 99.5% minimum 2.10 2 1 1 1
Metal, 65% pure,
99.9% minimum 40–45 38–41 31 30 27
Employment, mine and mill 185 293 350 450 570
Net import reliance7, 8 as a percentage of apparent
consumption 100 >95 >95 E 80
Recycling: Small amounts were recovered in 2024.

eEstimated. E Net exporter. W Withheld. — Zero.
2Excludes sand.
4Gross weight is in the yearbook,
as are values.
"""
PLACES = """\
Data in metric tons unless otherwise specified.
World Mine Production and Reserves: Reserves were revised for two countries in 2024.
Mine productione Reserves11
2023 2024
Norland 41,600 45,000 1,900,000
Sudland 1216,000 1213,000 135,700,000
Ostia 140 20 21,000,000
Vestia 12310 12130 14NA
Insula 122,100 122,000 NA
World total (rounded) 60,000 60,000 >28,000,000

eEstimated. NA Not available.
12Derived from trade data.
13Of the code.
14Not reported since 2020.
"""


def _rows(text: str) -> list[Block]:
    return [block for block in find_blocks(text) if block.kind == "row"]


def _row(text: str, label: str) -> Block:
    return next(block for block in _rows(text) if block.cells[0].text == label)


def _told(text: str) -> list[tuple[str, str, list[str]]]:
    return [
        (row.context.caption, row.cells[0].text, [cell.text for cell in row.cells[1:]])
        for row in _rows(text)
    ]


def test_lines_below_years_are_rows_with_their_groups() -> None:
    assert [(caption, label) for caption, label, _ in _told(LINES)] == [
        ("Salient Statistics: Production", "Mineral concentrates"),
        ("Salient Statistics: Imports", "Ores"),
        ("Salient Statistics: Imports: Metals", "Sponge, alloys"),
        ("Salient Statistics", "Consumption, apparent"),
        ("Salient Statistics: Price, average, dollars per kilogram", "Oxide, 99.5% minimum"),
        (
            "Salient Statistics: Price, average, dollars per kilogram",
            "Metal, 65% pure, 99.9% minimum",
        ),
        ("Salient Statistics", "Employment, mine and mill"),
        ("Salient Statistics", "Net import reliance as a percentage of apparent consumption"),
    ]


def test_words_that_run_on_are_the_same_rows_as_lines() -> None:
    running = " ".join(line for line in LINES.split("\n") if line)

    assert _told(running) == _told(LINES)
    for one, other in zip(_rows(running), _rows(LINES), strict=True):
        assert [(c.text, c.year, c.measure, c.notes) for c in one.cells[1:4]] == [
            (c.text, c.year, c.measure, c.notes) for c in other.cells[1:4]
        ]


@pytest.mark.parametrize("text", [LINES, " ".join(LINES.split("\n")), PLACES])
def test_cells_stand_where_they_point(text: str) -> None:
    for row in _rows(text):
        assert [text[cell.start : cell.end] for cell in row.cells[1:]] == [
            cell.text for cell in row.cells[1:]
        ]
        assert text[row.start : row.end].startswith(text[row.cells[0].start : row.cells[0].end])


def test_blocks_stand_in_the_order_of_the_text_and_apart() -> None:
    for text in (LINES, " ".join(LINES.split("\n")), PLACES):
        blocks = find_blocks(text)

        assert all(one.end <= other.start for one, other in pairwise(blocks))
        assert blocks[-1].kind == "prose"


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Ores", "metric tons, zircon content"),
        ("Oxide, 99.5% minimum", "dollars per kilogram"),
        ("Employment, mine and mill", "number"),
        ("Net import reliance as a percentage of apparent consumption", "percent"),
    ],
)
def test_a_figure_has_the_unit_of_its_row_or_group_or_else_that_of_the_page(
    label: str, measure: str
) -> None:
    cell = _row(LINES, label).cells[2]

    assert (cell.column, cell.year, cell.measure) == ("2021", 2021, measure)


def test_marks_of_rows_groups_and_heads_give_their_notes() -> None:
    assert _row(LINES, "Mineral concentrates").cells[1].notes == ("Excludes sand.", "Estimated.")
    assert _row(LINES, "Ores").cells[1].notes == (
        "Estimated.",
        "Gross weight is in the yearbook, as are values.",
    )
    assert _row(LINES, "Sponge, alloys").cells[5].notes[-1] == "W Withheld."


def test_other_columns_stand_beside_the_years() -> None:
    row = _row(PLACES, "Norland")

    assert row.context.caption == "World Mine Production and Reserves"
    assert [(cell.column, cell.year) for cell in row.cells[1:]] == [
        ("Mine production > 2023", 2023),
        ("Mine production > 2024", 2024),
        ("Reserves", 0),
    ]


def test_marks_that_are_glued_to_figures_are_parted_from_them() -> None:
    told = {label: values for _, label, values in _told(PLACES)}

    assert told["Sudland"] == ["16,000", "13,000", "5,700,000"]
    assert told["Vestia"] == ["310", "130", "NA"]
    assert _row(PLACES, "Sudland").cells[1].notes == ("Derived from trade data.", "Estimated.")


def test_a_figure_with_or_without_a_mark_is_decided_by_the_total() -> None:
    assert _row(PLACES, "Insula").cells[1].text == "2,100"

    silent = PLACES.replace("World total (rounded) 60,000 60,000 >28,000,000\n", "")
    assert "Insula" not in [label for _, label, _ in _told(silent)]
    at = silent.index("Insula")
    assert any(b.kind == "prose" and b.start <= at < b.end for b in find_blocks(silent))


def test_figures_that_may_be_whole_are_left_as_they_are() -> None:
    whole = PLACES.replace("1216,000 1213,000", "16,000 13,000").replace("12310 12130", "310 130")

    assert _told(whole)[4] == (
        "World Mine Production and Reserves",
        "Insula",
        ["122,100", "122,000", "NA"],
    )


def test_a_row_that_lacks_a_value_stays_prose_and_its_group_holds() -> None:
    text = (
        "Prices 2021 2022 2023\nPrice, dollars per kilogram:\nErbium 5 6\nHolmium 7 8 9\n"
        "Terbium 10 11 12\n"
    )

    assert [(label, values) for _, label, values in _told(text)] == [
        ("Holmium", ["7", "8", "9"]),
        ("Terbium", ["10", "11", "12"]),
    ]
    assert _row(text, "Holmium").cells[1].unit == "dollars per kilogram"
    assert "Erbium 5 6" in [text[b.start : b.end].split("\n")[-1] for b in find_blocks(text)]


def test_a_lone_figure_among_running_words_may_be_another_rows() -> None:
    text = "Prices 2021 2022 2023 Yttrium 1 2 3 Erbium 5 Holmium 7 8 9 Terbium 4 5 6 Samarium 7 7 8"

    assert [label for _, label, _ in _told(text)] == ["Yttrium", "Terbium", "Samarium"]


def test_blocks_of_any_jumble_of_table_words_stand_apart() -> None:
    pieces = (
        "2021|2022e|2023|Imports:e, 4|Metals:|Oxide, 99.5% minimum|1,200|40–45|—|NA|1216,000|14NA|e"
        "|[2]|$|**|World total|Mine productione Reserves11|12Derived from it.|. . .|# Head|```|5"
    ).split("|")
    chance = random.Random(7)
    for _ in range(400):
        words = chance.choices(pieces, k=chance.randint(3, 60))
        text = "".join(word + chance.choice((" ", "  ", "\n", "\n\n", " | ")) for word in words)
        blocks = find_blocks(text)

        assert all(one.end <= other.start for one, other in pairwise(blocks)), text
        assert all(
            row.start <= cell.start <= cell.end <= row.end for row in blocks for cell in row.cells
        ), text


def test_indents_tell_the_groups_where_the_text_keeps_them() -> None:
    text = (
        "Output          2021   2022   2023\nEurope:\n  North            1      2      3\n"
        "  South            4      5      6\nAsia               7      8      9\n"
    )

    assert [(caption, label) for caption, label, _ in _told(text)] == [
        ("Europe", "North"),
        ("Europe", "South"),
        ("", "Asia"),
    ]


def test_a_numbered_caption_stands_above_the_head_of_the_labels() -> None:
    text = (
        "Table 2. Oxide prices, US$ per kilogram\nProduct 2024A 2025E 2026E\n"
        "Erbium $ 41 $ 43 $ 46\nHolmium $ 91 $ 67 $ 70\n"
    )
    row = _row(text, "Erbium")

    assert row.context.header == ("Product", "2024A", "2025E", "2026E")
    assert (row.cells[2].text, row.cells[2].year) == ("$43", 2025)
    assert row.cells[2].unit == "US$ per kilogram"


@pytest.mark.parametrize(
    "text",
    [
        "Output rose in 2021, 2022, and 2023 to 5, 6 and 7 tons.\nPrices were 1, 2 and 3 dollars.",
        "The plan covers 2024 2025 2026.\nIt names 3 plants, 4 mines and 5 ports in all.",
        "2021 2022 2023\n\nNews\nThe plant opened in May. It has 300 workers and 2 lines.",
        "Archive 2019 2020 2021 2022\nJanuary 3\nFebruary 5\nMarch 8\n",
        "Years 2010 2015 2020\nNorth 1 2 3\nSouth 4 5 6\n",  # do not follow one another
        "Fiscal 2023 2024\nSales 10 12\nCosts 8 9\nProfit 2 3\n",  # two years head no table
        "The index of 2021 2022 2023 was 1 2 3 and it was found that the other was 4 5 6 there",
        "| 2021 2022 2023 |\n",
        "```\nYear 2021 2022 2023\nNorth 1 2 3\nSouth 4 5 6\n```\n",
    ],
)
def test_other_words_with_years_and_figures_are_no_rows(text: str) -> None:
    assert _rows(text) == []


def test_what_is_counted_begins_a_group_of_its_own() -> None:
    levels = Levels()

    assert levels.of_group("Imports") == 0
    assert levels.of_row("Compounds") == 1
    assert levels.of_group("Metals") == 1
    assert levels.of_row("Ferrocerium, alloys") == 2
    assert levels.of_group("Exports") == 0
    assert levels.of_row("Net import reliance, percent") == 0
    assert levels.of_row("Total") == 0


@pytest.mark.parametrize("form", ["<p>{}</p>", "<pre>{}</pre>", "{}"])
def test_the_prose_of_other_formats_tells_the_same_rows(form: str, tmp_path: Path) -> None:
    lines = [f"<p>{escape(line)}</p>" for line in LINES.split("\n") if line]
    body = "".join(lines) if form == "{}" else form.format(escape(LINES))
    file = tmp_path / "chapter.html"
    file.write_text(
        f"<html><head><title>Zircon</title></head><body><h1>Zircon</h1>{body}"
        "<p>The chapter ends with the notes above, which hold for the table.</p></body></html>"
    )
    page = read_document(file, tmp_path).pages[0]
    rows = [block for block in page.blocks if block.kind == "row"]

    assert [(row.context.caption, row.cells[0].text) for row in rows] == [
        (caption, label) for caption, label, _ in _told(LINES)
    ]
    assert [row.context.unit for row in rows] == [row.context.unit for row in _rows(LINES)]
    assert all(one.end <= other.start for one, other in pairwise(page.blocks))
    for row in rows:
        for cell in row.cells[1:]:
            assert page.text[cell.start : cell.end] == cell.text


def test_a_heading_between_paragraphs_ends_a_table() -> None:
    writer = PageWriter()
    writer.prose("Output 2021 2022 2023")
    writer.prose("North 1 2 3")
    writer.prose("South 4 5 6")
    writer.heading("Prices")
    writer.prose("East 7 8 9")
    page = writer.page()

    assert [(b.kind, page.text[b.start : b.end], b.context.section) for b in page.blocks] == [
        ("row", "North 1 2 3", ""),
        ("row", "South 4 5 6", ""),
        ("heading", "Prices", ""),
        ("prose", "East 7 8 9", "Prices"),
    ]


def test_groups_of_a_flat_pipe_table_end_where_something_else_is_counted() -> None:
    text = (
        "[Data in metric tons, unless otherwise specified]\n\n"
        "| Statistics | 2023 | 2024 |\n|---|---|---|\n"
        "| Imports: | | |\n| Compounds | 10 | 20 |\n| Metals: | | |\n| Alloys | 3 | 4 |\n"
        "| Price, dollars per kilogram | | |\n| Oxide | 5 | 6 |\n"
        "| Employment, mine and mill | 70 | 80 |\n| Consumption, apparent | 9 | 8 |\n"
    )

    assert [(row.context.caption, row.cells[0].text, row.context.unit) for row in _rows(text)] == [
        ("Imports", "Compounds", "metric tons"),
        ("Imports: Metals", "Alloys", "metric tons"),
        ("Price, dollars per kilogram", "Oxide", "dollars per kilogram"),
        ("", "Employment, mine and mill", "number"),
        ("", "Consumption, apparent", "metric tons"),
    ]


PIPES = """\
| Country | Mine productione | Mine productione | Reserves11 |
|---|---|---|---|
| | 2023 | 2024 | |
| Norland | 41,600 | 45,000 | 1,900,000 |
| Sudland | 1216,000 | 12 13,000 | 135,700,000 |
| Insula | 122,100 | 122,000 | 14NA |
| World total (rounded) | 60,000 | 60,000 | >8,000,000 |

Norland and its production are told elsewhere.

eEstimated. NA Not available.
11See the appendix.
12Derived from trade data.
13Of the code.
14Not reported.
"""


def test_marks_in_ordinary_type_are_parted_in_a_pipe_table_with_notes() -> None:
    row = _row(PIPES, "Sudland")

    assert [(cell.text, PIPES[cell.start : cell.end]) for cell in row.cells[1:]] == [
        ("16,000", "16,000"),
        ("13,000", "13,000"),
        ("5,700,000", "5,700,000"),
    ]
    assert row.cells[1].notes == ("Derived from trade data.", "Estimated.")
    assert row.cells[3].notes == ("Of the code.", "See the appendix.")
    assert [cell.text for cell in _row(PIPES, "Insula").cells[1:]] == ["2,100", "2,000", "NA"]


def test_a_pipe_table_without_notes_is_left_as_it_is() -> None:
    silent = PIPES[: PIPES.index("eEstimated")]

    assert [cell.text for cell in _row(silent, "Sudland").cells[1:]] == [
        "1216,000",
        "12 13,000",
        "135,700,000",
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (("Ores and sands2", "Metal, alloyed 3"), ["Ores and sands", "Metal, alloyed"]),
        (("Phase 2", "Phase 3"), ["Phase 2", "Phase 3"]),
        (("Ores and sands5", "Metal, alloyed 6"), ["Ores and sands5", "Metal, alloyed 6"]),
    ],
)
def test_marks_behind_labels_are_parted_where_notes_explain_them(
    written: tuple[str, str], told: list[str]
) -> None:
    text = (
        f"| Statistics | 2023 | 2024 |\n|---|---|---|\n| {written[0]} | 10 | 20 |\n"
        f"| {written[1]} | 3 | 4 |\n\nMore is told here.\n\n2Excludes sand.\n3Of all kinds.\n"
    )

    assert [row.cells[0].text for row in _rows(text)] == told
