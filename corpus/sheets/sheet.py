"""What the rows of a sheet are: titles, tables with their heads, and the notes below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.page_writer import PageWriter, TableCell, cell_words
from corpus.repair.marked import Words, join, one_line
from corpus.tables.heads import count_heads, is_figure, is_value
from corpus.tables.note_lines import is_note
from corpus.tables.units import is_unit_line

_CAPTION = re.compile(r"(?:table|exhibit|figure)\s+[\w.-]+", re.IGNORECASE)
_OF_THE_FILE = re.compile(
    r"(?:last\s)?(?:modifi|updat|revis|posted|publish|download|accessed|prepared|sources?:|contact"
    r"|quellen?:|stand:?\s|fuentes?:|fontes?:|数据来源|来源)",
    re.IGNORECASE,
)
_CAPTION_LINES = 3
_CAPTION_CHARS = 160  # a longer line above a table is told, not a title
_MARK = re.compile(
    r"(?:[a-fh-lnp-su-z*†‡§]|\d{1,2}/|\((?:\d{1,2}|[a-z])\))"
    r"(?:,?\s?(?:[a-z*†‡§]|\d{1,2}/?|\((?:\d{1,2}|[a-z])\)))*"
)
_ROWS_BELOW_HEADS = 6
_EMPTY = TableCell("")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with words of its own; `columns` are where they stand."""

    cells: tuple[TableCell, ...]
    texts: tuple[str, ...]
    columns: tuple[int, ...]
    is_after_gap: bool

    @property
    def words(self) -> Words:
        return self.cells[self.columns[0]].words

    @property
    def text(self) -> str:
        return self.texts[self.columns[0]]

    @property
    def is_line(self) -> bool:
        """Whether the row holds words in its first column, and nothing else."""
        return self.is_alone and self.columns[0] == 0

    @property
    def is_alone(self) -> bool:
        return len(self.columns) == 1 and set(self.texts) <= {"", self.text}


def write_sheet(writer: PageWriter, rows: Sequence[Sequence[TableCell]]) -> str:
    """Write the rows of a sheet to its page; return the words of its first title, "" without one.

    A row without words is a gap. Lines that stand alone above a table are its caption and unit,
    those below it its notes; all others are prose.
    """
    kept = _rows(rows)
    title = ""
    position = 0
    while position < len(kept):
        start = position
        while start < len(kept) and _is_title(kept, start):
            start += 1
        lead = kept[position:start]
        if start == len(kept):
            _write_prose(writer, lead)
            return title or (lead[0].text if lead else "")
        end = _table_end(kept, start)
        position = _notes_end(kept, end)
        caption, unit, told = _lead(lead)
        _write_prose(writer, told)
        cells, texts = _tidy(kept[start:end])
        heads = count_heads(texts)
        notes = [row.words for row in kept[end:position]]
        words = _stacked([row.words for row in caption])
        writer.table(cells, words, notes, heads, _stacked([row.words for row in unit]))
        title = title or " ".join(row.text for row in caption)
    return title


def _rows(rows: Sequence[Sequence[TableCell]]) -> list[_Row]:
    kept: list[_Row] = []
    gap = False
    for cells in rows:
        texts = tuple(cell_words(cell).text for cell in cells)
        columns = tuple(
            n for n, cell in enumerate(cells) if not cell.is_repeat and (texts[n] or cell.mark)
        )
        if columns:
            kept.append(_Row(tuple(cells), texts, columns, gap))
        gap = not columns
    return kept


def _is_title(rows: Sequence[_Row], number: int) -> bool:
    """Tell whether a row is a line above a table, not the first of its heads."""
    row = rows[number]
    if not row.is_alone:
        return False
    following = rows[number + 1] if number + 1 < len(rows) else None
    over = row.columns[0]
    is_head = over > 0 and following is not None and not following.is_after_gap
    return not (is_head and following is not None and over in following.columns)


