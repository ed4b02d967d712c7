"""Questions for abbreviations that a text explains in brackets: "rare-earth oxide (REO)".

The long form is found as in Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (2003): the letters of the short form, from the last to the first,
in the words before the bracket, its first letter at the beginning of a word.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.evaluation.drafting.judging import sentence_place
from assistant.evaluation.drafting.proposal import Proposal
from assistant.evaluation.drafting.source_library import Library, Sentence
from corpus.language.words import fold
from corpus.lexicon import load_lexicon

_SHORT = re.compile(r"\((?P<short>[A-Za-z][\w&./-]{1,9})\)")
_MEANS = re.compile(
    r"(?:^|; |, |: )(?P<short>[A-Z][A-Za-z$&]{1,9}) (?:means|stands for|is short for) (?:the )?"
    r"(?P<long>[a-zA-Z][\w’'-]*(?: [\w’'-]+){0,6}?)(?=[;.,]|$)"
)
_LEADING = re.compile(r"^(?:(?:the|an?|of|or|and|in|by|its|their|each) )+", re.IGNORECASE)
_NOT_A_PHRASE = re.compile(r"[,;:|()\[\]“”\"]")


@dataclass(frozen=True, slots=True)
class _Explained:
    short: str
    long: str
    sentence: Sentence


def abbreviation_proposals(library: Library) -> Iterator[Proposal]:
    """Yield one question for each abbreviation that means the same wherever it is explained."""
    found: dict[str, list[_Explained]] = defaultdict(list)
    for sentence in library.sentences:
        for explained in _explained(sentence):
            found[explained.short].append(explained)
    for short, explanations in found.items():
        first = min(explanations, key=lambda one: len(one.long))
        if not all(_plain(one.long).startswith(_plain(first.long)) for one in explanations):
            continue  # an abbreviation of two things, or one that is not well understood
        symbol = _element_of(first)
        forms = (first.long, *(one.long for one in explanations))
        yield Proposal(
            kind="definition",
            source_id=first.sentence.source.id,
            question=(
                f"What is the chemical symbol of {first.long}?"
                if symbol
                else f"What does {short} stand for?"
            ),
            answer=short if symbol else first.long,
            must_include=((short,) if symbol else tuple(dict.fromkeys(forms)),),
            evidence=(sentence_place(first.sentence),),
            alternates=tuple(sentence_place(one.sentence) for one in explanations),
        )


def long_form(short: str, before: str) -> str:
    """Return the words before a bracket that its abbreviation stands for, "" for none.

    >>> long_form("REO", "Tonnages are metric tons of rare-earth oxide")
    'rare-earth oxide'
    """
    letters = short
    words = before.split()
    candidate = " ".join(words[-min(len(letters) + 5, len(letters) * 2) :])
    at = len(candidate) - 1
    for place in range(len(letters) - 1, -1, -1):
        letter = letters[place].lower()
        if not letter.isalnum():
            continue
        while at >= 0 and (
            candidate[at].lower() != letter
            or (place == 0 and at > 0 and candidate[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ""
        at -= 1
    start = candidate.rfind(" ", 0, at + 2) + 1
    return candidate[start:]


def _explained(sentence: Sentence) -> Iterator[_Explained]:
    for match in _SHORT.finditer(sentence.text):
        short = match["short"]
        before = re.split(r"[,;:|(]", sentence.text[: match.start()])[-1].strip()
        words = _LEADING.sub("", long_form(short, before))
        if _is_element(short, before.split()[-1:]):
            yield _Explained(short, before.split()[-1], sentence)
        elif _explains(words, short):
            yield _Explained(short, words, sentence)
    for match in _MEANS.finditer(sentence.text):
        if _explains(match["long"], match["short"]) and long_form(match["short"], match["long"]):
            yield _Explained(match["short"], match["long"], sentence)


def _explains(words: str, short: str) -> bool:
    if short[-1] == "s" and short[:-1].isupper():
        return False  # a plural: "REEs"
    if sum(letter.isupper() for letter in short) < 2 or _NOT_A_PHRASE.search(words):
        return False
    parts = re.findall(r"[^\W\d_]+", words)
    return len(parts) >= 2 and len(words) > len(short) + 3 and short not in words


def _is_element(short: str, before: list[str]) -> bool:
    elements = load_lexicon().elements
    return (
        bool(before)
        and before[0].lower() in elements
        and (elements[before[0].lower()].symbol == short)
    )


def _element_of(explained: _Explained) -> bool:
    return _is_element(explained.short, [explained.long])


def _plain(words: str) -> str:
    """Return a long form for comparing: hyphens, plural and capitals aside."""
    return re.sub(r"\W+", " ", fold(words)).strip().removesuffix("s")
