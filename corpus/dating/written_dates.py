"""Dates as they are written: in words of many languages, in figures, in East Asian signs.

The patterns are our own. A parsing library says neither where in a text a date stands nor how
much of it was written ("February 2026" becomes a day), and fills in the rest from the clock.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate
from typing import Literal

DayOrder = Literal["day first", "month first", "unknown"]

# Names of the months, abbreviations behind them, one string a language.
_NAMES = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sept oct nov dec",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr mars avr mai juin juil aout sep oct nov déc",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jan feb mrz apr mai jun jul aug sep okt nov dez",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago setiembre oct nov dic",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november desember",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta"
    " syyskuuta lokakuuta marraskuuta joulukuuta",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada"
    " grudnia",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "januari februari mac april mei juni juli ogos september oktober november disember",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "január február március április május június július augusztus szeptember október november"
    " december",
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
)
ENGLISH_MONTHS = tuple(_NAMES[0].split())
ENGLISH_MONTH = f"(?:{'|'.join(ENGLISH_MONTHS)})"  # for patterns that ignore case
_MONTHS = {name: n for names in _NAMES for n, name in enumerate(names.split(), 1)}
_MONTH = "(?:" + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True)) + r")(?!\w)\.?"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_THAI_YEAR = r"25[4-9]\d(?!\d)"  # of the Buddhist era, 543 years ahead
_OF = r"(?:(?:of|de|del|di)\s+|d['’])?"
_APART = r"(?<![A-Za-z0-9_.,/])(?<![A-Za-z0-9]-)"  # no part of a longer figure or code
_ERAS = {"令和": 2018, "平成": 1988}
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_DATE = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日])")
_FORMS = tuple(
    re.compile(_APART + form if figures else form, re.IGNORECASE)
    for figures, form in (
        (1, rf"(?P<y>{_YEAR})([-/.])(?P<m>\d{{1,2}})\2(?P<d>\d{{1,2}})(?![\d-]|[./]\d)"),
        (
            0,
            r"(?<!\d)(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월](?:\s*(?P<d>\d{1,2})\s*[日号號일])?",
        ),
        (0, r"(?P<era>令和|平成)\s*(?P<y>\d{1,2}|元)年\s*(?P<m>\d{1,2})月(?:\s*(?P<d>\d{1,2})日)?"),
        (
            1,
            rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.|\s?日)?[\s/-]?\s*{_OF}(?P<month>{_MONTH})"
            rf",?[\s/-]?\s*{_OF}(?P<y>{_YEAR}|{_THAI_YEAR})",
        ),
        (1, rf"(?P<d>\d{{1,2}})-(?P<month>{_MONTH})-(?P<short>\d\d)(?![\d-])"),
        (
            0,
            rf"(?<!\w)(?P<month>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)"
            rf"(?P<y>{_YEAR})",
        ),
        (1, rf"(?P<y>{_YEAR})[.,]?\s+(?P<month>{_MONTH})\s+(?P<d>\d{{1,2}})(?!\d)"),
        (1, rf"(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}})(?:,|\s+năm)?\s+(?P<y>{_YEAR})"),
        (1, rf"(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>{_YEAR})"),
        (1, r"(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<short>\d\d)(?![\d.,%])"),
        (1, rf"(?P<one>\d{{1,2}})([/-])(?P<two>\d{{1,2}})\2(?P<y>{_YEAR})(?![/-])"),
        (1, r"(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<short>\d\d)(?=,?\s+\d{1,2}:\d\d)"),
        (0, rf"(?<!\w)(?P<month>{_MONTH}),?[\s-]\s*{_OF}(?P<y>{_YEAR})"),
    )
)
# Read only where nothing but a date is expected: in running text they are anything.
_BARE = re.compile(
    r"(?:D:)?(?P<y>(?:19|20)\d\d)(?:(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?:\d{4,6}(?!\d)|(?!\d)).*"
    r"|[-/.](?P<m2>0?[1-9]|1[0-2])(?![\d/.-]).*|(?=$|T|\s|[,;]).*)",
    re.DOTALL,
)
_MONTH_YEAR = re.compile(rf"(?P<m>0?[1-9]|1[0-2])[/.-](?P<y>{_YEAR})")
_PART_OF_YEAR = re.compile(
    rf"(?:[QH][1-4]|spring|summer|autumn|fall|winter|[1-4][QH])[\s,/-]*(?P<y>{_YEAR})(?![/-])", re.I
)
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")
# Zones and words of those who write the day before the month.
_DAY_FIRST = re.compile(r"\b(?:GMT|BST|AEST|AEDT|ASX|publié|publicad[oa]|Ngày|ngày|[а-я]{4,})\b")
_NOT_ENGLISH = re.compile(
    r"\b(?:der|und|das|für|les|des|une|los|las|del|dos|não|em|della|nel|il|het|een|och|på|que|"
    r"\w*[ãõçñß]\w*)\b"
)
_CLOCK_WORDS = re.compile(
    r"\d[\d:.]*\s?(?:[ap]\.?m\.?\b|h\b|Uhr\b)?|\b(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun|wed|thu|"
    r"sat)(?:day)?|at|um|on|den|le|updated|published|posted|GMT|UTC|[ECMPB][DSE]?T|[A-Z]{2,4}T)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:ago|yesterday|today|tomorrow|last|next|since|before|after)\b", re.I)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date at `text[start:end]`; `iso` has the precision that is written ("2026-02")."""

    start: int
    end: int
    iso: str


