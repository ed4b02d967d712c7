"""The cell that prints the value of a sentence, in what a page says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from radar_site import Site, open_site, statistics

from assistant.radar.same_thing.same_cell import cell_of

SENTENCE = "China mined 268,000 tonnes in 2024, nine tenths of what the world turned out."
END = "</article>"


def _table(year: str) -> str:
    rows = "<tr><td>China</td><td>268,000</td></tr><tr><td>India</td><td>2,900</td></tr>"
    caption = "<caption>Mine production of rare earths, metric tons of REO</caption>"
    return f"<table>{caption}<tr><th>Country</th><th>{year}</th></tr>{rows}</table>"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    said = statistics(SENTENCE).replace(END, _table("2024") + END)
    other = statistics(SENTENCE).replace(END, _table("2023") + END)
    with open_site(tmp_path, stats_html=said, other_html=other) as opened:
        yield opened


def _row_of_cell(site: Site, path: str) -> str:
    """Return the label of the row whose cell prints the value of the sentence of a page."""
    source = next(one.source for one in site.assistant.sources() if one.source.path == path)
    facts = site.assistant.ledger.of_source(source.id)
    said = next(one for one in facts if one.quote == SENTENCE)
    cell = cell_of(said, facts)
    return cell.table.row[0] if cell else ""


def test_a_sentence_has_the_value_of_the_cell_of_the_same_time(site: Site) -> None:
    assert _row_of_cell(site, "stats.html") == "China"


def test_a_cell_of_another_time_is_not_of_the_sentence(site: Site) -> None:
    assert _row_of_cell(site, "other.html") == ""
