"""Tables as they stand in mineral summaries and filings: heads, groups, labels, continuations."""

import pytest
from printed_pages import LEFT, Ink, Printed, read_lines, read_tables, row

from corpus.pdf.stored_text import put_together
from corpus.pdf.tabular.tables import Table, find_tables

TWO = (330, 400)
THREE = (330, 400, 470)
FOUR = (290, 350, 440, 500)
YEARS = row("Country", "2024", "2025", at=TWO)
NIGERIA = row("Nigeria", "1,500", "7,200", at=TWO)
VIETNAM = row("Vietnam", "300", "150", at=TWO)
WORLD: list[Printed] = [
    [Ink(349, "Mine production^e^", "middle"), Ink(470, "Reserves^10^", "right")],
    row("", "2024", "2025", "", at=THREE),
    row("United States", "45,500", "51,000", "1,900,000", at=THREE),
    row("Australia", "^11^29,000", "29,000", "^12^6,300,000", at=THREE),
    row("Burma", "^13^31,000", "22,000", "NA", at=THREE),
    row("Nigeria", "1,500", "^12^7,200", "NA", at=THREE),
    row("Tanzania", "\u2014", "\u2014", "890,000", at=THREE),
    row("World total (rounded)", "380,000", "390,000", ">85,000,000", at=THREE, x=LEFT + 9),
]


def money(label: str, *figures: str, signs: bool = False, x: float = LEFT) -> list[Ink]:
    """Return a row of a filing, its currency signs apart and parentheses hanging."""
    line = [Ink(x, label)]
    for right, figure in zip(FOUR, figures, strict=True):
        if signs:
            line.append(Ink(right - 42, "$"))
        line.append(Ink(right, figure.rstrip(")"), "right"))
        if figure.endswith(")"):
            line.append(Ink(right + 0.5, ")"))
    return line


FILING: list[Printed] = [
    Ink(280, "Apple Orchard Inc.", "middle", bold=True),
    Ink(280, "CONDENSED STATEMENTS OF OPERATIONS (Unaudited)", "middle", bold=True),
    Ink(280, "(In millions, except per share amounts)", "middle"),
    12.0,
    [
        Ink(296, "Three Months Ended", "middle", bold=True),
        Ink(446, "Nine Months Ended", "middle", bold=True),
    ],
    [
        Ink(right, text, "right", size=7, bold=True)
        for right, text in zip(
            FOUR, ("June 25, 2022", "June 26, 2021", "June 25, 2022", "June 26, 2021"), strict=True
        )
    ],
    Ink(LEFT, "Net sales:"),
    money("Products", "63,355", "63,948", "245,241", "232,309", signs=True, x=LEFT + 9),
    money("Services", "19,604", "17,486", "58,941", "50,148", x=LEFT + 9),
    money("Total net sales", "82,959", "81,434", "304,182", "282,457", x=LEFT + 18),
    6.0,
    money("Other income/(expense), net", "(10)", "243", "(97)", "796"),
    6.0,
    Ink(LEFT, "Earnings per share:"),
    money("Basic", "1.20", "1.31", "4.86", "4.33", signs=True, x=LEFT + 9),
]


def cells(table: Table) -> dict[str, dict[str, str]]:
    """Return the figures of a table by row and by head."""
    return {
        line.label: {table.heads[v.column].text: v.segment.figure for v in line.values}
        for line in table.rows
    }


def only(page: list[Printed]) -> Table:
    (table,) = read_tables(page)
    return table


def groups(page: list[Printed]) -> dict[str, list[str]]:
    """Return the groups above each row."""
    return {line.label: [group.text for group in line.groups] for line in only(page).rows}


def labels(page: list[Printed]) -> list[str]:
    return [line.label for line in only(page).rows]


def test_heads_of_two_lines_name_every_column_of_a_mineral_summary() -> None:
    assert [head.text for head in only(WORLD).heads] == [
        "Mine production 2024",
        "Mine production 2025",
        "Reserves",
    ]


