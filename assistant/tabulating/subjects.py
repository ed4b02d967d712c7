"""Whom and what words name, as far as a table has rows of them: countries, companies, products."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.lexicon import load_lexicon
from index.wording import StemSet, plain_words, stem

WORLD = "world"
_PLACES = frozenset(("country", "region", "town", "company", "mine", "plant"))
_GOODS = frozenset(("element", "product", "mineral", "metal"))
_CLASS = "rare earths"  # light or heavy ones are no goods of a row, but what rows are of
# Whom this stands before is only who was sold to, or who says so.
_BESIDE = re.compile(
    r"\b(?:(?:sold|sales|paid) to|(?:reported|named|quoted|estimated) by|according to) (?:the )?$",
    re.IGNORECASE,
)
_WORLD_WORDS = frozenset(("world", "global", "worldwide"))
# What every source here is about: naming it tells nothing apart.
_UNIVERSAL = StemSet("rare earth earths element elements ree rees reo")


@dataclass(frozen=True, slots=True)
class Subjects:
    """The ids of who acts (a country, a company, the world) and of the goods that words name."""

    actors: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()  # the other words, as stems, without those that tell nothing


@lru_cache(maxsize=20_000)
def subjects_of(text: str) -> Subjects:
    """Return whom and what a text names, and the stems of its other words."""
    lexicon = load_lexicon()
    actors: dict[str, None] = {}
    goods: dict[str, None] = {}
    rest: list[str] = []
    position = 0
    for mention in lexicon.names_in(text):
        kind, entry = mention.entry.kind, mention.entry.id
        if kind in _PLACES:
            if not _BESIDE.search(text[: mention.start]):
                actors[entry] = None
        elif kind in _GOODS and not mention.entry.name.endswith(_CLASS):
            goods[entry] = None
        elif entry != "rare-earths":
            continue  # its words are words like others
        rest += plain_words(text[position : mention.start])
        position = mention.end
    rest += plain_words(text[position:])
    if _WORLD_WORDS & set(rest):
        actors[WORLD] = None
    kept = [stem(word) for word in rest if word not in _WORLD_WORDS and word != "s"]
    return Subjects(
        tuple(actors), tuple(goods), tuple(one for one in kept if one not in _UNIVERSAL)
    )


def without_names(text: str) -> str:
    """Return a text without the actors and goods that it names."""
    pieces: list[str] = []
    position = 0
    for mention in load_lexicon().names_in(text):
        is_class = mention.entry.name.endswith(_CLASS)
        if mention.entry.kind in _PLACES | _GOODS and not is_class:
            pieces.append(text[position : mention.start])
            position = mention.end
    return re.sub(r"(?<=\s)['’]s?\b", "", " ".join((*pieces, text[position:])))


def kind_of(actor: str) -> str:
    """Return the kind of who acts: "country", "company" and the like; of the world "world"."""
    return WORLD if actor == WORLD else load_lexicon().entry(actor).kind


def name_of(subject: str) -> str:
    """Return the name of a subject."""
    return "World" if subject == WORLD else load_lexicon().entry(subject).name
