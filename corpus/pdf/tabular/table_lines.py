"""The lines of a page as parts of tables: rows, heads, labels, and labels over several lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.language.table_words import states_unit
from corpus.pdf.stored_text import TextLine
from corpus.pdf.tabular.segments import Segment, segments

TIGHT = 1.6  # between baselines of one wrapped label
_ABBREVIATED = re.compile(r"\b(?:U\.S|Inc|Corp|Ltd|Co|No|est|avg)\.$")
_GOES_ON = re.compile(r"[a-z(&]")
_UNFINISHED = re.compile(
    r"(?:[,–-]|\b(?:of|and|or|for|to|in|the|a|an|with|from|on|by|as|at|net|per)|&)$"
)


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line with its segments and its part in a table."""

    line: TextLine
    segments: tuple[Segment, ...]
    kind: str  # "row", "head" (several segments), "label" (one, short), "text" or "running"


def classify(line: TextLine, width: float) -> TableLine:
    """Tell what part of a table a line can be; `width` is that of the text of its page."""
    segs = segments(line)
    if not segs:
        return TableLine(line, (), "text")
    values = [seg for seg in segs[1:] if seg.is_value]
    figures = [seg for seg in values if not seg.is_year]
    if figures:
        return TableLine(line, segs, "row")
    if len(segs) == 1 and segs[0].is_value and not segs[0].is_year and segs[0].x0 > 0.4 * width:
        return TableLine(line, segs, "row" if "," in segs[0].text else "label")
    if len(segs) > 1:
        return TableLine(line, segs, "head")
    ended = re.search(r"[.;]$", line.text) and not _ABBREVIATED.search(line.text)
    is_short = line.x1 - line.x0 < 0.62 * width and not ended
    return TableLine(line, segs, "label" if is_short or line.text.endswith(":") else "text")


def has_label(line: TableLine, left: float, size: float) -> bool:
    """Tell whether a row, in a table whose labels begin at `left`, begins with a label."""
    first = line.segments[0]
    return not first.is_value or first.x0 <= left + 4 * size


def values_of(line: TableLine, left: float, size: float) -> tuple[Segment, ...]:
    """Return the segments of a row that are not its label."""
    return line.segments[1:] if has_label(line, left, size) else line.segments


def is_group_with_unit(line: TableLine) -> bool:
    """Tell whether a line is a group label beside a unit: "Inventories:   (In millions)"."""
    return len(line.segments) == 2 and states_unit(line.segments[1].text)


def is_wrapped_into_row(kinds: Sequence[TableLine], position: int) -> bool:
    """Tell whether a long line is the beginning of the label of the row below it."""
    following = kinds[position + 1] if position + 1 < len(kinds) else None
    if following is None or following.kind not in ("row", "text"):
        return False
    here = kinds[position].line
    if here.text.endswith(":"):
        return False
    tight = 0 < here.y - following.line.y <= TIGHT * here.size
    if following.kind == "text":
        return tight and is_wrapped_into_row(kinds, position + 1)
    return tight and bool(_GOES_ON.match(following.line.text) or _UNFINISHED.search(here.text))


def ends_label(row: Sequence[TableLine], line: TableLine) -> bool:
    """Tell whether a line without figures ends the label of the row above it."""
    if not row or row[0].kind != "row" or line.kind not in ("label", "text"):
        return False
    above, here = row[-1].line, line.line
    if not 0 < above.y - here.y <= TIGHT * here.size or len(line.segments) != 1:
        return False
    label = row[0].segments[0].text if len(row) == 1 else above.text
    unfinished = bool(_UNFINISHED.search(label)) or label.count("(") > label.count(")")
    hangs = here.x0 > row[0].line.x0 + 0.4 * here.size
    lower = bool(re.match(r"[a-z(]", here.text))
    return (hangs and (lower or unfinished)) or (lower and unfinished)


def begins_label(
    body: Sequence[TableLine], position: int, left: float, zone: float, pitch: float
) -> bool:
    """Tell whether a short line without figures goes on in the row below it."""
    following = body[position + 1] if position + 1 < len(body) else None
    here = body[position].line
    if following is None or here.text.endswith(":") or len(body[position].segments) != 1:
        return False
    gap = here.y - following.line.y
    if not 0 < gap <= TIGHT * here.size:
        return False
    goes_on = bool(_GOES_ON.match(following.line.text)) or bool(_UNFINISHED.search(here.text))
    if following.kind == "label" and (gap <= 0.85 * pitch or goes_on):
        return begins_label(body, position + 1, left, zone, pitch)
    if following.kind != "row":
        return False
    if not has_label(following, left, here.size):
        return True
    closer = gap <= 0.85 * pitch or (
        here.x1 > here.x0 + 0.8 * (zone - here.x0) and abs(here.x0 - following.line.x0) <= 1
    )
    return (closer or goes_on) and not following.segments[0].is_value


def goes_on_below(line: TextLine, following: TableLine, zone: float) -> bool:
    """Tell whether the label of a group runs over two lines."""
    below = following.line
    return (
        following.kind == "label"
        and not line.text.endswith(":")
        and line.bold == below.bold
        and 0 < line.y - below.y <= 1.35 * line.size
        and (
            below.text[0].islower()
            or (below.x0 > line.x0 + 0.4 * line.size and line.x1 > line.x0 + 0.7 * (zone - line.x0))
        )
    )


def run_on(line: TextLine, below: TextLine) -> TextLine:
    """Join two lines of one label."""
    return replace(line, tokens=(*line.tokens, *below.tokens))


def row_pitch(body: Sequence[TableLine]) -> float:
    """Return the usual distance between the baselines of rows, or 0.0 for a single row."""
    gaps = sorted(
        above.line.y - here.line.y
        for above, here in pairwise(body)
        if above.kind == here.kind == "row"
    )
    return gaps[len(gaps) // 2] if gaps else 0.0
