"""Questions in German, French and Chinese, turned into English phrase by phrase.

Dictionary-based query translation (Pirkola 1998): names are those of the lexicon, phrases stand in
`glosses.tsv`, and what neither knows stays as it is written, so that a reader sees it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from corpus.language.identification import small_words
from corpus.language.periods import Period, find_periods
from corpus.language.phrases import EAST_ASIAN
from corpus.language.vocabulary import TABLES, load_vocabulary
from corpus.lexicon import load_lexicon

_TOKEN = re.compile(r"[^\W\d_]+['’]?|\d+(?:[.,]\d+)*|[^\w\s]")
_NOT_CHINESE = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")  # kana and hangul
_GLOSSES = TABLES / "questions"  # apart: a question in plain English waits for none of it
_PLAIN = 3  # small words of English and of no other language
_LEAST_KNOWN = 2  # phrases of a language that no English question has
_BATCHES = {"1": "first", "2": "second", "3": "third"}
_Span = tuple[int, int, str]


def translated(question: str) -> str:
    """Return a question in English; one that is in English, or in no language known, as it is.

    translated("Wie viele Tonnen förderte China 2024?") -> "how many tonnes mined China 2024?"
    """
    language = _language(question)
    if not language:
        return question
    told, at = "", 0
    for start, end, english in _read(question, language):
        between = question[at:start]
        is_apart = language == "zh" or (not between and told[-1:].isalnum())
        told += f"{between} {english} " if is_apart else between + english
        at = end
    return " ".join((told + question[at:]).split()).replace(" ?", "?")


def _language(question: str) -> str:
    """Return the language of a question that is not in English, "" where that cannot be told."""
    if len(EAST_ASIAN.findall(question)) >= _LEAST_KNOWN:
        return "" if _NOT_CHINESE.search(question) else "zh"
    words = [word.lower() for word in _TOKEN.findall(question) if word.isalpha()]
    others = small_words()["de"] | small_words()["fr"]
    if len(set(words) & (small_words()["en"] - others)) >= _PLAIN:
        return ""
    english = small_words()["en"] | load_vocabulary().word_class("question") | _english()
    for language, phrases in _glosses().items():
        single = {phrase[0] for phrase in phrases if len(phrase) == 1}
        known = {w for w in words if w in single and w not in english and len(w) > 1}
        foreign = [word for word in words if word in english and word not in single]
        if len(known) >= _LEAST_KNOWN and len(known) > len(foreign):
            return language
    return ""


def _read(question: str, language: str) -> Iterator[_Span]:
    """Yield what of a question is known, in order: at each place the longest name or phrase."""
    glosses = _glosses()[language]
    longest = max(map(len, glosses))
    named = {start: (end, english) for start, end, english in _names(question, language)}
    tokens = _tokens(question, language)
    at = 0
    while at < len(tokens):
        start = tokens[at][0]
        end, told = named.get(start, (start, ""))
        for length in range(min(longest, len(tokens) - at), 0, -1):
            words = tokens[at : at + length]
            english = glosses.get(tuple(word for _, _, word in words))
            if english is not None and words[-1][1] > end:
                end, told = words[-1][1], english
                break
        if end > start:
            yield start, end, told
        while at < len(tokens) and tokens[at][0] < max(end, start + 1):
            at += 1


def _names(question: str, language: str) -> Iterator[_Span]:
    """Yield the names and times of a question, as English has them."""
    for mention in load_lexicon().find_mentions(question):
        written = question[mention.start : mention.end]
        name = mention.entry.name if EAST_ASIAN.search(written) else written
        yield mention.start, mention.end, name
    if language == "zh":
        for one in find_periods(question):
            yield one.start, one.end, _time(one.period)


def _time(period: Period) -> str:
    batch = re.fullmatch(r"(\d{4})-B(\d)", period.text)
    return f"{_BATCHES.get(batch[2], '')} batch of {batch[1]}" if batch else period.text


def _tokens(text: str, language: str) -> list[_Span]:
    """Return the words of a text with their places, of Chinese its signs."""
    if language == "zh":
        return [(at, at + 1, sign) for at, sign in enumerate(text) if not sign.isspace()]
    return [(m.start(), m.end(), m.group().lower()) for m in _TOKEN.finditer(text)]


@cache
def _english() -> frozenset[str]:
    """Return the words that glosses are in: a word of theirs tells no other language."""
    return frozenset(
        word
        for row in load_vocabulary(_GLOSSES).rows("glosses")
        for word in row["english"].lower().split()
    )


@cache
def _glosses() -> Mapping[str, Mapping[tuple[str, ...], str]]:
    """Return the phrases of each language, as tuples of their words, with their English."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for row in load_vocabulary(_GLOSSES).rows("glosses"):
        words = tuple(word for _, _, word in _tokens(row["phrase"], row["language"]))
        found.setdefault(row["language"], {})[words] = row["english"].strip()
    return found
