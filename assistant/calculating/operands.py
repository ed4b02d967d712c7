"""The operands of a calculation: its Query with one time, name, edition or measure filled in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.figures.labels import label_of_words
from assistant.figures.realising import noun_text
from assistant.figures.value_words import period_text
from corpus.facts import Argument, Calculation, Fact, Query
from corpus.facts.fact import Operation, Role
from corpus.language.measures import has_nature, is_kind_of, names_of_nature
from corpus.language.periods import Period, parse_period
from corpus.language.units import dimension
from index.query import points_of, varied_arguments

CALCULATED: tuple[Operation, ...] = (
    "difference", "growth", "annual growth", "ratio", "share", "total", "average", "compare",
)  # fmt: skip
_ADDED = ("total", "average")
_NO_UNITS = ("percent", "point", "time")
_MOST = 40
_SINCE = "/.."
LATEST = "the latest"


@dataclass(frozen=True, slots=True)
class Sought:
    """One figure to be found, and how an answer names it."""

    label: str
    query: Query


@dataclass(frozen=True, slots=True)
class Operands:
    """The figures that a calculation takes, in their order; none where nothing is to be worked out.

    `over` is what they differ in: "times", "names", "editions", "measures", "whole", or "names and
    times", where they come in pairs, earlier and later. `subject` is what they all are of.
    """

    over: str = ""
    subject: str = ""
    sought: tuple[Sought, ...] = ()


def operands_of(query: Query) -> Operands:
    """Return the operands that a query asks to be put together."""
    if query.operation not in CALCULATED:
        return Operands()
    found = _operands(query)
    return found if 2 <= len(found.sought) <= _MOST else Operands()


def single_of(query: Query, unit: str = "") -> Query:
    """Return the look-up of the one figure that a query asks for, in a unit or in whatever one."""
    return replace(_bare(query), unit=unit)


def _operands(query: Query) -> Operands:
    bare = _bare(query)
    times = _times(query)
    several = varied_arguments(bare)
    if query.operation == "share":
        return _of_whole(query, bare)
    if any(part.rest != query.rest for part in query.parts):
        if len(times) == 2 and query.operation not in _ADDED:
            sought = tuple(
                _of_part(query, part, time, is_labelled=True)
                for part in query.parts
                for time in times
            )
            return Operands("names and times", _subject(bare, several), sought)
        if len(times) < 2:
            sought = tuple(_of_part(query, part, *times) for part in query.parts)
            return Operands("names", _subject(bare, several, times), sought)
    if several and len(times) == 2 and query.operation not in _ADDED:
        sought = tuple(
            Sought(
                f"{argument_text(name)}, {period_text(time)}",
                at_time(of_name(bare, several, name), time),
            )
            for name in several
            for time in times
        )
        return Operands("names and times", _subject(bare, several), sought)
    if several and len(times) <= 1 and (query.parts or query.operation not in _ADDED):
        bare = at_time(bare, times[0]) if times else bare
        sought = tuple(
            Sought(argument_text(name), of_name(bare, several, name)) for name in several
        )
        return Operands("names", _subject(bare, several, times), sought)
    if len(times) > 1 and not several:
        sought = tuple(Sought(period_text(time), at_time(bare, time)) for time in times)
        return Operands("times", _subject(bare), sought)
    if len(times) == 1 and query.periods[0].text.endswith(_SINCE) and not several:
        latest = replace(bare, periods=(), latest=True, wanted=replace(bare.wanted, period=None))
        sought = (Sought(period_text(times[0]), at_time(bare, times[0])), Sought(LATEST, latest))
        return Operands("times", _subject(bare), sought)
    if len(query.editions) > 1 and not several:
        editions = sorted(query.editions, key=_edition_key)
        sought = tuple(Sought(edition, _of_edition(bare, edition)) for edition in editions)
        return Operands("editions", _subject(bare, (), times), sought)
    measures = query.calculation.measures
    if (
        query.operation not in _ADDED
        and len(measures) == 2
        and query.wanted.measure in measures
        and not several
    ):
        sought = tuple(Sought(measure, _of_measure(bare, measure)) for measure in measures)
        return Operands("measures", _subject(_of_measure(bare, ""), (), times), sought)
    return Operands()


def _of_part(
    query: Query, part: Query, time: Period | None = None, *, is_labelled: bool = False
) -> Sought:
    """Return what is sought for a member of a list of which some are known by words alone."""
    bare = _bare(replace(part, operation=query.operation))
    own = [
        a for a in bare.wanted.arguments if any(a not in p.wanted.arguments for p in query.parts)
    ]
    label = argument_text(own[0]) if own else ""
    if part.rest != query.rest:
        told = label_of_words(query, part)
        is_before = f"{told} {label}".casefold() in query.text.casefold()
        label = (f"{told} {label}" if is_before else f"{label} {told}").strip()
    if is_labelled and time:
        label = f"{label}, {period_text(time)}"
    return Sought(label, at_time(bare, time) if time else bare)


def _times(query: Query) -> tuple[Period, ...]:
    """Return the times that are compared, the earlier first, or all that are added up."""
    if query.calculation.against:
        return (query.calculation.against, *points_of(query.periods))
    if query.operation in _ADDED:
        return tuple(_listed(query.periods))
    points = points_of(query.periods)
    return tuple(sorted(points, key=lambda one: (one.last or one.text[-4:], one.text)))


def _listed(periods: Sequence[Period]) -> Iterator[Period]:
    """Yield the times of a list, of a span of years each of them."""
    spans = [p for p in periods if "/" in p.text and not p.text.startswith("P")]
    for span in spans:
        fiscal = "FY" if span.text.startswith("FY") else ""
        yield from (parse_period(f"{fiscal}{year}") for year in span.years)
    within = {str(year) for span in spans for year in span.years}
    yield from (p for p in periods if p not in spans and p.text not in within)


def _of_whole(query: Query, bare: Query) -> Operands:
    """Return the part and the whole of a share: of the whole fewer names, or no words of a line."""
    wanted, whole = bare.wanted, query.calculation.whole
    measure = wanted.of or min(names_of_nature("inward"))
    base = replace(wanted, measure=measure, of="", stage="", statistic="")
    keys = {argument.name.key for argument in whole}
    others = tuple(a for a in wanted.arguments if a.role == "material")
    owners = tuple(a for a in wanted.arguments if a.name.key in keys and a not in others)
    parts = tuple(a for a in wanted.arguments if a not in others and a not in owners)
    if whole and len(parts) != 1:
        return Operands()
    if not whole:  # a line of what somebody counts
        total = replace(bare, rest=(), wanted=replace(base, rest=()))
        part = replace(bare, wanted=base)
        label = " ".join(query.rest).capitalize()
    else:
        partner = _partner(measure)
        if partner and owners and owners[0].name.id != "world":
            sides = (*owners, replace(parts[0], role=partner))
        else:
            sides = (*parts, *(a for a in owners if a.role == "subject"))
        part = replace(bare, wanted=replace(base, arguments=(*sides, *others)))
        is_of_line = bool(owners) and owners[0].role == "subject"
        rest = () if is_of_line else bare.rest
        of_whole = replace(base, arguments=(*whole, *others), rest=rest)
        total = replace(bare, rest=rest, wanted=of_whole)
        label = argument_text(parts[0])
    sought = (Sought(label, part), Sought(_subject(total), total))
    return Operands("whole" if whole else "line", _subject(total, (), bare.periods), sought)


def _partner(measure: str) -> Role | None:
    """Return the role of the other end of a trade, None of what is no trade."""
    inward = min(names_of_nature("inward"))
    if is_kind_of(measure, inward):
        return "origin"
    return "destination" if is_kind_of(measure, min(names_of_nature("outward"))) else None


# -- one slot filled in


def _bare(query: Query) -> Query:
    """Return a query without what is to be done with the figures that it looks up."""
    wanted = query.wanted
    arguments = wanted.arguments
    if query.calculation.form:  # "as yttrium metal" names what it is turned into
        arguments = tuple(
            a
            for a in arguments
            if not any(a is not o and a.name.id == o.name.id and a.name.form for o in arguments)
        )
    statistic = "" if wanted.statistic in _ADDED else wanted.statistic
    status = "reported" if has_nature(wanted.status, "firm") else wanted.status
    unit = query.unit
    if query.operation not in ("difference", "compare", *_ADDED) or unit in _NO_UNITS:
        unit = ""
    if unit and dimension(unit) == "mass" and has_nature(wanted.measure, "quoted"):
        unit = ""
    kind = query.value_kind if query.value_kind == "money" else "any"
    return replace(
        query,
        operation="look-up",
        value_kind=kind,
        unit=unit,
        parts=(),
        calculation=Calculation(),
        wanted=replace(wanted, arguments=arguments, statistic=statistic, status=status),
    )


def at_time(query: Query, time: Period) -> Query:
    """Return a query for one time."""
    return replace(query, periods=(time,), wanted=replace(query.wanted, period=time))


def of_name(query: Query, several: Sequence[Argument], name: Argument) -> Query:
    """Return a query for one of several names."""
    kept = tuple(a for a in query.wanted.arguments if a is name or a not in several)
    return _with_arguments(query, kept)


def _with_arguments(query: Query, arguments: tuple[Argument, ...]) -> Query:
    return replace(query, wanted=replace(query.wanted, arguments=arguments))


def _of_edition(query: Query, edition: str) -> Query:
    return replace(query, editions=(edition,), wanted=replace(query.wanted, edition=edition))


def _of_measure(query: Query, measure: str) -> Query:
    return replace(query, wanted=replace(query.wanted, measure=measure, stage=""))


# -- words


def _subject(query: Query, without: Sequence[Argument] = (), times: Sequence[Period] = ()) -> str:
    """Return what figures are of, without what they differ in."""
    kept = tuple(a for a in query.wanted.arguments if a not in without)
    told = subject_text(replace(query.wanted, arguments=kept), query.rest)
    return f"{told} in {period_text(times[0])}" if len(times) == 1 else told


def _edition_key(edition: str) -> str:
    return edition.rpartition(" ")[2]


def subject_text(wanted: Fact, rest: Sequence[str] = ()) -> str:
    """Return what a figure is of: "China's mine production", "the price of terbium oxide"."""
    measure = " ".join((*rest, wanted.measure or "figures"))
    measure = f"{measure} of {wanted.of}" if wanted.of else measure
    return noun_text(replace(wanted, of=""), measure)


def argument_text(argument: Argument) -> str:
    """Return a name with the form of a material: "terbium oxide"."""
    name = argument.name
    return name.text if name.text.endswith(name.form) else f"{name.text} {name.form}"
