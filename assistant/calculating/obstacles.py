"""What in a question itself rules a calculation out: unlike measures, a missing rate or mix."""

from corpus.facts import Query
from corpus.language.measures import has_nature, is_kind_of, measure_named
from corpus.language.units import dimension
from corpus.language.vocabulary import load_vocabulary
from corpus.lexicon import load_lexicon
from index.query import points_of

_ADDED = ("total", "average")
_OF_MEASURES = ("difference", "compare", "total", "ratio")
_WORLD = "world"


def obstacle_of(query: Query) -> str:
    """Return why what a query asks for cannot be calculated, "" where it can."""
    if query.calculation.stated:
        return _of_stated(query)
    places = [a.name.id for a in query.wanted.arguments if a.role == "place"]
    if query.operation in _ADDED and _WORLD in places and len(places) > 1:
        return "the figure of the world already contains those of its countries"
    materials = {a.name.id for a in query.wanted.arguments if a.role == "material"}
    is_of_one = len(materials) < 2  # magnets of one and oxide of another are two goods
    if query.operation == "total" and is_of_one and len(stages := _stages_of_forms(query)) > 1:
        told = " and ".join(sorted(stages))
        return f"the bases differ: {told} are stages of one material and are not added up"
    is_of_times = len(points_of(query.periods)) > 1  # which differ, and not the measures
    is_of_measures = query.operation in _OF_MEASURES and not is_of_times
    return _of_measures(query) if is_of_measures else ""


def obstacle_of_form(query: Query, basis: str) -> str:
    """Return why a figure of a source cannot be turned into metal or oxide, "" where it can."""
    if query.calculation.element not in load_lexicon().elements:
        return _mix(query)
    kinds = {row["name"]: row["kind"] for row in load_vocabulary().rows("bases")}
    if kinds.get(basis) == "gross":
        return "the figure is a gross weight, and the oxide content is not stated"
    return ""


def _of_stated(query: Query) -> str:
    asked = query.calculation
    if len(asked.stated) != 1:
        return ""
    given = asked.stated[0].unit.partition("/")[0]
    wanted = query.unit.partition("/")[0]
    is_exchange = dimension(given) == dimension(wanted) == "money" and given != wanted
    if is_exchange and (asked.rate is None or {*asked.rate.unit.split("/")} != {given, wanted}):
        return (
            f"no exchange rate is given between {given} and {wanted}; name one "
            '("at 7.25 yuan per dollar") or ask for a source that states one'
        )
    if asked.takes_tax_off and not asked.tax_percent:
        return "no rate of value-added tax is given"
    return obstacle_of_form(query, query.wanted.basis) if asked.form else ""


def _mix(query: Query) -> str:
    if query.wanted.basis and query.calculation.element not in load_lexicon().elements:
        return (
            f"{query.wanted.basis} and oxide are unlike bases, and the oxide content of the "
            "material is not stated"
        )
    return (
        "the mix of elements in the oxide is not stated, and their oxides hold different shares "
        "of metal"
    )


def _stages_of_forms(query: Query) -> set[str]:
    """Return the forms named that stand for different stages of one material."""
    rows = (row for row in load_vocabulary().rows("natures"))
    stages = {
        form: row["nature"]
        for row in rows
        if row["nature"].startswith("form of ")
        for form in row["names"].split(" | ")
    }
    named = {form: stages[form] for form in query.calculation.forms if form in stages}
    return set(named) if len(set(named.values())) > 1 else set()


def _of_measures(query: Query) -> str:
    """Return why the measures that a question names are unlike: a quota is no output."""
    names = query.calculation.measures
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            for nature, told in _NATURES.items():
                if has_nature(one, nature) != has_nature(other, nature) and _is_amount(one, other):
                    return (
                        f"the bases differ: {one} and {other}; {told}, so the two are not set "
                        "against each other"
                    )
            if query.operation == "total" and _are_stages(one, other):
                return (
                    f"the bases differ: {one} and {other} count the same material at two stages, "
                    "so they are not added up"
                )
    return ""


_NATURES = {
    "ruled": "a quota is a permission",
    "yearly": "a capacity is what could be made",
    "of an edition": "reserves and resources lie in the ground",
}


def _is_amount(one: str, other: str) -> bool:
    """Tell whether two measures count the same kind of thing: both weigh something."""
    kinds = {measure_named(name).dimension.removesuffix(" rate") for name in (one, other)}
    return kinds <= {"mass", ""}


def _are_stages(one: str, other: str) -> bool:
    first, second = measure_named(one), measure_named(other)
    is_staged = bool(first.stage and second.stage) and first.stage != second.stage
    return is_staged and any(is_kind_of(other, broader) for broader in (first.broader,) if broader)
