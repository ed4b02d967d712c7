"""Finding the names of the lexicon in a text: one pass over its words, longest name first.

A capital in a name must be a capital in the text, so that "SEG" is no "seg" and "Energy Fuels" no
"energy fuels"; other letters may be either. Symbols of elements count only as chemistry.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from corpus.errors import CorpusError
from corpus.language.vocabulary import load_vocabulary
from corpus.lexicon.entry import Element, Entry, Name

EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
# Symbols that no ordinary word resembles, so that one alone is chemistry.
PLAIN_SYMBOLS = frozenset(("Nd", "Dy", "Tb", "Gd", "Yb"))

_BETWEEN_WORDS = re.compile(r"([\W_]+)")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ANY_SUBSCRIPT = re.compile("[₀-₉]")
# Between two words of a name. A full stop parts sentences, except after one or two letters.
_GAP = re.compile(r"[\s()/&§.:'’_\u2010-\u2015-]{1,4}")
_STOP_IN_GAP = re.compile(r"\.\s|\n\s*\n")
_IN_LIST = re.compile(r"\s*[,/+&\u2010-\u2015-]?\s*")
_LISTED_SYMBOLS = PLAIN_SYMBOLS | {"Sm", "Tm"}  # two in a list are chemistry with one of these
_AFTER_SYMBOL = load_vocabulary().word_class("chemistry")
# Companies named by such words alone need their capitals, also where a question has none.
_ORDINARY = load_vocabulary().word_class("company")
_LONGEST_LIST = 20  # of symbols: there are seventeen
_SHORTEST_PLURAL = 3  # letters of a last word that may take an s
_SHORTEST_WITHOUT_CAPITALS = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry named by `text[start:end]`, which is a form of its name `name`."""

    entry: Entry
    start: int
    end: int
    name: Name


@dataclass(frozen=True, slots=True)
class _Pattern:
    words: tuple[str, ...]  # as the name has them
    folded: tuple[str, ...]
    gaps: tuple[str, ...]  # after each word, without white space
    name: Name
    entry: Entry


class _Node:
    """Words that some names begin with: the names that end here, and the words that may follow."""

    __slots__ = ("longer", "names")

    def __init__(self) -> None:
        self.names: list[_Pattern] = []
        self.longer: dict[str, _Node] = {}


class _Words:
    """A text as words, with what stands after each and where each begins."""

    def __init__(self, text: str) -> None:
        parts = _BETWEEN_WORDS.split(text)
        starts = list(accumulate(map(len, parts), initial=0))
        self.words = parts[::2]
        self.gaps = [*parts[1::2], ""]
        self.starts = starts[:-1:2]

    def end(self, at: int) -> int:
        return self.starts[at] + len(self.words[at])


