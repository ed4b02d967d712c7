"""What a figure measures: production, quota, price, stake, with stage, statistic and basis.

A measure has one standard name; `broader` says what it is a kind of, `dimension` what its figures
are measured in. The names and their synonyms stand in tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.language.phrases import Found, PhraseFinder
from corpus.language.vocabulary import Vocabulary, load_vocabulary, split_forms

_SHARES = frozenset(("share", "points"))
_RELATED = {
    "price": "money",
    "money": "price",
    "mass": "mass rate",
    "mass rate": "mass",
    "points": "share",
}
_OF_UNBOUND = frozenset(("mass", "money"))  # measures of no dimension of their own: exports
_COLUMNS = ("words", "shorthand", "german", "french", "chinese")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure by its standard name; `stage` is that of the value chain, "" for any."""

    name: str
    broader: str = ""
    stage: str = ""
    dimension: str = ""


def find_measures(text: str, vocabulary: Vocabulary | None = None) -> tuple[Found[Measure], ...]:
    """Return the measures that a text names, in order, the longest phrase first."""
    return _find(text, vocabulary or load_vocabulary())


def measure_named(name: str, vocabulary: Vocabulary | None = None) -> Measure:
    """Return the measure of a standard name; one of that name alone for words of a row's own."""
    return _by_name(vocabulary or load_vocabulary()).get(name) or Measure(name)


def forms_of_measure(name: str, vocabulary: Vocabulary | None = None) -> tuple[str, ...]:
    """Return how a measure is written: its standard name and all its synonyms."""
    for row in (vocabulary or load_vocabulary()).rows("measures"):
        if row["name"] == name:
            return (name, *(form for column in _COLUMNS for form in split_forms(row[column])))
    return ()


def is_kind_of(one: str, other: str, vocabulary: Vocabulary | None = None) -> bool:
    """Tell whether a measure is another or a kind of it: mine production is production."""
    known = _by_name(vocabulary or load_vocabulary())
    while one and one != other:
        one = known[one].broader if one in known else ""
    return bool(one)


def root_of(measure: Measure, vocabulary: Vocabulary | None = None) -> Measure:
    """Return the broadest measure that one is a kind of: production of mine production."""
    known = _by_name(vocabulary or load_vocabulary())
    while measure.broader in known:
        measure = known[measure.broader]
    return measure


def narrowed(measure: Measure, stage: str, vocabulary: Vocabulary | None = None) -> Measure:
    """Return the kind of a measure that is of a stage: of output at mines the mine production."""
    if not stage or measure.stage:
        return measure
    known = _by_name(vocabulary or load_vocabulary()).values()
    kinds = (one for one in known if one.broader == measure.name and one.stage == stage)
    return next(kinds, measure)


def worth_of(measure: Measure, vocabulary: Vocabulary | None = None) -> Measure | None:
    """Return the measure of what something is worth: of imports the import value."""
    known = _by_name(vocabulary or load_vocabulary())
    name = measure.name
    while name and measure.dimension in ("", "mass"):
        for one in known.values():
            if one.broader == name and one.dimension == "money":
                return one
        name = known[name].broader if name in known else ""
    return None


def fits(measure: Measure, has: str) -> bool:
    """Tell whether a measure may have a figure that measures a dimension."""
    wanted = measure.dimension
    if measure.name == "date" or measure.broader == "date":
        return False
    if has in _SHARES:
        return True
    if not wanted:
        return has not in ("time", "people", "temperature", "length", "area")
    return has in (wanted, related_dimension(wanted))


def related_dimension(dimension: str) -> str:
    """Return the dimension that figures of another may be of too: of a price money."""
    return _RELATED.get(dimension, "")


def fits_or_worth(measure: Measure, has: str) -> bool:
    """Tell whether a measure, or what it is worth, may have a figure of a dimension."""
    return fits(measure, has) or (has == "money" and worth_of(measure) is not None)


def suits(measure: str, dimension: str) -> bool:
    """Tell whether a measure by its name may have a figure that measures a dimension."""
    wanted = measure_named(measure).dimension
    return fits(measure_named(measure), dimension) if wanted else dimension in _OF_UNBOUND


def measure_of_dimension(dimension: str) -> str:
    """Return what a figure of a dimension measures where nothing says it, "" for most."""
    rows = load_vocabulary().rows("dimensions")
    return next((row["measure"] for row in rows if row["dimension"] == dimension), "")


def names_of_nature(nature: str, vocabulary: Vocabulary | None = None) -> frozenset[str]:
    """Return the measures, statuses or statistics of one nature: "stock", "firm", "ahead"."""
    return _names_of(nature, vocabulary or load_vocabulary())


def has_nature(measure: str, nature: str, vocabulary: Vocabulary | None = None) -> bool:
    """Tell whether a measure, or what it is a kind of, has a nature: reserves are a stock."""
    return _has_nature(measure, nature, vocabulary or load_vocabulary())


def find_terms(
    table: str, text: str, vocabulary: Vocabulary | None = None
) -> tuple[Found[str], ...]:
    """Return the phrases of a table that a text holds, as the first cells of their lines.

    For "statistics", "bases", "statuses", "markers" and "specifications".
    """
    return _terms(table, text, vocabulary or load_vocabulary())


@lru_cache(maxsize=20_000)
def _has_nature(measure: str, nature: str, vocabulary: Vocabulary) -> bool:
    return any(is_kind_of(measure, name, vocabulary) for name in _names_of(nature, vocabulary))


@lru_cache(maxsize=64)
def _names_of(nature: str, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(split_forms(vocabulary.row("natures", nature)["names"]))


@lru_cache(maxsize=50_000)
def _find(text: str, vocabulary: Vocabulary) -> tuple[Found[Measure], ...]:
    return _finder(vocabulary).find(text)


@lru_cache(maxsize=50_000)
def _terms(table: str, text: str, vocabulary: Vocabulary) -> tuple[Found[str], ...]:
    return _term_finder(table, vocabulary).find(text)


@lru_cache(maxsize=4)
def _by_name(vocabulary: Vocabulary) -> dict[str, Measure]:
    return {
        row["name"]: Measure(row["name"], row["broader"], row["stage"], row["dimension"])
        for row in vocabulary.rows("measures")
    }


@lru_cache(maxsize=4)
def _finder(vocabulary: Vocabulary) -> PhraseFinder[Measure]:
    known = _by_name(vocabulary)

    def phrases() -> Iterator[tuple[str, Measure]]:
        for row in vocabulary.rows("measures"):
            yield row["name"], known[row["name"]]
        for column in _COLUMNS:
            for form, row in vocabulary.forms("measures", column):
                yield form, known[row["name"]]

    return PhraseFinder(phrases())


@lru_cache(maxsize=32)
def _term_finder(table: str, vocabulary: Vocabulary) -> PhraseFinder[str]:
    def phrases() -> Iterator[tuple[str, str]]:
        for row in vocabulary.rows(table):
            first = next(iter(row.values()))
            for column in tuple(row)[1:]:
                if column in ("kind", "id", "signs", "notes", "meaning"):
                    continue
                for form in split_forms(row[column]):
                    yield form, first

    return PhraseFinder(phrases())
