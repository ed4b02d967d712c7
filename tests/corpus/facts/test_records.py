"""Facts written as JSON and read again are the same facts."""

import json
import random
from dataclasses import astuple, replace
from typing import get_args

import pytest

from corpus.facts import Absent, Argument, Change, Day, Fact, Names, Place, Table, Value
from corpus.facts.fact import ChangeKind, Direction, Role, Status
from corpus.facts.records import fact_record, load_fact
from corpus.language.names import Name
from corpus.language.periods import Period, parse_period
from corpus.language.quantities import Bound, Quantity

WORDS = ("", "REO", "mine production", "Bayan Obo", "稀土", 'a "quoted" word', "99.5% minimum")
PERIODS = (
    *map(
        parse_period,
        ("2025", "2024-Q3", "2024-H1", "2021/2024", "P3M/2023-07-01", "../2030", "FY2024-Q1"),
    ),
    Period("FY2024", "2023-10-01", "2024-09-28"),  # days that a filing says
)


def any_name(draw: random.Random) -> Name:
    return Name(*(draw.choice(WORDS) for _ in range(4)))


def any_value(draw: random.Random) -> Value:
    low = draw.choice((0.0, -43e6, 0.05, 270_000.0, 1e12))
    high = low + draw.choice((0.0, 10.0))
    quantity = Quantity(
        low,
        high,
        draw.choice(("", "t", "USD/kg")),
        draw.choice(get_args(Bound)),
        draw.choice((0.0, 0.1)),
    )
    names = Names(tuple(any_name(draw) for _ in range(draw.randrange(3))))
    return draw.choice(
        (quantity, Day(draw.choice(PERIODS)), names, Absent(draw.choice(WORDS), draw.choice(WORDS)))
    )


def any_fact(seed: int) -> Fact:
    draw = random.Random(seed)

    def words() -> str:
        return draw.choice(WORDS)

    def several() -> tuple[str, ...]:
        return tuple(words() for _ in range(draw.randrange(3)))

    change = Change(draw.choice(get_args(ChangeKind)), draw.choice(get_args(Direction)), words())
    return Fact(
        value=any_value(draw),
        measure=words(),
        arguments=tuple(
            Argument(draw.choice(get_args(Role)), any_name(draw)) for _ in range(draw.randrange(3))
        ),
        period=draw.choice((None, *PERIODS)),
        stage=words(),
        of=words(),
        basis=words(),
        scope=words(),
        specification=words(),
        price_basis=words(),
        statistic=words(),
        part_of=words(),
        change=draw.choice((None, change)),
        status=draw.choice(get_args(Status)),
        polarity=draw.random() < 0.5,
        attributed_to=words(),
        edition=words(),
        rest=several(),
        place=draw.choice((Place(0, 0, 0, 0, 0), Place(2, 10, 90, 0, 5))),
        table=draw.choice((Table(), Table(words(), several(), several(), several()))),
    )


@pytest.mark.parametrize("seed", range(300))
def test_a_fact_written_and_read_is_the_same(seed: int) -> None:
    fact = any_fact(seed)
    read = load_fact(json.loads(json.dumps(fact_record(fact), ensure_ascii=False)))
    assert astuple(read) == astuple(fact)  # also where it stands, and the days of its periods


def test_what_is_empty_takes_no_room() -> None:
    fact = Fact(Quantity(270_000.0, 270_000.0, "t", step=1000.0), "mine production")
    assert fact_record(fact) == {
        "measure": "mine production",
        "value": ["n", 270_000.0, 270_000.0, "t", "=", 1000.0],
    }
    withheld = replace(fact, value=Absent("withheld", "W"), period=parse_period("2025"))
    assert fact_record(withheld)["value"] == ["-", "withheld", "W"]
    assert fact_record(withheld)["period"] == ["2025"]
