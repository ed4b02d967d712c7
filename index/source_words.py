"""The words by which a question may name its source: publisher, company, series, number, quarter.

Names of countries, elements and mines say what a question is about, and a year which data it wants:
MCS 2026 tells of 2025. None of them names a source, but an edition ("MCS 2026") does.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.document import Source
from corpus.lexicon import load_lexicon
from index.question import Question
from index.wording import content_words, stem, words

_KINDS = frozenset(("agency", "archive", "company", "law", "publication", "publisher"))
_QUARTER = re.compile(
    r"\bQ[1-4]\b|\b(?:first|second|third|fourth|1st|2nd|3rd|4th)[- ]quarters?\b|\bquarter ended\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\ds?")
_IN_MANY_NAMES = frozenset(("rare", "earth", "mine"))  # stems


def asked_source_words(question: Question) -> frozenset[str]:
    """Return the stems by which a question may name a source, and its editions as they are."""
    text = question.text
    mentions = load_lexicon().names_in(text)
    speakers = [m.entry.name for m in mentions if m.entry.kind in _KINDS]
    subjects = [text[m.start : m.end] for m in mentions if m.entry.kind not in _KINDS]
    names = [name for name in question.names if not any(one in name for one in subjects)]
    named = _stems(content_words(" | ".join((*names, *speakers))))
    about = _stems(words(" | ".join(subjects)))
    numbers = [word for word in words(text) if re.search(r"\d", word)]
    named |= _stems([word for word in numbers if not _YEAR.fullmatch(word)]) - about
    if _QUARTER.search(text):  # of filings: "Q2 2023"
        named |= {word for word in numbers if _YEAR.fullmatch(word)}
    return frozenset(named - _IN_MANY_NAMES) | frozenset(question.editions)


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
