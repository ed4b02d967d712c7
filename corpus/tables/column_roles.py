"""What the columns of a table are for: labels, values, or the unit, year and notes of each row."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.language.periods import find_years
from corpus.language.table_words import column_use, names_goods, says_none
from corpus.tables.heads import is_code, is_figure, is_value, is_year
from corpus.tables.units import is_unit

_ID = re.compile(r"(?=.*[\d/\\])[\w./\\:-]+")
_BOOLEANS = {"yes", "no", "true", "false", "y", "n"}
_ENOUGH = 0.7  # of the cells of a column, to say what it holds
_FIGURES = 0.3  # of the cells of a column, from which they are no names of rows
_LABEL_CHARS = 80  # the words of a longer cell are told of the row, they do not name it


@dataclass(frozen=True, slots=True)
class Roles:
    """The columns by their use. `labels` tell the rows apart; `values` hold figures.

    No `labels` has a table of values alone, below years.

    `units`, `years` and `notes` hold what is said of the values of their row. `numbers` are
    columns whose figures count nothing, such as ids and tariff numbers.
    """

    labels: tuple[int, ...] = (0,)
    values: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def consumed(self) -> frozenset[int]:
        """The columns that become no cells of their own."""
        return frozenset((*self.labels, *self.units, *self.years, *self.notes))


def find_roles(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Roles:
    """Return the roles of the columns of a table, from their heads and from what they hold.

    `rows` are those below the heads, each as long as `names`, with dittos resolved. A table
    without a column of figures has its first column as labels, and no other roles.
    """
    columns = [[row[number] for row in rows if row[number]] for number in range(len(names))]
    numbers = tuple(n for n, cells in enumerate(columns) if _is_number(names[n], cells))
    dated = [n for n, cells in enumerate(columns) if _is_year_column(names[n], cells)]
    values = tuple(
        n
        for n, cells in enumerate(columns)
        if n not in numbers and n not in dated and _holds_values(cells)
    )
    if not any(values):
        return Roles(values=values, numbers=numbers)
    beside = [n for n in range(len(names)) if n not in values]
    units = tuple(n for n in beside if n and _is_unit(names[n], columns[n]))[:1]
    years = tuple(dated[:1])
    notes = tuple(n for n in beside if n and column_use(names[n]) == "notes")
    said = {*units, *years, *notes, *numbers}
    words = [n for n in beside if n not in said and _names_rows(columns[n])]
    first = min((*(n for n in values if n), *units))
    leading = [n for n in words if n < first]
    is_long = bool(years) or any(column_use(names[n]) == "unit" for n in units)
    if not leading:
        labels = [] if 0 in values and is_year(names[0]) else [0]
        return Roles(tuple(labels), values, units, tuple(n for n in years if n), notes, numbers)
    labels = leading if is_long else _needed(leading, years, rows)
    codes = [n for n in numbers if n < labels[0] and names_goods(names[n])]
    labels = [*codes, *labels]
    values = tuple(n for n in values if n not in labels)
    return Roles(tuple(labels), values, units, years, notes, numbers)


def _needed(
    leading: Sequence[int], years: Sequence[int], rows: Sequence[Sequence[str]]
) -> list[int]:
    """Return the columns of words up to the last that is needed to tell the rows apart.

    A row that leaves the first of them empty is told by a later one.
    """
    needed, told = 1, 0
    for count in range(1, len(leading) + 1):
        keys = {tuple(row[n] for n in (*leading[:count], *years)) for row in rows}
        if len(keys) > told:
            needed, told = count, len(keys)
    unnamed = [row for row in rows if not any(row[n] for n in leading[:needed])]
    while needed < len(leading) and any(row[leading[needed]] for row in unnamed):
        needed += 1
        unnamed = [row for row in unnamed if not row[leading[needed - 1]]]
    return list(leading[:needed])


def _share(holds: Callable[[str], object], cells: Iterable[str]) -> float:
    judged = [bool(holds(cell)) for cell in cells]
    return sum(judged) / len(judged) if judged else 0.0


def _holds_values(cells: Sequence[str]) -> bool:
    """Tell whether a column holds figures; of years alone it does not."""

    def holds(cell: str) -> bool:
        return is_value(cell) or is_year(cell) or says_none(cell)

    return any(map(is_figure, cells)) and _share(holds, cells) > 0.5


def _is_number(name: str, cells: Sequence[str]) -> bool:
    is_id = column_use(name) == "code" and not any(" " in cell for cell in cells)
    return is_id or _share(is_code, cells) >= _ENOUGH


def _is_unit(name: str, cells: Sequence[str]) -> bool:
    if column_use(name) == "unit":
        return bool(cells)
    return not name and _share(is_unit, cells) >= _ENOUGH


def _is_year_column(name: str, cells: Sequence[str]) -> bool:
    if column_use(name) != "period":
        return False
    return _share(lambda cell: len(cell) <= 20 and find_years(cell), cells) >= _ENOUGH


def _names_rows(cells: Sequence[str]) -> bool:
    """Tell whether a column holds words that can name its rows."""
    if not cells or _share(lambda cell: len(cell) <= _LABEL_CHARS, cells) < 0.5:
        return False
    if {cell.lower() for cell in cells} <= _BOOLEANS or _share(is_figure, cells) >= _FIGURES:
        return False
    return _share(_ID.fullmatch, cells) < 0.5
