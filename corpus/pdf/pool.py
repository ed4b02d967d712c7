"""The processes that read PDF, kept from file to file.

What they are asked is up to `pages`, what they do is in `worker`.
"""

import atexit
import os
import threading

from corpus.workers.worker_process import Worker

_MODULE = "corpus.pdf.worker"


class Pool:
    """The processes that are kept from file to file; one file at a time has them all."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._workers: list[Worker] = []

    def take(self, count: int) -> list[Worker]:
        """Return workers, each with a living process or none; the caller holds the lock."""
        while len(self._workers) < count:
            self._workers.append(Worker(_MODULE))
        for worker in self._workers[:count]:
            worker.rouse()
        return self._workers[:count]

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.close()

    def forget(self) -> None:
        """Begin anew in a forked process: the workers are its parent's, and so is their lock."""
        for worker in self._workers:
            worker.abandon()
        self.__init__()  # type: ignore[misc]


POOL = Pool()
atexit.register(POOL.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=POOL.forget)
