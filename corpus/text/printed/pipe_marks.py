"""Marks of notes that stand in ordinary type in the cells of a pipe table: "1216,000", "12 16,000".

Only a table that shows such a mark, with a note for it below, is touched.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.tables.heads import count_heads, is_value
from corpus.tables.lines import Placed
from corpus.tables.note_lines import NoteBook
from corpus.text.printed.fused_marks import is_glued, part_fused
from corpus.text.printed.printed_words import placed_label, words_of

_APART = re.compile(
    r"(\d{1,2})(?: (?=(?:[1-9]\d{0,2}(?:,\d{3})*|NA|XX|W|—|-)$)|(?=(?:NA|XX|W|—)$))"
)


_BEHIND = re.compile(r"(?<=[a-z]{3})(?: (\d{1,2})$|\d{1,2}(?![\w.,%-]))")
_LEAST_LABELS = 2  # with marks, in a table whose figures have none


@dataclass(frozen=True, slots=True)
class PartedRows:
    """The rows of a table with their marks parted; `doubtful` are those where that is uncertain."""

    rows: list[list[Placed]]
    doubtful: list[list[Placed]]


def shows_marks(rows: Sequence[Sequence[Placed]]) -> bool:
    """Tell whether figures of a table are none without a mark before them, or labels have some."""
    labels = sum(bool(row and _BEHIND.search(row[0].text)) for row in rows)
    cells = [cell.text for row in rows for cell in row[1:]]
    thousands = any("," in text for text in cells)
    figures = thousands and any(is_glued(text) or _APART.match(text) for text in cells)
    return figures or labels >= _LEAST_LABELS


def part_marks(
    rows: Sequence[Sequence[Placed]], notes: NoteBook, known: frozenset[str]
) -> PartedRows:
    """Return rows whose figures, labels and heads are parted from marks that the notes explain."""
    marked = [_BEHIND.sub("", c.text) for row in rows for c in row if _BEHIND.search(c.text)]
    names = Counter(marked)
    told = [
        [_parted(cell, notes, known, names[_BEHIND.sub("", cell.text)] == 1) for cell in row]
        for row in rows
    ]
    count = max(1, count_heads([[cell.text for cell in row] for row in told]))
    heads, body = told[:count], [tuple(row) for row in told[count:]]
    raised = [int(mark) for row in heads for c in row for mark in c.marks if mark.isdigit()]
    least = max(raised, default=0)
    marks = [int(mark) for mark in notes.entries if mark.isdigit() and int(mark) > least]
    kept = part_fused(body, marks)
    labels = {row[0] for row in kept}
    doubtful = [list(row) for row in body if row[0] not in labels]
    return PartedRows([*heads, *map(list, kept)], doubtful)


def _parted(cell: Placed, notes: NoteBook, known: frozenset[str], is_alone: bool) -> Placed:
    """Return a cell without its marks; "Phase 1" beside "Phase 2" has none."""
    apart = _APART.match(cell.text)
    if apart and notes.explains((apart[1],)):
        return Placed(
            cell.text[apart.end() :],
            cell.start + apart.end(),
            cell.end,
            (*cell.marks, apart[1]),
            cell.indent,
        )
    if not cell.text or is_value(cell.text):
        return cell
    label = placed_label(list(words_of([(0, cell)])), known)
    text, marks = label.text, label.marks
    behind = _BEHIND.search(text) if is_alone else None
    if behind and behind[1]:
        text, marks = text[: behind.start()], (*marks, behind[1])
    if not marks or not notes.explains(marks):
        return cell
    return replace(cell, text=text, marks=(*cell.marks, *marks))
