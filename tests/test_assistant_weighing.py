"""Statements are compared with the question and ordered by what the learned model makes of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from assistants import SOURCE, evidence, row
from fakes import HashingEmbedder

from assistant.agreement import SIGNS
from assistant.answerability import statement_score
from assistant.weighing import Weighing, compare, weigh
from corpus.document import Context
from index.passage import Evidence
from index.question import analyze
from index.store import PassageStore

QUESTION = analyze("What was the import reliance of the United States in 2024?")
NEAR = evidence("The import reliance of the United States was 53% in 2024.")
FAR = evidence("The import reliance of Japan was 60% in 2019.", start=100)
OTHER = evidence("The choir sang at noon that day.", start=200)


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def store(tmp_path: Path, embedder: HashingEmbedder) -> Iterator[PassageStore]:
    opened = PassageStore(tmp_path / "home", embedder.name)
    yield opened
    opened.close()


def texts(weighing: Weighing) -> list[str]:
    return [one.candidate.text for one in weighing.statements]


def test_statements_come_in_the_order_of_their_scores(
    store: PassageStore, embedder: HashingEmbedder
) -> None:
    found = weigh(QUESTION, [OTHER, FAR, NEAR], store, embedder)
    assert texts(found) == [item.passage.text for item in (NEAR, OTHER, FAR)]
    scores = [one.score for one in found.statements]
    assert scores == [statement_score(one.signs) for one in found.statements]
    assert scores[0] > max(scores[1:])
    assert found.required.question == QUESTION


def test_a_statement_of_another_year_comes_after_all_others(
    store: PassageStore, embedder: HashingEmbedder
) -> None:
    found = weigh(QUESTION, [FAR, OTHER], store, embedder)
    assert [one.sign("time") for one in found.statements] == [0.5, 0.0]
    assert found.statements[0].score < found.statements[1].score


def test_order_is_that_of_the_model_and_not_of_the_evidence(
    store: PassageStore, embedder: HashingEmbedder
) -> None:
    orders = ([NEAR, FAR, OTHER], [OTHER, NEAR, FAR])
    first, second = (texts(weigh(QUESTION, order, store, embedder)) for order in orders)
    assert first == second


def test_of_equal_statements_the_first_found_comes_first(
    store: PassageStore, embedder: HashingEmbedder
) -> None:
    sources = [replace(SOURCE, id=id) for id in ("one", "two")]
    for order in (sources, sources[::-1]):
        items = [row("Import reliance", "53", header=("", "2024"), source=one) for one in order]
        found = weigh(QUESTION, items, store, embedder).statements
        assert [one.candidate.evidence.source for one in found] == order


def test_compared_statements_have_their_signs_and_no_score(
    store: PassageStore, embedder: HashingEmbedder
) -> None:
    (found,) = compare(QUESTION, [NEAR], store, embedder).statements
    assert found.score == 0.0
    assert found.sign("coverage") == found.signs[SIGNS.index("coverage")] == 1.0
    assert found.strengths == (1.0, 1.0)  # import, reliance
    asked, told = embedder.embed([QUESTION.text, f"Annual Report | {NEAR.passage.text}"])
    assert found.candidate.similarity == found.sign("meaning") == pytest.approx(asked @ told)


@pytest.mark.parametrize(
    ("item", "read"),
    [
        (
            evidence("It was idle all year.", context=Context("Mines", "Table 1")),
            "Annual Report | Mines | It was idle all year.",
        ),
        (
            row("Nigeria", "5", section="Mines", caption="Output", header=("", "2024")),
            "Annual Report | Mines | Output | Nigeria — 2024: 5 (Output)",
        ),
        (
            evidence("It was idle all year.", source=replace(SOURCE, title="")),
            "It was idle all year.",
        ),
    ],
)
def test_statements_are_read_with_the_titles_over_them(
    item: Evidence, read: str, store: PassageStore, embedder: HashingEmbedder
) -> None:
    compare(QUESTION, [item], store, embedder)
    assert embedder.embedded == [QUESTION.text, read]


def test_only_the_likeliest_statements_are_compared_word_by_word(
    store: PassageStore, embedder: HashingEmbedder
) -> None:
    many = [evidence(f"The choir sang song {n} at noon.", start=100 * n) for n in range(1, 60)]
    found = weigh(QUESTION, [*many, NEAR], store, embedder)
    assert len(found.statements) == 24
    assert texts(found)[0] == NEAR.passage.text
    said = evidence("Ore may sink in brine.", start=9000)
    found = weigh(analyze("Why does ore sink?"), [*many, said], store, embedder)
    assert texts(found)[0] == said.passage.text


def test_rows_of_data_of_other_commodities_are_left_out_unless_nothing_else_is_found(
    store: PassageStore, embedder: HashingEmbedder
) -> None:
    data = replace(SOURCE, file_type="csv", title="All minerals")
    ours, other = (
        row(label, "5", header=("Commodity", "2024"), source=data)
        for label in ("Rare earths", "Copper")
    )
    assert texts(weigh(QUESTION, [other, ours], store, embedder)) == ["Rare earths — 2024: 5"]
    assert texts(weigh(QUESTION, [other], store, embedder)) == ["Copper — 2024: 5"]


def test_rows_of_another_commodity_stay_where_it_is_asked_about(
    store: PassageStore, embedder: HashingEmbedder
) -> None:
    data = replace(SOURCE, file_type="csv", title="All minerals")
    items = [
        row(label, "5", header=("Commodity", "2024"), source=data)
        for label in ("Rare earths", "Gallium")
    ]
    found = weigh(analyze("How much gallium in 2024?"), items, store, embedder)
    assert sorted(texts(found)) == ["Gallium — 2024: 5", "Rare earths — 2024: 5"]


def test_no_evidence_has_no_statements(store: PassageStore, embedder: HashingEmbedder) -> None:
    assert weigh(QUESTION, [], store, embedder).statements == ()
    assert embedder.embedded == []
