"""The signs that a sentence speaks to a machine that answers: the table `signs.tsv`, and orders.

Of a line of the table `*` stands for any end of a word and ` .. ` for up to six words between.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from corpus.language.vocabulary import any_form, load_vocabulary

_TABLE = Path(__file__).parent / "signs.tsv"
_BETWEEN = r"(?:\W+\w+){0,6}?\W+"
_WORD = re.compile(r"\w+")
_FIRST_LETTERS = 2  # no entry has fewer before its "*"
_FIRST_UNSPACED = "\u2e80"  # scripts from here on write no spaces between words
# English orders look like other forms of their verbs; only where they stand tells them.
_PLACE = re.compile(
    r"(?:(?:^|[.!?:;,(\[\"'“”‘’>|*•\u2013\u2014-]\s*|\b(?:please|kindly|then|and|or|but|instead|"
    r"henceforth|must|shall|should)\s+)(?:\w+ly\s+)?(?:(?:do not|don['’]t|never|always|only|"
    r"simply|just|now|then|instead|please)\s+)*"
    r"|\b(?:must|shall|should|may|can|ought|need|needs|has|have|is|are|will)(?:not)?\s+"
    r"(?:(?:not|never|always|only|to|just|simply)\s+)+"
    r"|\b(?:you|they|it)\s+(?:will|must|shall|should|may only|can only)\s+"
    r"|\b(?:always|never|just|simply|cannot)\s+)$",
    re.IGNORECASE,
)
# "Assistant Secretary": a person, and no machine.
_OF_A_TITLE = re.compile(
    r"\s+(?:secretar|profess|direct|manag|general|attorney|minister|editor|administrat|vice|deput|"
    r"commission|research|treasur|engineer)",
    re.IGNORECASE,
)
_PLACE_CHARS = 40
# Words that are nouns as well; they are before what follows: "Output of metals grew".
_NOUNS = load_vocabulary().word_class("order or noun")
_NOUN_AFTER = re.compile(
    r"\s*(?:[:|]|$|,\s*(?:which|and|published)|in (?:metric|tons)\b|"
    rf"{any_form(load_vocabulary().word_class('after a noun'))}(?!\w))",
    re.IGNORECASE,
)


def signs_in(text: str) -> frozenset[str]:
    """Return the names of the signs in a text, given without what hides its words.

    "order" is any order, "speaking" one to say something or to leave rules aside.
    """
    found: set[str] = set()
    by_word, by_part = _entries()
    beginnings = _beginnings()
    for word in _WORD.finditer(text):
        said = word.group().casefold()
        begun = beginnings.get(said[:_FIRST_LETTERS], ())
        for key in (said, *(one for one in begun if said.startswith(one[:-1]))):
            for sign, entry in by_word.get(key, ()):
                if sign not in found and (match := _pattern(entry).match(text, word.start())):
                    found |= _told(text, sign, match)
    if not text.isascii():
        found |= {sign for sign, part in by_part if part in text}
    return frozenset(found)


def _told(text: str, sign: str, match: re.Match[str]) -> set[str]:
    """Return what a found entry tells; a verb in English tells an order only in its place."""
    before = text[max(0, match.start() - _PLACE_CHARS) : match.start()]
    if sign == "tells":
        return {"order", "speaking"}
    if sign not in ("speaks", "acts"):
        return set() if sign == "machine" and _OF_A_TITLE.match(text, match.end()) else {sign}
    is_noun = match.group().lower() in _NOUNS and _NOUN_AFTER.match(text, match.end())
    if is_noun or not _PLACE.search(before):
        return set()
    return {"order"} if sign == "acts" else {"order", "speaking"}


@cache
def _entries() -> tuple[Mapping[str, list[tuple[str, str]]], list[tuple[str, str]]]:
    """Return entries by their first word, with "*" where it may end in any way, and parts.

    Those are of text that is written without spaces.
    """
    by_word: dict[str, list[tuple[str, str]]] = {}
    by_part = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        sign, _, told = line.split("\t")
        for words in told.split("; "):
            if words[0] >= _FIRST_UNSPACED:
                by_part.append((sign, words))
                continue
            first = _WORD.search(words)
            assert first is not None, words
            end = "*" if words[first.end() :].startswith("*") else ""
            key = f"{first.group().casefold()}{end}"
            by_word.setdefault(key, []).append((sign, words))
    return by_word, by_part


@cache
def _beginnings() -> dict[str, tuple[str, ...]]:
    """Return the keys of `_entries` that end in any way, by their first letters."""
    found: dict[str, list[str]] = {}
    for key in _entries()[0]:
        if key.endswith("*"):
            found.setdefault(key[:_FIRST_LETTERS], []).append(key)
    return {first: tuple(keys) for first, keys in found.items()}


@cache  # of the many entries few are ever begun by a word of a text
def _pattern(words: str) -> re.Pattern[str]:
    pattern = re.escape(words).replace(r"\ \.\.\ ", _BETWEEN).replace(r"\*", r"\w*")
    pattern = pattern.replace(r"\ ", r"\s+").replace("'", "['’]")
    end = r"(?![\w'’-])" if words[-1].isalnum() else ""
    return re.compile(pattern + end, re.IGNORECASE)
