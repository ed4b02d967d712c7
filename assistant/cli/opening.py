"""Opening the assistant for the length of one command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@contextmanager
def open_assistant(settings: Settings) -> "Iterator[Assistant]":
    from assistant.assistant import Assistant

    assistant = Assistant(settings)
    try:
        yield assistant
    finally:
        assistant.close()
