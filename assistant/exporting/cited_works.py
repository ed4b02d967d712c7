"""What answers cite as a document tells it: the mark after a sentence, and the list of works."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.exporting.bibliography import BibliographyEntry


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of text in one form."""

    text: str
    form: Literal["plain", "italic", "superscript"] = "plain"


StyledText = tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A line of the list of works, and the quotes that stand below it."""

    told: StyledText
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedWorks:
    """The works of a document in one style.

    `mark` tells cited pages within the text; `is_inside` says that it stands before the full stop.
    """

    works: tuple[CitedWork, ...]
    mark: Callable[[Sequence[BibliographyEntry]], StyledText]
    is_inside: bool


def numbered_works(entries: Sequence[BibliographyEntry]) -> CitedWorks:
    """Return a numbered work for each cited page: the plain way, in no style."""
    numbers = {one.key: at for at, one in enumerate(entries, 1)}

    def mark(cited: Sequence[BibliographyEntry]) -> StyledText:
        found = sorted({numbers[one.key] for one in cited})
        return (TextRun(" ".join(f"[{number}]" for number in found)),)

    works = tuple(
        CitedWork((TextRun(f"[{at}] {_told(one)}"),), one.quotes)
        for at, one in enumerate(entries, 1)
    )
    return CitedWorks(works, mark, is_inside=False)


def _told(one: BibliographyEntry) -> str:
    ref = one.reference
    return f"{one.told}. {ref.link}" if ref.link else f"{one.told}. ({ref.path})"
