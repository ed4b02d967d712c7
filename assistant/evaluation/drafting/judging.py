"""Whether the library leaves a question one answer: who else speaks of the same, and what of it."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.evaluation.case import ExpectedPlace
from assistant.evaluation.drafting.evidence import prose_place, row_place
from assistant.evaluation.drafting.source_library import (
    Library,
    Sentence,
    Statement,
    core_stems,
    worths,
)
from assistant.evaluation.drafting.source_names import source_names
from index.wording import stem


@dataclass(frozen=True, slots=True)
class Verdict:
    """What others say of the figure that a question asks for.

    `is_ambiguous` is true where its own source says another value of the same; `needs_name` where
    another source does, so that the question must name its own by `name` ("" where it has none).
    `alternates` are the places with the same value.
    """

    is_ambiguous: bool
    needs_name: bool
    name: str
    alternates: tuple[ExpectedPlace, ...]


def judge(
    subject: str, year: int, worth: Decimal, place: tuple[str, int], library: Library
) -> Verdict:
    """Return the verdict on a figure of a sentence that begins at `place` (source id, offset)."""
    source_id, _ = place
    found = [
        statement
        for statement in stating(subject, year, library)
        if (statement.source_id, statement.start) != place
    ]
    same = [statement for statement in found if worth in statement.worth]
    against = [statement for statement in found if worth not in statement.worth]
    at_home = [statement for statement in against if statement.source_id == source_id]
    held = any(statement.source_id == source_id for statement in same)
    return Verdict(
        is_ambiguous=bool(at_home) and not held,
        needs_name=any(statement.source_id != source_id for statement in against),
        name=names_of(library)[source_id],
        alternates=tuple(place_of(statement, library) for statement in same),
    )


def stating(
    subject: str, year: int, library: Library, own: tuple[str, ...] = ()
) -> list[Statement]:
    """Return the figures of the library that are about a subject in a year, as far as words tell.

    A year of 0 asks for any.
    """
    needed = [stem(word) for word in own]
    found = library.stating(core_stems(subject), needed)
    return [s for s in found if not year or year in s.years]


def place_of(statement: Statement, library: Library) -> ExpectedPlace:
    """Return the place of a statement."""
    source = library.sources[statement.source_id]
    page = next(p for p in library.pages[source.id] if p.number == statement.page)
    if statement.is_row:
        block = next(b for b in page.blocks if b.start == statement.start and b.kind == "row")
        cell = next(cell for cell in block.cells[1:] if worths(cell.text) & statement.worth)
        return row_place(source, page, block, cell)
    return prose_place(source, page, statement.start, statement.end)


def sentence_place(sentence: Sentence) -> ExpectedPlace:
    """Return the place of a sentence."""
    return prose_place(sentence.source, sentence.page, sentence.start, sentence.end)


def names_of(library: Library) -> dict[str, str]:
    """Return what questions call each source."""
    if not library.names:
        library.names.update(source_names(library.sources))
    return library.names
