"""Finding phrases of a table in a text: one pass over its words, the longest phrase first.

Case, hyphens and the plural of the last word count for nothing; phrases in Chinese characters are
found anywhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
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
        signs = sorted(self._signs, key=len, reverse=True)
        self._sign = re.compile("|".join(map(re.escape, signs))) if signs else None

    def find(self, text: str) -> tuple[Found[T], ...]:
        """Return the phrases of a text in order, none within another."""
        words = [(m.start(), m.end(), _fold(m.group())) for m in _WORD.finditer(text)]
        found: list[Found[T]] = []
        at = 0
        while at < len(words):
            length, meaning = self._longest(text, words, at)
            if meaning is not None:
                found.append(Found(words[at][0], words[at + length - 1][1], meaning))
            at += max(length, 1)
        if self._sign and EAST_ASIAN.search(text):
            found += [
                Found(m.start(), m.end(), self._signs[m.group()]) for m in self._sign.finditer(text)
            ]
            found.sort(key=lambda one: one.start)
        return tuple(found)

    def _longest(
        self, text: str, words: list[tuple[int, int, str]], at: int
    ) -> tuple[int, T | None]:
        first = words[at][2]
        candidates = self._by_first.get(first, [])
        if first.endswith("s") and len(first) > _SHORTEST_PLURAL:
            single = [c for c in self._by_first.get(first[:-1], []) if len(c[0]) == 1]
            candidates = [*candidates, *single]
        for phrase, meaning in candidates:
            if self._stands(text, words, at, phrase):
                return len(phrase), meaning
        return 0, None

    @staticmethod
    def _stands(
        text: str, words: list[tuple[int, int, str]], at: int, phrase: tuple[str, ...]
    ) -> bool:
        if at + len(phrase) > len(words):
            return False
        for step, wanted in enumerate(phrase):
            word = words[at + step][2]
            is_last = step == len(phrase) - 1
            if word != wanted and not (is_last and _is_plural(word, wanted)):
                return False
            if step:
                gap = text[words[at + step - 1][1] : words[at + step][0]]
                if not _GAP.fullmatch(gap) or _SENTENCE_END.search(gap):
                    return False
        return True


def _is_plural(word: str, single: str) -> bool:
    return word == f"{single}s" and len(single) >= _SHORTEST_PLURAL


def _fold(word: str) -> str:
    return word.replace("’", "'").casefold()
