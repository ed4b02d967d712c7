"""The groups of a table's rows: labels without figures that govern the rows below them."""

import re
from dataclasses import dataclass

from corpus.tables.note_lines import split_marks

# "Imports:e, 4": marks of notes may stand behind the colon.
_COLON = re.compile(
    r"\s*:\s*(?P<marks>(?:[a-z]|\d{1,2}|[⁰¹²³⁴-⁹*†‡])(?:[\s,–—-]*(?:[a-z]|\d{1,2}|[⁰¹²³⁴-⁹*†‡]))*)?$"
)
_RAISED = re.compile(r"(?<=\w)[⁰¹²³⁴-⁹]{1,2}$")
_TOTAL = re.compile(r"(?:sub)?total\b", re.IGNORECASE)
_TOTAL_OF = re.compile(r"total,\s+(?P<group>.+)", re.IGNORECASE)
_TOTAL_OF_ALL = re.compile(r"(?:grand|world|overall)\s+total\b", re.IGNORECASE)


@dataclass(slots=True)
class _Group:
    text: str
    marks: tuple[str, ...]
    indent: int
    members: str = ""  # "deep" once a row set further right has followed, "flat" for one level
    is_outer: bool = False  # another group followed at once and at the same indent
    total: int = -1  # the indent of its total, once that has come


def ends_in_colon(label: str) -> bool:
    """Tell whether a label ends in a colon, the marks of notes behind it aside."""
    return bool(_COLON.search(label))


def is_total(label: str) -> bool:
    """Tell whether a label says that its row sums up others."""
    return bool(_TOTAL.match(label) or _TOTAL_OF_ALL.match(label))


class Groups:
    """The groups that are open at a row, the outermost first."""

    def __init__(self) -> None:
        self._open: list[_Group] = []

    @property
    def names(self) -> tuple[str, ...]:
        """The labels of the open groups."""
        return tuple(group.text for group in self._open)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks at the labels of the open groups."""
        return tuple(mark for group in self._open for mark in group.marks)

    def open(self, text: str, marks: tuple[str, ...], indent: int, is_outer: bool) -> None:
        """Open a group and close those that it ends; an outer one holds over the next as well."""
        while self._open and self._open[-1].indent > indent:
            self._open.pop()
        while self._open and self._open[-1].indent == indent:
            last = self._open[-1]
            if not last.members or (last.is_outer and not is_outer):
                break
            self._open.pop()
        if colon := _COLON.search(text):
            text = text[: colon.start()]
            marks = (*marks, *split_marks(colon["marks"] or ""))
        elif raised := _RAISED.search(text):
            text = text[: raised.start()]
            marks = (*marks, *split_marks(raised[0]))
        self._open.append(_Group(text, marks, indent, is_outer=is_outer))

    def enter(self, label: str, indent: int) -> None:
        """Close the groups that a row of figures does not belong to."""
        if _TOTAL_OF_ALL.match(label):
            self._open.clear()
        while self._open and self._ends(self._open[-1], label, indent):
            self._open.pop()
        if named := _TOTAL_OF.match(label):
            self._close_to(named["group"].rstrip(" :").lower())
        for group in self._open:
            if not group.members:
                group.members = "deep" if indent > group.indent else "flat"
        if self._open and _TOTAL.match(label) and self._open[-1].total < 0:
            self._open[-1].total = indent

    def _ends(self, group: _Group, label: str, indent: int) -> bool:
        if indent < group.indent or (indent == group.indent and group.members == "deep"):
            return True
        if group.members == "flat" and group.total >= 0 and not _TOTAL.match(label):
            return True  # nothing but its total tells where a group of one indent ends
        return bool(_TOTAL.match(label)) and indent < group.total

    def _close_to(self, name: str) -> None:
        """Close what is inside the group of this name, if it is open."""
        places = [n for n, group in enumerate(self._open) if group.text.lower() == name]
        if places:
            del self._open[places[-1] + 1 :]
