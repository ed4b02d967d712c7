"""The words by which a question may name its source: publisher, company, series, number, quarter.

Names of countries, elements and mines say what a question is about, and a year which data it wants:
MCS 2026 tells of 2025. None of them names a source, but an edition ("MCS 2026") does.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.document import Source
from corpus.language.vocabulary import load_vocabulary
from corpus.lexicon import load_lexicon
from index.question import Question
from index.wording import content_words, plain_words, stem, words

_KINDS = frozenset(("agency", "archive", "company", "law", "publication", "publisher"))
# "GAO-16-161", "Announcement No. 61", "Form 10-Q"; the word before the number is looked at.
_NUMBERED = re.compile(r"\b([A-Z][\w.]*)(?:\s+No\.?)?[\s-]+(\d[\w-]*)")
_PART_OF_YEAR = re.compile(r"(?:\.\./)?(?:FY)?(\d{4})-([QH]\d)")
_QUARTER = "P3M/"  # three months to a day
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_MANY_NAMES = frozenset(("rare", "earth", "mine"))  # stems


def asked_source_words(question: Question) -> frozenset[str]:
    """Return the stems by which a question may name a source, and its editions as they are."""
    text = question.text
    mentions = load_lexicon().names_in(text)
    speakers = [m.entry.name for m in mentions if m.entry.kind in _KINDS]
    subjects = [m for m in mentions if m.entry.kind not in _KINDS]
    countries = [plain_words(text[m.start : m.end]) for m in subjects if m.entry.kind == "country"]
    names = [name for name in question.names if not any(_has(name, one) for one in countries)]
    said = content_words(" | ".join(names))
    named = _stems(word for word in said if not re.search(r"\d", word))
    named -= _stems(words(" | ".join(text[m.start : m.end] for m in subjects)))
    named |= _stems(content_words(" | ".join(speakers))) | _numbers(text)
    named |= _quarters(question)
    return frozenset(named - _IN_MANY_NAMES) | frozenset(question.editions)


def _has(name: str, wanted: tuple[str, ...]) -> bool:
    said = plain_words(name)
    return any(said[at : at + len(wanted)] == wanted for at in range(len(said)))


def _quarters(question: Question) -> frozenset[str]:
    """Return the words of the quarters and halves that are asked for, as filings are named."""
    periods = [period.text for period in question.query.periods]
    years = [] if any("/" in text for text in periods) else filter(_YEAR.fullmatch, periods)
    beside = frozenset(years)  # "Q3 2023 and 2024"
    found: set[str] = set()
    for text in periods:
        part = _PART_OF_YEAR.fullmatch(text)
        if part:
            found.add(part[2].casefold())
        if text.startswith(_QUARTER) or (part and part[2].startswith("Q")):
            found |= {*_YEAR.findall(text), *beside}
    return _stems(found)


def _numbers(text: str) -> frozenset[str]:
    """Return the words of the numbers by which a question may name a document."""
    months = {form for form, _ in load_vocabulary().forms("months")}
    found = [
        number
        for before, number in _NUMBERED.findall(text)
        if content_words(before) and before.casefold() not in months
    ]
    said = words(" | ".join(found))
    return frozenset(stem(word) for word in said if not _YEAR.fullmatch(word))


@lru_cache(maxsize=20_000)
def source_stems(source: Source) -> frozenset[str]:
    """Return the stems of the title, publisher, edition and path of a source."""
    path = re.sub(r"[_/.-]+", " ", source.path)
    return _stems(words(" ".join((source.title, source.publisher, source.edition, path))))


def names_source(word: str, source: Source) -> bool:
    """Tell whether a word or an edition that a question names is one of a source's."""
    is_edition = " " in word
    return source.edition.startswith(word) if is_edition else word in source_stems(source)


def _stems(said: Iterable[str]) -> frozenset[str]:
    return frozenset(map(stem, said))
