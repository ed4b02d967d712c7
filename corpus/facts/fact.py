"""A Fact: what one cell or one clause says, every slot that figures are compared by its own.

A Query is a Fact with holes. Both are values; who reads text makes them, who answers compares
them, and nobody hands the text on to be read again.
"""

from dataclasses import dataclass, field
from typing import Literal

from corpus.language.names import Name
from corpus.language.periods import Period
from corpus.language.quantities import Quantity

Role = Literal[
    "subject",
    "material",
    "place",
    "origin",
    "destination",
    "buyer",
    "seller",
    "lender",
    "borrower",
    "owner",
    "owned",
    "operator",
    "segment",
]
Status = Literal[
    "reported",
    "estimated",
    "revised",
    "preliminary",
    "forecast",
    "target",
    "planned",
    "proposed",
    "permitted",
    "in force",
    "suspended",
    "expired",
]
ChangeKind = Literal["absolute", "percent", "points"]
Direction = Literal["up", "down", ""]
Form = Literal["", "metal", "oxide"]
Operation = Literal[
    "look-up",
    "list",
    "rank",
    "compare",
    "difference",
    "share",
    "growth",
    "annual growth",
    "ratio",
    "total",
    "average",
    "convert",
    "table",
    "yes or no",
    "explain",
]
Order = Literal["largest", "smallest", "changed", "rose", "fell", ""]


@dataclass(frozen=True, slots=True)
class Argument:
    """Who or what a fact is about, in its role."""

    role: Role
    name: Name


@dataclass(frozen=True, slots=True)
class Day:
    """A fact whose value is a date of the precision that is written."""

    date: Period


@dataclass(frozen=True, slots=True)
class Names:
    """A fact whose value is a set of names, in the order in which they are written."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """No value, and why: "withheld", "not available", "net exporter", "zero", "not applicable".

    `printed` is the sign that stands for it. "" as the reason is the hole of a Query.
    """

    reason: str = ""
    printed: str = ""


Value = Quantity | Day | Names | Absent


@dataclass(frozen=True, slots=True)
class Change:
    """That the value is a change, in which direction, against which period ("" where unsaid)."""

    kind: ChangeKind
    direction: Direction = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands: the quote `text[start:end]` of a page, a row or a sentence, and in it
    its value `text[value_start:value_end]`."""

    page: int
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class Table:
    """The place of a cell in its table: labels of its row, heads of its column, outermost first."""

    caption: str = ""
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """What one cell or one clause says; an empty slot is one that nothing is said of.

    `measure` is a standard name of the vocabulary, or the words of a row that it does not know.
    `rest` are the words that were not understood: unread, never equal.
    """

    value: Value
    measure: str = ""
    arguments: tuple[Argument, ...] = ()
    period: Period | None = None
    stage: str = ""
    of: str = ""
    basis: str = ""
    scope: str = ""
    specification: str = ""
    price_basis: str = ""
    statistic: str = ""
    part_of: str = ""
    change: Change | None = None
    status: Status = "reported"
    polarity: bool = True
    attributed_to: str = ""
    edition: str = ""
    rest: tuple[str, ...] = ()
    place: Place = field(default=Place(0, 0, 0, 0, 0), compare=False)
    table: Table = field(default=Table(), compare=False)

    @property
    def is_cell(self) -> bool:
        """Whether a cell of a table says it, and not a clause."""
        return self.table != Table()

    def named(self, *roles: Role) -> tuple[Name, ...]:
        """Return the names in these roles, of all roles without any."""
        return tuple(a.name for a in self.arguments if not roles or a.role in roles)


@dataclass(frozen=True, slots=True)
class Calculation:
    """What the words of a question give for a figure to be worked out, beside its operands.

    `measures` and `forms` of materials are all that are named, `whole` who and what a share is of.
    `against` is the time that the one asked for is compared with ("vs yr ago"). `stated` are
    quantities to be converted that the question itself gives, `rate` what a currency costs in
    another, `form` the metal or oxide of `element` that a weight is to be turned into.
    """

    measures: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    whole: tuple[Argument, ...] = ()
    against: Period | None = None
    takes_middle: bool = False
    wants_smaller: bool = False
    stated: tuple[Quantity, ...] = ()
    rate: Quantity | None = None
    tax_percent: float = 0.0
    takes_tax_off: bool = False
    form: Form = ""
    element: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question or the words of a look-up, parsed once.

    `wanted` is a Fact with holes; `periods` are all that are asked for (one of them is enough),
    `parts` what a question of several things asks one by one. `editions` are named ones ("MCS
    2026"), `unit` and `scale` are those that a figure is asked for in ("$bn": USD, 1e9), `rest` the
    content words that no slot took. `group_by` names what rows or columns of a
    table are of ("place", "year"), `order` which of them come first, or which alone are wanted
    ("changed"), `most` how many, 0 where that is unsaid, and `limit` the bound that their figures
    keep to ("countries with reserves above 1 million t"). `without` are those that are left out of
    a ranking ("countries other than China").
    """

    text: str
    wanted: Fact
    operation: Operation = "look-up"
    value_kind: Literal["money", "share", "figure", "date", "names", "any"] = "any"
    unit: str = ""
    scale: float = 1.0
    periods: tuple[Period, ...] = ()
    editions: tuple[str, ...] = ()
    latest: bool = False
    group_by: tuple[str, ...] = ()
    order: Order = ""
    most: int = 0
    limit: Quantity | None = None
    without: tuple[Name, ...] = ()
    parts: tuple["Query", ...] = ()
    calculation: Calculation = field(default=Calculation())
    rest: tuple[str, ...] = ()
