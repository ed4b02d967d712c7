"""The years and editions that a request for a table names: lists, spans, and versions."""

import re

from assistant.tabulating.periods import Edition, find_editions, without_editions
from corpus.language.periods import find_years

_YEAR = r"(?:19|20)\d\d"
_SPAN = (
    rf"(?:from |between |over )?(?P<first>{_YEAR})\s?"
    rf"(?:-|–|—|to|through|until|till|and)\s?(?P<last>(?:{_YEAR}|\d\d))(?!\d|[,.]\d|%)"
)
_FURTHER_EDITIONS = re.compile(
    rf"(?:\b(?:MCS|Mineral Commodity Summar(?:y|ies)|MYB|Minerals Yearbook)\s+{_YEAR}"
    r"(?:\s+v\.?\s?[\d.]*\d)?)(?P<further>(?:\s*(?:,|and|to|vs\.?|versus|or|with|/|&)+\s*"
    rf"(?:the )?(?:{_YEAR})\b(?:\s+v\.?\s?[\d.]*\d)?)+)",
    re.IGNORECASE,
)
_NAMED_EDITIONS = re.compile(
    rf"\b(?:the )?(?P<years>{_YEAR}"
    rf"(?:\s*(?:,|and|to|vs\.?|or)\s*(?:the )?{_YEAR})*)"
    r"\s+(?:(?P<name>MCS|MYB|Mineral Commodity Summar(?:y|ies)|Minerals Yearbook)(?: editions?)?|"
    r"editions?\b)",
    re.IGNORECASE,
)
_VERSIONS = re.compile(r"\bv(?:ersion)?\.?\s?(\d+\.\d+)", re.IGNORECASE)
_LONE_VERSION = re.compile(
    r"(?:19|20)\d\d\s+v\.?\s?\d+\.\d+\s*(?:,|and|or|to|vs\.?)\s*v\.?\s?(?P<version>\d+\.\d+)",
    re.IGNORECASE,
)


def asked_years(question: str) -> tuple[int, ...]:
    """Return the years that a question names, all those of a span; of "since" up to now."""
    years = dict.fromkeys(find_years(question))
    for match in re.finditer(_SPAN, question, re.IGNORECASE):
        first, last = int(match["first"]), match["last"]
        end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        is_pair = (
            re.search(r"\band\s?\d+$", match.group()) and "between" not in match.group().lower()
        )
        if not is_pair and first < end <= first + 200:
            years |= dict.fromkeys(range(first, end + 1))
    if since := re.search(rf"\bsince ({_YEAR})\b", question, re.IGNORECASE):
        years |= dict.fromkeys(range(int(since[1]), int(since[1]) + 60))
    return tuple(sorted(years))


def asked_editions(question: str) -> tuple[Edition, ...]:
    """Return the editions that a question names, the oldest first: "MCS 2025 and 2026"."""
    found = list(find_editions(question))
    name = found[0].name if found else "MCS"
    for match in _FURTHER_EDITIONS.finditer(question):
        found += [Edition(name, year) for year in find_years(match["further"])]
    for match in _NAMED_EDITIONS.finditer(question):
        written = match["name"] or ""
        of = "MYB" if written.lower() in ("myb", "minerals yearbook") else name
        found += [Edition(of, year) for year in find_years(match["years"])]
    for match in _LONE_VERSION.finditer(question):
        found += [Edition(one.name, one.year, match["version"]) for one in found[-1:]]
    versions = _VERSIONS.findall(question)
    if len(versions) > 1 and len({edition.year for edition in found}) == 1:
        found = [Edition(found[0].name, found[0].year, version) for version in versions]
    return tuple(sorted(dict.fromkeys(found), key=lambda edition: edition.rank))


def without_asked_editions(question: str) -> str:
    """Return a question without the editions that it names."""
    return without_editions(_NAMED_EDITIONS.sub(" ", _FURTHER_EDITIONS.sub(" ", question)))