def test_marks_beside_heads_are_kept_with_them() -> None:
    assert [head.marks for head in only(WORLD).heads] == [("e",), ("e",), ("10",)]


def test_figures_of_a_mineral_summary_are_free_of_marks_and_in_their_columns() -> None:
    one, two, three = "Mine production 2024", "Mine production 2025", "Reserves"
    assert cells(only(WORLD)) == {
        "United States": {one: "45,500", two: "51,000", three: "1,900,000"},
        "Australia": {one: "29,000", two: "29,000", three: "6,300,000"},
        "Burma": {one: "31,000", two: "22,000", three: "NA"},
        "Nigeria": {one: "1,500", two: "7,200", three: "NA"},
        "Tanzania": {one: "\u2014", two: "\u2014", three: "890,000"},
        "World total (rounded)": {one: "380,000", two: "390,000", three: ">85,000,000"},
    }


def test_value_keeps_the_mark_set_before_it() -> None:
    rows = {line.label: line for line in only(WORLD).rows}
    assert [v.segment.marks for v in rows["Australia"].values] == [("11",), (), ("12",)]


def test_marked_label_beside_a_marked_figure_keeps_its_figure() -> None:
    page: list[Printed] = [YEARS, row("Thailand^e^", "^12^2,100", "4,800", at=TWO)]
    page.append(row("Vietnam", "300", "150", at=TWO))
    assert cells(only(page))["Thailand"] == {"2024": "2,100", "2025": "4,800"}


def test_heads_of_a_filing_span_their_two_dates() -> None:
    assert [head.text for head in only(FILING).heads] == [
        "Three Months Ended June 25, 2022",
        "Three Months Ended June 26, 2021",
        "Nine Months Ended June 25, 2022",
        "Nine Months Ended June 26, 2021",
    ]


def test_figures_of_a_filing_are_whole_with_signs_and_parentheses() -> None:
    found = {line.label: [v.segment.figure for v in line.values] for line in only(FILING).rows}
    assert found == {
        "Products": ["$63,355", "$63,948", "$245,241", "$232,309"],
        "Services": ["19,604", "17,486", "58,941", "50,148"],
        "Total net sales": ["82,959", "81,434", "304,182", "282,457"],
        "Other income/(expense), net": ["(10)", "243", "(97)", "796"],
        "Basic": ["$1.20", "$1.31", "$4.86", "$4.33"],
    }


def test_groups_of_a_filing_hold_over_the_rows_set_in_below_them() -> None:
    assert groups(FILING) == {
        "Products": ["Net sales"],
        "Services": ["Net sales"],
        "Total net sales": ["Net sales"],
        "Other income/(expense), net": [],
        "Basic": ["Earnings per share"],
    }


def test_title_and_unit_above_the_heads_are_the_tables() -> None:
    table = only(FILING)
    assert table.unit == "(In millions, except per share amounts)"
    assert table.caption.endswith("CONDENSED STATEMENTS OF OPERATIONS (Unaudited)")


