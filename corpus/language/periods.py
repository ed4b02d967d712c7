"""Times as they are written: years, fiscal years, quarters, halves, months ended, days, spans.

`Period.text` is one canonical form for all ways of writing a time, after ISO 8601 and its extension
EDTF: "2025", "2024-Q3", "2024-H1", "2024-09", "2024-09-30", "2021/2024", "P3M/2023-07-01" (three
months to that day), "../2030" (by then), "2015/.." (since then); "FY2024" and "FY2024-Q1" count as
a company does, "2024-B1" is a batch of a quota.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from corpus.language.dates import DIGIT, YEAR, date_forms, year_of
from corpus.language.phrases import EAST_ASIAN
from corpus.language.vocabulary import Row, Vocabulary, load_vocabulary, split_forms

_NEAR_DAYS = 8  # 52 or 53 weeks beside twelve months
_LONGEST_SPAN = 130  # years
_NO_FIGURE = r"(?<![\w$€£¥])(?<![\d][.,])"
_AFTER_YEAR = r"(?![\w%°])(?!,\d{3})(?!\.\d)"
_MAY_BE_TIME = re.compile(  # a look before the forms are tried one by one
    rf"{YEAR}|25[4-9]\d|[A-Za-z’'‘.]\s?-?\d\d?(?![\d,%])|\d[QH]|\d\d?[./\s-]+[A-Za-z\d]"
)
_BEHIND_CHARS = 40
_QUARTERS = {3: "{year}-Q1", 6: "{year}-H1", 9: "{year}-Q1/{year}-Q3"}  # by how many months
_WEEKS = {13: 3, 14: 3, 26: 6, 27: 6, 39: 9, 40: 9, 52: 12, 53: 12}  # and their months
_ISO_CHARS = 10  # of a day
_SHORT_YEAR = r"[’'‘]\d\d(?!\d)"
_ANY_YEAR = rf"(?:{YEAR}(?!\d)|{_SHORT_YEAR})"
_Build = Callable[[re.Match[str]], Iterable[str]]
_Form = tuple[str, _Build]
_Reading = tuple[int, int, str, str]  # start, end, canonical form, mark


@dataclass(frozen=True, slots=True)
class Period:
    """A time in its canonical form, with its first and last day in ISO form.

    Both are "" where they are open, or not known as of a fiscal year.
    """

    text: str
    first: str = field(default="", compare=False)
    last: str = field(default="", compare=False)

    @property
    def is_open(self) -> bool:
        """Whether it has no beginning or no end: "by 2030", "since 2015"."""
        return ".." in self.text

    @property
    def year(self) -> int:
        """The year in which it ends; 0 where none is known."""
        years = re.findall(YEAR, self.text)
        return int(years[-1]) if years else 0

    @property
    def years(self) -> tuple[int, ...]:
        """The years that it names, a span's with all between."""
        named = [int(year) for year in re.findall(YEAR, self.text)]
        if len(named) == 2 and named[0] < named[1] and self.text.count("/") == 1:
            return tuple(range(named[0], named[1] + 1))
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A time at `text[start:end]`; `mark` is what is printed at a year: "e" in "2025e"."""

    start: int
    end: int
    period: Period
    mark: str = ""


def same_period(one: Period, other: Period) -> bool:
    """Tell whether two periods are one time: a quarter is its three months, within a week."""
    if one.text == other.text:
        return True
    texts = sorted((one.text, other.text))
    if re.fullmatch(r"FY\d{4}", texts[0]) and texts[1].startswith("P12M/"):
        return one.year == other.year  # a company counts a year by its end
    if one.is_open or other.is_open or not (one.first and other.first):
        return False
    return _days_apart(one.first, other.first) <= _NEAR_DAYS and (
        _days_apart(one.last, other.last) <= _NEAR_DAYS
    )


def contains(outer: Period, inner: Period) -> bool:
    """Tell whether one period lies within another, both with known ends."""
    known = outer.first and inner.first and outer.last and inner.last
    return bool(known) and outer.first <= inner.first and inner.last <= outer.last


def parse_period(text: str) -> Period:
    """Return the period of a canonical form; ValueError where it is none."""
    if text.startswith("../"):
        return Period(text, "", parse_period(text[3:]).last)
    if text.endswith("/.."):
        return Period(text, parse_period(text[:-3]).first, "")
    if months := re.fullmatch(r"P(\d+)M/(\d{4}-\d\d-\d\d)", text):
        return Period(text, _months_before(months[2], int(months[1])), months[2])
    if "/" in text:
        first, _, last_part = text.partition("/")
        return Period(text, parse_period(first).first, parse_period(last_part).last)
    if re.fullmatch(r"FY\d{4}(?:-[QH]\d)?|\d{4}-B\d", text):
        return Period(text)
    if part := re.fullmatch(r"(\d{4})-([QH])(\d)", text):
        length = 3 if part[2] == "Q" else 6
        last = length * int(part[3])
        if last > 12:
            raise ValueError(f"{text!r} is no period")
        return Period(text, f"{part[1]}-{last - length + 1:02}-01", _month_end(int(part[1]), last))
    if re.fullmatch(r"\d{4}", text):
        return Period(text, f"{text}-01-01", f"{text}-12-31")
    if month := re.fullmatch(r"(\d{4})-(\d\d)", text):
        return Period(text, f"{text}-01", _month_end(int(month[1]), int(month[2])))
    date.fromisoformat(text)
    return Period(text, text, text)


def first_months(year: str, months: int) -> str:
    """Return the canonical form of the first three, six or nine months of a company's year.

    `year` is "FY2024", or "2024"; nine months of it are "FY2024-Q1/FY2024-Q3".
    """
    return _QUARTERS[months].format(year=year)


def find_periods(text: str, vocabulary: Vocabulary | None = None) -> tuple[PeriodMention, ...]:
    """Return the times written in a text, in order; what is no time in figures is left out."""
    return _find_periods(text, vocabulary or load_vocabulary())


def find_years(text: str, vocabulary: Vocabulary | None = None) -> tuple[int, ...]:
    """Return the years that the times of a text name, each once, in order of appearance."""
    found = find_periods(text, vocabulary)
    named = (int(year) for one in found for year in re.findall(YEAR, one.period.text))
    return tuple(dict.fromkeys(named))


def lengths_ended(text: str) -> tuple[int, ...]:
    """Return the months of each length that a text says ended, with a date or without one.

    Heads of tables say "Thirty-nine weeks ended" in one line and the days in the next.
    """
    grammar = _grammar(load_vocabulary())
    return tuple(map(grammar.months_of, grammar.length.finditer(text)))


def find_parts(
    text: str, year: str, vocabulary: Vocabulary | None = None
) -> tuple[PeriodMention, ...]:
    """Return the months, quarters and halves that a text names without a year, as those of one.

    `year` is "2025", or "FY2025" where a company counts so.
    """
    return tuple(_grammar(vocabulary or load_vocabulary()).parts_alone(text, year))


@lru_cache(maxsize=20_000)
def _find_periods(text: str, vocabulary: Vocabulary) -> tuple[PeriodMention, ...]:
    may_be_time = DIGIT.search(text) and _MAY_BE_TIME.search(text)
    if not may_be_time and not EAST_ASIAN.search(text):
        return ()
    found: list[PeriodMention] = []
    grammar = _grammar(vocabulary)
    for read in grammar.readers:
        for start, end, canonical, mark in read(text):
            if any(start < one.end and one.start < end for one in found):
                continue
            try:
                period = parse_period(canonical)
            except ValueError:
                continue
            found.append(PeriodMention(start, end, period, mark))
    found.sort(key=lambda one: one.start)
    found = _with_shared_forms(text, grammar.with_shared_ends(text, found))
    return tuple(grammar.placed(text, one) for one in found)


def _with_shared_forms(text: str, found: list[PeriodMention]) -> list[PeriodMention]:
    """Return years as the finer times they are in a list: "ended June 30, 2022 and 2021"."""
    shared: list[PeriodMention] = []
    for one in found:
        before = shared[-1] if shared else None
        if before and re.fullmatch(r"\d{4}", one.period.text):
            finer = re.fullmatch(r"(P\d+M/|FY)?(\d{4})(-.+)?", before.period.text)
            gap = text[before.end : one.start]
            if finer and (finer[1] or finer[3]) and re.fullmatch(r",?\s*(?:and|or|und|et)\s+", gap):
                year = one.period.text
                form = f"{finer[1] or ''}{year}{finer[3] or ''}"
                with suppress(ValueError):  # no 29 February in that year
                    one = PeriodMention(one.start, one.end, parse_period(form), one.mark)
        shared.append(one)
    return shared


class _Grammar:
    """The forms of times, compiled from a vocabulary's tables of months and periods."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._dates = date_forms(vocabulary)
        rows = {row["kind"]: row for row in vocabulary.rows("periods")}
        self._parts = {
            form.casefold(): f"{kind[0].upper()}{kind[-1]}"
            for kind, row in rows.items()
            if re.fullmatch(r"(?:quarter|half|batch) \d", kind)
            for form in _all_forms(row)
        }
        self._first_months: dict[str, int] = {}
        for form in _all_forms(rows["first months"]):
            words, _, count = form.rpartition(":")
            self._first_months[words.casefold()] = int(count)
        self._numerals = {
            form: int(float(row["value"]))
            for form, row in vocabulary.forms("numerals", "words")
            if row["kind"] == "cardinal"
        }
        for words, months in tuple(self._first_months.items()):
            in_figures = (str(self._numerals.get(word, word)) for word in words.split())
            self._first_months[" ".join(in_figures)] = months
        self._shared_end = re.compile(
            rf"(?<!\w)(?P<count>\d{{1,2}}|{_alternatives(self._numerals)})[\s-]*(?:months?)?"
            r"\s*(?:and|or|und|et)\s+$",
            re.IGNORECASE,
        )
        self._masses = "|".join(
            re.escape(form)
            for form, row in vocabulary.forms("units", "written")
            if row["dimension"] in ("mass", "share", "people") and form.isalpha()
        )
        self._span_sign = re.compile(_span(rows["span"]), re.IGNORECASE)
        self.readers = (
            *(_reader(*form) for form in self._compiled_first(rows)),
            self._read_dates,
            *(_reader(*form) for form in self._compiled_last(rows)),
        )
        self._deadline = re.compile(rf"(?<!\w)(?:{_any(rows['deadline'])})\s+(?:the\s+)?$", re.I)
        self._since = re.compile(rf"(?<!\w)(?:{_any(rows['since'])})\s+(?:the\s+)?$", re.I)
        english = next(row for row in vocabulary.rows("months") if row["language"] == "english")
        names = _alternatives(n.title() for n in tuple(english.values())[1:])
        self._part_alone = re.compile(
            rf"\b(?:(?i:in|during|since|by|until|after|of|from)\s+(?P<month>{names})"
            rf"|(?i:the)\s+(?P<part>{_alternatives(self._parts)}))(?!\w)(?!\s*,?\s*(?:of\s+)?['’]?\d)"
        )
        self._span_word = re.compile(rf"\s(?:{_any_words(rows['span'])})\s", re.I)
        self._since_signs = tuple(split_forms(rows["since"]["chinese"]))
        self._deadline_signs = tuple(split_forms(rows["deadline"]["chinese"]))

    def _compiled_first(self, rows: Mapping[str, Row]) -> Iterable[_Form]:
        """Yield the forms that hold a day or a month and are read before these."""
        month, written_day = self._dates.month, self._dates.day
        part = _alternatives(self._parts)
        of = r"(?:\s*,?\s*(?:of|in|for|de|du|des|del|des\s+Jahres)\s+|[\s,.-]{0,3})"
        end_of = _any(rows["year end"])
        fiscal = rf"(?:{_any(rows['fiscal'])})"
        span = _span(rows["span"])
        tens = _alternatives(n for n in self._numerals if n.endswith("ty"))
        ones = _alternatives(n for n, value in self._numerals.items() if value < 10)
        number = rf"(?:\d{{1,2}}|{tens}[-\s]{ones}|{_alternatives(self._numerals)})"
        self.length = re.compile(
            rf"(?<!\w)(?P<count>{number})[\s-]*(?P<of>months?|weeks?)\s+ended", re.IGNORECASE
        )
        ended = (
            r"(?:(?:period|year|months?|weeks?|quarter|half)s?[\s-]*)?(?:ended|ending|to|through"
            r"|periods?\s+ended|-?month\s+periods?\s+ended)"
        )
        no_money = r"(?<![\w$€£¥])(?<!\d[.,])"
        months = r"(?:months?|mos?|(?-i:M))"
        yield (
            rf"{no_money}(?P<count>{number})[\s-]*(?P<of>{months}|weeks?)[\s-]*(?:periods?\s+)?"
            rf"(?:{ended})\s*(?:on\s+)?{written_day}",
            self._months_ended,
        )
        yield (
            rf"{no_money}(?P<count>{number})[\s-]*{months}[\s-]*(?:periods?\s+)?(?:{ended})\s+"
            rf"(?P<m>{month})\s*,?\s*(?P<y>{_ANY_YEAR})(?!\d)",
            self._months_to_month,
        )
        yield (
            rf"(?<!\w)(?:the\s+)?(?P<of>quarter(?:ly)?|half[\s-]year|half|(?:fiscal\s+|financial\s+)?years?)"
            rf"(?:\s+periods?)?\s+(?:ended|ending|to|that\s+ended)[\s:|*_]*(?:on\s+)?{written_day}",
            self._part_ended,
        )
        # The half, quarter or batch of a year, whichever stands first.
        fy = rf"(?P<fy>{fiscal}\s*|FY\s?)?"
        yield (
            rf"(?<!\w)(?P<part>{part})(?!\w)(?:\s+of)?(?:\s+(?:the|our|its))?{of}{fy}"
            rf"(?P<y>{_ANY_YEAR}|\d\d(?![\d.,]\d|\w))",
            self._part_of_year,
        )
        yield (
            rf"(?<!\w){fy}(?P<y>{YEAR}|{_SHORT_YEAR})\s*[,’'s-]*\s*(?P<part>{part})(?!\w)",
            self._part_of_year,
        )
        yield (rf"(?<!\w)(?:{self._parts_around(fy)})(?!\w)", self._part_around_year)
        yield (
            rf"(?<!\w)(?:the\s+)?(?P<of>quarter|half[\s-]year|(?:fiscal\s+|financial\s+)year|year(?=\s+end))"
            rf"\s+(?:ended|ending|to)\s+(?P<m>{month})\s*,?\s*(?P<y>{_ANY_YEAR})(?!\d)",
            self._part_to_month,
        )
        yield (
            rf"(?<!\w)(?P<m>{month})[\s,-]*(?P<y>{_ANY_YEAR}|\d\d)[\s-]+(?P<of>quarter|qtr|q)(?!\w)",
            self._part_to_month,
        )
        yield (
            rf"(?<!\w)(?P<code>[QHT][1-4]|[1-4][QH])(?:\s+of)?[\s,/’'-]*{fy}[’']?"
            rf"(?P<y>{YEAR}(?!\d)|\d\d(?!\d|[.,]\d))",
            self._code_of_year,
        )
        yield (
            rf"(?<!\w){fy}(?P<y>{YEAR}|(?<=FY)\d\d|\d\d)[\s,/’'-]*(?P<code>[QH][1-4]|[1-4][QH])(?!\w)",
            self._code_of_year,
        )
        yield (
            rf"(?P<y>\d{{4}})\s*年(?:度)?\s*(?P<part>{_signs_of(self._parts)})",
            self._part_of_year,
        )
        opening = _alternatives(self._first_months)
        yield (
            rf"{no_money}(?P<part>{opening})(?!\w){of}{fy}(?P<y>{_ANY_YEAR}|(?<=FY)\d\d(?!\d))"
            rf"|(?P<y2>\d{{4}})\s*年(?P<part2>{_signs_of(self._first_months)})",
            self._first_months_of,
        )
        yield (
            rf"{no_money}(?P<part>[369](?-i:M))(?P<y>{_SHORT_YEAR}|\d\d)(?![\w.,]?\d)",
            self._first_months_of,
        )
        yield (
            rf"(?<!\w)(?:the\s+)?last\s+day\s+of\s+(?P<m>{month})\s*,?\s*(?P<y>{_ANY_YEAR})"
            rf"|(?<!\w)(?:the\s+)?(?:{end_of})\s+(?:of\s+)?(?P<m2>{month})\s*,?\s*(?P<y2>{_ANY_YEAR})",
            self._end_of_month,
        )
        yield (
            rf"(?P<y>{YEAR})\s*年\s*(?P<first>\d{{1,2}})\s*月?{span}(?P<last>\d{{1,2}})\s*月",
            lambda m: [_of_months(int(m["y"]), int(m["first"]), int(m["last"]))],
        )
        yield (
            rf"(?<!\w)(?P<m>{month})[\s,]*(?P<y>{_ANY_YEAR})?{span}(?P<mb>{month})[\s,]*(?:of\s+)?"
            rf"(?P<yb>{_ANY_YEAR})(?!\d)",
            self._months_between,
        )
        yield (
            rf"(?<!\w)(?:{_any(rows['year to'])})\s+(?P<m>{month})\s*,?\s*(?P<y>{_ANY_YEAR})(?!\d)",
            self._year_to_month,
        )

    def _compiled_last(self, rows: Mapping[str, Row]) -> Iterable[_Form]:
        """Yield the forms of years, of what no day or month takes."""
        end_of = _any(rows["year end"])
        fiscal = rf"(?:{_any(rows['fiscal'])})"
        parts = (rows[kind]["words"] for kind in ("start", "middle", "late", "year end"))
        lead = [form.rstrip("-") for words in parts for form in split_forms(words)]
        led = "|".join(rf"(?<=(?i:{form})-)" for form in dict.fromkeys(lead) if form.isalpha())
        no_figure = rf"{_NO_FIGURE}(?:(?<![A-Za-z]-)|{led})"  # "end-2025", not "USGS-2025-0039"
        span = _span(rows["span"])
        yield (
            rf"(?<!\w){fiscal}\s*(?P<y>{YEAR})(?:{span}(?P<yb>{YEAR}|\d\d(?!\d)))"
            rf"|(?<!\w)FY\s?(?P<y2>\d\d(?:\d\d)?)\s?[-–/]\s?(?:FY)?(?P<yb2>\d\d(?:\d\d)?)(?!\d)",
            self._fiscal_span,
        )
        yield (
            rf"(?<!\w)(?:{fiscal}[\s-]*|FY\s?[’']?)(?P<y>{YEAR}(?!\d)|{_SHORT_YEAR}|(?<=FY)\d\d(?!\d)"
            rf"|(?<=FY[ ’'])\d\d(?!\d))(?P<mark>[eEfFpr](?!\w))?",
            self._fiscal_year,
        )
        between = (
            rf"(?:(?:between|zwischen|entre)\s+(?P<y5>{YEAR})\s+(?:and|und|et|y)\s+(?P<y6>{YEAR}))"
        )
        yield (
            rf"(?<!\w){between}|{no_figure}(?P<y>{YEAR})(?P<mark>[epr])?{span}"
            rf"(?P<yb>{YEAR}(?![\d])|(?<!\w\s)\d\d(?!\d|[.,]\d|\s?(?:%|percent)))(?![-–]\d)"
            rf"|(?P<y3>{YEAR})\s?/\s?(?P<y4>{YEAR}|\d\d)(?![\d/])",
            self._span,
        )
        yield (
            rf"(?<!\w)(?:the\s+)?(?:{end_of})\s+(?:of\s+|in\s+)?(?P<y>{YEAR})(?!\d)"
            rf"|(?<![\w.,])(?P<y2>{YEAR})\s*(?:yearend|year-end)|(?P<y3>\d{{4}})\s*年\s*(?:年?[底末])",
            lambda m: [f"{m['y'] or m['y2'] or m['y3']}-12-31"],
        )
        yield (r"(?<!\w)(?P<y>(?:1[6-9]|20)\d0)s\b", lambda m: [f"{m['y']}/{int(m['y']) + 9}"])
        partly = "|".join(_any(rows[kind]) for kind in ("start", "middle", "late", "season"))
        yield (rf"(?<!\w)(?:{partly})[\s,/-]*(?P<y>{YEAR})(?!\d)", lambda m: [m["y"]])
        counted = rf"(?!\s?(?:{self._masses})(?![A-Za-z]))"  # "1,677 t" without its comma
        calendar_year = rf"(?:(?:{_any(rows['calendar'])})[\s-]*)?"
        yield (
            rf"{no_figure}{calendar_year}(?P<y>{YEAR})(?P<mark>[eEfFpr°])?{_AFTER_YEAR}{counted}"
            rf"(?![-–]\d{{3}})|(?<!\d)(?P<y2>{YEAR})\s*[年년]",
            lambda m: [m["y"] or m["y2"]],
        )
        yield (r"(?<!\w)CY\s?[’']?(?P<y>\d\d)(?!\d)", lambda m: [f"20{m['y']}"])
        yield (r"(?<![\w’'])[’'‘](?P<y>\d\d)(?![\w’'])", lambda m: [str(year_of(m["y"]))])

    def placed(self, text: str, one: PeriodMention) -> PeriodMention:
        """Return a mention as a deadline or a beginning where the words before it say so."""
        before = text[max(0, one.start - _BEHIND_CHARS) : one.start]
        after = text[one.end : one.end + 3].strip()
        canonical = one.period.text
        if "/" in canonical:
            return one
        if (cue := self._deadline.search(before)) or after.startswith(self._deadline_signs):
            start = one.start - len(cue.group()) if cue else one.start
            return PeriodMention(start, one.end, parse_period(f"../{canonical}"), one.mark)
        has_end = self._span_word.search(text[one.start : one.end])  # "from July to September"
        if not has_end and (
            (cue := self._since.search(before)) or after.startswith(self._since_signs)
        ):
            start = one.start - len(cue.group()) if cue else one.start
            return PeriodMention(start, one.end, parse_period(f"{canonical}/.."), one.mark)
        return one

    def parts_alone(self, text: str, year: str) -> Iterator[PeriodMention]:
        """Yield the months, quarters and halves that are named without their year."""
        for match in self._part_alone.finditer(text):
            kind = "month" if match["month"] else "part"
            if kind == "month":
                canonical = f"{year[-4:]}-{self._dates.month_number(match['month']):02}"
            else:
                canonical = f"{year}-{self._parts[_plain(match['part'])]}"
            period = parse_period(canonical)
            yield self.placed(text, PeriodMention(match.start(kind), match.end(kind), period))

    def with_shared_ends(self, text: str, found: list[PeriodMention]) -> list[PeriodMention]:
        """Return times with those that share the end of the next: "three and six months ended"."""
        extended: list[PeriodMention] = []
        for one in found:
            before = self._shared_end.search(text[: one.start])
            ended = re.fullmatch(r"P\d+M(/.+)", one.period.text)
            if before and ended:
                written = before["count"].casefold()
                count = int(written) if written.isdigit() else self._numerals[written]
                period = parse_period(f"P{count}M{ended[1]}")
                end = len(before.group().rstrip().rpartition(" ")[0].rstrip())
                extended.append(PeriodMention(before.start(), before.start() + end, period))
            extended.append(one)
        return extended

    def _read_dates(self, text: str) -> Iterable[_Reading]:
        """Yield days and months, two days with the sign of a span between them as one."""
        dates = self._dates.find_all(text)
        at = 0
        while at < len(dates):
            one, *following = dates[at : at + 2]
            at += 1
            for other in following:
                between = text[one.end : other.start]
                are_days = len(one.iso) == len(other.iso) == _ISO_CHARS
                if are_days and self._span_sign.fullmatch(between):
                    at += 1
                    yield one.start, other.end, f"{one.iso}/{other.iso}", ""
                    break
            else:
                yield one.start, one.end, one.iso, ""

    def months_of(self, match: re.Match[str]) -> int:
        """Return how many months a length has that is written in months or weeks; 0 if none."""
        parts = re.split(r"[-\s]+", match["count"].casefold())
        count = sum(int(part) if part.isdigit() else self._numerals[part] for part in parts)
        return count if match["of"].casefold().startswith("month") else _WEEKS.get(count, 0)

    def _months_ended(self, match: re.Match[str]) -> Iterable[str]:
        if count := self.months_of(match):
            yield f"P{count}M/{self._dates.iso_of_day(match)}"

    def _months_to_month(self, match: re.Match[str]) -> Iterable[str]:
        written = match["count"].casefold()
        count = int(written) if written.isdigit() else self._numerals.get(written, 0)
        if count:
            end = _month_end(year_of(match["y"]), self._dates.month_number(match["m"]))
            yield f"P{count}M/{end}"

    def _year_to_month(self, match: re.Match[str]) -> Iterable[str]:
        month = self._dates.month_number(match["m"])
        yield f"P{month}M/{_month_end(year_of(match['y']), month)}"

    def _part_ended(self, match: re.Match[str]) -> Iterable[str]:
        yield f"P{_months_of_part(match['of'])}M/{self._dates.iso_of_day(match)}"

    def _part_to_month(self, match: re.Match[str]) -> Iterable[str]:
        end = _month_end(year_of(match["y"]), self._dates.month_number(match["m"]))
        yield f"P{_months_of_part(match['of'])}M/{end}"

    def _parts_around(self, fiscal: str) -> str:
        """Return the form of a part whose year stands within it: "the first 2024 batch"."""
        words = [form.split() for form in self._parts if form.count(" ") == 1]
        firsts = _alternatives(dict.fromkeys(first for first, _ in words))
        lasts = _alternatives(dict.fromkeys(last for _, last in words))
        return rf"(?P<first>{firsts})\s+{fiscal}(?P<y>{_ANY_YEAR})\s+(?P<last>{lasts})"

    def _part_around_year(self, match: re.Match[str]) -> Iterable[str]:
        code = self._parts.get(_plain(f"{match['first']} {match['last']}"))
        if code:
            yield f"{'FY' if match['fy'] else ''}{year_of(match['y'])}-{code}"

    def _part_of_year(self, match: re.Match[str]) -> Iterable[str]:
        code = self._parts[_plain(match["part"])]
        fiscal = "FY" if match.groupdict().get("fy") else ""
        yield f"{fiscal}{year_of(match['y'])}-{code}"

    def _code_of_year(self, match: re.Match[str]) -> Iterable[str]:
        code = match["code"].upper().replace("T", "Q")
        code = code if code[0] in "QH" else code[::-1]
        fiscal = "FY" if match.groupdict().get("fy") else ""
        if code not in ("H3", "H4"):
            yield f"{fiscal}{year_of(match['y'])}-{code}"

    def _first_months_of(self, match: re.Match[str]) -> Iterable[str]:
        said = match.groupdict()
        months = self._first_months[_plain(said["part"] or said["part2"])]
        year = year_of(said["y"] or said["y2"])
        if not said.get("fy"):
            yield _of_months(year, 1, months)
        elif months in _QUARTERS:
            yield first_months(f"FY{year}", months)

    def _end_of_month(self, match: re.Match[str]) -> Iterable[str]:
        month = self._dates.month_number(match["m"] or match["m2"])
        yield _month_end(year_of(match["y"] or match["y2"]), month)

    def _months_between(self, match: re.Match[str]) -> Iterable[str]:
        last_year = year_of(match["yb"])
        first_year = year_of(match["y"]) if match["y"] else last_year
        first, last = self._dates.month_number(match["m"]), self._dates.month_number(match["mb"])
        if first_year == last_year:
            yield _of_months(first_year, first, last)
        else:
            yield f"{first_year}-{first:02}/{last_year}-{last:02}"

    def _fiscal_span(self, match: re.Match[str]) -> Iterable[str]:
        first, last = match["y"] or match["y2"], match["yb"] or match["yb2"]
        start = year_of(first)
        end = _second_year(start, last)
        if (
            match["y2"] or len(last) == 2
        ) and end == start + 1:  # "FY2024/25" is one year of twelve months
            yield f"FY{end}"
        else:
            yield f"FY{start}/FY{end}"

    def _fiscal_year(self, match: re.Match[str]) -> Iterable[str]:
        yield f"FY{year_of(match['y'])}"

    def _span(self, match: re.Match[str]) -> Iterable[str]:
        first = match["y"] or match["y3"] or match["y5"]
        end = _second_year(int(first), match["yb"] or match["y4"] or match["y6"])
        if int(first) < end <= int(first) + _LONGEST_SPAN:
            yield f"{first}/{end}"


