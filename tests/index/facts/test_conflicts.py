"""Where the sources of a home contradict each other: small real files, read as they are added."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from homes import Home, open_home

from corpus.language.quantities import Quantity
from index.facts import Ledger, LedgerFact, conflicts
from index.passage import Filters

LETTER = """\
---
title: {title}
publisher: {publisher}
published: 2026-03-01
---
# Mine production

Table 1. Mine production of rare earths, metric tons REO:
| Country | 2025 |
|---|---|
| Nigeria | {nigeria} |
| Thailand | {thailand} |
"""
ONE = LETTER.format(title="Narva Letter", publisher="Narva Desk", nigeria="1,500", thailand="4,800")
OTHER = LETTER.format(
    title="Tartu Notes", publisher="Tartu Desk", nigeria="2,900", thailand="4,810"
)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_home(tmp_path, {}) as opened:
        yield opened


def ledger(home: Home) -> Ledger:
    return Ledger(home.store.catalog)


def figures(found: tuple[LedgerFact, ...]) -> list[tuple[float, str]]:
    """Return the figures with the files they stand in."""
    return [
        (one.fact.value.value, one.source.path)
        for one in found
        if isinstance(one.fact.value, Quantity)
    ]


def test_publishers_that_differ_beyond_rounding_are_in_conflict(home: Home) -> None:
    home.write(one_md=ONE, other_md=OTHER)
    home.add()
    (conflict,) = conflicts(ledger(home))  # 4,800 and 4,810 tons are one figure
    assert sorted(figures(conflict.facts)) == [(1500.0, "one.md"), (2900.0, "other.md")]
    assert conflicts(ledger(home), Filters(publisher="Desk")) != ()
    assert conflicts(ledger(home), Filters(publisher="Narva")) == ()


def test_two_who_print_the_figure_of_one_body_are_one_voice(home: Home) -> None:
    text = (
        "---\ntitle: {0}\npublisher: {0}\n---\n# Mine production\n\n"
        "Table 1. Mine production of rare earths, metric tons REO:\n"
        "| Country | 2025 | Source |\n|---|---|---|\n| Nigeria | {1} | {2} |\n"
    )
    home.write(one_md=text.format("Narva Desk", "1,600", "Adamas Intelligence"))
    home.write(other_md=text.format("Tartu Desk", "2,900", "Adamas Intelligence"))
    home.add("one.md", "other.md")
    assert conflicts(ledger(home)) == ()
    home.write(other_md=text.format("Tartu Desk", "2,900", "Project Blue"))
    home.add("one.md", "other.md")
    assert len(conflicts(ledger(home))) == 1


TABLE = """\
---
title: Plants of the north
publisher: Narva Desk
published: 2026-03-01
---
# Plants

Table 1. Separation capacity at the end of 2025, metric tons REO a year:
| Plant | Capacity |
|---|---|
| Inver | {inver} |
| Inver Magnets | 900 |
"""


def test_a_plant_of_a_table_and_of_a_sentence_is_one(home: Home) -> None:
    home.write(one_md=TABLE.format(inver="5,200"))
    home.write(
        other_md="---\ntitle: News of plants\npublisher: Tartu Desk\n---\n# News\n\n"
        "The Inver refinery had a capacity of 6.0 kt REO a year at the end of 2025.\n"
    )
    home.add()
    (conflict,) = conflicts(ledger(home))
    assert sorted(figures(conflict.facts)) == [(6.0, "other.md"), (5200.0, "one.md")]
    home.write(one_md=TABLE.format(inver="6,000"))
    home.add()
    assert conflicts(ledger(home)) == ()


def test_a_source_that_may_mean_two_things_contradicts_nobody(home: Home) -> None:
    text = "---\ntitle: {0}\npublisher: {0}\n---\n# Production\n\n{1}\n"
    home.write(
        one_md=text.format("Narva Desk", "In 2025 India mined 4.6 kt REO."),
        other_md=text.format("Tartu Desk", "In 2025 India mined 3.1 kt REO."),
    )
    home.add()
    assert len(conflicts(ledger(home))) == 1
    both = "In 2025 India mined 3.1 kt REO. In the east India mined 2.2 kt REO in 2025."
    home.write(other_md=text.format("Tartu Desk", both))
    home.add()
    assert conflicts(ledger(home)) == ()


def test_an_edition_may_be_told_by_the_name_of_a_file_alone(home: Home) -> None:
    rows = "Country,Year,Mine production (metric tons REO)\nBrazil,2024,{0}\n"
    files = {"us_mcs2025_data.csv": rows.format(20), "us_mcs2026_data.csv": rows.format(560)}
    home.folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (home.folder / name).write_text(text, encoding="utf-8")
    home.add(*files)
    assert conflicts(ledger(home)) == ()
    (home.folder / "us_mcs2026_data.csv").rename(home.folder / "us_data.csv")
    home.add()
    assert len(conflicts(ledger(home))) == 1
