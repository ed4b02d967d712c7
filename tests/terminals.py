"""A program run on a terminal of its own, as a person has it: typed to, read, interrupted."""

import os
import pty
import select
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE_SECONDS = 60


class Terminal:
    """What a person sees of a program, and what they type."""

    def __init__(self, process: int, screen: int) -> None:
        self.seen = ""
        self._process = process
        self._screen = screen

    def wait_for(self, words: str) -> None:
        """Read until these words were seen."""
        end = time.monotonic() + PATIENCE_SECONDS
        while words not in self.seen:
            if time.monotonic() > end or not self._read():
                pytest.fail(f"{words!r} never came; seen: {self.seen!r}")

    def type(self, text: str) -> None:
        """Type a text; "\\x03" is Ctrl-C."""
        os.write(self._screen, text.encode())

    def end(self) -> int:
        """Read to the end, and return with which code the program ended."""
        while self._read():
            pass
        _, status = os.waitpid(self._process, 0)
        return os.waitstatus_to_exitcode(status)

    def _read(self) -> bool:
        """Read what came, for a moment; false at the end."""
        if not select.select([self._screen], [], [], 0.2)[0]:
            return True
        try:
            came = os.read(self._screen, 65536)
        except OSError:  # as Linux tells that the other side is closed
            return False
        self.seen += came.decode(errors="replace").replace("\r\n", "\n")
        return bool(came)


@contextmanager
def terminal(arguments: Sequence[str], errors: Path | None = None) -> Iterator[Terminal]:
    """Yield the terminal of a Python program; its stderr goes to a file where one is given."""
    process, screen = pty.fork()
    if process == 0:
        if errors:
            os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT), 2)
        os.execv(sys.executable, [sys.executable, *arguments])
    try:
        yield Terminal(process, screen)
    finally:
        os.close(screen)  # which hangs up on a program that is still running
