"""Gold look-ups and planted conflicts: what a ledger shows beside what it should show.

The look-ups were written by somebody who had not seen the code, over three homes; a quarter asks
for facts that are not there. The planted documents in `tests/gold/conflicts` hold thirty conflicts,
and thirty pairs that look like one and are none.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from bench.gold_facts import GoldFact, compare_slots
from bench.gold_slots import GOLD, canonical_unit, is_close, load_lines, same_time
from corpus.document import Source
from corpus.facts import Day, Fact
from corpus.facts.fact import Role
from corpus.language.periods import parse_period
from corpus.language.quantities import Quantity
from index.facts import FoundFacts, Ledger, LedgerFact, conflicts
from index.ingestion.sync import add_paths
from index.storage.store import PassageStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.token_vectors import TokenVectors

PLANTED = Path(__file__).parents[1] / "tests" / "gold" / "conflicts"
_DIMENSION = 2
# Slots in which a shown fact must not differ from what was asked for.
_ASKED = ("period", "unit", "arguments", "measure", "value")


@dataclass(frozen=True, slots=True)
class LookUp:
    """The words of a look-up with the facts that are right for it; none where none is there."""

    id: str
    home: str
    style: str
    words: str
    expected: tuple[Mapping[str, Any], ...]

    @property
    def is_answerable(self) -> bool:
        """Whether the home holds what is asked for."""
        return bool(self.expected)


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A look-up with the first fact that is shown and what is wrong in it.

    `elsewhere` says that it is right and stands in a place that the gold does not list.
    """

    look_up: LookUp
    first: LedgerFact | None
    fault: str
    elsewhere: bool = False
    milliseconds: float = 0.0

    @property
    def is_right(self) -> bool:
        """Whether a right fact is shown first, or nothing where nothing is there."""
        return not self.fault


@dataclass(frozen=True, slots=True)
class Planted:
    """Two planted figures of two documents: a conflict, or what only looks like one."""

    id: str
    kind: str
    why: str
    form: str
    files: tuple[str, str]
    values: tuple[float | str, float | str]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlantedReport:
    """The planted ones that were reported as conflicts, and how many reports there are besides."""

    planted: tuple[Planted, ...]
    reported: frozenset[str] = field(default_factory=frozenset)
    others: tuple[str, ...] = ()


