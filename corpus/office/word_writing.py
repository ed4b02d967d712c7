"""Writing the paragraphs and tables of a DOCX as a page: tables get their captions and notes."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.document import Page
from corpus.office.word_body import Paragraph, looks_like_heading
from corpus.office.word_tables import WordTable
from corpus.page_writer import PageWriter
from corpus.repair.marked import Marked
from corpus.tables.table_notes import is_table_note, marks_of, write_table

Items = Sequence[Paragraph | WordTable]

_UNIT_LINE = re.compile(r"[(\[].{2,150}[)\]]")
_INTRODUCING_CHARS = 200
_MOST_NOTES = 40  # below one table


def write_items(items: Items, headers: Sequence[str] = (), footers: Sequence[str] = ()) -> Page:
    """Return the page on which the items are written.

    The notes of the text are written at the end of their section, those of a table below it;
    what stands at the head and foot of every page is no passage.
    """
    writer = PageWriter()
    for line in headers:
        writer.aside(line)
    notes: list[Marked] = []
    below = _captions_are_below(items)
    position = 0
    while position < len(items):
        captions = [] if below else _captions(items, position)
        table = items[position + len(captions)]
        if isinstance(table, WordTable):
            position += len(captions) + 1
            marks = marks_of(table.rows, captions[0].words if captions else "")
            marked = _notes(items, position, marks)
            position += len(marked)
            if not captions and (captions := _caption_below(items, position, below)):
                position += 1
            words = [*table.notes, *(note.words for note in marked)]
            caption = captions[0].words if captions else table.caption
            unit = captions[1].words if len(captions) > 1 else ""
            write_table(writer, table.rows, caption, words, table.head_rows, unit)
            notes += [note for one in (*captions, *marked) for note in one.notes]
            continue
        if table.role in ("title", "heading") or looks_like_heading(table):
            _write_notes(notes, writer)
            writer.heading(table.words)
        elif table.role == "contents":
            writer.aside(table.words)
        else:
            writer.prose(table.words)
        notes += table.notes
        position += 1
    _write_notes(notes, writer)
    for line in footers:
        writer.aside(line)
    return writer.page()


def _write_notes(notes: list[Marked], writer: PageWriter) -> None:
    for note in notes:
        writer.prose(note)
    notes.clear()


def _captions_are_below(items: Items) -> bool:
    """Tell whether the captions of a document stand below its tables rather than above."""
    above = below = 0
    for first, second in pairwise(items):
        above += _is_caption(first) and isinstance(second, WordTable)
        below += isinstance(first, WordTable) and _is_caption(second)
    return below > above


def _captions(items: Items, position: int) -> list[Paragraph]:
    """Return the paragraphs from a place on that are the caption of the table right behind them.

    That is a caption, a short bold line or one that ends with a colon; a line in brackets below
    it says the unit.
    """
    for count in (1, 2):
        found = [one for one in items[position : position + count] if isinstance(one, Paragraph)]
        behind = items[position + count : position + count + 1]
        if len(found) < count or not behind:
            break
        if isinstance(behind[0], WordTable):
            introduced = _introduces(found[0])
            unit = count == 1 or _UNIT_LINE.fullmatch(found[1].words.text.strip())
            return found if introduced and unit else []
    return []


def _introduces(paragraph: Paragraph) -> bool:
    words = paragraph.words.text.strip()
    is_short = len(words) <= _INTRODUCING_CHARS and paragraph.role == "prose"
    return (
        paragraph.role == "caption"
        or looks_like_heading(paragraph)
        or (is_short and (words.endswith(":") or bool(_UNIT_LINE.fullmatch(words))))
    )


def _notes(items: Items, position: int, marks: frozenset[str]) -> list[Paragraph]:
    """Return the paragraphs from a place on that are notes of the table above."""
    found: list[Paragraph] = []
    for item in items[position : position + _MOST_NOTES]:
        if not isinstance(item, Paragraph) or item.role != "prose":
            break
        if not (item.begins_raised or is_table_note(item.words.text.strip(), marks)):
            break
        found.append(item)
    return found


def _caption_below(items: Items, position: int, below: bool) -> list[Paragraph]:
    """Return the caption at a place if it is that of the table above it."""
    if position >= len(items) or not _is_caption(items[position]):
        return []
    own = below or not _captions(items, position)
    return [one for one in items[position : position + 1] if own and isinstance(one, Paragraph)]


def _is_caption(item: Paragraph | WordTable) -> bool:
    return isinstance(item, Paragraph) and item.role == "caption"
