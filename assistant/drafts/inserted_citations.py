"""The citations that are put into a draft as it is given back: their numbers and their list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.drafts.checked import CheckedSentence


@dataclass(frozen=True, slots=True)
class InsertedCitations:
    """The numbers of cited sentences by their ids, and a line for each number."""

    numbers: Mapping[str, int]
    lines: Mapping[int, str]


def insert_citations(checked: Iterable[CheckedSentence], first: int = 1) -> InsertedCitations:
    """Return the citations of the sentences that were given one; a page has one number."""
    cited = {one.sentence.id: one.cited for one in checked if one.cited}
    places = dict.fromkeys((ref.source_id, ref.number) for ref in cited.values())
    numbers = {place: number for number, place in enumerate(places, first)}
    lines: dict[int, str] = {}
    for ref in cited.values():
        told = f"{ref.place}. {ref.url}" if ref.url else f"{ref.place}."
        lines.setdefault(numbers[ref.source_id, ref.number], told)
    return InsertedCitations(
        {id: numbers[ref.source_id, ref.number] for id, ref in cited.items()}, lines
    )
