"""LlamaIndex's retriever and query engine say what `Assistant.search` and `Assistant.ask` say."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from assistants import open_assistant
from documents import FILES
from fakes import HashingEmbedder, write_files
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle

from assistant.assistant import Assistant
from assistant.llama_index_adapter import RareEarthQueryEngine, RareEarthRetriever
from corpus.document import Source
from index.embedding import Embedder
from index.passage import Evidence, Filters

TWICE = "# Yttrium\n\nYttrium is soft.\n\n# Scandium\n\nYttrium is soft.\n"
PRICE = "What was the price of dysprosium oxide in 2023?"
QUESTIONS = {
    "answered": PRICE,
    "conflicting": "How much did Nigeria mine in 2024?",
    "not_disclosed": "What was the price of yttrium oxide in 2024?",
    "not_found": "Who won the football match?",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = write_files(tmp_path_factory.mktemp("files"), FILES | {"twice.md": TWICE})
    opened, _ = open_assistant(tmp_path_factory.mktemp("home"), HashingEmbedder(), folder)
    yield opened
    opened.close()


def told(node: NodeWithScore) -> tuple[str, str, float | None, dict[str, object]]:
    """Return id, text, score and metadata of a node."""
    return node.node.node_id, node.text, node.score, node.metadata


def described(source: Source) -> dict[str, object]:
    """Return what the metadata of a node holds of its source."""
    return {
        "source_id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "edition": source.edition,
        "path": source.path,
    }


def told_of(found: Evidence) -> tuple[str, str, float, dict[str, object]]:
    """Return what the node of a piece of evidence is to hold."""
    passage = found.passage
    metadata = described(found.source) | {
        "page": passage.page,
        "page_label": passage.page_label,
        "start": passage.start,
        "end": passage.end,
    }
    return passage.id, passage.text, found.score, metadata


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_nodes_are_what_search_finds(assistant: Assistant, question: str) -> None:
    found = assistant.search(question)
    assert found
    nodes = RareEarthRetriever(assistant).retrieve(question)
    assert [told(node) for node in nodes] == [told_of(one) for one in found]


def test_node_holds_the_place_of_its_words_and_what_its_source_is(assistant: Assistant) -> None:
    node = RareEarthRetriever(assistant, 1).retrieve(PRICE)[0]
    metadata = node.metadata
    page = assistant.page(metadata["source_id"], metadata["page"])
    start = page.text.index("Dysprosium oxide |")
    assert node.text == "Dysprosium oxide | 382 | 330 | 257"
    assert metadata == {
        "source_id": metadata["source_id"],
        "title": "Oxide Price Letter",
        "publisher": "Tallinn Metal Desk",
        "published": "2025-02-10",
        "edition": "",
        "path": "prices.md",
        "page": 1,
        "page_label": "1",
        "start": start,
        "end": start + len(node.text),
    }


def test_awaited_nodes_are_those_that_were_not_awaited(assistant: Assistant) -> None:
    retriever = RareEarthRetriever(assistant)
    awaited = asyncio.run(retriever.aretrieve(PRICE))
    assert [told(node) for node in awaited] == [told(node) for node in retriever.retrieve(PRICE)]


def test_passages_of_equal_words_are_both_nodes(assistant: Assistant) -> None:
    nodes = RareEarthRetriever(assistant).retrieve("yttrium soft")
    assert [node.text for node in nodes].count("Yttrium is soft.") == 2


def test_question_that_finds_nothing_gives_no_nodes(assistant: Assistant) -> None:
    assert RareEarthRetriever(assistant).retrieve("???") == []


@pytest.mark.parametrize("limit", [1, 3, 40])
def test_limit_of_the_retriever_is_that_of_search(assistant: Assistant, limit: int) -> None:
    nodes = RareEarthRetriever(assistant, limit).retrieve(PRICE)
    assert [told(node) for node in nodes] == [
        told_of(one) for one in assistant.search(PRICE, limit)
    ]


def test_ten_nodes_are_found_where_no_limit_is_given(assistant: Assistant) -> None:
    assert len(assistant.search(PRICE, 40)) > 10
    assert len(RareEarthRetriever(assistant).retrieve(PRICE)) == 10


def test_filters_of_the_retriever_are_those_of_search(assistant: Assistant) -> None:
    filters = Filters(publisher="geological")
    nodes = RareEarthRetriever(assistant, filters=filters).retrieve(PRICE)
    assert {node.metadata["path"] for node in nodes} == {"mcs/mcs2025.md", "mcs/mcs2026.md"}
    assert [told(node) for node in nodes] == [
        told_of(one) for one in assistant.search(PRICE, filters=filters)
    ]


def test_language_model_is_shown_title_page_and_words_alone(assistant: Assistant) -> None:
    node = RareEarthRetriever(assistant, 1).retrieve(PRICE)[0].node
    assert node.get_content(MetadataMode.LLM) == (
        "title: Oxide Price Letter\npage_label: 1\n\nDysprosium oxide | 382 | 330 | 257"
    )


@pytest.mark.parametrize(("status", "question"), QUESTIONS.items(), ids=QUESTIONS)
def test_response_has_text_status_and_warnings_of_the_answer(
    assistant: Assistant, status: str, question: str
) -> None:
    answer = assistant.ask(question)
    response = RareEarthQueryEngine(assistant).query(question)
    assert (response.response, response.metadata) == (
        answer.text,
        {"status": status, "model": "extractive", "warnings": list(answer.warnings)},
    )


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_source_nodes_are_the_citations_in_order(assistant: Assistant, question: str) -> None:
    response = RareEarthQueryEngine(assistant).query(question)
    assert [told(node) for node in response.source_nodes] == [
        (
            f"{cited.source.id}:{cited.page}:{cited.start}-{cited.end}",
            cited.quote,
            None,
            described(cited.source)
            | {
                "number": cited.number,
                "page": cited.page,
                "page_label": cited.page_label,
                "start": cited.start,
                "end": cited.end,
            },
        )
        for cited in assistant.ask(question).citations
    ]


def test_answer_that_is_not_found_has_no_source_nodes(assistant: Assistant) -> None:
    response = RareEarthQueryEngine(assistant).query(QUESTIONS["not_found"])
    assert response.source_nodes == []
    assert response.response.startswith("The sources do not say. Nearest: ")
    assert '(nothing near it says "match")' in response.response


def test_quote_of_a_source_node_stands_on_its_page(assistant: Assistant) -> None:
    response = RareEarthQueryEngine(assistant).query(QUESTIONS["conflicting"])
    nodes = response.source_nodes
    assert [node.metadata["number"] for node in nodes] == [1, 2]
    for node in nodes:
        at = node.metadata
        page = assistant.page(at["source_id"], at["page"])
        assert page.text[at["start"] : at["end"]] == node.text


def test_awaited_response_is_the_one_that_was_not_awaited(assistant: Assistant) -> None:
    engine = RareEarthQueryEngine(assistant)

    async def ask() -> object:
        return await engine.aquery(PRICE)

    assert asyncio.run(ask()) == engine.query(PRICE)


def test_question_may_come_as_a_bundle(assistant: Assistant) -> None:
    engine = RareEarthQueryEngine(assistant)
    assert engine.query(QueryBundle(PRICE)) == engine.query(PRICE)


def test_filters_of_the_engine_are_those_of_the_answer(assistant: Assistant) -> None:
    question = QUESTIONS["conflicting"]
    filters = Filters(source="mcs2025")
    response = RareEarthQueryEngine(assistant, filters).query(question)
    answer = assistant.ask(question, filters=filters)
    assert response.response == answer.text
    assert [node.metadata["path"] for node in response.source_nodes] == ["mcs/mcs2025.md"]


def test_engine_has_no_prompts_to_change(assistant: Assistant) -> None:
    assert RareEarthQueryEngine(assistant).get_prompts() == {}


@pytest.mark.slow
def test_example_of_the_readme_runs(tmp_path: Path, embedder: Embedder) -> None:
    root = Path(__file__).parents[2]
    names = ("china-country-profile.md", "china-april-2025-export-licences.md")
    opened, _ = open_assistant(
        tmp_path / "home", embedder, *(root / "corpus" / "documents" / name for name in names)
    )
    opened.close()
    readme = (root / "README.md").read_text(encoding="utf-8")
    example = readme.split("```python\n")[1].split("```")[0]
    done = subprocess.run(
        [sys.executable, "-c", example],
        cwd=root,
        env=os.environ | {"RARE_EARTH_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert lines[3].startswith("China mined 270,000 t REO in 2025")  # after three passages
    end = next(n for n, line in enumerate(lines) if line.endswith(" answered"))
    row = "China: rare-earth country profile China | "
    cited = enumerate(lines[end + 1 :], start=1)
    assert any(line.removeprefix(f"{number} ").startswith(row) for number, line in cited)
