"""What a figure measures: production, quota, price, stake, with stage, statistic and basis.

A measure has one standard name; `broader` says what it is a kind of, `dimension` what its figures
are measured in. The names and their synonyms stand in tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.language.phrases import Found, PhraseFinder
from corpus.language.vocabulary import Vocabulary, load_vocabulary, split_forms

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
