"""Telling the language of a text: by its script, and among Latin scripts by its small words.

No model: what is told apart are the languages that documents of this industry are written in.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from corpus.language.vocabulary import load_vocabulary

_CHARS = 20_000  # of a text that are looked at
_EAST_ASIAN_WEIGHT = 3  # a Chinese sign says about as much as three Latin letters
_LEAST_LETTERS = 8
_LEAST_WORDS = 3  # different small words that must be found, and their least share of all
_LEAST_SHARE = 0.06
_LEAST_LEAD = 1.25  # of the best language over the next
_KANA_SHARE = 0.1  # of Chinese signs and kana: a Chinese text may hold a little kana
_OTHER_SCRIPTS = {
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
    "km": "\u1780-\u17ff",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "el": "\u0370-\u03ff",
    "he": "\u0590-\u05ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
}
_SCRIPTS = {
    "latin": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "kana": re.compile("[\u3041-\u30ff]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "arabic": re.compile("[\u0600-\u06ff]"),
    **{language: re.compile(f"[{signs}]") for language, signs in _OTHER_SCRIPTS.items()},
}
# Letters that only one language of a script has; the last is what the script is without them.
_CYRILLIC = (("uk", "іїєґ"), ("mn", "өү"), ("sr", "ђћџљњ"), ("ru", "ыэё"), ("bg", ""))
_KAZAKH = frozenset("әғқұһ")
_PERSIAN = frozenset("پچژگ")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def small_words() -> Mapping[str, frozenset[str]]:
    """Return the small words that each language is known by, under its code."""
    rows = load_vocabulary().rows("languages")
    return {row["language"]: frozenset(row["small words"].split()) for row in rows}


def find_language(text: str) -> str:
    """Return the ISO 639-1 code of the language that most of a text is in.

    "" where it cannot be told: no words, a table of figures, two languages alike.
    """
    text = text[:_CHARS].lower()
    letters = {script: len(signs.findall(text)) for script, signs in _SCRIPTS.items()}
    east_asian = letters.pop("han") + letters["kana"]
    weights = Counter(letters)
    weights["kana"] = 0
    weights["east asian"] = east_asian * _EAST_ASIAN_WEIGHT
    weights["ko"] *= _EAST_ASIAN_WEIGHT
    script, weight = weights.most_common(1)[0]
    if weight < _LEAST_LETTERS:
        return ""
    if script == "east asian":
        return "ja" if letters["kana"] >= _KANA_SHARE * east_asian else "zh"
    if script == "cyrillic":
        return _cyrillic(text)
    if script == "arabic":
        return "fa" if _PERSIAN & set(text) else "ar"
    return _latin(text) if script == "latin" else script


def _cyrillic(text: str) -> str:
    signs = Counter(text)
    if sum(signs[sign] for sign in _KAZAKH) > 1:
        return "kk"
    return next(
        language for language, own in _CYRILLIC if not own or any(signs[sign] for sign in own)
    )


def _latin(text: str) -> str:
    words = _WORD.findall(text)
    counts = Counter(words)
    found = Counter(
        {language: sum(counts[word] for word in small) for language, small in small_words().items()}
    )
    (best, most), (_, second) = found.most_common(2)
    if most < _LEAST_SHARE * len(words) or len(small_words()[best] & set(words)) < _LEAST_WORDS:
        return ""
    return best if most >= _LEAST_LEAD * second or _only_it(best, counts, second, found) else ""


def _only_it(best: str, counts: Counter[str], second: int, found: Counter[str]) -> bool:
    """Tell whether words that a near language lacks speak for the best of two close ones."""
    near = [language for language, count in found.items() if count == second and language != best]
    own = small_words()[best]
    return all(
        sum(counts[word] for word in own - small_words()[language])
        > 2 * sum(counts[word] for word in small_words()[language] - own)
        for language in near
    )
