"""CSV and TSV files: delimiters, encodings, long rows, and files that are none."""

import pytest

from corpus.document import Page
from corpus.errors import NoFactsError, UnreadableSourceError
from corpus.sheets import read_csv


def page_of(text: str, encoding: str = "utf-8") -> Page:
    """Return the one page of a file."""
    (page,) = read_csv(text.encode(encoding), "t.csv").pages
    return page


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(delimiter: str) -> None:
    rows = [["Country", "Note", "2024"], ["China", f'"quota{delimiter}official"', "270"]]
    quoted = " ".join(f"quota{delimiter}official".split())
    page = page_of("\n".join(delimiter.join(row) for row in rows))
    assert page.text == f"Country | Note | 2024\nChina | {quoted} | 270"


def test_delimiter_named_in_the_first_line_counts() -> None:
    assert page_of("sep=;\nCountry;2024\nChina;5,5\n").text == "Country | 2024\nChina | 5,5"


def test_windows_dashes_are_no_letters() -> None:
    page = page_of("Section,Value\nProduction—mine,5\nStocks—year end,7\n", "cp1252")
    assert page.text == "Section | Value\nProduction—mine | 5\nStocks—year end | 7"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_are_read(encoding: str) -> None:
    page = page_of("Land,2024\nVereinigtes Königreich,5\n", encoding)
    assert page.text == "Land | 2024\nVereinigtes Königreich | 5"


def test_quoted_line_breaks_stay_in_one_row_and_old_line_ends_are_read() -> None:
    page = page_of('Country,Output\r"Korea,\n Republic of",5\rIndia,6\r')
    assert page.text == "Country | Output\nKorea, Republic of | 5\nIndia | 6"


def test_title_above_and_source_below_are_told() -> None:
    page = page_of("Output in metric tons,,\n\nCountry,2023,2024\nChina,1,2\n\nSource: X.,,\n")
    (row,) = [block for block in page.blocks if block.kind == "row"]
    assert row.context.caption == "Output in metric tons"
    assert row.context.notes == ("Source: X.",)
    assert [(cell.text, cell.year, cell.unit) for cell in row.cells[1:]] == [
        ("1", 2023, "metric tons"),
        ("2", 2024, "metric tons"),
    ]


def test_spaces_in_front_of_labels_indent_them() -> None:
    page = page_of("Category,2024\nImports,\n  Oxides,1\nExports,\n  Oxides,2\n")
    assert [block.context.caption for block in page.blocks] == ["Imports", "Exports"]


def test_table_of_one_column_is_prose() -> None:
    assert [block.kind for block in page_of("hello\nworld\n").blocks] == ["prose"]


def test_rows_too_many_are_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.sheets.delimited._MOST_ROWS", 3)
    monkeypatch.setattr("corpus.sheets.delimited._MOST_COLUMNS", 2)
    reading = read_csv(b"Country,2023,2024\n" + b"China,1,2\n" * 5, "t.csv")
    assert reading.pages[0].text == "Country | 2023\nChina | 1\nChina | 1"
    assert reading.remarks == (
        "is cut: 3 of its rows are left out",
        "is cut: columns behind the first 2 are left out",
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04abc", "is a zip or an office file"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0abc", "is an old office file"),
        (b"a,b\n\x00,1\n", "holds binary data"),
        (bytes(range(256)) * 20, "not text in any encoding"),
        (b'a,b\n"x,1\n' + b"y,2\n" * 40_000, "is a quotation mark left open"),
        (b"a," * (33 << 20), "holds more than 30 MB of text"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableSourceError, match=why):
        read_csv(data, "t.csv")


def test_file_of_empty_cells_holds_no_facts() -> None:
    with pytest.raises(NoFactsError, match=r"^t\.csv: holds no cell with words"):
        read_csv(b",,\n,,\n", "t.csv")


def test_marked_lines_above_a_table_are_no_head_of_it() -> None:
    data = b"# Deals, 2033 and 2034\n# Orla Data\nlender,amount (t)\nBank,5\n"
    (page,) = read_csv(data, "t.csv").pages
    assert page.text == "Deals, 2033 and 2034\nOrla Data\n\nlender | amount (t)\nBank | 5"
    (page,) = read_csv(b"#,amount (t)\n1,5\n2,6\n", "t.csv").pages
    assert page.blocks[-1].cells[0].column == "#"
