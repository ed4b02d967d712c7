"""What a figure that a question asks for goes to or is for: "catalysts" in "went to catalysts".

A statement that does not say it gives the figure of another part.
"""

import re
from collections.abc import Sequence

from assistant.requirements import Requirements

_GOES_TO = re.compile(
    r"\b(?:(?:went|goes|go|going|came|comes?|belongs?|sent|sold|shipped|used) "
    r"(?:in|on)?(?:to|from)|for(?! (?:the|its|an?|to)\b)) (?:the |its |an? )?"
    r"(?P<part>[\w-]+(?: (?!(?:in|by|for|from|over|at|of)\b)[\w-]+)?)",
    re.IGNORECASE,
)


def purpose_said(required: Requirements, strengths: Sequence[float]) -> float:
    """Return how far it is said what the figure asked for goes to; 1 where no question of that."""
    if not required.wants_figure or required.wanted == "duration":
        return 1.0
    told = []
    for match in _GOES_TO.finditer(required.question.text):
        start, end = match.span("part")
        pairs = zip(required.words, strengths, strict=True)
        said = [said for word, said in pairs if word.start < end and start < word.end]
        told.append(max(said, default=1.0))  # a name is no asked word; `naming` looks at those
    return max(told, default=1.0)
