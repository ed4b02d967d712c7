"""Processes that work for this one: starting them, and asking them under a time limit.

What they are asked is up to their users; what they do is in the module that they run
(`worker_side`). What a hostile file breaks is such a process, and none is left behind when its
parent is killed.
"""

import subprocess
import sys
import threading
from contextlib import suppress
from io import BufferedReader, BufferedWriter
from typing import Any, cast

from corpus.errors import CorpusError
from corpus.frames import OUT_OF_MEMORY, read_frame, write_frame

CLOSE_SECONDS = 10.0  # for closing a file, or ending
_START_SECONDS = 60.0  # a process that takes longer to start does not start


class WorkerEndedError(Exception):
    """A process gave no answer; the message says why."""


class Worker:
    """A process that runs a module; it starts when it is first asked, and again after it ended."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self.opened: set[str] = set()  # the readers in which it has a file open

    @property
    def is_running(self) -> bool:
        """Whether the process has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def ask(self, seconds: float, **request: object) -> Any:
        """Return the answer to a request. Raises WorkerEndedError if none comes in time."""
        if not self.is_running:
            self._start()
        return self._exchange(seconds, {**request, "seconds": seconds})

    def rouse(self) -> None:
        """Make sure that the process has not died since it was last asked."""
        if self._process is not None:
            with suppress(WorkerEndedError):  # a new one starts when it is asked
                self._exchange(CLOSE_SECONDS, {"command": "close", "seconds": CLOSE_SECONDS})

    def kill(self) -> None:
        """End the process, from whichever thread; who waits for its answer gets none."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process; a later request starts a new one."""
        self.opened.clear()
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        self.abandon()

    def abandon(self) -> None:
        """Leave the process to whoever else holds its other ends."""
        process, self._process = self._process, None
        for stream in (process.stdin, process.stdout) if process else ():
            # What is still buffered has no reader any more, and in a forked process the lock of
            # the buffer may be held by a thread that is not there.
            cast(BufferedReader | BufferedWriter, stream).raw.close()

    def _start(self) -> None:
        self.close()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._exchange(_START_SECONDS, None)
        except WorkerEndedError as error:
            raise CorpusError(
                f"no process that works for this one starts ({error}); does "
                f"`{sys.executable} -P -m {self._module}` run?"
            ) from error

    def _exchange(self, seconds: float, request: object) -> Any:
        """Send a request, if there is one, and wait for the answer that follows."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            if request is not None:
                write_frame(process.stdin, request)
            answer = read_frame(process.stdout)
        except (EOFError, OSError, ValueError):
            answer = None
        except BaseException:  # Ctrl-C: the answer to come would be taken for that to the next
            self.close()
            raise
        finally:
            timer.cancel()
            timer.join()
        if answer is not None and not is_late.is_set():
            return answer
        try:
            status = process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:  # it has closed its output, or sends what is no answer
            process.kill()
            status = process.wait()
        self.close()
        if is_late.is_set():
            raise WorkerEndedError(f"took longer than {seconds:g} s")
        if status == OUT_OF_MEMORY:
            raise WorkerEndedError("needed more memory than it may")
        # PDFium and the libraries under it abort when the memory that they may have is used up.
        raise WorkerEndedError(f"broke the process or its memory limit (status {status})")
