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


def case(*evidence: ExpectedPlace, alternates: tuple[ExpectedPlace, ...] = ()) -> Case:
    return Case(id="q", question="?", evidence=evidence, alternates=alternates)


A1, A2, B1 = ExpectedPlace("a.pdf", 1), ExpectedPlace("a.pdf", 2), ExpectedPlace("b.pdf", 1)


def test_passages_of_one_page_are_one_rank() -> None:
    evidence = [found("c.pdf"), found("c.pdf", start=9), found("a.pdf"), found("c.pdf", start=20)]
    assert page_ranking(case(A1), evidence) == Ranking((False, True), 1)


def test_each_expected_page_counts_once_and_two_quotes_of_a_page_are_one() -> None:
    wanted = case(A1, ExpectedPlace("a.pdf", 1, quote="other words"), A2)
    evidence = [found("a.pdf", 2), found("b.pdf"), found("a.pdf", 1)]
    assert page_ranking(wanted, evidence) == Ranking((True, False, True), 2)
    assert document_ranking(wanted, evidence) == Ranking((True, False, False), 1)


def test_alternate_stands_in_for_a_place_that_is_not_found_but_adds_none() -> None:
    evidence = [found("b.pdf"), found("a.pdf")]
    assert page_ranking(case(A1, alternates=(B1,)), evidence) == Ranking((True, False), 1)
    assert page_ranking(case(A1, A2, alternates=(B1,)), evidence) == Ranking((True, True), 2)
    assert document_ranking(case(A1, alternates=(B1,)), evidence) == Ranking((True, False), 1)


def test_document_counts_at_its_first_page_whichever_it_is() -> None:
    evidence = [found("b.pdf", 7), found("a.pdf", 9), found("a.pdf", 1)]
    assert document_ranking(case(A1, B1), evidence) == Ranking((True, True, False), 2)
    assert page_ranking(case(A1, B1), evidence) == Ranking((False, False, True), 2)


def test_rows_of_a_csv_are_ranks_of_their_own() -> None:
    wanted = case(ExpectedPlace("d.csv", 1, quote="Brazil,2025,7"))
    evidence = [
        found("d.csv", text="China,2025,9", start=0),
        found("d.csv", text="Brazil,2025,7", start=20),
        found("d.csv", text="Brazil,2024,6", start=40),
    ]
    assert page_ranking(wanted, evidence) == Ranking((False, True, False), 1)
    assert document_ranking(wanted, evidence) == Ranking((True, False, False), 1)


@pytest.mark.parametrize("rank", [page_ranking, document_ranking])
def test_nothing_found_has_no_ranks(rank: Any) -> None:
    assert rank(case(A1, B1), []) == Ranking((), 2)
