"""A sentence that gives one thing twice, now and before, as two sentences.

"Burma mined 22,000 t in 2025, down from 27,000 in 2024." says that it mined 22,000 t in 2025 and
27,000 t in 2024, and each may stand in a row of its own.
"""

import re

from assistant.quantities import TIME_KINDS, Quantity, find_quantities

_LINK = re.compile(
    r",?\s(?P<link>(?:up|down) from|after|against|compared (?:with|to)|versus|from)\s"
    r"(?:an? )?(?:estimated |about |some )?$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?P<lead>In \d{4}, )?(?P<one>[^,;]{2,60}?) and (?P<other>[^,;]{2,60}?) each (?P<rest>.+)"
)
_TIMED = re.compile(r"\s(?:in|for|during|as of|at|on)\s(?:the year )?$")
_END = re.compile(r"(?:\s\([^()]*\))?\.?$")
_UP, _DOWN = re.compile(r"\bup from$", re.IGNORECASE), re.compile(r"\bdown from$", re.IGNORECASE)


def series_parts(sentence: str) -> tuple[str, ...]:
    """Return the two sentences that a sentence is made of, () where it is not of that kind.

    () also where "up from" is followed by more than before.
    """
    found = find_quantities(sentence)
    figures = [q for q in found if q.kind not in TIME_KINDS]
    times = [q for q in found if q.kind in ("year", "date")]
    if len(figures) != 2 or len(times) != 2:
        return ()
    now, before = figures
    link = _LINK.search(sentence[: before.start])
    if not link or not now.end <= link.start() or not _leads(sentence, before, times[1]):
        return ()
    head, when = sentence[: link.start()], sentence[times[1].start : times[1].end]
    if not (times[0].end <= link.start() and _has_direction(link["link"], now, before)):
        return ()
    written = before.text if before.unit == now.unit else _in_unit_of(before, now)
    earlier = _replaced(head, (now, written), (times[0], when))
    return f"{head}.", f"{earlier}."


def each_part(sentence: str) -> tuple[str, ...]:
    """Return "A took 5%." and "B took 5%." of "A and B each took 5%.", () of other sentences."""
    found = _EACH.match(sentence)
    if not found:
        return ()
    return tuple(f"{found['lead'] or ''}{found[name]} {found['rest']}" for name in ("one", "other"))


def _leads(sentence: str, before: Quantity, time: Quantity) -> bool:
    """Tell whether a figure and its time are all that follows."""
    between = sentence[before.end : time.start]
    if time.start > before.end:
        return bool(_TIMED.search(f"{between}")) and bool(_END.match(sentence, time.end))
    return False


def _has_direction(link: str, now: Quantity, before: Quantity) -> bool:
    if _UP.search(link):
        return now.low > _worth(before, now)
    if _DOWN.search(link):
        return now.low < _worth(before, now)
    return True


def _worth(before: Quantity, now: Quantity) -> float:
    found = find_quantities(_in_unit_of(before, now)) if before.unit != now.unit else (before,)
    return found[0].low if found else before.low


def _in_unit_of(before: Quantity, now: Quantity) -> str:
    """Return a bare figure with the unit that the figure before it has."""
    digits = re.search(r"\d[\d,.]*", now.text)
    if before.unit or not digits:
        return before.text
    return f"{now.text[: digits.start()]}{before.text}{now.text[digits.end() :]}"


def _replaced(text: str, *pairs: tuple[Quantity, str]) -> str:
    for quantity, written in sorted(pairs, key=lambda pair: -pair[0].start):
        text = text[: quantity.start] + written + text[quantity.end :]
    return text
