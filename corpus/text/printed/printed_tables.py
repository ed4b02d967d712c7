"""Printed tables that came as plain text, line by line or as running words, read as rows.

A head of years that follow one another, and behind it labels with as many values: nothing else is
taken for a table. Where its lines keep their indents, these tell the groups of rows.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpus.document import Block
from corpus.tables.grid import table_blocks
from corpus.tables.grid_rows import About
from corpus.tables.lines import Placed
from corpus.tables.note_lines import GLUED, NoteBook, read_notes
from corpus.tables.units import is_unit_line
from corpus.text.headings import marked_heading, plain
from corpus.text.printed.fused_marks import part_fused
from corpus.text.printed.printed_heads import LEAST_YEARS, Head, find_heads
from corpus.text.printed.printed_rows import Form, Rows, read_rows
from corpus.text.printed.printed_words import words_of

_YEARS = re.compile(r"(?:19|20)\d\d\S{0,6}[ \t]+(?:\S{1,8}[ \t]+)?[*_]*(?:FY\s?)?(?:19|20)\d\d")
_MOST_LINES = 400
_MOST_CHARS = 20_000  # of one line
_FIRST_WORDS = 80  # behind heads, among which the first row is
_BLANKS = 2  # between two lines of a table
_LEAST_ROWS = {True: 2, False: 3}  # of a table by lines, and of one in running words
_LEAST_OF_OTHERS = 3  # of a table that has other columns than those of some years
_MOST_EXTRA = 3
_DATA_IN = re.compile(
    r"[(\[](?:(?:all\s+)?(?:data|quantities|values|figures)\s+(?:are\s+)?in\s"
    r"|in\s(?=[^()\[\]]*\bunless\b))(?:[^()\[\]]|\([^()]*\)){3,160}[)\]]",
    re.IGNORECASE,
)
_PARTED_HYPHEN = re.compile(r"(?<=[a-z]) -(?=[a-z])")
_NOTE = re.compile(rf"(?:\[?(?:\d{{1,2}}{GLUED}|[a-z])\]? ?(?=[A-Z“\"(])|(?:NA|W|XX|E|--|—) [A-Z])")
_SET_MARK = re.compile(r"^\[(\d{1,2}|[a-z])\]")
_INLINE_NOTES = re.compile(  # in running words
    r"(?<=[.)] )(?:(?:e ?Estimated|r ?Revised|p ?Preliminary)\b|1[A-Z]|NA Not |W Withheld )"
)
_NOTE_LINES = 200  # below a table, in which its notes are looked for


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table from line `first` to line `last`, at `text[start:end]`.

    Its heads are in no block; `blocks` has its rows, and what stands between them unread as prose.
    """

    first: int
    last: int
    start: int
    end: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class StatedUnit:
    """Words that state a unit for all figures behind `end`."""

    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with its lines, the units it states, and all its words in small letters (`known`)."""

    text: str
    lines: Sequence[Placed]
    known: frozenset[str]
    units: Sequence[StatedUnit]


def find_printed_tables(
    text: str,
    lines: Sequence[Placed],
    known: Callable[[], frozenset[str]],
    skipped: frozenset[int],
) -> list[PrintedTable]:
    """Return the printed tables of a text in order; `skipped` are lines that are in none.

    `known` tells the words of the text, and is asked only where there may be a table.
    """
    tables: list[PrintedTable] = []
    page = None
    for number, line in enumerate(lines):
        if number in skipped or not _YEARS.search(line.text):
            continue
        if page is None:
            words = frozenset(word.lower() for word in known())
            page = _Page(text, lines, words, stated_units(text))
        for head in find_heads(lines, number):
            is_free = not tables or head.start >= tables[-1].end
            if is_free and (table := _table(page, head)):
                tables.append(table)
    return tables


def with_printed_tables(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a page with the rows of tables that are told in its prose.

    A table may run over several paragraphs, but not over a heading or other rows.
    """
    if not _YEARS.search(text):
        return tuple(blocks)
    lines: list[Placed] = []
    for block in blocks:
        if block.kind == "prose":
            lines += _lines(text, block)
        else:
            lines += [Placed("", block.end, block.end)] * (_BLANKS + 1)
    tables = find_printed_tables(
        text, lines, lambda: frozenset(re.findall(r"\w+", text)), frozenset()
    )
    found: list[Block] = []
    for block in blocks:
        found += _parted(text, block, tables) if block.kind == "prose" else [block]
    return tuple(found)


def _lines(text: str, block: Block) -> Iterator[Placed]:
    position = block.start
    for line in text[block.start : block.end].split("\n"):
        words = line.strip()
        start = position + line.index(words)
        if words:
            yield Placed(words, start, start + len(words))
        position += len(line) + 1


def _parted(text: str, block: Block, tables: Sequence[PrintedTable]) -> Iterator[Block]:
    """Yield what a block of prose says beside tables, and the rows of those that begin in it."""
    position = block.start
    for table in tables:
        if table.end <= position or table.start >= block.end:
            continue
        if table.start >= block.start:
            yield from _prose(text, block, position, table.start)
            for row in table.blocks:
                yield replace(row, context=replace(row.context, section=block.context.section))
        position = table.end
    yield from _prose(text, block, position, block.end)


