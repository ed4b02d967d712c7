"""The editions of publications that words name: "MCS 2026 v1.3", "2023 Minerals Yearbook".

The lexicon has the publications, known by their name alone; a year beside one names its edition.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.language.dates import date_forms
from corpus.language.vocabulary import load_vocabulary
from corpus.lexicon import Entry, load_lexicon
from corpus.lexicon.mention import Mention

_YEAR = r"(?:19|20)\d\d"
_BEHIND = re.compile(
    rf"[\s,:–—(-]*(?:edition\s+)?(?:{date_forms(load_vocabulary()).month}\s+)?(?P<year>{_YEAR})"
    r"(?!\d|-\d)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?<![\d-])(?P<year>{_YEAR})\s+$")
_BEFORE_CHARS = 8
_GLUED = re.compile(r"(?<![^\W_])(?P<name>[A-Za-z]{3,5})(?P<year>(?:19|20)\d\d)(?!\d|-\d)")
_VERSION = re.compile(r"\sv(?:ersion)?\s?(\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class NamedEdition:
    """An edition that `text[start:end]` names: its series in short, "MCS", and whose it is."""

    start: int
    end: int
    series: str
    year: int
    publisher: str
    version: str = ""

    @property
    def name(self) -> str:
        """The edition in short: "MCS 2026 v1.3"."""
        return f"{self.series} {self.year}" + (f" v{self.version}" if self.version else "")


@lru_cache(maxsize=20_000)
def find_editions(text: str) -> tuple[NamedEdition, ...]:
    """Return the editions of publications that a text names, in order."""
    return _all(text, load_lexicon().find_mentions(text))


@lru_cache(maxsize=20_000)
def editions_asked(question: str) -> tuple[NamedEdition, ...]:
    """Return the editions that a question names, which may be typed without capitals."""
    return _all(question, publications_asked(question))


def publications_asked(question: str) -> tuple[Mention, ...]:
    """Return where a question names publications, which may be typed without capitals.

    Without them a name must be one of letters alone, or end with a word for what is published:
    "mcs 2026" and "2026 commodity summary", not "world mineral production 2024".
    """
    lower = question.lower()
    typed = lower if len(lower) == len(question) else question
    kinds = load_vocabulary().word_class("publication")
    return tuple(
        one
        for one in load_lexicon().names_in(typed)
        if one.entry.kind == "publication"
        and (
            question[one.start].isupper()
            or one.name.text.isupper()
            or one.name.text.split()[-1].lower() in kinds
        )
    )


def without_editions(text: str) -> str:
    """Return a text of the same length in which no edition stands."""
    for one in reversed(find_editions(text)):
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _all(text: str, mentions: Iterable[Mention]) -> tuple[NamedEdition, ...]:
    found = (*_editions(text, mentions), *_in_file_names(text))
    return tuple(sorted(found, key=lambda one: one.start))


def _editions(text: str, mentions: Iterable[Mention]) -> Iterator[NamedEdition]:
    for mention in mentions:
        if mention.entry.kind != "publication" or not mention.entry.parents:
            continue
        start, end = mention.start, mention.end
        if year := _BEHIND.match(text, end):
            end = year.end()
        elif year := _BEFORE.search(text[max(0, start - _BEFORE_CHARS) : start]):
            start -= len(year.group())
        else:
            continue
        yield _edition(text, start, end, mention.entry, int(year["year"]))


def _in_file_names(text: str) -> Iterator[NamedEdition]:
    """Yield the editions of which the year is glued to the name: "mcs2026_rare_earths.csv"."""
    for glued in _GLUED.finditer(text):
        for entry in load_lexicon().named(glued["name"].upper()):
            if entry.kind == "publication" and entry.parents:
                yield _edition(text, glued.start(), glued.end(), entry, int(glued["year"]))


def _edition(text: str, start: int, end: int, entry: Entry, year: int) -> NamedEdition:
    version = _VERSION.match(text, end)
    return NamedEdition(
        start,
        version.end() if version else end,
        short_name(entry),
        year,
        load_lexicon().entry(entry.parents[0]).name,
        version[1] if version else "",
    )


def short_name(publication: Entry) -> str:
    """Return the short name of a publication, or that which it has."""
    names = [name.text for name in publication.names]
    return next((name for name in names if name.isupper()), names[0])
