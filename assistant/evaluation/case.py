"""One evaluation question with what is expected of its answer."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Turn

Use = Literal["ask", "cite"]

_CITE_PREFIX = re.compile(r"\s*find a citation for\s*:\s*", re.IGNORECASE)
_QUOTES = "\"'“”‘’«»"


@dataclass(frozen=True, slots=True)
class ExpectedPlace:
    """A place that carries the answer; without page and label the whole file does."""

    file: str
    page: int | None = None
    page_label: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class ForbiddenForm:
    """Words that make an answer wrong, unless one of the excusing forms stands beside them."""

    form: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what a right answer holds.

    `must_include` has groups of acceptable forms; one form of each group must be there. `answers`
    are short gold answers, any of which is right word for word. `answerable` is None for a
    question without gold, of which nothing but its answer is wanted; nothing is expected of it.
    """

    id: str
    question: str
    answer: str = ""
    answers: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    must_include: tuple[tuple[str, ...], ...] = ()
    must_not_include: tuple[ForbiddenForm, ...] = ()
    expected_status: tuple[str, ...] = ("answered",)
    source_counts: bool = False
    evidence: tuple[ExpectedPlace, ...] = ()
    alternates: tuple[ExpectedPlace, ...] = ()
    answerable: bool | None = True
    near_miss: bool = False
    kind: str = "unspecified"
    use: Use = "ask"

    @property
    def places(self) -> tuple[ExpectedPlace, ...]:
        """All places of which any one is a hit."""
        return self.evidence + self.alternates

    @property
    def claim(self) -> str:
        """The bare claim of a case for citing: 'Find a citation for: "X."' gives 'X.'."""
        prefix = _CITE_PREFIX.match(self.question)
        if prefix is None:
            return self.question.strip()
        return self.question[prefix.end() :].strip().strip(_QUOTES).strip()