def _prose(text: str, block: Block, start: int, end: int) -> Iterator[Block]:
    words = text[start:end]
    if told := words.strip():
        begin = start + words.index(told)
        yield replace(block, start=begin, end=begin + len(told))


def _table(page: _Page, head: Head) -> PrintedTable | None:
    stream = words_of(_lines_behind(page.lines, head))
    words = list(islice(stream, _FIRST_WORDS))
    is_whole = len(words) < _FIRST_WORDS
    for extra in range(_MOST_EXTRA + 1):
        width = len(head.years) + extra
        heads = head.rows(width, page.known)
        if not heads:
            continue
        form = Form(width, head.is_line, page.text, page.known)
        rows = read_rows(words, form)
        if rows.figures and not is_whole:
            words, is_whole = [*words, *stream], True
            rows = read_rows(words, form)
        of_years = not extra and len(head.years) >= LEAST_YEARS
        if rows.figures >= max(_LEAST_ROWS[head.is_line], 0 if of_years else _LEAST_OF_OTHERS):
            last = max(word.line for word in words if word.end <= rows.end)
            blocks = _blocks(page, head, heads, rows)
            return PrintedTable(head.first, last, head.start, rows.end, tuple(blocks))
    return None


def _lines_behind(lines: Sequence[Placed], head: Head) -> Iterator[tuple[int, Placed]]:
    """Yield the rest of the line of the heads and the lines below it that may hold rows."""
    line = lines[head.last]
    rest = line.text[head.end - line.start :][:_MOST_CHARS]
    yield head.last, Placed(rest, head.end, head.end + len(rest))
    blanks = 0
    for number in range(head.last + 1, min(head.last + _MOST_LINES, len(lines))):
        below = lines[number]
        blanks = blanks + 1 if not below.text else 0
        if blanks > _BLANKS or "|" in below.text or marked_heading(below.text):
            return
        yield number, replace(below, text=below.text[:_MOST_CHARS])


def _blocks(page: _Page, head: Head, heads: list[list[Placed]], rows: Rows) -> list[Block]:
    title = head.title(page.known)
    notes = notes_below(page.lines, rows.end)
    about = About(caption=title.text, unit=_unit(page, head), marks=title.marks, notes=notes)
    raised = [int(m) for row in heads for c in row for m in (*c.marks, *title.marks) if m.isdigit()]
    # Notes are numbered as they come: those of the heads are before those of the rows.
    marks = [int(m) for m in notes.entries if m.isdigit() and int(m) > max(raised, default=0)]
    told = part_fused(rows.cells, marks)
    none = Placed("", head.start, head.start)
    cells = [[*row, *[none] * (len(heads[0]) - len(row))] for row in told]
    read = {row[0] for row in told}
    doubtful = ((row[0].start, row[-1].end) for row in rows.cells if row[0] not in read)
    prose = [Block("prose", start, end) for start, end in (*rows.unread, *doubtful)]
    blocks = (*table_blocks([*heads, *cells], about, len(heads)), *prose)
    return sorted(blocks, key=lambda block: block.start)


def _unit(page: _Page, head: Head) -> str:
    """Return the unit said right above the heads, or else that of all figures of the page."""
    for number in (head.first - 1, head.last + 1):
        near = page.lines[number].text if 0 <= number < len(page.lines) else ""
        if near[:1] in ("(", "[") and is_unit_line(near):
            return near
    return unit_before(page.units, head.start)


def stated_units(text: str) -> tuple[StatedUnit, ...]:
    """Return the units that a text states for all figures behind them, in its order.

    Such are "[Data in metric tons unless otherwise specified]".
    """
    return tuple(
        StatedUnit(match.end(), plain(_PARTED_HYPHEN.sub("-", match[0])))
        for match in _DATA_IN.finditer(text)
    )


def unit_before(units: Sequence[StatedUnit], place: int) -> str:
    """Return the unit that is stated last before a place, or ""."""
    count = bisect_right(units, place, key=lambda unit: unit.end)
    return units[count - 1].words if count else ""


def notes_below(lines: Sequence[Placed], end: int) -> NoteBook:
    """Return the notes below a table: lines that begin with a mark, each with those it goes on in.

    They may stand at the foot of the page, below other text; of several with one mark the first
    counts.
    """
    notes: list[str] = []
    first = bisect_left(lines, end, key=lambda line: line.start)
    above = lines[first - 1]
    if inline := _INLINE_NOTES.search(above.text, max(end - above.start, 0)):
        notes.append(above.text[inline.start() :][:_MOST_CHARS])
    is_open = False
    for line in lines[first : first + _NOTE_LINES]:
        if _NOTE.match(line.text):
            notes.append(_SET_MARK.sub(r"\1", line.text))
            is_open = True
        elif line.text and is_open:
            notes[-1] = f"{notes[-1]} {line.text}"
        else:
            is_open = False
    book = read_notes(notes)
    return NoteBook(book.entries, book.legend)
