"""An answer followed on a terminal while it is made: its sentences, a line of what is being done.

The first Ctrl-C while a model writes stops the model; any other ends the command as ever.
"""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from assistant.answer import Answer
from assistant.answer.answer_stream import DOING, AnswerStream
from assistant.answer.answer_words import sentence_with_markers
from assistant.cli.printing import say_understood, show

_LOOK_SECONDS = 0.2  # between two looks at what is being done


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer with what of its text was printed while it was made."""

    answer: Answer
    printed: str = ""


def hear(stream: AnswerStream) -> Answer:
    """Wait for an answer."""
    with _stopping_the_model(stream), _status_line(stream):
        return stream.answer


def hear_aloud(stream: AnswerStream, question: str) -> Heard:
    """Wait for the answer to a question; on a terminal print its sentences as they come."""
    if not sys.stdout.isatty():
        return Heard(hear(stream))
    printed = ""
    with _stopping_the_model(stream), _status_line(stream) as end_status:
        for sentence in stream:
            end_status()
            told = sentence_with_markers(sentence)
            if printed:
                told = f" {told}"
            else:
                say_understood(question, stream.progress.standalone_question)
            show(told, end="")
            printed += told
        return Heard(stream.answer, printed)


@contextmanager
def _stopping_the_model(stream: AnswerStream) -> Iterator[None]:
    """Have Ctrl-C stop the model, where one is writing and was not stopped yet."""
    is_stopped = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal is_stopped
        if stream.progress.stage and not is_stopped:
            is_stopped = True
            # In a thread: the one that is interrupted may hold the lock of this very event.
            threading.Thread(target=stream.stop).start()
        else:
            signal.default_int_handler(number, frame)

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield  # interrupts are ignored, or someone else's
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def _status_line(stream: AnswerStream) -> Iterator[Callable[[], None]]:
    """Say on a terminal what is being done, until what is yielded is called; then wipe it."""
    ended = threading.Event()

    def tell() -> None:
        shown = ""
        while not ended.wait(_LOOK_SECONDS):
            doing = _doing(stream)
            if doing != shown:
                sys.stderr.write(f"\r{doing:<{len(shown)}}")
                sys.stderr.flush()
            shown = doing
        sys.stderr.write(f"\r{'':<{len(shown)}}\r" if shown else "")
        sys.stderr.flush()

    thread = threading.Thread(target=tell, daemon=True)

    def end() -> None:
        ended.set()
        if thread.is_alive():
            thread.join()

    if sys.stderr.isatty():
        thread.start()
    try:
        yield end
    finally:
        end()


def _doing(stream: AnswerStream) -> str:
    if stream.progress.stop.is_set():
        return "stopping"
    stage = stream.progress.stage
    return f"{DOING[stage]}; Ctrl-C stops it" if stage else DOING[stage]
