"""How far two readers of the same pages agree: `python -m bench.agreement [GOLD]`.

What a second person typed of the same cells and clauses (`second_reader_*.jsonl`), judged by the
first one's gold exactly as what the product read is judged: no reader of ours can be asked for more
than people agree on.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.facts import report_facts
from bench.gold_facts import GoldFact, Judged, compare_slots, gold_fact, load_gold
from bench.gold_slots import GOLD, canonical_unit, load_lines
from corpus.facts import Absent, Argument, Change, Day, Fact, Names
from corpus.facts.fact import Value
from corpus.language.measures import measure_named
from corpus.language.names import Name, find_names
from corpus.language.periods import parse_period
from corpus.language.quantities import Quantity

_PREFIX = "second_reader_"
_ABSENT = ("withheld", "not available", "net exporter", "not applicable")
_WORDS = ("stage", "of", "basis", "specification", "price_basis", "statistic", "attributed_to")


def main() -> int:
    """Print how far the second reader's lines agree with the gold, kind by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD / "second")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="list N that differ")
    arguments = parser.parse_args()
    for path in sorted(arguments.gold.glob(f"{_PREFIX}*.jsonl")):
        first = arguments.gold / path.name.removeprefix(_PREFIX)
        report = report_facts(tuple(_judged(load_gold(first), path)))
        print(f"# {first.name}")
        for line in (*report.lines, *(f"- {one}" for one in report.wrong[: arguments.show])):
            print(line)
    return 0


def _judged(gold: tuple[GoldFact, ...], second: Path) -> Iterator[Judged]:
    by_id = {one.id: one for one in gold}
    for line in load_lines(second):
        yield compare_slots(by_id[line["id"]], _fact(line))


def _fact(line: Mapping[str, Any]) -> Fact:
    """Return a typed line as the Fact that it says."""
    typed, change = gold_fact(line), line.get("change")
    measure = measure_named(line.get("measure", ""))
    period = line.get("period")
    fact = Fact(
        value=_value(line),
        measure=measure.name,
        arguments=tuple(
            Argument(role, _name(name))  # type: ignore[arg-type]
            for role, name in typed.arguments
        ),
        period=parse_period(period) if period else None,
        change=Change(change["kind"], change.get("direction", ""), change.get("against", ""))
        if change
        else None,
        status=line.get("status", "reported"),
        polarity=line.get("polarity", True),
    )
    return replace(fact, **{slot: str(line.get(slot, "")) for slot in _WORDS})  # type: ignore[arg-type]


def _value(line: Mapping[str, Any]) -> Value:
    status, value = line.get("status"), line.get("value")
    if status in _ABSENT or (status == "zero" and not value):
        return Absent(str(status), line["printed"])
    if isinstance(value, list):
        return Names(tuple(_name(one) for one in value))
    if isinstance(value, str):
        return Day(parse_period(value))
    low = line.get("low", value)
    if low is None:
        return Absent("", line["printed"])
    high, unit = line.get("high", low), canonical_unit(line.get("unit", ""))
    return Quantity(float(low), float(high), unit, line.get("bound", "="))


def _name(words: str) -> Name:
    """Return the name that some words are as a whole, else one of these words alone."""
    whole = [one.name for one in find_names(words) if one.end - one.start == len(words)]
    return whole[0] if whole else Name(words)


if __name__ == "__main__":
    sys.exit(main())
