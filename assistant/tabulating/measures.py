"""Which measure words speak of: production, reserves, prices; and in which unit figures are.

A figure is of a measure where the words nearest to it say so (the head of its column, its label),
or the caption or title do and nothing nearer says another.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.tabulating.subjects import without_names
from corpus.language.words import fold
from corpus.lexicon import load_lexicon
from index.wording import StemSet, plain_words, stem

# Each of these is something else than any other of them, and a figure is of one.
_MEASURES = StemSet(
    """production reserves resources imports exports price revenue profit consumption
    quota capacity reliance employment share stocks tariff grade demand sales sold
    shipments expenditure loss stake"""
)
# Said beside another measure they make it another: an import reliance is no import.
_NARROWING = StemSet("""quota capacity reliance share price tariff employment stocks revenue profit
    rise fall growth change forecast target demand stake sold""")
# What a title says of all figures below it, whatever their heads are.
_NEVER_MEANT = StemSet("quota forecast target")
_PRODUCTION = stem("production")
_FORMS = StemSet("""oxide metal alloy carbonate chloride fluoride concentrate magnet compound
    mischmetal""")
# Of these a table may name the production that they go with, as quotas for mining.
OF_PRODUCTION = StemSet("quota share target forecast price employment grade")
_MONEY = StemSet("price revenue profit value sales expenditure loss")
_RATIOS = StemSet("share reliance tariff grade stake rise fall")
_MONEY_UNIT = frozenset("dollar yuan euro rmb cny cent".split())
_UNIT_FORMS = (
    (r"(?:u\.?s\.?|us)\s?\$|\$|\busd\b|u\.?s\.? dollars|\bdollars\b", " dollar "),
    (r"€|\beuros?\b|\beur\b", " euro "),
    (r"\brenminbi\b|\brmb\b|\bcny\b|¥", " yuan "),
    (r"\bmetric tons?\b|\btonnes?\b|\btons?\b|(?<![\w$/])t\b|(?<=/)t\b|\bmt\b", " ton "),
    (r"\bkilograms?\b|\bkgs?\b|\bkilos?\b", " kg "),
    (r"\bf\.?\s?o\.?\s?b\b\.?|\bfree on board\b", " fob "),
    (r"%|\bper cent\b", " percent "),
    (r"/", " per "),
)
_NO_UNIT = frozenset(
    """equivalent of content total in average annual averages the and or unless otherwise noted
    specified years year fiscal calendar ending december selected data range values value as
    reported basis""".split()
)


def measures_of(text: str) -> frozenset[str]:
    """Return the measures that words speak of, as stems."""
    return frozenset(_stems(text)) & _MEASURES


def narrowing_of(text: str) -> frozenset[str]:
    """Return the words of a text that make a measure another, as stems."""
    return frozenset(_stems(text)) & _NARROWING


def is_of_another_form(asked: frozenset[str], near: frozenset[str]) -> bool:
    """Tell whether stems near a figure name another form of a material than the one asked for."""
    return bool(asked & _FORMS) and bool(near & _FORMS) and not asked & near & _FORMS


def speaks_of(asked: frozenset[str], near: Sequence[str], around: Sequence[str]) -> bool:
    """Tell whether a figure is of the measures asked for.

    `near` are its own words (head of the column, label), `around` those of caption, section and
    title, the nearest first.
    """
    own = frozenset[str]().union(*map(measures_of, near))
    extra = frozenset[str]().union(*map(narrowing_of, near)) - asked
    missing = asked - own
    if extra or (missing and _is_of_another(own - asked, asked)):
        return False
    if own - {_PRODUCTION} and missing & _NARROWING:
        return False  # "Exports" beside "Quota" are no export quota
    for words in around:
        told = measures_of(words)
        extra = narrowing_of(words) - asked
        if told & asked:
            if _is_compound(words, asked, extra):
                return False
            # A caption of several measures leaves it to the columns which of them it is.
            if missing and extra:
                return False
            break
        if missing and (extra or _is_of_another(told, asked)):
            return False
        if extra & _NEVER_MEANT:
            return False
    return not missing - frozenset[str]().union(*map(measures_of, around))


def _is_compound(words: str, asked: frozenset[str], extra: frozenset[str]) -> bool:
    """Tell whether a measure stands before a word that makes it another: "production quotas"."""
    told = _stems(words)
    return any(one in asked and other in extra for one, other in pairwise(told))


def _is_of_another(own: frozenset[str], asked: frozenset[str]) -> bool:
    others = own - {_PRODUCTION} if asked & OF_PRODUCTION else own
    return bool(others)


def suits_unit(asked: frozenset[str], unit: frozenset[str], in_shares: bool) -> bool:
    """Tell whether a measure can be in a unit: prices in money, production in none.

    What is parted among many rows (`in_shares`) may be given in percent of the whole.
    """
    if not unit or not asked:
        return True
    if "percent" in unit:
        return in_shares or bool(asked & _RATIOS) or not asked & _MEASURES
    if unit & _MONEY_UNIT:
        return bool(asked & (_MONEY | {stem("tariff")})) or not asked & _MEASURES
    return not asked & (_MONEY | _RATIOS)


@lru_cache(maxsize=5_000)
def unit_key(measure: str) -> frozenset[str]:
    """Return what tells a unit with its basis from others, however they are written."""
    lexicon = load_lexicon()
    pieces: list[str] = []
    position = 0
    for mention in lexicon.find_mentions(measure):
        if mention.entry.kind == "basis":
            pieces += [measure[position : mention.start], f" {mention.entry.id} "]
            position = mention.end
    text = fold("".join((*pieces, measure[position:])))
    text = re.sub(r"\b(\w+)\s?\(\s?\1\s?\)", r"\1", text)
    for form, plain in _UNIT_FORMS:
        text = re.sub(form, plain, text)
    return frozenset(word for word in plain_words(text) if word not in _NO_UNIT)


@lru_cache(maxsize=20_000)
def _stems(text: str) -> tuple[str, ...]:
    # Percent is a unit, which a caption or label may name of any measure, and a mine is a place.
    # Names of companies have measures in them ("Resources").
    told = (word for word in plain_words(without_names(text)) if word not in ("mine", "mines"))
    return tuple(stem(word) for word in told if not word.startswith("percent"))
