"""Tables in XML: those of HTML and CALS (rows of cells), and of the Federal Register."""

from collections.abc import Iterator
from typing import Any

from corpus.articles.record_parts import Part
from corpus.articles.xml_words import children_of, local_name, words_of
from corpus.repair.marked import Marked, join

_TABLES = {"table", "informaltable", "gpotable", "table-wrap"}
_ROWS = {"tr", "row", "boxhd"}
_CELLS = {"td", "th", "entry", "ent", "ched"}
_TITLES = {"label", "caption", "title", "ttitle"}
_NOTES = {"fn", "tnote", "tfoot-note", "attrib"}
_MOST_SPANNED = 50


def is_table(element: Any) -> bool:
    """Tell whether an element is a table of rows and cells."""
    return local_name(element) in _TABLES and next(_rows(element), None) is not None


def table_part(element: Any) -> Part:
    """Return a table with its caption, its rows (heads as one row), and its notes."""
    rows = list(_rows(element))
    heads = 0
    while heads < len(rows) - 1 and _is_head(rows[heads]):
        heads += 1
    cells = [_cells(row) for row in rows]
    head = [_stacked(cells[:heads])] if heads else []
    titles = [words_of(title) for title in _named(element, _TITLES)]
    notes = [words_of(note) for note in _named(element, _NOTES)]
    return Part(
        "table",
        join([title for title in titles if title.text], " ").text,
        rows=tuple(map(tuple, [*head, *cells[heads:]])),
        notes=tuple(note for note in notes if note.text),
    )


def _rows(element: Any) -> Iterator[Any]:
    for child in children_of(element):
        if local_name(child) in _ROWS and any(local_name(c) in _CELLS for c in children_of(child)):
            yield child
        elif local_name(child) not in _NOTES:
            yield from _rows(child)


def _is_head(row: Any) -> bool:
    if local_name(row) == "boxhd" or local_name(row.getparent()) == "thead":
        return True
    return all(local_name(cell) == "th" for cell in children_of(row))


def _cells(row: Any) -> list[Marked]:
    """Return the cells of a row, one that spans several columns in each of them."""
    cells: list[Marked] = []
    for cell in children_of(row):
        if local_name(cell) in _CELLS:
            span = str(cell.get("colspan", "1"))
            times = min(int(span), _MOST_SPANNED) if span.isdecimal() else 1
            cells += [words_of(cell)] * max(times, 1)
    return cells


def _stacked(heads: list[list[Marked]]) -> list[Marked]:
    """Return rows of heads as one: the words above a column from the top down."""
    columns = max(map(len, heads))
    stacked = []
    for column in range(columns):
        words = [row[column] for row in heads if column < len(row) and row[column].text]
        kept = [word for at, word in enumerate(words) if at == 0 or word.text != words[at - 1].text]
        stacked.append(join(kept, " "))
    return stacked


def _named(element: Any, names: set[str]) -> Iterator[Any]:
    """Yield the elements of certain names that are in a table but in none of its rows."""
    for child in children_of(element):
        if local_name(child) in names:
            yield child
        elif local_name(child) not in _ROWS:
            yield from _named(child, names)
