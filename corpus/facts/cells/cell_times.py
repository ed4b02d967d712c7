"""The time of a cell, and of a change the time that it is against."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from corpus.facts.cells.cell_measures import is_change_words
from corpus.facts.cells.layers import (
    CellContext,
    RowContext,
    is_sum,
    names_source,
    path,
    unread_words,
    without,
    year_opened,
)
from corpus.facts.fact import Change, ChangeKind, Day, Direction, Fact, Value
from corpus.language.measures import find_measures, find_terms, has_nature
from corpus.language.named_editions import find_editions, without_editions
from corpus.language.periods import (
    Period,
    PeriodMention,
    find_periods,
    lengths_ended,
    parse_period,
)
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary
from corpus.language.words import content_words

_PLAIN_YEAR = re.compile(r"(?:FY)?\d{4}")
_BRACKETED = re.compile(r"\([^()]*\)")
_MOST_SUMMED = 40
_FEWEST_SUMMED = 2
_FEWEST_WORDS = 3  # of a head that spans several columns
_ONE_YEAR = 1
_QUARTER = re.compile(r"\bQ([1-4])\b")
_MONTHS_OF_QUARTER = 3


def change_of(context: CellContext, value: Value) -> Change | None:
    """Return the change that a figure is, where its column, label or group says that it is one."""
    if not isinstance(value, Quantity):
        return None
    row, vocabulary = context.row, context.vocabulary
    whole = row.label if not unread_words(row.label, vocabulary) else ""
    group = row.groups[-1] if row.groups and not row.has_items else ""
    if unread_words(group, vocabulary) and not _marks_change(group, vocabulary):
        group = ""  # "Changes in fair value recorded in income"
    if not any(is_change_words(words, vocabulary) for words in (context.head, whole, group)):
        return None
    kinds: dict[str, ChangeKind] = {"share": "percent", "points": "points"}
    direction: Direction = "down" if value.value < 0 else "up"
    return Change(kinds.get(dimension(value.unit), "absolute"), direction)


def period_of(
    context: CellContext, before: Sequence[Fact], is_change: bool
) -> tuple[Period | None, str]:
    """Return the time of a cell; of a change, also the one that it is against."""
    period, against = _period(context, before, is_change)
    if is_change and period and not against and _has_marker(context, "yearly change"):
        against = _year_before(period)
    return period, against


def _period(
    context: CellContext, before: Sequence[Fact], is_change: bool
) -> tuple[Period | None, str]:
    row, vocabulary = context.row, context.vocabulary
    label = " ".join(row.labels)
    if finer := _batch_period(label, row.label_head, vocabulary):
        return finer, ""
    if own := _told_in_cell(context.cell.text, vocabulary):
        return own, ""
    of_head = _last_period(context.head, vocabulary)
    if of_head and names_source(context.head, vocabulary):
        of_head = _last_period(label, vocabulary) or of_head  # the head dates who says so
    if of_head and "year to date" in _kinds_of(context.head, vocabulary):
        of_head = _months_of_year(of_head, _months_to_date(row))
    if of_head and _counts_fiscal_years(row.caption, vocabulary):
        of_head = _fiscal(of_head)
    if of_head:
        return _within(row.label, of_head, vocabulary) or of_head, ""
    if is_change:
        beside = [f for f in before if f.period and not f.change and _is_beside(f, context)]
        if compared := _compared(context, [fact.period for fact in beside if fact.period]):
            return compared
    for outer in (*reversed(row.groups), row.caption, row.label_head):
        if whole := _across(outer, row.label, vocabulary):
            return whole, ""
    if due := _time_of_state(row.beside.get("status", ""), vocabulary):
        return due, ""
    if beside_told := _last_period(row.beside.get("period", ""), vocabulary):
        return beside_told, ""
    dates = [f for f in before if has_nature(f.measure, "of a deal", vocabulary)]
    agreed = next((f.value.date for f in dates if isinstance(f.value, Day)), None)
    if spanned := _summed(row):
        return spanned, ""
    for words in (label, *reversed(row.groups)):
        if agreed and words != label:
            return agreed, ""  # the day on which what the row tells of was agreed
        told = find_periods(without_editions(words), vocabulary)
        if found := [m for m in told if not (m.period.is_open and row.is_of_itself)]:
            return _only(words, found), ""
    if agreed:
        return agreed, ""
    title = row.source.title if not find_editions(row.source.title) else ""
    for words in (row.caption, row.block.context.section, title):
        told = find_periods(without_editions(words), vocabulary)
        if told:
            only = _only(words, told)
            year = Period(str(told[0].period.year))
            is_one = len({year for m in told for year in m.period.years}) == _ONE_YEAR
            return (is_one and _within(row.label, year, vocabulary)) or only, ""
    return None, ""


def _only(words: str, told: Sequence[PeriodMention]) -> Period | None:
    """Return the one time that words name, one in brackets behind it aside."""
    brackets = [found.span() for found in _BRACKETED.finditer(words)]
    outside = [m for m in told if not any(a < m.start and m.end < b for a, b in brackets)]
    periods = {m.period.text: m.period for m in outside or told}
    return next(iter(periods.values())) if len(periods) == 1 else None


@lru_cache(maxsize=20_000)
def _told_in_cell(printed: str, vocabulary: Vocabulary) -> Period | None:
    """Return the time that a cell tells behind its figure: "82 in 2031", "about 40 (2031)"."""
    figures = find_quantities(printed, vocabulary)
    told = [one for one in find_periods(printed, vocabulary) if one.start]
    if len(figures) != 1 or len(told) != 1 or told[0].start < figures[0].end:
        return None
    between = printed[figures[0].end : told[0].start]
    return told[0].period if not content_words(between, vocabulary) else None


@lru_cache(maxsize=20_000)
def _time_of_state(state: str, vocabulary: Vocabulary) -> Period | None:
    """Return the time that the kind of a figure is told with: "target for 2031", "output of 2031".

    Another word before it dates what happened and not the figure: "first magnets 2031".
    """
    times = find_periods(state, vocabulary)
    if len(times) != 1:
        return None
    kinds = [m.end for m in find_terms("statuses", state, vocabulary)]
    kinds += [m.end for m in find_measures(state, vocabulary) if m.meaning.dimension != "date"]
    between = [state[end : times[0].start] for end in kinds if end <= times[0].start]
    return times[0].period if any(not content_words(b, vocabulary) for b in between) else None


def _summed(row: RowContext) -> Period | None:
    """Return the time that a sum spans whose row stands below those of months or weeks."""
    if not row.label or not is_sum(row.label, row.vocabulary):
        return None
    at = bisect_left(row.page.blocks, row.block.start, key=lambda one: one.start)
    told: list[Period] = []
    for one in row.page.blocks[max(0, at - _MOST_SUMMED) : at][::-1]:
        labels = path(one.cells[0].text) if one.kind == "row" and one.cells else ()
        labels += tuple(one.context.caption.split(": ")[1:]) if labels else ()
        times = [t for words in labels for t in _times_alone(words, row.vocabulary)]
        if not labels or not (times or told):
            break
        told += times
    spans = {(p.first, p.last) for p in told}
    if len(spans) < _FEWEST_SUMMED or not all(a < b for a, b in spans):
        return None
    if any(_is_year_long(first, last) for first, last in spans):
        return None
    return parse_period(f"{min(a for a, _ in spans)}/{max(b for _, b in spans)}")


def _times_alone(words: str, vocabulary: Vocabulary) -> list[Period]:
    """Return the time of a label that names nothing else."""
    found = find_periods(words, vocabulary)
    return [found[0].period] if len(found) == 1 and not unread_words(words, vocabulary) else []


def _is_year_long(first: str, last: str) -> bool:
    return first[:4] != last[:4] or (first[5:], last[5:]) == ("01-01", "12-31")


def _compared(context: CellContext, periods: Sequence[Period]) -> tuple[Period, str] | None:
    """Return the newest of the times beside a change, and the one that it is against."""
    told = sorted({p.text: p for p in periods if p.last or p.year}.values(), key=_end)
    if not told:
        return None
    newest = told[-1]
    older = [period for period in told if _end(period) < _end(newest)]
    if _has_marker(context, "yearly change"):
        years = [period for period in older if period.year == newest.year - 1]
        return newest, years[0].text if years else _year_before(newest)
    if _has_marker(context, "quarterly change"):
        return newest, older[-1].text if older else ""
    columns = sorted(periods[-2:], key=_end)
    return columns[-1], columns[0].text if len(columns) > 1 else ""


def _end(period: Period) -> str:
    return period.last or f"{period.year}-{period.text}"


def _has_marker(context: CellContext, kind: str) -> bool:
    told = (context.head, context.row.label, *context.row.groups[-1:])
    return any(kind in _kinds_of(words, context.vocabulary) for words in told)


def _marks_change(words: str, vocabulary: Vocabulary) -> bool:
    return bool(_kinds_of(words, vocabulary) & {"yearly change", "quarterly change"})


def _kinds_of(words: str, vocabulary: Vocabulary) -> set[str]:
    tables = ("markers", "table_cues")
    return {found.meaning for table in tables for found in find_terms(table, words, vocabulary)}


def _year_before(period: Period) -> str:
    """Return the same time one year before, "" of one that is open."""
    if period.is_open:
        return ""
    return re.sub(r"(?:19|20)\d\d", lambda year: str(int(year.group()) - 1), period.text)


def _last_period(words: str, vocabulary: Vocabulary) -> Period | None:
    found = find_periods(without_editions(words), vocabulary)
    if not found:
        return None
    last = found[-1].period
    if len(found) > 1 and _is_joined(words, found[-2:], vocabulary):
        return parse_period(f"{found[-2].period.text}/{last.text}")
    lengths = lengths_ended(words)
    if len(lengths) == 1 and _PLAIN_YEAR.fullmatch(last.text):
        return _months_of_year(last, lengths[0])
    return last


def _is_joined(words: str, two: Sequence[PeriodMention], vocabulary: Vocabulary) -> bool:
    """Tell whether two years are told together: "2031 and 2032"."""
    between = words[two[0].end : two[1].start].strip()
    years = [int(m.period.text) for m in two if m.period.text.isdecimal()]
    is_next = len(years) == len(two) and years[0] + 1 == years[1]
    return is_next and between in vocabulary.words("table_cues", "joining")


def _months_of_year(year: Period, months: int) -> Period:
    """Return the first months of a year of which a head says only how many ended."""
    if not year.text.isdecimal() or not 0 < months < 12:
        return year
    return parse_period(f"{year.text}-01/{year.text}-{months:02d}")


def _months_to_date(row: RowContext) -> int:
    """Return how many months of its year have passed at the quarter that a source reports."""
    quarter = _QUARTER.search(row.source.edition)
    return int(quarter[1]) * _MONTHS_OF_QUARTER if quarter else 0


def _within(label: str, year: Period, vocabulary: Vocabulary) -> Period | None:
    """Return the month or quarter that a label names within the year of a column."""
    if not label or not _PLAIN_YEAR.fullmatch(year.text) or find_periods(label, vocabulary):
        return None
    found = find_periods(f"{label} {year.text}", vocabulary)
    return found[0].period if len(found) == 1 and found[0].start == 0 else None


@lru_cache(maxsize=5_000)
def _counts_fiscal_years(caption: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a caption says that years are fiscal ones, and of none alone: "fiscal years"."""
    words = caption.casefold()
    told = [form for form in vocabulary.words("periods", "fiscal") if form.endswith("s")]
    return any(re.search(rf"\b{re.escape(form.casefold())}\b", words) for form in told)


