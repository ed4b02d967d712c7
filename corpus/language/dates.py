"""Days and months as they are written: in words of many languages, in figures, in East Asian signs.

Documents and the reader of times ask it. The patterns are our own: a parsing library says neither
where in a text a date stands nor how much of it was written ("February 2026" becomes a day), and
fills in the rest from the clock.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Literal

from corpus.language.vocabulary import Vocabulary, any_form, load_vocabulary, split_forms

DayOrder = Literal["day first", "month first", "unknown"]

YEAR = r"(?:1[6-9]|20)\d\d"
_FULL_YEAR = rf"{YEAR}(?!\d)"
_SHORT_YEAR = r"[’'‘]\d\d(?!\d)"
_THAI_YEAR = r"25[4-9]\d(?!\d)"  # of the Buddhist era, 543 years ahead
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_BIG_DAY = r"(?:3[01]|2\d|1[3-9])"  # which is no month
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|\.|\s?日)?"
_OF = r"(?:(?:of|de|del|di)\s+|d['’])?"
_APART = r"(?<![A-Za-z0-9_.,/])(?<![A-Za-z0-9]-)"  # no part of a longer figure or code
_ERAS = {"令和": 2018, "平成": 1988}
_CENTURY_TURNS = 70  # "'69" is of this century, "'70" of the last
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_DATE = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日])")
# Looks before the forms are tried one by one.
DIGIT = re.compile(r"\d")
_MAY_HOLD_DATE = re.compile(rf"{YEAR}|{_THAI_YEAR}|[年년]|[-/.]\d\d(?!\d)")
_MAY_HOLD_TERSE = re.compile(rf"{_MAY_HOLD_DATE.pattern}|[\s’'‘]\d\d(?!\d)")
_FIGURES = re.compile(r"\d\.?\s?[-–/.]\s?\d|tháng")
_SIGNS = re.compile(r"[年년]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SCRIPTS_OF_MARKS = re.compile(r"[\u0600-\u06ff\u0e00-\u0e7f]")  # whose words are not all letters

# Each "#" is the number of a form, by which its groups are told apart: y year, n or m the month in
# figures or words, d day, e era, a and b day and month in an order that must be told.
_DAYS = (
    rf"(?P<y#>{YEAR})(?P<s#>[-/.])(?P<n#>\d{{1,2}})(?P=s#)(?P<d#>\d{{1,2}})(?![\d-]|[./]\d)",
    r"(?<!\d)(?P<y#>\d{4})\s*[年년]\s*(?P<n#>\d{1,2})\s*[月월]\s*(?P<d#>\d{1,2})\s*[日号號일]",
    r"(?P<e#>令和|平成)\s*(?P<y#>\d{1,2}|元)年\s*(?P<n#>\d{1,2})月\s*(?P<d#>\d{1,2})日",
    rf"(?P<d#>\d{{1,2}}){_ORDINAL}[\s/-]?\s*{_OF}(?P<m#>MONTH),?[\s/-]?\s*{_OF}"
    rf"(?P<y#>{_FULL_YEAR}|{_THAI_YEAR})",
    r"(?P<d#>\d{1,2})-(?P<m#>MONTH)-(?P<y#>\d\d)(?![\d-])",
    rf"(?<!\w)(?P<m#>MONTH)\s*(?P<d#>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<y#>{_FULL_YEAR})",
    rf"(?P<y#>{_FULL_YEAR})[.,]?\s+(?P<m#>MONTH)\s+(?P<d#>\d{{1,2}})(?!\d)",
    rf"(?P<d#>\d{{1,2}})\s+tháng\s+(?P<n#>\d{{1,2}})(?:,|\s+năm)?\s+(?P<y#>{_FULL_YEAR})",
    rf"(?P<d#>\d{{1,2}})\.\s?(?P<n#>\d{{1,2}})\.\s?(?P<y#>{_FULL_YEAR})",
    r"(?P<d#>\d\d)\.(?P<n#>\d\d)\.(?P<y#>\d\d)(?![\d.,%])",
    rf"(?P<a#>\d{{1,2}})(?P<s#>[/-])(?P<b#>\d{{1,2}})(?P=s#)(?P<y#>{_FULL_YEAR})(?![/-])",
    r"(?P<a#>\d{1,2})/(?P<b#>\d{1,2})/(?P<y#>\d\d)(?=,?\s+\d{1,2}:\d\d)",
)
_MONTHS = (
    r"(?<!\d)(?P<y#>\d{4})\s*[年년]\s*(?P<n#>\d{1,2})\s*[月월]",
    r"(?P<e#>令和|平成)\s*(?P<y#>\d{1,2}|元)年\s*(?P<n#>\d{1,2})月",
    rf"(?<!\w)(?P<m#>MONTH),?[\s-]\s*{_OF}(?P<y#>{_FULL_YEAR})",
)
# Read in sentences about something; a document does not date itself so tersely.
_TERSE_DAYS = (
    rf"(?P<d#>{_DAY}){_ORDINAL}[\s-]*{_OF}(?P<m#>MONTH)[,\s-]*(?P<y#>{_SHORT_YEAR}|\d\d(?!\d))",
    rf"(?<!\w)(?P<m#>MONTH)\s*(?P<d#>{_DAY})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<y#>{_SHORT_YEAR})",
    rf"(?P<n#>{_MONTH})(?P<s#>[-–/])(?P<d#>{_BIG_DAY})(?P=s#)(?P<y#>{YEAR}|\d\d)(?![\d/])",
    rf"(?P<d#>{_BIG_DAY})(?P<s#>[-–/])(?P<n#>{_MONTH})(?P=s#)(?P<y#>{YEAR}|\d\d)(?![\d/])",
)
_TERSE_MONTHS = (
    rf"(?<!\w)(?P<m#>MONTH)\s*,?\s*{_OF}(?P<y#>{_FULL_YEAR}|{_SHORT_YEAR})",
    rf"(?<![\w$€£¥])(?P<y#>{YEAR})-(?P<n#>0[1-9]|1[0-2])(?![\d-])",
    # "June 30, December 31" are days of a year that is named elsewhere.
    r"(?<!\w)(?P<m#>MONTH)(?:-|\s(?!3[01]))(?P<y#>\d\d)(?![\d.,:]\d|\d|\w|\s*,)",
)
_Match = re.Match[str]
_Form = tuple[re.Pattern[str], str]  # and its kind: month first, words, figures or signs
_MONTH_FIRST = r"(?<!\w)(?P<m#>MONTH)"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date at `text[start:end]`; `iso` has the precision that is written ("2026-02")."""

    start: int
    end: int
    iso: str


