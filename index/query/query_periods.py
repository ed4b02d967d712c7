"""The times and the editions that a question asks for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from corpus.language.dates import date_forms
from corpus.language.measures import find_measures, find_terms
from corpus.language.named_editions import (
    NamedEdition,
    editions_asked,
    publications_asked,
    short_name,
)
from corpus.language.periods import Period, PeriodMention, find_periods, parse_period
from corpus.language.vocabulary import Vocabulary, any_form, split_forms
from corpus.lexicon import load_lexicon
from index.query.normalization import (
    of_correction,
    quarter_by_month,
    quarter_words,
)
from index.query.query_names import listing
from index.query.remaining_text import RemainingText

_SHORT_YEAR = re.compile(
    r"(?<![\w.,/$€£¥-])[’']?(?:(\d\d)\s?[-–/]\s?)?[’']?(\d\d)([efp])?(?![\w/%-]|[.,]\w)"
)
_BARE_YEAR = re.compile(r"(?<![\w.,/$€£¥-])(?:19|20)(?!00)\d\d(?![\w/%-]|[.,]\w)")
_SHORT_YEARS = range(15, 60)  # what two figures may mean
_SPAN_OF_YEARS = re.compile(r"\d{4}/\d{4}")
_WORD_BEHIND = re.compile(r"\s[^\W\d_]")
_YEAR = r"(?:19|20)\d\d"
_OF = re.compile(r"\s+of\s+(?:the\s+)?", re.IGNORECASE)  # whose edition it is


def edition_spans(text: str, vocabulary: Vocabulary) -> tuple[NamedEdition, ...]:
    """Return the editions that a question names, the series of some unsaid: "the 2026 edition"."""
    found = list(editions_asked(text))
    for one in tuple(found):
        end = one.end
        while more := _another_year(vocabulary).match(text, end):  # "MCS 2025 vs 2026"
            year = int(more["year"])
            found.append(NamedEdition(end, more.end(), one.series, year, one.publisher))
            end = more.end()
    for one in tuple(found):
        for match in _another_version(vocabulary).finditer(text, one.end):
            if one.version and match.start() == found[-1].end:  # "v1.0 and v1.3"
                span = (match.start(), match.end())
                found.append(replace(one, start=span[0], end=span[1], version=match["version"]))
    for series, pattern in _lone_editions(vocabulary):
        for match in pattern.finditer(text):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            if of := _OF.match(text, match.end()):
                series = _series_behind(text, of.end())
            if series:
                found.append(NamedEdition(*match.span(), series, int(match["year"]), ""))
    for one in tuple(found):  # "the 2025 and the 2026 editions"
        before = _year_before(vocabulary).search(text[: one.start])
        if before and text[one.start].isdigit():
            year = int(before["year"])
            found.append(replace(one, start=before.start(), end=one.start, year=year, version=""))
    return tuple(sorted(found, key=lambda one: one.start))


def _series_behind(text: str, start: int) -> str:
    """Return the series of the publication that is named at a place, "" where none is."""
    for mention in publications_asked(text):
        if mention.start == start:
            return short_name(mention.entry)
    return ""


def take_editions(text: RemainingText) -> tuple[str, ...]:
    """Take named editions of publications: "MCS 2026", "2025 Minerals Yearbook", "the MCS"."""
    spans = edition_spans(text.text, text.vocabulary)
    named = [(one.start, one.end, one.name) for one in spans]
    series = {one.series for one in spans}
    for mention in publications_asked(text.text):
        is_named = any(one.start <= mention.start < one.end for one in spans)
        entry = mention.entry
        if entry.rank != "filing" and not is_named:
            if short_name(entry) in series:
                text.take(mention.start, mention.end)  # of which an edition is named
            else:
                named.append((mention.start, mention.end, short_name(entry)))
    for start, end, _ in named:
        text.take(start, end)
    if named:
        for match in _edition_word(text.vocabulary).finditer(text.left):
            text.take(*match.span())
    return tuple(dict.fromkeys(name for _, _, name in sorted(named)))


def take_periods(text: RemainingText) -> tuple[tuple[Period, ...], tuple[str, ...]]:
    """Take the times asked for, and return them with their marks ("e" of "2025e").

    Of a span of years each of them is asked for, too.
    """
    found = list(_take_listed_months(text))
    left = text.left
    for one in find_periods(left, text.vocabulary):
        start, end = one.start, one.end
        if named := of_correction(one, left, text.vocabulary):
            text.take(*named)  # the word that names it is left, and no time of the fact
            continue
        if quarter := quarter_by_month(one, left, text.vocabulary):
            start, end = quarter_words(one, left, text.vocabulary)
            one = replace(one, period=quarter)
        if one.period.text.startswith("../") and _measures_follow(left[end:], text.vocabulary):
            start = end - len(left[start:end].split()[-1])
            one = replace(one, period=parse_period(one.period.text.removeprefix("../")))
        if at_end := _end_of(text.vocabulary).search(left[:start]):
            start = at_end.start()  # a stock is counted at the end of its period
        text.take(start, end)
        found.append(one)
    found = list(_with_known_ends(sorted(found, key=lambda one: one.start), text))
    return _with_each_year(found), tuple(one.mark for one in found if one.mark)


def _take_listed_months(text: RemainingText) -> Iterator[PeriodMention]:
    """Take months whose year stands behind the last of their list: "Aug" of "Aug + Nov 2025"."""
    forms = date_forms(text.vocabulary)
    for match in _listed_month(text.vocabulary).finditer(text.left):
        text.take(*match.span())
        month = f"{match['year']}-{forms.month_number(match['month']):02}"
        yield PeriodMention(*match.span(), parse_period(month))


@lru_cache(maxsize=4)
def _listed_month(vocabulary: Vocabulary) -> re.Pattern[str]:
    month, joint = date_forms(vocabulary).month, listing(vocabulary).pattern
    behind = rf"{joint}(?:{month}{joint})*{month}\s+(?P<year>{_YEAR})"
    return re.compile(rf"(?<!\w)(?P<month>{month})(?={behind})", re.IGNORECASE)


def _measures_follow(behind: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a measure stands behind a time: "by 2025 revenue" is no deadline."""
    statistics = find_terms("statistics", behind, vocabulary)
    skipped = max((one.end for one in statistics if one.start < 2), default=0)
    found = find_measures(behind[skipped:], vocabulary)
    return bool(found) and found[0].start < 2


