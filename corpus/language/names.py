"""Who and what a text names: entries of the lexicon, materials with their form, names it lacks."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from corpus.language.measures import find_terms
from corpus.language.phrases import EAST_ASIAN
from corpus.language.vocabulary import Vocabulary, load_vocabulary
from corpus.language.words import fold
from corpus.lexicon import Entry, load_lexicon
from corpus.lexicon.mention import Mention

MATERIALS = frozenset(("element", "product", "mineral", "metal"))
PLACES = frozenset(("country", "region", "town", "mine", "plant", "deposit", "project", "place"))
BODIES = frozenset(("company", "agency", "publisher", "organization"))
_WHOLE = frozenset(("rare-earths", "lanthanides"))
_LISTED = re.compile(r"\s*(?:,|,?\s*and|,?\s*or|&)\s*")
_WORD = re.compile(r"[^\W_]+(?:['’]s)?")
_BESIDE = re.compile(r"[\s\u00a0,-]{0,2}(?:\([^()]{1,8}\)[\s-])?")


@dataclass(frozen=True, slots=True)
class Name:
    """What a text names: `id` is its entry in the lexicon, "" where that does not know it.

    `kind` is the entry's ("company", "element"), `form` that of a material: "oxide", "metal".
    """

    text: str
    id: str = ""
    kind: str = ""
    form: str = ""

    @property
    def key(self) -> str:
        """What two mentions of one thing have in common."""
        named = self.id or " ".join(re.findall(r"[^\W_]+", self.text.casefold()))
        return f"{named} {self.form}".strip()

    @property
    def is_material(self) -> bool:
        """Whether it is an element, a product, a mineral or a metal."""
        return self.kind in MATERIALS or self.id in _WHOLE


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name at `text[start:end]`."""

    start: int
    end: int
    name: Name


def find_names(
    text: str, vocabulary: Vocabulary | None = None, in_question: bool = False
) -> tuple[NameMention, ...]:
    """Return the lexicon's names in a text in order, materials with the form beside them.

    "Nd2O3" and "neodymium oxide" are one. Terms, laws and publications count as names too. In a
    question a name may be written without its capitals.
    """
    return _find(text, vocabulary or load_vocabulary(), in_question)