def _months_of_part(written: str) -> int:
    """Return how many months a quarter, a half or a year has."""
    of = written.casefold()
    return 3 if of.startswith("q") else 6 if of.startswith("half") else 12


def _plain(words: str) -> str:
    """Return words in lower case with single spaces, as tables have them."""
    return " ".join(words.casefold().split())


@lru_cache(maxsize=8)
def _grammar(vocabulary: Vocabulary) -> _Grammar:
    return _Grammar(vocabulary)


def _all_forms(row: Row) -> list[str]:
    return [form for column in tuple(row)[1:] for form in split_forms(row[column])]


def _alternatives(forms: Iterable[str]) -> str:
    held = sorted((f for f in forms if not EAST_ASIAN.search(f)), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in held) + ")"


def _reader(pattern: str, build: _Build) -> Callable[[str], Iterable[_Reading]]:
    """Return what reads one form: where it stands, its canonical form, and the mark beside it."""
    form = re.compile(pattern, re.IGNORECASE)

    def read(text: str) -> Iterator[_Reading]:
        for match in form.finditer(text):
            mark = match.groupdict().get("mark") or ""
            for canonical in build(match):
                yield match.start(), match.end(), canonical, mark

    return read


def _span(row: Row) -> str:
    return rf"(?:\s*(?:{_any_signs(row)})\s*|\s+(?:{_any_words(row)})\s+)"


