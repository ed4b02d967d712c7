"""Finding phrases of a table in a text: one pass over its words, the longest phrase first.

Case, hyphens and the plural of the last word count for nothing; phrases in Chinese characters are
found anywhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*|[%$&/]")
_GAP = re.compile(r"[\s,()\[\]/\u2010-\u2015'’._-]{0,3}")
_SENTENCE_END = re.compile(r"[.;:]\s|\n\s*\n|\)\s*\(")
_SHORTEST_PLURAL = 3


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase at `text[start:end]` and what it stands for."""

    start: int
    end: int
    meaning: T


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, folded; `held` has the singulars of its plurals, too.

    Many tables are looked for in one text, and most have no phrase that begins with its words.
    """

    spans: tuple[tuple[int, int], ...]
    folded: tuple[str, ...]
    held: frozenset[str]


class PhraseFinder(Generic[T]):
    """Phrases with what each stands for. Never changes, so that threads may share it.

    Of two meanings of one phrase the first given stands.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._signs: dict[str, T] = {}
        seen: set[tuple[str, ...]] = set()
        for phrase, meaning in phrases:
            if EAST_ASIAN.search(phrase):
                self._signs.setdefault(phrase, meaning)
                continue
            words = tuple(map(_fold, _WORD.findall(phrase)))
            if words and words not in seen:
                seen.add(words)
                self._by_first.setdefault(words[0], []).append((words, meaning))
        for held in self._by_first.values():
            held.sort(key=lambda one: -len(one[0]))
        self._first_words = frozenset(self._by_first)
        signs = sorted(self._signs, key=len, reverse=True)
        self._sign = re.compile("|".join(map(re.escape, signs))) if signs else None

    def find(self, text: str) -> tuple[Found[T], ...]:
        """Return the phrases of a text in order, none within another."""
        here = _words(text)
        found: list[Found[T]] = []
        free = 0
        begun = self._first_words & here.held
        for at, word in enumerate(here.folded) if begun else ():
            if word not in begun and word[:-1] not in begun:
                continue
            if at < free:
                continue
            length, meaning = self._longest(text, here, at)
            if meaning is not None:
                found.append(Found(here.spans[at][0], here.spans[at + length - 1][1], meaning))
            free = at + max(length, 1)
        if self._sign and EAST_ASIAN.search(text):
            found += [
                Found(m.start(), m.end(), self._signs[m.group()]) for m in self._sign.finditer(text)
            ]
            found.sort(key=lambda one: one.start)
        return tuple(found)

    def _longest(self, text: str, here: _Words, at: int) -> tuple[int, T | None]:
        first = here.folded[at]
        for phrase, meaning in self._by_first.get(first, ()):
            if _stands(text, here, at, phrase):
                return len(phrase), meaning
        if _may_be_plural(first):
            for phrase, meaning in self._by_first.get(first[:-1], ()):
                if len(phrase) == 1:
                    return 1, meaning
        return 0, None


@lru_cache(maxsize=300)
def _words(text: str) -> _Words:
    matches = tuple(_WORD.finditer(text))
    folded = tuple(_fold(match.group()) for match in matches)
    singulars = (word[:-1] for word in folded if _may_be_plural(word))
    held = frozenset((*folded, *singulars))
    return _Words(tuple(match.span() for match in matches), folded, held)


def _stands(text: str, here: _Words, at: int, phrase: tuple[str, ...]) -> bool:
    """Tell whether a phrase, whose first word does, stands at a word of a text."""
    end = at + len(phrase)
    *words, last = here.folded[at:end]
    if end > len(here.folded) or tuple(words) != phrase[:-1]:
        return False
    if last != phrase[-1] and not _is_plural(last, phrase[-1]):
        return False
    gaps = (text[here.spans[i][1] : here.spans[i + 1][0]] for i in range(at, end - 1))
    return all(gap == " " or _joins(gap) for gap in gaps)


def _joins(gap: str) -> bool:
    """Tell whether what stands between two words of a text may stand within a phrase."""
    return bool(_GAP.fullmatch(gap)) and not _SENTENCE_END.search(gap)


def _may_be_plural(word: str) -> bool:
    return len(word) > _SHORTEST_PLURAL and word.endswith("s")


def _is_plural(word: str, single: str) -> bool:
    return word == f"{single}s" and len(single) >= _SHORTEST_PLURAL


def _fold(word: str) -> str:
    return word.replace("’", "'").casefold()
