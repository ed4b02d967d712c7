"""Headings, prose, list items and pipe-table rows of line-structured text."""

import gc
import time

import pytest

from corpus.document import Block, Cell, Context
from corpus.text.blocks import find_blocks
from corpus.text.headings import plain


def told(text: str) -> list[tuple[str, str, str]]:
    """Return kind, words and section of each block."""
    return [(b.kind, text[b.start : b.end], b.context.section) for b in find_blocks(text)]


def test_markdown_headings_open_sections() -> None:
    text = "# Rare *earths*\n\nText one.\n\n## Uses ##\n\nText two.\nIt goes on.\n"
    assert told(text) == [
        ("heading", "# Rare *earths*", ""),
        ("prose", "Text one.", "Rare earths"),
        ("heading", "## Uses ##", ""),
        ("prose", "Text two.\nIt goes on.", "Uses"),
    ]


def test_wiki_headings_open_sections() -> None:
    assert told("== History ==\nMined since 1952.") == [
        ("heading", "== History ==", ""),
        ("prose", "Mined since 1952.", "History"),
    ]


def test_title_line_of_plain_text_is_a_heading_where_a_longer_line_follows() -> None:
    text = "World Mine Production\nProduction rose to 390,000 tons in the year 2024."
    assert [kind for kind, _, _ in told(text)] == ["heading", "prose"]


@pytest.mark.parametrize(
    "line",
    [
        "Production rose in the year.",  # a closed sentence
        "production of oxides",  # no capitals
        "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen",  # too long
        "- World Mine Production",  # a bullet
    ],
)
def test_line_that_does_not_read_like_a_title_is_prose(line: str) -> None:
    following = "Something longer than the line above it, with a number of words, follows here."
    text = f"{line}\n\n{following} And it goes on for some time."
    assert [kind for kind, _, _ in told(text)] == ["prose", "prose"]


def test_short_line_above_a_shorter_one_is_prose() -> None:
    assert told("World Mine Production\nFell.") == [("prose", "World Mine Production\nFell.", "")]


def test_each_list_item_is_a_block_of_its_own() -> None:
    text = "Uses are:\n- magnets\n  of all kinds\n* glass\n• lamps\n1. alloys\n2) polishing"
    assert [words for _, words, _ in told(text)] == [
        "Uses are:",
        "- magnets\n  of all kinds",
        "* glass",
        "• lamps",
        "1. alloys",
        "2) polishing",
    ]


def test_paragraph_right_below_a_list_is_no_part_of_its_last_item() -> None:
    text = "- Ores rose.\n- Oxides fell.\nNorvik said so.\n- Alloys\n  Rose."
    assert [words for _, words, _ in told(text)] == [
        "- Ores rose.",
        "- Oxides fell.",
        "Norvik said so.",
        "- Alloys\n  Rose.",
    ]


def test_pipe_table_gives_rows_with_caption_header_unit_and_cells() -> None:
    caption = "Table 1. Mine production, in metric tons"
    text = (
        f"## Output\n\n{caption}\n\n"
        "| Country | 2024 | **2025** |\n|---|---:|---:|\n"
        "| [Nigeria](n.html) | 1,500 | 1,500 |\n| Burma | 27,000 | |\n\nText."
    )
    blocks = find_blocks(text)
    context = Context("Output", caption, ("Country", "2024", "2025"), "metric tons")
    nigeria, burma = at(text, "[Nigeria](n.html)"), at(text, "Burma")
    tons = "metric tons"
    assert [b for b in blocks if b.kind == "row"] == [
        Block(
            "row",
            nigeria,
            nigeria + 33,
            context,
            (
                Cell("Nigeria", nigeria, nigeria + 17, "Country"),
                Cell("1,500", nigeria + 20, nigeria + 25, "2024", 2024, tons),
                Cell("1,500", nigeria + 28, nigeria + 33, "2025", 2025, tons),
            ),
        ),
        Block(
            "row",
            burma,
            burma + 14,
            context,
            (
                Cell("Burma", burma, burma + 5, "Country"),
                Cell("27,000", burma + 8, burma + 14, "2024", 2024, tons),
                Cell("", burma + 14, burma + 14, "2025", 2025),
            ),
        ),
    ]


def rows(table: str, caption: str = "") -> list[tuple[Cell, ...]]:
    """Return the cells of the rows of a table that stands below its caption."""
    return [block.cells for block in find_blocks(f"{caption}\n{table}") if block.kind == "row"]


