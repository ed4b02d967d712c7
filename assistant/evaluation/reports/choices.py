"""What the cases on a page can be filtered by."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evaluation.explaining import VERDICTS
from assistant.evaluation.reports.reported_cases import ReportedCase
from assistant.evaluation.summary import Dimension

_DIMENSIONS: tuple[tuple[Dimension, str], ...] = (
    ("kind", "Kind"),
    ("publisher", "Publisher"),
    ("year", "Year"),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value to choose, as cases have it and as it is shown, with the number of its cases."""

    value: str
    shown: str
    cases: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter; with `by_word` a case has several values, with spaces between them."""

    name: str
    label: str
    values: tuple[Value, ...]
    by_word: bool = False


def case_choices(cases: Sequence[ReportedCase]) -> tuple[Choice, ...]:
    """Return the filters that tell cases apart: verdict, status, kind, publisher, year."""
    verdicts = [one.verdict for one in cases]
    choices = [
        choice("verdict", "Verdict", sorted(verdicts, key=VERDICTS.index)),
        choice("status", "Status", sorted(one.status for one in cases)),
    ]
    if set(verdicts) <= {"no gold", "failed"}:
        del choices[0]  # the status says as much
    for dimension, label in _DIMENSIONS:
        values = [one.values[dimension] for one in cases if dimension in one.values]
        choices.append(choice(dimension, label, sorted(values) if dimension != "kind" else values))
    return tuple(one for one in choices if len(one.values) > 1)


def choice(name: str, label: str, values: Iterable[str], *, by_word: bool = False) -> Choice:
    """Return a filter over the values that cases have, in the order of their first."""
    counts = Counter(values)
    return Choice(
        name,
        label,
        tuple(Value(value, value.replace("_", " "), count) for value, count in counts.items()),
        by_word,
    )
