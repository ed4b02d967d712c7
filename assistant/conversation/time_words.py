"""Times told from another: "two years earlier", "the quarter after", "that year"."""

import re

from assistant.conversation.spoken import Spoken
from assistant.conversation.times import Time, find_times, shifted, with_year
from corpus.language.named_editions import find_editions

_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_COUNT = rf"(?P<count>an?|another|{'|'.join(_NUMBERS[1:])}|\d{{1,2}}|half a)"
_UNIT = r"(?P<unit>year|yr|quarter|qtr|month|week|day|edition|half|batch|round)"
_END = r"(?=\s*(?:[,?.!;]|$|and\b|or\b|according\b|by\b|to\b|for\b|was\b|in\b))"
_THAT = r"(?: (?:that|this|it|then|which)\b)?"
_LEAD = r"(?P<lead>\b(?:in|on|for|of|during|by|since)\s+)?"
_COUNTED = re.compile(
    rf"{_LEAD}(?:\bthe )?\b{_COUNT} {_UNIT}s? "
    rf"(?P<way>earlier|before|ago|previously|prior|later|after|afterwards|on){_THAT}{_END}",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"{_LEAD}\bthe {_UNIT} (?P<way>before|after|earlier|later|prior){_THAT}{_END}", re.IGNORECASE
)
_ADJACENT = re.compile(
    rf"{_LEAD}\bthe (?P<way>previous|preceding|prior|last|next|following|subsequent) {_UNIT}\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    rf"{_LEAD}\b(?:(?:the |this )?same|that|this) {_UNIT}\b"
    rf"(?: (?:of|in) (?P<year>20\d\d)\b)?{_END}",
    re.IGNORECASE,
)
_THE = re.compile(
    rf"(?P<lead>\b(?:in|for|of|during)\s+)the (?P<unit>year|quarter|half){_END}", re.IGNORECASE
)
_SAME_OF = re.compile(rf"\bthe same {_UNIT} (?:of|in) 20\d\d\b", re.IGNORECASE)
_SHORT = {"yr": "year", "qtr": "quarter", "round": "batch"}
_BACK = frozenset("earlier before ago previously prior previous preceding last".split())
_EDITION_YEAR = re.compile(r"20\d\d")


def with_told_times(core: str, last: Spoken) -> str:
    """Return a question whose times are told from those of the topic, with the times themselves.

    Where the topic names none the answer's latest year is taken. What cannot be told stays, and
    what is told from a year of the question itself:

        "two quarters earlier" after "the third quarter of 2025" -> "first quarter of 2025"
    """
    if any(time.year for time in find_times(core)) and not _SAME_OF.search(core):
        return core
    for finder in (_COUNTED, _NEXT, _ADJACENT, _SAME, _THE):
        if match := finder.search(core):
            told = _told(match, last)
            if told:
                lead = match["lead"] or "in "
                said = core[: match.start()].rstrip().lower()
                if said.endswith("according to"):
                    lead = ""
                elif lead.strip().lower() in ("in", "on"):
                    lead = _preposition(told)
                spaced = lead if not match.start() or core[match.start() - 1] == " " else f" {lead}"
                return f"{core[: match.start()]}{spaced}{told}{core[match.end() :]}"
    return core


def in_year_of(core: str, last: Spoken) -> str:
    """Return a question with the year of the last one where its own time has none: "in October"."""
    own = find_times(core)
    years = [time for time in find_times(last.question) if time.year]
    if len(own) != 1 or own[0].year or len(years) != 1:
        return core
    return f"{core[: own[0].start]}{with_year(own[0], years[0].year)}{core[own[0].end :]}"


def _preposition(told: str) -> str:
    if told.startswith("MCS") or re.match(r"Mineral|Minerals", told):
        return "according to "
    times = find_times(told)
    if times and times[0].unit == "day":
        return "on "
    return "in the " if re.match(r"[a-zA-Z]+ (?:quarter|half|batch|round)", told) else "in "


def _told(match: re.Match[str], last: Spoken) -> str:
    unit = match["unit"].lower()
    unit = _SHORT.get(unit, unit)
    groups = match.groupdict()
    way = (groups.get("way") or "").lower()
    count = _number(groups.get("count") or "one") * (-1 if way in _BACK else 1) if way else 0
    if unit == "edition":
        return _edition(last, count)
    base = _base(last, unit)
    if base is None:
        return ""
    whole = shifted(base, unit, count) if count else base.text
    if groups.get("year") and base.year:
        return shifted(base, "year", int(groups["year"]) - base.year)
    after_of = (match["lead"] or "").strip().lower() == "of"
    if unit == "year" and (after_of or not count):
        return str(base.year + count) if base.year else ""
    takes_article = after_of and re.match(r"(?:first|second|third|fourth) ", whole)
    return f"the {whole}" if takes_article else whole


def _number(count: str) -> int:
    word = count.lower()
    if word.isdigit():
        return int(word)
    return _NUMBERS.index(word) if word in _NUMBERS else 1


def _base(last: Spoken, unit: str) -> Time | None:
    """Return the time of the topic that a unit is counted from."""
    fitting = [time for time in find_times(last.question) if _counts(time, unit)]
    if fitting:
        return fitting[-1]
    answered = [time for time in find_times(last.answer) if _counts(time, unit)]
    return max(answered, key=lambda time: (time.year, time.index)) if answered else None


def _counts(time: Time, unit: str) -> bool:
    if unit == "year":
        return bool(time.year)
    if unit in ("day", "week"):
        return time.unit == "day"
    return time.unit == unit or (unit == "month" and time.unit == "day")


def _edition(last: Spoken, count: int) -> str:
    for text in (last.question, last.answer):
        for edition in find_editions(text):
            named = text[edition.start : edition.end]
            if year := _EDITION_YEAR.search(named):
                return named.replace(year.group(), str(int(year.group()) + count))
    return ""
