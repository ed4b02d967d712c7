"""The heads of a table: what the lines above its first row say of its columns and of all of it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.language.table_words import states_unit
from corpus.pdf.stored_text import TextLine
from corpus.pdf.tabular.columns import Column, stack_heads
from corpus.pdf.tabular.segments import Segment, split_heads
from corpus.pdf.tabular.table_lines import TableLine

MOST_COLUMNS = 40
CAPTION = re.compile(r"(?:Table|Exhibit|Figure)\s+[\w.-]+", re.IGNORECASE)
PARENTHESIS = re.compile(r"\([A-Za-z][^()]*\)")
_SPAN_OF_TIME = re.compile(r"\b(?:ended|ending|as of)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a column: its words and the marks beside them."""

    text: str = ""
    marks: tuple[str, ...] = ()


@dataclass(slots=True)
class Heads:
    """The lines above a table's first row, sorted by what they are."""

    over_columns: list[list[Segment]] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)  # that hold heads of columns
    captions: list[TextLine] = field(default_factory=list)
    label_head: list[Segment] = field(default_factory=list)
    bold_labels: list[TextLine] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    before_heads: str = ""  # "Three Months Ended September 30," before "2023 | 2022"


def sort_heads(
    above: Sequence[TableLine],
    columns: Sequence[Column],
    cells: Sequence[Column],
    left: float,
    size: float,
) -> Heads:
    """Sort the lines above the first row into heads of columns, captions and units.

    What is none of these, below the last head, is a group label of the first rows.
    """
    heads = Heads()
    zone = left + 0.25 * (columns[0].x0 - left)
    middle = (left + columns[-1].x1) / 2
    below: list[Segment] = []  # the heads of the line below
    captioned = False
    for item in reversed(above):
        if item.kind == "running":
            continue
        over: list[Segment] = []
        beside: list[Segment] = []
        for seg in () if captioned else item.segments:
            covers = seg.x1 > cells[0].x0 - 2 * size and seg.x0 < columns[-1].x1 + 2 * size
            (over if seg.x0 > zone and covers else beside).append(seg)
        alone = len(item.segments) == 1
        aside = alone and bool(PARENTHESIS.fullmatch(item.line.text))
        aside = aside and not states_unit(item.line.text)
        if alone and over and (aside or not _heads_on(over[0], below)):
            seg = over[0]
            centred = abs(seg.centre - middle) <= 2.5 * size and seg.x0 < columns[0].x0 - size
            if aside or centred:
                over, beside = [], over
        if len(over) == 1 and states_unit(over[0].text) and not _over_one(over[0], cells):
            heads.units.insert(0, over[0].text)
            over = []
        if over:
            over = [part for seg in over for part in split_heads(seg)]
            for seg in beside:
                if states_unit(seg.text):
                    heads.units.insert(0, seg.text)
                elif _SPAN_OF_TIME.search(seg.text) and all(head.is_year for head in over):
                    heads.before_heads = seg.text.rstrip(" :")
                else:
                    heads.label_head.insert(0, seg)
            heads.over_columns.insert(0, over)
            heads.lines.append(item.line)
            below = over
        elif alone and states_unit(item.line.text) and not item.line.text.endswith(":"):
            heads.units.insert(0, item.line.text)
            heads.captions.insert(0, item.line)
        elif heads.over_columns:
            heads.captions.insert(0, item.line)
            captioned = True
        elif item.line.bold or CAPTION.match(item.line.text) or item.line.size > 1.1 * size:
            heads.bold_labels.insert(0, item.line)
    if not heads.over_columns:
        heads.captions += heads.bold_labels
    return heads


def _heads_on(seg: Segment, below: Sequence[Segment]) -> bool:
    """Tell whether a line above a head is a further line of it: close, over it, and no wider."""
    return any(
        seg.y - other.y <= 1.45 * max(seg.size, 0.1)
        and min(seg.x1, other.x1) > max(seg.x0, other.x0)
        and (
            seg.x1 - seg.x0 <= 2.2 * (other.x1 - other.x0)
            or abs(seg.centre - other.centre) <= 0.5 * seg.size
        )
        for other in below
    )


def _over_one(seg: Segment, cells: Sequence[Column]) -> bool:
    """Tell whether a head stands over one of several columns, and not in the middle of all."""
    middle = (cells[0].x0 + cells[-1].x1) / 2
    over = sum(min(seg.x1, c.x1) > max(seg.x0, c.x0) for c in cells)
    return len(cells) > 1 and over == 1 and abs(seg.centre - middle) > 2 * seg.size


def caption_of(heads: Heads) -> tuple[str, tuple[str, ...]]:
    """Return the caption of a table and the marks beside it: from "Table 3." on, if that is there.

    Else it is what stands above the heads, and the head of the labels where that says something.
    """
    lines = [line for line in heads.captions if not line.text.startswith("(")]
    numbered = [number for number, line in enumerate(lines) if CAPTION.match(line.text)]
    lines = lines[numbered[-1] :] if numbered else lines[-3:]
    words = [line.text for line in lines]
    marks = [mark for line in lines for token in line.tokens for mark in token.marks]
    for seg in heads.label_head:
        if (len(seg.text) > 12 or seg.text.endswith(":")) and not numbered:
            words.append(seg.text.rstrip(" :"))
            marks += seg.marks
    return " ".join(words).rstrip(" :"), tuple(marks)


def name_columns(
    heads: Heads, columns: Sequence[Column], cells: Sequence[Column], size: float
) -> tuple[Head, ...]:
    """Return the head of each column.

    Of columns of one name, each is led by what spans the columns at its left ("Percentage Change"
    of three months and of nine).
    """
    rows = [row for row in heads.over_columns if len(row) <= MOST_COLUMNS]
    stacks = _told_apart(stack_heads(rows, columns, cells, size))
    before = [heads.before_heads] if heads.before_heads else []
    return tuple(
        Head(
            " ".join([*before, *(seg.text for seg in stack)]),
            tuple(mark for seg in stack for mark in seg.marks),
        )
        if stack
        else Head()
        for stack in stacks
    )


def _told_apart(stacks: Sequence[tuple[Segment, ...]]) -> list[tuple[Segment, ...]]:
    names = Counter(" ".join(seg.text for seg in stack) for stack in stacks if stack)
    found: list[tuple[Segment, ...]] = []
    for number, stack in enumerate(stacks):
        left = stacks[number - 1] if number else ()
        spans = left and number > 1 and stacks[number - 2][:1] == left[:1]
        if stack and spans and names[" ".join(seg.text for seg in stack)] > 1:
            stack = (left[0], *stack)
        found.append(stack)
    return found
