"""Tables as grids of placed cells: which rows are heads, and what each cell of a row means.

Every format whose tables come as rows of cells (Markdown, HTML, office files, workbooks, CSV)
ends here, so that a cell says the same thing about itself wherever it was read. What the columns
are for, which labels govern which rows, and what a figure counts have modules of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Block
from corpus.tables.column_roles import Roles, find_roles
from corpus.tables.grid_rows import About, Body, row_block
from corpus.tables.heads import count_heads, is_figure, is_value, name_columns
from corpus.tables.label_groups import Groups, ends_in_colon, is_total
from corpus.tables.levels import Levels, is_counted
from corpus.tables.lines import Line, Placed, line_of
from corpus.tables.units import currency_of

_DITTO = re.compile(r"do\.?|ditto|[\"”〃″]|''|-\s?[\"”]\s?-", re.IGNORECASE)
_DITTO_CHARS = 5
_LEAST_COUNTED = 2  # groups of a table whose ends are told by what they count
_GOES_ON = re.compile(r"[a-z(]")


def table_blocks(
    rows: Sequence[Sequence[Placed]], about: About, head_rows: int | None = None
) -> tuple[Block, ...]:
    """Return a block for each row of values below the heads, told what is said around them.

    `head_rows` says how many of the first rows are heads; with None that is found out, and there
    is one at least. A cell that spans several columns is given by the reader of the format in each
    of them.

    A label without values governs the rows below it and is told with them; so does a row of values
    above rows that are set further right. A row that goes on in the next line is one block. With
    nothing below them, heads are rows themselves.
    """
    if head_rows is None:
        head_rows = max(1, count_heads([[cell.text for cell in row] for row in rows]))
    if head_rows >= len(rows):
        head_rows = 0
    heads, body = rows[:head_rows], [list(row) for row in rows[head_rows:]]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ()
    names = name_columns([[cell.text for cell in row] for row in heads], width)
    marks = tuple(
        tuple(mark for row in heads for cell in row[column : column + 1] for mark in cell.marks)
        for column in range(width)
    )
    names = tuple(
        f"{name}{_status_mark(of_column, about)}" if name[-4:].isdecimal() else name
        for name, of_column in zip(names, marks, strict=True)
    )
    told = (line for line in _joined(_resolved(body)) if any(cell.text for cell in line.cells))
    lines = [line.with_marks_off(about.notes) for line in told]
    texts = [[line.text(column) for column in range(width)] for line in lines]
    roles = find_roles(names, texts)
    for column in roles.units:
        lines = _filled(lines, column)
    for place, column in enumerate(roles.labels[:-1]):
        if column in roles.numbers:
            continue
        lines = _with_groups_repeated(lines, column, roles.labels[place + 1 :])
    lines = _with_levels(lines, roles)
    signs = {n: currency_of(row[n] for row in texts) if names[n] else "" for n in roles.values}
    used = frozenset(n for n, name in enumerate(names) if name or any(row[n] for row in texts))
    return _blocks(lines, Body(about, names, marks, roles, signs, used))


def _status_mark(marks: Sequence[str], about: About) -> str:
    """Return the letter at a year that no note explains: it stays with it, "2025e"."""
    alone = [mark for mark in marks if mark.isalpha() and not about.notes.explains((mark,))]
    return alone[0] if len(alone) == 1 and len(alone[0]) == 1 else ""


def _with_levels(lines: list[Line], roles: Roles) -> list[Line]:
    """Return the lines set as far right as their words tell, where their labels keep no indents.

    Only groups of things that are counted show where they end.
    """
    if len(roles.labels) != 1 or not roles.values:
        return lines
    label = roles.labels[0]
    if len({line.cells[label].indent for line in lines if line.text(label)}) > 1:
        return lines
    groups = [line.is_alone(label) and _names_group(line.text(label)) for line in lines]
    opening = (line for line, is_group in zip(lines, groups, strict=True) if is_group)
    if sum(is_counted(line.text(label)) for line in opening) < _LEAST_COUNTED:
        return lines
    levels = Levels()
    return [
        line.with_indent(label, (levels.of_group if is_group else levels.of_row)(line.text(label)))
        for line, is_group in zip(lines, groups, strict=True)
    ]


def _names_group(label: str) -> bool:
    """Tell whether a label that stands alone governs the rows below it, whatever their indent."""
    return ends_in_colon(label) or is_counted(label)


def _blocks(lines: Sequence[Line], body: Body) -> tuple[Block, ...]:
    groups = Groups()
    if not body.roles.labels:
        return tuple(row_block(line, groups, body) for line in lines)
    blocks: list[Block] = []
    label = body.roles.labels[0]
    waiting: Line | None = None  # a label that goes on in the next line
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if waiting:
            line, waiting = waiting.and_then(line, label), None
        cell = line.cells[label] if label < len(line.cells) else None
        if cell is None or not cell.text:
            blocks.append(row_block(line, groups, body))
            continue
        has_values = any(is_value(line.text(n)) for n in body.roles.values)
        alone = line.is_alone(label)
        whole = alone or (following is not None and following.is_alone(label))
        if following and not has_values and whole and _runs_on(cell.text, following, label):
            if not alone:
                groups.enter(cell.text, cell.indent)
                blocks.append(row_block(line, groups, body))
                line = line_of(line.cells[: label + 1])
            waiting = line
        elif not has_values and _opens(line, following, label):
            if not alone and not line.is_banner():
                groups.enter(cell.text, cell.indent)
                blocks.append(row_block(line, groups, body))
            is_outer = following is not None and _same_kind(following, cell, label)
            groups.open(cell.text, cell.marks, cell.indent, is_outer)
        else:
            groups.enter(cell.text, cell.indent)
            blocks.append(row_block(line, groups, body))
            if has_values and following and _has_parts(line, following, label):
                groups.open(cell.text, (), cell.indent, is_outer=False)
    return tuple(blocks)


def _has_parts(line: Line, following: Line, label: int) -> bool:
    """Tell whether the row below, set further right, is a part of this one and not its total."""
    below = following.cells[label] if label < len(following.cells) else None
    if below is None or not below.text or is_total(below.text) or is_total(line.text(label)):
        return False
    has_values = any(is_value(cell.text) for cell in following.cells[label + 1 :])
    return has_values and below.indent > line.cells[label].indent


def _opens(line: Line, following: Line | None, label: int) -> bool:
    """Tell whether a row without values is the label of those below it."""
    if following is None:
        return False
    cell = line.cells[label]
    indent = following.cells[label].indent if label < len(following.cells) else 0
    if not line.is_alone(label) and not line.is_banner():
        return ends_in_colon(cell.text) and indent > cell.indent
    if following.is_alone(label) and indent < cell.indent:
        return False
    spoken = _names_group(cell.text) or line.is_banner()
    return spoken or indent > cell.indent or (cell.text.isupper() and len(cell.text) > 3)


def _same_kind(line: Line, cell: Placed, label: int) -> bool:
    """Tell whether the row below a group's label is another such label at the same indent."""
    return line.is_alone(label) and line.cells[label].indent == cell.indent


