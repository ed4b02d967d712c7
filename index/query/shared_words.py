"""Times and editions that share a word with their neighbours, each written out with its own.

"The third to the fourth quarter of 2025" names two quarters of one year, "the third quarters of
2022 and 2023" one quarter of two years, and "MCS25" an edition by two figures of its year.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from corpus.language.dates import date_forms, year_of
from corpus.language.vocabulary import Vocabulary, any_form, split_forms
from corpus.lexicon import load_lexicon

_YEAR = r"(?:19|20)\d\d"
_ANY_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_NUMBER = "quarter "
_GLUED = re.compile(r"(?<![^\W_])([A-Z]{3,5})[ ]?[’']?([12]\d)(?![\w%]|[.,]\d)")
_CODE = re.compile(r"[QH][1-4]", re.IGNORECASE)


def with_own_words(text: str, vocabulary: Vocabulary) -> str:
    """Return a question in which each time and each edition has all of its words.

    with_own_words("Q1, Q2 FY23", load_vocabulary()) -> "Q1 FY23, Q2 FY23"
    """
    text = _GLUED.sub(_edition, text)
    text = _oxides().sub(r"\1 oxide", text)
    text = _shared_by_codes(vocabulary).sub(_each_code, text)
    text = _month_and_short_year(vocabulary).sub(_full_year, text)
    if not _ANY_YEAR.search(text):
        text = _days_of_short_years(vocabulary).sub(_full_day, text)
    text = _shared_year(vocabulary).sub(_each_part, text)
    text = _first_parts(vocabulary).sub(lambda m: _all_first(m, vocabulary), text)
    before = ""
    while before != text:  # of a list of years one after the other
        before, text = text, _shared_part(vocabulary).sub(_each_year, text)
    return text


@lru_cache(maxsize=1)
def _oxides() -> re.Pattern[str]:
    """Return the pattern of "DyO" and "NdPrO", as traders write the oxides."""
    symbols = [one.symbol for one in load_lexicon().elements.values() if len(one.symbol) > 1]
    pairs = [f"{one}{other}" for one in symbols for other in symbols]
    return re.compile(rf"(?<![^\W_])({'|'.join((*pairs, *symbols))})O(?![^\W_])")


def _edition(match: re.Match[str]) -> str:
    is_series = any(one.kind == "publication" for one in load_lexicon().named(match[1]))
    return f"{match[1]} 20{match[2]}" if is_series else match[0]


def _each_code(match: re.Match[str]) -> str:
    year = match["year"]
    return _CODE.sub(lambda code: f"{code[0]} {year.strip(' ,')}", match["codes"])


def _full_year(match: re.Match[str]) -> str:
    return f"{match['month']} {year_of(match['year'])}"


def _full_day(match: re.Match[str]) -> str:
    return f"{match['month']} {match['day'] or ''}{year_of(match['year'])}"


def _each_part(match: re.Match[str]) -> str:
    """Return the parts of one year: "third quarter of 2025 to the fourth quarter of 2025"."""
    of = f"{match['noun'].removesuffix('s')} {match['of']}"
    return f"{match['first']} {of} {match['joint'].strip()} {match['other']} {of}"


def _each_year(match: re.Match[str]) -> str:
    """Return one part of two years: "third quarter of 2022 and third quarter of 2023"."""
    part = f"{match['part']} {match['of'] or ''}".rstrip()
    return f"{part} {match['year']} {match['joint'].strip()} {part} {match['other']}"


def _all_first(match: re.Match[str], vocabulary: Vocabulary) -> str:
    count = _counts(vocabulary)[match["count"].casefold()]
    ordinals = list(dict.fromkeys(_ordinals(vocabulary)))[:count]
    noun = match["noun"].removesuffix("s")
    return ", ".join(f"{ordinal} {noun} {match['of']}" for ordinal in ordinals)


@lru_cache(maxsize=4)
def _ordinals(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return "first" to "fourth", as the forms of quarters begin with them."""
    rows = {row["kind"]: row for row in vocabulary.rows("periods")}
    return tuple(split_forms(rows[f"{_NUMBER}{n}"]["words"])[0].split()[0] for n in range(1, 5))


