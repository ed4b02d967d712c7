"""Which facts are compared with a look-up: those that say it themselves, or whose pages do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from homes import Home, open_home

from corpus.facts import Query
from index.facts import Ledger
from index.facts.candidate_selection import select_candidates
from index.passage import Filters

MANY = 1000
FILES = {
    "table.md": (
        "# Grades\n\n## Oxides of loparite\n\n| Deposit | Nd share, percent |\n| --- | --- |\n"
        "| Revda, Russia | 14.1 |\n| Other | 9.5 |\n"
    ),
    "staff.md": (
        "# Lynas in 2024\n\nThe plant at Kalgoorlie was opened. It had 120 employees in 2024.\n\n"
        "The price of terbium oxide was 800 dollars per kilogram in 2024.\n"
    ),
    "chinese.md": "# 年报\n\n芒廷帕斯矿。 It had 450 employees in 2024.\n",
    "elsewhere.md": "# Norvik\n\nNorvik had 77 employees in 2024.\n",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with open_home(tmp_path_factory.mktemp("candidates"), FILES) as opened:
        opened.add()
        yield opened


@pytest.fixture
def ledger(home: Home) -> Ledger:
    return Ledger(home.store.catalog)


def values(
    ledger: Ledger, query: Query, around: bool, most: int = MANY, only: str = ""
) -> list[str]:
    """Return the values of the candidates as they are written, of `only` one file if given."""
    sources = {id: one for id, one in ledger.sources().items() if one.path.endswith(only)}
    found = ledger.placed(select_candidates(ledger, query, sources, around, most))
    begins = [one.fact.place.value_start - one.fact.place.start for one in found]
    return [one.quote[at:].split()[0] for one, at in zip(found, begins, strict=True)]


def test_a_name_that_stands_on_the_page_alone_is_found_around_the_fact(ledger: Ledger) -> None:
    query = ledger.parse("employees Kalgoorlie 2024")
    assert values(ledger, query, around=False) == []
    assert values(ledger, query, around=True) == ["120"]


def test_a_name_in_the_title_counts_around_a_fact(ledger: Ledger) -> None:
    query = ledger.parse("employees Lynas 2024")
    assert "120" in values(ledger, query, around=True)
    assert "77" not in values(ledger, query, around=True)


def test_a_fact_may_say_one_name_and_its_page_another(ledger: Ledger) -> None:
    """The table names neodymium by its symbol, which its page does not write out."""
    query = ledger.parse("neodymium share Russia loparite")
    assert "14.1" in values(ledger, query, around=True)


def test_a_name_in_another_script_is_found_around_a_fact(ledger: Ledger) -> None:
    query = ledger.parse("employees Mountain Pass 2024")
    assert values(ledger, query, around=True) == ["450"]


def test_other_measures_and_years_are_left_out(ledger: Ledger) -> None:
    assert values(ledger, ledger.parse("price Kalgoorlie 2024"), around=True) == ["800"]
    assert values(ledger, ledger.parse("employees Kalgoorlie 2015"), around=True) == []


def test_sources_that_are_not_looked_through_yield_nothing(ledger: Ledger) -> None:
    query = ledger.parse("employees 2024")
    assert set(values(ledger, query, around=False)) == {"120", "450", "77"}
    assert values(ledger, query, around=False, only="elsewhere.md") == ["77"]


def test_of_many_facts_those_that_were_added_last_are_compared(tmp_path: Path) -> None:
    files = {f"{n:02}.md": f"# Note {n}\n\nChina mined {n} tons in 2024.\n" for n in range(10, 19)}
    with open_home(tmp_path, files) as home:
        for name in sorted(files):
            home.add(name)
        held = Ledger(home.store.catalog)
        query = held.parse("China mine production 2024")
        assert values(held, query, around=False, most=3) == ["16", "17", "18"]


def test_where_nothing_is_named_all_that_is_measured_is_read(ledger: Ledger) -> None:
    read = [
        len(
            list(
                select_candidates(ledger, ledger.parse(words), ledger.sources(Filters()), False, 1)
            )
        )
        for words in ("employees in 2024", "employees of Norvik in 2024")
    ]
    assert read == [3, 1]
