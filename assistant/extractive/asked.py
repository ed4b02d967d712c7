"""What a question asks of a candidate: whom and what it names, its words, and its answer type.

All of it was read by `index.query`; here the words that are left are told apart from those that
only name somebody, a time or the kind of answer, since these are compared as what they are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.language.names import Name, find_names
from corpus.language.periods import Period, find_periods
from corpus.language.quantities import find_units
from corpus.language.vocabulary import load_vocabulary
from index.query import edition_spans, parse_query
from index.query.expected_type import FIGURES, ExpectedType, expected_type
from index.question import Question
from index.wording import plain_words, stem, words

_WORD = re.compile(r"[^\W_]+(?:[.,'’+-]?[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word that says what is asked; `text[start:end]` of the question, with its rarity."""

    text: str
    start: int
    end: int
    stems: frozenset[str]
    rarity: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as candidates are compared with it."""

    question: Question
    names: tuple[Name, ...]
    words: tuple[AskedWord, ...]
    answer_type: ExpectedType

    @property
    def periods(self) -> tuple[Period, ...]:
        """The times that are asked for."""
        return self.question.query.periods

    @property
    def wants_figure(self) -> bool:
        """Whether a figure is asked for."""
        return self.answer_type in FIGURES or self.answer_type == "duration"


def read_asked(question: Question, rarity: Mapping[str, float]) -> Asked:
    """Return what a question asks; `rarity` is that of its words, as `asked_words` gives them."""
    named = _names(question)
    return Asked(
        question,
        named,
        tuple(_words(question, named, rarity)),
        expected_type(question.text, question.query),
    )


def asked_words(question: Question) -> tuple[str, ...]:
    """Return the words of a question whose rarity `read_asked` needs."""
    return tuple(dict.fromkeys(plain_words(question.text)))


def _names(question: Question) -> tuple[Name, ...]:
    """Return whom and what a question names, each once; names that no lexicon has, too.

    What is written in capitals is none of these where the lexicon reads it as a whole, or as a
    part of a longer name ("Pentagon", "RE", the "Geological Survey" of the United States).
    """
    units = [question.text[one.start : one.end] for one in find_units(question.text)]
    named = [
        name
        for name in question.query.wanted.named()
        if not any(one.name.id == name.id for unit in units for one in find_names(unit))
    ]
    said = {word for name in named for word in words(name.text)}
    known = [
        question.text[one.start : one.end] for one in find_names(question.text, in_question=True)
    ]
    unknown = [
        Name(text)
        for text in question.names
        if not set(words(text)) & said
        and not any(text in stretch for stretch in known)
        and parse_query(text).rest
    ]
    return tuple({name.key: name for name in (*named, *unknown)}.values())


def _is_known(written: str) -> bool:
    """Tell whether what is written in capitals is a name that is known, and nothing besides."""
    query = parse_query(written)
    return bool(query.wanted.named()) and not query.rest


def _words(
    question: Question, named: Sequence[Name], rarity: Mapping[str, float]
) -> list[AskedWord]:
    text = question.text
    spans = [(one.start, one.end) for one in find_periods(text)]
    spans += [(one.start, one.end) for one in find_units(text)]
    spans += [(one.start, one.end) for one in edition_spans(text, load_vocabulary())]
    names = (*(name.text for name in named), *filter(_is_known, question.names))
    inside = {stem(w) for name in names for w in (*words(name), *plain_words(name))}
    about = {stem(word) for word in question.words} - inside
    opening = load_vocabulary().word_class("beginning a question")
    found = []
    for match in _WORD.finditer(text):
        stems = frozenset(map(stem, words(match.group())))
        is_time = any(start < match.end() and match.start() < end for start, end in spans)
        is_asking = not match.start() and match.group().casefold() in opening
        if is_time or is_asking or not stems & about:
            continue
        weight = max((rarity.get(word, 0.0) for word in plain_words(match.group())), default=0.0)
        found.append(AskedWord(match.group(), match.start(), match.end(), stems, weight))
    return found
