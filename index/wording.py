"""Words as answering compares them: folded, stemmed, and with the words that mean the same.

Names come from the lexicon, what else means the same from a table. Reading and finding keep texts
as they are; only comparison folds them.
"""

import re
import threading
from collections.abc import Callable
from functools import cache, lru_cache

import snowballstemmer

from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import fold
from corpus.lexicon import Entry, load_lexicon
from corpus.lexicon.mention import EAST_ASIAN
from index.spelling import american

# Words that shape a question or a report without saying what it is about.
SCAFFOLDING = load_vocabulary().word_class("question")
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_VERSION = re.compile(r"\b(?:v|ver)\.? ?(?=\d+(?:\.\d+)*\b)")  # "v1.2", but not "V2O5"
# Named by what they are made of, so that their full names are already the words to compare.
_MATERIALS = frozenset(("element", "metal", "mineral", "product", "term"))
_APART = frozenset(("basis",))  # REO and TREO say how a tonnage is counted: compared as written
_SHORTEST_NAME = 3  # letters of a name that is known without its capitals: not "us"


class _Stemmer(threading.local):
    """A stemmer of each thread's own: it keeps the word that it works on."""

    def __init__(self) -> None:
        self.stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord


_stemmer = _Stemmer()


@lru_cache(maxsize=4_000)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, folded; names are those that the lexicon compares.

    "U.S." is one word, "NdPr" two; figures lose their commas.
    """
    pieces: list[str] = []
    position = 0
    for mention in load_lexicon().names_in(text):
        written = text[mention.start : mention.end]
        told = _compared(mention.entry.id, mention.name.note, written)
        pieces += [text[position : mention.start], told]
        position = mention.end
    return plain_words("".join((*pieces, text[position:])))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a folded word; words that mean the same have the same stem."""
    meanings = _meanings()
    if word not in meanings:
        word = _names_of_one_word().get(word, word)
    return meanings.get(word) or _stemmer.stem(american(word))


def stems(text: str) -> frozenset[str]:
    """Return the stems of all words of a text: those inside names, and what a formula says, too."""
    plain = plain_words(text)
    oxides = [_oxides()[word] for word in plain if word in _oxides()]
    said = (*words(text), *plain, *oxides, *(["oxide"] if oxides else []))
    return frozenset(stem(word) for word in said)


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that say what it is about, each once, in order."""
    return tuple(dict.fromkeys(word for word in words(text) if word not in SCAFFOLDING))


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, folded, as they are written."""
    folded = _VERSION.sub("version ", re.sub(r"(?<=\w)'s\b", "", fold(text)))
    return tuple(word.replace(",", "") for word in _WORD.findall(folded))


@lru_cache(maxsize=10_000)
def _compared(entry_id: str, note: str, written: str) -> str:
    """Return what stands for a name in comparisons: all names of an entry give the same."""
    entry = load_lexicon().entry(entry_id)
    is_east_asian = bool(EAST_ASIAN.search(written))
    if entry.kind in _APART or (fold(written) in _names_of_one_word() and not is_east_asian):
        return written
    if entry.kind in _MATERIALS and note in ("", "oxide"):
        return written
    told = " ".join(_words_for(entry))
    return f" {told} " if is_east_asian else told


def _words_for(entry: Entry) -> tuple[str, ...]:
    """Return the word that stands for an entry, or the words of its name where none does.

    It is the name where that is one word, else the first of the other names if that is one.
    """
    for name in entry.names[:2]:
        found = plain_words(name.text)
        if len(found) == 1 and not EAST_ASIAN.search(name.text) and entry.kind not in _MATERIALS:
            return found
    return plain_words(entry.name)


@cache
def _names_of_one_word() -> dict[str, str]:
    """Return the folded names that are one word, each with the one word that stands for it."""
    lexicon = load_lexicon()
    return {
        found[0]: _words_for(entry)[0]
        for entry in lexicon.entries
        if entry.kind not in _APART and len(_words_for(entry)) == 1
        for name in entry.names
        if name.note != "oxide"
        and len(found := plain_words(name.text)) == 1
        and len(found[0]) >= _SHORTEST_NAME
    }


@cache
def _oxides() -> dict[str, str]:
    """Return the elements by the folded formulas and names of their oxides."""
    lexicon = load_lexicon()
    elements = [lexicon.entry(element_id) for element_id in lexicon.elements]
    return {fold(n.text): e.name for e in elements for n in e.other_names if n.note == "oxide"}


@cache
def _meanings() -> dict[str, str]:
    """Return what stands for each word of those that mean the same."""
    forms = {form: row["meaning"] for form, row in load_vocabulary().forms("synonyms", "words")}
    return forms | {meaning: meaning for meaning in forms.values()}