def _runs_on(text: str, following: Line, label: int) -> bool:
    """Tell whether a label goes on in the next line: "Total rare-earth-oxide", "(REO) content"."""
    if ends_in_colon(text) or text.endswith(".") or not text[:1].isupper():
        return False
    below = following.text(label)
    return bool(_GOES_ON.match(below)) and len(below) > 3


def _resolved(rows: Sequence[Sequence[Placed]]) -> list[Line]:
    """Return the rows with what their ditto marks mean; these keep their places."""
    above: dict[int, str] = {}
    lines = []
    for row in rows:
        cells = []
        dittos = set()
        for column, cell in enumerate(row):
            if len(cell.text) <= _DITTO_CHARS and column in above and _DITTO.fullmatch(cell.text):
                cell = replace(cell, text=above[column])
                dittos.add(column)
            elif cell.text:
                above[column] = cell.text
            cells.append(cell)
        lines.append(line_of(cells, frozenset(dittos)))
    return lines


def _filled(lines: Sequence[Line], column: int) -> list[Line]:
    """Fill the empty cells of a column between words and a ditto mark of them."""
    filled: list[Line] = []
    since: int | None = None  # the number of the last line with words in the column
    for number, line in enumerate(lines):
        if column in line.dittos and since is not None:
            filled[since + 1 :] = [
                between.with_text(column, line.text(column)) for between in filled[since + 1 :]
            ]
        if line.text(column):
            since = number
        filled.append(line)
    return filled


def _with_groups_repeated(lines: list[Line], column: int, behind: Sequence[int]) -> list[Line]:
    """Fill the empty cells of a column of labels that names a group in its first row alone.

    Labels that come again are no names of groups, but remarks at some of the rows.
    """
    told = [line.text(column) for line in lines if line.text(column)]
    if len(told) == len(lines) or len(set(told)) < len(told) or not lines[0].text(column):
        return lines
    filled: list[Line] = []
    for line in lines:
        if not line.text(column) and any(line.text(n) for n in behind):
            line = line.with_text(column, filled[-1].text(column))
        filled.append(line)
    return filled


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of rows whose cells of words go on in the line below."""
    joined: list[Line] = []
    for line in lines:
        if joined and _continues(joined[-1], line):
            joined[-1] = joined[-1].and_below(line)
        else:
            joined.append(line)
    return joined


def _continues(above: Line, line: Line) -> bool:
    """Tell whether a line holds but the rest of cells of words in the row above it."""
    told = [n for n, cell in enumerate(line.cells) if cell.text]
    if not told or 0 in told or len(told) > max(1, len(above.cells) // 2):
        return False
    words = all(
        above.text(n) and not is_value(above.text(n)) and not is_value(line.text(n)) for n in told
    )
    has_figures = any(is_figure(cell.text) for cell in above.cells)
    listed = all(above.text(n).endswith((",", ";")) for n in told)
    return words and (has_figures or listed)
