"""Which of the pages that were found, in their order, are expected ones.

Ranks count distinct pages: several passages of one page are one rank. The rows of a CSV file, which
is one page, are ranks of their own.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.places import evidence_is_at, is_table, same_file


@dataclass(frozen=True, slots=True)
class Ranking:
    """Of each rank, best first, whether it newly finds something expected, of `total` in all.

    `sources` are the ids of the sources that the ranks lie in.
    """

    relevant: tuple[bool, ...]
    total: int
    sources: tuple[str, ...] = ()

    def of_distinct_documents(self) -> "Ranking":
        """Return the ranking in which each document has one rank, that of its first page."""
        first = list(dict.fromkeys(self.sources))
        places = [self.sources.index(source) for source in first]
        return Ranking(tuple(self.relevant[n] for n in places), self.total, tuple(first))


def page_ranking(case: Case, evidence: Sequence[Mapping[str, Any]]) -> Ranking:
    """Return the ranking of pages: the expected are the distinct pages of the case's `evidence`.

    A page of `alternates` counts in the place of one that is not found.
    """
    wanted = {_page_key(place): place for place in case.evidence}
    others = {_page_key(place): place for place in case.alternates}
    ranks = _ranks(evidence)
    found = [
        (
            {key for key, place in wanted.items() if _holds(rank, place)},
            {key for key, place in others.items() if _holds(rank, place)} - wanted.keys(),
        )
        for rank in ranks
    ]
    return _newly_found(ranks, found, len(wanted) or len(others))


def document_ranking(case: Case, evidence: Sequence[Mapping[str, Any]]) -> Ranking:
    """Return the ranking of documents, each at its first page; ranks count pages all the same."""
    wanted = {place.file for place in case.evidence}
    others = {place.file for place in case.alternates} - wanted
    ranks = _ranks(evidence)
    found = [
        (
            {file for file in wanted if same_file(rank[0]["path"], file)},
            {file for file in others if same_file(rank[0]["path"], file)},
        )
        for rank in ranks
    ]
    return _newly_found(ranks, found, len(wanted) or len(others))


def _ranks(evidence: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return the pieces of evidence by page, in the order in which pages come first."""
    ranks: dict[Hashable, list[Mapping[str, Any]]] = {}
    for entry in evidence:
        row = entry["start"] if is_table(entry["path"]) else None
        ranks.setdefault((entry["source_id"], entry["page"], row), []).append(entry)
    return list(ranks.values())


def _page_key(place: ExpectedPlace) -> Hashable:
    row = place.quote if is_table(place.file) else ""
    return place.file, place.page or place.page_label, row


def _holds(rank: Sequence[Mapping[str, Any]], place: ExpectedPlace) -> bool:
    return any(evidence_is_at(entry, place) for entry in rank)


def _newly_found(
    ranks: Sequence[Sequence[Mapping[str, Any]]],
    found: Sequence[tuple[set[Any], set[Any]]],
    total: int,
) -> Ranking:
    """Say of each rank whether it finds what no earlier one did, until all is found.

    Places that one rank finds together, such as a page by its number and by its label, are one.
    """
    seen: set[Any] = set()
    count = 0
    relevant = []
    for wanted, others in found:
        new = sorted(wanted - seen, key=repr) or sorted(others - seen, key=repr)[:1]
        is_new = bool(new) and count < total
        if is_new:
            seen.update(new)
            count += 1
            total -= len(new) - 1
        relevant.append(is_new)
    return Ranking(tuple(relevant), total, tuple(str(rank[0]["source_id"]) for rank in ranks))