def test_years_beside_a_bold_label_head_their_columns() -> None:
    page: list[Printed] = [
        row("Salient Statistics\u2014United States:", "2023", "2024", "2025^e^", at=THREE),
        row("Production, mineral concentrates", "41,600", "45,500", "51,000", at=THREE),
        Ink(LEFT, "Imports:^e^"),
        row("Compounds", "10,900", "8,600", "9,000", at=THREE, x=LEFT + 9),
        row("Metals", "450", "440", "NA", at=THREE, x=LEFT + 9),
        row("Employment, annual average, number", "400", "560", "590", at=THREE),
    ]
    table = only(page)
    assert table.caption == "Salient Statistics\u2014United States"
    assert cells(table) == {
        "Production, mineral concentrates": {"2023": "41,600", "2024": "45,500", "2025": "51,000"},
        "Compounds": {"2023": "10,900", "2024": "8,600", "2025": "9,000"},
        "Metals": {"2023": "450", "2024": "440", "2025": "NA"},
        "Employment, annual average, number": {"2023": "400", "2024": "560", "2025": "590"},
    }
    assert groups(page) == {
        "Production, mineral concentrates": [],
        "Compounds": ["Imports"],
        "Metals": ["Imports"],
        "Employment, annual average, number": [],
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            [
                Ink(LEFT, "Exports:"),
                Ink(LEFT + 9, "Compounds:"),
                row("Cerium", "900", "800", at=TWO, x=LEFT + 18),
                row("Other", "100", "120", at=TWO, x=LEFT + 18),
                Ink(LEFT + 9, "Metals:"),
                row("Scandium", "9", "8", at=TWO, x=LEFT + 18),
                row("Stocks", "15", "14", at=TWO),
            ],
            {
                "Cerium": ["Exports", "Compounds"],
                "Other": ["Exports", "Compounds"],
                "Scandium": ["Exports", "Metals"],
                "Stocks": [],
            },
            id="by indent, two deep",
        ),
        pytest.param(
            [
                Ink(LEFT, "Current assets:"),
                row("Cash", "900", "800", at=TWO),
                row("Inventories", "100", "120", at=TWO),
                row("Total current assets", "1,000", "920", at=TWO),
                row("Goodwill", "50", "40", at=TWO),
            ],
            {
                "Cash": ["Current assets"],
                "Inventories": ["Current assets"],
                "Total current assets": ["Current assets"],
                "Goodwill": [],
            },
            id="flat, ended by its total",
        ),
        pytest.param(
            [
                Ink(165, "Imports", "middle"),
                row("Cerium", "900", "800", at=TWO),
                row("Yttrium", "100", "120", at=TWO),
                Ink(165, "Exports", "middle"),
                row("Scandium", "9", "8", at=TWO),
            ],
            {"Cerium": ["Imports"], "Yttrium": ["Imports"], "Scandium": ["Exports"]},
            id="centred",
        ),
        pytest.param(
            [
                Ink(LEFT, "ASSETS:", bold=True),
                Ink(LEFT, "Current assets:"),
                row("Cash", "900", "800", at=TWO, x=LEFT + 9),
                Ink(LEFT, "Other assets:"),
                row("Goodwill", "50", "40", at=TWO, x=LEFT + 9),
                Ink(LEFT, "LIABILITIES:", bold=True),
                Ink(LEFT, "Current liabilities:"),
                row("Debt", "70", "60", at=TWO, x=LEFT + 9),
            ],
            {
                "Cash": ["ASSETS", "Current assets"],
                "Goodwill": ["ASSETS", "Other assets"],
                "Debt": ["LIABILITIES", "Current liabilities"],
            },
            id="bold over others of one indent",
        ),
        pytest.param(
            [
                row("Cash", "900", "800", at=TWO),
                [Ink(LEFT, "Inventories:"), Ink(365, "(In millions)", "middle")],
                row("Magnets", "50", "40", at=TWO, x=LEFT + 9),
            ],
            {"Cash": [], "Magnets": ["Inventories"]},
            id="beside a unit",
        ),
    ],
)
def test_group_holds_over_its_own_rows(body: list[Printed], expected: dict[str, list[str]]) -> None:
    assert groups([YEARS, *body]) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            [
                Ink(LEFT, "Deferred gains of the companies and"),
                row("other liabilities", "900", "800", at=TWO),
                4.0,
                row("Stocks", "15", "14", at=TWO),
                4.0,
                row("Cash", "12", "13", at=TWO),
            ],
            ["Deferred gains of the companies and other liabilities", "Stocks", "Cash"],
            id="before its figures",
        ),
        pytest.param(
            [
                Ink(LEFT, "Deferred gains of the companies and of"),
                Ink(LEFT, "their partners abroad, net of taxes and"),
                row("of fees", "900", "800", at=TWO),
                row("Stocks", "15", "14", at=TWO),
            ],
            [
                "Deferred gains of the companies and of their partners abroad, net of taxes and of "
                "fees",
                "Stocks",
            ],
            id="over three lines",
        ),
        pytest.param(
            [
                row("Cash", "12", "13", at=TWO),
                4.0,
                Ink(LEFT, "Deferred gains of the companies and of"),
                Ink(LEFT, "their partners abroad, net of taxes and"),
                row("of fees", "900", "800", at=TWO),
                4.0,
                row("Stocks", "15", "14", at=TWO),
                4.0,
                row("Metals", "15", "14", at=TWO),
            ],
            [
                "Cash",
                "Deferred gains of the companies and of their partners abroad, net of taxes and of "
                "fees",
                "Stocks",
                "Metals",
            ],
            id="over three lines, closer than the rows",
        ),
        pytest.param(
            [
                row("Cash", "12", "13", at=TWO),
                Ink(LEFT, "Stocks of oxides at the mills"),
                row("", "900", "800", at=TWO),
                row("Metals", "15", "14", at=TWO),
            ],
            ["Cash", "Stocks of oxides at the mills", "Metals"],
            id="above figures that stand alone",
        ),
        pytest.param(
            [
                row("Price, dollars per kilogram of oxide,", "900", "800", at=TWO),
                Ink(LEFT + 9, "of 99.5% purity"),
                row("Stocks", "15", "14", at=TWO),
            ],
            ["Price, dollars per kilogram of oxide, of 99.5% purity", "Stocks"],
            id="behind its figures",
        ),
        pytest.param(
            [
                row("Net import reliance as a", "90", "80", at=TWO),
                Ink(LEFT + 9, "percentage of apparent consumption"),
            ],
            ["Net import reliance as a percentage of apparent consumption"],
            id="behind the figures of the last row",
        ),
        pytest.param(
            [
                row("Rare-earth compounds and ferro-", "900", "800", at=TWO),
                Ink(LEFT + 9, "cerium"),
                row("Stocks", "15", "14", at=TWO),
            ],
            ["Rare-earth compounds and ferro-cerium", "Stocks"],
            id="broken at a hyphen",
        ),
    ],
)
def test_label_over_two_lines_is_one(body: list[Printed], expected: list[str]) -> None:
    assert labels([YEARS, *body]) == expected