class NameFinder:
    """Finds the names of entries in texts. Never changes, so that threads may share it."""

    def __init__(self, entries: Iterable[Entry], elements: Iterable[Element]) -> None:
        self._roots = _Node()
        self._east_asian: dict[str, _Pattern] = {}
        taken: dict[tuple[str, ...], _Pattern] = {}
        by_id: dict[str, Entry] = {}
        for entry in entries:
            if by_id.setdefault(entry.id, entry) is not entry:
                raise CorpusError(f"lexicon: two entries have the id {entry.id!r}; rename one")
            for name in entry.names:
                self._add(name, entry, taken)
        longest_first = sorted(self._east_asian, key=len, reverse=True)
        self._any_east_asian = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._symbols: Mapping[str, Entry] = {e.symbol: by_id[e.id] for e in elements}

    def _add(self, name: Name, entry: Entry, taken: dict[tuple[str, ...], _Pattern]) -> None:
        pattern = _pattern(name, entry)
        before = taken.setdefault(pattern.folded, pattern)
        if before.entry is not entry:
            raise CorpusError(
                f"lexicon: {name.text!r} names both {before.entry.id} and {entry.id}; remove one"
            )
        if EAST_ASIAN.search(name.text):
            self._east_asian[name.text] = pattern
            return
        node = self._roots
        for word in pattern.folded:
            node = node.longer.setdefault(word, _Node())
        node.names.append(pattern)

    def find(self, text: str, capitals_matter: bool = True) -> tuple[Mention, ...]:
        """Return the mentions in a text, in order; none overlaps another."""
        plain = text.translate(_SUBSCRIPTS) if _ANY_SUBSCRIPT.search(text) else text
        here = _Words(plain)
        starts = {
            word
            for word in set(here.words)
            if (lower := word.lower()) in self._roots.longer
            or lower.removesuffix("s") in self._roots.longer
            or word in self._symbols
        }
        mentions: list[Mention] = []
        free = 0
        for at in [place for place, word in enumerate(here.words) if word in starts]:
            if at < free:
                continue
            for pattern in self._candidates(here, at):
                if _fits(pattern, here, at, capitals_matter):
                    free = at + len(pattern.words)
                    end = here.end(free - 1)
                    # "U.S." ends with its stop.
                    end += pattern.name.text.endswith(".") and plain[end : end + 1] == "."
                    mentions.append(Mention(pattern.entry, here.starts[at], end, pattern.name))
                    break
            else:
                word = here.words[at]
                if word in self._symbols and self._is_chemistry(here, at):
                    name = Name(word, "symbol")
                    mentions.append(
                        Mention(self._symbols[word], here.starts[at], here.end(at), name)
                    )
        if EAST_ASIAN.search(text):
            mentions += [
                Mention(pattern.entry, match.start(), match.end(), pattern.name)
                for match in self._any_east_asian.finditer(text)
                for pattern in (self._east_asian[match.group()],)
            ]
            mentions.sort(key=lambda mention: mention.start)
        return tuple(mentions)

    def _candidates(self, here: _Words, at: int) -> list[_Pattern]:
        """Return the names with the words that stand at a place, the longest first."""
        found: list[_Pattern] = []
        node = self._roots
        for place in range(at, len(here.words)):
            word = here.words[place].lower()
            if len(word) > _SHORTEST_PLURAL and word[-1] == "s":
                singular = node.longer.get(word[:-1])
                found += singular.names if singular else ()
            following = node.longer.get(word)
            if following is None:
                break
            node = following
            found += node.names
        return found[::-1]

    def _is_chemistry(self, here: _Words, at: int) -> bool:
        """Tell whether the symbol at a word is one: beside its name, a product, or other symbols.

        "Er" may be German, "La" Spanish, "Y" Spanish or a variable.
        """
        symbol, gap = here.words[at], here.gaps[at]
        following = here.words[at + 1] if at + 1 < len(here.words) else ""
        if following in _AFTER_SYMBOL and gap in (" ", "-", "\u2011"):
            return True
        before = here.words[at - 1] if at else ""
        if at and here.gaps[at - 1].endswith("(") and gap.startswith(")"):
            return before.lower() == self._symbols[symbol].name
        listed = {symbol, *self._listed(here, at, 1), *self._listed(here, at, -1)}
        if len(listed) > 2 or (len(listed) == 2 and listed & _LISTED_SYMBOLS):
            return True
        is_amount = before.isdigit() and here.gaps[at - 1] in (" ", "-")
        is_short_for_something = gap.startswith(". ")
        return symbol in PLAIN_SYMBOLS and not is_amount and not is_short_for_something

    def _listed(self, here: _Words, at: int, step: int) -> set[str]:
        """Return the symbols that stand in one list with a word, on one side of it."""
        found: set[str] = set()
        for there in range(at + step, at + step * _LONGEST_LIST, step):
            if not 0 <= there < len(here.words):
                break
            word = here.words[there]
            if not _IN_LIST.fullmatch(here.gaps[min(there, there - step)]):
                break
            if word in self._symbols:
                found.add(word)
            elif word not in ("and", "or"):
                break
        return found


def _pattern(name: Name, entry: Entry) -> _Pattern:
    if EAST_ASIAN.search(name.text):  # written without spaces
        return _Pattern((name.text,), (name.text,), (), name, entry)
    parts = _BETWEEN_WORDS.split(name.text)
    words = tuple(filter(None, parts[::2]))
    gaps = tuple("".join(gap.split()) for gap in parts[1 : 2 * len(words) - 1 : 2])
    return _Pattern(words, tuple(map(str.lower, words)), gaps, name, entry)


def _fits(pattern: _Pattern, here: _Words, at: int, capitals_matter: bool) -> bool:
    """Tell whether a name whose words stand at a place is meant there."""
    width = len(pattern.words)
    words = here.words[at : at + width]
    if capitals_matter:
        if not all(map(_has_capitals, words, pattern.words)):
            return False
    elif not _known_without_capitals(pattern, words[-1]):
        return False
    if width > 1 and not all(map(_joins, here.gaps[at : at + width - 1], pattern.gaps, words)):
        return False
    return not _is_amount(pattern, here, at)


def _has_capitals(word: str, name: str) -> bool:
    return word.startswith(name) or all(
        not letter.isupper() or word[place].isupper() for place, letter in enumerate(name)
    )


def _known_without_capitals(pattern: _Pattern, last_word: str) -> bool:
    if sum(map(len, pattern.words)) < _SHORTEST_WITHOUT_CAPITALS:
        return False
    # "does" is no second DOE.
    if pattern.words[-1].isupper() and len(last_word) > len(pattern.words[-1]):
        return False
    return pattern.entry.kind != "company" or not _ORDINARY.issuperset(pattern.folded)


def _joins(between: str, gap: str, word_before: str) -> bool:
    """Tell whether what stands between two words of a text may stand within a name."""
    if gap and "".join(between.split()) == gap:
        return "\n\n" not in between
    if not _GAP.fullmatch(between):
        return False
    return not _STOP_IN_GAP.search(between) or len(word_before) <= 2


def _is_amount(pattern: _Pattern, here: _Words, at: int) -> bool:
    """Tell whether letters are a unit or a currency: "120 VAC", "US$5"."""
    if pattern.entry.kind == "country" and here.gaps[at + len(pattern.words) - 1].startswith("$"):
        return True
    is_company = pattern.name.note == "abbreviation" and pattern.entry.kind == "company"
    return is_company and at > 0 and here.words[at - 1].isdigit() and here.gaps[at - 1] == " "
