"""What a question speaks of, stretch by stretch: who and what, measures, times, other words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from assistant.conversation.follow_up_words import follow_up_words
from assistant.figures.patterns import SITES
from corpus.language.clauses import Word, parse_sentences
from corpus.language.measures import find_measures
from corpus.language.named_editions import find_editions
from corpus.language.names import PLACES, find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import find_units
from corpus.language.units import dimension
from corpus.language.vocabulary import any_form, load_vocabulary
from corpus.language.words import fold
from index.proper_names import proper_names
from index.wording import stem

Kind = Literal[
    "time", "edition", "who", "place", "site", "material", "unit", "measure", "deed", "thing"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMES: frozenset[Kind] = frozenset(("who", "place", "site"))
_NO_NAMES = ("term", "basis")  # entries of the lexicon that are words for measures
_ASKED = ("mass", "money", "price")  # dimensions in which a figure may be asked for
_SAYS_NOTHING = tuple("W POS PRP IN DT MD TO CC RB EX UH RP".split())  # tags begin so
_AUXILIARIES = frozenset(("be", "do", "have"))
_FINITE = frozenset(("VBZ", "VBD", "VBP", "MD"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch `text[start:end]` of a question; `key` is the same for all that mean the same."""

    start: int
    end: int
    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """A question as it is written, with what it speaks of and its words."""

    text: str
    mentions: tuple[Mention, ...]
    words: tuple[Word, ...]

    @property
    def has_verb(self) -> bool:
        """Whether it has a verb of its own, auxiliaries too."""
        return any(word.tag in _FINITE for word in self.words)

    @property
    def has_other_words(self) -> bool:
        """Whether words that say something are in none of the mentions."""
        function = load_vocabulary().row("stopwords", "function")["words"].split()
        return any(
            _is_free(self.mentions, word.start, word.end)
            and word.text[0].isalnum()
            and fold(word.text) not in function
            for word in self.words
        )

    @property
    def is_fragment(self) -> bool:
        """Whether it asks nothing by itself: "Brazil?", "in dollars", "its price"."""
        first = self.text.split(maxsplit=1)[:1]
        asks = bool(first) and fold(first[0]) in follow_up_words("asking")
        return not self.has_verb and not asks

    def is_verb(self, mention: Mention) -> bool:
        """Whether a mention is a verb, as "produce" is, which names a measure too."""
        return any(
            word.is_verb and mention.start <= word.start < mention.end for word in self.words
        )

    def said(self, mention: Mention) -> str:
        """Return the words of a mention."""
        return self.text[mention.start : mention.end]


@lru_cache(maxsize=2_000)
def read_utterance(text: str) -> Utterance:
    """Return what a question speaks of, in order; no stretch overlaps another."""
    taken: list[Mention] = []
    for mention in _read(text):
        if _is_free(taken, mention.start, mention.end):
            taken.append(mention)
    parsed = parse_sentences(text, [(0, len(text))]) if text.strip() else ()
    words = parsed[0].words if parsed else ()
    taken += _others(words, taken)
    return Utterance(text, tuple(sorted(taken, key=lambda one: one.start)), words)


def _is_free(taken: Sequence[Mention], start: int, end: int) -> bool:
    return all(end <= one.start or one.end <= start for one in taken)


def _read(text: str) -> Iterator[Mention]:
    for edition in find_editions(text):
        yield Mention(edition.start, edition.end, "edition", edition.name)
    for period in find_periods(text):
        yield Mention(period.start, period.end, "time", period.period.text)
    measures = [Mention(m.start, m.end, "measure", m.meaning.name) for m in find_measures(text)]
    for named in find_names(text, in_question=True):
        is_measure = any(m.start <= named.start and named.end <= m.end for m in measures)
        if named.name.kind == "law" and is_measure:
            continue  # "mining quota"
        kind: Kind = "who"
        if named.name.is_material:
            kind = "material"
        elif named.name.kind in _NO_NAMES:
            continue
        elif named.name.kind == "publication":
            kind = "edition"
        elif named.name.kind in SITES:
            kind = "site"
        elif named.name.kind in PLACES:
            kind = "place"
        yield Mention(named.start, named.end, kind, named.name.key)
    yield from measures
    asked = _unit_leads()
    for unit in find_units(text):
        if dimension(unit.unit) in _ASKED and asked.search(text[: unit.start]):
            yield Mention(unit.start, unit.end, "unit", unit.unit)
    for name in proper_names(text):
        for place in re.finditer(re.escape(name), text):
            yield Mention(place.start(), place.end(), "who", fold(name))


@lru_cache(maxsize=1)
def _unit_leads() -> re.Pattern[str]:
    """Return what stands before a unit that is asked for: "in ", "per "."""
    vocabulary = load_vocabulary()
    leads = (*vocabulary.words("asked", "before unit"), *vocabulary.words("markers", "each"))
    return re.compile(rf"(?<!\w){any_form(leads)}\s*$", re.IGNORECASE)


def _others(words: tuple[Word, ...], taken: list[Mention]) -> Iterator[Mention]:
    """Yield the verbs and the runs of nouns and adjectives that nothing else took."""
    function = frozenset(load_vocabulary().row("stopwords", "function")["words"].split())
    run: list[Word] = []
    for word in words:
        is_content = (
            _is_free(taken, word.start, word.end)
            and word.text[0].isalnum()
            and not word.tag.startswith(_SAYS_NOTHING)
            and word.lemma not in _AUXILIARIES
            and fold(word.text) not in function
        )
        is_deed = is_content and word.tag in ("VB", "VBD", "VBP", "VBZ")
        if run and (not is_content or is_deed):
            yield _thing(run)
            run = []
        if is_deed:
            yield Mention(word.start, word.end, "deed", stem(fold(word.lemma)))
        elif is_content:
            run.append(word)
    if run:
        yield _thing(run)


def _thing(run: list[Word]) -> Mention:
    return Mention(run[0].start, run[-1].end, "thing", stem(fold(run[-1].text)))
