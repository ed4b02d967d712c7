"""Whether two times are the very same one, as what is said of a day or a week must be."""

from datetime import date

from corpus.facts import Fact
from corpus.language.periods import Period, same_period

_LONG_DAYS = 28  # from which on days at either end are a matter of counting


def is_same_time(one: Period, other: Period) -> bool:
    """Tell whether two times are one; days and weeks are only where they are equal."""
    if one.text == other.text:
        return True
    return same_period(one, other) and _days(one) >= _LONG_DAYS


def are_of_one_time(one: Fact, other: Fact) -> bool:
    """Tell whether two facts are of one time, as far as both say one."""
    if one.period is None or other.period is None:
        return True
    return is_same_time(one.period, other.period)


def _days(period: Period) -> int:
    if not (period.first and period.last):
        return 0
    return (date.fromisoformat(period.last) - date.fromisoformat(period.first)).days + 1
