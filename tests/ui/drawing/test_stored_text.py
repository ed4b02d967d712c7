"""Stored text on the screen: lines of cells are tables, the quote is marked, all is escaped."""

import pytest

from ui.drawing.stored_text import stored_html

MARKDOWN = "Output\n| Country | 2024 |\n|---|--:|\n| China | 270,000 |\n| <b> | |\nNote.\n"
CSV = "Country | Year\nBrazil | 2018\n"


def marked(text: str, quote: str) -> str:
    start = text.index(quote) if quote else 0
    return stored_html(text, start, start + len(quote))


def test_a_markdown_table_is_a_table_without_its_rule() -> None:
    assert marked(MARKDOWN, "") == (
        "Output\n"
        '<div class="stored-table"><table>'
        '<tr><th>Country</th><th class="figure">2024</th></tr>'
        '<tr><td>China</td><td class="figure">270,000</td></tr>'
        "<tr><td>&lt;b&gt;</td><td></td></tr>"
        "</table></div>Note.\n"
    )


def test_the_first_of_lines_of_cells_is_their_head() -> None:
    assert "<tr><th>Country</th><th>Year</th></tr><tr><td>Brazil</td>" in marked(CSV, "")


def test_a_quoted_row_is_marked_cell_by_cell() -> None:
    assert ('<td><mark>China</mark></td><td class="figure"><mark>270,000</mark></td>') in marked(
        MARKDOWN, "China | 270,000"
    )


def test_an_empty_cell_of_a_quoted_row_has_no_mark() -> None:
    assert marked("a | b\nc |  | d\n", "c |  | d").count("<mark>") == 2


def test_prose_with_a_bar_stays_prose() -> None:
    assert marked("Either | or.\nThen.\n", "or.") == "Either | <mark>or.</mark>\nThen.\n"


def test_headings_and_items_stand_without_their_marks() -> None:
    text = "## Mine output\n\n- China led.\n- 5 t of it.\nNote #1.\n"
    assert marked(text, "- China led.") == (
        '<div class="stored-heading">Mine output</div>\n'
        '<div class="stored-item"><mark>China led.</mark></div>- 5 t of it.\nNote #1.\n'
    )


def test_a_quote_over_lines_is_marked_in_each() -> None:
    shown = marked("# Head\nWords.\n- Item.\n", "Head\nWords.\n- It")
    assert shown == (
        '<div class="stored-heading"><mark>Head</mark></div><mark>Words.\n</mark>'
        '<div class="stored-item"><mark>It</mark>em.</div>'
    )


@pytest.mark.parametrize("mark", ["# ", "- "])
def test_words_of_a_source_are_escaped_in_headings_and_items(mark: str) -> None:
    assert "&lt;b&gt;x" in marked(f"{mark}<b>x\n", "")


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", 'x" onclick="y', "&lt;"])
def test_words_of_a_source_are_escaped_in_cells(words: str) -> None:
    shown = marked(f"a | b\n{words} | c\n", f"{words} | c")
    assert "<script" not in shown
    assert 'onclick="' not in shown
    assert shown.count("<mark>") == 2


def test_an_escaped_bar_belongs_to_its_cell() -> None:
    assert r"<td>a\|b</td>" in marked("h | i\na\\|b | c\n", "")
