"""Whether a Query asks for a table, and which look-ups give its cells."""

from collections.abc import Iterator
from dataclasses import replace

from corpus.facts import Query
from corpus.language.measures import has_nature, measure_named, names_of_nature

_MANY_PERIODS = 2  # from which on figures of several times are a series
_TIMES = frozenset(("year", "quarter"))
_SEVERAL = frozenset(("list", "rank", "compare", "table"))
_SEGMENTS = frozenset(("region", "other", "material"))  # may be those that a company reports
EDITION = "edition"
ANY = "series"  # a group of a look-up whose rows are not told beforehand


def asks_table(query: Query) -> bool:
    """Tell whether a question asks for a table by its words: by country, as a table."""
    is_table = query.operation == "table" or bool(query.order and query.group_by)
    return is_table and bool(query.wanted.measure or query.unit or query.rest)


def may_be_table(query: Query) -> bool:
    """Tell whether a question may be answered by a table: a series of years, a list of names."""
    if not (query.wanted.measure or query.unit or query.rest):
        return False  # figures of what?
    is_open = query.operation in ("look-up", "list", "table", "rank")
    is_series = is_open and len(single_periods(query)) >= _MANY_PERIODS
    is_list = query.operation in _SEVERAL and bool(query.group_by or len(query.parts) > 1)
    return asks_table(query) or is_series or is_list or _ranks_class(query)


def _ranks_class(query: Query) -> bool:
    """Tell whether the members of a class of materials are ranked: "heavy oxides by price"."""
    materials = [one.name.kind for one in query.wanted.arguments if one.role == "material"]
    return query.order in ("largest", "smallest") and materials == ["product"]


def single_periods(query: Query) -> tuple[str, ...]:
    """Return the times asked for without the spans of which each year is asked for, too."""
    return tuple(p.text for p in query.periods if "/" not in p.text or p.text.startswith("P"))


def row_groups(query: Query) -> tuple[str, ...]:
    """Return what the rows of a table are of, as far as the question says it."""
    return tuple(one for one in query.group_by if one not in (*_TIMES, EDITION, ANY))


def is_by_edition(query: Query) -> bool:
    """Tell whether the columns of a table are editions."""
    return EDITION in query.group_by or len(query.editions) > 1


def look_ups(query: Query) -> tuple[tuple[Query, ...], ...]:
    """Return for each part of a question the look-ups of which the first that fits is taken."""
    parts = query.parts or (query,)
    return tuple(tuple(_variants(query, part)) for part in parts)


def _variants(query: Query, part: Query) -> Iterator[Query]:
    """Yield a part as it is asked, then, by rows, as the shares of it that these have.

    A class of materials may be what a table is of that has a row of each. The origins of imports
    are their sources; what uses take of a consumption are shares of it.
    """
    groups = query.group_by or ((ANY,) if not query.parts else ())
    wanted = replace(part.wanted, edition="")
    asked = replace(part, parts=(), group_by=groups, operation="table", value_kind="any")
    asked = replace(asked, wanted=wanted, editions=query.editions)
    yield asked
    if any(one in _SEGMENTS for one in groups):
        for group in ("other", "segment"):
            told = tuple(group if one in _SEGMENTS else one for one in groups)
            yield replace(asked, group_by=told)
    if not row_groups(query):
        ranked = replace(wanted, statistic="") if _ranks_class(query) else wanted
        yield replace(asked, wanted=ranked, group_by=("material", *query.group_by))
        return
    if not wanted.measure:
        return
    if has_nature(wanted.measure, "inward"):
        for name in sorted(names_of_nature("part of imports")):
            yield replace(asked, wanted=replace(wanted, measure=name, stage=""))
    is_part = measure_named(wanted.measure).dimension == "share"
    for name in sorted(names_of_nature("part of a whole")):
        of = "" if is_part else wanted.measure  # a grade of ore is a share of it
        yield replace(asked, wanted=replace(wanted, measure=name, of=of, stage=""))
