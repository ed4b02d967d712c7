"""Finding headings, prose and pipe-table rows in line-structured text (plain text, Markdown).

Lines that say nothing (navigation, comments, rules, pictures) are in no block.
"""

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from corpus.document import Block, Context
from corpus.tables.grid import table_blocks
from corpus.tables.grid_rows import About
from corpus.tables.lines import Placed
from corpus.tables.note_lines import begins_note, read_notes, split_marks
from corpus.text.headings import (
    find_heading,
    is_bullet,
    is_underline,
    marked_heading,
    plain,
    split_glued,
)
from corpus.text.plain_lines import MarkedText, mark_lines
from corpus.text.printed.pipe_marks import part_marks, shows_marks
from corpus.text.printed.printed_tables import (
    PrintedTable,
    StatedUnit,
    find_printed_tables,
    notes_below,
    stated_units,
    unit_before,
)

_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_CAPTION = re.compile(r"^\W{0,4}(?:Table|Exhibit)\s+[\w.-]+", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\[\^([^\[\]\s]{1,30})\]")
_CELL_MARKS = re.compile(r"(?:\s?\[\^[^\[\]\s]{1,30}\])+$")
_SUP = re.compile(r"<sup>([^<>]{1,8})</sup>\s*")
_RAISED_MARK = re.compile(
    r"(?<=[\w)%.])(?<!\bm)(?<!\bkm)(?<!\bcm)(?<!\b10)\s?<sup>([\w*†‡,\s]{1,8})</sup>$"
)
_STAR_BEHIND = re.compile(r"([^*]*[\w)%])(\*{1,3})")
_STAR_NOTE = re.compile(r"\*{1,3}\w[^*]*")
_CAPTION_CHARS = 200
_MOST_NOTES = 40


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order; each paragraph and each list item is one.

    A pipe table gives one row block a line, with the cells of its header row. A short line
    without closing punctuation that a longer one follows is taken for a heading. Notes of the
    form "[^1]: ..." are told with what is marked "[^1]".
    """
    return tuple(_Reader(text, mark_lines(text), _rows_of).blocks())


def find_blocks_to_write(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text that is written into another page.

    A printed table is prose here, with its lines: its rows are found anew where they then stand.
    """
    return tuple(_Reader(text, mark_lines(text), _prose_of).blocks())


def _rows_of(table: PrintedTable) -> tuple[Block, ...]:
    return table.blocks


def _prose_of(table: PrintedTable) -> tuple[Block, ...]:
    return (Block("prose", table.start, table.end),)


class _Reader:
    """One text that is being read, with the paragraph and the section that are open."""

    def __init__(
        self, text: str, marked: MarkedText, told: Callable[[PrintedTable], tuple[Block, ...]]
    ) -> None:
        self._text = text
        self._lines = marked.lines
        self._code = marked.code
        self._notes = marked.notes
        self._note_lines = marked.note_lines
        self._blocks: list[Block] = []
        self._paragraph: list[Placed] = []
        self._section = ""
        verbatim = {n for first, end in self._code.items() for n in range(first, end)}
        skipped = frozenset(verbatim | self._note_lines)
        tables = find_printed_tables(text, self._lines, self._words, skipped)
        self._printed = deque(tables)
        self._blocks_of = told

    def blocks(self) -> list[Block]:
        """Return the blocks of the text."""
        position = 0
        while position < len(self._lines):
            position = self._read(position)
        self._close_paragraph()
        return self._blocks

    def _read(self, position: int) -> int:
        """Read what begins on this line; return the first line behind it."""
        lines, line = self._lines, self._lines[position]
        if self._printed and self._printed[0].first == position:
            return self._read_printed(position)
        if position in self._code:
            self._close_paragraph()
            end = self._code[position]
            if told := [other for other in lines[position:end] if other.text]:
                self._prose(told[0].start, told[-1].end)
            return end
        if not line.text or is_underline(line.text) or _PIPE_RULE.match(line.text):
            self._close_paragraph()
        elif _starts_table(lines, position):
            return self._read_table(position)
        elif heading := find_heading(lines, position):
            self._close_paragraph()
            self._heading(heading, line.start, line.end)
        elif "|" not in line.text and (at := split_glued(line.text, self._words)):
            self._close_paragraph()
            self._heading(plain(line.text[:at]), line.start, line.start + at)
            self._paragraph.append(Placed(line.text[at:], line.start + at, line.end))
        else:
            apart = is_bullet(line.text) or position in self._note_lines
            if apart or self._leaves_list(line):
                self._close_paragraph()
            self._paragraph.append(line)
        return position + 1

    def _read_printed(self, position: int) -> int:
        """Read the tables that begin on this line, and the words before and behind them there."""
        start = self._lines[position].start
        while self._printed and self._printed[0].first == position:
            table = self._printed.popleft()
            self._add_words(start, table.start)
            self._close_paragraph()
            for block in self._blocks_of(table):
                context = replace(block.context, section=self._section)
                self._blocks.append(replace(block, context=context))
            position, start = table.last, table.end
        self._add_words(start, self._lines[position].end)
        return position + 1

    def _add_words(self, start: int, end: int) -> None:
        """Add a stretch of a line to the paragraph that is open."""
        words = self._text[start:end]
        begin = start + len(words) - len(words.lstrip())
        if words := words.strip():
            self._paragraph.append(Placed(words, begin, begin + len(words)))

    def _leaves_list(self, line: Placed) -> bool:
        """Tell whether a line right below an item of a list begins a paragraph of its own."""
        if not (self._paragraph and is_bullet(self._paragraph[0].text)):
            return False
        ended = self._paragraph[-1].text[-1] in ".!?”"
        indented = self._text[line.start - 1 : line.start] != "\n"
        return ended and not indented and line.text[0].isupper()

    def _read_table(self, position: int) -> int:
        lines, end = self._lines, position
        caption = _take_caption(self._paragraph) or _parted_caption(lines, position)
        self._close_paragraph()
        while end < len(lines) and "|" in lines[end].text:
            end += 1
        ruled = (line for line in lines[position:end] if not _PIPE_RULE.match(line.text))
        rows = [_pipe_cells(line, self._notes) for line in ruled]
        book = read_notes(self._notes_below(end))
        if any(cell.marks for row in rows for cell in row):
            book = replace(book, entries={**self._notes, **book.entries})
        doubtful: list[Block] = []
        if not book.entries and shows_marks(rows):
            below = notes_below(lines, lines[end - 1].end)
            book = replace(below, general=book.general)
            parted = part_marks(rows, book, frozenset(word.lower() for word in self._words()))
            rows = parted.rows
            doubtful = [Block("prose", row[0].start, row[-1].end) for row in parted.doubtful]
        unit = unit_before(self._units, self._lines[position].start)
        told = table_blocks(rows, About(self._section, caption, unit, notes=book))
        self._blocks += sorted((*told, *doubtful), key=lambda block: block.start)
        return end

    def _notes_below(self, position: int) -> list[str]:
        """Return the lines below a table that read like its notes; they stay prose too."""
        notes = []
        for number, line in enumerate(self._lines[position : position + _MOST_NOTES], position):
            words = plain(_SUP.sub(r"\1 ", line.text)).strip()
            if _STAR_NOTE.fullmatch(line.text):  # a star alone is no emphasis
                words = line.text
            if not line.text or number in self._note_lines:
                continue
            if is_bullet(line.text) or "|" in line.text or not begins_note(words):
                break
            notes.append(words)
        return notes

    def _heading(self, words: str, start: int, end: int) -> None:
        self._section = words
        self._blocks.append(Block("heading", start, end))

    def _prose(self, start: int, end: int) -> None:
        marks = _NOTE_MARK.findall(self._text, start, end) if self._notes else []
        notes = dict.fromkeys(self._notes[mark] for mark in marks if mark in self._notes)
        self._blocks.append(
            Block("prose", start, end, Context(section=self._section, notes=tuple(notes)))
        )

    def _close_paragraph(self) -> None:
        if self._paragraph:
            self._prose(self._paragraph[0].start, self._paragraph[-1].end)
            self._paragraph.clear()

    def _words(self) -> frozenset[str]:
        return self._words_of_text

    @cached_property
    def _units(self) -> tuple[StatedUnit, ...]:
        return stated_units(self._text)

    @cached_property
    def _words_of_text(self) -> frozenset[str]:
        return frozenset(re.findall(r"\w+", self._text))


def _starts_table(lines: Sequence[Placed], position: int) -> bool:
    first = lines[position].text
    if first.count("|") < 1 or position + 1 >= len(lines):
        return False
    following = lines[position + 1].text
    ruled = "|" in following and bool(_PIPE_RULE.match(following))
    return ruled or (first.startswith("|") and following.startswith("|"))


def _take_caption(paragraph: Sequence[Placed]) -> str:
    """Return the line above a table as its caption if it reads like one; it stays prose too."""
    if not paragraph:
        return ""
    last = plain(paragraph[-1].text)
    return last if _CAPTION.match(last) or last.endswith(":") or len(paragraph) == 1 else ""


def _parted_caption(lines: Sequence[Placed], table: int) -> str:
    """Return the line above a table and a blank line if it is surely a caption."""
    if table < 2 or lines[table - 1].text:
        return ""
    above = lines[table - 2].text
    sure = _CAPTION.match(above) and not marked_heading(above) and "|" not in above
    return plain(above) if sure and len(above) <= _CAPTION_CHARS else ""


def _pipe_cells(line: Placed, notes: Mapping[str, str]) -> list[Placed]:
    """Return the cells of a pipe row as they are printed, without the marks of notes."""
    bars = [match.start() for match in re.finditer(r"(?<!\\)\|", line.text)]
    first = 1 if line.text.startswith("|") else 0
    last = len(line.text) - 1 if line.text.endswith("|") else len(line.text)
    edges = [first - 1, *(bar for bar in bars if first <= bar < last), last]
    cells = []
    for left, right in pairwise(edges):
        text = line.text[left + 1 : right].strip()
        start = line.start + line.text.index(text, left + 1)
        marks: tuple[str, ...] = ()
        if raised := _RAISED_MARK.search(text):
            marks = split_marks(raised[1])
            text = text[: raised.start()]
        elif star := _STAR_BEHIND.fullmatch(text):
            marks, text = (star[2],), star[1]
        if notes and (match := _CELL_MARKS.search(text)):
            found = _NOTE_MARK.findall(match.group())
            marks = (*(mark for mark in found if mark in notes), *marks)
            text = text[: match.start()]
        cells.append(Placed(plain(text), start, start + len(text), marks))
    return cells