def test_years_may_be_the_labels_of_rows() -> None:
    page: list[Printed] = [
        row("Year", "Production", "Imports", at=TWO),
        row("2023", "41,600", "10,900", at=TWO),
        row("2024", "45,500", "8,600", at=TWO),
        row("2025", "51,000", "9,000", at=TWO),
    ]
    assert cells(only(page)) == {
        "2023": {"Production": "41,600", "Imports": "10,900"},
        "2024": {"Production": "45,500", "Imports": "8,600"},
        "2025": {"Production": "51,000", "Imports": "9,000"},
    }


def test_row_with_an_empty_cell_leaves_the_others_in_their_columns() -> None:
    page: list[Printed] = [
        row("Country", "2023", "2024", "2025", at=THREE),
        row("Nigeria", "1,500", "1,500", "7,200", at=THREE),
        row("Vietnam", "300", "", "150", at=THREE),
        row("Tanzania", "", "", "40", at=THREE),
    ]
    found = cells(only(page))
    assert (found["Vietnam"], found["Tanzania"]) == ({"2023": "300", "2025": "150"}, {"2025": "40"})


def test_percentages_stand_in_their_own_column() -> None:
    page: list[Printed] = [
        row("", "2022", "2021", "Change", at=THREE),
        [*row("Products", "63,355", "63,948", "(1)", at=THREE), Ink(474, "%")],
        [*row("Services", "19,604", "17,486", "12", at=THREE), Ink(474, "%")],
    ]
    assert cells(only(page)) == {
        "Products": {"2022": "63,355", "2021": "63,948", "Change": "(1)%"},
        "Services": {"2022": "19,604", "2021": "17,486", "Change": "12%"},
    }


