"""What stands around a fact on its page, for words and names that its slots do not hold.

A row has a code that is no label; a sentence leaves out whom the one before, or its heading, named.
A name counts so where no other of its kind was named since: then the sentence is about that one.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.facts import Table
from corpus.language.names import BODIES, PLACES, Name, find_names
from corpus.language.phrases import EAST_ASIAN
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import fold
from corpus.lexicon import load_lexicon
from index.facts.ledger import LedgerFact
from index.storage.fact_rows import name_key

_REACH = 600  # characters before a sentence in which the one it is about is named
_SECTION = 6000  # characters before it in which its heading is looked for
_SHORTEST = 3
_FEWEST_ITEMS = 3  # of an enumeration
_WORLD = "world"
_MINERAL = "mineral"
_ENDINGS = ("ing", "ed", "es", "s", "ly")
_ADVERB = "ly"


@dataclass(frozen=True, slots=True)
class FactContext:
    """The quote of a fact with its labels, its notes and heading, and the text just before it.

    `beside` is what stands beside a cell: its whole row, and the title of its source.
    """

    said: str
    beside: str
    notes: str
    heading: str
    before: str


def context_of(found: LedgerFact, page: str) -> FactContext:
    """Return what stands around a fact on the text of its page."""
    table, place = found.fact.table, found.fact.place
    before = page[max(0, place.start - _REACH) : place.start]
    heading = ""
    at = page.rfind("\n#", max(0, place.start - _SECTION), place.start)
    if at >= 0:
        heading = page[at:].strip().partition("\n")[0]
        before = page[max(at + 1 + len(heading), place.start - _REACH) : place.start]
    quote = page[place.start : place.end]
    said, beside = found.words, found.source.title
    if table == Table():
        said = f"{said} | {quote}"
    else:  # a row may tell in a remark what it leaves out
        beside = f"{beside} | {quote}"
    before = " ".join(before.split()) if table == Table() else ""
    return FactContext(fold(said), fold(beside), fold(" | ".join(table.notes)), heading, before)


def has_word(
    around: FactContext, word: str, is_continued: bool = False, is_name: bool = False
) -> bool:
    """Tell whether a word stands in what is said of a fact, in any of its forms.

    Of a sentence that goes on from the one before, that one counts, too. A note is of the whole
    table: what it names is not what a cell is of.
    """
    told = f"{around.said} {around.beside} {'' if is_name else around.notes}"
    told += f" {fold(around.heading)}"
    told += fold(_last_sentence(around.before)) if is_continued else ""
    if EAST_ASIAN.search(word):
        return word in told
    if any(map(str.isdigit, word)):
        return re.search(rf"(?<![\w.,]){re.escape(word)}(?!\w)", told) is not None
    return re.search(rf"(?<!\w){re.escape(stem(word))}", told) is not None


def stem(word: str) -> str:
    """Return a word without its ending, so that other forms of it begin alike."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST + 1:
            return word.removesuffix(ending)
    return word


def is_named(around: FactContext, name: Name, beside: frozenset[str] = frozenset()) -> bool:
    """Tell whether a name stands in what is said of a fact, or is whom the text before is about.

    `beside` are the keys of the others that are asked about: named later, they are no other thing.
    """
    if name.id == _WORLD:
        return _WORLD in _keys(around.said)
    if _stand(forms_of(name), around.said):
        return True
    if name_key(name) in _keys(around.heading):
        return True
    before = fold(around.before)
    if not _stand(forms_of(name), before):
        return False
    if name.is_material:  # an element or its oxide is said where its figure is
        return name.kind == _MINERAL and name_key(name) in _keys(_last_sentence(around.before))
    alike = [one.name for one in find_names(around.before) if _kind(one.name) == _kind(name)]
    others = [key for key in map(name_key, alike) if key not in beside]
    return bool(others) and others[-1] == name_key(name)


def is_written(name: Name, around: FactContext) -> bool:
    """Tell whether a name stands anywhere in what is said of a fact or around it."""
    told = " | ".join((around.said, around.beside, fold(around.heading), fold(around.before)))
    return _stand(forms_of(name), told)


def is_written_in(forms: tuple[str, ...], words: str) -> bool:
    """Tell whether one of the forms of a name stands in words, in the singular or the plural."""
    return _stand(forms, fold(words))


def _last_sentence(before: str) -> str:
    return before.rstrip().removesuffix(".").rpartition(". ")[2]


def forms_of(name: Name) -> tuple[str, ...]:
    """Return how a name may be written."""
    lexicon = load_lexicon()
    entry = lexicon.entry(name.id) if name.id in lexicon else None
    return tuple(n.text for n in entry.names) if entry else (name.text,)


def may_be_unsaid(word: str, asked: str) -> bool:
    """Tell whether a word that no fact holds may be left out: it tells how, and names nothing.

    What is written with a capital is a name, and what no table knows as a manner is a thing.
    """
    if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", asked) is None:
        return False
    return word in _told("manner") or (word.isalpha() and word.endswith(_ADVERB))


def is_part_of_figure(found: LedgerFact, word: str) -> bool:
    """Tell whether a sentence only says that its figure includes what a word names."""
    fact = found.fact
    if fact.table != Table() or word in (fold(" ".join(fact.rest))).split():
        return False
    if any(word in fold(a.name.text) for a in fact.arguments):
        return False
    quote = fold(found.words.rpartition(" | ")[2])
    at = quote.find(word)
    return at >= 0 and _includes(quote[:at])


def is_of_other_item(found: LedgerFact, word: str) -> bool:
    """Tell whether a word stands only in other items of an enumeration than the one of a fact.

    "Catalysts, 75%; ceramics, 6%": what stands before the first item is said of all.
    """
    fact = found.fact
    if fact.table != Table() or any(stem(word) in fold(a.name.text) for a in fact.arguments):
        return False
    quote = fold(found.words.rpartition(" | ")[2])
    lead, colon, listed = quote.partition(":")
    lead, listed = (lead, listed) if colon else ("", quote)
    items = [item for item in listed.split(";") if re.search(r"\d", item)]
    at = fact.place.value_start - fact.place.start - len(lead) - len(colon)
    if len(items) < _FEWEST_ITEMS or at < 0:
        return False
    own = listed.count(";", 0, at)
    holding = [place for place, item in enumerate(listed.split(";")) if stem(word) in item]
    return bool(holding) and own not in holding and stem(word) not in lead


def _includes(before: str) -> bool:
    return _stand(_told("inclusion"), before)


@lru_cache(maxsize=8)
def _told(kind: str) -> tuple[str, ...]:
    return load_vocabulary().words("asked", kind)


def _stand(forms: tuple[str, ...], folded: str) -> bool:
    """Tell whether one of some forms stands in a folded text, in the singular or the plural."""
    return _any_of(forms).search(folded) is not None


@lru_cache(maxsize=2_000)
def _any_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    signs = [re.escape(form) for form in map(fold, forms) if EAST_ASIAN.search(form)]
    words = [re.escape(form) for form in map(fold, forms) if not EAST_ASIAN.search(form)]
    in_words = rf"(?<!\w)(?:{'|'.join(words)})s?(?!\w)" if words else ""
    return re.compile("|".join(filter(None, (*signs, in_words))) or r"(?!)")


@lru_cache(maxsize=2_000)
def _keys(text: str) -> frozenset[str]:
    return frozenset(name_key(one.name) for one in find_names(text))


def _kind(name: Name) -> str:
    if name.is_material:
        return "material"
    return "place" if name.kind in PLACES and name.kind not in BODIES else "body"