def find_dates(
    text: str, order: DayOrder = "unknown", vocabulary: Vocabulary | None = None
) -> tuple[WrittenDate, ...]:
    """Return the dates written in a text, in order, months at least.

    Of "02/06/2026" only the year is known where neither the figures nor `order` say which is the
    day.
    """
    return date_forms(vocabulary or load_vocabulary()).find(text, order)


class DateForms:
    """The forms of dates, compiled from a vocabulary's table of months."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._months = month_numbers(vocabulary)
        self._words = frozenset(self._months)
        self.month = any_form(self._months) + r"(?!\w)\.?"
        self._begins_month = re.compile(rf"(?<!\w)(?={self.month})", re.IGNORECASE)
        self._forms = tuple(self._compiled((*_DAYS, *_MONTHS)))
        self._terse = tuple(self._compiled((*_TERSE_DAYS, *_TERSE_MONTHS)))
        numbered = zip(count(1), (*_DAYS, *_TERSE_DAYS))
        self.day = f"(?:{'|'.join(self._numbered(form, str(n)) for n, form in numbered)})"

    def _numbered(self, form: str, number: str) -> str:
        return form.replace("#", number).replace("MONTH", self.month)

    def _compiled(self, forms: Iterable[str]) -> Iterator[_Form]:
        for form in forms:
            stands_alone = form.startswith(("(?<!", "(?P<e#>"))
            whole = self._numbered(form, "1")
            pattern = re.compile(whole if stands_alone else _APART + whole, re.IGNORECASE)
            if form.startswith(_MONTH_FIRST):
                yield pattern, "month first"
            else:
                yield (
                    pattern,
                    "words" if "MONTH" in form else "signs" if "年" in form else "figures",
                )

    def find(self, text: str, order: DayOrder) -> tuple[WrittenDate, ...]:
        """Return the dates of a text, in order, but for those that are written tersely."""
        return self._find(text, self._forms, order) if _MAY_HOLD_DATE.search(text) else ()

    def find_all(self, text: str) -> tuple[WrittenDate, ...]:
        """Return the dates of a text, in order, with those like "Sept. '24" and "9/30/24"."""
        if not _MAY_HOLD_TERSE.search(text):
            return ()
        return self._find(text, (*self._forms, *self._terse), "unknown")

    def _find(self, text: str, forms: Iterable[_Form], order: DayOrder) -> tuple[WrittenDate, ...]:
        figured = text if text.isascii() else _CHINESE_DATE.sub(_in_figures, text)  # of one length
        kinds = self._kinds(figured)
        months = self._months_in(figured) if "words" in kinds else ()
        found: list[WrittenDate] = []
        for form, kind in forms:
            matches: Iterable[_Match] = ()
            if kind == "month first":
                matches = (match for at in months if (match := form.match(figured, at)))
            elif kind in kinds:
                matches = form.finditer(figured)
            for match in matches:
                if any(match.start() < one.end and one.start < match.end() for one in found):
                    continue
                if iso := self.iso(match.groupdict(), "1", order):
                    found.append(WrittenDate(match.start(), match.end(), iso))
        return tuple(sorted(found, key=lambda one: one.start))

    def _kinds(self, text: str) -> frozenset[str]:
        """Return the kinds of forms that a text may hold."""
        may_hold = {
            "figures": bool(_FIGURES.search(text)),
            "signs": bool(_SIGNS.search(text)),
            "words": not self._words.isdisjoint(_LETTERS.findall(text.casefold()))
            or bool(_SCRIPTS_OF_MARKS.search(text)),
        }
        return frozenset(kind for kind, is_held in may_hold.items() if is_held)

    def _months_in(self, text: str) -> tuple[int, ...]:
        """Return where months begin that are written in words."""
        if _SCRIPTS_OF_MARKS.search(text):
            return tuple(match.start() for match in self._begins_month.finditer(text))
        words = _LETTERS.finditer(text)
        return tuple(word.start() for word in words if word.group().casefold() in self._words)

    def iso_of_day(self, match: _Match) -> str:
        """Return the ISO form of what `day` matched as part of a pattern, "" if it is no date."""
        parts = match.groupdict()
        forms = range(1, len(_DAYS) + len(_TERSE_DAYS) + 1)
        number = next((str(n) for n in forms if parts.get(f"y{n}")), "")
        return self.iso(parts, number, "unknown") if number else ""

    def month_number(self, name: str) -> int:
        """Return the number of a month that is written in words."""
        return self._months[name.rstrip(".").casefold()]

    def iso(self, parts: Mapping[str, str | None], number: str, order: DayOrder) -> str:
        """Return the ISO form of the groups of one form."""

        def part(name: str) -> str:
            return parts.get(f"{name}{number}") or ""

        year = _year(part("y"), part("e"))
        if part("a"):
            return _of_figures(year, int(part("a")), int(part("b")), order)
        month = self.month_number(part("m")) if part("m") else int(part("n"))
        return checked_iso(year, month, int(part("d") or 0))


@lru_cache(maxsize=8)
def date_forms(vocabulary: Vocabulary) -> DateForms:
    """Return the forms of dates in the months of a vocabulary, compiled once."""
    return DateForms(vocabulary)


def month_numbers(vocabulary: Vocabulary, *languages: str) -> dict[str, int]:
    """Return the numbers of the months by their names in some languages, or in all."""
    return {
        name: int(number)
        for row in vocabulary.rows("months")
        for number, names in row.items()
        if number != "language" and (not languages or row["language"] in languages)
        for name in split_forms(names)
    }


@lru_cache(maxsize=8)
def weekday_pattern(vocabulary: Vocabulary) -> str:
    """Return a pattern of the days of a week, in words or short."""
    return any_form(form for form, _ in vocabulary.forms("weekdays"))


def checked_iso(year: int, month: int, day: int) -> str:
    """Return the ISO form of a date whose month or day may be 0 for unknown; "" if there is none"""
    try:
        whole = date(year, month or 1, day or 1).isoformat()
    except (ValueError, OverflowError):
        return ""
    if not re.match(YEAR, whole):
        return ""
    return whole if day else whole[:7] if month else whole[:4]


def year_of(written: str) -> int:
    """Return the year that two or four figures stand for: 2024 for "'24"."""
    figures = written.lstrip("’'‘")
    if len(figures) > 2:
        return int(figures)
    return int(figures) + (2000 if int(figures) < _CENTURY_TURNS else 1900)


def _year(written: str, era: str) -> int:
    if era:
        return _ERAS[era] + (1 if written == "元" else int(written))
    year = year_of(written)
    return year - 543 if year > 2400 else year


def _of_figures(year: int, one: int, two: int, order: DayOrder) -> str:
    if one > 12 or (order == "day first" and two <= 12):
        return checked_iso(year, two, one)
    if two > 12 or order == "month first" or one == two:
        return checked_iso(year, one, two)
    return str(year)


def _in_figures(match: _Match) -> str:
    written = match.group()
    if "十" not in written:
        return written.translate(_CHINESE_DIGITS)
    tens, _, ones = written.partition("十")
    value = int(
        (tens or "一").translate(_CHINESE_DIGITS) + (ones or "〇").translate(_CHINESE_DIGITS)
    )
    return str(value).rjust(len(written))
