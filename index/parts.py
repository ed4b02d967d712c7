"""The parts of a question that asks two things, each of which stands by itself.

"Which plant separates dysprosium, and what was China's quota in 2024?" is looked for as two
questions. One whose second half leans on the first ("and how much was it?") stays whole. Splitting
by the countries or years of a comparison was tried and gained nothing: all of them are found
together.
"""

import re

from index.question import analyze

_ASKING = (
    r"(?:(?:in|at|by|for|from|of|on|to|under|through|with)\s+)?"
    r"(?:what|which|how|when|who|whom|whose|where|why)\b"
)
_VERBS = r"(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should)\b"
_BETWEEN = re.compile(
    rf"(?:\?\s+(?:and\s+)?|[,;]\s+and\s+)(?={_ASKING}|{_VERBS})|\s+and\s+(?={_ASKING}|did\b|does\b)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?<!\b[A-Za-z])[\s?!.,;:]+$")  # not the stop of "U.S."
LEANS = re.compile(  # on what was said before
    r"\b(?:it|its|they|them|their|this|that|these|those|he|she|him|her|his|so|there|then|one|both|"
    r"same)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_MOST_PARTS = 4


def question_parts(question: str) -> tuple[str, ...]:
    """Return the parts of a question in order: itself alone, where it does not ask two things."""
    parts = [_CLOSING.sub("", part).strip() for part in _BETWEEN.split(question)]
    if not 1 < len(parts) <= _MOST_PARTS:
        return (question,)
    if any(len(part.split()) < _FEWEST_WORDS for part in parts):
        return (question,)
    if not all(map(_stands_alone, parts[1:])):
        return (question,)
    return tuple(f"{part}?" for part in parts)


def _stands_alone(part: str) -> bool:
    asked = analyze(part)
    return bool(asked.names or asked.materials or asked.editions) and not LEANS.search(part)
