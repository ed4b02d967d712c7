"""What the sentence that leads to a table says that the table holds.

"Maturities of our debt were as follows", "the following table summarizes our lease costs": where
neither row nor column names a measure, the subject of that sentence does.
"""

import re
from functools import lru_cache

from corpus.facts.cells.cues import cue_pattern
from corpus.language.measures import find_terms
from corpus.language.periods import find_periods
from corpus.language.vocabulary import Vocabulary
from corpus.language.words import content_words

_AS_FOLLOWS = r"(?P<what>.+?)\s(?:(?:<<copula>>|<<past copula>>|<<consisted>>)\s)+<<as follows>>\b"
_TABLE_SHOWS = r".*\b<<as follows>>\s(?:<<part of a table>>)\s(?:<<shows>>)\s(?P<what>.+)"
_WITHOUT = r"^(?:<<article>>\s)?(?:<<components>>\s)?|\s<<in each period>>\b.*"
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_END = re.compile(r"[,:;]|\.\s")
_MOST_WORDS = 16
# "NOTE 8 — GOODWILL Changes in ...": a sentence begins behind capitals where small letters follow.
_BEHIND_HEADING = re.compile(r".*(?:[A-Z]\S*|—)\s(?P<sentence>[A-Z][a-z]*\s[a-z].*)")


@lru_cache(maxsize=5_000)
def subject_of_lead(sentence: str, heading: str, vocabulary: Vocabulary) -> str:
    """Return what a sentence says that a table holds, "" where it is no such sentence.

    `heading` are words that may stand before it in a caption.
    """
    text = _without_heading(_BRACKETS.sub("", " ".join(sentence.split())), heading)
    for pattern in (_TABLE_SHOWS, _AS_FOLLOWS):
        if found := cue_pattern(pattern, vocabulary).match(text):
            return _plain(found["what"], vocabulary)
    return ""


def _plain(what: str, vocabulary: Vocabulary) -> str:
    """Return the words of a subject up to the time that they are told of."""
    what = _END.split(what)[0]
    if times := find_periods(what, vocabulary):
        *kept, last = what[: times[0].start].split() or [""]
        while kept and not content_words(last, vocabulary):
            last = kept.pop()  # "as of"
        what = " ".join((*kept, last))
    what = cue_pattern(_WITHOUT, vocabulary).sub("", what).strip()
    is_short = 0 < len(what.split()) <= _MOST_WORDS
    if not is_short or find_terms("statements", what, vocabulary):
        return ""  # of which statement they are does not say what its items are
    return what.casefold() if content_words(what, vocabulary) else ""


def _without_heading(text: str, heading: str) -> str:
    """Return a caption without the end of the heading above that it begins with."""
    words = heading.split()
    for at in range(len(words)):
        before = " ".join(words[at:])
        if text.startswith(f"{before} "):
            return text[len(before) + 1 :]
    behind = _BEHIND_HEADING.match(text)
    return behind["sentence"] if behind else text
