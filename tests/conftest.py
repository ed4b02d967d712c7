"""Fixtures that several test files share, and the option that names a folder of documents."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from assistants import home_made_once, opened_copy
from model_server import model_address as model_address

from assistant.assistant import Assistant
from corpus.build_pdfs import DOCUMENTS
from index.embedding import PACKAGED_MODEL, Embedder, load_embedder

# A program of this folder sees the folders of tests beside it, which are named as our packages
# are: these must come first, and do so for all programs that tests start.
_ROOT = str(Path(__file__).parents[1])
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--shared",
        metavar="DIR",
        type=Path,
        default=None,
        help="folder with sources/, questions/ and sets/ of documents that are not ours to ship",
    )
    parser.addoption(
        "--thorough",
        action="store_true",
        help="kill, damage and ask as often as was promised, not a fifth as often",
    )


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their number: those of packed files hold when they were packed, and tests
    that are named otherwise in each process cannot be shared out between processes."""
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """Load the packaged model, once a run; for tests that are marked slow."""
    return load_embedder(PACKAGED_MODEL)


@pytest.fixture(scope="session")
def library_home(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of the shipped documents, to be copied."""
    return home_made_once("library", tmp_path_factory, embedder, DOCUMENTS)


@pytest.fixture(scope="session")
def library(
    embedder: Embedder, library_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """Yield an assistant over a home of the shipped documents."""
    with opened_copy(library_home, tmp_path_factory, embedder) as assistant:
        yield assistant


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest) -> Path:
    """Return the folder given with --shared; skip where none was given."""
    folder: Path | None = request.config.getoption("--shared")
    if folder is None:
        pytest.skip("needs --shared=DIR")
    return folder


@pytest.fixture(scope="session")
def sources(
    shared: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """Yield an assistant over a home of all the documents that lie under --shared."""
    made = home_made_once("sources", tmp_path_factory, embedder, shared / "sources")
    with opened_copy(made, tmp_path_factory, embedder) as assistant:
        yield assistant


@pytest.fixture(scope="session")
def times(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """Return how often to do what was promised to hold so many times: all with --thorough."""
    share = 1 if request.config.getoption("--thorough") else 5
    return lambda promised: max(1, promised // share)


@pytest.fixture
def obeying_interrupts() -> Iterator[None]:
    """Have Ctrl-C raise KeyboardInterrupt, also where the tests were started with it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
