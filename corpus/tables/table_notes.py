"""Tables of papers and slides with the paragraphs behind them that are their notes."""

import re
from collections.abc import Iterable, Sequence

from corpus.page_writer import PageWriter, TableCell, cell_words
from corpus.repair.marked import Words, join, one_line
from corpus.tables.heads import has_keys
from corpus.tables.note_lines import is_key_line, split_marks

_NOTE = re.compile(
    r"(?:Notes?|Sources?|Remarks?|Data sources?)\s*[:.]"
    r"|(?:\*{1,4}|†|‡|§|\(\d{1,2}\)|\([a-z]\)|\[\d{1,2}\])\s*[A-Za-z“\"]"
    r"|(?:NA|N/A|W|XX|e|r|p|[–—-]{1,3})[\s:=,]+(?:Not |No |Zero|Less |With|Estim|Revis|Prelim)"
)
_OPENING = re.compile(r"[\[(]?(\w{1,3}|[*†‡§¶#]{1,4})[\])]?[.:]?\s*(?=\S)")


def marks_of(rows: Iterable[Iterable[TableCell]], caption: Words = "") -> frozenset[str]:
    """Return the footnote marks at the cells and the caption of a table."""
    words = [cell.words for row in rows for cell in row if not isinstance(cell.words, str)]
    marked = [one_line(caption), *map(one_line, words)]
    return frozenset(m for one in marked for mark in one.marks for m in split_marks(mark))


def is_table_note(text: str, marks: frozenset[str]) -> bool:
    """Tell whether a paragraph behind a table with these marks is a note of it."""
    opening = _OPENING.match(text)
    named = opening and opening[1] in marks
    return bool(_NOTE.match(text) or named or is_key_line(text))


def write_table(
    writer: PageWriter,
    rows: Sequence[Sequence[TableCell]],
    caption: Words,
    notes: Sequence[Words],
    head_rows: int | None = None,
    unit: Words = "",
) -> None:
    """Write a table; one of a single row has nothing above it, and is written as a line."""
    if head_rows is None and has_keys([[cell_words(cell).text for cell in row] for row in rows]):
        head_rows = 0
    if len(rows) > 1:
        writer.table(rows, caption, notes, head_rows, unit)
        return
    words = [cell.words for row in rows for cell in row if not cell.is_repeat]
    line = join([one for one in map(one_line, words) if one.text], " | ")
    for paragraph in (caption, unit, line, *notes):
        writer.prose(paragraph)
