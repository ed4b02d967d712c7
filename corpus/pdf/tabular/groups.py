"""The groups of a table: labels without figures that govern the rows below them."""

import re
from dataclasses import dataclass, replace

from corpus.pdf.stored_text import TextLine
from corpus.pdf.tabular.table_lines import TableLine, is_group_with_unit

_PERIOD = re.compile(r"\b(?:19|20)\d\d\b|\b(?:months|year|quarter)s? end", re.IGNORECASE)
# A line of every balance sheet that has no figures and governs no rows.
_ALONE = re.compile(r"commitments and contingenc", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """A label that governs the rows below it."""

    text: str
    x0: float
    marks: tuple[str, ...] = ()
    bold: bool = False
    members: str = ""  # "deep" once a row set further right has followed, "flat" for one level
    used: bool = False  # whether a row has followed


def open_group(
    groups: list[Group], item: TableLine, following: TableLine | None, left: float, zone: float
) -> None:
    """Add the group that a label opens, and end those that it closes.

    A label set in the middle of the labels, which reach from `left` to `zone`, or further right,
    ends all groups and holds over those that follow. Of two labels of one indent with nothing
    between, the first holds over the second.
    """
    seg = item.segments[0] if is_group_with_unit(item) else None
    text = (seg.text if seg else item.line.text).rstrip(" :")
    marks = tuple(mark for token in item.line.tokens for mark in token.marks)
    x0 = item.line.x0
    if _ALONE.match(text):
        return
    if _is_centred(item.line, left, zone):
        groups[:] = [Group(text, 0.0, marks, item.line.bold, "outer")]
        return
    holds_over_next = (
        following is not None and following.kind == "label" and abs(following.line.x0 - x0) <= 1
    )
    while groups and groups[-1].x0 > x0 + 1:
        groups.pop()
    bold = item.line.bold
    while groups and _level(groups[-1], x0) and _ends(groups[-1], text, bold, holds_over_next):
        groups.pop()
    if groups and groups[-1].members != "outer" and not _level(groups[-1], x0):
        groups[-1] = replace(groups[-1], members="deep")
    groups.append(Group(text, x0, marks, bold, "outer" if holds_over_next else ""))


def _is_centred(line: TextLine, left: float, zone: float) -> bool:
    if line.x0 > left + 0.25 * (zone - left):
        return True
    middle = abs((line.x0 + line.x1) / 2 - (left + zone) / 2)
    return line.x0 > left + 5 * line.size and middle <= 2.5 * line.size


def _ends(group: Group, text: str, bold: bool, holds_over_next: bool) -> bool:
    """Tell whether a group ends where a label of its own indent opens another."""
    if group.members == "flat" and group.bold and bold:
        return True
    if group.members == "outer":
        if _PERIOD.search(group.text) and not _PERIOD.search(text):
            return False  # a date holds over what is told of it until the next one
        strong_enough = bold if group.bold else holds_over_next
        return group.used and strong_enough
    return group.members == "deep"


def close_groups(groups: list[Group], x0: float) -> None:
    """End the groups that a row set at x0 does not belong to."""
    while groups and groups[-1].x0 > x0 + 1:
        groups.pop()
    while groups and _level(groups[-1], x0) and groups[-1].members == "deep":
        groups.pop()
    groups[:] = [replace(group, used=True) for group in groups]
    if groups and groups[-1].members != "outer":
        members = "flat" if _level(groups[-1], x0) else "deep"
        groups[-1] = replace(groups[-1], members=members)


def _level(group: Group, x0: float) -> bool:
    """Tell whether a group's label is set at x0."""
    return abs(group.x0 - x0) <= 1
