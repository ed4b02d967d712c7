"""The whole way of an answer through a real server with a small model: it writes, and we check."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Timer

import pytest
from model_server import MODEL_NAME

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.settings import Settings
from index.embedding import Embedder

pytestmark = pytest.mark.slow

QUESTIONS = (
    "When did Molycorp file for Chapter 11 bankruptcy?",
    "How large was Nigeria's mine production in 2024?",
    "Who owns the Mountain Pass mine?",
)
LONG = "How large was China's rare-earth mining quota for 2025?"
SECONDS = 120.0


@pytest.fixture(scope="module")
def served(library: Assistant, embedder: Embedder, model_address: str) -> Iterator[Assistant]:
    """Yield an assistant over the shipped documents with the test model."""
    settings = Settings(
        library.settings.home,
        model=MODEL_NAME,
        model_address=model_address,
        model_seconds=SECONDS,
    )
    assistant = Assistant(settings, embedder)
    yield assistant
    assistant.close()


def holds(answer: Answer, library: Assistant) -> None:
    """Assert what must hold of any answer, whatever the model wrote."""
    assert answer.status in ("answered", "conflicting")
    assert answer.written is not None
    assert answer.tokens.prompt > 100
    assert answer.seconds.model > 0
    for sentence in answer.sentences:
        assert sentence.citations
        assert sentence.support in ("supported", "partly")
    for citation in answer.citations:
        page = library.page(citation.source.id, citation.page)
        assert page.text[citation.start : citation.end] == citation.quote
    if answer.model == "extractive":
        assert any("sources' own words" in warning for warning in answer.warnings)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_a_small_model_writes_is_shown_as_far_as_it_holds(
    served: Assistant, library: Assistant, question: str
) -> None:
    stream = served.stream(question)
    came = tuple(stream)
    holds(stream.answer, library)
    if stream.answer.model != "extractive":
        assert stream.answer.sentences == came
    else:
        assert stream.answer.text == library.ask(question).text


def test_two_questions_at_once_are_answered_each_by_its_own_evidence(
    served: Assistant, library: Assistant
) -> None:
    with ThreadPoolExecutor(2) as threads:
        answers = tuple(threads.map(served.ask, QUESTIONS[:2]))
    for question, answer in zip(QUESTIONS, answers, strict=False):
        assert answer.question == question
        holds(answer, library)


def test_a_stopped_answer_comes_soon_and_the_next_one_is_written(
    served: Assistant, library: Assistant
) -> None:
    stream = served.stream(LONG)  # whose evidence takes the model some seconds to read
    timer = Timer(1.0, stream.stop)
    timer.start()
    started = time.monotonic()
    answer = stream.answer
    assert time.monotonic() - started < SECONDS / 2
    assert answer.status != "not_found"
    assert any("stopped" in warning for warning in answer.warnings)
    holds(served.ask(QUESTIONS[1]), library)
