"""Candidates are compared with the question and ordered by what the learned models make of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from assistants import SOURCE, evidence, row

from assistant.extractive.linear_model import candidate_score
from assistant.extractive.ranking import FEATURES, Ranking, compare, rank
from index.question import analyze
from index.storage.store import PassageStore

QUESTION = analyze("What was the import reliance of the United States in 2024?")
NEAR = evidence("The import reliance of the United States was 53% in 2024.")
FAR = evidence("The import reliance of Japan was 60% in 2019.", start=100)
OTHER = evidence("The choir sang at noon that day.", start=200)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PassageStore]:
    opened = PassageStore(tmp_path / "home", "hashing")
    yield opened
    opened.close()


def texts(ranking: Ranking) -> list[str]:
    return [one.candidate.text for one in ranking.candidates]


def test_statements_come_in_the_order_of_their_scores(
    store: PassageStore,
) -> None:
    found = rank(QUESTION, [OTHER, FAR, NEAR], store)
    assert texts(found) == [item.passage.text for item in (NEAR, OTHER, FAR)]
    scores = [one.score for one in found.candidates]
    assert scores == [candidate_score(one.features) for one in found.candidates]
    assert scores[0] > max(scores[1:])
    assert found.asked.question == QUESTION


def test_a_statement_of_another_year_comes_after_all_others(
    store: PassageStore,
) -> None:
    found = rank(QUESTION, [FAR, OTHER], store)
    assert [one.feature("time") for one in found.candidates] == [0.5, 0.0]
    assert found.candidates[0].score < found.candidates[1].score


def test_order_is_that_of_the_model_and_not_of_the_evidence(
    store: PassageStore,
) -> None:
    orders = ([NEAR, FAR, OTHER], [OTHER, NEAR, FAR])
    first, second = (texts(rank(QUESTION, order, store)) for order in orders)
    assert first == second


def test_of_equal_statements_the_first_found_comes_first(
    store: PassageStore,
) -> None:
    sources = [replace(SOURCE, id=id) for id in ("one", "two")]
    for order in (sources, sources[::-1]):
        items = [row("Import reliance", "53", header=("", "2024"), source=one) for one in order]
        found = rank(QUESTION, items, store).candidates
        assert [one.candidate.evidence.source for one in found] == order


def test_compared_candidates_have_their_features_and_no_score(store: PassageStore) -> None:
    (found,) = compare(QUESTION, [NEAR], store).candidates
    assert found.score == 0.0
    assert found.feature("coverage") == found.features[FEATURES.index("coverage")]
    assert found.feature("names") == found.feature("time") == 1.0
    assert all(said > 0.9 for said in found.said)


def test_only_the_likeliest_statements_are_compared_word_by_word(
    store: PassageStore,
) -> None:
    many = [evidence(f"The choir sang song {n} at noon.", start=100 * n) for n in range(1, 60)]
    found = rank(QUESTION, [*many, NEAR], store)
    assert len(found.candidates) == 16
    assert texts(found)[0] == NEAR.passage.text
    said = evidence("Ore may sink in brine.", start=9000)
    found = rank(analyze("Why does ore sink?"), [*many, said], store)
    assert texts(found)[0] == said.passage.text


def test_rows_of_data_of_other_commodities_are_left_out_unless_nothing_else_is_found(
    store: PassageStore,
) -> None:
    data = replace(SOURCE, file_type="csv", title="All minerals")
    ours, other = (
        row(label, "5", header=("Commodity", "2024"), source=data)
        for label in ("Rare earths", "Copper")
    )
    assert texts(rank(QUESTION, [other, ours], store)) == ["Rare earths — 2024: 5"]
    assert texts(rank(QUESTION, [other], store)) == ["Copper — 2024: 5"]


def test_rows_of_another_commodity_stay_where_it_is_asked_about(
    store: PassageStore,
) -> None:
    data = replace(SOURCE, file_type="csv", title="All minerals")
    items = [
        row(label, "5", header=("Commodity", "2024"), source=data)
        for label in ("Rare earths", "Gallium")
    ]
    found = rank(analyze("How much gallium in 2024?"), items, store)
    assert sorted(texts(found)) == ["Gallium — 2024: 5", "Rare earths — 2024: 5"]


def test_no_evidence_has_no_statements(store: PassageStore) -> None:
    assert rank(QUESTION, [], store).candidates == ()
