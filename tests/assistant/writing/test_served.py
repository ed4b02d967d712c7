"""The whole way of an answer through a real server with a small model: it writes, and we check."""

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Timer

import pytest
from model_server import MODEL_NAME

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.language_model import MODEL_FOLDER, model_of
from assistant.settings import Settings
from assistant.writing import Abilities, keep_abilities, probe
from index.embedding import Embedder

pytestmark = pytest.mark.slow

QUESTIONS = (
    "When did Molycorp file for Chapter 11 bankruptcy?",
    "Who owns the Mountain Pass mine?",
)
LONG = "How large was China's rare-earth mining quota for 2025?"
SECONDS = 25.0


@pytest.fixture(scope="module")
def settings(library: Assistant, model_address: str) -> Settings:
    """Return settings with the test model, for which little evidence is much."""
    return replace(
        library.settings,
        model=MODEL_NAME,
        model_address=model_address,
        model_seconds=SECONDS,
        evidence_tokens=600,
    )


@pytest.fixture(scope="module")
def served(settings: Settings, embedder: Embedder) -> Iterator[Assistant]:
    """Yield an assistant over the shipped documents with the test model, which is let write."""
    assistant = Assistant(settings, embedder)
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def choosing(
    library: Assistant,
    settings: Settings,
    embedder: Embedder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Assistant]:
    """Yield one whose model was found unable to quote, which it is: it points at statements."""
    home = tmp_path_factory.mktemp("choosing") / "home"
    shutil.copytree(library.settings.home, home, ignore=shutil.ignore_patterns("*.lock"))
    unable = Abilities(MODEL_NAME, settings.model_address, False, False, False)
    keep_abilities(home / MODEL_FOLDER, unable)
    assistant = Assistant(replace(settings, home=home), embedder)
    yield assistant
    assistant.close()


def holds(answer: Answer, library: Assistant) -> None:
    """Assert what must hold of any answer, whatever the model wrote."""
    assert answer.tokens.prompt > 100
    assert answer.seconds.model > 0
    for sentence in answer.sentences:
        assert sentence.citations
        assert sentence.support in ("supported", "partly", "inference")
    for citation in answer.citations:
        page = library.page(citation.source.id, citation.page)
        assert page.text[citation.start : citation.end] == citation.quote


def test_what_a_small_model_writes_is_shown_as_far_as_it_is_verified(
    served: Assistant, library: Assistant
) -> None:
    stream = served.stream(QUESTIONS[0])
    came = tuple(stream)
    answer = stream.answer
    holds(answer, library)
    assert answer.written is not None
    assert 2 <= answer.written.calls <= 5
    if answer.model == MODEL_NAME:
        assert answer.sentences == came
    elif answer.status != "not_found":
        assert answer.text == library.ask(QUESTIONS[0]).text
        assert any("sources' own words" in warning for warning in answer.warnings)


def test_two_questions_at_once_are_answered_in_the_sources_own_words(
    choosing: Assistant, library: Assistant
) -> None:
    with ThreadPoolExecutor(2) as threads:
        answers = tuple(threads.map(choosing.ask, QUESTIONS))
    for question, answer in zip(QUESTIONS, answers, strict=True):
        assert answer.question == question
        assert answer.model == "extractive"
        holds(answer, library)


def test_what_a_small_model_can_do_is_found_out(settings: Settings) -> None:
    model = model_of(settings)
    found = probe(model, model, settings.model_address, SECONDS)
    assert found.model == MODEL_NAME
    assert not found.writes


def test_a_stopped_answer_comes_soon_and_the_next_one_is_written(
    served: Assistant, library: Assistant
) -> None:
    stream = served.stream(LONG)  # whose evidence takes the model some seconds to read
    timer = Timer(1.0, stream.stop)
    timer.start()
    started = time.monotonic()
    answer = stream.answer
    assert time.monotonic() - started < SECONDS / 2
    assert any("stopped" in warning for warning in answer.warnings)
    assert answer.text == library.ask(LONG).text
