"""Tables of web pages: spans, heads, titles, units and notes; layouts are no tables."""

from websites import read_body, read_page, row_blocks, rows_of, told


def test_spans_notes_and_heads_of_a_company_table() -> None:
    page = read_page("company_release").pages[0]
    rows = row_blocks(page)
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["NdPr oxide (t)", "1,460", "1,339", "9%"],
        ["SEG concentrate (t)", "310", "—", "—"],
        ["NdPr oxide (t)", "1,402", "1,377", "2%"],
    ]
    assert "Sold" in rows[2].context.caption
    assert [cell.column for cell in rows[0].cells] == [
        "Product",
        "Quarter ended > Dec. 2025",
        "Quarter ended > Sept. 2025",
        "Change",
    ]
    assert rows[0].context.caption == "Table 1: Production by product"
    assert rows[1].cells[1].notes == ("First shipment in November.",)
    assert "4 First shipment in November." in told(page)
    assert "Average price received of A$71.40/kg\n" in page.text


def test_title_unit_and_notes_inside_the_rows_are_told_apart_from_them() -> None:
    page = read_page("statistics_table").pages[0]
    assert rows_of(page) == [
        ["Australia", "24,000", "18,000", "16,000", "13,000"],
        ["Burundi", "200", "—", "—", "—"],
        ["Madagascar", "6,800", "960", "2,100", "2,000"],
        ["Tanzania", "—", "—", "—", "—"],
    ]
    row = row_blocks(page)[0]
    assert row.context.caption == "TABLE 8 RARE EARTHS: MINE PRODUCTION, BY COUNTRY"
    assert "Revised." in row.cells[2].notes
    assert "Estimated." in row.cells[4].notes
    assert told(page)[-3:] == [
        "e Estimated.",
        "r Revised. — Zero.",
        "1 Table includes data available through December 11, 2025.",
    ]


def test_infobox_and_sortable_table_of_a_wiki() -> None:
    page = read_page("wiki").pages[0]
    assert [row for row in rows_of(page) if len(row) > 1] == [
        ["Country", "Canada"],
        ["Opened", "1974"],
        ["Area", "12.4 km²"],
        ["2023", "6,900", "Nordic REE"],
        ["2024", "7,200", "Nordic REE"],
    ]
    assert row_blocks(page)[-1].context.caption == "Output of oxide in tonnes"
    assert (
        "Skarn Lake is an open-pit mine of rare earths in Canada. It yielded 7,200 tonnes of "
        "oxide in 2024."
    ) in told(page)
    assert not any("edit" in words or "Categories" in words for words in told(page))


def test_caption_and_notes_of_a_figure_are_those_of_its_table() -> None:
    page = read_page("science").pages[0]
    row = row_blocks(page)[0]
    assert row.context.caption == "Table 1. Grades of the drill holes"
    assert [(cell.text, cell.notes) for cell in row.cells] == [
        ("K-1", ()),
        ("2.31", ("Mean of two assays.",)),
        ("140", ()),
    ]
    assert (
        "The ratio ¹⁴³Nd/¹⁴⁴Nd of nine samples is 0.51262 ± 0.00002. The ores hold 3 × 10⁶ t of "
        "oxide at 1.4 g cm⁻³ loose density, with Ce³⁺ and Ce⁴⁺ side by side."
    ) in told(page)


def test_caption_below_a_table_is_its_caption_too() -> None:
    page = read_body(
        "<figure><table><tr><th>Year</th><th>Tonnes</th></tr><tr><td>2024</td><td>70</td></tr>"
        "</table><figcaption>Output of Ostby</figcaption></figure><p>Ostby is in Norway.</p>"
    )
    assert row_blocks(page)[0].context.caption == "Output of Ostby"
    assert told(page)[-1] == "Ostby is in Norway."


def test_paragraphs_above_a_table_give_its_caption_and_unit() -> None:
    page = read_body(
        "<p>Table 3. Output</p><p>(Metric tons)</p><table><tr><th>Year</th><th>Ostby</th></tr>"
        "<tr><td>2024</td><td>70</td></tr></table><p>Source: the owner.</p><p>More follows.</p>"
    )
    (row,) = row_blocks(page)
    assert row.context.caption == "Table 3. Output"
    assert row.cells[1].unit == "metric tons"
    assert told(page) == [
        "Table 3. Output",
        "(Metric tons)",
        "2024 | 70",
        "Source: the owner.",
        "More follows.",
    ]


def test_cell_that_spans_rows_labels_each_of_them() -> None:
    page = read_body(
        "<table><tr><th>Country</th><th>Mine</th><th>Tonnes</th></tr>"
        "<tr><td rowspan=2>Norway</td><td>Ostby</td><td>60</td></tr>"
        "<tr><td>Vik</td><td>70</td></tr></table>"
    )
    labels = [[cell.text for cell in row.cells[:-1]] for row in row_blocks(page)]
    assert ["Norway" in " ".join(label) for label in labels] == [True, True]
    assert page.text.count("Norway") == 1


