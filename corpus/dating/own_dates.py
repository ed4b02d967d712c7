"""Telling which dates of a text are its own, and what each is the date of.

A date in a sentence is about something else, and so is one of a copy's making.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.dating.written_dates import date_words, read_date
from corpus.description.bylines import byline_parts
from corpus.language.dates import DayOrder, WrittenDate, find_dates, weekday_pattern
from corpus.language.vocabulary import load_vocabulary

Role = Literal[
    "first", "published", "dateline", "head", "act", "updated", "alone", "effective", "copy"
]

_HEAD_LINES = 20  # lines with text, from the top: a title, an author and a date stand there
_ALONE_CHARS = 100
_NEAR_CHARS = 120  # what stands further from a date does not say what it is the date of
_PLACE_CHARS = 60
_BARS = 3  # more are the cells of a table's row

_CUE_ROLES: tuple[Role, ...] = ("first", "updated", "published", "effective")
_WEEKDAYS = weekday_pattern(load_vocabulary())
_SUBJECT = r"(?:th(?:is|e) \w+(?: \w+){0,2} |which |that )?(?:was |were |has been |is )?"
_CUE = tuple(
    (
        role,
        re.compile(
            rf"^{_SUBJECT}(?:{date_words('lead')}\s)*{date_words(role)}(?:\s{date_words('trail')})?(?![a-z])"
            r"(?: \([^)]*\):)?(?P<rest>.*)$",
            re.I,
        ),
    )
    for role in _CUE_ROLES
)
# Between a cue and its date: clock, zone, weekday, a few words of by whom or where.
_BETWEEN = re.compile(
    rf"(?:\W|\d{{1,2}}[:.h]\d\d|\b(?:[ap]\.?m|[A-Z]{{2,4}}|{date_words('beside')}|{_WEEKDAYS}"
    r"|by (?:[\w.’'-]+ ?){1,4}|version \d[\d.]*)\b)*",
    re.IGNORECASE,
)
# Words for what happened to a copy, or will happen.
_ELSEWHERE = re.compile(rf"(?<![A-Za-z]){date_words('elsewhere')}(?![A-Za-z])|©", re.IGNORECASE)
_RUNNING = re.compile(rf"\b{date_words('running')}\s*$", re.IGNORECASE)
_SMALL_WORDS = frozenset(load_vocabulary().words("date_cues", "name"))
_SEPARATOR = re.compile(r"\s+[|·•/]\s*|\s*[|·•]\s+|\t+|\s{3,}|\s+[-–—]\s+|(?=来源[:：])|\s-(?=\w)")
_BAR = re.compile(r"\s+[|·•/]\s*|\s*[|·•]\s+|\t+|\s{3,}|\s+(?=来源[:：])")
_CLOCK = (
    rf"(?:[\s,|(/.T]*(?:\b{date_words('clock')}(?!\w)|\d{{1,2}}(?:[:.h]|\s?Uhr)\d{{0,2}}(?::\d\d)?"
    r"(?:\s?(?:[ap]\.?m\.?|Uhr))?|\b[A-Z]{2,4}(?:[+-]\d+)?\b|\d{1,2}\s?[ap]\.?m\.?|Z"
    r"|\+\d\d:?\d\d|星期.|日)[)]?)*[\s,;.:)\]*_]*"
)
_AFTER_CLOCK = re.compile(_CLOCK + "$")
_PERIOD_BEFORE = re.compile(r"[^\W\d_]{3,}\.?\s?[–-]\s?$|\d\s?[–-]\s?$")  # "Jan–Apr 2026"
_WEEKDAY = re.compile(
    rf"^[\W_]*(?:{_WEEKDAYS}[.,]?\s*(?:{date_words('opening')}\s+)?)?$", re.IGNORECASE
)
_PLACE = re.compile(rf"^[\W_]*(?:(?:[A-ZÀ-Ý][\w.’'-]*|{date_words('place')})[\s,.()–—/-]*){{1,8}}$")
_AFTER_DATELINE = re.compile(r"^\s*(?:\([^)]{2,40}\)|/[^/]{3,30}/)?\s*\.?\s*(?:--?|–|—|:)\s*\S")
_AGENCY_SIGN = re.compile(r"^\s*(?:\([A-Z][^)]{2,40}\)|/[^/]{3,30}/)|\([A-Z]{2,8}\s?:|\btoday\b")
_CHINESE_DATELINE = re.compile(r"^[^，。]{0,12}$")
_MAY_HOLD_DATE = re.compile(r"(?:19|20|25)\d\d|年|-\d\d|\d[./]\d\d(?!\d)")
# Some who pass pages on put the date of each before its first words.
_DATE_IN_FRONT = re.compile(r"date (?P<iso>(?:19|20)\d\d(?:-\d\d){1,2})(?= )", re.IGNORECASE)
_TITLE_BEHIND = re.compile(r"[ :|]+[A-ZÀ-Þ][^.!?;]{12,}")
_REGISTER_NOTE = re.compile(r"^\[?\d+ (?:FR|F\.R\.|Fed\. Reg\.) \d+, ")
_LETTER_HEAD = re.compile(rf"^[A-ZÀ-Ý][\w .-]{{1,30}}, {date_words('opening')} $")
_ACT = re.compile(rf"^{date_words('act')} $")
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright)\D{0,20}(?:(?:19|20)\d\d\s*[-–]\s*)?((?:19|20)\d\d)", re.I
)


@dataclass(frozen=True, slots=True)
class OwnDate:
    """A date at `text[start:end]` and what it is the date of."""

    start: int
    end: int
    iso: str
    role: Role


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int
    before: str  # the line with text above it, "" where a paragraph begins
    label: str  # the line above it, across an empty one
    rank: int  # how many lines with text stand above it
    is_row: bool  # of a table


def own_dates(text: str, order: DayOrder) -> Iterator[OwnDate]:
    """Yield the dates of a text that are its own or its copy's, in order."""
    for line in _lines(text):
        if not _MAY_HOLD_DATE.search(line.text):
            continue
        for role, written in _own_dates(line, order):
            yield OwnDate(line.start + written.start, line.start + written.end, written.iso, role)


