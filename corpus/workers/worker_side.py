"""The other side of `worker_process`: what a process does before it answers its parent."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from corpus.frames import read_frame, write_frame

_LOOK_SECONDS = 1.0  # between two looks whether the parent is still there


def open_channel() -> tuple[BinaryIO, BinaryIO]:
    """Return where requests come from and where answers go, and say that this process is ready.

    From here on what a library prints is no answer, Ctrl-C is the parent's to obey, and this
    process ends when its parent does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it reaches every process of a terminal
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    write_frame(answers, {"ready": True})
    return sys.stdin.buffer, answers


def answer_requests(answer: Callable[[Mapping[str, Any]], object]) -> None:
    """Answer requests until no more come; what hinders one is told, and the next goes on."""
    requests, answers = open_channel()
    while True:
        try:
            request = read_frame(requests)
        except EOFError:
            return
        try:
            said = {"answer": answer(request)}
        except Exception as error:
            said = {"error": f"{type(error).__name__}: {error}"}
        write_frame(answers, said)


def _end_with(parent: int) -> None:
    """End this process when its parent has ended, in whatever it is just doing."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(0)
