"""When a source was published: the date that its first pages give as their own."""

from corpus.dating.own_dates import COPYRIGHT, Role, own_dates
from corpus.dating.written_dates import day_order
from corpus.language.dates import find_dates

_LIST_DATES = 4  # so many dates on lines of their own are a list of events or of articles
_ORDER: tuple[Role, ...] = (
    "first",
    "published",
    "dateline",
    "head",
    "act",
    "updated",
    "alone",
    "effective",
)


def find_published(text: str) -> str:
    """Return the ISO date a source's first pages give as their own, or "".

    That is, best first: a date that is said to be of first publication, of publication, a
    dateline, a date on a line of its own near the top, a date of revision, a date that closes a
    line elsewhere, a date of effect. A date in a sentence is about something else, and so is one
    of a copy's making. The year of a copyright note counts only in a text without any date.
    """
    order = day_order(text)
    found: dict[Role, str] = {}
    alone: list[str] = []
    datelines: set[str] = set()
    for own in own_dates(text, order):
        alone += [own.iso] if own.role in ("head", "alone") else []
        if own.role == "dateline":
            datelines.add(own.iso)
        found.setdefault(own.role, own.iso)
    if len(datelines) > 1:  # a chronicle
        found.pop("dateline")
    if len(set(alone)) >= _LIST_DATES:
        found.pop("alone", None)
    for role in _ORDER:
        if role in found:
            return found[role]
    if not find_dates(text) and (years := COPYRIGHT.findall(text)):
        return str(max(years))
    return ""
