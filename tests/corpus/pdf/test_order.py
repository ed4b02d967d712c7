"""Reading order: columns of running text one by one, tables line by line."""

from printed_pages import Ink, Printed, read_lines

from corpus.pdf.lines import Line
from corpus.pdf.order import reading_order

LEFT_TEXT = [
    "The mine in the north of the country was",
    "opened in 1952 and is the only one that",
    "ships bastnaesite concentrate to plants",
    "abroad, where it is leached and parted",
    "into oxides of cerium and lanthanum for",
    "the makers of glass and of catalysts.",
    "Its owner plans a second plant beside",
    "the first, which is to part neodymium",
    "from praseodymium for magnets by 2027.",
]
RIGHT_TEXT = [
    "Heavy rare earths come from clays in the",
    "south, which hold little of them but are",
    "cheap to leach in heaps on the slopes of",
    "the hills. Prices of dysprosium followed",
    "the quota that the ministry set for each",
    "half of the year since the reform, and",
    "the price of terbium fell with them in",
    "spite of strong demand from makers of",
    "motors, who had filled their stores.",
]
WIDE = "Production rose in every country that reported, and stocks at the plants fell by a tenth."


def columns(left: list[str], right: list[str]) -> list[Printed]:
    """Return lines set side by side in two columns."""
    return [[Ink(60, one), Ink(310, other)] for one, other in zip(left, right, strict=True)]


def texts(lines: list[Line]) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines]


def printed(page: list[Printed]) -> list[str]:
    return texts(read_lines(page)[0])


def test_page_in_two_columns_is_read_column_by_column() -> None:
    assert printed(columns(LEFT_TEXT, RIGHT_TEXT)) == [*LEFT_TEXT, *RIGHT_TEXT]


def test_heading_over_both_columns_parts_what_stands_above_from_what_stands_below() -> None:
    page = [
        *columns(LEFT_TEXT, RIGHT_TEXT),
        Ink(60, "World Resources and the Outlook for Supply of Rare Earths to 2030", bold=True),
        *columns(RIGHT_TEXT, LEFT_TEXT),
    ]
    assert printed(page) == [
        *LEFT_TEXT,
        *RIGHT_TEXT,
        "World Resources and the Outlook for Supply of Rare Earths to 2030",
        *RIGHT_TEXT,
        *LEFT_TEXT,
    ]


def test_text_over_the_whole_width_stays_before_and_behind_the_columns() -> None:
    page = [WIDE, *columns(LEFT_TEXT, RIGHT_TEXT), WIDE]
    assert printed(page) == [WIDE, *LEFT_TEXT, *RIGHT_TEXT, WIDE]


def test_columns_of_unequal_length_are_read_one_by_one() -> None:
    page: list[Printed] = [
        *columns(LEFT_TEXT[:5], RIGHT_TEXT[:5]),
        *([Ink(310, line)] for line in RIGHT_TEXT[5:]),
    ]
    assert printed(page) == [*LEFT_TEXT[:5], *RIGHT_TEXT]


def test_columns_whose_baselines_differ_are_read_one_by_one() -> None:
    page: list[Printed] = []
    for one, other in zip(LEFT_TEXT, RIGHT_TEXT, strict=True):
        page += [Ink(60, one), -6.0, Ink(310, other), -6.0]
    assert printed(page) == [*LEFT_TEXT, *RIGHT_TEXT]


def test_three_columns_are_read_one_by_one() -> None:
    third = [
        "Magnets take most of",
        "the neodymium that is",
        "parted, and the motors",
        "of cars take the most",
        "of these, which is why",
        "prices follow car sales",
        "and the price of oil as",
        "much as the quota does",
        "that is set in each year",
    ]
    first = [
        "Cerium is the cheapest",
        "of the rare earths and",
        "goes to glass polishing",
        "and to the catalysts of",
        "oil refining, which use",
        "little of the other ones",
        "so that the makers have",
        "to store what they part",
        "and do not sell at once",
    ]
    second = [
        "Lanthanum comes next",
        "in price and is bought",
        "for batteries of hybrid",
        "cars, whose share of the",
        "market falls year by year",
        "since full electric ones",
        "came to the market for a",
        "price that most of those",
        "who buy cars could pay",
    ]
    page: list[Printed] = [
        [Ink(60, a), Ink(220, b), Ink(380, c)] for a, b, c in zip(first, second, third, strict=True)
    ]
    assert printed(page) == [*first, *second, *third]


def test_table_is_never_cut_into_its_columns() -> None:
    rows = [
        ("United States mine output", "45,500", "51,000"),
        ("Australia mine output", "29,000", "29,000"),
        ("Burma mine output", "31,000", "22,000"),
        ("China mine output", "270,000", "270,000"),
        ("Nigeria mine output", "1,500", "1,500"),
        ("Thailand mine output", "2,100", "4,800"),
    ]
    page: list[Printed] = [
        [Ink(60, label), Ink(360, one, "right"), Ink(460, other, "right")]
        for label, one, other in rows
    ]
    assert printed(page) == [" ".join(row) for row in rows]


def test_table_of_words_is_not_cut() -> None:
    rows = [
        ("Cerium oxide", "Glass polishing"),
        ("Neodymium oxide", "Magnets"),
        ("Europium oxide", "Phosphors"),
        ("Yttrium oxide", "Ceramics"),
        ("Lanthanum oxide", "Catalysts"),
        ("Scandium oxide", "Alloys"),
        ("Terbium oxide", "Lamps"),
        ("Erbium oxide", "Fibres"),
    ]
    page: list[Printed] = [[Ink(60, one), Ink(300, other)] for one, other in rows]
    assert printed(page) == [" ".join(row) for row in rows]


def test_no_word_is_lost_or_doubled_where_a_page_is_cut() -> None:
    page = [WIDE, *columns(LEFT_TEXT, RIGHT_TEXT), WIDE, *columns(RIGHT_TEXT[:5], LEFT_TEXT[:5])]
    expected = [WIDE, *LEFT_TEXT, *RIGHT_TEXT, WIDE, *RIGHT_TEXT[:5], *LEFT_TEXT[:5]]
    assert sorted(" ".join(printed(page)).split()) == sorted(" ".join(expected).split())


def test_lines_in_one_column_keep_their_order() -> None:
    (lines,) = read_lines([*LEFT_TEXT, *RIGHT_TEXT])
    assert reading_order(lines) == lines
