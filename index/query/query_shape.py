"""The shape of what is asked for: by what a table is grouped, and which of a ranking come first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.facts.fact import Order
from corpus.language.dates import date_forms
from corpus.language.measures import find_measures
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.vocabulary import Vocabulary, any_form, split_forms
from index.query.query_names import listing
from index.query.remaining_text import RemainingText

_MANY = 12  # that the first of a ranking are at most
_COURSES: tuple[tuple[str, Order], ...] = (("up", "rose"), ("down", "fell"), ("change", "changed"))
_EITHER = "who"  # a country or a company
_TIMES = ("year", "quarter", "edition")
_LIMITS = (">", ">=", "<", "<=")


@dataclass(frozen=True, slots=True)
class Grouping:
    """What the rows and columns of figures are of, and whether a table is asked for."""

    group_by: tuple[str, ...] = ()
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """Which end of a ranking comes first, and how many of it; 0 where that is unsaid.

    `group_by` says what is ranked, where a word does.
    """

    order: Order = ""
    most: int = 0
    group_by: tuple[str, ...] = ()


def take_grouping(text: RemainingText) -> Grouping:
    """Take the words that say how figures are set out: "by country and year", "as a table"."""
    is_table = _take(text, _table_words(text.vocabulary)) or _take(
        text, _table_opening(text.vocabulary)
    )
    for pattern in _shaping(text.vocabulary):
        _take(text, pattern)
    groups = dict.fromkeys(_take_groups(text))
    if _take(text, _yearly(text.vocabulary)):
        groups["year"] = None
    return Grouping(tuple(groups), is_table or bool(groups))


@dataclass(frozen=True, slots=True)
class Screen:
    """What is listed if its figure keeps to a limit, the largest first for a lower limit."""

    group: str
    limit: Quantity

    @property
    def order(self) -> Order:
        """Which of those that keep to it come first."""
        return "largest" if self.limit.bound.startswith(">") else "smallest"


def take_screen(text: RemainingText) -> Screen | None:
    """Take a group with the limit of its figures: "which countries mined more than 10,000 t"."""
    group = _screened_group(text.vocabulary).match(text.left)
    if group is None:
        return None
    limits = [
        one
        for one in find_quantities(text.left, text.vocabulary)
        if one.quantity.bound in _LIMITS and one.quantity.unit and one.start >= group.end()
    ]
    if len(limits) != 1:
        return None
    text.take_all([limits[0], _Span(*group.span())])
    return Screen(_group_names(text.vocabulary)[_plain(group["group"])], limits[0].quantity)


def take_ranking(text: RemainingText) -> Ranking:
    """Take the words that rank, once the measure is taken, which may hold some of them.

    What "which" stands before is asked for in any case, another group only where it is ranked.
    """
    order, most = _take_order(text)
    names = _group_names(text.vocabulary)
    patterns = [(_asked_group(text.vocabulary), text.text)]
    patterns += [(_counted_group(text.vocabulary), text.left)] if order else []
    for pattern, where in patterns:
        if match := pattern.search(where):
            _take(text, _amounts(text.vocabulary))
            text.take(*match.span())
            group = names[_plain(match["group"])]
            most = most or _count(match["count"] or "", text.vocabulary)
            order = order or _take_course(text) or _take_most(text)
            return Ranking(order, most, (group,))
    if order and (most or _asked_party(text.vocabulary).match(text.text)):
        _take(text, _amounts(text.vocabulary))
        return Ranking(order, most, (_EITHER,))
    return Ranking(order, most)


def _take(text: RemainingText, pattern: re.Pattern[str]) -> bool:
    found = list(pattern.finditer(text.left))
    for match in found:
        text.take(*match.span())
    return bool(found)


def _take_groups(text: RemainingText) -> Iterator[str]:
    names = _group_names(text.vocabulary)
    measures = find_measures(text.left, text.vocabulary)
    for match in _by_group(text.vocabulary).finditer(text.left):
        words = [_plain(one["group"]) for one in _group_word(text.vocabulary).finditer(match[0])]
        is_of_times = all(names[word] in _TIMES for word in words)
        if is_of_times and _one_year(text.vocabulary).match(text.left, match.end()):
            continue  # "by year 2030" is a date
        if any(one.start < match.end() < one.end for one in measures):
            continue  # "by mine production" names no mines
        yield from (names[word] for word in words)
        text.take(*match.span())


def _take_order(text: RemainingText) -> tuple[Order, int]:
    """Take "top 5", "the three largest", "lowest", also where a measure has taken a part of it."""
    for order, pattern in _orders(text.vocabulary):
        if found := list(pattern.finditer(text.text)):
            text.take_all(_Span(*match.span()) for match in found)
            counts = (
                _count(match["before"] or match["behind"] or "", text.vocabulary) for match in found
            )
            return order, max(counts)
    return "", 0


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


def _take_course(text: RemainingText) -> Order:
    """Take the word that says how those that are asked for went: "which countries' ... changed"."""
    for kind, order in _COURSES:
        forms = any_form(text.vocabulary.words("markers", kind))
        if match := re.search(rf"(?<!\w){forms}(?!\w)", text.left, re.IGNORECASE):
            text.take(*match.span())
            return order
    return ""


def _take_most(text: RemainingText) -> Order:
    """Take "most", of which a group tells that it ranks: "which country supplied most of it"."""
    forms = any_form(text.vocabulary.words("asked", "largest of a group"))
    is_said = _take(text, re.compile(rf"(?<!\w){forms}(?!\w)", re.IGNORECASE))
    return "largest" if is_said else ""


def _count(written: str, vocabulary: Vocabulary) -> int:
    if written.isdigit():
        return int(written) if int(written) <= _MANY else 0
    for row in vocabulary.rows("numerals"):
        if row["kind"] == "cardinal" and written.casefold() in split_forms(row["words"]):
            return int(row["value"])
    return 0


def _plain(word: str) -> str:
    return " ".join(word.casefold().split())


@lru_cache(maxsize=4)
def _group_names(vocabulary: Vocabulary) -> dict[str, str]:
    return {_plain(form): row["name"] for form, row in vocabulary.forms("groupings")}


@lru_cache(maxsize=4)
def _group_word(vocabulary: Vocabulary) -> re.Pattern[str]:
    forms = any_form(form for form, _ in vocabulary.forms("groupings"))
    return re.compile(rf"(?<!\w)(?P<group>{forms})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=4)
def _amounts(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_form(vocabulary.words('asked', 'asked amounts'))}(?!\w)", re.I)


@lru_cache(maxsize=4)
def _by_group(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of "by country and year", "in each of its five reportable segments".

    "by market, qtr to 30 Oct" has no quarters.
    """
    until = any_form(vocabulary.words("asked", "closing a period"))
    word = rf"(?<!\w){any_form(form for form, _ in vocabulary.forms('groupings'))}(?![\w-])"
    word = rf"{word}(?!\s+{until}\s+(?:\d|{date_forms(vocabulary).month}))"
    lead = any_form(vocabulary.words("asked", "by group"))
    joint = listing(vocabulary).pattern
    several = any_form(vocabulary.words("asked", "of several"))
    several = rf"(?:{several}\s+(?:{_counting(vocabulary)}\s+)?(?:[\w-]+\s+)??)?"
    return re.compile(
        rf"(?<!\w){lead}\s+{several}(?P<groups>{word}(?:{joint}(?:{lead}\s+)?{word})*)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4)
def _one_year(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of one year, and not of a span of them."""
    ends = any_form(vocabulary.words("asked", "ends"))
    return re.compile(rf"\s+\d{{4}}(?!\s*(?:[-–/]|{ends}(?!\w)))", re.IGNORECASE)


@lru_cache(maxsize=4)
def _asked_group(vocabulary: Vocabulary) -> re.Pattern[str]:
    lead = any_form(vocabulary.words("asked", "asked group"))
    word = _group_word(vocabulary).pattern
    return re.compile(
        rf"(?<!\w){lead}\s+(?:(?P<count>{_counting(vocabulary)})\s+)?{word}", re.IGNORECASE
    )


@lru_cache(maxsize=4)
def _screened_group(vocabulary: Vocabulary) -> re.Pattern[str]:
    before = any_form(vocabulary.words("asked", "before a screened group"))
    behind = any_form(vocabulary.words("asked", "behind a screened group"))
    several = any_form(form for form, _ in vocabulary.forms("groupings") if form.endswith("s"))
    return re.compile(
        rf"\s*(?:{before}\s+)*(?P<group>{several})(?!\w)(?:\s+{behind}(?!\w))?", re.IGNORECASE
    )


@lru_cache(maxsize=4)
def _asked_party(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"\s*{any_form(vocabulary.words('asked', 'asked party'))}(?!\w)", re.I)


@lru_cache(maxsize=4)
def _counted_group(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of a group with the number of its members: "four big markets"."""
    word = _group_word(vocabulary).pattern
    return re.compile(
        rf"(?:(?<!\w)(?P<count>{_counting(vocabulary)})\s+(?:\w+\s+)?)?{word}", re.IGNORECASE
    )


@lru_cache(maxsize=4)
def _orders(vocabulary: Vocabulary) -> tuple[tuple[Order, re.Pattern[str]], ...]:
    count = _counting(vocabulary)
    orders: tuple[tuple[Order, str], ...] = (
        ("largest", "largest first"),
        ("smallest", "smallest first"),
    )
    return tuple(
        (
            order,
            re.compile(
                rf"(?<![\w-])(?:(?P<before>{count})\s+)?"
                rf"{any_form(vocabulary.words('asked', row))}"
                rf"(?:\s+(?P<behind>{count}))?(?![\w-])(?!\s+of\s+\d)",
                re.IGNORECASE,
            ),
        )
        for order, row in orders
    )


@lru_cache(maxsize=4)
def _counting(vocabulary: Vocabulary) -> str:
    cardinals = [
        form
        for row in vocabulary.rows("numerals")
        if row["kind"] == "cardinal" and 0 < float(row["value"]) <= _MANY
        for form in split_forms(row["words"])
    ]
    return rf"(?:\d{{1,2}}|{any_form(cardinals)})"


@lru_cache(maxsize=4)
def _yearly(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_form(vocabulary.words('asked', 'yearly'))}(?!\w)", re.I)


@lru_cache(maxsize=4)
def _shaping(vocabulary: Vocabulary) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of words that say how to tell it, and never what.

    "List" before what is to be listed is no listed price, "rank" no rank, and "T8" a sheet.
    """
    naming = any_form(vocabulary.words("asked", "naming"))
    ranking = any_form(vocabulary.words("asked", "ranking words"))
    verb = any_form(vocabulary.words("asked", "ranking verb"))
    number = any_form(vocabulary.words("asked", "table number"))
    return (
        re.compile(rf"^\s*{naming}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w){ranking}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:^|[:;])\s*{verb}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{number}\s|T)\d{{1,2}}(?!\w)", re.IGNORECASE),
    )


@lru_cache(maxsize=4)
def _table_words(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_form(vocabulary.words('asked', 'as a table'))}(?!\w)", re.I)


@lru_cache(maxsize=4)
def _table_opening(vocabulary: Vocabulary) -> re.Pattern[str]:
    forms = any_form(vocabulary.words("asked", "opening a table"))
    return re.compile(rf"^\s*{forms}(?!\w)(?!\s\d)", re.IGNORECASE)
