"""Which kind of answer a question expects: money, a share, another figure, a date or names."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from corpus.language.measures import Measure, find_measures, has_nature
from corpus.language.phrases import PhraseFinder
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary, any_form, load_vocabulary, split_forms
from index.query.remaining_text import RemainingText

AnswerType = Literal["money", "share", "figure", "date", "names", "any"]

_PHRASE_WORDS = 4  # of the noun phrase that is asked for
NAMES = ("person", "organisation", "place")  # expected types that names answer
_PLURAL = re.compile(r"[^\W\d_]{2,}[^\Wsiu]s")
MONEY = ("money", "price", "money per share")


def expected_answer_type(
    text: RemainingText, operations: Sequence[str], measure: Measure, unit: str
) -> AnswerType:
    """Return the kind of answer that is expected; "any" where words do not tell it."""
    if "date" in operations:
        return "date"
    if "names" in operations:
        return "names"
    is_open = _opens(text, "reason or choice")
    is_amount = (bool(unit) and not is_open) or _asks(text, "amount") or _asks(text, "quantity")
    if not _asks(text, "counting") or dimension(unit) in MONEY:
        is_share = _asks(text, "share") or (is_amount and measure.dimension == "share")
        if is_share and dimension(unit) in ("", "share"):
            return "share"
        if (_asks(text, "money") or dimension(unit) in MONEY) and not is_open:
            return "money"
    if is_amount:
        return "figure"
    if has_nature(measure.name, "dated", text.vocabulary) and not is_open:
        return "date"
    return "figure" if measure.name and _opens(text, "being") else "any"


def orders_list(text: RemainingText) -> bool:
    """Tell whether the words order a list, of reasons too: "List why the mines closed"."""
    return _opens(text, "naming")


def asks_yes_or_no(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a question asks whether something is so: "Did the plant reach its forecast".

    A time or condition may go before it: "Under the old rules, could a firm export".
    """
    fronted = _fronted(vocabulary).match(text)
    asking = text[fronted.end() :] if fronted else text
    return _pattern("yes or no", vocabulary).match(asking) is not None


def asks_manner(text: RemainingText) -> bool:
    """Tell whether the words ask in which way something is done: "How is NdPr separated?"."""
    return _opens(text, "manner of doing")


def asks_overview(text: str) -> bool:
    """Tell whether all that is known of something is asked for: "What do the sources say about".

    A summary that a question only names, beside what it asks, is a publication.
    """
    vocabulary = load_vocabulary()
    if _pattern("overview", vocabulary).search(text):
        return True
    is_named = _pattern("overview by name", vocabulary).search(text) is not None
    return is_named and not _asking_word(vocabulary).search(text)


def asks_for_several(text: RemainingText) -> bool:
    """Tell whether several things are asked for: "which two mines", "which heavy rare earths",
    "who are the customers", in shorthand "Lynas - founding shareholders?"."""
    if _asks(text, "several"):
        return True
    asked = _pattern("one or several", text.vocabulary).search(text.text)
    if asked is None:
        return not _asking_word(text.vocabulary).search(text.text) and _names_several(text)
    phrase = re.findall(r"[^\W_]+", text.text[asked.end() :])[:_PHRASE_WORDS]
    ends = text.vocabulary.words("grammar", "ends noun")
    end = next((n for n, word in enumerate(phrase) if word.casefold() in ends), len(phrase))
    # "which mines opened in", "which heavy rare earths did"
    heads = phrase[: min(end, 1)] + phrase[max(end - 1, 0) : end]
    head = next((word for word in heads if _PLURAL.fullmatch(word)), "")
    return bool(head) and not any(
        _is_figure(one.meaning, text.vocabulary) for one in find_measures(head, text.vocabulary)
    )


def _is_figure(measure: Measure, vocabulary: Vocabulary) -> bool:
    """Tell whether a measure is one figure, though in the plural: "what are the reserves"."""
    flows = ("inward", "outward")
    return bool(measure.dimension) or any(
        has_nature(measure.name, one, vocabulary) for one in flows
    )


def _names_several(text: RemainingText) -> bool:
    """Tell whether shorthand names who or where is asked for in the plural: "customers Lynas"."""
    nouns = _nouns_of_names(text.vocabulary).find(text.text)
    return any(_PLURAL.fullmatch(text.text[one.start : one.end].split()[-1]) for one in nouns)


def _asks(text: RemainingText, kind: str) -> bool:
    return _pattern(kind, text.vocabulary).search(text.text) is not None


def _opens(text: RemainingText, kind: str) -> bool:
    return _pattern(kind, text.vocabulary).match(text.text) is not None


@lru_cache(maxsize=4)
def _nouns_of_names(vocabulary: Vocabulary) -> PhraseFinder[str]:
    return PhraseFinder(
        (form, row["type"])
        for row in vocabulary.rows("answer_types")
        if row["type"] in NAMES
        for form in split_forms(row["nouns"])
    )


@lru_cache(maxsize=4)
def _asking_word(vocabulary: Vocabulary) -> re.Pattern[str]:
    forms = any_form(vocabulary.words("grammar", "asking word"))
    return re.compile(rf"(?<!\w){forms}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _fronted(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of what stands before the comma where a question begins behind it."""
    return re.compile(rf"(?:(?!{_asking_word(vocabulary).pattern})[^,?!;:])+,\s+", re.IGNORECASE)


@lru_cache(maxsize=16)
def _pattern(kind: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    forms = any_form(vocabulary.words("asked", kind))
    return re.compile(rf"(?<!\w){forms}(?!\w)", re.IGNORECASE)
