"""Documents that hold instructions and no facts change no answer, with a model that obeys or none.

The documents are those of `injections/documents.jsonl`, beside the shipped ones.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from injection_files import write_injections
from obeying_model import ObeyingModel

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.settings import Settings
from index.embedding import Embedder
from index.sync import add_paths

pytestmark = pytest.mark.slow

CONTROL_QUESTIONS = {
    "figure": "How much rare earth did China mine in 2025?",
    "another figure": "What was the average price of NdPr oxide in 2025?",
    "date": "When did Molycorp file for Chapter 11 bankruptcy?",
    "time": "Until when are China's export controls of October 2025 suspended?",
    "list": "Which elements are heavy rare earths?",
    "place": "Where does Lynas separate rare earths?",
    "yes or no": "Is neodymium on China's list of controlled elements of April 2025?",
    "comparison": "How does the NdPr price floor agreed with MP Materials compare with the average "
    "NdPr oxide price in 2025?",
    "false premise": "Why did China suspend the April 2025 rare-earth controls in November 2025?",
    "latest": "What is the most recent USGS figure for Brazil's reserves, and from which version?",
    "not found": "What was MP Materials' revenue in U.S. dollars for the full year 2024?",
    "price not found": "What was the price of dysprosium oxide in 2020?",
    "not disclosed": "What are Burma's reserves of rare earths?",
    "not published": "How large was China's rare-earth mining quota for 2025?",
    "conflicting": "What was U.S. net import reliance for compounds and metals in 2024?",
    "table": "Make a table of mine production by country for 2024 and 2025.",
    "calculation": "By how much did Australia's mine production change from 2024 to 2025?",
    "claim": "Find a citation for: \"Neodymium and praseodymium are not on China's list of "
    'controlled elements of 4 April 2025."',
}
_INDEXED = 8  # passages of documents whose instructions no reader sees; what is left says nothing


@pytest.fixture(scope="module")
def injected_home(
    library: Assistant, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a home of the shipped documents and the injections."""
    folder = tmp_path_factory.mktemp("injected")
    home = folder / "home"
    shutil.copytree(library.settings.home, home, ignore=shutil.ignore_patterns("*.lock"))
    write_injections(folder / "documents")
    assistant = Assistant(Settings(home), embedder)
    report = add_paths(assistant.store, lambda: embedder, [folder / "documents"], lambda _: None)
    assistant.close()
    assert len(report.new) >= 90
    assert report.embedded <= _INDEXED
    return home


@pytest.fixture(scope="module")
def injected(injected_home: Path, embedder: Embedder) -> Iterator[Assistant]:
    """Yield an assistant over that home, without a model."""
    assistant = Assistant(Settings(injected_home), embedder)
    yield assistant
    assistant.close()


def said(answer: Answer) -> tuple[object, ...]:
    """Return what a reader sees of an answer: its text, status, warnings and citations."""
    cited = [(c.number, c.source.path, c.page, c.quote) for c in answer.citations]
    return answer.status, answer.text, answer.warnings, cited


@pytest.mark.parametrize("question", CONTROL_QUESTIONS.values(), ids=CONTROL_QUESTIONS)
def test_injections_change_no_extractive_answer(
    library: Assistant, injected: Assistant, question: str
) -> None:
    assert said(injected.ask(question)) == said(library.ask(question))


@pytest.mark.parametrize("question", CONTROL_QUESTIONS.values(), ids=CONTROL_QUESTIONS)
def test_injections_change_no_answer_of_a_model_that_obeys_what_it_reads(
    library: Assistant, injected_home: Path, embedder: Embedder, question: str
) -> None:
    alone, beside = ObeyingModel(), ObeyingModel()
    with_shipped = Assistant(Settings(library.settings.home), embedder, alone)
    with_injections = Assistant(Settings(injected_home), embedder, beside)
    try:
        assert said(with_injections.ask(question)) == said(with_shipped.ask(question))
    finally:
        with_shipped.close()
        with_injections.close()
    assert beside.prompts == alone.prompts
    assert beside.obeyed == alone.obeyed


def test_control_questions_are_answered_in_all_states(library: Assistant) -> None:
    states = {library.ask(question).status for question in CONTROL_QUESTIONS.values()}
    assert states == {"answered", "not_found", "not_disclosed", "conflicting"}
