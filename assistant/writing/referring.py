"""What a sentence leaves to the one before it, or to the question: whom it is about, and when."""

import re

from assistant.quantities import find_quantities
from corpus.lexicon import load_lexicon

_PRONOUN = re.compile(
    r"^(?P<lead>(?:however|moreover|in addition|also|by contrast|meanwhile|separately), )?"
    r"(?:(?P<owner>its|their)|it|they|(?:the|this|that) (?P<kind>country|nation|company|firm|"
    r"producer|miner|group|element|oxide|metal|mine|project|plant))\s+",
    re.IGNORECASE,
)
_THAT_YEAR = re.compile(r"\b(?:in )?(?:that|the same) year\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?:in )?(?:the (?:previous|prior|preceding) year|the year before|"
    r"a year (?:earlier|before))\b",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"\b(?:in )?(?:the (?:following|next) year|a year later)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_POINTS = re.compile(  # to what cannot be put into words: "That was the same as in 2024."
    r"^(?:(?:however|moreover|also|by contrast|meanwhile), )?"
    r"(?:that|this|these|those|both|he|she|such)\b(?! year)",
    re.IGNORECASE,
)
_TIMES = ("year", "date", "label", "edition")


def resolved(sentence: str, before: str) -> str:
    """Return a sentence with its opening pronoun and "that year" put into words.

    resolved("It mined 51,000 t that year.", "The United States ... in 2025.") -> "United States
    mined 51,000 t in 2025."
    """
    years = _YEAR.findall(before)
    if years:
        last = int(years[-1])
        sentence = _THAT_YEAR.sub(f"in {last}", sentence)
        sentence = _YEAR_BEFORE.sub(f"in {last - 1}", sentence)
        sentence = _YEAR_AFTER.sub(f"in {last + 1}", sentence)
    pronoun = _PRONOUN.match(sentence)
    if not pronoun:
        return sentence
    mentions = load_lexicon().find_mentions(before)
    if not mentions:
        return sentence
    subject = before[mentions[0].start : mentions[0].end]
    owner = "'s" if pronoun["owner"] else ""
    return f"{pronoun['lead'] or ''}{subject}{owner} {sentence[pronoun.end() :]}"


def leans(sentence: str) -> bool:
    """Tell whether a sentence cannot be understood without the one before it."""
    times = (_THAT_YEAR, _YEAR_BEFORE, _YEAR_AFTER)
    points = _PRONOUN.match(sentence) or _POINTS.match(sentence)
    return bool(points) or any(one.search(sentence) for one in times)


def in_year_asked(sentence: str, question: str) -> str:
    """Return a sentence that names no time with the one year that the question names."""
    years = set(_YEAR.findall(question))
    if len(years) != 1 or any(q.kind in _TIMES for q in find_quantities(sentence)):
        return sentence
    told = sentence.rstrip()
    end = told[-1] if told[-1:] in ".!?" else ""
    return f"{told.removesuffix(end)} in {years.pop()}{end}"
