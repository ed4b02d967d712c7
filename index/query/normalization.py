"""Everyday words and shorthand of a look-up, put as the tables of the industry put them.

They are no words of sources, so that they stand in a table of their own, `asking`: "cpds" for
compounds, "how many people worked" for employment. A line that is marked so counts only where no
measure is said, or only beside certain words: "made" is production, and not in "profit made".
"""

import re
from functools import lru_cache

from corpus.language.measures import find_measures
from corpus.language.periods import Period, PeriodMention, parse_period
from corpus.language.vocabulary import Row, Vocabulary, split_forms
from index.query.shared_words import with_own_words

_PLUS = " plus "
_JOINED = re.compile(r"(?<=[^\W\d_])\s?\+\s?(?=[^\W\d_])")
_ARROW = r"\s?(?:->|→)\s?"
_FISCAL_QUARTER = re.compile(r"(?<!\w)FQ([1-4])\s+(?:FY\s?)?[’']?(\d{4}|\d\d)(?!\d)")
_MONTH = re.compile(r"\d{4}-\d\d")
_QUARTER = re.compile(r"\d{4}-Q\d")


def terms_joined(question: str) -> int:
    """Return how many things the plain words of a question add up: 3 of "a plus b plus c"."""
    return question.count(_PLUS) + 1


def plain_words(text: str, vocabulary: Vocabulary) -> str:
    """Return the words of a look-up in those of the tables.

    plain_words("US cpds val 24", load_vocabulary()) -> "US compounds value 24"
    """
    pattern, rows = _everyday(vocabulary)
    has_measure = bool(find_measures(text, vocabulary))

    def said(match: re.Match[str]) -> str:
        row = rows[_key(match.group())]
        beside = split_forms(row["only beside"])
        if (row["unless said"] and has_measure) or (beside and not _has_one(text, beside)):
            return match.group()
        return row["stands for"]

    plain = _JOINED.sub(_PLUS, pattern.sub(said, _arrow(vocabulary).sub(" – ", text)))
    plain = with_own_words(plain, vocabulary)
    plain = _FISCAL_QUARTER.sub(r"Q\1 FY\2", plain)
    plain = _quarter_of_month(vocabulary).sub(r"\1 \3 \2", plain)
    return " ".join(plain.split())


def quarter_by_month(mention: PeriodMention, text: str, vocabulary: Vocabulary) -> Period | None:
    """Return the three months that a month or months name: "quarter to Oct 2023", "Jul-Sep 2023".

    The text holds spaces for what was taken; a company's quarter has days of its own.
    """
    period = mention.period
    said = text[mention.start : mention.end]
    if _QUARTER.fullmatch(period.text):
        return parse_period(f"P3M/{period.last}") if _names_month(said, vocabulary) else None
    before, after = _beside(vocabulary)
    is_quarter = before.search(text[: mention.start]) or after.match(text[mention.end :])
    is_day = bool(period.first) and period.first == period.last
    if is_quarter and (is_day or _MONTH.fullmatch(period.text)):
        return parse_period(f"P3M/{period.last}")
    return None


def quarter_words(mention: PeriodMention, text: str, vocabulary: Vocabulary) -> tuple[int, int]:
    """Return the stretch of a time with the words beside it that make it a quarter."""
    before, after = _beside(vocabulary)
    start, end = mention.start, mention.end
    if match := before.search(text[:start]):
        start = match.start()
    if match := after.match(text[end:]):
        end += match.end()
    return start, end


def of_correction(
    mention: PeriodMention, text: str, vocabulary: Vocabulary
) -> tuple[int, int] | None:
    """Return the stretch of a time that only tells after which correction: no time of a fact."""
    since, correction = _corrections(vocabulary)
    before = since.search(text[: mention.start])
    if before and correction.match(text[mention.end :]):
        return before.start(), mention.end
    return None


def _has_one(text: str, forms: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE) for form in forms)


def _names_month(said: str, vocabulary: Vocabulary) -> bool:
    return bool(_months(vocabulary).search(said))


def _key(form: str) -> str:
    return " ".join(form.casefold().split())


@lru_cache(maxsize=4)
def _everyday(vocabulary: Vocabulary) -> tuple[re.Pattern[str], dict[str, Row]]:
    rows = {_key(form): row for form, row in vocabulary.forms("asking", "words")}
    forms = sorted(rows, key=len, reverse=True)
    written = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"(?<![\w.])(?:{written})(?![\w])", re.IGNORECASE), rows


@lru_cache(maxsize=4)
def _months(vocabulary: Vocabulary) -> re.Pattern[str]:
    forms = {form for form, _ in vocabulary.forms("months")}
    forms |= {row_name for row in vocabulary.rows("months") for row_name in [*row.values()][1:2]}
    words = sorted(
        (f for cell in forms for f in split_forms(cell) if f.isalpha()), key=len, reverse=True
    )
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(words)})(?![^\W\d_])", re.IGNORECASE)


@lru_cache(maxsize=4)
def _arrow(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of an arrow to a time: "2024->2025", "May -> Sept 2025"."""
    return re.compile(rf"{_ARROW}(?=\d|{_months(vocabulary).pattern})", re.IGNORECASE)


@lru_cache(maxsize=4)
def _quarter_of_month(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of "Dec quarter 2024", which is said as "Dec 2024 quarter", too."""
    quarter = "|".join(vocabulary.words("asked", "quarter"))
    month = _months(vocabulary).pattern
    return re.compile(rf"({month})\s+({quarter})\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _beside(vocabulary: Vocabulary) -> tuple[re.Pattern[str], re.Pattern[str]]:
    quarter = "|".join(vocabulary.words("asked", "quarter"))
    ends = "|".join(vocabulary.words("asked", "ends"))
    return (
        re.compile(rf"(?<!\w)(?:{quarter})\s+(?:(?:{ends})\s+){{0,3}}$", re.IGNORECASE),
        re.compile(rf"\s+(?:{quarter})(?!\w)", re.IGNORECASE),
    )


@lru_cache(maxsize=4)
def _corrections(vocabulary: Vocabulary) -> tuple[re.Pattern[str], re.Pattern[str]]:
    since = "|".join(vocabulary.words("asked", "since"))
    correction = "|".join(vocabulary.words("asked", "correction"))
    return (
        re.compile(rf"(?<!\w)(?:{since})\s+(?:the\s+)?$", re.IGNORECASE),
        re.compile(rf"\s+(?:{correction})(?!\w)", re.IGNORECASE),
    )