def _with_known_ends(
    found: Sequence[PeriodMention], text: RemainingText
) -> Iterator[PeriodMention]:
    """Yield times of which one that another follows is not open: "from the third to the fourth"."""
    for one, other in zip_longest(found, found[1:]):
        canonical = one.period.text
        if other and canonical.endswith("/.."):
            between = text.text[one.end : other.start]
            if _until(text.vocabulary).fullmatch(between):
                one = replace(one, period=parse_period(canonical.removesuffix("/..")))
        yield one


def take_short_years(text: RemainingText) -> tuple[tuple[Period, ...], tuple[str, ...]]:
    """Take figures that stand for a year beside what is taken: "px 24", "25e", "1998 tonnes".

    To be called when all else is taken: two figures before a word that is left count it.
    """
    left = text.left
    found = [
        PeriodMention(*match.span(), parse_period(match.group()))
        for match in _BARE_YEAR.finditer(left)
    ]
    text.take_all(found)
    left = text.left
    scales = _scale_behind(text.vocabulary)
    for match in _SHORT_YEAR.finditer(left):
        first, last = int(match[1] or match[2]), int(match[2])
        is_count = (
            _WORD_BEHIND.match(left, match.end())
            or scales.match(text.text, match.end())
            or _article(text.vocabulary).search(text.text[: match.start()])  # "15 of the 17"
        )
        if (is_count and not match[1]) or first > last:
            continue
        if first in _SHORT_YEARS and last in _SHORT_YEARS:
            said = f"20{first}/20{last}" if match[1] else f"20{last}"
            found.append(PeriodMention(*match.span(), parse_period(said), match[3] or ""))
            text.take(*match.span())
    return _with_each_year(found), tuple(one.mark for one in found if one.mark)


