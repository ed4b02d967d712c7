"""Filters in words: why none of the sources fits them, what is near, which one shuts a source out.

Which sources fit is decided in `index.passage`.
"""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime

from assistant.answer import Citation, page_place
from corpus.document import Source
from index.passage import Filters, admits

FILTER_NAMES = {
    "publisher": "publisher",
    "source_type": "type",
    "language": "language",
    "published_from": "published from",
    "published_to": "published to",
    "data_year": "data year",
    "source": "source",
    "source_ids": "collection",
}
NOTHING_ADDED = "there are no sources yet; add some: rare-earth add FOLDER, or --shipped"
_NEAR = 3  # names that are told
_LIKENESS = 0.7  # from which on difflib calls a name near
_DATE_FORMS = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}  # by how long they are


def told_filters(filters: Filters) -> tuple[str, ...]:
    """Return the filters that are set, each as "publisher U.S. Geological Survey"."""
    return tuple(_told(name, filters) for name in _set_names(filters))


def why_none(filters: Filters, sources: Sequence[Source]) -> str:
    """Return why filters admit none of the sources and what there is, "" where they admit some."""
    if bad := bad_date(filters):
        return bad
    if any(admits(filters, source) for source in sources):
        return ""
    if not sources:
        return NOTHING_ADDED
    for name in _set_names(filters):
        if not any(admits(_only(name, filters), source) for source in sources):
            return f"no source fits {_told(name, filters)}; {_instead(name, filters, sources)}"
    return f"no source fits all of {', '.join(told_filters(filters))}; leave one out"


def bad_date(filters: Filters) -> str:
    """Return what is wrong with the dates of filters, "" where they are dates in their order."""
    for name in ("published_from", "published_to"):
        value = getattr(filters, name)
        if value and not _is_date(value):
            return f"{_told(name, filters)} is no date; give 2025, 2025-06 or 2025-06-30"
    first, last = filters.published_from, filters.published_to
    if last and first > f"{last}~":  # what is published within the last month or year counts
        return f"published from {first} is after published to {last}; give them in their order"
    return ""


def shut_out(filters: Filters, citations: Sequence[Citation]) -> str:
    """Return which filters shut out a source that answers, with its place; "" where none does."""
    for citation in citations:
        source = citation.source
        guilty = [n for n in _set_names(filters) if not admits(_only(n, filters), source)]
        if guilty:
            place = page_place(source, citation.page, citation.page_label)
            where = ", ".join(filter(None, (f"“{source.title}”", place)))
            told = " and ".join(_told(name, filters) for name in guilty)
            return f"The filter {told} shuts out a source that answers this: {where}."
    return ""


def _set_names(filters: Filters) -> list[str]:
    return [one.name for one in fields(Filters) if getattr(filters, one.name) not in ("", None, ())]


def _only(name: str, filters: Filters) -> Filters:
    """Return filters of which one alone is set."""
    return replace(Filters(), **{name: getattr(filters, name)})


def _told(name: str, filters: Filters) -> str:
    value = getattr(filters, name)
    if name == "source_ids":
        return f"collection of {len(value)} source{'s' * (len(value) != 1)}"
    return f"{FILTER_NAMES[name]} {value}"


def _is_date(value: str) -> bool:
    try:
        datetime.strptime(value, _DATE_FORMS.get(len(value), "%Y"))
    except ValueError:
        return False
    return True


def _instead(name: str, filters: Filters, sources: Sequence[Source]) -> str:
    """Return what there is instead of the value of a filter: what is near, else what is usual."""
    if name == "source_ids":
        return "its sources were removed; rare-earth collections list shows what is left"
    values = Counter(value for source in sources for value in _values(name, source) if value)
    if not values:
        return "no source tells that; leave it out"
    wanted = str(getattr(filters, name))
    near = tuple(dict.fromkeys(_near(wanted, sorted(values))))[:_NEAR]
    if near:
        return f"near it: {', '.join(near)}"
    if name == "source":
        return "rare-earth sources list shows them all"
    usual = [value for value, _ in values.most_common(_NEAR)]
    if name.startswith("published") or name == "data_year":
        usual = [f"{min(values)} to {max(values)}"]
    return f"there is: {', '.join(usual)}"


def _values(name: str, source: Source) -> tuple[str, ...]:
    """Return what of a source a filter is held against."""
    return {
        "publisher": (source.publisher,),
        "source_type": (source.rank if source.rank != "unknown" else "", source.file_type),
        "language": (source.language,),
        "published_from": (source.published,),
        "published_to": (source.published,),
        "data_year": tuple(map(str, source.data_years)),
        "source": (source.path, source.title),
    }[name]


def _near(wanted: str, values: Sequence[str]) -> Iterator[str]:
    """Yield the values whose initials, letters or one of whose words are near to what is wanted."""
    wanted = wanted.lower()
    if wanted.isdigit():  # a year: near are the years beside it
        return
    by_word = {word: value for value in values for word in (value.lower(), *value.lower().split())}
    yield from (value for value in values if _initials(value) == wanted)
    for word in difflib.get_close_matches(wanted, by_word, 2 * _NEAR, _LIKENESS):
        yield by_word[word]


def _initials(value: str) -> str:
    parts = value.replace(".", " ").split()
    return "".join(part[0] for part in parts).lower()
