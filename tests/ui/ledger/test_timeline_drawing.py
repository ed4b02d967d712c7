"""A timeline as HTML: dates before sentences, words of sources escaped."""

from dataclasses import replace

from ledger_files import ledger_fact

from assistant.views import Timeline, statements_of
from corpus.facts import Day
from corpus.language.periods import parse_period
from ui.ledger.timeline_drawing import timeline_html

HOSTILE = "<img src=x onerror=alert(1)>"


def timeline(title: str, quote: str) -> Timeline:
    one = ledger_fact(title, "Peru")
    fact = replace(one.fact, value=Day(parse_period("2025-04")), measure="start date")
    return Timeline(statements_of([replace(one, fact=fact, quote=quote)]))


def test_statement_stands_behind_its_date_and_links_to_its_quote() -> None:
    html = timeline_html(timeline("Review", "It began in April 2025."))
    assert '<div class="date">2025-04</div>' in html
    assert "start · Peru" in html
    assert 'href="page?source=s-1&amp;page=1&amp;start=4&amp;end=9"' in html


def test_words_of_a_source_are_no_markup() -> None:
    html = timeline_html(timeline(HOSTILE, HOSTILE))
    assert "<img" not in html
    assert html.count("&lt;img") == 2
