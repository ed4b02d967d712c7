"""The notes below a table: which mark each explains, and what signs such as NA stand for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

# "eEstimated. rRevised. NA Not available. -- Zero." and "1Data are rounded ..."
_SIGN = r"(?:[Dd]o\.(?:, )?)+|NA|N/A|n/a|n\.a\.|NM|XX|W|E|D|Z|-{1,3}|[–—]|\.\.\.?|…"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
GLUED = r"(?![A-Z]{1,3}\d\d)"  # behind the number of a note: "1C902" is a code, one word
_START = re.compile(
    rf"(?:^|(?<=[.;] )|(?<=[.;]  ))(?:(?P<mark>\((?:\d{{1,2}}|[a-z])\) ?|\d{{1,2}}/ ?|[a-z] ?"
    rf"|[*†‡§]{{1,3}} ?|\d{{1,2}}(?=[A-Z“\"]){GLUED})(?=[A-Z“\"(])|(?P<sign>{_SIGN}) (?=[A-Z]))"
)
_NUMBERED = re.compile(rf"(\d{{1,2}}){GLUED}[.)]? ?(?=[A-Z“\"(])")
_LETTERED = re.compile(r"([a-z])[.)] ?(?=[A-Z“\"])")
# "(p) provisional; (:) not available", "e = estimated, W = withheld", "n/a: not announced": these
# count where the line begins with one, as sentences hold the like.
_KEY = rf"(?:\d{{1,2}}|[a-z]|[{_RAISED}]{{1,2}}|[*†‡§]{{1,3}}|{_SIGN}|:)"
_SAID = re.compile(
    rf"(?:^|(?<=[.;,:] )|(?<=[.;,]  ))(?:[(\[](?P<in_brackets>{_KEY})[)\]](?:\s?[:=]\s?|\s?)(?=\w)"
    rf"|(?P<raised>[{_RAISED}]{{1,2}})[).]?\s?(?=\w)|(?P<equal>{_KEY}|[A-Za-z]{{1,6}})\s?=\s?(?=[^\W\d])"
    rf"|(?P<key>{_KEY})(?::| means| stands for| denotes| indicates)\s(?=\w)"
    rf"|(?P<star>[*†‡§]{{1,3}})\s?(?=\w))"
)
_INTRODUCTION = re.compile(
    r"(?:(?:foot)?notes?|legend|keys?|flags?|symbols?(?: used)?|abbreviations?|n\.b\.)\s?:\s*",
    re.IGNORECASE,
)
_REMARK = re.compile(r"(?:sources?|notes?|n\.b|remarks?|legend)\b\s*[:.]", re.IGNORECASE)
_NOTE_CHARS = 120  # a longer line alone below a table is no heading
_KEY_LINE_CHARS = 700
_MARKS_APART = re.compile(r"[\s,;()\[\]/]+")
_TO_DIGITS = str.maketrans(_RAISED, "0123456789")


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

    def meaning(self, text: str) -> str:
        """Return what a sign means that stands in a figure's stead, "" for all other words."""
        return self.legend.get(text) or ("" if text.isdecimal() else self.entries.get(text, ""))


def split_marks(written: str) -> tuple[str, ...]:
    """Return the marks of "2, e" or "(4)(5)", each by itself; raised digits are digits.

    >>> split_marks("(4)(5), ¹")
    ('4', '5', '1')
    """
    return tuple(mark.translate(_TO_DIGITS) for mark in _MARKS_APART.split(written) if mark)


def begins_note(line: str) -> bool:
    """Tell whether a line begins as the explanation of a mark or a sign does."""
    found = _START.match(line) or _NUMBERED.match(line) or _LETTERED.match(line)
    return bool(found or _SAID.match(line) or _REMARK.match(line) or _INTRODUCTION.match(line))


def is_key_line(line: str) -> bool:
    """Tell whether a line surely explains a mark: "¹ Design capacity", "n/a: not announced"."""
    lead = _INTRODUCTION.match(line)
    begin = lead.end() if lead else 0
    begins = _SAID.match(line, begin) or _SAID.match(line[begin:]) or _LETTERED.match(line)
    return len(line) <= _KEY_LINE_CHARS and bool(begins)


def is_note(line: str) -> bool:
    """Tell whether a line that stands alone below a table's rows reads like a note of it."""
    return begins_note(line) or len(line) > _NOTE_CHARS


def read_notes(lines: Sequence[str]) -> NoteBook:
    """Return what the lines below a table explain; one line may hold several notes."""
    entries: dict[str, str] = {}
    legend: dict[str, str] = {}
    general: list[str] = []
    for line in lines:
        starts = _starts(line)
        if not starts or starts[0].start > 0:
            general.append(line[: starts[0].start].strip() if starts else line)
        ends = [*(start.start for start in starts), len(line)][1:]
        for start, end in zip(starts, ends, strict=True):
            words = line[start.end : end].strip().rstrip(";,")
            if start.is_sign:
                legend.setdefault(start.key, f"{start.key} {words}")
            else:
                entries.setdefault(start.key, words)
    return NoteBook(entries, legend, tuple(note for note in general if note))


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the explanation of a mark or a sign begins in a line."""

    start: int
    end: int
    key: str
    is_sign: bool


def _starts(line: str) -> list[_Start]:
    lead = _INTRODUCTION.match(line)
    begin = lead.end() if lead else 0
    own = [
        _Start(match.start(), match.end(), (match["sign"] or match["mark"]).strip(" ()/"), is_sign)
        for match in _START.finditer(line)
        for is_sign in (bool(match["sign"]),)
    ]
    if numbered := _NUMBERED.match(line) or _LETTERED.match(line):
        own = [start for start in own if start.start >= numbered.end()]
        own.insert(0, _Start(0, numbered.end(), numbered[1], False))
    said = [_said(match) for match in _SAID.finditer(line, begin) if _counts(match, line)]
    begins = bool(own and own[0].start == 0) or bool(said and said[0].start == begin)
    taken = {start.start for start in own}
    whole = [s for s in said if s.start not in taken and (begins or "=" in line[s.start : s.end])]
    starts = sorted((*own, *whole), key=lambda start: start.start)
    if lead and starts and starts[0].start == begin:
        starts[0] = replace(starts[0], start=0)
    return starts


def _counts(match: re.Match[str], line: str) -> bool:
    """Tell whether a key stands at the edge of a line or a clause; a comma parts equations only."""
    before = line[: match.start()].rstrip()
    return bool(match["equal"]) or not before.endswith(",")


def _said(match: re.Match[str]) -> _Start:
    key = next(found for found in match.groups() if found).translate(_TO_DIGITS)
    is_mark = bool(re.fullmatch(r"\d{1,2}|[a-z]|[*†‡§]{1,3}", key))
    return _Start(match.start(), match.end(), key, not is_mark)
