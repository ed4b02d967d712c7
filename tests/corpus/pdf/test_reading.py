"""Pages with all that a reader knows of their figures: column, year, unit, basis and notes."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import write_pdf
from PIL import Image
from printed_pages import LEFT, Ink, Printed, print_pdf, read_pages, row, rows_of
from pypdf import PdfWriter

from corpus.document import Block, Cell, Doubt, Page, original_text
from corpus.errors import UnreadableSourceError
from corpus.pdf import read_pdf
from corpus.pdf.lines import Word
from corpus.pdf.ocr import TESSERACT_MISSING, tesseract_version
from corpus.pdf.reading import build_pages

TWO = (330, 400)
THREE = (330, 400, 470)
WIDE = (440, 530)
HEAD: list[Printed] = [
    Ink(LEFT, "RARE EARTHS", size=14, bold=True),
    8.0,
    "[Data in metric tons, rare-earth-oxide (REO) equivalent, unless otherwise noted]",
]
YEARS = row("Country", "2024", "2025", at=TWO)
SUMMARY: list[Printed] = [
    *HEAD,
    6.0,
    row("Salient Statistics\u2014United States:", "2023", "2024", "2025^e^", at=THREE),
    row("Production, mineral concentrates", "41,600", "45,500^r^", "51,000", at=THREE),
    Ink(LEFT, "Imports:^2^"),
    row("Compounds", "10,900", "8,600", "9,000", at=THREE, x=LEFT + 9),
    row("Metals", "450", "\u2014", "NA", at=THREE, x=LEFT + 9),
    row("Price, dollars per kilogram", "12", "10", "11", at=THREE),
    row("Net import reliance as a percentage of consumption", "95", "E", "67", at=THREE),
    row("Employment, annual average, number", "400", "560", "590", at=THREE),
    12.0,
    "World Mine Production and Reserves: Reserves for Australia were revised from reports.",
    6.0,
    [Ink(349, "Mine production^e^", "middle"), Ink(470, "Reserves^10^", "right")],
    row("", "2024", "2025", "", at=THREE),
    row("Australia", "^11^29,000", "29,000", "^12^6,300,000", at=THREE),
    row("Tanzania", "\u2014", "\u2014", "890,000", at=THREE),
    8.0,
    Ink(LEFT, "^e^Estimated. ^r^Revised. E Net exporter. NA Not available. \u2014 Zero.", size=8),
    Ink(LEFT, "^2^Rare-earth-oxide content, from trade reports.", size=8),
    Ink(LEFT, "^10^See Appendix C.", size=8),
    Ink(LEFT, "^11^Based on import data.", size=8),
    Ink(LEFT, "^12^For Australia, reserves compliant with the code were", size=8),
    Ink(LEFT, "3.3 million tons.", size=8),
]
PROSE = [
    "Mines of the country shipped more ore in the year than ever before, and the plants along the",
    "coast parted all of it into oxides, so that none was exported as concentrate any more.",
]


@pytest.fixture(scope="module")
def summary() -> Page:
    (page,) = read_pages(SUMMARY)
    return page


def cell(page: Page, label: str, column: str) -> Cell:
    """Return the cell of a row and a column."""
    (found,) = (c for c in rows_of(page)[label].cells[1:] if c.column == column)
    return found


def prose(page: Page) -> list[str]:
    return [page.text[b.start : b.end] for b in page.blocks if b.kind == "prose"]


def filing(
    *body: list[Ink], unit: str, heads: tuple[str, str] = ("2022", "2021")
) -> dict[str, Block]:
    """Return the rows of a statement with a unit above its heads."""
    page: list[Printed] = [
        Ink(295, "STATEMENTS OF OPERATIONS", "middle", bold=True),
        Ink(295, unit, "middle"),
        row("", *heads, at=WIDE),
        *body,
    ]
    return rows_of(read_pages(page)[0])


@pytest.mark.parametrize(
    ("label", "column", "expected"),
    [
        ("Compounds", "2023", ("10,900", 2023, "metric tons", "rare-earth-oxide (REO) equivalent")),
        (
            "Australia",
            "Mine production 2025",
            ("29,000", 2025, "metric tons", "rare-earth-oxide (REO) equivalent"),
        ),
        (
            "Tanzania",
            "Reserves",
            ("890,000", 0, "metric tons", "rare-earth-oxide (REO) equivalent"),
        ),
        ("Price, dollars per kilogram", "2024", ("10", 2024, "dollars per kilogram", "")),
        (
            "Net import reliance as a percentage of consumption",
            "2023",
            ("95", 2023, "percent", ""),
        ),
        ("Employment, annual average, number", "2025", ("590", 2025, "number", "")),
    ],
)
def test_cell_knows_its_year_unit_and_basis(
    summary: Page, label: str, column: str, expected: tuple[str, int, str, str]
) -> None:
    found = cell(summary, label, column)
    assert (found.text, found.year, found.unit, found.basis) == expected


AUSTRALIA = "For Australia, reserves compliant with the code were 3.3 million tons."
TRADE = "Rare-earth-oxide content, from trade reports."
RELIANCE = "Net import reliance as a percentage of consumption"


@pytest.mark.parametrize(
    ("label", "column", "notes"),
    [
        ("Production, mineral concentrates", "2023", ()),
        ("Production, mineral concentrates", "2024", ("Revised.",)),
        ("Production, mineral concentrates", "2025", ("Estimated.",)),
        ("Compounds", "2023", (TRADE,)),
        ("Compounds", "2025", (TRADE, "Estimated.")),
        ("Metals", "2024", (TRADE, "\u2014 Zero.")),
        ("Metals", "2025", (TRADE, "Estimated.", "NA Not available.")),
        (RELIANCE, "2024", ("E Net exporter.",)),
        ("Australia", "Mine production 2024", ("Based on import data.", "Estimated.")),
        ("Australia", "Mine production 2025", ("Estimated.",)),
        ("Australia", "Reserves", (AUSTRALIA, "See Appendix C.")),
        ("Tanzania", "Reserves", ("See Appendix C.",)),
    ],
)
def test_cell_has_the_notes_of_itself_its_row_and_its_column(
    summary: Page, label: str, column: str, notes: tuple[str, ...]
) -> None:
    assert cell(summary, label, column).notes == notes


def test_every_cell_stands_in_the_text_where_it_says(summary: Page) -> None:
    found = [c for block in summary.blocks for c in block.cells]
    assert len(found) == 8 * 4
    assert [c for c in found if summary.text[c.start : c.end] != c.text] == []


def test_row_names_its_groups_behind_its_caption(summary: Page) -> None:
    captions = {label: block.context.caption for label, block in rows_of(summary).items()}
    assert captions["Compounds"] == "Salient Statistics\u2014United States: Imports"
    assert captions["Australia"] == "World Mine Production and Reserves"


def test_row_whose_cells_differ_in_unit_has_none_of_its_own() -> None:
    found = filing(
        [*row("Gross margin", "43.3", "1,200", at=WIDE), Ink(442, "%")], unit="(In millions)"
    )
    assert [c.unit for c in found["Gross margin"].cells[1:]] == ["percent", "millions"]
    assert found["Gross margin"].context.unit == ""


STATED = [
    (
        "[Data in metric tons, rare-earth-oxide (REO) equivalent, unless otherwise noted]",
        "metric tons",
        "rare-earth-oxide (REO) equivalent",
    ),
    # As it stands in the summaries of 2010 to 2025.
    (
        "(Data in metric tons of rare-earth-oxide (REO) equivalent unless otherwise noted)",
        "metric tons",
        "rare-earth-oxide (REO) equivalent",
    ),
    ("(Data in metric tons unless otherwise noted)", "metric tons", ""),
    ("(Data in kilograms, scandium oxide content)", "kilograms", "scandium oxide content"),
    ("[Data in kilograms]", "kilograms", ""),
]
NIGERIA = row("Nigeria", "1,500", "7,200", at=TWO)


@pytest.mark.parametrize(("stated", "unit", "basis"), STATED)
def test_unit_and_basis_of_a_page_are_told_apart(stated: str, unit: str, basis: str) -> None:
    (page,) = read_pages([stated, 6.0, *PROSE, 12.0, YEARS, NIGERIA])
    found = cell(page, "Nigeria", "2024")
    assert (found.unit, found.basis) == (unit, basis)


@pytest.mark.parametrize(("stated", "unit", "basis"), STATED)
def test_unit_and_basis_straight_above_a_table_are_told_apart(
    stated: str, unit: str, basis: str
) -> None:
    (page,) = read_pages([*PROSE, 12.0, stated, YEARS, NIGERIA])
    found = cell(page, "Nigeria", "2024")
    assert (found.unit, found.basis) == (unit, basis)


@pytest.mark.parametrize(
    ("label", "printed", "stated", "unit"),
    [
        ("Net sales", "82,959", "(In millions, except per share amounts)", "millions"),
        ("Net sales", "82,959", "(dollars in thousands)", "dollars in thousands"),
        (
            "Earnings per share",
            "1.20",
            "(In millions, except per share amounts)",
            "dollars per share",
        ),
        ("Gross margin", "43%", "(In millions)", "percent"),
        ("Remaining term", "2.5 years", "(In millions)", "years"),
        ("Net sales", "82,959", "(In Millions, Except Per Share Amounts; Unaudited)", "millions"),
        # Amounts inside a label are no unit of its figures.
        ("Unrealized gains, net of tax of $(22) and $23", "(333)", "(in millions)", "millions"),
        ("Unrealized gains, net of tax of $5", "(333)", "(in millions)", "millions"),
        (
            "Net income",
            "19,442",
            "(In millions, except number of shares, which are reflected in thousands)",
            "millions",
        ),
        (
            "Weighted-average shares",
            "16,162,945",
            "(In millions, except number of shares, which are reflected in thousands)",
            "thousands",
        ),
    ],
)
def test_unit_of_a_statement_holds_where_row_and_figure_name_none(
    label: str, printed: str, stated: str, unit: str
) -> None:
    found = filing(
        row(label, printed, printed, at=WIDE),
        row("Research and development", "6,797", "5,717", at=WIDE),
        unit=stated,
    )
    assert found[label].cells[1].unit == unit


def test_unit_in_a_head_holds_for_its_column_alone() -> None:
    found = filing(
        row("Magnets", "120", "44", at=WIDE),
        unit="(In millions)",
        heads=("Sales", "Share (percent)"),
    )
    assert [c.unit for c in found["Magnets"].cells[1:]] == ["millions", "percent"]


def test_number_of_a_tariff_has_no_unit() -> None:
    tariff: list[Printed] = [
        row("Tariff: Item", "Number", "Duty", at=WIDE),
        row("Cerium compounds", "2846.10.0000", "5.5% ad valorem", at=WIDE),
        row("Scandium and yttrium", "2805.30.0050", "3.0% ad valorem", at=WIDE),
    ]
    (page,) = read_pages([*HEAD, *PROSE, 12.0, *tariff])
    number = rows_of(page)["Cerium compounds"].cells[1]
    assert (number.text, number.unit, number.basis) == ("2846.10.0000", "", "")


@pytest.mark.parametrize(
    ("head", "year"),
    [("2024", 2024), ("September 30, 2023", 2023), ("12\u201331\u201325", 2025), ("Total", 0)],
)
def test_year_of_a_column_is_read_from_its_head(head: str, year: int) -> None:
    page: list[Printed] = [row("Country", head, at=TWO[:1])]
    page += [row("Nigeria", "1,500", at=TWO[:1]), row("Vietnam", "300", at=TWO[:1])]
    assert rows_of(read_pages(page)[0])["Nigeria"].cells[1].year == year


def test_year_of_a_row_named_by_one_is_that_year() -> None:
    page: list[Printed] = [row("Year", "Production", "Imports", at=TWO)]
    page += [row("2024", "45,500", "8,600", at=TWO), row("2025", "51,000", "9,000", at=TWO)]
    found = rows_of(read_pages(page)[0])
    assert [(c.column, c.year) for c in found["2025"].cells[1:]] == [
        ("Production", 2025),
        ("Imports", 2025),
    ]


def test_mark_in_ordinary_type_is_taken_off_a_label_where_a_note_explains_it() -> None:
    page: list[Printed] = [
        row("", "2022", "2021", at=TWO),
        row("Products (1)", "63,355", "63,948", at=TWO),
        row("Services (2)", "19,604", "17,486", at=TWO),
        14.0,
        "(1) Includes magnets that were sold before.",
    ]
    found = rows_of(read_pages(page)[0])
    assert list(found) == ["Products", "Services (2)"]
    assert found["Products"].cells[1].notes == ("Includes magnets that were sold before.",)


def test_notes_overleaf_serve_the_table_before_them() -> None:
    table: list[Printed] = [YEARS, row("Nigeria", "^12^1,500", "7,200", at=TWO)]
    table.append(row("Vietnam", "300", "150", at=TWO))
    first, _ = read_pages(table, [*PROSE, 10.0, Ink(LEFT, "^12^Based on import data.", size=7)])
    assert cell(first, "Nigeria", "2024").notes == ("Based on import data.",)


def test_rows_of_a_table_that_goes_on_overleaf_stay_on_their_page_and_keep_its_heads() -> None:
    first: list[Printed] = [
        "Table 3. Imports of scandium, in kilograms",
        YEARS,
        row("Japan", "15", "14", at=TWO),
        row("Russia", "5", "4", at=TWO),
    ]
    rest: list[Printed] = [row("Estonia", "150", "140", at=TWO), row("Kenya", "3", "2", at=TWO)]
    pages = read_pages(first, rest)
    assert [list(rows_of(page)) for page in pages] == [["Japan", "Russia"], ["Estonia", "Kenya"]]
    found = cell(pages[1], "Estonia", "2025")
    assert (found.text, found.year, found.unit) == ("140", 2025, "kilograms")
    assert pages[1].text[found.start : found.end] == "140"
    assert rows_of(pages[1])["Estonia"].context.caption == (
        "Table 3. Imports of scandium, in kilograms"
    )


def test_a_heading_of_the_page_before_is_no_caption_but_the_section() -> None:
    first: list[Printed] = [Ink(LEFT, "Leases", size=14), *PROSE]
    sold: list[Printed] = [
        row("", "2022", "2021", at=TWO),
        row("Magnets", "120", "44", at=TWO),
        row("Oxides", "20", "14", at=TWO),
    ]
    context = rows_of(read_pages(first, [*PROSE, 10.0, *sold])[1])["Magnets"].context
    assert (context.section, context.caption) == ("Leases", "")
    context = rows_of(read_pages(first, [Ink(LEFT, "Sales", size=14), *PROSE, 10.0, *sold])[1])[
        "Magnets"
    ].context
    assert (context.section, context.caption) == ("Sales", "Sales")


def test_a_heading_that_ends_a_page_names_the_table_that_begins_the_next() -> None:
    first: list[Printed] = [*PROSE, 10.0, Ink(LEFT, "Sales by product", size=14)]
    sold: list[Printed] = [
        row("", "2022", "2021", at=TWO),
        row("Magnets", "120", "44", at=TWO),
        row("Oxides", "20", "14", at=TWO),
    ]
    assert rows_of(read_pages(first, sold)[1])["Magnets"].context.caption == "Sales by product"


def test_a_table_that_goes_on_overleaf_keeps_the_heading_that_names_it() -> None:
    first: list[Printed] = [
        *PROSE,
        10.0,
        Ink(LEFT, "Sales by product", size=14),
        10.0,
        row("", "2022", "2021", at=TWO),
        row("Magnets", "120", "44", at=TWO),
        row("Oxides", "20", "14", at=TWO),
    ]
    rest: list[Printed] = [row("Alloys", "15", "14", at=TWO), row("Metals", "5", "4", at=TWO)]
    pages = read_pages(first, rest)
    assert rows_of(pages[0])["Magnets"].context.caption == "Sales by product"
    assert rows_of(pages[1])["Alloys"].context.caption == "Sales by product"


def test_lead_in_names_a_table_without_a_caption() -> None:
    page: list[Printed] = [
        *PROSE,
        10.0,
        "The following table shows what the segments of the company sold in the three months:",
        12.0,
        row("", "2022", "2021", at=TWO),
        row("Magnets", "120", "44", at=TWO),
        row("Oxides", "20", "14", at=TWO),
    ]
    assert rows_of(read_pages(page)[0])["Magnets"].context.caption == (
        "The following table shows what the segments of the company sold in the three months"
    )


@pytest.mark.parametrize(
    ("label", "unit"), [("Net income", "millions"), ("Weighted-average shares", "thousands")]
)
def test_lead_in_of_two_units_gives_each_row_its_own(label: str, unit: str) -> None:
    (page,) = read_pages(
        [
            "The following table shows the computation of earnings per share in the three months",
            "that ended in June (net income in millions and shares in thousands):",
            12.0,
            row("", "2022", "2021", at=WIDE),
            row("Net income", "19,442", "21,744", at=WIDE),
            row("Weighted-average shares", "16,162,945", "16,629,371", at=WIDE),
        ]
    )
    assert rows_of(page)[label].cells[1].unit == unit


def test_running_foot_with_a_folio_far_from_it_is_no_table() -> None:
    printed: list[list[Printed]] = [
        [*PROSE, *PROSE, 100.0, row("Financial Statements", number, at=WIDE[1:])]
        for number in ("11", "12", "13")
    ]
    assert [list(rows_of(page)) for page in read_pages(*printed)] == [[], [], []]


def test_running_heads_and_folios_are_in_no_block() -> None:
    places = ("north", "south", "east")
    things = ("mine", "mill", "plant", "store", "road", "port")
    texts = [[f"The {thing} in the {place} was opened." for thing in things] for place in places]
    printed: list[list[Printed]] = [
        ["Apple Orchard Inc. | Form 10-Q", 14.0, *text, 300.0, f"{number}"]
        for number, text in enumerate(texts, start=11)
    ]
    pages = read_pages(*printed)
    assert [prose(page) for page in pages] == [["\n".join(text)] for text in texts]
    assert [page.label for page in pages] == ["11", "12", "13"]
    assert all("Form 10-Q" in page.text for page in pages)


def test_head_that_stands_on_two_pages_only_is_text() -> None:
    first, second = read_pages(
        ["What the ministry said", 14.0, *PROSE, *PROSE],
        ["What the ministry said", 14.0, *PROSE[::-1], *PROSE],
    )
    assert prose(first)[0] == prose(second)[0] == "What the ministry said"


def test_headings_open_sections_that_hold_on_the_next_page() -> None:
    first, second = read_pages(
        [Ink(LEFT, "World Resources", size=13, bold=True), 6.0, *PROSE, *PROSE], [*PROSE, *PROSE]
    )
    assert [b.kind for b in first.blocks] == ["heading", "prose"]
    assert [b.context.section for b in second.blocks] == ["World Resources"]


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        (Ink(LEFT, "World Resources", bold=True), "heading"),
        (Ink(LEFT, "World Resources", size=11), "heading"),
        (Ink(LEFT, "World Resources"), "prose"),
        (Ink(LEFT, "World Resources", size=9.5), "prose"),
        (Ink(LEFT, "and of the world as well", size=12), "prose"),
        (Ink(LEFT, "Cerium, yttrium,", bold=True), "prose"),
        (Ink(LEFT, "These mines are safe.", bold=True), "prose"),
        (Ink(LEFT, "(as of December)", bold=True), "prose"),
        (Ink(LEFT, "2025", size=12), "prose"),
    ],
)
def test_heading_is_told_by_its_type_and_its_words(printed: Ink, kind: str) -> None:
    (page,) = read_pages([*PROSE, 12.0, printed, 12.0, *PROSE, *PROSE])
    (found,) = (b.kind for b in page.blocks if page.text[b.start : b.end] == printed.text)
    assert found == kind


@pytest.mark.parametrize(
    "printed",
    [
        [Ink(LEFT, "Recycling: Small amounts were recovered from magnets.")],
        [
            Ink(LEFT, "Recycling:", bold=True),
            Ink(110, "Small amounts were recovered from magnets."),
        ],
        [Ink(LEFT, "Recycling (2021\u201324): Small amounts were recovered from magnets.")],
    ],
)
def test_run_in_heading_is_named_by_the_text_behind_it(printed: list[Ink]) -> None:
    (page,) = read_pages([Ink(LEFT, "RARE EARTHS", size=14), 8.0, printed, *PROSE])
    heads = [page.text[b.start : b.end] for b in page.blocks if b.kind == "heading"]
    (text,) = (b for b in page.blocks if b.kind == "prose")
    assert heads == ["RARE EARTHS", printed[0].text.split(" Small")[0]]
    assert text.context.section == "RARE EARTHS \u203a Recycling"
    assert page.text[text.start : text.end].startswith("Small amounts")


@pytest.mark.parametrize("bullet", ["\u2022", "\u2013", "-", "*"])
def test_each_item_of_a_list_is_a_block(bullet: str) -> None:
    items = [f"{bullet} Mines were opened in the north", f"{bullet} Mills were closed in the south"]
    (page,) = read_pages([*PROSE, *items])
    assert prose(page) == ["\n".join(PROSE), *items]


@pytest.mark.parametrize(("last", "count"), [("ships", 1), ("shipped.", 2)])
def test_paragraph_goes_on_in_the_next_column_unless_it_has_ended(last: str, count: int) -> None:
    one = [Word(text, 60, 90, 700 - 12 * n, 10) for n, text in enumerate(("The", "mine", last))]
    other = [Word(text, 300, 330, 700 - 12 * n, 10) for n, text in enumerate(("ore", "to", "it"))]
    (page,) = build_pages([[(word,) for word in (*one, *other)]], ["1"], ("", "", "")).pages
    assert [block.kind for block in page.blocks] == ["prose"] * count


def test_paragraphs_are_parted_at_gaps() -> None:
    (page,) = read_pages([*PROSE, 8.0, *PROSE])
    assert [text.replace("\n", " ") for text in prose(page)] == [" ".join(PROSE)] * 2


def test_blocks_stand_in_order_and_do_not_overlap(summary: Page) -> None:
    end = 0
    for block in summary.blocks:
        assert end <= block.start < block.end <= len(summary.text)
        end = block.end


def test_undoing_the_repairs_of_a_row_gives_its_marks_again(summary: Page) -> None:
    found = rows_of(summary)["Australia"]
    assert original_text(summary, found.start, found.end) == "Australia 1129,000 29,000 126,300,000"


def test_words_of_low_confidence_are_doubts_and_lower_that_of_the_page() -> None:
    line = (
        Word("Mines", 60, 90, 700, 10, confidence=0.96),
        Word("shlpped", 95, 130, 700, 10, confidence=0.3),
    )
    (page,) = build_pages([[line]], ["1"], ("", "", "")).pages
    assert page.doubts == (Doubt(6, 13, 0.3),)
    assert page.confidence == 0.63


def test_page_that_has_its_text_is_certain(summary: Page) -> None:
    assert (summary.confidence, summary.doubts, summary.fault) == (1.0, (), "")


def test_encoding_damage_is_repaired_and_can_be_undone() -> None:
    texts = ["China\u0e42\u20ac\u2122s", "mines"]
    line = (Word(texts[0], 60, 100, 700, 10), Word(texts[1], 105, 130, 700, 10))
    (page,) = build_pages([[line]], ["1"], ("", "", "")).pages
    assert page.text == "China\u2019s mines"
    assert original_text(page, 0, len(page.text)) == " ".join(texts)


def test_pages_are_the_same_through_the_reading_processes(summary: Page) -> None:
    (page,) = read_pdf(print_pdf(SUMMARY), "summary.pdf").pages
    assert page == summary


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Hide an installed Tesseract."""
    # The reading processes are kept for later tests, so they start before it is hidden from them.
    read_pdf(print_pdf(PROSE), "first.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract_version.cache_clear()
    yield
    tesseract_version.cache_clear()


def scan() -> io.BytesIO:
    """Return a PDF of one page that is nothing but a plain picture."""
    picture = io.BytesIO()
    Image.new("RGB", (80, 80), "grey").save(picture, "PDF")
    return picture


@pytest.mark.usefixtures("without_tesseract")
def test_scan_that_cannot_be_recognised_is_refused_with_what_to_install() -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_pdf(scan().getvalue(), "scans/a.pdf")
    assert str(raised.value) == (
        f"scans/a.pdf: its one page cannot be read: it is a scan; {TESSERACT_MISSING}"
    )


@pytest.mark.usefixtures("without_tesseract")
def test_scan_among_pages_of_text_is_a_fault_of_its_own_page() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(print_pdf(PROSE)))
    writer.append(scan())
    joined = io.BytesIO()
    writer.write(joined)
    first, second = read_pdf(joined.getvalue(), "a.pdf").pages
    assert (first.text, first.fault) == ("\n".join(PROSE), "")
    assert (second.text, second.fault) == ("", f"is a scan; {TESSERACT_MISSING}")


def test_empty_pages_are_refused(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf", [[], []])
    with pytest.raises(UnreadableSourceError) as raised:
        read_pdf(file.read_bytes(), "a.pdf")
    assert str(raised.value) == ("a.pdf: has no text on its 2 pages; remove it or fetch it again")