@lru_cache(maxsize=20_000)
def bare_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without legal form and kind of site.

    "Corvina Metals Ltd" and "Corvina Metals", "the Orla mine" and "Orla" have the same.
    """
    vocabulary = load_vocabulary()
    common = {*vocabulary.row("stopwords", "corporate")["words"].split(), *_words_of_sites()}
    words = [word.removesuffix("'s") for word in _WORD.findall(fold(name))]
    words = [word for number, word in enumerate(words) if number or word not in _articles()]
    while len(words) > 1 and words[-1] in common:
        words.pop()
    while len(words) > 1 and words[0] in _words_of_sites():
        words.pop(0)
    return tuple(words)


def has_whole_name(text: str, words: Sequence[str]) -> bool:
    """Tell whether a text has these words as a whole name: "Orla" in "Orla mine", not "Orla Gold".

    `words` are those of a bare name.
    """
    found = [(one.start(), one.end(), one.group()) for one in _WORD.finditer(text)]
    folded = [fold(word).removesuffix("'s") for _, _, word in found]
    common = {*load_vocabulary().row("stopwords", "corporate")["words"].split(), *_words_of_sites()}
    for at in range(len(folded) - len(words) + 1):
        if folded[at : at + len(words)] != list(words):
            continue
        behind = at + len(words)
        if behind == len(found):
            return True
        is_joined = text[found[behind - 1][1] : found[behind][0]].isspace()
        if not (is_joined and found[behind][2][0].isupper()) or folded[behind] in common:
            return True
    return False


def fullest_names(
    names: Iterable[Name], lists: Iterable[Collection[Name]] = ()
) -> Mapping[str, tuple[str, ...]]:
    """Return the words of the fullest name of each thing that the lexicon lacks, by their keys.

    A name is short for the one longer name that begins with its words: "Corvina" is "Corvina
    Metals", but no name where there is a "Corvina Magnets", too. Names of one of the `lists` are
    of different things.
    """
    known = {name.key: bare_words(name.text) for name in names if not name.id}
    by_first: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for words in known.values():
        if words:
            by_first[words[0]].add(words)
    apart: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for listed in lists:
        held = {bare_words(name.text) for name in listed if not name.id}
        for words in held:
            apart[words] |= held - {words}
    return {key: _fullest(words, by_first, apart[words]) for key, words in known.items() if words}


def _fullest(
    words: tuple[str, ...],
    by_first: Mapping[str, Collection[tuple[str, ...]]],
    others: Collection[tuple[str, ...]],
) -> tuple[str, ...]:
    longer = [one for one in by_first[words[0]] if one[: len(words)] == words]
    longest = max(longer, key=len)
    is_one = all(longest[: len(one)] == one and one not in others for one in longer)
    return longest if is_one else words


def listed_forms(text: str, vocabulary: Vocabulary | None = None) -> str:
    """Return the one form that words name, or those that they list: "compounds and metals"."""
    forms = find_terms("forms", text, vocabulary)
    if len({one.meaning for one in forms}) < 2:
        return forms[0].meaning if forms else ""
    between = [text[a.end : b.start].strip(" ,") for a, b in pairwise(forms)]
    is_list = all(word in ("", "and", "or", "&") for word in between)
    return text[forms[0].start : forms[-1].end].casefold() if is_list else ""


@lru_cache(maxsize=50_000)
def _find(text: str, vocabulary: Vocabulary, in_question: bool) -> tuple[NameMention, ...]:
    lexicon = load_lexicon()
    alone = text.strip()
    if (entry := _elements().get(alone)) is not None:  # in a head or a label
        at = text.index(alone)
        return (NameMention(at, at + len(alone), Name(entry.name, entry.id, entry.kind)),)
    mentions = lexicon.names_in(text) if in_question else lexicon.find_mentions(text)
    forms = find_terms("forms", text, vocabulary)
    found = list(_aggregates(text, vocabulary))
    for number, mention in enumerate(mentions):
        name = _name(mention)
        end = mention.end
        others = (m.start for m in mentions[number + 1 :] if m.entry is not mention.entry)
        following = next(others, len(text))
        if name.is_material and not name.form:
            behind = next((f for f in forms if f.start >= end and f.end <= following), None)
            before = next((f for f in forms if f.end == mention.start), None)
            if behind and _BESIDE.fullmatch(text[end : behind.start]):
                name = Name(name.text, name.id, name.kind, behind.meaning)
                end = behind.end
            elif before and EAST_ASIAN.search(text[before.start : before.end]):
                name = Name(name.text, name.id, name.kind, before.meaning)
        found.append(NameMention(mention.start, end, name))
    found += [
        one
        for one in _instruments(text)
        if not any(one.start < other.end and other.start < one.end for other in found)
    ]
    found.sort(key=lambda one: one.start)
    return tuple(_sharing_forms(text, found))


@lru_cache(maxsize=1)
def _elements() -> dict[str, Entry]:
    """Return the elements by their symbols."""
    lexicon = load_lexicon()
    return {one.symbol: lexicon.entry(one.id) for one in lexicon.elements.values()}


def _sharing_forms(text: str, found: list[NameMention]) -> list[NameMention]:
    """Return mentions with the form that stands behind the last of a list of elements."""
    shared = list(found)
    for at in range(len(shared) - 2, -1, -1):
        one, following = shared[at], shared[at + 1]
        is_listed = _LISTED.fullmatch(text[one.end : following.start])
        both = one.name.kind == following.name.kind == "element" and not one.name.form
        written = text[following.start : following.end].split()[-1]
        if is_listed and both and following.name.form and len(written) > len("Nd2O3"):
            name = Name(one.name.text, one.name.id, one.name.kind, following.name.form)
            shared[at] = NameMention(one.start, one.end, name)
    return shared


def _instruments(text: str) -> Iterator[NameMention]:
    """Yield orders, notices and laws that are known by their number alone: "Order No. 88"."""
    for one in _numbered().finditer(text):
        name = Name(f"{one['kind']} No. {one['number']}", "", "law")
        yield NameMention(one.start(), one.end(), name)


def _aggregates(text: str, vocabulary: Vocabulary) -> Iterator[NameMention]:
    """Yield the world and the rest of it, which are no entries of the lexicon."""
    for one in find_terms("aggregates", text, vocabulary):
        row = vocabulary.row("aggregates", one.meaning)
        yield NameMention(one.start, one.end, Name(row["name"], row["id"], row["kind"]))


def _name(mention: Mention) -> Name:
    entry = mention.entry
    form = "oxide" if mention.name.note == "oxide" else ""
    return Name(entry.name, entry.id, entry.kind, form)


@cache
def _words_of_sites() -> frozenset[str]:
    return load_vocabulary().word_class("site")


@cache
def _numbered() -> re.Pattern[str]:
    kinds = "|".join(sorted(load_vocabulary().word_class("instrument")))
    return re.compile(
        rf"\b(?P<kind>{kinds})\s+(?:No\.?\s*)?(?P<number>\d{{1,5}}(?:[-/]\d{{1,4}})?)\b(?![.,]\d|%)"
    )


@cache
def _articles() -> frozenset[str]:
    return frozenset(load_vocabulary().words("grammar", "article"))
