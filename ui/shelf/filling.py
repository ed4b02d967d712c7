"""A grid that is filled in a thread of its own, cell by cell, until it is full or stopped."""

import threading

from assistant.assistant import Assistant
from assistant.desk.grid import Grid


class Filling:
    """A grid while it is filled; safe to look at from any thread."""

    def __init__(self, assistant: Assistant, grid: Grid) -> None:
        self.grid = grid
        self.owner = assistant.person.id
        self.failed: Exception | None = None
        self._assistant = assistant
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._fill, daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether cells are still to come."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Fill no further cell after the one that is being asked."""
        self._stopping.set()

    def go_on(self) -> None:
        """Fill what a stop has left."""
        if not self.is_running:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._fill, daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> None:
        """Return once no more cells come, or after so many seconds."""
        self._thread.join(seconds)

    def _fill(self) -> None:
        try:
            for cell in self._assistant.fill_grid(self.grid):
                self.grid = self.grid.with_cell(cell)
                if self._stopping.is_set():
                    return
        except Exception as error:  # the page raises it
            self.failed = error
