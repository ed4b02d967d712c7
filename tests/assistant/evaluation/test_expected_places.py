"""Which ranks find something expected: pages and documents, each once."""

from typing import Any

import pytest

from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.expected_places import Ranking, document_ranking, page_ranking


def found(path: str, page: int = 1, text: str = "", start: int = 0) -> dict[str, Any]:
    return {
        "source_id": path,
        "path": path,
        "page": page,
        "page_label": f"p{page}",
        "start": start,
        "end": start + len(text),
        "text": text,
    }


def ranked(ranking: Ranking) -> tuple[tuple[bool, ...], int]:
    """Return which ranks are relevant, and of how many in all."""
    return ranking.relevant, ranking.total


def case(*evidence: ExpectedPlace, alternates: tuple[ExpectedPlace, ...] = ()) -> Case:
    return Case(id="q", question="?", evidence=evidence, alternates=alternates)


A1, A2, B1 = ExpectedPlace("a.pdf", 1), ExpectedPlace("a.pdf", 2), ExpectedPlace("b.pdf", 1)


def test_passages_of_one_page_are_one_rank() -> None:
    evidence = [found("c.pdf"), found("c.pdf", start=9), found("a.pdf"), found("c.pdf", start=20)]
    assert ranked(page_ranking(case(A1), evidence)) == ((False, True), 1)


def test_each_expected_page_counts_once_and_two_quotes_of_a_page_are_one() -> None:
    wanted = case(A1, ExpectedPlace("a.pdf", 1, quote="other words"), A2)
    evidence = [found("a.pdf", 2), found("b.pdf"), found("a.pdf", 1)]
    assert ranked(page_ranking(wanted, evidence)) == ((True, False, True), 2)
    assert ranked(document_ranking(wanted, evidence)) == ((True, False, False), 1)


def test_alternate_stands_in_for_a_place_that_is_not_found_but_adds_none() -> None:
    evidence = [found("b.pdf"), found("a.pdf")]
    assert ranked(page_ranking(case(A1, alternates=(B1,)), evidence)) == ((True, False), 1)
    assert ranked(page_ranking(case(A1, A2, alternates=(B1,)), evidence)) == ((True, True), 2)
    assert ranked(document_ranking(case(A1, alternates=(B1,)), evidence)) == ((True, False), 1)


def test_document_counts_at_its_first_page_whichever_it_is() -> None:
    evidence = [found("b.pdf", 7), found("a.pdf", 9), found("a.pdf", 1)]
    assert ranked(document_ranking(case(A1, B1), evidence)) == ((True, True, False), 2)
    assert ranked(page_ranking(case(A1, B1), evidence)) == ((False, False, True), 2)


def test_rows_of_a_csv_are_ranks_of_their_own() -> None:
    wanted = case(ExpectedPlace("d.csv", 1, quote="Brazil,2025,7"))
    evidence = [
        found("d.csv", text="China,2025,9", start=0),
        found("d.csv", text="Brazil,2025,7", start=20),
        found("d.csv", text="Brazil,2024,6", start=40),
    ]
    assert ranked(page_ranking(wanted, evidence)) == ((False, True, False), 1)
    assert ranked(document_ranking(wanted, evidence)) == ((True, False, False), 1)


def test_places_that_one_rank_finds_together_are_one() -> None:
    wanted = case(ExpectedPlace("a.pdf"), A1, ExpectedPlace("a.pdf", page_label="p1"), B1)
    assert ranked(page_ranking(wanted, [found("a.pdf"), found("b.pdf")])) == ((True, True), 2)


def test_documents_are_ranked_in_the_order_of_their_first_pages() -> None:
    pages = [found("a.pdf", 1), found("a.pdf", 2), found("a.pdf", 3), found("b.pdf", 1)]
    ranking = document_ranking(case(A1, B1), pages).of_distinct_documents()
    assert ranked(ranking) == ((True, True), 2)


@pytest.mark.parametrize("rank", [page_ranking, document_ranking])
def test_nothing_found_has_no_ranks(rank: Any) -> None:
    assert ranked(rank(case(A1, B1), [])) == ((), 2)
