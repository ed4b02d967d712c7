"""Figures that a table splits over several cells: "$ | (43 | )" is the one cell "$(43)".

Releases of companies come so, with columns that hold only signs and columns that hold nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.language.table_words import is_currency
from corpus.page_writer import TableCell
from corpus.repair.marked import join
from corpus.tables.heads import count_heads

Row = tuple[TableCell, ...]

_CLOSING = re.compile(r"[)\]]?\s?%?")
_FIGURE = re.compile(r"[(\[]?\s?[-–−+~<>]?\s?\(?\d[\d.,]*\)?|[-–—]+")
_NOTHING = TableCell("")


def text_of(cell: TableCell) -> str:
    """Return the plain words of a cell in one line."""
    words = cell.words if isinstance(cell.words, str) else cell.words.text
    return " ".join(words.split())


def join_split_figures(rows: Sequence[Row], head_rows: int | None) -> tuple[Row, ...]:
    """Return the rows with the parts of each figure in one cell, and without empty columns."""
    if head_rows is None:
        head_rows = max(1, count_heads([[text_of(cell) for cell in row] for row in rows]))
    width = max((len(row) for row in rows), default=0)
    joined = [_join(list(row)) for row in rows]
    empty = {
        column
        for column in range(1, width)
        if all(_is_empty(row, column) for row in joined[head_rows:])
        and all(_is_empty(row, column) or _goes_on(row, column) for row in joined[:head_rows])
    }
    if len(empty) in (0, width - 1) or head_rows >= len(rows):
        return tuple(map(tuple, joined))
    return tuple(_without(row, empty) for row in joined)


def _join(row: list[TableCell]) -> list[TableCell]:
    for at, cell in enumerate(row):
        text = text_of(cell)
        if not text or cell.is_repeat or at == 0:
            continue
        before = text_of(row[at - 1])
        if is_currency(before) and _FIGURE.fullmatch(text):
            row[at] = replace(cell, words=join([row[at - 1].words, cell.words], ""))
            row[at - 1] = _NOTHING
        elif _CLOSING.fullmatch(text) and re.search(r"\d$", before):
            row[at - 1] = replace(row[at - 1], words=join([row[at - 1].words, cell.words], ""))
            row[at] = _NOTHING
    return row


def _is_empty(row: Sequence[TableCell], column: int) -> bool:
    return column >= len(row) or row[column].is_repeat or not text_of(row[column])


def _goes_on(row: Sequence[TableCell], column: int) -> bool:
    """Tell whether the head of a column goes on in the next one."""
    following = row[column + 1] if column + 1 < len(row) else _NOTHING
    return following.is_repeat and text_of(following) == text_of(row[column])


def _without(row: Sequence[TableCell], empty: set[int]) -> Row:
    """Return a row without some columns; the words of a head move to what is left of its span."""
    left: list[TableCell] = []
    moved = ""
    for column, cell in enumerate(row):
        if column in empty:
            moved = text_of(cell) if not cell.is_repeat else moved
            continue
        if cell.is_repeat and moved and moved == text_of(cell):
            cell = replace(cell, is_repeat=False)
        moved = ""
        left.append(cell)
    return tuple(left)
