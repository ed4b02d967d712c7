"""What tests of several parts of the assistant share."""

from collections.abc import Iterator

import pytest
from assistants import open_assistant
from documents import FILES
from fakes import write_files

from assistant.assistant import Assistant
from index.embedding import Embedder


@pytest.fixture(scope="module")
def small_library(
    embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """Yield an assistant over the documents of `FILES`."""
    folder = write_files(tmp_path_factory.mktemp("files"), FILES)
    opened, _ = open_assistant(tmp_path_factory.mktemp("home"), embedder, folder)
    yield opened
    opened.close()