def test_cells_stand_where_they_say_inside_their_row() -> None:
    text = "| A | B | |\n|---|---|---|\n||  x \\| y|\n| **b** | _1_ | ** |\n|  |\n c |1|2|3 |"
    printed = []
    for block in find_blocks(text):
        assert all(block.start <= c.start <= c.end <= block.end for c in block.cells)
        printed.append([text[cell.start : cell.end] for cell in block.cells])
    assert printed == [["", "x \\| y"], ["**b**", "_1_", ""], ["c", "1", "2", "3"]]


@pytest.mark.parametrize(
    ("label", "column", "year"),
    [
        ("Nigeria", "2025", 2025),
        ("Nigeria", "Change from 2024 to 2025", 2025),
        ("2023", "Price in 2025", 2025),
        ("2023", "Price", 2023),
        ("January 2023", "", 2023),
        ("2023 to 2024", "Price", 0),
        ("Nigeria", "Reserves", 0),
    ],
)
def test_year_of_a_cell_is_its_columns_or_its_rows(label: str, column: str, year: int) -> None:
    (row,) = rows(f"| Name | {column} |\n|---|---|\n| {label} | 15 |")
    assert [cell.year for cell in row] == [0, year]


@pytest.mark.parametrize(
    ("value", "label", "column", "caption", "unit"),
    [
        ("15", "Price", "US$ per kg", "Table 1, metric tons", "US$ per kg"),
        ("15", "Price, dollars per kilogram", "2025", "Table 1, metric tons",
         "dollars per kilogram"),
        ("15", "Nigeria", "2025", "Table 1, metric tons", "metric tons"),
        ("15", "Nigeria", "Share, percent", "Table 1, metric tons", "percent"),
        ("15%", "Nigeria", "2025", "Table 1, metric tons", "percent"),
        ("NA", "Nigeria", "2025", "Table 1, metric tons", "metric tons"),
        ("15", "Nigeria", "2025", "Table 1", ""),
        ("2019", "Nigeria", "Since", "Table 1, metric tons", ""),
        ("closed", "Nigeria", "State", "Table 1, metric tons", ""),
        ("It mined 15 of them" + ", and then more" * 4, "Nigeria", "Story", "Table 1, percent", ""),
    ],
)  # fmt: skip
def test_unit_of_a_figure_is_that_of_the_nearest_words(
    value: str, label: str, column: str, caption: str, unit: str
) -> None:
    (row,) = rows(f"| Name | {column} |\n|---|---|\n| {label} | {value} |", caption)
    assert [cell.unit for cell in row] == ["", unit]


def at(text: str, part: str) -> int:
    """Return where a part of a text begins."""
    return text.index(part)


def test_line_right_above_a_table_is_its_caption_and_stays_prose() -> None:
    text = "Table 2. Reserves, in thousand metric tons\nCountry | Reserves\n--- | ---\nBrazil | 11"
    caption = "Table 2. Reserves, in thousand metric tons"
    assert find_blocks(text) == (
        Block("prose", 0, len(caption), Context()),
        Block(
            "row",
            at(text, "Brazil"),
            len(text),
            Context("", caption, ("Country", "Reserves"), "thousand metric tons"),
            (
                Cell("Brazil", at(text, "Brazil"), at(text, "Brazil") + 6, "Country"),
                Cell("11", len(text) - 2, len(text), "Reserves", 0, "thousand metric tons"),
            ),
        ),
    )


def test_last_line_of_a_paragraph_is_no_caption_unless_it_reads_like_one() -> None:
    rows = "| A | B |\n|---|---|\n| x | 1 |"
    told_by_last = {
        last: find_blocks(f"Some words.\n{last}\n{rows}")[-1].context.caption
        for last in ("More words.", "Exhibit 3 Prices", "The prices were:")
    }
    assert told_by_last == {
        "More words.": "",
        "Exhibit 3 Prices": "Exhibit 3 Prices",
        "The prices were:": "The prices were:",
    }


@pytest.mark.parametrize("line", ["More words.", "## Table 2", "The prices were: 1", ""])
def test_line_above_a_blank_line_is_no_caption_unless_it_says_table(line: str) -> None:
    (row,) = [b for b in find_blocks(f"{line}\n\n| A | B |\n|---|---|\n| x | 1 |") if b.cells]
    assert row.context.caption == ""


def test_table_without_a_rule_begins_where_two_lines_open_with_a_bar() -> None:
    text = "| A | B |\n| x | 1 |\n| | |"
    assert [b.cells for b in find_blocks(text)] == [
        (Cell("x", 12, 13, "A"), Cell("1", 16, 17, "B")),
    ]


