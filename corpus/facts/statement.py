"""What a fact states as conflicts compare it: its measure, who and what it names, words unread."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.facts.fact import Argument, Fact
from corpus.language.measures import (
    has_nature,
    measure_named,
    names_of_nature,
    narrowed,
    worth_of,
)
from corpus.language.names import Name, bare_words, find_names
from corpus.language.quantities import Quantity
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import content_words, fold

_WHOLE = frozenset(("rare-earths", "lanthanides"))
_WORLD = "world"
_SIDES = frozenset(
    ("origin", "destination", "buyer", "seller", "lender", "borrower", "owner", "owned")
)
_SITES = frozenset(("mine", "plant", "deposit", "project"))
_SLOTS = ("of", "basis", "scope", "specification", "price_basis", "statistic")


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what a fact names: its entry in the lexicon, else the words of its name."""

    side: str
    id: str
    words: frozenset[str] = frozenset()
    form: str = ""
    kind: str = ""
    named: tuple[tuple[str, ...], ...] = ()  # its words in full and as it is named here
    is_site: bool = False

    def is_same(self, other: "Entity") -> bool:
        """Tell whether it is another, and on the same side of a deal."""
        if self.side and other.side and self.side != other.side:
            return False
        if self.id or other.id:
            return (self.id, self.form) == (other.id, other.form)
        return self.words == other.words


@dataclass(frozen=True)
class Statement:
    """A fact as conflicts compare it.

    `speaker` is who publishes it and `published` when, `above` what stands above it (title,
    caption), `text` its labels or its sentence. `fullest` gives for the keys of names the words
    of the fullest name of the same entity.
    """

    fact: Fact
    speaker: str = ""
    published: str = ""
    above: tuple[str, ...] = ()
    text: str = ""
    fullest: Mapping[str, tuple[str, ...]] | None = None

    @cached_property
    def measure(self) -> str:
        """The measure, narrowed by the stage and by what is counted: imports for money."""
        fact = self.fact
        measure = narrowed(measure_named(fact.measure), fact.stage)
        if isinstance(fact.value, Quantity) and fact.value.dimension == "money":
            measure = worth_of(measure) or measure
        return measure.name

    @cached_property
    def basis_kind(self) -> str:
        """The kind of what it is counted as; where that is unsaid, the usual one of the measure."""
        basis = self.fact.basis
        if not basis:
            if has_nature(self.measure, "counted as oxide"):
                return "oxide"
            is_trade = any(has_nature(self.measure, n) for n in ("inward", "outward"))
            return "gross" if is_trade else ""
        for row in load_vocabulary().rows("bases"):
            if row["name"] == basis:
                return row["kind"]
        return basis

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Who and what it is about, but for what is understood.

        Where nobody is named in a source that has its publisher in its title, that is who.
        """
        named = tuple(dict.fromkeys(self._entities()))
        speaker = self._unknown("", Name(self.speaker))
        is_own = any(speaker.words & name_words(text) for text in self.above[:1])
        return named or ((speaker,) if is_own and not self.unread else ())

    @cached_property
    def unread(self) -> frozenset[str]:
        """The words that were not understood and do not only tell the tale."""
        own = {word for a in self.fact.arguments for word in name_words(a.name.text)}
        own |= {word for slot in _SLOTS for word in name_words(getattr(self.fact, slot))}
        own |= name_words(self.fact.attributed_to)
        words = {singular(fold(word)) for word in self.fact.rest}
        return frozenset(w for w in words - own if w.isalpha() and len(w) > 1 and not _is_tale(w))

    @cached_property
    def text_words(self) -> frozenset[str]:
        """The words of its labels or of its sentence."""
        return name_words(self.text)

    @cached_property
    def words_above(self) -> frozenset[str]:
        """The words above the fact and of who speaks."""
        return frozenset(word for text in (*self.above, self.speaker) for word in name_words(text))

    @cached_property
    def names_above(self) -> frozenset[str]:
        """What the words above name, where they name one of its kind."""
        named = [one.name for text in self.above for one in find_names(text)]
        kinds: dict[str, set[str]] = {}
        for name in named:
            kinds.setdefault("material" if name.is_material else name.kind, set()).add(name.id)
        return frozenset(i for ids in kinds.values() if len(ids) == 1 for i in ids)

    @cached_property
    def is_cell(self) -> bool:
        """Whether a table says it."""
        return bool(self.fact.table.row or self.fact.table.column)

    @property
    def anchors(self) -> frozenset[str]:
        """What it may share with one that it contradicts: what it names, else what is above it."""
        keys = (key for entity in self.entities for key in (entity.id, *entity.words))
        named = frozenset(filter(None, keys))
        speaker = self._unknown("", Name(self.speaker))
        if any(entity.id or entity.words == speaker.words for entity in self.entities):
            return named | self.unread
        return named | self.unread | self.words_above | self.names_above

    def _entities(self) -> Iterator[Entity]:
        form_of_stage = _forms_of_stage(measure_named(self.measure).stage)
        for argument in self.fact.arguments:
            name = argument.name
            if name.id in _WHOLE or (name.kind == "product" and not name.id):
                form = name.form or name.text.split()[-1].casefold() if not name.id else name.form
                if not form or form in form_of_stage or form == self.basis_kind:
                    continue
                yield Entity("", "rare-earths", form=form, kind="product")
                continue
            side = self._side(argument)
            if name.id == _WORLD and side in ("origin", "destination"):
                continue
            if name.id:
                form = "" if name_words(name.form) <= name_words(name.text) else name.form
                is_site = name.kind in _SITES
                yield Entity(side, name.id, form=form, kind=name.kind, is_site=is_site)
            else:
                yield self._unknown(side, name)

    def _side(self, argument: Argument) -> str:
        role = argument.role
        near = {"inward": "destination", "outward": "origin"}
        if any(has_nature(self.measure, nature) and role == end for nature, end in near.items()):
            return ""
        return role if role in _SIDES else ""

    def _unknown(self, side: str, name: Name) -> Entity:
        short = bare_words(name.text)
        full = (self.fullest or {}).get(name.key, short)
        words = name_words(" ".join(full)) | {word for word in full if word.isdigit()}
        is_site = bool(re.search(rf"\b{re.escape(name.text)}\s+(?:{_site_words()})\b", self.text))
        is_site = is_site or name.kind in _SITES or _names_site(name.text)
        return Entity(side, "", words, "", name.kind, (full, short), is_site)


@lru_cache(maxsize=1)
def _site_words() -> str:
    return "|".join(sorted(load_vocabulary().word_class("site")))


@lru_cache(maxsize=20_000)
def _names_site(name: str) -> bool:
    """Tell whether a name says that it is a site's: "Orla plant"."""
    return not load_vocabulary().word_class("site").isdisjoint(fold(name).split())


