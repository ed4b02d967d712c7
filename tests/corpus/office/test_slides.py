"""PPTX presentations: reading order, tables, charts, notes of the speaker, and damage."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.util import Inches
from word_files import damaged, repacked, saved, word_file

from corpus.document import Metadata, Page, Reading
from corpus.errors import CorpusError, NoFactsError, UnreadableSourceError
from corpus.office import read_slides

_TITLE_ONLY, _TITLE_AND_BODY, _BLANK = 5, 1, 6


def reading(write: Callable[[Any], None]) -> Reading:
    return read_slides(slides_file(write), "a.pptx")


def slides_file(write: Callable[[Any], None]) -> bytes:
    presentation = Presentation()
    write(presentation)
    return saved(presentation)


def add_slide(presentation: Any, layout: int = _BLANK) -> Any:
    return presentation.slides.add_slide(presentation.slide_layouts[layout])


def add_box(shapes: Any, left: float, top: float, *lines: str) -> None:
    box = shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(1))
    box.text_frame.text = "\n".join(lines)


def one_page(write: Callable[[Any], None]) -> Page:
    """Return the page of a presentation with one blank slide, which `write` is given."""
    return reading(lambda presentation: write(add_slide(presentation))).pages[0]


def add_chart(slide: Any, data: Any, kind: Any = XL_CHART_TYPE.COLUMN_CLUSTERED) -> Any:
    place = [Inches(n) for n in (1, 1, 5, 4)]
    return slide.shapes.add_chart(kind, *place, data).chart


def test_each_slide_is_a_page_with_its_title_as_section() -> None:
    def write(presentation: Any) -> None:
        for title, body in (("Mining", "China leads\nBurma follows"), ("Trade", "Exports fell")):
            slide = add_slide(presentation, _TITLE_AND_BODY)
            slide.shapes.title.text = title
            slide.placeholders[1].text = body

    pages = reading(write).pages
    assert [(one.number, one.label, one.text) for one in pages] == [
        (1, "1", "Mining\n\nChina leads\n\nBurma follows"),
        (2, "2", "Trade\n\nExports fell"),
    ]
    kinds = [(block.kind, block.context.section) for block in pages[0].blocks]
    assert kinds == [("heading", ""), ("prose", "Mining"), ("prose", "Mining")]


def test_shapes_are_read_from_the_top_and_on_one_level_from_the_left() -> None:
    def write(slide: Any) -> None:
        for left, top, words in (
            (5, 3, "fourth"),
            (5, 1, "second"),
            (0, 3.02, "third"),
            (0, 1.05, "first"),
        ):
            add_box(slide.shapes, left, top, words)

    assert one_page(write).text == "first\n\nsecond\n\nthird\n\nfourth"


def test_small_group_is_one_paragraph() -> None:
    def write(slide: Any) -> None:
        group = slide.shapes.add_group_shape()
        add_box(group.shapes, 1, 2, "quota of 2024")
        add_box(group.shapes, 1, 1, "270,000 t")

    read = one_page(write)
    assert [read.text[b.start : b.end] for b in read.blocks] == ["270,000 t\nquota of 2024"]


def test_table_with_merged_cells_is_rows() -> None:
    def write(slide: Any) -> None:
        place = [Inches(n) for n in (1, 1, 5, 2)]
        table = slide.shapes.add_table(3, 3, *place).table
        for row, words in enumerate(
            (["Country", "Output", ""], ["", "2024", "2025"], ["China", "1", "2"])
        ):
            for column, text in enumerate(words):
                table.cell(row, column).text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(0, 0).merge(table.cell(1, 0))

    read = one_page(write)
    assert read.text == "Country | Output\n | 2024 | 2025\nChina | 1 | 2"
    assert [block.kind for block in read.blocks] == ["row"]


def test_note_of_a_table_is_told_by_its_mark() -> None:
    def write(slide: Any) -> None:
        place = [Inches(n) for n in (1, 1, 5, 2)]
        table = slide.shapes.add_table(2, 2, *place).table
        for row, words in enumerate((["Product", "FY25"], ["NdPr", "6,558"])):
            for column, text in enumerate(words):
                table.cell(row, column).text = text
        run = table.cell(1, 1).text_frame.paragraphs[0].add_run()
        run.text = "1"
        run._r.get_or_add_rPr().set("baseline", "30000")
        add_box(slide.shapes, 1, 5, "1. Ready for sale.", "The year ends in June.")

    row, *following = one_page(write).blocks
    assert row.cells[1].text == "6,558"
    assert row.cells[1].notes == ("Ready for sale.",)
    assert [block.kind for block in following] == ["prose", "prose"]


def test_table_of_one_row_is_a_line() -> None:
    def write(slide: Any) -> None:
        place = [Inches(n) for n in (1, 1, 5, 2)]
        table = slide.shapes.add_table(1, 2, *place).table
        table.cell(0, 0).text, table.cell(0, 1).text = "Staff", "1,200"

    read = one_page(write)
    assert [(b.kind, read.text[b.start : b.end]) for b in read.blocks] == [
        ("prose", "Staff | 1,200")
    ]


def test_chart_is_a_table_under_its_title_and_unit() -> None:
    def write(slide: Any) -> None:
        data = CategoryChartData(number_format="#,##0")
        data.categories = ["2024", "2025"]
        data.add_series("China", (270000, 270000))
        data.add_series("Nigeria", (1500, None))
        chart = add_chart(slide, data)
        chart.has_title = True
        chart.chart_title.text_frame.text = "Mine production"
        chart.value_axis.has_title = True
        chart.value_axis.axis_title.text_frame.text = "metric tons"

    read = one_page(write)
    assert read.text.split("\n") == [
        "Mine production (metric tons)",
        "",
        " | China | Nigeria",
        "2024 | 270,000 | 1,500",
        "2025 | 270,000",
    ]
    row = read.blocks[1]
    assert row.context.caption == "Mine production (metric tons)"
    assert [(c.text, c.column, c.year, c.unit) for c in row.cells[1:]] == [
        ("270,000", "China", 2024, "metric tons"),
        ("1,500", "Nigeria", 2024, "metric tons"),
    ]


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("General", 0.69, "0.69"),
        ("0%", 0.69, "69%"),
        ("0.0%", 0.685, "68.5%"),
        ("#,##0", 44000000, "44,000,000"),
        ('"$"#,##0.00', 92.5, "$92.50"),
        ("[$€-407]#,##0", 75, "€75"),
        ("#,##0,", 270000, "270"),
        ('"$"0.0,,"M"', 5600000, "$5.6M"),
        ("0%", 0.685, "69%"),
        ("#,##0_);(#,##0)", -43, "(43)"),
        ('#,##0" t"', 5000, "5,000 t"),
        ("yyyy", 45658, "2025"),
        ("mmm yyyy", 45658, "2025-01"),
        ("d/m/yyyy", 45658, "2025-01-01"),
        ("d/m/yyyy", 0.5, "0.5"),
        ("h:mm", 0.5, "0.5"),
    ],
)
def test_figures_of_a_chart_are_those_that_are_shown(code: str, stored: float, shown: str) -> None:
    def write(slide: Any) -> None:
        data = CategoryChartData(number_format=code)
        data.categories = ["China", "Other"]
        data.add_series("Share", (stored, stored))
        add_chart(slide, data, XL_CHART_TYPE.PIE)

    assert one_page(write).text.split("\n")[-1] == f"Other | {shown}"


def test_categories_that_are_words_stay_as_they_are() -> None:
    def write(slide: Any) -> None:
        data = CategoryChartData()
        data.categories = ["007", "1e5"]
        data.add_series("Output", (1, 2))
        add_chart(slide, data)

    assert one_page(write).text.split("\n")[-2:] == ["007 | 1", "1e5 | 2"]


def test_categories_on_several_levels_are_told_together() -> None:
    def write(slide: Any) -> None:
        data = CategoryChartData()
        china = data.add_category("China")
        china.add_sub_category("2024")
        china.add_sub_category("2025")
        data.add_series("Output", (1, 2))
        add_chart(slide, data)

    assert one_page(write).text.split("\n")[-2:] == ["China 2024 | 1", "China 2025 | 2"]


def test_points_of_a_scatter_chart_are_rows() -> None:
    def write(slide: Any) -> None:
        data = XyChartData()
        series = data.add_series("Price")
        series.add_data_point(2024, 55)
        series.add_data_point(2025, 69)
        add_chart(slide, data, XL_CHART_TYPE.XY_SCATTER)

    assert one_page(write).text.split("\n")[-2:] == ["2024 | 55", "2025 | 69"]


def test_notes_of_the_speaker_are_prose_under_a_heading() -> None:
    def write(slide: Any) -> None:
        add_box(slide.shapes, 1, 1, "Slide")
        slide.notes_slide.notes_text_frame.text = "Say that output fell."

    read = one_page(write)
    assert [(b.kind, read.text[b.start : b.end], b.context.section) for b in read.blocks] == [
        ("prose", "Slide", ""),
        ("heading", "Speaker notes", ""),
        ("prose", "Say that output fell.", "Speaker notes"),
    ]


def test_footer_is_in_no_block() -> None:
    footer = (
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http:'
        '//schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr><p:cNvPr id="9" name="x"/>'
        '<p:cNvSpPr/><p:nvPr><p:ph type="ftr"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>'
        "<a:p><a:r><a:t>Investor day</a:t></a:r></a:p></p:txBody></p:sp>"
    )

    def write(slide: Any) -> None:
        add_box(slide.shapes, 1, 1, "Output fell.")
        slide.shapes._spTree.append(parse_xml(footer))

    read = one_page(write)
    assert set(read.text.split("\n\n")) == {"Output fell.", "Investor day"}
    assert [read.text[b.start : b.end] for b in read.blocks] == ["Output fell."]


def test_hidden_slide_is_read_and_said() -> None:
    def write(presentation: Any) -> None:
        for number in range(2):
            add_box(add_slide(presentation).shapes, 1, 1, f"Slide {number + 1}")
        presentation.slides[1]._element.set("show", "0")

    read = reading(write)
    assert [one.text for one in read.pages] == ["Slide 1", "Slide 2"]
    assert read.remarks == ("slide 2 is hidden",)


def test_raised_mark_is_off_the_figure_and_lowered_digit_stays() -> None:
    def write(slide: Any) -> None:
        add_box(slide.shapes, 1, 1, "7,200")
        paragraph = slide.shapes[0].text_frame.paragraphs[0]
        for words, baseline in (("12", "30000"), (" tons of Nd", ""), ("2", "-25000"), ("O", "")):
            run = paragraph.add_run()
            run.text = words
            if baseline:
                run._r.get_or_add_rPr().set("baseline", baseline)

    assert one_page(write).text == "7,200 tons of Nd2O"


def test_shape_that_is_given_in_two_forms_is_read_once() -> None:
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="9" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        "<p:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    xml = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<mc:Choice Requires="a14">{shape.format("One form")}</mc:Choice>'
        f"<mc:Fallback>{shape.format('Other form')}</mc:Fallback></mc:AlternateContent>"
    )
    assert one_page(lambda slide: slide.shapes._spTree.append(parse_xml(xml))).text == "One form"


def test_metadata_come_from_the_properties_and_else_from_the_first_title() -> None:
    def write(presentation: Any) -> None:
        add_slide(presentation, _TITLE_ONLY).shapes.title.text = "Rare Earths"
        presentation.core_properties.title = "PowerPoint Presentation"
        presentation.core_properties.author = "A. Analyst"

    assert reading(write).metadata == Metadata(title="Rare Earths", author="A. Analyst")


def test_slides_without_text_hold_no_facts() -> None:
    with pytest.raises(NoFactsError, match="the slides hold no text"):
        reading(lambda presentation: add_slide(presentation) and None)


def test_document_or_broken_package_is_told() -> None:
    whole = slides_file(lambda presentation: add_slide(presentation) and None)
    for data in (
        word_file(lambda _: None),
        repacked(whole, {"ppt/presentation.xml": None}),
        repacked(whole, {"ppt/slides/slide1.xml": b"<p:sld"}),
        repacked(whole, {"ppt/slides/slide1.xml": None}),
    ):
        with pytest.raises(UnreadableSourceError, match=r"^a\.pptx: [^\n]+$"):
            read_slides(data, "a.pptx")


def test_damaged_bytes_never_raise_anything_else() -> None:
    def write(presentation: Any) -> None:
        slide = add_slide(presentation, _TITLE_AND_BODY)
        slide.shapes.title.text = "Mining"
        slide.placeholders[1].text = "China leads"
        data = CategoryChartData()
        data.categories = ["2024"]
        data.add_series("China", (1,))
        add_chart(slide, data)
        slide.notes_slide.notes_text_frame.text = "Notes."

    whole = slides_file(write)
    names = zipfile.ZipFile(BytesIO(whole)).namelist()
    parts = [
        name
        for name in names
        if name.startswith(("ppt/slides/", "ppt/charts/chart", "ppt/notesSlides/", "ppt/pres"))
    ]
    messages = []
    for data in damaged(whole, parts):
        try:
            read_slides(data, "a.pptx")
        except CorpusError as error:
            messages.append(str(error))
    assert messages
    assert all(message.startswith("a.pptx: ") for message in messages)
