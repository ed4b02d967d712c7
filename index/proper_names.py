"""Proper names as they are written in a text, known or not: tickers, and words in capitals."""

import re
from functools import lru_cache

from corpus.language.periods import find_periods
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import fold
from corpus.lexicon import load_lexicon

_CAPITALIZED = re.compile(
    r"(?:\b[a-z]?[A-Z][\w’'&-]*)(?:\s+(?:of\s+the\s+|of\s+|and\s+(?=[A-Z][a-z]+\s"
    r"[A-Z]))?(?:[A-Z][\w’'&-]*|\d{1,3}\b(?![.,]\d)))*"
)
_PART_OF_YEAR = re.compile(r"Q[1-4]|H[12]")  # no name
_POSSESSIVE = re.compile(r"[’']s\b|[’'](?=\s|$)")


@lru_cache(maxsize=20_000)
def proper_names(text: str) -> tuple[str, ...]:
    """Return the names in a text, each once; a date is none, nor a word that opens a question."""
    tickers = [m for m in load_lexicon().names_in(text) if m.name.note == "ticker"]
    names = [text[m.start : m.end] for m in tickers]
    for mention in tickers:
        text = text.replace(text[mention.start : mention.end], " " * (mention.end - mention.start))
    for time in find_periods(text):
        text = text[: time.start] + ";" * (time.end - time.start) + text[time.end :]
    opening, first = _opening_words(), _first_words()
    for match in _CAPITALIZED.finditer(text):
        for stretch in _POSSESSIVE.split(match.group()):
            parts = [part for part in stretch.split() if not _PART_OF_YEAR.fullmatch(part)]
            if not text[: match.start()].strip() and parts and fold(parts[0]) in first:
                parts = parts[1:]
            while parts and fold(parts[0]).strip("-") in opening:
                parts = parts[1:]
            while parts and parts[-1] in _bases():  # "Angola REO output"
                parts = parts[:-1]
            if len(name := " ".join(parts)) > 1:
                names.append(name)
    return tuple(dict.fromkeys(names))


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return load_vocabulary().word_class("beginning a question")


@lru_cache(maxsize=1)
def _bases() -> frozenset[str]:
    return frozenset(form for form, _ in load_vocabulary().forms("bases") if form.isupper())


@lru_cache(maxsize=1)
def _opening_words() -> frozenset[str]:
    vocabulary = load_vocabulary()
    months = (name for name, row in vocabulary.forms("months") if row["language"] == "english")
    return vocabulary.word_class("opening a question") | frozenset(months)
