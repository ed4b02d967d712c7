"""An answer while it is being written."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import Literal

from assistant.answer import Answer, Sentence

Stage = Literal[
    "",
    "understanding",
    "writing",
    "searching",
    "adding",
    "checking",
    "repairing",
    "sorting",
    "judging",
]
"""What a language model is asked for, or waits for, at a moment; "" before it is asked."""
DOING: dict[Stage, str] = {
    "": "reading the sources",
    "understanding": "the model reads the question",
    "writing": "the model is writing",
    "searching": "what the model left open is searched for",
    "adding": "the model goes on writing",
    "checking": "each sentence is verified against its quotes",
    "repairing": "what did not hold is set right",
    "sorting": "the model reads the draft",
    "judging": "the model holds the draft against the sources",
}


@dataclass(slots=True)
class AnswerProgress:
    """How far an answer is: told by what makes it, read by who waits for it, from any thread."""

    stop: Event = field(default_factory=Event)  # set by who waits for the model no longer
    standalone_question: str = ""  # as it is understood; "" until that is known
    stage: Stage = ""


class AnswerStream:
    """An answer whose sentences may come one by one; it is whole once they have all come.

    Iterate for the sentences, each checked and with the numbers of its citations, then take
    `answer`. An answer without a language model comes at once and has no sentences to wait for.
    Sentences that came are all of the answer's, unless a warning says why the answer became
    another. What keeps it from being made is raised, however often it is asked for. Use it from one
    thread; `stop` may be called, and `progress` read, from any.
    """

    def __init__(self, steps: Generator[Sentence, None, Answer], progress: AnswerProgress) -> None:
        self.progress = progress
        self._steps = steps
        self._answer: Answer | None = None
        self._error: BaseException | None = None

    def __iter__(self) -> Iterator[Sentence]:
        while self._answer is None:
            if self._error is not None:
                raise self._error
            try:
                sentence = next(self._steps)
            except StopIteration as end:
                self._answer = end.value
            except BaseException as error:  # Ctrl-C, too: what makes the answer ends with it
                self._error = error
            else:
                yield sentence

    @property
    def answer(self) -> Answer:
        """The whole answer; waits for what has not come yet."""
        for _ in self:
            pass
        assert self._answer is not None
        return self._answer

    def stop(self) -> None:
        """Wait no longer for the model: the answer is what can be told without the rest of it."""
        self.progress.stop.set()