class BlankEmbedder:
    """Gives every text the same vector: the ledger needs none, and embedding takes minutes."""

    name = "blank"
    dimension = _DIMENSION
    max_tokens = 254

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return a unit vector a text."""
        import numpy as np

        rows = np.zeros((len(texts), _DIMENSION), np.float32)
        rows[:, 0] = 1.0
        return rows

    def token_vectors(self, texts: Sequence[str]) -> "list[TokenVectors]":
        """Raise NotImplementedError: nothing is asked here."""
        raise NotImplementedError

    def tokens(self, text: str) -> list[int]:
        """Return a number a word."""
        return [0] * len(text.split())


def open_ledger(home: Path, *folders: Path) -> Ledger:
    """Return the ledger of a home of some folders, read into it where it is new or they changed."""
    store = PassageStore(home, BlankEmbedder.name)
    add_paths(store, BlankEmbedder, folders, lambda _: None)
    return Ledger(store.catalog)


# --- look-ups ---


def load_look_ups(path: Path = GOLD / "lookups.jsonl") -> tuple[LookUp, ...]:
    """Return the look-ups of a file."""
    return tuple(
        LookUp(line["id"], line["home"], line["style"], line["words"], tuple(line["expect"]))
        for line in load_lines(path)
    )


def look_up(one: LookUp, find: Callable[[str], FoundFacts], times: int = 3) -> LookedUp:
    """Look words up and judge the first fact; the time is the median of warm look-ups."""
    taken = []
    for _ in range(times + 1):
        started = time.perf_counter()
        found = find(one.words).facts
        taken.append((time.perf_counter() - started) * 1000)
    warm = statistics.median(taken[1:])
    first = found[0] if found else None
    if first is None:
        return LookedUp(one, None, "nothing shown" if one.is_answerable else "", False, warm)
    if not one.is_answerable:
        return LookedUp(one, first, "shown where nothing is there", False, warm)
    fault, elsewhere = judge_first(one, first)
    return LookedUp(one, first, fault, elsewhere, warm)


def judge_first(one: LookUp, first: LedgerFact) -> tuple[str, bool]:
    """Return what is wrong in the first fact shown, "" if it is right, and if it is elsewhere.

    At a place that the gold lists the value must be the gold's, and a period where both have one;
    at another all that was asked for must be as there.
    """
    judged = []
    for expected in one.expected:
        gold = _gold(expected)
        wrong = dict(compare_slots(gold, first.fact).faults)
        if first.fact.period is None:
            wrong.pop("period", None)
        here = _is_place(expected, first)
        decisive = [slot for slot in _ASKED if slot in wrong]
        if here:
            decisive = [slot for slot in decisive if slot in ("value", "unit", "period")]
        judged.append((len(decisive), not here, decisive))
    _, elsewhere, decisive = min(judged)
    return ", ".join(f"another {slot}" for slot in decisive), elsewhere


def _gold(expected: Mapping[str, Any]) -> GoldFact:
    """Return what a look-up expects as a gold fact."""
    roles = [role for role in get_args(Role) if role in expected]
    slots = {
        slot: held
        for slot, held in expected.items()
        if slot in ("value", "low", "high", "unit", "bound", "period", "of", "change", "stage")
    }
    if "date" in expected or isinstance(expected.get("value"), str):
        slots.pop("unit", None)
    if "names" in expected:
        slots["value"] = expected["names"]
    return GoldFact(
        id="",
        file=expected["file"],
        page=str(expected["page"]),
        kind="look-up",
        printed="",
        arguments=tuple((role, expected[role]) for role in roles),
        slots={**slots, "measure": expected["measure"]},
    )


def _is_place(expected: Mapping[str, Any], found: LedgerFact) -> bool:
    page = str(expected["page"])
    return _is_file(found.source, expected["file"]) and page in (
        found.page_label,
        str(found.fact.place.page),
    )


def _is_file(source: Source, path: str) -> bool:
    return source.path == path or source.path.endswith(f"/{path}")


# --- conflicts ---


def load_planted(path: Path = GOLD / "planted.jsonl") -> tuple[Planted, ...]:
    """Return the planted conflicts and decoys of a file."""
    return tuple(
        Planted(
            line["id"],
            line["kind"],
            line["why"],
            line["form"],
            tuple(line["files"]),
            tuple(line["values"]),
            tuple(line["unit"].split(" / ")),
        )
        for line in load_lines(path)
    )


def report_planted(ledger: Ledger, planted: Sequence[Planted]) -> PlantedReport:
    """Tell which planted pairs the ledger reports as conflicts, and what else it reports."""
    reported: set[str] = set()
    others: list[str] = []
    for conflict in conflicts(ledger):
        held = [one.id for one in planted if _is_among(one, conflict.facts)]
        reported.update(held)
        if not held:
            said = (f"{one.source.path}: {one.fact.value}" for one in conflict.facts)
            others.append("; ".join(said))
    return PlantedReport(tuple(planted), frozenset(reported), tuple(others))


def _is_among(planted: Planted, facts: Sequence[LedgerFact]) -> bool:
    """Tell whether both figures of a planted pair stand in one conflict, each from its file."""
    return all(
        any(
            _is_file(one.source, file) and _has_value(one.fact, value, planted.units)
            for one in facts
        )
        for file, value in zip(planted.files, planted.values, strict=True)
    )


def _has_value(fact: Fact, value: float | str, units: Sequence[str]) -> bool:
    if isinstance(value, str):
        date = fact.value.date if isinstance(fact.value, Day) else None
        return date is not None and same_time(parse_period(value), date)
    if not isinstance(fact.value, Quantity):
        return False
    for unit in units:
        try:
            quantity = fact.value.in_unit(canonical_unit(unit))
        except ValueError:
            continue
        if is_close(quantity.low, value, unit) or abs(quantity.low - value) < 1:
            return True
    return False
