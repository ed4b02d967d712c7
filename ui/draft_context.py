"""What a reviewer needs beside a draft: where its quote stands, from what a twin was changed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evaluation.case import Case
from assistant.evaluation.places import is_table, spread_cells
from corpus.document import Page, original_text

_ALIKE = 0.6  # of the words of two questions, shared; twins share more


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a page's stored text; empty where nothing was found."""

    start: int = 0
    end: int = 0


def find_quote(page: Page, quote: str, file: str) -> Stretch:
    """Return where a gold quote, which has the original's words, stands in the stored text."""
    wanted = spread_cells(quote) if is_table(file) else quote
    words = [re.escape(word) for word in wanted.split()]
    if not words:
        return Stretch()
    pattern = re.compile(r"\s+".join(words))
    if found := pattern.search(page.text):
        return Stretch(*found.span())
    if found := pattern.search(original_text(page, 0, len(page.text))):
        return Stretch(_stored(page, found.start()), _stored(page, found.end()))
    return Stretch()


def _stored(page: Page, place: int) -> int:
    """Return the place in the stored text of a place in the original."""
    longer = 0  # the original, up to here
    for repair in page.repairs:
        start = repair.start + longer
        if place <= start:
            break
        if place < start + len(repair.original):
            return repair.end
        longer += len(repair.original) - (repair.end - repair.start)
    return min(max(place - longer, 0), len(page.text))


def sibling_of(twin: Case, cases: Iterable[Case]) -> Case | None:
    """Return the answerable case whose question is most like a twin's; None where none is alike."""
    words = _words(twin.question)
    alike = [
        (len(words & other) / max(1, len(words | other)), case)
        for case in cases
        if case.answerable and (other := _words(case.question))
    ]
    likeness, sibling = max(alike, key=lambda one: one[0], default=(0.0, None))
    return sibling if likeness >= _ALIKE else None


def changed_words(question: str, other: str) -> Sequence[tuple[str, bool]]:
    """Return the pieces of a question, each with whether it holds words that the other does not."""
    known = _words(other)
    return [
        (piece, bool(_words(piece)) and not _words(piece) <= known)
        for piece in re.split(r"(\s+)", question)
    ]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