@lru_cache(maxsize=4096)
def _forms_of_stage(stage: str) -> frozenset[str]:
    return names_of_nature(f"form of {stage}") if stage else frozenset()


def _is_tale(word: str) -> bool:
    """Tell whether a word, or the verb of which it is a form, only tells the tale."""
    stems = (word, word.removesuffix("ed"), word.removesuffix("d"), word.removesuffix("ing"))
    return any(stem in _tale() for stem in stems)


@lru_cache(maxsize=1)
def _tale() -> frozenset[str]:
    """Return the words of sentences that name nothing: verbs of frames, markers, directions."""
    vocabulary = load_vocabulary()
    forms = [form for table in ("frames", "bounds") for form, _ in vocabulary.forms(table)]
    plain = names_of_nature("plain marker")
    forms += [form for form, row in vocabulary.forms("markers") if row["kind"] in plain]
    words = {singular(word) for form in forms for word in fold(form).split()}
    light = vocabulary.row("stopwords", "tale")["words"].split()
    sites = vocabulary.word_class("site")
    return frozenset(words | set(map(singular, light)) | set(map(singular, sites)))


@lru_cache(maxsize=20_000)
def name_words(text: str) -> frozenset[str]:
    """Return the content words of a text, each in the singular."""
    return frozenset(map(singular, content_words(text)))


def singular(word: str) -> str:
    """Return a word without the sign of the plural."""
    return word.removesuffix("s")
