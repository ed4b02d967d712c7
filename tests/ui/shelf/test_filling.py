"""A grid filled in a thread of its own: stopped, gone on with, and ended by a bug."""

import threading
from collections.abc import Generator, Sequence

from fake_assistant import NOT_FOUND

from assistant.answer import Answer, Sentence, Turn
from assistant.answer.answer_stream import AnswerProgress
from assistant.assistant import Assistant
from assistant.desk.grid import Grid, word_rows
from assistant.people import HOLDER
from index.passage import Filters
from ui.shelf.filling import Filling

GRID = Grid(word_rows(["a", "b"]), ("How much?", "Who?"))


class _Assistant(Assistant):
    """Answers once it may, and has a bug over some words."""

    def __init__(self) -> None:
        self.person = HOLDER
        self.asked = threading.Event()
        self.may = threading.Event()

    def _answering(
        self,
        question: str,
        turns: Sequence[Turn],
        filters: Filters,
        progress: AnswerProgress,
        tells_filter: bool = True,
    ) -> Generator[Sentence, None, Answer]:
        assert (tuple(turns), filters, tells_filter) == ((), Filters(), False)
        progress.standalone_question = question
        self.asked.set()
        assert self.may.wait(10)
        if question.startswith("bug"):
            raise KeyError(question)
        yield from ()
        return NOT_FOUND


def test_a_grid_is_stopped_and_gone_on_with() -> None:
    assistant = _Assistant()
    filling = Filling(assistant, GRID)
    assert assistant.asked.wait(10)
    assert filling.is_running
    filling.stop()
    assistant.may.set()
    filling.wait(10)
    assert (len(filling.grid.cells), filling.is_running) == (1, False)
    filling.go_on()
    filling.wait(10)
    assert len(filling.grid.cells) == 4


def test_a_bug_is_kept_for_the_page() -> None:
    assistant = _Assistant()
    assistant.may.set()
    filling = Filling(assistant, Grid(word_rows(["bug"]), ("Who?",)))
    filling.wait(10)
    assert isinstance(filling.failed, KeyError)
