"""XLSX workbooks: a page a sheet, figures as shown, marks, merged cells, hidden and odd sheets."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font

from corpus.document import Block, Cell, Context, Metadata, Page, original_text
from corpus.errors import UnreadableSourceError
from corpus.number_format import show
from corpus.sheets import read_workbook

_RAISED = InlineFont(vertAlign="superscript")


def saved(book: Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def pages_of(book: Workbook) -> tuple[Page, ...]:
    """Return the pages of a workbook."""
    return read_workbook(saved(book), "t.xlsx").pages


def sheet_of(*rows: list[Any]) -> tuple[Workbook, Any]:
    """Return a workbook with one sheet of rows, and that sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return book, sheet


def rows_of(page: Page) -> list[tuple[str, list[tuple[str, str, int, str]]]]:
    """Return groups and label of each row, and text, column, year and unit of its values."""
    return [
        (
            ": ".join(filter(None, (block.context.caption, block.cells[0].text))),
            [(cell.text, cell.column, cell.year, cell.unit) for cell in block.cells[1:]],
        )
        for block in page.blocks
        if block.kind == "row"
    ]


def yearbook_table() -> Workbook:
    """Return a table as yearbooks print it: title, unit, raised marks, mark columns, notes."""
    book, sheet = sheet_of(
        ["TABLE 8"],
        [CellRichText("WORLD MINE PRODUCTION", TextBlock(_RAISED, "1"))],
        ["(Metric tons, rare-earth oxide equivalent)"],
        [],
        ["Country", None, 2024, None, 2025],
        [CellRichText("China", TextBlock(_RAISED, "2")), None, 270000, "e", 270000],
        [CellRichText("India", TextBlock(_RAISED, "e, 3")), None, 2900, 4, "NA"],
        ["Total", None, 272900, None, 270000, "r"],
        [
            CellRichText(
                TextBlock(_RAISED, "e"), "Estimated.  ", TextBlock(_RAISED, "r"), "Revised."
            )
        ],
        ["NA Not available."],
        [CellRichText(TextBlock(_RAISED, "1"), "Data are rounded.")],
        [CellRichText(TextBlock(_RAISED, "2"), "Official quota.")],
        ["3Of exports."],
        ["4As reported."],
    )
    for row in ("A1:F1", "A2:F2", "A3:F3"):
        sheet.merge_cells(row)
    sheet["A8"].alignment = Alignment(indent=1)
    for row in (6, 7, 8):
        sheet[f"C{row}"].number_format = sheet[f"E{row}"].number_format = "#,##0"
    for place in ("D6", "D7", "F8"):
        sheet[place].font = Font(vertAlign="superscript")
    return book


def test_table_with_title_unit_marks_and_notes() -> None:
    (page,) = pages_of(yearbook_table())
    assert page.text == (
        "TABLE 8\nWORLD MINE PRODUCTION\n\n(Metric tons, rare-earth oxide equivalent)\n\n"
        "Country | 2024 | 2025\nChina | 270,000 e | 270,000\nIndia | 2,900 4 | NA\n"
        "Total | 272,900 | 270,000 r\n\ne Estimated. r Revised.\n\nNA Not available.\n\n"
        "1 Data are rounded.\n\n2 Official quota.\n\n3Of exports.\n\n4As reported."
    )
    unit, basis = "metric tons", "rare-earth oxide equivalent"
    china = page.text.index("China")
    quota, rounded = "Official quota.", "Data are rounded."
    caption = "TABLE 8 WORLD MINE PRODUCTION"
    rows = [block for block in page.blocks if block.kind == "row"]
    assert rows[0] == Block(
        "row",
        china,
        china + 27,
        Context(
            "",
            caption,
            ("Country", "2024", "2025"),
            f"{unit}, {basis}",
            (quota, "Estimated.", rounded),
        ),
        (
            Cell("China", china, china + 5, "Country", notes=(quota,)),
            Cell(
                "270,000",
                china + 8,
                china + 15,
                "2024",
                2024,
                unit,
                basis,
                ("Estimated.", quota, rounded),
            ),
            Cell("270,000", china + 20, china + 27, "2025", 2025, unit, basis, (quota, rounded)),
        ),
    )
    assert [[cell.notes for cell in row.cells[1:]] for row in rows[1:]] == [
        [
            ("As reported.", "Estimated.", "Of exports.", rounded),
            ("Estimated.", "Of exports.", rounded, "NA Not available."),
        ],
        [(rounded,), ("Revised.", rounded)],
    ]
    assert "China2 | 270,000 e" in original_text(page, 0, len(page.text))


