"""The sources of a home as on a shelf: narrowed by facets, found by words, with what to do."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.source_list import ListedSource
from index.passage import Evidence

FACETS = ("publisher", "kind", "year", "language", "state")
UNKNOWN = "unknown"  # the value of a facet that a source does not tell
_SIMILAR = 0.5  # from which on a passage without any of the words is near enough to be told


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and how many sources have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source that words find: by its own name, else by a passage."""

    listed: ListedSource
    passage: Evidence | None = None


def facet_values(listed: Sequence[ListedSource], facet: str) -> tuple[FacetValue, ...]:
    """Return the values of a facet: years newest first, others by how many sources have them."""
    counts = Counter(_value(one, facet) for one in listed)
    if facet == "year":
        told = sorted(counts.items(), key=lambda item: item[0] if item[0] != UNKNOWN else "")[::-1]
    else:
        told = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(*item) for item in told)


def narrowed(
    listed: Sequence[ListedSource], chosen: Mapping[str, Collection[str]]
) -> tuple[ListedSource, ...]:
    """Return the sources that have one of the chosen values of each facet; none admits all."""
    return tuple(
        one
        for one in listed
        if all(not values or _value(one, facet) in values for facet, values in chosen.items())
    )


def found(
    listed: Sequence[ListedSource], words: str, passages: Sequence[Evidence]
) -> tuple[FoundSource, ...]:
    """Return the sources whose title, publisher or path has all words, then those of passages.

    Of passages, best first, those count that have one of the words or are near in meaning.
    """
    wanted = words.lower().split()
    named = {one.record.source.id: FoundSource(one) for one in listed if _is_named(one, wanted)}
    by_id = {one.record.source.id: one for one in listed}
    for passage in _near(passages, wanted):
        id = passage.source.id
        if id in by_id and (id not in named or named[id].passage is None):
            named[id] = FoundSource(by_id[id], passage)
    return tuple(named.values())


def what_to_do(one: ListedSource) -> str:
    """Return what a reader can do about a source that takes no part in answers, "" if it does."""
    if one.state == "unreadable":
        return (
            "Mend the file, save it anew or run text recognition over a scan, then read it again; "
            "or remove it."
        )
    if one.record.source.retired:
        return "It is kept so that what was cited from it can be opened."
    if one.state == "set aside":
        return "It can be read here but is not cited. Add the original, or remove it."
    if one.state == "copy":
        return f"Answers cite {one.copies[0].source.path}, which has the same content."
    return ""


def _value(one: ListedSource, facet: str) -> str:
    source = one.record.source
    rank = source.rank if source.rank != "unknown" else ""
    values = {
        "publisher": source.publisher or source.author,
        "kind": rank or source.file_type,
        "year": source.published[:4],
        "language": source.language,
        "state": one.state,
    }
    return values[facet] or UNKNOWN


def _is_named(one: ListedSource, wanted: Sequence[str]) -> bool:
    source = one.record.source
    names = " ".join((source.title, source.publisher, source.author, source.path)).lower()
    return bool(wanted) and all(word in names for word in wanted)


def _near(passages: Sequence[Evidence], wanted: Sequence[str]) -> Iterator[Evidence]:
    for one in passages:
        text = one.passage.text.lower()
        if one.similarity >= _SIMILAR or any(word in text for word in wanted):
            yield one
