"""How near an answer's words are to those of gold answers, as the SQuAD 2.0 script counts them.

Rajpurkar, Jia & Liang 2018, "Know What You Don't Know: Unanswerable Questions for SQuAD". The
script's habits are kept: only ASCII punctuation is dropped, without a space in its place, so that
"rare-earth" is one word; articles go after that; a gold answer of which nothing is left is none.
"""

import re
import string
from collections import Counter
from collections.abc import Sequence

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def exact_match(answer: str, golds: Sequence[str]) -> float:
    """Return 1 if the answer has the words of a gold one, else 0.

    Without gold answers, which is how SQuAD says that there is no answer, "" is right.
    """
    words = _words(answer)
    return float(any(words == gold for gold in _gold_words(golds)))


def token_f1(answer: str, golds: Sequence[str]) -> float:
    """Return the F1 of the answer's words against the gold answer that gives most, 0 to 1.

    Where the answer or the gold answer has no words, it is 1 if neither has, else 0.
    """
    words = _words(answer)
    return max(_f1(words, gold) for gold in _gold_words(golds))


def _gold_words(golds: Sequence[str]) -> list[list[str]]:
    return [words for gold in golds if (words := _words(gold))] or [[]]


def _words(text: str) -> list[str]:
    return _ARTICLES.sub(" ", text.lower().translate(_NO_PUNCTUATION)).split()


def _f1(answer: list[str], gold: list[str]) -> float:
    if not answer or not gold:
        return float(answer == gold)
    shared = (Counter(answer) & Counter(gold)).total()
    # 2PR / (P + R) with P = shared / len(answer) and R = shared / len(gold)
    return 2 * shared / (len(answer) + len(gold))