def _any(row: Row) -> str:
    return _alternatives(_all_forms(row))[3:-1]


def _any_signs(row: Row) -> str:
    return "|".join(re.escape(f) for f in _all_forms(row) if not f.isalpha() or EAST_ASIAN.match(f))


def _any_words(row: Row) -> str:
    words = [f for f in _all_forms(row) if f.isalpha() and not EAST_ASIAN.match(f)]
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _signs_of(forms: Iterable[str]) -> str:
    held = sorted((f for f in forms if EAST_ASIAN.search(f)), key=len, reverse=True)
    return "|".join(map(re.escape, held))


def _second_year(first: int, written: str) -> int:
    return int(written) if len(written) == 4 else first // 100 * 100 + int(written)


def _of_months(year: int, first: int, last: int) -> str:
    """Return the canonical form of the months from one to another of a year."""
    length = last - first + 1
    if length == 12:
        return str(year)
    if length == 3 and first % 3 == 1:
        return f"{year}-Q{last // 3}"
    if length == 6 and first in (1, 7):
        return f"{year}-H{last // 6}"
    return f"{year}-{first:02}/{year}-{last:02}" if length > 1 else f"{year}-{first:02}"


def _month_end(year: int, month: int) -> str:
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def _months_before(day: str, months: int) -> str:
    """Return the first day of so many months that end on a day."""
    end = date.fromisoformat(day) + timedelta(days=1)
    month = end.year * 12 + end.month - 1 - months
    last = calendar.monthrange(month // 12, month % 12 + 1)[1]
    return date(month // 12, month % 12 + 1, min(end.day, last)).isoformat()


def _days_apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
