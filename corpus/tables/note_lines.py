"""The notes below a table: which mark each explains, and what signs such as NA stand for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# "eEstimated. rRevised. NA Not available. -- Zero." and "1Data are rounded ..."
_SIGN = r"(?:[Dd]o\.(?:, )?)+|NA|N/A|NM|XX|W|E|D|Z|-{1,3}|[–—]|\.\.\.?|…"
_START = re.compile(
    rf"(?:^|(?<=[.;] )|(?<=[.;]  ))(?:(?P<mark>\((?:\d{{1,2}}|[a-z])\) ?|\d{{1,2}}/ ?|[a-z] ?"
    rf"|[*†‡§]{{1,3}} ?|\d{{1,2}}(?=[A-Z“\"]))(?=[A-Z“\"(])|(?P<sign>{_SIGN}) (?=[A-Z]))"
)
_NUMBERED = re.compile(r"(\d{1,2})[.)]? ?(?=[A-Z“\"(])")
_REMARK = re.compile(r"(?:sources?|notes?|n\.b|remarks?)\b\s*[:.]", re.IGNORECASE)
_NOTE_CHARS = 120  # a longer line alone below a table is no heading
_MARKS_APART = re.compile(r"[\s,;()\[\]/]+")


@dataclass(frozen=True, slots=True)
class NoteBook:
    """The notes of one table. `general` are those without a mark, which hold for all of it."""

    entries: Mapping[str, str] = field(default_factory=dict)
    legend: Mapping[str, str] = field(default_factory=dict)
    general: tuple[str, ...] = ()

    def of(self, marks: Iterable[str]) -> tuple[str, ...]:
        """Return the notes of these marks, each once; unknown marks have none."""
        found = (self.entries.get(mark, "") for mark in marks)
        return tuple(dict.fromkeys(note for note in found if note))

    def explains(self, marks: Iterable[str]) -> bool:
        """Tell whether there is a note for each of some marks."""
        return all(mark in self.entries for mark in marks)


def split_marks(written: str) -> tuple[str, ...]:
    """Return the marks of "2, e" or "(4)(5)", each by itself."""
    return tuple(mark for mark in _MARKS_APART.split(written) if mark)


def is_note(line: str) -> bool:
    """Tell whether a line that stands alone below a table's rows reads like a note of it."""
    begins = _START.match(line) or _NUMBERED.match(line) or _REMARK.match(line)
    return bool(begins) or len(line) > _NOTE_CHARS


def read_notes(lines: Sequence[str]) -> NoteBook:
    """Return what the lines below a table explain; one line may hold several notes."""
    entries: dict[str, str] = {}
    legend: dict[str, str] = {}
    general: list[str] = []
    for line in lines:
        starts = list(_START.finditer(line))
        numbered = _NUMBERED.match(line)
        if numbered:
            starts = [match for match in starts if match.start() >= numbered.end()]
        first = numbered or (starts[0] if starts else None)
        if first is None or first.start() > 0:
            general.append(line[: first.start()].strip() if first else line)
        ends = [*(match.start() for match in starts), len(line)]
        if numbered:
            entries.setdefault(numbered[1], line[numbered.end() : ends[0]].strip())
        for match, end in zip(starts, ends[1:], strict=True):
            words = line[match.end() : end].strip()
            if match["sign"]:
                legend.setdefault(match["sign"], f"{match['sign']} {words}")
            else:
                entries.setdefault(match["mark"].strip(" ()/"), words)
    return NoteBook(entries, legend, tuple(general))