def _fiscal(year: Period) -> Period:
    plain = re.fullmatch(r"\d{4}", year.text)
    return parse_period(f"FY{year.text}") if plain else year


def _across(outer: str, label: str, vocabulary: Vocabulary) -> Period | None:
    """Return the time that words begin and a label ends: "Year ending June 30," "2027"."""
    year = year_opened(label, vocabulary)
    if not outer or not year:
        return None
    found = find_periods(f"{outer} {year}", vocabulary)
    return next((m.period for m in found if m.start < len(outer) < m.end), None)


def _batch_period(label: str, head: str, vocabulary: Vocabulary) -> Period | None:
    """Return the part of a year that a label names with its head: "2023, first" of a "Batch"."""
    alone = [m.period.text for m in find_periods(label, vocabulary)]
    if not alone or not head or find_periods(head, vocabulary):
        return None
    for word in path(head)[-1].split():
        found = [m.period for m in find_periods(f"{label} {word}", vocabulary)]
        if found and [period.text for period in found] != alone:
            return found[-1]
    return None


def _shares_head(fact: Fact, head: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the column of another figure belongs to the span of a head."""
    words = _words(without(head, _change_spans(head, vocabulary)))
    return len(words) < _FEWEST_WORDS or _words(" ".join(fact.table.column))[:2] == words[:2]


def _is_beside(fact: Fact, context: CellContext) -> bool:
    return _shares_head(fact, context.head, context.vocabulary)


def _change_spans(head: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    kinds = ("change", "yearly change", "quarterly change")
    found = (*find_terms("markers", head, vocabulary), *find_terms("table_cues", head, vocabulary))
    return [(one.start, one.end) for one in found if one.meaning in kinds]


def _words(text: str) -> list[str]:
    return text.casefold().split()
