"""Forms of tables that analysts meet, read whole: what a cell says of itself."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment

from corpus.document import Block
from corpus.reading import read_document

LEAD = "Imports have grown since 2019, and most of them come from a single partner abroad."


def rows_of(folder: Path, name: str, text: str) -> list[Block]:
    if name.endswith(".html"):
        text = (
            f"<!doctype html><html><head><title>Report</title></head><body><main><h1>Report</h1>"
            f"<p>{LEAD}</p>{text}</main></body></html>"
        )
    (folder / name).write_text(text, encoding="utf-8")
    return rows_in(folder / name)


def rows_in(path: Path) -> list[Block]:
    pages = read_document(path, path.parent).pages
    return [block for page in pages for block in page.blocks if block.kind == "row"]


def told(rows: list[Block]) -> list[tuple[str, str, str, str, int, tuple[str, ...]]]:
    return [
        (row.cells[0].text, cell.column, cell.text, cell.unit, cell.year, cell.notes)
        for row in rows
        for cell in row.cells[1:]
    ]


def test_flags_behind_figures_are_marks_of_the_legend_below(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "flags.html",
        "<table><caption>Imports (tonnes)</caption><tr><th>Partner</th><th>2023</th><th>2024</th>"
        "</tr><tr><th>China</th><td>17&nbsp;903 <sup>p</sup></td><td>19&nbsp;120 <sup>e</sup></td>"
        "</tr><tr><th>Japan (¹)</th><td>101</td><td>: <sup>c</sup></td></tr></table>"
        "<p>(:) not available; (p) provisional; (e) estimated; (c) confidential.<br>"
        "(¹) Including re-exports.</p>",
    )
    includes = "Including re-exports."
    assert told(rows) == [
        ("China", "2023", "17 903", "tonnes", 2023, ("provisional",)),
        ("China", "2024", "19 120", "tonnes", 2024, ("estimated",)),
        ("Japan", "2023", "101", "tonnes", 2023, (includes,)),
        (
            "Japan",
            "2024",
            ":",
            "tonnes",
            2024,
            ("confidential.", includes, ": not available"),
        ),
    ]


def test_unit_line_above_a_table_is_no_caption(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "quota.html",
        "<p>Annex: Targets of the second batch</p><p>Unit: tonnes (rare earth oxides, REO)</p>"
        "<table><tr><td rowspan=2>Group</td><td colspan=2>Ore (REO)</td></tr>"
        "<tr><td>Rock (light rare earths)</td><td>Ion</td></tr>"
        "<tr><td>North</td><td>69,176</td><td>40</td></tr></table>",
    )
    assert {(cell.unit, cell.basis) for cell in rows[0].cells[1:]} == {
        ("tonnes", "rare earth oxides, REO")
    }
    assert rows[0].context.caption == "Annex: Targets of the second batch"


def test_a_tax_in_a_head_is_no_unit(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "prices.html",
        "<table><tr><th rowspan=2>Product</th><th colspan=2>Price, yuan/t (incl. 13% VAT)</th></tr>"
        "<tr><th>Low</th><th>High</th></tr>"
        "<tr><td>Cerium oxide</td><td>9,500</td><td>10,500</td></tr></table>",
    )
    head = "Price, yuan/t (incl. 13% VAT)"
    assert told(rows) == [
        ("Cerium oxide", f"{head} > Low", "9,500", "yuan/t", 0, ()),
        ("Cerium oxide", f"{head} > High", "10,500", "yuan/t", 0, ()),
    ]


def test_keys_with_values_have_no_head_and_share_no_unit(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "facts.html",
        "<table><tr><td>Owner</td><td>Arid Ltd</td></tr><tr><td>Found</td><td>1994</td></tr>"
        "<tr><td>Ore</td><td>29.5 Mt</td></tr><tr><td>Grade</td><td>2.9%</td></tr>"
        "<tr><td>Plants</td><td>3</td></tr></table>",
    )
    assert [(label, value, unit) for label, _, value, unit, *_ in told(rows)] == [
        ("Owner", "Arid Ltd", ""),
        ("Found", "1994", ""),
        ("Ore", "29.5 Mt", "Mt"),
        ("Grade", "2.9%", "percent"),
        ("Plants", "3", ""),
    ]


@pytest.mark.parametrize(
    ("label", "printed", "unit"),
    [
        ("Revenue", "$ 31,402", "thousands"),
        ("Loss per share", "$ (0.12)", "dollars per share"),
        ("Weighted-average shares", "78,114,502", "shares"),
        ("Gross margin", "12.4%", "percent"),
    ],
)
def test_exceptions_of_a_units_line_are_kept(
    tmp_path: Path, label: str, printed: str, unit: str
) -> None:
    rows = rows_of(
        tmp_path,
        "income.html",
        "<p>Table 1. Income</p><p>(in thousands, except share and per share amounts)</p>"
        "<table><tr><th></th><th>2025</th></tr><tr><td>Services</td><td>$ 1,204</td></tr>"
        f"<tr><td>{label}</td><td>{printed}</td></tr></table>",
    )
    assert rows[-1].cells[-1].unit == unit


def test_labels_of_groups_hold_for_rows_that_leave_them_blank(tmp_path: Path) -> None:
    text = (
        "Country,Project,Capacity (t REO/yr)\n"
        "Australia,Nolans,19600\n,Yangibana,15000\nBrazil,Caldeira,13500\n"
    )
    rows = rows_of(tmp_path, "projects.csv", text)
    assert [row.cells[0].text for row in rows] == [
        "Australia > Nolans",
        "Australia > Yangibana",
        "Brazil > Caldeira",
    ]


def test_codes_of_goods_name_their_rows_and_a_total_has_its_word(tmp_path: Path) -> None:
    text = (
        "HS code,Item,Quantity (kg)\n"
        "28053013,Dysprosium,152340\n28469015,Terbium oxide,401200\nTotal,,553540\n"
    )
    rows = rows_of(tmp_path, "codes.csv", text)
    assert [row.cells[0].text for row in rows] == [
        "28053013 > Dysprosium",
        "28469015 > Terbium oxide",
        "Total",
    ]


def test_years_stand_in_a_column_of_another_language(tmp_path: Path) -> None:
    text = (
        "Zollstatistik;;;\nQuelle: Amt, Stand 2025-03;;;\n;;;\n"
        "Land;Jahr;Menge (t);Wert (1.000 EUR)\n"
        "China;2023;12.345,6;98.700\nJapan;2024;640,0;21.400\n"
    )
    rows = rows_of(tmp_path, "lang.csv", text)
    assert told(rows)[:2] == [
        ("China", "2023 > Menge (t)", "12.345,6", "t", 2023, ()),
        ("China", "2023 > Wert (1.000 EUR)", "98.700", "1.000 EUR", 2023, ()),
    ]


def test_rows_set_further_right_are_parts_of_the_row_above(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [
        ("", 2022, 2023),
        ("Imports", 6100, 4900),
        ("China", 4700, 3300),
        ("Russia", 300, "W"),
        ("Exports", 95, 110),
    ]
    for number, row in enumerate([("(kilograms of contained metal)",), *rows], 1):
        sheet.append(row)
        sheet.cell(number, 1).alignment = Alignment(
            indent=2 if row[0] in ("China", "Russia") else 0
        )
    book.save(tmp_path / "parts.xlsx")
    read = rows_in(tmp_path / "parts.xlsx")
    assert [(row.context.caption, row.cells[0].text) for row in read] == [
        ("", "Imports"),
        ("Imports", "China"),
        ("Imports", "Russia"),
        ("", "Exports"),
    ]
    assert {(cell.unit, cell.basis) for row in read for cell in row.cells[1:]} == {
        ("kilograms", "contained metal")
    }


def test_notes_right_below_a_pipe_table_belong_to_it(tmp_path: Path) -> None:
    text = (
        f"# Mines\n\n{LEAD}\n\nTable 5. Output (kt)\n| Mine | 2023 | 2024 |\n| --- | --- | --- |\n"
        "| Weld | 16.8 | 10.9 (1) |\n| Verde | – | 0.5<sup>e</sup> |\n"
        "(1) Financial year to June; (e) estimated.\n– = nil\n"
    )
    rows = rows_of(tmp_path, "mines.md", text)
    assert [(text, notes) for _, _, text, _, _, notes in told(rows)] == [
        ("16.8", ()),
        ("10.9", ("Financial year to June",)),
        ("–", ("– nil",)),
        ("0.5", ("estimated.",)),
    ]


def test_a_table_of_heads_alone_can_be_cited(tmp_path: Path) -> None:
    text = f"# Mines\n\n{LEAD}\n\n| Mine | 2023 |\n| --- | --- |\n\n{LEAD}\n"
    rows = rows_of(tmp_path, "heads.md", text)
    assert [[cell.text for cell in row.cells] for row in rows] == [["Mine", "2023"]]


def test_a_lone_star_in_a_pipe_table_marks_a_note(tmp_path: Path) -> None:
    text = f"# Prices\n\n{LEAD}\n\n| Oxide | RMB/kg |\n|---|---|\n| **Tb** | 447* |\n\n*Ex VAT.\n"
    rows = rows_of(tmp_path, "stars.md", text)
    assert told(rows) == [("Tb", "RMB/kg", "447", "RMB/kg", 0, ("Ex VAT.",))]


def test_column_of_figures_names_no_rows_where_some_are_not_stated(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "by-source.md",
        "# Output\n\nTable 1. Output by source, metric tons\n"
        "| Year | Company release | MCS 2016 |\n|---|---|---|\n| 2012 | not quoted | 3,000 |\n"
        "| 2013 | 3,473 | 5,500 |\n| 2014 | 4,769 | 5,400 |\n| 2015 | not covered | 4,100 |\n",
    )
    assert [(row.cells[0].text, row.cells[1].text) for row in rows] == [
        ("2012", "not quoted"),
        ("2013", "3,473"),
        ("2014", "4,769"),
        ("2015", "not covered"),
    ]


def test_row_below_years_alone_has_no_name(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "years.md",
        "# Imports\n\nTable 1. Imports, metric tons\n| 2021 | 2022 | 2023 |\n|---|---|---|\n"
        "| 1 | 6 | 7 |\n",
    )
    assert [(cell.column, cell.text, cell.year) for cell in rows[0].cells[1:]] == [
        ("2021", "1", 2021),
        ("2022", "6", 2022),
        ("2023", "7", 2023),
    ]


def test_percent_of_some_rows_is_not_that_of_others(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        "points.md",
        "# Act\n\n| Point | Proposal | Final |\n|---|---|---|\n| Extraction | 10% | 10% |\n"
        "| Processing | 40% | 40% |\n| Recycling | 15% | 25% |\n| Permit, months | 24 | 27 |\n",
    )
    assert [cell.unit for cell in rows[0].cells[1:]] == ["percent", "percent"]
    assert "percent" not in [cell.unit for cell in rows[3].cells[1:]]
