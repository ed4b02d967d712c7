"""The ledger over small real files: facts follow their sources, copies, editions and conflicts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from homes import Home, open_home

from corpus.facts.reading import read_facts
from corpus.language.quantities import Quantity
from index.errors import UnknownSourceError
from index.facts import Ledger, LedgerFact, conflicts, find_facts
from index.ingestion.rebuilding import rebuild
from index.ingestion.sync import remove_source
from index.passage import Filters
from index.storage.fact_rows import clear_facts

EDITION = """\
---
title: "Mineral Commodity Summaries {edition}: Rare Earths"
publisher: U.S. Geological Survey
edition: MCS {edition}
published: {edition}-02
---
# Rare earths

Table 1. World mine production of rare earths, metric tons REO equivalent:
| Country | {first} | {second} |
|---|---|---|
| Brazil | {values[0]} | {values[1]} |
| Nigeria | {values[2]} | {values[3]} |
"""
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
MCS_2025 = EDITION.format(
    edition=2025, first=2023, second=2024, values=("140", "20", "7,200", "13,000")
)
MCS_2026 = EDITION.format(
    edition=2026, first=2024, second=2025, values=("560", "2,000", "1,500", "1,500")
)
ONE = LETTER.format(title="Narva Letter", publisher="Narva Desk", nigeria="1,500", thailand="4,800")
OTHER = LETTER.format(
    title="Tartu Notes", publisher="Tartu Desk", nigeria="2,900", thailand="4,810"
)
FILES = {"mcs2025.md": MCS_2025, "mcs2026.md": MCS_2026}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_home(tmp_path, FILES) as opened:
        yield opened


def ledger(home: Home) -> Ledger:
    return Ledger(home.store.catalog)


def look_up(home: Home, words: str, filters: Filters = Filters()) -> tuple[LedgerFact, ...]:
    held = ledger(home)
    return find_facts(held, held.parse(words), 50, filters).facts


def figures(found: tuple[LedgerFact, ...]) -> list[tuple[float, str]]:
    """Return the figures with the files they stand in."""
    return [
        (one.fact.value.value, one.source.path)
        for one in found
        if isinstance(one.fact.value, Quantity)
    ]


def rows(home: Home) -> list[tuple[object, ...]]:
    """Return all that is stored of facts, whatever its row numbers."""
    with closing(sqlite3.connect(home.store.home / "catalog.sqlite")) as db:
        facts = db.execute(
            "SELECT source_id, page, measure, period, first_year, last_year, dimension, same,"
            " words, record FROM facts ORDER BY source_id, rowid"
        ).fetchall()
        names = db.execute(
            "SELECT source_id, key FROM fact_names JOIN facts ON facts.rowid = fact ORDER BY 1, 2"
        ).fetchall()
        db.execute("INSERT INTO fact_words (fact_words, rank) VALUES ('integrity-check', 1)")
    return [*facts, *names]


def test_facts_are_those_that_reading_finds_with_their_quotes(home: Home) -> None:
    home.add()
    document = home.store.catalog.document(home.id_of("mcs2026.md"))
    stored = ledger(home).of_source(document.source.id)
    assert tuple(one.fact for one in stored) == read_facts(document)
    text = document.pages[0].text
    for one in stored:
        place = one.fact.place
        assert one.quote == text[place.start : place.end]
        assert text[place.value_start : place.value_end] in one.quote


def test_reading_twice_changes_nothing(home: Home) -> None:
    home.add()
    before = rows(home)
    assert len(before) > 8
    home.add()
    assert rows(home) == before


def test_facts_of_a_changed_file_take_the_place_of_the_old_ones(home: Home) -> None:
    home.add()
    home.write(mcs2026_md=MCS_2026.replace("2,000", "2,100"))
    home.add()
    assert figures(look_up(home, "Brazil mine production 2025")) == [(2100.0, "mcs2026.md")]


def test_facts_vanish_with_their_file(home: Home) -> None:
    home.add()
    (home.folder / "mcs2026.md").unlink()
    home.add()
    assert look_up(home, "Brazil mine production 2025") == ()
    assert figures(look_up(home, "Brazil mine production 2024")) == [(20.0, "mcs2025.md")]
    assert {row[0] for row in rows(home)} == {home.id_of("mcs2025.md")}


def test_facts_vanish_with_a_source_that_is_removed_by_name(home: Home) -> None:
    home.add()
    source_id = home.id_of("mcs2026.md")
    remove_source(home.store, source_id)
    assert look_up(home, "Brazil mine production 2025") == ()
    assert source_id not in {row[0] for row in rows(home)}
    with pytest.raises(UnknownSourceError):
        ledger(home).of_source("nowhere")


def test_a_change_that_fails_leaves_the_facts_as_they_were(home: Home) -> None:
    home.add()
    before = rows(home)
    document = home.store.catalog.document(home.id_of("mcs2026.md"))

    def fail() -> None:
        with home.store.catalog.change() as change:
            change.remove(document.source, "/gone", keep_out=False)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert rows(home) == before


def test_rebuilding_writes_the_same_facts_anew(home: Home) -> None:
    home.add()
    before = rows(home)
    with home.store.catalog.database.transaction() as connection:  # as if none had been read
        for path in FILES:
            clear_facts(connection, home.id_of(path))
    assert look_up(home, "Brazil mine production 2025") == ()
    rebuild(home.store, lambda: home.embedder, lambda _: None)
    assert rows(home) == before


def test_of_copies_only_the_best_is_shown(home: Home) -> None:
    home.write(copy_md=MCS_2026)
    home.add()
    assert len({r.source.copy_group for r in home.store.catalog.sources()}) == 2
    assert len(look_up(home, "Brazil mine production 2025")) == 1


def test_the_value_of_a_newer_edition_comes_first_and_supersedes(home: Home) -> None:
    home.add()
    found = look_up(home, "Brazil mine production 2024")
    assert figures(found) == [(560.0, "mcs2026.md"), (20.0, "mcs2025.md")]
    assert [one.is_superseded for one in found] == [False, True]
    newer = found[1].newer
    assert newer is not None
    assert newer.fact == found[0].fact
    assert conflicts(ledger(home)) == ()


def test_an_edition_that_is_named_is_the_only_one_shown(home: Home) -> None:
    home.add()
    found = look_up(home, "MCS 2025 Brazil mine production 2024")
    assert figures(found) == [(20.0, "mcs2025.md")]
    assert look_up(home, "MCS 2024 Brazil mine production 2024") == ()


def test_filters_leave_sources_out(home: Home) -> None:
    home.add()
    older = Filters(published_to="2025")
    assert figures(look_up(home, "Brazil mine production 2024", older)) == [(20.0, "mcs2025.md")]


FILING = """\
---
title: Norvik Minerals Inc., Form 10-Q for the quarter
publisher: Norvik Minerals Inc.
edition: 10-Q Q2 2023
---
# Statements of operations