def _lines(text: str) -> Iterator[_Line]:
    before = label = ""
    rank = start = 0
    for raw in text.splitlines(keepends=True):
        # Marks of Markdown become blanks, so that places stay.
        marked = re.sub(r"^[\s>#*_|]+|[*_|\s]+$|(?<=\W)[*_]+|[*_]+(?=\W)", _blank, raw)
        line = marked.strip()
        if line:
            yield _Line(
                line,
                start + len(marked) - len(marked.lstrip()),
                before,
                label,
                rank,
                raw.lstrip().startswith("|"),
            )
            label = line
            rank += 1
        before = line
        start += len(raw)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _own_dates(line: _Line, order: DayOrder) -> Iterator[tuple[Role, WrittenDate]]:
    dates = _dates(line.text, order)
    if line.rank == 0 and (stated := _DATE_IN_FRONT.match(line.text)):
        yield "published", WrittenDate(*stated.span("iso"), stated["iso"])
        return
    if not dates or _goes_on(line):
        return
    if _REGISTER_NOTE.match(line.text):
        yield "updated", dates[-1]
        return
    start = 0
    for written in dates:
        before = line.text[max(start, written.start - _NEAR_CHARS) : written.start]
        after = line.text[written.end : written.end + _NEAR_CHARS]
        start = written.end
        if role := _role(line, before, after, written):
            yield role, written


def _dates(text: str, order: DayOrder) -> tuple[WrittenDate, ...]:
    """Return the dates of a line; one that is nothing else may be written barely."""
    if found := find_dates(text, order):
        return found
    for match in re.finditer(r"(?<![\w/.,-])(?:19|20)\d{6}(?!\w)", text):
        if iso := read_date(match.group()):
            return (WrittenDate(match.start(), match.end(), iso),)
    return ()


