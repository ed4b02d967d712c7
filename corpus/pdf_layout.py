"""From the placed characters of a PDF page to its blocks: headings, prose, table rows with notes.

A table row is a line that closes with figures; its columns are found by the place of the header
words above it. Group labels ("Imports:") hold until a line is set as far left as they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.blocks import unit_of
from corpus.document import Block, Context, Repair
from corpus.folios import is_folio
from corpus.pdf_lines import YEAR, Glyphs, Line, Token, is_row, is_year_header, place_lines
from corpus.pdf_notes import Notes, find_notes

_RUN_IN_HEADING = re.compile(r"([A-Z][\w,’' –-]{2,60}?)(?: \((?:19|20)[\d–-]+\))?:(?=\s|\d|$)")
_PAGE_UNIT = re.compile(
    r"[\[(](?:Data\s+)?in\s+([^\[\]()]*(?:\([^)]*\)[^\[\]()]*)?)[\])]", re.IGNORECASE
)
_CAPTION = re.compile(r"(?:Table|Exhibit)\s+[\w.-]+", re.IGNORECASE)
_NOTE_END = re.compile(r"(?<=[a-zA-Z][a-zA-Z)])\d{1,2}$")  # a footnote mark fused with a heading


@dataclass(slots=True)
class _Table:
    caption: str
    header: list[Line]
    groups: list[tuple[float, str]] = field(default_factory=list)
    begun: bool = False  # whether a row has been found


def heading_of(pieces: Sequence[tuple[str, float]]) -> str:
    """Return the words set largest at the top of a first page, from (text, size) pieces, or "".

    They count where they are at least 1.15 times as large as the text; capitals become title case.
    """
    sized = [(text.strip(), size) for text, size in pieces if len(text.strip()) > 1]
    if not sized:
        return ""
    body = _most_common_size(sized)
    top = sized[: max(12, len(sized) // 3)]
    largest = max(size for _, size in top)
    if largest < 1.15 * body:
        return ""
    words = " ".join(text for text, size in top if size > 0.97 * largest)
    words = _NOTE_END.sub("", re.sub(r"\s+", " ", words).strip())
    if not 4 <= len(words) <= 160:
        return ""
    return words.title() if words.isupper() else words


def page_unit(text: str) -> str:
    """Return the unit that a page states for its figures ("Data in metric tons"), or ""."""
    match = _PAGE_UNIT.search(text[:1500])
    return re.sub(r"\s+", " ", match[1]).strip() if match and len(match[1]) < 160 else ""


def lay_out(
    text: str, glyphs: Glyphs, repairs: Sequence[Repair], label: str, unit: str
) -> tuple[Block, ...]:
    """Return the blocks of a page in the order of its text; its folio is in none of them.

    `unit` is what the page, or one before it, states for figures that name no unit themselves.
    """
    lines = place_lines(text, glyphs)
    notes = find_notes(lines, repairs)
    body = _most_common_size([(line.text, line.size) for line in lines])
    blocks: list[Block] = []
    paragraph: list[Line] = []
    section = run_in = ""
    table: _Table | None = None

    def close_paragraph() -> None:
        if paragraph:
            name = " › ".join(dict.fromkeys(part for part in (section, run_in) if part))
            stretch = paragraph[0].start, paragraph[-1].end
            blocks.append(Block("prose", *stretch, Context(section=name)))
            paragraph.clear()

    for position, line in enumerate(lines):
        edge = position < 2 or position >= len(lines) - 2
        if edge and is_folio(line.text, label):
            continue
        following = lines[position + 1] if position + 1 < len(lines) else None
        if is_year_header(line):
            header = [*_pop_header(paragraph), line]
            close_paragraph()
            caption = _table_caption(header) or line.label.rstrip(" :") or run_in or section
            table = _Table(caption, [above for above in header if above.text != caption])
        elif is_row(line):
            if table is None:
                header = _pop_header(paragraph)
                close_paragraph()
                caption = _table_caption(header) or run_in or section
                table = _Table(caption, [above for above in header if above.text != caption])
            close_paragraph()
            while table.groups and table.groups[-1][0] >= line.x0 - 1:
                table.groups.pop()
            blocks.append(_row(line, table, unit, notes, repairs, section))
            table.begun = True
        elif table and line.text.endswith(":") and len(line.text) < 90:
            while table.groups and table.groups[-1][0] >= line.x0 - 1:
                table.groups.pop()
            table.groups.append((line.x0, line.text.rstrip(": ")))
        elif table and not table.begun and len(line.text) <= 80 and len(_cells(line)) > 1:
            table.header.append(line)  # a second line of column heads
        elif line.size >= 1.15 * body and len(line.text) < 120 and not line.text.endswith("."):
            close_paragraph()
            section, run_in, table = _NOTE_END.sub("", line.text.strip()), "", None
            blocks.append(Block("heading", line.start, line.end))
        elif table and following and is_row(following) and following.text[0].islower():
            continue  # the beginning of a label that goes on in the row below
        else:
            opening = _RUN_IN_HEADING.match(line.text)
            fresh = not paragraph or paragraph[-1].text.endswith((".", ":", "]", ")"))
            if line.start in notes.starts:
                close_paragraph()
                run_in = "Notes"
            elif opening and fresh:
                close_paragraph()
                run_in = opening[1]
                line, head = _cut(line, opening.end())
                blocks.append(head)
            table = None
            if line.tokens:
                paragraph.append(line)
    close_paragraph()
    return tuple(blocks)


def _cut(line: Line, at: int) -> tuple[Line, Block]:
    """Return what follows a run-in heading of so many characters, and the heading's block."""
    mark = re.compile(r"\d{0,2}(?=\s)").match(line.text, at)
    end = line.start + (mark.end() if mark else at)
    tokens = tuple(token for token in line.tokens if token.start >= end)
    start = tokens[0].start if tokens else line.end
    rest = Line(start, line.end, line.text[start - line.start :], tokens, line.size)
    return rest, Block("heading", line.start, end)