def test_line_with_a_bar_and_no_table_below_is_prose() -> None:
    assert told("Rare earths | page 3\nGoes on here.") == [
        ("prose", "Rare earths | page 3\nGoes on here.", "")
    ]


def test_blocks_stand_in_order_and_do_not_overlap() -> None:
    text = "# A\nx\n- y\n\n| a | b |\n|---|---|\n| c | d |\nz\n\n\n  \n" * 3
    ends = [0]
    for block in find_blocks(text):
        assert ends[-1] <= block.start < block.end
        ends.append(block.end)


def test_text_without_words_has_no_blocks() -> None:
    assert find_blocks(" \n\n---\n") == ()


def test_line_break_in_a_cell_is_a_blank() -> None:
    assert plain("Trade relations<br>12-31-24 <BR/> x<br />y") == "Trade relations 12-31-24 x y"


def test_emphasis_links_and_images_are_taken_off_a_line() -> None:
    assert plain("**Rare** [earths](x.md)  ![and](y.png) `oxides`") == "Rare earths and oxides"


@pytest.mark.parametrize(
    ("caption", "unit"),
    [
        ("Production, in metric tons", "metric tons"),
        ("Prices (dollars per kilogram)", "dollars per kilogram"),
        ("Reserves, thousand metric tons (REO)", "thousand metric tons"),
        ("Net import reliance, percent", "percent"),
        ("World mine production", ""),
        ("", ""),
    ],
)
def test_unit_is_taken_from_a_caption(caption: str, unit: str) -> None:
    (row,) = rows("| Name | Amount |\n|---|---|\n| Brazil | 11 |", caption)
    assert row[1].unit == unit


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Rare earths\n===\nText.", "Rare earths"),
        ("Rare earths\n-----------\nText.", "Rare earths"),
        ("**Rare earths**\nText.", "Rare earths"),
        ("__Rare earths:__\n\nText.", "Rare earths"),
    ],
)
def test_underlined_and_bold_lines_are_headings(text: str, title: str) -> None:
    heading, prose = told(text)
    assert heading[0] == "heading"
    assert prose == ("prose", "Text.", title)


@pytest.mark.parametrize(
    "text",
    [
        "ACTION: Notice of comment.\n-----\nText.",  # a rule between two entries
        "One line\nand a second\n---\nText.",
        "**Rare earths.** They are mined.\n\nText.",
        "**Bold** and **bold**\n\nText.",
    ],
)
def test_rules_and_bold_words_make_no_headings(text: str) -> None:
    assert {kind for kind, _, _ in told(text)} == {"prose"}


GLUED = (
    "Margins are under pressure. CNRE said so.\n\n"
    "Price War and Profit SqueezeCNRE’s margin fell to the lowest level in five years. It may fall "
    "further.\n"
    "Norvik Tightens Its Grip on SupplyWith three plants the group already refines most of the ore."
)


def test_heading_glued_to_its_sentence_is_split_off() -> None:
    assert told(GLUED) == [
        ("prose", "Margins are under pressure. CNRE said so.", ""),
        ("heading", "Price War and Profit Squeeze", ""),
        (
            "prose",
            "CNRE’s margin fell to the lowest level in five years. It may fall further.",
            "Price War and Profit Squeeze",
        ),
        ("heading", "Norvik Tightens Its Grip on Supply", ""),
        (
            "prose",
            "With three plants the group already refines most of the ore.",
            "Norvik Tightens Its Grip on Supply",
        ),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Norway’s Rare Earths Norge and BlackRock agreed to build a plant in the north of Norway.",
        "Mine Owner McDonald said that the plant would be built in the north of the country.",
        "The Price of NdPr oxide rose to a level that was not seen for some years in China.",
        "Prices of LaCe and DyFe rose to a level that was not seen for some years in China.",
        "Magnet Maker eVAC will build a plant in the south of the country, it said on Monday.",
        "New Owner of MagREEsource will build a plant in the south of the country, it said.",
        "Follow Norvik Minerals on LinkedIn for the news of the plant that is being built there.",
        "French Startup Closes Round for MagREEsource",
        "The mine sold its stake in BlackRock, With three others it kept its stake in the mine.",
        "New iPhone and MacBook Models use magnets that are made of recycled neodymium metal.",
    ],
)
def test_names_with_a_capital_inside_are_not_split(line: str) -> None:
    assert told(line) == [("prose", line, "")]


