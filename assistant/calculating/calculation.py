"""The values of calculating: what a question asks to be worked out, and the figures it takes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.calculating.units import NO_UNIT, Measure
from assistant.candidates import Candidate

Operation = Literal[
    "none",
    "change",
    "percent change",
    "factor",
    "annual growth",
    "difference",
    "ratio",
    "comparison",
    "larger change",
    "share",
    "total",
    "average",
    "conversion",
]
Form = Literal["", "metal", "oxide"]
State = Literal["value", "withheld", "range", "bound"]


@dataclass(frozen=True, slots=True)
class Sought:
    """One figure to look up: a question that stands alone, and how the answer names its figure."""

    question: str
    label: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A quantity that the question itself gives: its figure, how it is written, its unit."""

    value: Decimal
    written: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a result is to be turned into; each part is empty where it is not asked for.

    `vat_percent` is the tax to be taken off. `rate` is what one unit of the currency `rate_of`
    costs in the currency `rate_in`: 7.25 yuan for a dollar.
    """

    unit: Measure = NO_UNIT
    form: Form = ""
    element: str = ""  # id of the element whose oxide or metal is meant
    vat_percent: Decimal = Decimal(0)
    rate: Decimal = Decimal(0)
    rate_of: str = ""
    rate_in: str = ""


NO_CONVERSION = Conversion()


@dataclass(frozen=True, slots=True)
class Calculation:
    """An operation with the figures it takes; `operation` is "none" where nothing is asked.

    `obstacle` says why the question itself rules the calculation out: unlike measures, a missing
    rate. `subject` names in words what is compared or added up. `sought` has the figures in their
    order; of "larger change" it has pairs, earlier and later, of a share the part and the whole.
    """

    operation: Operation = "none"
    subject: str = ""
    sought: tuple[Sought, ...] = ()
    stated: tuple[Stated, ...] = ()
    conversion: Conversion = NO_CONVERSION
    takes_middle: bool = False
    wants_smaller: bool = False  # "which is smaller"
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure found for a question, in a cell or in a sentence, with all that says what it means.

    `low` and `high` are the same for a single value. `kind` is what is measured ("production",
    "quota"), `bases` in which sense ("REO", "gross weight", "without VAT"); `edition` is the
    edition of a series that gives it, "" where none is named.
    """

    candidate: Candidate
    text: str  # the figure as it is printed
    low: Decimal
    high: Decimal
    state: State
    measure: Measure
    kind: str
    bases: frozenset[str]
    edition: str
    extra_words: int
    order: int

    @property
    def value(self) -> Decimal:
        """The figure; of a range the mid-point."""
        return (self.low + self.high) / 2

    @property
    def table(self) -> tuple[str, ...]:
        """What tells its table from others."""
        passage = self.candidate.evidence.passage
        context = passage.context
        return (passage.source_id, str(passage.page), context.caption, context.section)


LookUp = Callable[[Sequence[Sought]], tuple[tuple[Operand, ...], ...]]
"""Gives for each lookup the figures that answer it, best first; none where the sources have none.

Lookups of one calculation are made together, so that a row found for one serves the others.
"""
