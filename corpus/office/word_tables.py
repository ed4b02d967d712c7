"""The tables of DOCX files as rows of cells, each merged cell given wherever it covers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus.office.word_styles import W, value
from corpus.office.word_text import WordText, accepted, text_boxes
from corpus.page_writer import TableCell
from corpus.repair.marked import Marked, join
from corpus.repair.raised import read_raised

_COLUMNS = 63  # of a table, in Word
_CELLS = 500_000
_ROW_CHARS = 150
_TWIPS = 100  # of an indent that is to be told from none
_ROW_WRAPPERS = {f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table; `head_rows` is None where the file does not say which rows are heads.

    `caption` is what a table says of itself, as that of a chart does.
    """

    rows: tuple[tuple[TableCell, ...], ...]
    head_rows: int | None = None
    notes: tuple[Marked, ...] = ()
    caption: str = ""


def framed_cells(table: Any) -> list[Any]:
    """Return the cells of a table that only frames text; none for one that is a table.

    Such a table has one column, or one row with more text than a row of values has.
    """
    rows = [list(_wrapped(row, f"{W}tc")) for row in _wrapped(table, f"{W}tr")]
    if rows and all(len(row) == 1 for row in rows):
        return [row[0] for row in rows]
    if len(rows) != 1:
        return []
    chars = sum(len(words.text or "") for cell in rows[0] for words in cell.iter(f"{W}t"))
    return rows[0] if chars > _ROW_CHARS else []


def read_table(table: Any, text: WordText) -> WordTable:
    """Return a table with the words of its cells, and the notes that are marked in it.

    Raises ValueError for a table that is too large to be one.
    """
    earlier_notes = text.notes.pending()
    rows: list[list[TableCell]] = []
    heads = 0
    cells = 0
    for row in _wrapped(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            text.told.changes = True
            continue
        line = _row(row, properties, rows[-1] if rows else [], text)
        cells += len(line)
        if cells > _CELLS:
            raise ValueError(f"a table has more than {_CELLS:,} cells")
        is_head = _is_on(properties, "tblHeader")
        heads += is_head and heads == len(rows)
        rows.append(line)
    notes = text.notes.take(lambda note: block_words(note, text), earlier_notes)
    head_rows = heads if 0 < heads < len(rows) else None
    return WordTable(tuple(map(tuple, rows)), head_rows, tuple(notes))


def block_words(parent: Any, text: WordText) -> Marked:
    """Return all words of a cell or a note on lines; tables inside it are flattened."""
    return join([words for words in _lines(parent, text) if words.text.strip()], "\n")


def _lines(parent: Any, text: WordText) -> Iterator[Marked]:
    for child in accepted(parent):
        if child.tag == f"{W}p":
            yield read_raised(text.pieces(child))
            for box in text_boxes(child):
                yield from _lines(box, text)
        elif child.tag == f"{W}tbl":
            for row in _wrapped(child, f"{W}tr"):
                for cell in _wrapped(row, f"{W}tc"):
                    yield from _lines(cell, text)
        elif child.tag in _ROW_WRAPPERS:
            yield from _lines(child, text)


def _row(row: Any, properties: Any, above: list[TableCell], text: WordText) -> list[TableCell]:
    line = [TableCell("")] * _number(value(properties, "gridBefore"), 0)
    for cell in _wrapped(row, f"{W}tc"):
        cell_properties = cell.find(f"{W}tcPr")
        span = _number(value(cell_properties, "gridSpan"), 1)
        merge = None if cell_properties is None else cell_properties.find(f"{W}vMerge")
        if merge is not None and merge.get(f"{W}val", "continue") == "continue":
            covered = [replace(one, is_repeat=True) for one in above[len(line) :][:span]]
            line += [*covered, *[TableCell("")] * (span - len(covered))]
            continue
        words = TableCell(block_words(cell, text), _indent(cell))
        line += [words, *[replace(words, is_repeat=True)] * (span - 1)]
    return line


def _indent(cell: Any) -> int:
    """Return how far the words of a cell are set in, by its format or by spaces."""
    paragraph = cell.find(f"{W}p")
    if paragraph is None:
        return 0
    found = paragraph.find(f"{W}pPr/{W}ind")
    twips = "" if found is None else found.get(f"{W}left") or found.get(f"{W}start") or ""
    words = "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
    spaces = len(words) - len(words.lstrip())
    return spaces + (min(int(twips), 10_000) // _TWIPS if twips.isdecimal() else 0)


def _wrapped(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, out of whatever wraps them."""
    for child in accepted(parent):
        if child.tag == tag:
            yield child
        elif child.tag in _ROW_WRAPPERS:
            yield from _wrapped(child, tag)


def _number(words: str, least: int) -> int:
    return min(max(int(words), least), _COLUMNS) if words.isdecimal() else least


def _is_on(properties: Any, flag: str) -> bool:
    found = None if properties is None else properties.find(f"{W}{flag}")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "off")
