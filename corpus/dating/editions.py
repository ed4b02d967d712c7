"""The editions of a series: their order, and the version that a source states of itself."""

import re
from collections.abc import Iterable, Sequence

from corpus.dating.written_dates import read_date
from corpus.document import Source
from corpus.language.dates import date_forms
from corpus.language.vocabulary import load_vocabulary

_MONTH = date_forms(load_vocabulary()).month
# On a line of its own, in brackets with a date, or in "reposted ..., as version 1.3": a version
# of a program in a sentence is none of the document.
_VERSION = re.compile(
    r"(?:^[^\w\n]*(?:document |report |data )?|\bas |\()(?:version|ver\.?|v\.?) ?"
    r"(\d{1,2}(?:\.\d{1,2}){0,2})"
    rf"(?=[\s).;]*$|,? ?(?:\(|of |dated? )?(?:\d\d? )?{_MONTH}|[ ,(]+(?:19|20)\d\d)",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBERED = re.compile(
    r"^[^\w\n]*(revision|rev\.?|amendment) (?:no\. ?)?(\d{1,3})[^\w\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_REVISED = re.compile(
    r"^[^\w\n]*revised:? (?:on )?([^\n]{4,30}?)[^\w\n]*$", re.IGNORECASE | re.MULTILINE
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()


def find_version(first_pages: str) -> str:
    """Return the version that a source states of itself, the highest of several, or "".

    It reads "v1.3", "revision 3", "amendment 1" or "revised 2026-05-27".
    """
    if versions := _VERSION.findall(first_pages):
        return f"v{max(versions, key=_figures)}"
    if numbered := _NUMBERED.search(first_pages):
        kind = "amendment" if numbered[1].lower() == "amendment" else "revision"
        return f"{kind} {numbered[2]}"
    dates = [iso for written in _REVISED.findall(first_pages) if (iso := read_date(written))]
    return f"revised {max(dates)}" if dates else ""


def editions(sources: Iterable[Source]) -> dict[str, tuple[Source, ...]]:
    """Return the sources of each series, the newest first, one for each edition.

    Of copies of an edition (same edition and version) the one that was read most certainly
    stands for all, the first of several equal ones. Sources of no series are left out.
    """
    groups: dict[str, dict[tuple[str, ...], Source]] = {}
    for source in sources:
        if not source.series:
            continue
        group = groups.setdefault(source.series, {})
        known = group.setdefault(edition_key(source), source)
        if source.confidence > known.confidence:
            group[edition_key(source)] = source
    return {series: _newest_first(tuple(group.values())) for series, group in groups.items()}


def edition_key(source: Source) -> tuple[str, ...]:
    """Return what tells the editions of a series apart."""
    if source.edition or source.version:
        return source.edition, source.version
    return "", "", source.published


def is_newer(one: Source, other: Source) -> bool:
    """Tell whether a source is a newer edition of the same series than another.

    Of two versions of an edition of which one states no number, the dates decide, as far as both
    are written.
    """
    if not one.series or one.series != other.series:
        return False
    if one.edition != other.edition:
        ranks = _edition_rank(one.edition), _edition_rank(other.edition)
        if all(ranks) and ranks[0] != ranks[1]:
            return ranks[0] > ranks[1]
    elif one.version and other.version:
        return _figures(one.version) > _figures(other.version)
    shared = min(len(one.published), len(other.published))
    return one.published[:shared] > other.published[:shared]


def _newest_first(sources: Sequence[Source]) -> tuple[Source, ...]:
    return tuple(
        sorted(
            sources,
            key=lambda s: (_edition_rank(s.edition), _figures(s.version), s.published),
            reverse=True,
        )
    )


def _edition_rank(edition: str) -> tuple[int, ...]:
    """Return the year of an edition, then its month and day, quarter or ordinal; () if none."""
    if year := re.search(r"(?:19|20)\d\d(?:-(\d\d))?(?:-(\d\d))?", edition):
        part = re.search(r"\b[QH](\d)\b", edition)
        parts = (int(figure or 0) for figure in (year.group()[:4], *year.groups()))
        return (*parts, int(part[1]) if part else 0)
    first = edition.split(" ")[0].lower()
    if first in _ORDINALS:
        return (_ORDINALS.index(first) + 1,)
    return (int(found[1]),) if (found := re.match(r"(\d{1,2})(?:st|nd|rd|th)", first)) else ()


def _figures(version: str) -> tuple[int, ...]:
    return tuple(int(figure) for figure in re.findall(r"\d+", version))
