"""What a library holds nothing of, so that a question for it has no answer."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from drafting_files import FILES
from homes import Home, open_home

from assistant.evaluation.drafting.twins import is_absent
from corpus.facts import Absent, Argument, Fact
from corpus.facts.fact import Role
from corpus.language.names import find_names
from corpus.language.periods import parse_period
from index.facts import Ledger

NEWS = """\
Bolivian mines gave 900 tons of quicksalt in 2019, the ministry said. Myanmar mined rare earths
in 2021 as before.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with open_home(tmp_path_factory.mktemp("absence"), {**FILES, "news.txt": NEWS}) as opened:
        opened.add()
        yield opened


def named(role: Role, text: str) -> Argument:
    return Argument(role, find_names(text)[0].name)


OXIDE = named("material", "holmium oxide")
PRICE = Fact(Absent(), "price", (OXIDE,), parse_period("2024"))
RARE_EARTHS = named("material", "rare earths")
MINED = Fact(Absent(), "mine production", (RARE_EARTHS, named("place", "Brazil")))


@pytest.mark.parametrize(
    ("fact", "absent"),
    [
        (replace(MINED, period=parse_period("2024")), False),  # a cell
        (replace(MINED, period=parse_period("2019")), True),
        (
            replace(
                MINED,
                arguments=(RARE_EARTHS, named("place", "Burma")),
                period=parse_period("2021"),
            ),
            False,  # a sentence, by another name
        ),
        (
            replace(
                MINED,
                arguments=(RARE_EARTHS, named("place", "Burma")),
                period=parse_period("2022"),
            ),
            True,
        ),
        (replace(PRICE, period=parse_period("2023")), False),  # not available, says a cell
        (replace(PRICE, period=parse_period("2021")), True),
        (replace(PRICE, arguments=(named("material", "thulium oxide"),)), True),
    ],
)
def test_only_what_neither_fact_nor_passage_holds_is_absent(
    home: Home, fact: Fact, absent: bool
) -> None:
    catalog = home.store.catalog
    source_ids = [record.source.id for record in catalog.sources()]
    assert is_absent(fact, Ledger(catalog), catalog, source_ids) is absent
