"""DOCX papers: order, sections, tables, notes, tracked changes, and files that are damaged."""

from collections.abc import Callable
from typing import Any

import pytest
from docx.shared import Pt
from word_files import (
    NAMESPACE,
    add_notes,
    add_part,
    add_xml,
    damaged,
    refer,
    repacked,
    saved,
    word_file,
)

from corpus.document import Metadata, Page, Reading, original_text
from corpus.errors import CorpusError, NoFactsError, UnreadableSourceError
from corpus.office import read_word

_BOX = (
    '<w:p><w:r><w:t>Anchor.</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxml'
    'formats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing><w:txbxContent>'
    "<w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def reading(write: Callable[[Any], None]) -> Reading:
    return read_word(word_file(write), "a.docx")


def page(write: Callable[[Any], None]) -> Page:
    return reading(write).pages[0]


def told(page: Page) -> list[tuple[str, str, str]]:
    """Return kind, text and section of each block."""
    return [(b.kind, page.text[b.start : b.end], b.context.section) for b in page.blocks]


def fill(table: Any, rows: list[list[str]]) -> None:
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text


def test_paragraphs_and_tables_come_in_the_order_of_the_text_under_their_headings() -> None:
    def write(document: Any) -> None:
        document.add_paragraph("Rare Earths", "Title")
        document.add_paragraph("An overview.")
        document.add_heading("Mining", 1)
        document.add_paragraph("First", "List Bullet")
        fill(document.add_table(2, 2), [["Country", "2025"], ["China", "270,000"]])
        document.add_heading("Trade", 2)
        document.add_paragraph("Exports fell.")

    read = page(write)
    assert (read.number, read.label) == (1, "1")
    assert told(read) == [
        ("heading", "Rare Earths", ""),
        ("prose", "An overview.", "Rare Earths"),
        ("heading", "Mining", ""),
        ("prose", "First", "Mining"),
        ("row", "China | 270,000", "Mining"),
        ("heading", "Trade", ""),
        ("prose", "Exports fell.", "Trade"),
    ]
    assert read.blocks[4].context.header == ("Country", "2025")


def test_short_bold_line_is_a_heading() -> None:
    def write(document: Any) -> None:
        document.add_paragraph().add_run("Outlook").bold = True
        document.add_paragraph("Demand grows.")
        document.add_paragraph().add_run("All of this sentence is bold.").bold = True

    assert [block.kind for block in page(write).blocks] == ["heading", "prose", "prose"]


def test_merged_cell_is_given_wherever_it_covers() -> None:
    def write(document: Any) -> None:
        table = document.add_table(4, 3)
        fill(table, [["", "", ""], ["", "2024", "2025"], ["China", "1", "2"], ["", "3", "4"]])
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Country"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "Output"
        table.cell(2, 0).merge(table.cell(3, 0)).text = "China"

    read = page(write)
    assert read.text.split("\n") == [
        "Country | Output",
        " | 2024 | 2025",
        "China | 1 | 2",
        " | 3 | 4",
    ]
    assert [[(c.text, c.column) for c in block.cells] for block in read.blocks] == [
        [("China", "Country"), ("1", "Output > 2024"), ("2", "Output > 2025")],
        [("China", "Country"), ("3", "Output > 2024"), ("4", "Output > 2025")],
    ]


def test_table_in_a_cell_is_flattened() -> None:
    def write(document: Any) -> None:
        table = document.add_table(2, 2)
        fill(table, [["Firm", "Plants"], ["Lynas", "Two:"]])
        fill(table.cell(1, 1).add_table(1, 2), [["Kalgoorlie", "Gebeng"]])

    assert page(write).text == "Firm | Plants\nLynas | Two: Kalgoorlie Gebeng"


def test_table_of_one_column_only_frames_its_text() -> None:
    def write(document: Any) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "Key points"
        cell.add_paragraph("Quotas rose.")

    assert told(page(write)) == [("prose", "Key points", ""), ("prose", "Quotas rose.", "")]


def test_row_of_long_cells_only_frames_its_text() -> None:
    def write(document: Any) -> None:
        fill(document.add_table(1, 2), [["Left side. " * 10, "Right side. " * 10]])

    assert [block.kind for block in page(write).blocks] == ["prose", "prose"]


def test_chart_is_a_table_under_its_title() -> None:
    chart = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a='
        '"http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:title><c:tx><c:rich>'
        "<a:p><a:r><a:t>Output</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart>"
        "<c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>tons</c:v></c:pt></c:strCache></c:strRef>"
        '</c:tx><c:cat><c:strLit><c:pt idx="0"><c:v>China</c:v></c:pt></c:strLit></c:cat><c:val>'
        '<c:numLit><c:formatCode>#,##0</c:formatCode><c:pt idx="0"><c:v>270000</c:v></c:pt>'
        "</c:numLit></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )

    def write(document: Any) -> None:
        relation = add_part(document, "chart", chart)
        add_xml(
            document,
            '<w:p><w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/'
            '2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships" r:id="{relation}"/></w:drawing></w:r></w:p>',
        )

    read = page(write)
    assert read.text == "Output\n\n | tons\nChina | 270,000"
    assert read.blocks[-1].context.caption == "Output"


@pytest.mark.parametrize("above", [True, False])
def test_caption_stands_above_or_below_its_table(above: bool) -> None:
    def write(document: Any) -> None:
        for number in ("1", "2"):
            if above:
                document.add_paragraph(f"Table {number}. Output", "Caption")
            fill(document.add_table(2, 2), [["Country", "2025"], ["China", number]])
            if not above:
                document.add_paragraph(f"Table {number}. Output", "Caption")

    captions = [b.context.caption for b in page(write).blocks if b.kind == "row"]
    assert captions == ["Table 1. Output", "Table 2. Output"]


def test_line_of_the_unit_belongs_to_the_caption() -> None:
    def write(document: Any) -> None:
        document.add_paragraph("Table 4. Output", "Caption")
        document.add_paragraph("(metric tons)")
        fill(document.add_table(2, 2), [["Country", "2025"], ["China", "270,000"]])

    row = next(block for block in page(write).blocks if block.kind == "row")
    assert row.context.caption == "Table 4. Output"
    assert row.cells[1].unit == "metric tons"


def test_footnote_is_written_at_the_end_of_its_section_and_its_mark_is_off_the_figure() -> None:
    def write(document: Any) -> None:
        document.add_heading("Output", 1)
        paragraph = document.add_paragraph("Nigeria made 7,200")
        refer(paragraph, 12)
        paragraph.add_run(" tons.")
        document.add_paragraph("It was more.")
        document.add_heading("Trade", 1)
        paragraph = document.add_paragraph("Exports fell")
        refer(paragraph, 2, "endnote")
        add_notes(document, {12: "Includes exports."})
        add_notes(document, {2: "See the annex."}, "endnotes")

    read = page(write)
    assert told(read) == [
        ("heading", "Output", ""),
        ("prose", "Nigeria made 7,200 tons.", "Output"),
        ("prose", "It was more.", "Output"),
        ("prose", "1 Includes exports.", "Output"),
        ("heading", "Trade", ""),
        ("prose", "Exports fell", "Trade"),
        ("prose", "i See the annex.", "Trade"),
    ]
    assert "7,2001 tons" in original_text(read, 0, len(read.text))
    assert {repair.kind for repair in read.repairs} == {"footnote mark"}


def test_notes_of_a_table_are_its_own() -> None:
    def write(document: Any) -> None:
        table = document.add_table(2, 2)
        fill(table, [["Country", "2025"], ["China", "270,000"]])
        refer(table.cell(1, 1).paragraphs[0], 1)
        table.cell(1, 0).paragraphs[0].add_run("a").font.superscript = True
        note = document.add_paragraph()
        note.add_run("a").font.superscript = True
        note.add_run("Mainland only.")
        document.add_paragraph("Source: a survey.")
        document.add_paragraph("The text goes on.")
        add_notes(document, {1: "Quota."})

    read = page(write)
    assert read.text.split("\n\n") == [
        "Country | 2025\nChina | 270,000",
        "1 Quota.",
        "a Mainland only.",
        "Source: a survey.",
        "The text goes on.",
    ]
    figure = read.blocks[0].cells[1]
    assert {"Quota.", "Mainland only."} <= set(figure.notes)


def test_raised_mark_is_taken_off_and_powers_stay_readable() -> None:
    def write(document: Any) -> None:
        paragraph = document.add_paragraph("Output of 7,200")
        paragraph.add_run("12").font.superscript = True
        paragraph.add_run(" tons on 3 km")
        paragraph.add_run("2").font.superscript = True
        paragraph.add_run(" without CO")
        paragraph.add_run("2").font.subscript = True

    assert page(write).text == "Output of 7,200 tons on 3 km² without CO2"


def test_raised_by_style_is_raised() -> None:
    def write(document: Any) -> None:
        style = document.styles.add_style("Mark", 2)
        style.font.superscript = True
        document.add_paragraph("7,200").add_run("12", "Mark")

    assert page(write).text == "7,200"


def test_tracked_changes_are_read_as_accepted() -> None:
    def write(document: Any) -> None:
        add_xml(
            document,
            '<w:p><w:r><w:t xml:space="preserve">It was </w:t></w:r><w:del w:id="1"><w:r>'
            '<w:delText>40</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>45</w:t></w:r>'
            '</w:ins><w:moveFrom w:id="3"><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>',
        )
        add_xml(
            document,
            '<w:p><w:pPr><w:rPr><w:del w:id="4"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">'
            "One </w:t></w:r></w:p>",
        )
        add_xml(document, "<w:p><w:r><w:t>line.</w:t></w:r></w:p>")
        add_xml(
            document,
            '<w:tbl><w:tr><w:trPr><w:del w:id="5"/></w:trPr><w:tc><w:p><w:r><w:t>Gone</w:t></w:r>'
            "</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        )

    read = reading(write)
    assert read.pages[0].text == "It was 45\n\nOne line."
    assert read.remarks == ("tracked changes are read as accepted",)


def test_hidden_text_is_no_text() -> None:
    def write(document: Any) -> None:
        paragraph = document.add_paragraph("Shown")
        paragraph.add_run(" and hidden").font.hidden = True

    read = reading(write)
    assert read.pages[0].text == "Shown"
    assert read.remarks == ("hidden text is left out",)


def test_text_box_is_read_once_behind_its_paragraph() -> None:
    assert page(lambda document: add_xml(document, _BOX)).text == "Anchor.\n\nIn the box."


def test_headers_footers_and_contents_are_in_no_block() -> None:
    def write(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Quarterly Review"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("Mining 3", "toc 1")
        document.add_paragraph("Words.")

    read = page(write)
    assert read.text == "Quarterly Review\n\nMining 3\n\nWords.\n\nPage 1"
    assert told(read) == [("prose", "Words.", "")]


def test_content_controls_links_fields_and_formulas_are_text() -> None:
    def write(document: Any) -> None:
        add_xml(
            document,
            '<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t xml:space="preserve">A link, </w:t>'
            '</w:r></w:hyperlink><w:fldSimple w:instr="DATE"><w:r><w:t xml:space="preserve">'
            'May, </w:t></w:r></w:fldSimple><m:oMath xmlns:m="http://schemas.openxmlformats.org/'
            'officeDocument/2006/math"><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r>'
            "<m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></w:p></w:sdtContent></w:sdt>",
        )
        add_xml(
            document,
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>"
            "Click here</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        )

    assert page(write).text == "A link, May, x²"


def test_metadata_come_from_the_properties() -> None:
    def write(document: Any) -> None:
        properties = document.core_properties
        properties.title, properties.author = "Rare Earths 2026", "A. Analyst"
        properties.language, properties.subject = "en-GB", "Quarterly outlook"
        document.add_paragraph("Words.")

    assert reading(write).metadata == Metadata(
        title="Rare Earths 2026", subject="Quarterly outlook", author="A. Analyst", language="en"
    )


@pytest.mark.parametrize("title", ["", "Document1", "Microsoft Word - a.doc", "Word Document"])
def test_title_of_no_use_gives_way_to_that_in_the_text(title: str) -> None:
    def write(document: Any) -> None:
        document.core_properties.title = title
        document.add_heading("Contents", 1)
        document.add_paragraph("Rare Earths", "Title")

    assert reading(write).metadata == Metadata(title="Rare Earths")


def test_explicit_page_breaks_are_no_pages() -> None:
    def write(document: Any) -> None:
        document.add_paragraph("One.")
        document.add_page_break()
        document.add_paragraph("Two.")

    assert [one.text for one in reading(write).pages] == ["One.\n\nTwo."]


def test_document_without_text_holds_no_facts() -> None:
    with pytest.raises(NoFactsError, match="the document holds no text"):
        reading(lambda _: None)


def test_workbook_or_broken_package_is_told() -> None:
    from openpyxl import Workbook

    for data in (
        saved(Workbook()),
        repacked(word_file(lambda _: None), {"word/document.xml": None}),
        repacked(word_file(lambda _: None), {"word/document.xml": b"<w:document"}),
        repacked(word_file(lambda _: None), {"_rels/.rels": b"<Relationships/>"}),
        repacked(word_file(lambda _: None), {"word/styles.xml": b""}),
    ):
        with pytest.raises(UnreadableSourceError, match=r"^a\.docx: [^\n]+$"):
            read_word(data, "a.docx")


def test_entities_are_not_expanded() -> None:
    bomb = (
        f'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document {NAMESPACE}><w:body>'
        "<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = repacked(word_file(lambda _: None), {"word/document.xml": bomb.encode()})
    with pytest.raises(UnreadableSourceError, match="declares a document type"):
        read_word(data, "a.docx")


def test_drop_cap_is_the_first_letter_of_its_paragraph() -> None:
    def write(document: Any) -> None:
        add_xml(
            document,
            '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:t>O</w:t></w:r></w:p>',
        )
        document.add_paragraph("utput fell.")

    assert page(write).text == "Output fell."


def test_deep_nesting_is_refused_or_read_but_never_a_crash() -> None:
    for depth in (40, 5_000):
        nested = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
        xml = f"<w:document {NAMESPACE}><w:body>{nested}</w:body></w:document>"
        data = repacked(word_file(lambda _: None), {"word/document.xml": xml.encode()})
        with pytest.raises(CorpusError):
            read_word(data, "a.docx")


def test_wide_spans_do_not_multiply_the_text() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p>'
    row = f"<w:tr>{cell.format('word ' * 1000)}</w:tc><w:tc><w:p/></w:tc></w:tr>"
    read = page(lambda document: add_xml(document, f"<w:tbl>{row * 3}</w:tbl>"))
    assert len(read.text) < 20_000


def test_damaged_bytes_never_raise_anything_else() -> None:
    def write(document: Any) -> None:
        document.add_heading("Output", 1)
        paragraph = document.add_paragraph("Nigeria made 7,200")
        refer(paragraph, 12)
        paragraph.runs[0].font.size = Pt(9)
        fill(document.add_table(2, 2), [["Country", "2025"], ["China", "270,000"]])
        add_notes(document, {12: "Includes exports."})

    whole = word_file(write)
    parts = ("word/document.xml", "word/footnotes.xml", "word/styles.xml", "[Content_Types].xml")
    messages = []
    for data in damaged(whole, parts):
        try:
            read_word(data, "a.docx")
        except CorpusError as error:
            messages.append(str(error))
    assert messages
    assert all(message.startswith("a.docx: ") for message in messages)