@lru_cache(maxsize=4)
def _counts(vocabulary: Vocabulary) -> Mapping[str, int]:
    """Return the numerals of two to four, in words and in figures."""
    told = {
        form: int(row["value"])
        for row in vocabulary.rows("numerals")
        if row["kind"] == "cardinal" and row["value"] in ("2", "3", "4")
        for form in split_forms(row["words"])
    }
    return told | {str(value): value for value in told.values()}


def _of_year(vocabulary: Vocabulary) -> str:
    rows = {row["kind"]: row for row in vocabulary.rows("periods")}
    fiscal = any_form(split_forms(rows["fiscal"]["words"]))
    return rf"(?:of\s+)?(?:(?:the\s+)?{fiscal}\s*)?[’']?(?:{_YEAR}|(?<=FY)\d\d)(?!\d)"


def _joint(vocabulary: Vocabulary) -> str:
    return rf"(?P<joint>{_between(vocabulary)})(?:the\s+)?"


def _between(vocabulary: Vocabulary) -> str:
    rows = {row["kind"]: row for row in vocabulary.rows("periods")}
    between = (*split_forms(rows["span"]["words"]), *vocabulary.words("asked", "listing"))
    return rf"\s*(?:,\s*)?{any_form(between)}\s*"


@lru_cache(maxsize=4)
def _shared_by_codes(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of "Q1, Q2 and Q3 FY23"."""
    fiscal = any_form(split_forms(vocabulary.row("periods", "fiscal")["words"]))
    return re.compile(
        rf"(?<!\w)(?P<codes>[QH][1-4](?:{_between(vocabulary)}[QH][1-4])+)"
        rf"(?P<year>[\s,]+(?:of\s+)?(?:{fiscal}\s?)?[’']?(?:20)?\d\d)(?!\w|[.,]\d)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4)
def _part(vocabulary: Vocabulary) -> str:
    rows = {row["kind"]: row for row in vocabulary.rows("periods")}
    forms = [form for n in range(1, 5) for form in split_forms(rows[f"{_NUMBER}{n}"]["words"])]
    forms += [form for n in (1, 2) for form in split_forms(rows[f"half {n}"]["words"])]
    forms += [form.partition(":")[0] for form in split_forms(rows["first months"]["words"])]
    return any_form(form for form in forms if " " in form and not form.endswith(" of"))


@lru_cache(maxsize=4)
def _shared_year(vocabulary: Vocabulary) -> re.Pattern[str]:
    ordinal = any_form(_ordinals(vocabulary))
    return re.compile(
        rf"(?<!\w)(?P<first>{ordinal}){_joint(vocabulary)}(?P<other>{ordinal})\s+"
        rf"(?P<noun>quarters?|half|halves)\s+(?P<of>{_of_year(vocabulary)})",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4)
def _first_parts(vocabulary: Vocabulary) -> re.Pattern[str]:
    first = _ordinals(vocabulary)[0]
    return re.compile(
        rf"(?<!\w){first}\s+(?P<count>{any_form(_counts(vocabulary))})\s+(?P<noun>quarters)\s+"
        rf"(?P<of>{_of_year(vocabulary)})",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4)
def _shared_part(vocabulary: Vocabulary) -> re.Pattern[str]:
    that = any_form(vocabulary.words("asked", "that of"))
    fiscal = any_form(split_forms(vocabulary.row("periods", "fiscal")["words"]))
    return re.compile(
        rf"(?<!\w)(?P<part>{_part(vocabulary)})s?\s+(?P<of>(?:(?:of|in)\s+)?(?:{fiscal}\s*)?)"
        rf"(?P<year>{_YEAR}){_joint(vocabulary)}(?:{that}\s+|(?:of|in)\s+)?(?:{fiscal}\s*)?(?P<other>{_YEAR})"
        r"(?!\d)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4)
def _month_and_short_year(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of "Sep-22", in which the figures are a year."""
    month = date_forms(vocabulary).month
    return re.compile(
        rf"(?<!\w)(?P<month>{month})(?:-|\s?[’'])(?P<year>\d\d)(?![\w%]|[.,]\d|\s*,?\s+{_YEAR})",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4)
def _days_of_short_years(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of "Jun 22" and "Apr 1 23", where no year stands in full."""
    month = date_forms(vocabulary).month
    return re.compile(
        rf"(?<!\w)(?P<month>{month})\s+(?P<day>\d{{1,2}},?\s+)?(?P<year>[1-3]\d)(?![\w%]|[.,]\d)",
        re.IGNORECASE,
    )
