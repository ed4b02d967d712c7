"""The head rows of a table: how many there are, and what they call each column."""

import re
from collections.abc import Sequence

from corpus.language.table_words import (
    begins_as_head,
    find_currency_sign,
    is_amount,
    stands_for_none,
)

_CODE = re.compile(r"\d+\.\d+\.\d")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_YEARS = re.compile(r"(?:1[89]|20)\d\d(?:\s?[–—/-]\s?(?:(?:1[89]|20)?\d\d))?")
_KINDS_OF_KEYS = 3
_DATE = re.compile(
    r"(?:1[89]|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](?:1[89]|20)\d\d"
    r"|(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?(?:1[89]|20)\d\d"
)
_MEASURED = re.compile(r"[<>≤≥~≈]?\s?\d[\d.,]*\s?[^\W\d][^\d]{0,30}")  # "19,600 t"
_SNAKE = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+")


def is_figure(text: str) -> bool:
    """Tell whether a cell holds a figure and nothing else; a year is none."""
    return is_amount(text) and not is_year(text) and not is_code(text)


def is_code(text: str) -> bool:
    """Tell whether a cell holds a number of a tariff ("2846.10.0000") or the like."""
    return bool(_CODE.match(text)) and not _GROUPED.fullmatch(text)


def is_value(text: str) -> bool:
    """Tell whether a cell holds a figure or a sign that stands for one, such as NA."""
    return is_figure(text) or stands_for_none(text)


def is_year(text: str) -> bool:
    """Tell whether a cell names a year, or years from one to another, and nothing else."""
    return bool(_YEARS.fullmatch(text))


def count_heads(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows are heads: rows of words and years above the figures.

    A table of words alone has one. Below a row that names the column of labels, a row with a
    label of its own is no head; nor is a label alone below other heads. A list of keys and their
    values has none.
    """
    if has_keys(rows):
        return 0
    last = len(rows)
    first_values = next((n for n, row in enumerate(rows) if any(map(_tells, row[1:]))), last)
    if first_values == 0:
        return 0
    label = ""
    for number, row in enumerate(rows[:first_values]):
        words = row[0] if row else ""
        goes_on = words in ("", label) and sum(map(bool, row)) > 1
        is_group = number > 0 and sum(map(bool, row)) == 1 and bool(words)
        if is_group or (label and not goes_on):
            return number
        label = label or words
    if first_values == last:
        return 1 if last > 1 else 0
    return first_values


def has_keys(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether each row is a key with its value, so that the first of them is no head.

    Values of one column are alike; those of keys are a date here, words, a share or a sum there.
    """
    pairs = [(row[0], row[1]) for row in rows if len(row) == 2 and row[0]]
    if len(pairs) < max(3, len(rows)) or len({key for key, _ in pairs}) < len(pairs):
        return False
    first = pairs[0][1]
    if not first or is_year(first) or begins_as_head(first):
        return False
    if all(key.endswith(":") for key, _ in pairs):
        return True
    below = (value for _, value in pairs[1:] if value and not stands_for_none(value))
    kinds = {_kind(value) for value in below}
    return len(kinds) >= _KINDS_OF_KEYS and bool(kinds & {"words", "date"})


def _kind(value: str) -> str:
    if is_year(value) or _DATE.fullmatch(value):
        return "date"
    if "%" in value and is_figure(value):
        return "share"
    if is_figure(value):
        return "sum" if find_currency_sign(value) else "figure"
    return "measure" if _MEASURED.fullmatch(value) else "words"


def name_columns(heads: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """Return the name of each column: its heads from above to below.

    A head that spans several columns (it is repeated in each) is parted from those below it:
    "2022 > Quantity".
    """
    rows = [[*row, *[""] * (width - len(row))][:width] for row in heads]
    if len(rows) > 1 and not any(_spans(row, n) for row in rows for n in range(width) if row[n]):
        rows[0] = _filled(rows[0], rows[1])
    names = []
    for column in range(width):
        name, between = "", ""
        for row in rows:
            words = plain_name(row[column])
            if words and words != name.split(" > ")[-1]:
                name += between + words if name else words
                between = " > " if _spans(row, column) else " "
        names.append(name)
    return tuple(names)


def plain_name(words: str) -> str:
    """Return "raw_value" as "raw value"; other words as they are."""
    return words.replace("_", " ") if _SNAKE.fullmatch(words) else words


def _tells(text: str) -> bool:
    """Tell whether a cell shows that its row is none of heads; W and E may head a column."""
    return (is_value(text) and not text.isalpha()) or text in ("NA", "XX")


def _spans(row: Sequence[str], column: int) -> bool:
    beside = (*row[max(column - 1, 0) : column], *row[column + 1 : column + 2])
    return row[column] in beside


def _filled(row: list[str], below: Sequence[str]) -> list[str]:
    """Spread the heads of a row over the empty columns to their right, if they part them evenly.

    Files without merged cells print "2021" over the first of the columns it stands for. A head
    whose unit stands below it in brackets is told in two lines, and stands for one.
    """
    places = [column for column, words in enumerate(row) if words]
    filled = [column for column, words in enumerate(below) if words]
    if len(places) < 2 or places[0] == 0 or any(below[n].startswith("(") for n in places):
        return row
    ends = [*places[1:], filled[-1] + 1]
    sizes = {end - start for start, end in zip(places, ends, strict=True)}
    under = all(below[column] for column in range(places[0], filled[-1] + 1))
    if len(sizes) > 1 or sizes == {1} or not under:
        return row
    spread = list(row)
    for start, end in zip(places, ends, strict=True):
        spread[start:end] = [row[start]] * (end - start)
    return spread