def _table_end(rows: Sequence[_Row], start: int) -> int:
    """Return the number of the row behind the last one of the table that begins at `start`."""
    end = start
    has_figures = False
    for number in range(start, len(rows)):
        row = rows[number]
        if not row.is_line:
            if has_figures and row.is_after_gap and _is_head(rows, number):
                break
            has_figures = has_figures or any(map(is_figure, row.texts[1:]))
            end = number + 1
            continue
        following = next((n for n in range(number, len(rows)) if not rows[n].is_line), None)
        if following is None:
            break
        is_apart = any(rows[n].is_after_gap for n in range(number + 1, following + 1))
        is_next = has_figures and _is_head(rows, following)
        if is_next and (row.is_after_gap or is_apart or _CAPTION.match(row.text)):
            break
        if is_note(row.text) and (is_apart or is_next):
            break
    return end


def _notes_end(rows: Sequence[_Row], end: int) -> int:
    """Return the number of the row behind the last note of the table that ends at `end`."""
    has_more = any(not row.is_line for row in rows[end:])
    while end < len(rows) and rows[end].is_line:
        row = rows[end]
        begins_next = row.is_after_gap or _CAPTION.match(row.text) or is_unit_line(row.text)
        if has_more and begins_next and not is_note(row.text):
            break
        end += 1
    return end


def _is_head(rows: Sequence[_Row], number: int) -> bool:
    """Tell whether a row is the first head of a table: words and years, and figures below."""
    below = [row.texts for row in rows[number : number + _ROWS_BELOW_HEADS]]
    heads = count_heads(below)
    return (
        len(rows[number].columns) > 1
        and heads > 0
        and any(is_figure(text) for row in below[heads:] for text in row[1:])
    )


def _lead(lines: Sequence[_Row]) -> tuple[list[_Row], list[_Row], list[_Row]]:
    """Part the lines above a table into its caption, its unit, and what else is told there."""
    unit = [line for line in lines if is_unit_line(line.text)]
    rest = [line for line in lines if line not in unit]
    numbered = [n for n, line in enumerate(rest) if _CAPTION.match(line.text)]
    titles = rest[numbered[-1] :] if numbered else rest
    caption = [
        line
        for line in titles
        if len(line.text) <= _CAPTION_CHARS and not _OF_THE_FILE.match(line.text)
    ]
    caption = caption[:_CAPTION_LINES] if numbered else caption[-_CAPTION_LINES:]
    return caption, unit, [line for line in rest if line not in caption]


def _write_prose(writer: PageWriter, lines: Sequence[_Row]) -> None:
    paragraph: list[Words] = []
    for line in lines:
        if line.is_after_gap and paragraph:
            writer.prose(_stacked(paragraph))
            paragraph = []
        paragraph.append(line.words)
    if paragraph:
        writer.prose(_stacked(paragraph))


def _stacked(lines: Sequence[Words]) -> Words:
    return join([one_line(line) for line in lines], "\n")


def _tidy(rows: Sequence[_Row]) -> tuple[list[list[TableCell]], list[list[str]]]:
    """Return cells and their texts, marks set beside their figures, without empty columns."""
    width = max(len(row.cells) for row in rows)
    cells = [[*row.cells, *[_EMPTY] * (width - len(row.cells))] for row in rows]
    texts = [[*row.texts, *[""] * (width - len(row.texts))] for row in rows]
    for column in range(width - 1, 0, -1):
        _take_marks(cells, texts, column)
    kept = [
        column
        for column in range(width)
        if any(
            text[column] and not cell[column].is_repeat
            for cell, text in zip(cells, texts, strict=True)
        )
    ]
    return [[row[n] for n in kept] for row in cells], [[row[n] for n in kept] for row in texts]


def _take_marks(cells: list[list[TableCell]], texts: list[list[str]], column: int) -> None:
    """Set the marks of a column beside the cells at its left."""
    told = {
        n: texts[n][column] or row[column].mark
        for n, row in enumerate(cells)
        if not row[column].is_repeat and (texts[n][column] or row[column].mark)
    }
    is_marks = all(
        (cells[n][column].mark or _MARK.fullmatch(text))
        and (not texts[n][column - 1] or is_value(texts[n][column - 1]))
        for n, text in told.items()
    )
    for n, text in told.items():
        is_raised = not texts[n][column]
        if (is_marks or is_raised) and texts[n][column - 1]:
            cells[n][column - 1] = replace(cells[n][column - 1], mark=text)
            cells[n][column], texts[n][column] = _EMPTY, ""
        elif is_raised:
            cells[n][column] = replace(cells[n][column], words=text, mark="")
            texts[n][column] = text