def test_figures_behind_dot_leaders_are_a_table() -> None:
    page: list[Printed] = [
        row("", "2024", "2025", at=TWO),
        row("Revenues.....................................", "1,234", "1,100", at=TWO),
        row("Cost of sales...............................", "(834)", "(900)", at=TWO),
        row("Gross profit.................................", "400", "200", at=TWO),
    ]
    assert cells(only(page))["Gross profit"] == {"2024": "400", "2025": "200"}


def test_numbered_caption_names_the_table() -> None:
    page: list[Printed] = ["Table 3. Imports of scandium, in kilograms", 4.0, YEARS]
    page += [row("Japan", "15", "14", at=TWO), row("Russia", "5", "4", at=TWO)]
    assert only(page).caption == "Table 3. Imports of scandium, in kilograms"


def test_two_tables_of_a_page_have_each_their_own_heads() -> None:
    page: list[Printed] = [
        YEARS,
        row("Nigeria", "1,500", "7,200", at=TWO),
        row("Vietnam", "300", "150", at=TWO),
        14.0,
        "Prices of oxides fell in both of the years for which the ministry has published them.",
        14.0,
        row("Oxide", "Low", "High", at=TWO),
        row("Cerium", "1.2", "1.4", at=TWO),
        row("Yttrium", "6.0", "7.5", at=TWO),
    ]
    assert [cells(table) for table in read_tables(page)] == [
        {"Nigeria": {"2024": "1,500", "2025": "7,200"}, "Vietnam": {"2024": "300", "2025": "150"}},
        {"Cerium": {"Low": "1.2", "High": "1.4"}, "Yttrium": {"Low": "6.0", "High": "7.5"}},
    ]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            [
                "In 2025, mines of the country shipped 51,000 tons of concentrate, up from",
                "45,500 tons in 2024. Imports fell by 12% to 9,000 tons, of which China sent",
                "70% and Malaysia 13%. The price of dysprosium oxide was $257 per kilogram,",
                "that of terbium oxide $812. About 590 people worked in mines in the west.",
            ],
            id="prose",
        ),
        pytest.param(
            [
                Ink(LEFT, "Table of Contents", bold=True),
                6.0,
                row("Legal proceedings", "12", at=(500,)),
                row("Risk factors", "13", at=(500,)),
                row("Financial statements", "28", at=(500,)),
                row("Signatures", "61", at=(500,)),
            ],
            id="contents",
        ),
        pytest.param(
            [
                "Legal proceedings ............................................ 12",
                "Risk factors ................................................. 13",
                "Financial statements ......................................... 28",
            ],
            id="contents with leaders",
        ),
        pytest.param(
            ["1. The first of the reasons is the price of oil and of gas.", "2. Wages."],
            id="numbered list",
        ),
        pytest.param([], id="empty page"),
    ],
)
def test_what_is_no_table_is_not_taken_for_one(page: list[Printed]) -> None:
    assert read_tables(page) == []


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ([row("Total assets", "1,234", at=(330,))], 1),
        ([row("Total assets", "1,234", at=(150,))], 0),
        ([row("Total assets", "1,234", "1,100", at=(150, 190))], 1),
        ([row("", "2025", at=(150,)), row("Total assets", "1,234", at=(150,))], 1),
    ],
    ids=["far from its figure", "near its figure", "two figures", "a head over its figure"],
)
def test_single_row_is_a_table_where_its_figures_are_surely_cells(
    page: list[Printed], count: int
) -> None:
    assert len(read_tables(page)) == count


def test_falling_figures_below_an_index_are_no_page_numbers() -> None:
    page: list[Printed] = [
        Ink(LEFT, "Index of prices", bold=True),
        6.0,
        row("Cerium", "61", at=(500,)),
        row("Yttrium", "28", at=(500,)),
        row("Scandium", "12", at=(500,)),
    ]
    assert labels(page) == ["Cerium", "Yttrium", "Scandium"]