def test_hidden_sheets_are_read_and_said() -> None:
    book = Workbook()
    for name, state in (("New", "visible"), ("Old", "hidden"), ("Older", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.append(["Country", 2024])
        sheet.append(["China", 5])
        sheet.sheet_state = state
    reading = read_workbook(saved(book), "t.xlsx")
    assert [(page.number, page.label, bool(page.text)) for page in reading.pages] == [
        (1, "Sheet", False),
        (2, "New", True),
        (3, "Old", True),
        (4, "Older", True),
    ]
    assert reading.remarks == ("sheet 'Old' is hidden", "sheet 'Older' is hidden")


def test_hidden_rows_and_columns_are_said() -> None:
    book, sheet = sheet_of(["Country", 2024], ["China", 5], ["India", 6])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    assert read_workbook(saved(book), "t.xlsx").remarks == (
        "sheet 'Sheet' has hidden rows",
        "sheet 'Sheet' has hidden columns",
    )


def test_chart_sheet_keeps_its_place_as_an_empty_page() -> None:
    book, _ = sheet_of(["Country", 2024], ["China", 5])
    book.create_chartsheet("Chart", 0)
    assert [(page.number, page.label, page.text) for page in pages_of(book)] == [
        (1, "Chart", ""),
        (2, "Sheet", "Country | 2024\nChina | 5"),
    ]


def test_merged_heads_group_columns_and_merged_labels_hold_below() -> None:
    book, sheet = sheet_of(
        ["", "", 2023, None, 2024, None],
        ["Country", "Mine", "Tons", "Value", "Tons", "Value"],
        ["China", "A", 1, 2, 3, 4],
        [None, "B", 5, 6, 7, 8],
    )
    for cells in ("C1:D1", "E1:F1", "A3:A4"):
        sheet.merge_cells(cells)
    (page,) = pages_of(book)
    columns = ["2023 > Tons", "2023 > Value", "2024 > Tons", "2024 > Value"]
    assert [(label, [value[1] for value in values]) for label, values in rows_of(page)] == [
        ("China > A", columns),
        ("China > B", columns),
    ]
    assert page.text.count("2023") == page.text.count("China") == 1


def test_indents_group_the_rows() -> None:
    book, sheet = sheet_of(
        ["Category", 2024], ["Imports:", None], ["Oxides", 1], ["Metals", 2], ["Stocks", 3]
    )
    sheet["A3"].alignment = sheet["A4"].alignment = Alignment(indent=1)
    (page,) = pages_of(book)
    assert [label for label, _ in rows_of(page)] == ["Imports: Oxides", "Imports: Metals", "Stocks"]


def test_tables_one_below_the_other_keep_their_own_heads() -> None:
    book, _ = sheet_of(
        ["Table 1. Output, in metric tons"],
        ["Country", 2023, 2024],
        ["China", 1, 2],
        ["Source: A."],
        [],
        ["Table 2. Prices, dollars per kilogram"],
        ["Oxide", 2024],
        ["Nd", 56],
        [],
        ["Share", "Percent of total"],
        ["China", 69],
    )
    (page,) = pages_of(book)
    tons, price = "metric tons", "dollars per kilogram"
    values = [("1", "2023", 2023, tons), ("2", "2024", 2024, tons)]
    assert rows_of(page) == [
        ("Table 1. Output, in metric tons: China", values),
        ("Table 2. Prices, dollars per kilogram: Nd", [("56", "2024", 2024, price)]),
        ("China", [("69", "Percent of total", 0, "percent")]),
    ]
    rows = [block for block in page.blocks if block.kind == "row"]
    assert [row.context.notes for row in rows] == [("Source: A.",), (), ()]


def test_lines_without_a_table_are_prose() -> None:
    book, _ = sheet_of(["These tables are"], ["an advance release."], [], ["Posted: March 2025"])
    (page,) = pages_of(book)
    assert page.text == "These tables are\nan advance release.\n\nPosted: March 2025"
    assert [block.kind for block in page.blocks] == ["prose", "prose"]


def test_figures_without_heads_are_read_as_rows() -> None:
    book, _ = sheet_of(["China", 5], ["India", 6])
    (page,) = pages_of(book)
    assert rows_of(page) == [("China", [("5", "", 0, "")]), ("India", [("6", "", 0, "")])]


def test_exponent_is_no_mark_and_stored_values_of_formulas_count() -> None:
    book, sheet = sheet_of(["Mine", "Area"], ["One", 5])
    sheet["B1"] = CellRichText("Area, km", TextBlock(_RAISED, "2"))
    (page,) = pages_of(book)
    assert page.text == "Mine | Area, km²\nOne | 5"


def test_metadata_come_from_the_workbook_or_its_first_title() -> None:
    book, _ = sheet_of(["Rare earths in 2024"], ["Country", 2024], ["China", 5])
    assert read_workbook(saved(book), "t.xlsx").metadata == Metadata(title="Rare earths in 2024")
    book.properties.title = "Statistics"
    book.properties.creator = "A. Writer"
    assert read_workbook(saved(book), "t.xlsx").metadata == Metadata(
        title="Statistics", author="A. Writer"
    )


def test_far_cell_costs_no_time_and_columns_too_far_are_said() -> None:
    book, sheet = sheet_of(["Country", 2024], ["China", 5])
    sheet["A1048576"] = "Source: X."
    sheet["XFD1"] = "far"
    reading = read_workbook(saved(book), "t.xlsx")
    assert reading.pages[0].text == "Country | 2024\nChina | 5\n\nSource: X."
    assert reading.remarks == ("sheet 'Sheet' is cut: columns behind the first 1,000 are left out",)


def test_too_many_rows_are_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.sheets.workbook._MOST_ROWS", 3)
    book, _ = sheet_of(["Country", 2024], *[["China", number] for number in range(5)])
    reading = read_workbook(saved(book), "t.xlsx")
    assert len(rows_of(reading.pages[0])) == 2
    assert reading.remarks == ("sheet 'Sheet' is cut: 3 of its rows are left out",)


def test_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    book, _ = sheet_of(["Country", 2024], ["China", 5])
    data = saved(book)
    with ZipFile(BytesIO(data)) as archive:
        parts = [m.file_size for m in archive.infolist() if m.filename.endswith(".xml")]
    monkeypatch.setattr("corpus.sheets.workbook._XML_BYTES", sum(parts) - 1)
    with pytest.raises(UnreadableSourceError, match="split it"):
        read_workbook(data, "t.xlsx")


def rewritten(data: bytes, part: str, content: bytes) -> bytes:
    """Return a zip with one part replaced or added."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"Country,2024\nChina,5\n", "is no office file"),
        (b"PK\x03\x04 and nothing", "cut short or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "of before 2007"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "is protected by a password",
        ),
        (b"%PDF-1.7 ...", "is a PDF"),
    ],
)
def test_other_files_are_told_by_what_they_are(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableSourceError, match=why) as caught:
        read_workbook(data, "t.xlsx")
    assert str(caught.value).startswith("t.xlsx: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet"),
        ("xl/workbook.xml", b""),
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'),
        ("xl/media/image1.bin", bytes(16 << 20)),
    ],
)
def test_damaged_and_hostile_parts_are_refused(part: str, content: bytes) -> None:
    book, _ = sheet_of(["Country", 2024], ["China", 5])
    with pytest.raises(UnreadableSourceError) as caught:
        read_workbook(rewritten(saved(book), part, content), "t.xlsx")
    assert "\n" not in str(caught.value)


def test_no_printed_cell_of_real_workbooks_is_lost(shared: Path) -> None:
    files = sorted(shared.glob("sources/**/*.xlsx"))
    assert files
    for file in files:
        data = file.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(data), data_only=True)
        pages = read_workbook(data, file.name).pages
        for page, sheet in zip(pages, book.worksheets, strict=True):
            whole = " ".join(original_text(page, 0, len(page.text)).split())
            for row in sheet.iter_rows():
                for cell in row:
                    shown = " ".join(show(cell.value, cell.number_format).split())
                    assert shown in whole, f"{file.name} {sheet.title} {cell.coordinate}"
            for block in page.blocks:
                assert all(block.start <= c.start <= c.end <= block.end for c in block.cells)