def _with_each_year(found: list[PeriodMention]) -> tuple[Period, ...]:
    periods: dict[Period, None] = {}
    for one in found:
        periods[one.period] = None
        if _SPAN_OF_YEARS.fullmatch(one.period.text):
            periods |= {parse_period(str(year)): None for year in one.period.years}
    return tuple(periods)


@lru_cache(maxsize=4)
def _end_of(vocabulary: Vocabulary) -> re.Pattern[str]:
    ends = any_form(vocabulary.words("periods", "year end"))
    return re.compile(rf"(?<!\w){ends}(?:-|\s+(?:the\s+)?)$", re.IGNORECASE)


@lru_cache(maxsize=4)
def _until(vocabulary: Vocabulary) -> re.Pattern[str]:
    until = any_form(split_forms(vocabulary.row("periods", "span")["words"]))
    return re.compile(rf"\s*(?:,\s*)?{until}\s*(?:the\s+)?", re.IGNORECASE)


@lru_cache(maxsize=4)
def _scale_behind(vocabulary: Vocabulary) -> re.Pattern[str]:
    words = any_form(form for form, _ in vocabulary.forms("scales", "words", "chinese"))
    return re.compile(rf"\s*{words}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _article(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_form(vocabulary.words('grammar', 'article'))}\s+$", re.I)


@lru_cache(maxsize=4)
def _another_year(vocabulary: Vocabulary) -> re.Pattern[str]:
    listing = any_form(vocabulary.words("asked", "listing"))
    return re.compile(rf"\s*{listing}\s*(?P<year>{_YEAR})(?!\d)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _year_before(vocabulary: Vocabulary) -> re.Pattern[str]:
    listing = any_form(one for one in vocabulary.words("asked", "listing") if one != ",")
    return re.compile(rf"(?<![\w-])(?P<year>{_YEAR})\s*{listing}\s*(?:the\s+)?$", re.IGNORECASE)


@lru_cache(maxsize=4)
def _another_version(vocabulary: Vocabulary) -> re.Pattern[str]:
    listing = any_form(vocabulary.words("asked", "listing"))
    return re.compile(rf"\s*{listing}\s*v\.?\s?(?P<version>\d+(?:\.\d+)+)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _edition_word(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_form(vocabulary.words('asked', 'edition'))}(?!\w)", re.I)


def _publisher_names(series: str) -> Iterator[str]:
    """Yield the names of who publishes a series: "USGS" for the MCS."""
    lexicon = load_lexicon()
    for entry in lexicon.named(series):
        for publisher in map(lexicon.entry, entry.parents):
            yield publisher.name
            yield from (other.text for other in publisher.other_names)


@lru_cache(maxsize=4)
def _lone_editions(vocabulary: Vocabulary) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the series of editions that are named without it, and how each is."""
    edition = any_form(vocabulary.words("asked", "edition"))
    yearbook = any_form(vocabulary.words("asked", "yearbook"))
    starts = split_forms(vocabulary.row("periods", "start")["words"])
    when = rf"(?:(?:{any_form(starts)}|{date_forms(vocabulary).month})\s+)?"
    series = vocabulary.words("asked", "series of editions")[0]
    whose = any_form(_publisher_names(series))
    publication = any_form(vocabulary.word_class("publication"))
    return (
        (
            series,
            re.compile(rf"(?<!\w)(?P<year>{_YEAR})\s+{whose}\s+{publication}(?!\w)", re.IGNORECASE),
        ),
        (
            series,
            re.compile(rf"(?<!\w){when}(?P<year>{_YEAR})\s+{edition}(?!\w)", re.IGNORECASE),
        ),
        (
            series,
            re.compile(rf"(?<!\w){edition}\s+of\s+{when}(?P<year>{_YEAR})(?!\w)", re.IGNORECASE),
        ),
        (
            vocabulary.words("asked", "series of yearbooks")[0],
            re.compile(rf"(?<!\w){yearbook},?\s+(?P<year>{_YEAR})(?!\d)", re.IGNORECASE),
        ),
    )
