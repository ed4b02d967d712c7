"""Many threads share one assistant that has just been opened: none fails, none hears otherwise."""

import functools
import gc
import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from assistants import open_assistant

from assistant.assistant import Assistant
from assistant.settings import Settings
from corpus.build_pdfs import DOCUMENTS
from index.embedding import Embedder

pytestmark = pytest.mark.slow

_THREADS = 16
_QUESTIONS = 200
_FILES = (
    "australia-country-profile.md",
    "brazil-country-profile.md",
    "company-lynas-rare-earths.md",
)
_ASKED = (
    "How much rare earth did Australia mine in 2025?",
    "Which elements are heavy rare earths?",
    "Where does Lynas separate rare earths?",
    "What are Brazil's reserves of rare earths?",
    "What is the annual capacity of the Serra Verde mine?",
    "Which company owns Mount Weld, and when did it start mining?",
    "By how much did Australia's mine production change from 2024 to 2025?",
    "What is yttrium used for?",
    "Who is the chief executive of Lynas?",
    'Find a citation for: "Brazil mines rare earths at Serra Verde."',
)
_LOOKED_UP = (
    "Australia mine production 2025",
    "Brazil reserves REO",
    "Lynas revenue FY2025",
    "how much came out of Australian pits in 2025",
    "what Serra Verde can turn out a year",
    "tonnage dug up in Australia in 2024",
    "money that Lynas took in",
    "Mount Weld owner",
)


@pytest.fixture
def hurried() -> Iterator[None]:
    """Have threads take turns a hundred times as often, so that what they share is shared more."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(before / 100)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def small_home(embedder: Embedder, tmp_path: Path) -> Path:
    assistant, report = open_assistant(tmp_path, embedder, *(DOCUMENTS / one for one in _FILES))
    assistant.close()
    assert len(report.new) == len(_FILES)
    return tmp_path


def forget_all() -> None:
    """Empty what functions of ours remember, as in a process that has just been started."""
    for function in gc.get_objects():
        if isinstance(function, functools._lru_cache_wrapper) and _is_ours(function.__module__):
            function.cache_clear()


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in ("assistant", "corpus", "index")


def said(assistant: Assistant, question: str) -> tuple[object, ...]:
    """Return what an answer says and rests on."""
    answer = assistant.ask(question)
    found = [(piece.passage.id, piece.score) for piece in answer.evidence]
    return answer.status, answer.text, answer.warnings, answer.citations, answer.confidence, found


def looked_up(assistant: Assistant, words: str) -> object:
    """Return what a look-up finds, in its own words or by their meaning."""
    return assistant.facts(words)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(("say", "asked"), [(said, _ASKED), (looked_up, _LOOKED_UP)])
def test_what_many_threads_hear_is_what_one_hears(
    say: Callable[[Assistant, str], object],
    asked: tuple[str, ...],
    embedder: Embedder,
    small_home: Path,
) -> None:
    forget_all()
    alone = Assistant(Settings(small_home), embedder)
    expected = {question: say(alone, question) for question in asked}
    alone.close()
    forget_all()
    shared = Assistant(Settings(small_home), embedder)
    ready = Barrier(_THREADS)

    def ask_all(number: int) -> list[tuple[str, object]]:
        count = _QUESTIONS // _THREADS + (number < _QUESTIONS % _THREADS)
        chosen = random.Random(number).choices(asked, k=count)
        ready.wait()
        return [(question, say(shared, question)) for question in chosen]

    with ThreadPoolExecutor(_THREADS) as threads:
        answers = [one for told in threads.map(ask_all, range(_THREADS)) for one in told]
    shared.close()
    assert len(answers) == _QUESTIONS
    assert [question for question, told in answers if told != expected[question]] == []
