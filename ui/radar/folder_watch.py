"""Folders watched from the app in a thread of its own, one watch for all who look."""

import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.currency.watching import Watch

_EVERY_SECONDS = 3_600.0
_LINES = 20  # that are shown of what was done


class FolderWatch:
    """The watch of this process, if one is under way; what it did stands in `lines`."""

    def __init__(self) -> None:
        self.folders: tuple[Path, ...] = ()
        self.lines: deque[str] = deque(maxlen=_LINES)
        self._watch: Watch | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether folders are watched now."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, assistant: Assistant, folders: Sequence[Path]) -> None:
        """Watch folders from now on; a watch that is under way goes on as it is."""
        if self.is_running:
            return
        self.folders = tuple(folders)
        self._watch = Watch(assistant, folders, _EVERY_SECONDS, self.lines.append)
        self._thread = threading.Thread(target=self._watch.run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Have it end after the file at hand."""
        if self._watch:
            self._watch.stop()