def _table_caption(header: Sequence[Line]) -> str:
    return next((line.text for line in header if _CAPTION.match(line.text)), "")


def _pop_header(paragraph: list[Line]) -> list[Line]:
    """Take the lines above a table that are set as column heads off the open paragraph."""
    header: list[Line] = []
    while paragraph and len(header) < 6:
        line = paragraph[-1]
        if _CAPTION.match(line.text) and len(line.text) < 200:
            header.insert(0, paragraph.pop())
            break
        if line.text.endswith((".", ":", "]", ",")) or len(line.text) > 80:
            break
        if len(line.text) > 40 and len(_cells(line)) < 2:
            break
        header.insert(0, paragraph.pop())
    return header


def _cells(line: Line, tokens: Sequence[Token] = ()) -> list[Token]:
    """Join the words of a line that stand one space apart."""
    cells: list[Token] = []
    for token in tokens or line.tokens:
        years = bool(YEAR.fullmatch(token.text)) and bool(cells and YEAR.search(cells[-1].text))
        apart = token.placed and token.x0 - cells[-1].x1 >= 0.9 * line.size if cells else True
        if not apart and not years:
            last = cells[-1]
            joined = f"{last.text} {token.text}"
            x1 = max(last.x1, token.x1)
            cells[-1] = Token(joined, last.start, token.end, last.x0, x1, last.placed)
        else:
            cells.append(token)
    return cells


def _row(
    line: Line,
    table: _Table,
    unit: str,
    notes: Notes,
    repairs: Sequence[Repair],
    section: str,
) -> Block:
    values = [value for value in line.values if value.text not in "$%"]
    header = _column_names(table.header, values, line.x0)
    groups = [label for _, label in table.groups]
    caption = ": ".join(part for part in (table.caption, *groups) if part)
    own_unit = next(
        filter(None, (_label_unit(part) for part in (line.label, *groups[::-1], table.caption))),
        unit,
    )
    found = [*notes.of(line.start, line.end, repairs)]
    found += [text for value in values if (text := notes.legend.get(value.text))]
    for above in table.header:
        found += notes.of(above.start, above.end, repairs)
    context = Context(section, caption, header, own_unit, tuple(dict.fromkeys(found)))
    cells = (line.label, *(value.text for value in values))
    return Block("row", line.start, line.end, context, cells)


def _column_names(
    header: Sequence[Line], values: Sequence[Token], label_x0: float
) -> tuple[str, ...]:
    """Name the columns of a row's values by the header lines above it; the label's is "".

    A header line with as many cells as there are values names them in order; another one by
    place, where the PDF tells the places. Where that would give two columns one name, none is
    named: no name is better than a wrong one.
    """
    names: list[list[str]] = [[] for _ in values]
    for line in header:
        years = line.values if is_year_header(line) else ()
        cells = list(years) or _cells(line)
        if len(cells) > 1 and abs(cells[0].x0 - label_x0) < 0.5 * line.size:
            cells = cells[1:]  # the head of the label column
        if len(cells) == len(values):
            for name, cell in zip(names, cells, strict=True):
                name.append(cell.text)
            continue
        if not all(token.placed for token in (*values, *cells)):
            continue
        for name, value in zip(names, values, strict=True):
            centre = (value.x0 + value.x1) / 2
            near = min(cells, key=lambda cell: _distance(cell, centre))
            if _distance(near, centre) <= 2.5 * line.size and not (
                years and _nearest_is_another(near, value, values)
            ):
                name.append(near.text)
    joined = [re.sub(r"\b((?:19|20)\d\d)[a-z]\b", r"\1", " ".join(name)) for name in names]
    named = [name for name in joined if name]
    unique = len(set(named)) == len(named)
    return ("", *(joined if unique else [""] * len(joined)))


def _nearest_is_another(cell: Token, value: Token, values: Sequence[Token]) -> bool:
    centre = (cell.x0 + cell.x1) / 2
    return min(values, key=lambda v: abs((v.x0 + v.x1) / 2 - centre)) is not value


def _distance(cell: Token, x: float) -> float:
    return max(cell.x0 - x, x - cell.x1, 0.0)


def _label_unit(label: str) -> str:
    if "percentage of" in label:
        return "percent"
    if label.endswith(", number"):
        return "number"
    return unit_of(label)


def _most_common_size(sized: Sequence[tuple[str, float]]) -> float:
    weights: dict[float, int] = {}
    for text, size in sized:
        weights[round(size, 1)] = weights.get(round(size, 1), 0) + len(text)
    return max(weights, key=lambda size: weights[size]) if weights else 1.0
