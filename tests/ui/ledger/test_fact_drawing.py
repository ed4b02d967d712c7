"""Figures as HTML: each value a link to its page, words of sources escaped."""

import re
from dataclasses import replace

from ledger_files import ledger_fact

from assistant.views import figures_of, pivot
from ui.ledger.fact_drawing import pivot_html, rows_html

HOSTILE = "<img src=x onerror=alert(1)>"


def test_row_tells_each_slot_and_links_to_its_marked_quote() -> None:
    html = rows_html(figures_of([ledger_fact("Review", "Peru")], []))
    cells = dict(re.findall(r'<td data-head="([^"]+)"[^>]*>(.*?)</td>', html))
    assert cells == {
        "Who and what": "Peru",
        "Measure": "mine production",
        "Period": "2025",
        "Value": "5",
        "Unit": "t",
        "Basis": "",
        "Status": "reported",
        "Edition": "",
        "Publisher": "",
        "Source": '<a target="_blank" href="page?source=s-1&amp;page=1&amp;start=4&amp;end=9">'
        "Review</a>",
    }


def test_superseded_row_names_the_newer_value() -> None:
    one = ledger_fact("Review", "Peru")
    newer = ledger_fact("Review, new", "Peru")
    html = rows_html(figures_of([replace(one, newer=newer)], []))
    assert '<tr class="superseded">' in html
    assert "superseded: 5 t (Review, new)" in html


def test_words_of_a_source_are_no_markup() -> None:
    figures = figures_of([ledger_fact(HOSTILE, HOSTILE)], [])
    for html in (rows_html(figures), pivot_html(pivot(figures, figures[0].kind))):
        assert "<img" not in html
        assert "&lt;img" in html


def test_values_that_disagree_are_marked_in_one_cell() -> None:
    one = ledger_fact("Review", "Peru")
    other = replace(
        one, row=2, fact=replace(one.fact, value=replace(one.fact.value, low=8, high=8))
    )
    figures = figures_of([one, other], [])
    html = pivot_html(pivot(figures, figures[0].kind))
    [cell] = re.findall(r'<td class="figure">(.*?)</td>', html)
    assert re.sub("<[^>]+>", "", cell) == "≠ 5 / 8"