Table 1. Net sales (in millions):
| | Three months ended July 1, 2023 | Nine months ended July 1, 2023 |
|---|---|---|
| Magnets | $ 39 | $ 120 |
| Total net sales | $ 55 | $ 170 |
"""


def test_quarters_are_those_that_the_company_counts(tmp_path: Path) -> None:
    with open_home(tmp_path, {"2023 Q3 NVK.md": FILING}) as home:
        home.add()
        assert figures(look_up(home, "NVK Q3 23 net sales magnets")) == [(39e6, "2023 Q3 NVK.md")]
        assert figures(look_up(home, "Norvik net sales Q3 FY23"))[0] == (55e6, "2023 Q3 NVK.md")
        assert figures(look_up(home, "Norvik net sales 9M FY23"))[0] == (170e6, "2023 Q3 NVK.md")
        assert look_up(home, "NVK Q2 23 net sales magnets") == ()
        assert look_up(home, "NVK Q3 22 net sales magnets") == ()


SEGMENTS = """\
---
title: Norvik Minerals Inc., Form 10-Q for the quarter
publisher: Norvik Minerals Inc.
edition: 10-Q Q2 2023
---
# Segments

Table 1. Net sales by segment (in millions):
| | Three months ended July 1, 2023 |
|---|---|
| Magnets and Alloys | $ 39 |
| All Other | $ 16 |
"""


def test_a_segment_of_several_words_is_a_name_that_a_home_knows(tmp_path: Path) -> None:
    with open_home(tmp_path, {"2023 Q2 NVK.md": SEGMENTS}) as home:
        home.add()
        ledger = Ledger(home.store.catalog)
        named = [own.form for own in ledger.own_names() if own.name.kind == "segment"]
        assert named == ["Magnets and Alloys"]
        query = ledger.parse("Norvik net sales of Magnets and Alloys Q2 23")
        assert [one.role for one in query.wanted.arguments] == ["subject", "segment"]
        assert not query.parts
