"""How well the time of a fact fits those asked for, as the calendar or a company counts them."""

import re
from datetime import date

from corpus.facts import Absent, Day, Fact, Query
from corpus.facts.compare import compare
from corpus.language.measures import has_nature
from corpus.language.periods import Period, contains, find_periods
from index.facts.ledger import Ledger, LedgerFact

_YEAR_END = "yearend"
_THREE_MONTHS = "P3M/"
_QUARTER_DAYS = (80, 100)
_FEW_DAYS = 10  # by which a company's quarter ends before or after the month


def period_fit(ledger: Ledger, query: Query, found: LedgerFact) -> int | None:
    """Return how well the time of a fact fits: 0 as asked, more for what implies it, None else."""
    if not query.periods:
        return 0
    counted = ledger.quarter_of(found)
    fits = [_one_period_fit(period, found, counted) for period in query.periods]
    return min((fit for fit in fits if fit is not None), default=None)


def is_under_period(query: Query, found: LedgerFact, heading: str) -> bool:
    """Tell whether a fact that says no time stands under a heading that names the one asked for."""
    told = {mention.period for mention in find_periods(heading)}
    return found.fact.period is None and len(told) == 1 and told <= {*query.periods}


def _one_period_fit(asked: Period, found: LedgerFact, counted: str) -> int | None:
    fact = found.fact
    said = fact.period
    if isinstance(fact.value, Day) and contains(asked, fact.value.date):
        return 0  # "on which day in 2010"
    if asked.text.startswith(_THREE_MONTHS):
        return _quarter_fit(asked, found)
    if counted:
        if asked.text.replace("FY", "") == counted:
            return 0 if said and said.text.startswith("P") else 1  # what is, at its end
        if re.fullmatch(r"(?:FY)?\d{4}(?:-[QH]\d)?", asked.text):
            return None  # another quarter, as the company counts them
    if said is None:
        told = _told_periods(fact)
        if asked in told and (len(told) == 1 or _is_company_part(asked)):
            return 0
        is_stock = has_nature(fact.measure, "of an edition")
        year = re.search(r"(?:19|20)\d\d", fact.edition)
        return 0 if is_stock and year and asked.text in (year[0], str(int(year[0]) - 1)) else None
    if asked.text == f"{said.text}-12-31" and fact.statistic == _YEAR_END:
        return 0
    if _is_company_part(asked) and re.fullmatch(r"\d{4}-[QH]\d", said.text):
        return 0 if asked in _told_periods(fact) else None  # "July to September (Q1 FY25)"
    match compare(Query("", Fact(Absent()), periods=(asked,)), fact).of("period"):
        case "same" | "implied":
            return 0
        case "coarser":
            is_fiscal = said.text == f"FY{asked.text}"
            return 1 if is_fiscal else None
    if asked.text == f"FY{said.text}":
        return 1
    if has_nature(fact.measure, "ruled") and _is_batch(asked, said):
        return 1
    if said.text == f"../{asked.text}" or asked.text == f"../{said.text}":
        return 0
    if asked.is_open and not said.is_open:
        return 0 if _within_open(asked, said) else None
    is_price = has_nature(fact.measure, "quoted")
    if is_price and asked.first and said.first:
        return 2 if asked.first <= said.first and said.last <= asked.last and said.last else None
    is_on_day = said.first == said.last and bool(said.first)
    if is_on_day and asked.text == said.text[:7] and fact.is_cell:
        return 1  # the day of a balance sheet
    if is_on_day and said.last == asked.last and len(asked.text) == len("2023-06"):
        return 1  # what is so at the end of a month
    if has_nature(fact.measure, "stock") and said.first == said.last:
        return 2 if said.first and said.first[:4] == asked.text else None
    return None


def _is_batch(asked: Period, said: Period) -> bool:
    """Tell whether one period is a half of a year and the other the batch of it.

    A year's quota comes in two batches; who tells of it calls them its halves, too.
    """
    halves = asked.text.replace("-H", "-B"), said.text.replace("-H", "-B")
    return asked != said and halves[0] == halves[1]


def _quarter_fit(asked: Period, found: LedgerFact) -> int | None:
    """Return how well a fact fits the three months to a month's end, whoever counts them.

    The quarter of a company ends on a day of its own, some days before or after the month does.
    """
    fact = found.fact
    said = fact.period
    told = _told_periods(fact)
    if not fact.is_cell and said and _is_company_part(said):
        told = tuple(one.period for one in find_periods(found.words))
    if any(_has_same_end(asked, one) for one in told) and (said is None or said not in told):
        return 0 if said is None or _is_company_part(said) else None
    if said is None or not (said.first and said.last):
        return None
    if said.first == said.last and has_nature(fact.measure, "stock"):
        return 1 if _is_near(asked.last, said.last) else None
    return 0 if _has_same_end(asked, said) else None


def _has_same_end(asked: Period, said: Period) -> bool:
    if not (said.first and said.last):
        return False
    days = (date.fromisoformat(said.last) - date.fromisoformat(said.first)).days
    return _QUARTER_DAYS[0] <= days <= _QUARTER_DAYS[1] and _is_near(asked.last, said.last)


def _is_near(one: str, other: str) -> bool:
    apart = abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    return one[:7] == other[:7] or apart <= _FEW_DAYS


def _is_company_part(period: Period) -> bool:
    """Tell whether a period is a quarter or a half of a company's own year."""
    return bool(re.fullmatch(r"FY\d{4}-[QH]\d", period.text))


def _told_periods(fact: Fact) -> tuple[Period, ...]:
    """Return the periods that the labels around a fact name."""
    told = " | ".join((fact.table.caption, *fact.table.row, *fact.table.column))
    return tuple(dict.fromkeys(mention.period for mention in find_periods(told)))


def _within_open(asked: Period, said: Period) -> bool:
    if asked.text.endswith("/.."):
        return bool(said.first) and said.first >= asked.first
    return False