def test_furniture_comments_pictures_and_rules_are_in_no_block() -> None:
    text = (
        "Skip to content\nSubscribe now\n\nThe mine opened in 1952.\nAdvertisement\nIt closed in "
        "1998.\n\n<!-- a note\nof the editor -->\n![An old photo](mine.jpg)\n***\n"
        "{{articledata.title}}\n<br>\n[home]: https://example.org\n\n0 Comments\n"
    )
    assert [words for _, words, _ in told(text)] == [
        "The mine opened in 1952.",
        "It closed in 1998.",
    ]


def test_a_line_inside_a_sentence_is_no_furniture() -> None:
    text = "The ministry will\nread more\nthan one thousand letters."
    assert told(text) == [("prose", text, "")]


def test_comment_at_the_edge_of_a_line_is_left_out() -> None:
    text = "Ore. <!-- check -->\n\n<!-- x --> Metal.\n\nAlloy <!-- y --> here.\n\n<!-- open"
    assert [words for _, words, _ in told(text)] == [
        "Ore.",
        "Metal.",
        "Alloy <!-- y --> here.",
        "<!-- open",
    ]


def test_code_is_one_block_of_prose() -> None:
    text = "Run it:\n\n```sh\nmake all\n\n# not a heading\n```\nDone.\n~~~\n\n~~~\n"
    assert told(text) == [
        ("prose", "Run it:", ""),
        ("prose", "make all\n\n# not a heading", ""),
        ("prose", "Done.", ""),
    ]


def test_markdown_inside_a_fence_is_read_as_markdown() -> None:
    assert told("Here it is:\n```markdown\n# Ores\n\nText.\n```") == [
        ("prose", "Here it is:", ""),
        ("heading", "# Ores", ""),
        ("prose", "Text.", "Ores"),
    ]


def test_fence_that_is_never_closed_is_no_code() -> None:
    assert told("```\n# Ores\nText.") == [
        ("heading", "# Ores", ""),
        ("prose", "Text.", "Ores"),
    ]


def test_note_belongs_to_the_figure_that_is_marked() -> None:
    text = (
        "| Country | 2024[^y] |\n|---|---|\n| Nigeria | 7,200[^12] |\n| Burma[^b] | 31,000 |\n\n"
        "Output rose[^b].\n\n[^12]: Estimated from exports.\n[^b]: Also Myanmar.\n"
        "[^y]: Preliminary.\n"
    )
    blocks = find_blocks(text)
    nigeria, burma = [block.cells for block in blocks if block.kind == "row"]
    assert [(c.text, text[c.start : c.end], c.column, c.notes) for c in nigeria] == [
        ("Nigeria", "Nigeria", "Country", ()),
        ("7,200", "7,200", "2024", ("Estimated from exports.", "Preliminary.")),
    ]
    assert burma[0].text == "Burma"
    assert burma[0].notes == ("Also Myanmar.",)
    prose = [(text[b.start : b.end], b.context.notes) for b in blocks if b.kind == "prose"]
    assert prose == [
        ("Output rose[^b].", ("Also Myanmar.",)),
        ("Estimated from exports.", ()),
        ("Also Myanmar.", ()),
        ("Preliminary.", ()),
    ]


def test_mark_without_a_note_stays_as_it_is() -> None:
    (row,) = rows("| A | B |\n|---|---|\n| x | 5[^1] |\n\n")
    assert [cell.text for cell in row] == ["x", "5"]


LONG = {
    "prose": "The mine sold 5,000 tons of oxide to a buyer in Japan, it said on Monday.\n",
    "paragraphs": "The Mine at Norvik\n\nIt sold 5,000 tons of oxide to a buyer in Japan.\n\n",
    "one line": "The mine sold 5,000 tons of oxide. ",
    "lists": "- ore\n- [oxide](x.html)\n1. **metal**\n",
    "pictures": "![a](b) ",
    "openings": "[[(![<!--{{",
    "hashes": "# ",
    "equals": "= a = ",
    "fences": "```\n",
    "rules": "---\n",
    "blanks": "  \n",
    "tags": "<a ",
    "glued": "Price War and Profit SqueezeCNRE’s margin fell to the lowest level, it said. ",
    "comments": "<!-- a\n-->\n",
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_text_takes_time_in_proportion_to_its_size(kind: str) -> None:
    def seconds(chars: int) -> float:
        text = LONG[kind] * (chars // len(LONG[kind]))
        gc.disable()  # what other tests left in memory is not to be gone through meanwhile
        try:
            began = time.process_time()
            find_blocks(text)
            return time.process_time() - began
        finally:
            gc.enable()

    assert seconds(400_000) < 12 * seconds(100_000) + 0.2