def test_short_sentence_above_a_table_is_not_its_caption() -> None:
    page: list[Printed] = ["Prices fell in May.", YEARS, NIGERIA, VIETNAM]
    table = only(page)
    assert (table.caption, table.first) == ("", 1)


def test_end_of_a_paragraph_above_a_table_is_not_its_caption() -> None:
    page: list[Printed] = [
        "Mines of the country shipped more ore in the year than ever before and plants along the",
        "coast parted all of it",
        YEARS,
        NIGERIA,
        VIETNAM,
    ]
    assert only(page).caption == ""


def test_text_behind_a_table_is_no_part_of_it() -> None:
    page: list[Printed] = [
        *WORLD,
        8.0,
        "World Resources: Rare earths are relatively abundant in the crust of the Earth.",
    ]
    table = only(page)
    assert (table.first, table.last) == (0, 7)


def carried(*pages: list[Printed]) -> list[Table]:
    """Return the one table of each page, each page continuing the one before it."""
    before: Table | None = None
    found = []
    for lines in read_lines(*pages):
        (before,) = find_tables(put_together(lines, frozenset()).lines, before)
        found.append(before)
    return found


FIRST: list[Printed] = [
    "Table 3. Imports, in kilograms",
    YEARS,
    Ink(LEFT, "Compounds:"),
    row("Japan", "15", "14", at=TWO, x=LEFT + 9),
    row("Russia", "5", "4", at=TWO, x=LEFT + 9),
]


def test_table_that_goes_on_overleaf_keeps_its_heads_caption_and_group() -> None:
    rest: list[Printed] = [
        row("Estonia", "150", "140", at=TWO, x=LEFT + 9),
        row("Total", "170", "158", at=TWO),
    ]
    _, second = carried(FIRST, rest)
    assert second.caption == "Table 3. Imports, in kilograms"
    assert cells(second) == {
        "Estonia": {"2024": "150", "2025": "140"},
        "Total": {"2024": "170", "2025": "158"},
    }
    assert [[group.text for group in line.groups] for line in second.rows] == [["Compounds"], []]


def test_rows_overleaf_in_other_columns_are_a_table_of_their_own() -> None:
    other = (200, 260, 320, 380)
    rest: list[Printed] = [
        row("Cerium", "1.2", "1.4", "1.3", "1.1", at=other),
        row("Yttrium", "6.0", "7.5", "6.5", "6.6", at=other),
    ]
    _, second = carried(FIRST, rest)
    assert [head.text for head in second.heads] == ["", "", "", ""]
    assert second.caption == ""


def test_table_overleaf_with_heads_of_its_own_takes_none() -> None:
    rest: list[Printed] = [
        row("Oxide", "Low", "High", at=TWO),
        row("Cerium", "1.2", "1.4", at=TWO),
        row("Yttrium", "6.0", "7.5", at=TWO),
    ]
    _, second = carried(FIRST, rest)
    assert ([head.text for head in second.heads], second.caption) == (["Low", "High"], "")


def test_dates_and_words_below_the_heads_of_a_numbered_table_are_rows() -> None:
    page: list[Printed] = [
        Ink(LEFT, "Table 4. Rules by start and state"),
        row("Rule", "Start", "State", at=TWO),
        row("Export quotas", "4 April 2031", "in force", at=TWO),
        row("Export duties", "9 May 2031", "ended", at=TWO),
        row("Price floor", "1 June 2033", "planned", at=TWO),
    ]
    assert cells(only(page)) == {
        "Export quotas": {"Start": "4 April 2031", "State": "in force"},
        "Export duties": {"Start": "9 May 2031", "State": "ended"},
        "Price floor": {"Start": "1 June 2033", "State": "planned"},
    }
    assert read_tables(page[1:]) == []
