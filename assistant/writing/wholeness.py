"""Whether words make a sentence that says something, or what a small model trails off into."""

import re
from collections import Counter

from assistant.support.tokens import read_tokens

_FEWEST_WORDS = 3
_MOST_TIMES = 3  # that a word of the matter may stand in a sentence
_LETTERS = 4  # of a word of the matter
_WORD = re.compile(r"[^\W\d_]{2,}")


def says_something(sentence: str) -> bool:
    """Tell whether words are a sentence of a subject and something else.

    "1,010." and "The answer is:" are none, nor is what goes round: "Molycorp was a part of the
    mining company Molycorp.", "dysprosium, terbium, dysprosium, dysprosium".
    """
    if len(_WORD.findall(sentence)) < _FEWEST_WORDS or sentence.rstrip().endswith(":"):
        return False
    tokens = read_tokens(sentence)
    matter = Counter(
        token.key for token in tokens if token.kind == "name" or len(token.text) >= _LETTERS
    )
    if any(count > _MOST_TIMES for count in matter.values()):
        return False
    names = Counter(token.key for token in tokens if token.kind == "name")
    has_values = any(token.kind in ("figure", "time") for token in tokens)
    return has_values or len(names) > 2 or all(count == 1 for count in names.values())
