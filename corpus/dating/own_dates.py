"""Telling which dates of a text are its own, and what each is the date of.

A date in a sentence is about something else, and so is one of a copy's making.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.bylines import byline_parts
from corpus.dating.written_dates import DayOrder, WrittenDate, find_dates, read_date

Role = Literal[
    "first", "published", "dateline", "head", "act", "updated", "alone", "effective", "copy"
]

_HEAD_LINES = 20  # lines with text, from the top: a title, an author and a date stand there
_ALONE_CHARS = 100
_NEAR_CHARS = 120  # what stands further from a date does not say what it is the date of
_PLACE_CHARS = 60
_BARS = 3  # more are the cells of a table's row

_CUES: tuple[tuple[Role, str], ...] = (
    ("first", r"(?:first|originally|initially) (?:published|posted|released|issued)"),
    (
        "updated",
        r"(?:last |page |was |has been )*(?:updated?|modified|revised|reviewed|edited|amended)"
        r"|mise? à jour|(?:zuletzt )?(?:aktualisiert|geändert)|stand(?=:)|actualizado|atualizado"
        r"|(?:última|dernière|ultimo) (?:actualización|atualização|mise à jour|aggiornamento)"
        r"|aggiornato|bijgewerkt|обновлено|更新(?:时间|日期|日時|日|于)?|最終更新日?|최종\s?수정|수정",
    ),
    (
        "published",
        r"(?:first |online |date )?(?:published|posted|issued|released)(?: online)?"
        r"|(?:electronically |as )?filed(?: with the securities and exchange commission)?"
        r"|(?:made )?available online|release(?=\s*:)"
        r"|(?:publication|release|report|issue|posting|filing|article"
        r"|document) date|date of (?:publication|issue|issuance|release|this report|report)"
        r"|pub(?:lication)?[ .]?date|date(?=\s*:)|dated(?=:)|publi[ée]e? le|publiée?(?=\W)"
        r"|paru le|mis en ligne le|date de (?:publication|parution)|erschienen"
        r"|veröffentlicht|veröffentlichung(?:sdatum)?|erscheinungsdatum|datum(?=:)"
        r"|publicad[oa]|fecha(?: de publicación)?|data d[ei] (?:publicação|pubblicazione)"
        r"|data(?=:)|pubblicat[oa]|gepubliceerd|publicerad|publisert|opublikowano"
        r"|data publikacji|опубликовано|дата(?: публикации)?|公開日|掲載日|発行日|発表日"
        r"|发布(?:时间|日期|于)?|發布(?:時間|日期)?|发表(?:时间|日期|于)|公布日期|公开日期|成文日期"
        r"|发文日期|印发日期|게시일|등록일?|입력|작성일|발행일|ngày đăng|diterbitkan"
        r"|เผยแพร่(?:เมื่อ)?",
    ),
    ("effective", r"effective(?: date)?|in force (?:since|from)"),
)
_SUBJECT = r"(?:th(?:is|e) \w+(?: \w+){0,2} |which |that )?(?:was |were |has been |is )?"
_CUE = tuple(
    (role, re.compile(rf"^{_SUBJECT}(?:{cue})(?![a-z])(?: \([^)]*\):)?(?P<rest>.*)$", re.I))
    for role, cue in _CUES
)
# Between a cue and its date: clock, zone, weekday, a few words of by whom or where.
_BETWEEN = re.compile(
    r"(?:\W|\d{1,2}[:.h]\d\d|\b(?:[ap]\.?m|[A-Z]{2,4}|on|at|online|date|le|am|den|vom|el|il|em|op|"
    r"the|in the Federal Register|(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-zäéû]*|"
    r"by (?:[\w.’'-]+ ?){1,4}|und|and|as|version \d[\d.]*)\b)*",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(  # words for what happened to a copy, or will happen
    r"\b(?:upload|archiv|crawl|captur|retriev|access|download|snapshot|cached|wayback|indexed|"
    r"post on|vintage|as of|expir|deadline|comments?\b|conference|webinar|hearing|due\b|valid|"
    r"birth|born|received|accepted|copyright|subscri|abgerufen|consult[ée]|访问)|©",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"\b(?:ended|ending|in|of|since|until|on|by|from|through|before|after|to|and|at|for|during|"
    r"effective|the|dated|le|la|du|de|del|vom|am|im|den|seit|bis|en|em|in|nel|depuis|desde|hasta|"
    r"a|à|von|until|no later than)\s*$",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    "of the and for in on by at to a an de la du des der die das und for".split()
)
_SEPARATOR = re.compile(r"\s+[|·•/]\s*|\s*[|·•]\s+|\t+|\s{3,}|\s+[-–—]\s+|(?=来源[:：])|\s-(?=\w)")
_BAR = re.compile(r"\s+[|·•/]\s*|\s*[|·•]\s+|\t+|\s{3,}|\s+(?=来源[:：])")
_CLOCK = (
    r"(?:[\s,|(/.T]*(?:\bat\b|\bum\b|\bà[s]?\b|\balle\b|\d{1,2}(?:[:.h]|\s?Uhr)\d{0,2}(?::\d\d)?(?:\s?(?:[ap]\.?m\.?|Uhr))?"
    r"|\b[A-Z]{2,4}(?:[+-]\d+)?\b|\d{1,2}\s?[ap]\.?m\.?|г\.|Z|\+\d\d:?\d\d|星期.|日)[)]?)*[\s,;.:)\]*_]*"
)
_AFTER_CLOCK = re.compile(_CLOCK + "$")
_PERIOD_BEFORE = re.compile(r"[^\W\d_]{3,}\.?\s?[–-]\s?$|\d\s?[–-]\s?$")  # "Jan–Apr 2026"
_WEEKDAY = re.compile(
    r"^[\W_]*(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun|wed|thu|sat)(?:day)?[.,]?\s*|"
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag),?\s*(?:den\s+)?|"
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s*)?$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^[\W_]*(?:(?:[A-ZÀ-Ý][\w.’'-]*|de|do|of|am|an der|den|le|BUSINESS WIRE)[\s,.()–—/-]*){1,8}$"
)
_AFTER_DATELINE = re.compile(r"^\s*(?:\([^)]{2,40}\)|/[^/]{3,30}/)?\s*\.?\s*(?:--?|–|—|:)\s*\S")
_AGENCY_SIGN = re.compile(r"^\s*(?:\([A-Z][^)]{2,40}\)|/[^/]{3,30}/)|\([A-Z]{2,8}\s?:|\btoday\b")
_CHINESE_DATELINE = re.compile(r"^[^，。]{0,12}$")
_MAY_HOLD_DATE = re.compile(r"(?:19|20|25)\d\d|年|-\d\d|\d[./]\d\d(?!\d)")
# Some who pass pages on put the date of each before its first words.
_DATE_IN_FRONT = re.compile(r"date (?P<iso>(?:19|20)\d\d(?:-\d\d){1,2})(?= )", re.IGNORECASE)
_TITLE_BEHIND = re.compile(r"[ :|]+[A-ZÀ-Þ][^.!?;]{12,}")
_REGISTER_NOTE = re.compile(r"^\[?\d+ (?:FR|F\.R\.|Fed\. Reg\.) \d+, ")
_LETTER_HEAD = re.compile(r"^[A-ZÀ-Ý][\w .-]{1,30}, (?:den|le|il|a|em|the) $")
_ACT = re.compile(r"^(?:of|du|vom|del|van|de) $")
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
