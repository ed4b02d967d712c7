"""A reranker: the more of a question's words a passage holds, the more likely it answers."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+")


class SharedWords:
    """Judges by shared words."""

    def judge(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return for each text the share of the question's words that it holds, from 0 to 1."""
        asked = _words(question)
        return [len(asked & _words(text)) / max(len(asked), 1) for text in texts]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