def _goes_on(line: _Line) -> bool:
    """Tell whether a line is the middle of a sentence that a line above began."""
    if not line.before:
        return False
    if line.text[0].islower() and not re.search(r"[.:!?]$", line.before) and line.rank > 1:
        return not _cue(line.text)
    return bool(_RUNNING.search(line.before))


def _role(line: _Line, before: str, after: str, written: WrittenDate) -> Role | Literal[""]:
    segment = _SEPARATOR.split(before)[-1]
    if _ELSEWHERE.search(segment) or (not segment.strip() and _ELSEWHERE.match(line.label)):
        return "copy" if _ELSEWHERE.match(segment.strip()) else ""
    if role := _cue(segment) or _cue_of_label(line.label, before):
        return "" if role != "updated" and _is_sentence(segment, after) else role
    if _is_dateline(before, after):
        return "dateline"
    return _standing(line, before, after, segment, written)


def _standing(
    line: _Line, before: str, after: str, segment: str, written: WrittenDate
) -> Role | Literal[""]:
    """Return the role of a date that fills or closes its line, "" where it does neither."""
    role: Role = "head" if line.rank < _HEAD_LINES else "alone"
    if role == "head" and byline_parts(line.text):
        return role
    if _ACT.match(before.lower()) and not after.strip() and len(written.iso) == 10:
        return "act"
    if len(line.text) > _ALONE_CHARS or line.is_row or line.text.count("|") > _BARS:
        return ""
    if line.rank == 0 and not before.strip() and _TITLE_BEHIND.fullmatch(after):
        return role  # "28 March 2025 Norvik opens its mine"
    rest = _BAR.split(after)[0]
    if not _AFTER_CLOCK.match(rest):
        return ""
    if _WEEKDAY.match(segment):
        return role
    if rest.strip().startswith(".") and not line.text[0].isupper():
        return ""
    if _LETTER_HEAD.match(before):
        return role
    if before.rstrip().endswith(":") and line.rank:  # a label that says something else
        return ""
    if _PERIOD_BEFORE.search(before) or _RUNNING.search(before) or _is_running(before):
        return ""
    return role


def _is_running(before: str) -> bool:
    """Tell whether the words before a date read like a sentence, not like a heading or a name."""
    if re.search(r"[.!?]\s", re.sub(r"\b(?:[A-Z]\.)+|\b(?:No|Vol|Inc|Corp|Ltd|Co)\.", "", before)):
        return True
    words = re.findall(r"(?<!\w)[^\W\d_][^\W\d]*(?!\w)", re.sub(r"\[[^\]]*\]", "", before))
    small = [word for word in words if word.islower() and word.lower() not in _SMALL_WORDS]
    return len(small) > (1 if before.rstrip().endswith((",", "(", ":")) and len(words) < 9 else 0)


def _cue(segment: str) -> Role | Literal[""]:
    segment = segment.strip(" *_([\t-–—")
    for role, pattern in _CUE:
        if (match := pattern.match(segment)) and _BETWEEN.fullmatch(match["rest"]):
            return role
    return ""


def _cue_of_label(label: str, before: str) -> Role | Literal[""]:
    """Return the role that a line above gives: "Report Date:" over "2016-02-01"."""
    if not _WEEKDAY.match(before) or len(label) > 40:
        return ""
    return _cue(label)


def _is_sentence(cue: str, after: str) -> bool:
    """Tell whether words like "Released in May 2024, the report found" merely start with a cue."""
    return bool(re.search(r"\bin\s*$", cue)) and bool(re.search(r"\w", after))


def _is_dateline(before: str, after: str) -> bool:
    if re.match(r"^日?(?:电|電|讯|訊)", after) and _CHINESE_DATELINE.match(before):
        return True
    if not _AFTER_DATELINE.match(after):
        return False
    if _WEEKDAY.match(before):
        return bool(_AGENCY_SIGN.search(after[:200]))
    return (
        len(before) <= _PLACE_CHARS and bool(_PLACE.match(before)) and not _RUNNING.search(before)
    )
