"""The answer type that a question expects, as question answering tells them apart (Li and Roth
2002): a person, an organisation, a place, a date, a duration, and the kinds of figures.

The asking words tell it ("when", "how long"), the noun behind them ("which company"), and for
figures the unit or measure that was read. Words are in `answer_types.tsv`.
"""

import re
from functools import lru_cache
from typing import Literal, get_args

from corpus.facts import Query
from corpus.language.measures import find_measures, measure_named
from corpus.language.phrases import PhraseFinder
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary, any_form, load_vocabulary, split_forms
from index.query.answer_type import MONEY, NAMES, asks_overview, asks_yes_or_no

ExpectedType = Literal[
    "duration", "date", "person", "organisation", "place",
    "share", "money", "mass", "count", "figure", "any",
]  # fmt: skip
FIGURES: frozenset[ExpectedType] = frozenset(("share", "money", "mass", "count", "figure"))

_TYPES: dict[str, ExpectedType] = {name: name for name in get_args(ExpectedType)}
_NEAR_WORDS = 6  # from the asking words to the noun that they ask for
_DIMENSIONS: dict[str, ExpectedType] = {
    "share": "share",
    "mass": "mass",
    "mass rate": "mass",
    **dict.fromkeys(MONEY, "money"),
}


def expected_type(text: str, query: Query, vocabulary: Vocabulary | None = None) -> ExpectedType:
    """Return which type of answer a question expects; "any" where no words tell it.

    `query` is what the question was read into.
    """
    vocabulary = vocabulary or load_vocabulary()
    if asks_overview(text):
        return "any"
    of_values = _of_values(query, vocabulary)
    asking = _asking(text, vocabulary)
    if asking is None:
        if asks_yes_or_no(text, vocabulary):
            return "any"
        noun = _noun(_phrase(text, vocabulary), "", vocabulary)
        return (of_values if of_values != "figure" else noun or of_values) or noun or "any"
    behind = text[asking.start() :]
    forms = _finder("asking", vocabulary).find(behind)
    form = next((one for one in forms if one.start == 0), None)
    rest = behind[form.end if form else len(asking.group()) :].lstrip()
    if form is None:
        return _of_noun(rest, of_values, vocabulary)
    if form.meaning == "count":
        unit = _finder("units", vocabulary).find(_first_words(rest, 3))
        return unit[0].meaning if unit else "count"
    if form.meaning == "figure":
        if article := _begins(rest, "indefinite article", vocabulary):  # "how large a stake"
            noun = _noun(_phrase(rest[article:].lstrip(), vocabulary), "", vocabulary)
            return noun or of_values or "figure"
        is_part = rest.startswith("of ")  # "how much of it" may be an amount or a share
        return "figure" if is_part or of_values is None else of_values
    if form.meaning == "organisation":
        return _who(rest, vocabulary)
    return form.meaning


def _of_noun(rest: str, of_values: ExpectedType | None, vocabulary: Vocabulary) -> ExpectedType:
    """Return the type that is asked for behind "what" or "which"."""
    if _opens(rest, "auxiliary", vocabulary):  # "what did it pay"
        return of_values or "any"
    being = _begins(rest, "being", vocabulary)
    phrase = _phrase(rest[being:].lstrip(), vocabulary)
    if noun := _noun(phrase, rest, vocabulary):
        return noun
    is_measured = bool(being) or bool(find_measures(phrase, vocabulary))
    return (of_values if is_measured else None) or "any"


def _of_values(query: Query, vocabulary: Vocabulary) -> ExpectedType | None:
    """Return the type that a unit, a measure or the words for amounts tell."""
    if unit := _DIMENSIONS.get(dimension(query.unit)):
        return unit
    if query.value_kind in ("money", "share"):
        return _TYPES[query.value_kind]
    measure = measure_named(query.wanted.measure, vocabulary)
    if query.value_kind == "figure" or (measure.dimension and query.operation == "look-up"):
        return _DIMENSIONS.get(measure.dimension, "figure")
    return None


def _asking(text: str, vocabulary: Vocabulary) -> re.Match[str] | None:
    """Return the words that ask: of "When it raised money, what ..." the latter."""
    found = list(_pattern("asking word", vocabulary).finditer(text))
    if (
        len(found) > 1
        and _opens(text, "subordinate", vocabulary)
        and "," in text[: found[1].start()]
    ):
        return found[1]
    return found[0] if found else None


def _who(text: str, vocabulary: Vocabulary) -> ExpectedType:
    """Return whether a person is asked for, or anybody."""
    nouns = _finder("nouns", vocabulary).find(text)
    return "person" if any(one.meaning == "person" for one in nouns) else "organisation"


def _noun(phrase: str, rest: str, vocabulary: Vocabulary) -> ExpectedType | None:
    """Return the type of the head of a noun phrase: "price floor", "the firm's revenue"."""
    nouns = _finder("nouns", vocabulary).find(phrase)
    if not nouns:
        return None
    head = nouns[0]
    for one in nouns[1:]:
        is_named = head.meaning in NAMES and phrase[: head.end].endswith("s")
        if is_named or phrase[head.end : one.start].strip(" '’s-"):
            break  # "which countries count as": many are no part of a compound
        head = one
    return _who(rest, vocabulary) if head.meaning == "organisation" else head.meaning


def _phrase(text: str, vocabulary: Vocabulary) -> str:
    """Return the noun phrase that a text begins with."""
    near = _first_words(text, _NEAR_WORDS)
    end = _pattern("ends noun", vocabulary).search(near)
    return near[: end.start()] if end else near


def _first_words(text: str, count: int) -> str:
    match = re.match(rf"(?:\s*\S+){{0,{count}}}", text)
    return match.group() if match else ""


def _opens(text: str, kind: str, vocabulary: Vocabulary) -> bool:
    return bool(_begins(text, kind, vocabulary))


def _begins(text: str, kind: str, vocabulary: Vocabulary) -> int:
    """Return how long the words of a kind are that a text begins with."""
    match = _pattern(kind, vocabulary).match(text)
    return match.end() if match else 0


@lru_cache(maxsize=16)
def _pattern(kind: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    forms = any_form(vocabulary.words("grammar", kind))
    return re.compile(rf"(?<!\w){forms}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=8)
def _finder(column: str, vocabulary: Vocabulary) -> PhraseFinder[ExpectedType]:
    return PhraseFinder(
        (form, _TYPES[row["type"]])
        for row in vocabulary.rows("answer_types")
        for form in split_forms(row[column])
    )