def find_dates(text: str, order: DayOrder = "unknown") -> tuple[WrittenDate, ...]:
    """Return the dates written in a text, in order, months at least.

    Of "02/06/2026" only the year is known where neither the figures nor `order` say which is the
    day.
    """
    figured = _CHINESE_DATE.sub(_in_figures, text)  # keeps the length
    found: list[WrittenDate] = []
    for form in _FORMS:
        for match in form.finditer(figured):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            if iso := _iso(match.groupdict(), order):
                found.append(WrittenDate(match.start(), match.end(), iso))
    return tuple(sorted(found, key=lambda one: one.start))


def read_date(written: str) -> str:
    """Return the ISO form of a text that is a date ("6 February 2026" -> "2026-02-06"), or "".

    Seconds since 1970 are read, and of "Q1 2026" the year, as of "02/06/2026". "2 days ago" is no
    date.
    """
    written = written.strip()
    if _EPOCH.fullmatch(written):
        seconds = int(written) / (1000 if len(written) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    if _RELATIVE.search(written):
        return ""
    if found := find_dates(written):
        return found[0].iso
    if bare := _BARE.fullmatch(written):
        month = bare["m"] or bare["m2"]
        return _checked(int(bare["y"]), int(month or 0), int(bare["d"] or 0))
    if short := _MONTH_YEAR.fullmatch(written):
        return _checked(int(short["y"]), int(short["m"]), 0)
    if part := _PART_OF_YEAR.fullmatch(written):
        return part["y"]
    if parsed := parsedate(written):  # the older two-digit years of mail
        return _checked(*parsed[:3])
    return ""


def is_only_date(text: str) -> bool:
    """Tell whether a text says no more than when: "Oct 9, 2025 | 4:12 PM"."""
    dates = find_dates(text)
    if not dates:
        return False
    rest = f"{text[: dates[0].start]} {text[dates[-1].end :]}"
    return len(dates) < 3 and not re.search(r"[^\W\d_]", _CLOCK_WORDS.sub(" ", rest))


def day_order(text: str) -> DayOrder:
    """Return which of "02/06/2026" is the day in a text, from its other dates and its marks."""
    for one, two in re.findall(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d\d(?!\d)", text):
        if int(one) > 12 >= int(two):
            return "day first"
        if int(two) > 12 >= int(one):
            return "month first"
    if re.search(r"\b(?:E[DS]T|P[DS]T|[apAP]\.?[mM]\.? ET|NYSE|NASDAQ|U\.S\. SEC)\b", text):
        return "month first"
    if _DAY_FIRST.search(text) or len(set(_NOT_ENGLISH.findall(text))) > 1:
        return "day first"
    return "unknown"


def _in_figures(match: re.Match[str]) -> str:
    written = match.group()
    if "十" not in written:
        return written.translate(_CHINESE_DIGITS)
    tens, _, ones = written.partition("十")
    value = int(
        (tens or "一").translate(_CHINESE_DIGITS) + (ones or "〇").translate(_CHINESE_DIGITS)
    )
    return str(value).rjust(len(written))


def _iso(parts: dict[str, str | None], order: DayOrder) -> str:
    written = {name: part for name, part in parts.items() if part}
    year = 2000 + int(written["short"]) if "short" in written else 0
    if era := written.get("era"):
        year = _ERAS[era] + (1 if written["y"] == "元" else int(written["y"]))
    year = year or int(written["y"])
    year -= 543 if year > 2400 else 0
    if "one" in written:
        return _of_figures(year, int(written["one"]), int(written["two"]), order)
    month = written.get("m") or str(_MONTHS[written["month"].rstrip(".").lower()])
    return _checked(year, int(month), int(written.get("d", "0")))


def _of_figures(year: int, one: int, two: int, order: DayOrder) -> str:
    if one > 12 or (order == "day first" and two <= 12):
        return _checked(year, two, one)
    if two > 12 or order == "month first" or one == two:
        return _checked(year, one, two)
    return str(year)


def _checked(year: int, month: int, day: int) -> str:
    """Return the ISO form of a date whose month or day may be 0 for unknown; "" if there is none"""
    try:
        whole = date(year, month or 1, day or 1).isoformat()
    except (ValueError, OverflowError):
        return ""
    if not 1900 <= year < 2100:
        return ""
    return whole if day else whole[:7] if month else whole[:4]
