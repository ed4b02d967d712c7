"""Whether a server is ready: what answers are made with is loaded, and its home can be read."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from assistant.assistant import Assistant
from assistant.errors import AnswerError, NoSourceError
from corpus.errors import CorpusError
from index.errors import IndexingError

_LOG = logging.getLogger(__name__)


class Readiness:
    """Loads what an assistant answers with, and says whether that is done; why not, it logs."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._is_loaded = False

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Load in a thread of its own while something is served; wait for it at the end."""
        thread = threading.Thread(target=self._load)
        thread.start()
        try:
            yield
        finally:
            thread.join()

    def is_ready(self) -> bool:
        """Tell whether questions may be sent: all is loaded, and the home can be read."""
        if self._is_loaded:
            with suppress(IndexingError):
                self._assistant.store.check_settings()
                return True
        return False

    def _load(self) -> None:
        try:
            with suppress(NoSourceError):  # an empty home takes uploads
                self._assistant.warm_up()
            self._is_loaded = True
        except (AnswerError, CorpusError, IndexingError) as error:
            _LOG.error("the server is not ready: %s", error)
