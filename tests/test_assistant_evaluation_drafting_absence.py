"""What a library holds nothing of, so that a question for it has no answer."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from drafting_files import FILES
from homes import Home, open_home

from assistant.evaluation.drafting.absence import Absence, terms_of
from assistant.evaluation.drafting.asking import Ask
from assistant.evaluation.drafting.source_library import read_library
from index.passage import Filters

NEWS = """\
Bolivian mines gave 900 tons of quicksalt in 2019, the ministry said. Myanmar mined rare earths
in 2021 as before.
"""
ASK = Ask("mine production", "quicksalt", "Bolivia", period="in 2018", year=2018)
PRICE = Ask("average price", "holmium oxide", period="in 2024", year=2024)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with open_home(tmp_path_factory.mktemp("absence"), {**FILES, "news.txt": NEWS}) as opened:
        opened.add()
        yield opened


@pytest.mark.parametrize(
    ("ask", "absent"),
    [
        (ASK, True),
        (replace(ASK, year=2024), False),  # a cell
        (replace(ASK, year=2019), False),  # a sentence, by an adjective
        (replace(ASK, owner="Brazil", year=2024), True),
        (replace(ASK, owner="Burma", of="rare earths", year=2021), False),  # by another name
        (replace(ASK, owner="Burma", of="rare earths", year=2022), True),
        (replace(PRICE, year=2023), False),  # a cell says that it is not available
        (replace(PRICE, year=2021), True),
        (replace(PRICE, of="thulium oxide"), True),
        (Ask("reserves", "quicksalt", "Bolivia"), True),
    ],
)
def test_only_what_neither_cell_nor_passage_holds_is_absent(
    home: Home, ask: Ask, absent: bool
) -> None:
    catalog = home.store.catalog
    absence = Absence(catalog, read_library(catalog, Filters()))
    assert absence.holds_nothing(ask.subject, ask.year, terms_of(ask)) is absent


def test_a_source_that_filters_leave_out_is_searched_all_the_same(home: Home) -> None:
    catalog = home.store.catalog
    prices = read_library(catalog, Filters(source="prices.md"))
    asked = replace(ASK, year=2024)
    absence = Absence(catalog, prices)
    assert not absence.holds_nothing(asked.subject, asked.year, terms_of(asked))


def test_each_name_of_a_place_is_looked_for() -> None:
    owner, thing, quantity = terms_of(replace(ASK, owner="Burma"))
    assert {"Burma", "Myanmar"} <= set(owner)
    assert thing == ["quicksalt"]
    assert "produce" in quantity
