"""Words of tables as they stand in a sentence: without capitals, owned by a place, with "the"."""

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.lexicon import load_lexicon

_LOWER_WORD = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-]|\.\w)")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_NAMES = frozenset(
    """company country region town mine plant agency law publication publisher archive""".split()
)
_MONTHS = frozenset(
    """January February March April May June July August September October November
    December""".split()
)
# "Korea, Republic of" as it is said.
_TURNED = re.compile(r"(?P<name>[^,]+), (?P<form>(?:[A-Z][\w’']+ )*(?:Republic|State|Kingdom) of)")
_TURNED_SIDE = re.compile(r"(?P<name>[^,]+), (?P<side>North|South)")
_WITH_ARTICLE = re.compile(
    r"United (?:States|Kingdom|Arab Emirates)|Netherlands|Philippines|Bahamas|Gambia|European Union"
    r"|(?:[A-Z]\w+ )*(?:Republic|Islands|Emirates)(?: of .*)?"
)
_WORLD = re.compile(
    r"(?:the )?world(?:[ -]total)?(?:,? \(?rounded\)?)?|global total", re.IGNORECASE
)
_REMAINDER = re.compile(
    r"(?<!and )\bothers?\b(?! than)|various|total estimated|rest of|unspecified|\bunknown",
    re.IGNORECASE,
)
_UNITED_STATES = frozenset(("United States", "U.S.", "US", "USA", "the United States"))


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that texts write in small letters, and which are therefore no names."""
    return frozenset(word for text in texts for word in _LOWER_WORD.findall(text))


def spoken(words: str, common: frozenset[str], *, is_thing: bool = False) -> str:
    """Return a label as it stands within a sentence.

    "Silicon carbide" is "silicon carbide" there and "RARE EARTHS" "rare earths"; names and
    abbreviations keep their capitals. With `is_thing` the label is known to be no name.
    """
    words = " ".join(words.split())
    names = [
        (mention.start, mention.end)
        for mention in load_lexicon().find_mentions(words)
        if mention.entry.kind in _NAMES
    ]
    shouted = words.isupper() and len(words) > 4

    def told(match: re.Match[str]) -> str:
        word = match[0]
        if any(start <= match.start() < end for start, end in names) or word in _MONTHS:
            return word
        if word.isupper() and not shouted and (len(word) > 1 or match.start()):
            return word
        plain = word[:1].isupper() and (shouted or word[1:].islower())
        if plain and (is_thing or word.lower() in common or not match.start()):
            return word.lower()
        return word

    return _WORD.sub(told, words)


def quiet(note: str, common: frozenset[str]) -> str:
    """Return a note or a word that is asked for without the capital that only begins it."""
    first, space, rest = note.partition(" ")
    if not rest and first.istitle() and first.endswith(("ed", "et", "ry", "al", "nd", "er")):
        return first.lower()
    is_plain = first[1:].islower() and first.lower() in common and not rest[:1].isupper()
    return f"{first.lower()}{space}{rest}" if is_plain else note


def place_name(label: str) -> str:
    """Return a place as it is named in a sentence: "the world", "the Republic of Korea"."""
    label = label.strip(" :").removeprefix("The ")
    if is_world(label):
        return "the world"
    if turned := _TURNED.fullmatch(label):
        label = f"{turned['form']} {turned['name']}"
    elif turned := _TURNED_SIDE.fullmatch(label):
        label = f"{turned['side']} {turned['name']}"
    return f"the {label}" if _WITH_ARTICLE.fullmatch(label) else label


def is_world(label: str) -> bool:
    """Tell whether a label stands for the whole world: "World total (rounded)"."""
    return bool(_WORLD.fullmatch(label.strip(" :")))


def owned(owner: str, thing: str) -> str:
    """Return a thing with its owner before it: "U.S. imports", "Burma's reserves".

    >>> owned("the world", "mine production")
    'world mine production'
    """
    adjective = "U.S." if owner.removeprefix("the ") in _UNITED_STATES else ""
    adjective = "world" if owner == "the world" else adjective
    if adjective and thing.startswith("total "):
        return f"total {adjective} {thing.removeprefix('total ')}"
    if adjective:
        return f"{adjective} {thing}"
    return f"{owner}' {thing}" if owner.endswith("s") else f"{owner}'s {thing}"


@lru_cache(maxsize=4096)
def kind_of_name(words: str) -> str:
    """Return the lexicon's kind of a name that words are as a whole, "" where they are none.

    >>> kind_of_name("MP Materials")
    'company'
    """
    found = load_lexicon().named(words.strip(" :"))
    return found[0].kind if found else ""


def is_place(words: str) -> bool:
    """Tell whether words name a country or a region, or the world."""
    bare = words.removeprefix("the ")
    return is_world(bare) or kind_of_name(bare) in ("country", "region")


def is_remainder(words: str) -> bool:
    """Tell whether a label stands for what is left over: "Other countries", "unspecified"."""
    return bool(_REMAINDER.search(words))


def about_one(title: str) -> str:
    """Return the one company, or else the one country, that a title names; "" where there is none.

    >>> about_one("Company profile: MP Materials")
    'MP Materials'
    """
    named = {
        mention.entry.id: mention.entry
        for mention in load_lexicon().find_mentions(title)
        if mention.entry.kind in ("company", "country")
    }
    companies = [entry for entry in named.values() if entry.kind == "company"]
    entries = companies or list(named.values())
    if len(entries) != 1:
        return ""
    entry = entries[0]
    return place_name(entry.name) if entry.kind == "country" else entry.name