def test_spans_beyond_all_measure_are_bounded() -> None:
    row = "<tr><td colspan=1000 rowspan=60000>Norway</td><td colspan=99999>70</td></tr>"
    page = read_body(f"<table>{row * 400}</table>")
    assert len(page.text) < 400_000


def test_short_definitions_with_figures_are_rows() -> None:
    page = read_body(
        "<dl><dt>Budget</dt><dd>48 million crowns</dd><dt>Plants</dt><dd>3 by 2027</dd></dl>"
    )
    assert rows_of(page) == [["Budget", "48 million crowns"], ["Plants", "3 by 2027"]]


def test_table_that_arranges_the_page_is_walked_through() -> None:
    page = read_body(
        "<table><tr><td><a href='/'>Home</a></td><td><h2>Cerium</h2><p>It polishes glass.</p>"
        "<table><tr><th>Year</th><th>Tonnes</th></tr><tr><td>2024</td><td>70</td></tr></table>"
        "</td></tr></table><table role=presentation><tr><td>One</td><td>Two</td></tr></table>"
    )
    assert told(page) == ["Cerium", "It polishes glass.", "2024 | 70", "One", "Two"]


def test_figures_that_are_split_over_cells_are_whole() -> None:
    page = read_body(
        "<p>STATEMENT OF OPERATIONS<br>(in thousands)</p><table>"
        "<tr><td></td><td>&nbsp;</td><td colspan=3>2025</td><td></td><td colspan=3>2024</td></tr>"
        "<tr><td>Sales</td><td></td><td>$</td><td>37,412</td><td></td><td></td><td>$</td>"
        "<td>24,870</td><td></td></tr>"
        "<tr><td>Net loss<sup>(1)</sup></td><td></td><td>$</td><td>(30,864</td><td>)</td><td></td>"
        "<td>$</td><td>(34,055</td><td>)</td></tr></table><p><sup>(1)</sup> Not audited.</p>"
    )
    rows = row_blocks(page)
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["Sales", "$37,412", "$24,870"],
        ["Net loss", "$(30,864)", "$(34,055)"],
    ]
    assert [cell.column for cell in rows[0].cells] == ["", "2025", "2024"]
    assert rows[0].context.caption == "STATEMENT OF OPERATIONS"
    assert rows[1].cells[0].notes == ("Not audited.",)
    assert "Net loss | $(30,864) | $(34,055)" in page.text


def test_marks_find_their_notes_elsewhere_on_the_page() -> None:
    page = read_body(
        "<table><tr><th>Country</th><th>2024</th></tr>"
        "<tr><td>China<sup class=reference><a href='#n-a'>[a]</a></sup></td><td>270,000</td></tr>"
        "<tr><td>India</td><td>2,900<sup><a href='#n-b'>b</a></sup></td></tr></table>"
        "<p>Quotas are set twice a year by two ministries.</p><h2>Notes</h2>"
        "<ol type=a><li id=n-a>A quota.</li><li id=n-b><a href='#fnref-b'>↩</a> Revised.</li></ol>"
    )
    china, india = row_blocks(page)
    assert china.cells[0].notes == ("A quota.",)
    assert india.cells[1].notes == ("Revised.",)
    assert page.text.count("A quota.") == 1


def test_star_behind_a_label_is_a_mark_and_a_caption_may_hold_its_note() -> None:
    page = read_body(
        "<figure><table><tr><th>Oxide</th><th>US$/kg</th></tr><tr><td>Samarium*</td><td>2.82</td>"
        "</tr></table><figcaption>Prices in 2025. *Purity of at least 99.5%.</figcaption></figure>"
    )
    (row,) = row_blocks(page)
    assert row.context.caption == "Prices in 2025."
    assert row.cells[0].text == "Samarium"
    assert row.cells[0].notes == ("Purity of at least 99.5%.",)
    assert [(repair.original, repair.kind) for repair in page.repairs] == [("*", "footnote mark")]


def test_label_of_a_group_that_spans_the_table_goes_with_its_rows() -> None:
    page = read_body(
        "<table><tr><th>Item</th><th>2023</th><th>2024</th></tr>"
        "<tr><th colspan=3>Imports</th></tr><tr><td>Metals</td><td>476</td><td>96</td></tr>"
        "<tr><th colspan=3>Exports</th></tr><tr><td>Metals</td><td>63</td><td>85</td></tr></table>"
    )
    imports, exports = row_blocks(page)
    assert ("Imports" in imports.context.caption, "Exports" in exports.context.caption) == (
        True,
        True,
    )
