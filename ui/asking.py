"""A conversation whose answers are made in a thread of its own, out of reach of clicks.

A click starts a page's script anew wherever it stands; what was asked here goes on. Nothing here
knows the screen: pages put questions, and look at what there is.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Sentence, Turn
from assistant.answer.answer_stream import AnswerProgress, AnswerStream
from assistant.assistant import Assistant
from assistant.desk import ConversationTurn, OpenConversation, RecordedAnswer
from assistant.errors import DeskError
from assistant.records import Kept
from index.passage import Filters


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the filters that were set when it was put.

    `stands_alone` tells that it is no follow-up, and begins the conversation anew.
    """

    question: str
    filters: Filters
    stands_alone: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, its record, and whether it was asked as a question that stands alone."""

    answer: Answer
    kept: Kept
    stands_alone: bool = False
    filters: Filters = Filters()  # noqa: RUF009 - a value that never changes


@dataclass(frozen=True, slots=True)
class Failed:
    """A question that could not be answered, and why."""

    question: str
    error: Exception


class Writing:
    """A question whose answer is being made, with the sentences that came so far."""

    def __init__(self, asked: Asked, turns: Sequence[Turn], stream: AnswerStream) -> None:
        self.asked = asked
        self.sentences: tuple[Sentence, ...] = ()
        self._turns = turns
        self._stream = stream

    @property
    def progress(self) -> AnswerProgress:
        """How far the answer is."""
        return self._stream.progress

    def stop(self) -> None:
        """Have the model write no further; what stands by then is the answer."""
        self._stream.stop()

    def finish(self, assistant: Assistant) -> Answered:
        """Wait for the whole answer, and keep its record."""
        for sentence in self._stream:
            self.sentences = (*self.sentences, sentence)
        answer = self._stream.answer
        kept = assistant.keep(answer, self._turns, self.asked.filters)
        return Answered(answer, kept, self.asked.stands_alone, self.asked.filters)


@dataclass(frozen=True, slots=True)
class View:
    """A conversation at one moment: `waiting` is answered after what is being written."""

    answered: tuple[Answered, ...] = ()
    writing: Writing | None = None
    waiting: tuple[Asked, ...] = ()
    failed: Failed | None = None


class Conversation:
    """Questions that are answered one after the other, each as a follow-up to those before."""

    def __init__(self, assistant: Assistant, kept: OpenConversation | None = None) -> None:
        self.id = kept.head.id if kept else ""  # "" until its first answer is kept
        self._assistant = assistant
        self._changing = threading.Condition()
        self._view = View(tuple(map(_answered, kept.turns)) if kept else ())

    def go_on_with(self, assistant: Assistant) -> None:
        """Have the questions to come answered by an assistant, as by one with another model."""
        self._assistant = assistant

    def ask_model_again(self) -> None:
        """Put the last question again, to a model that was not there and may be by now.

        The answer without it goes.
        """
        self._assistant.look_for_model_again()
        with self._changing:
            last = self._view.answered[-1]
            self._view = replace(self._view, answered=self._view.answered[:-1])
        if self.id:
            self._assistant.conversations.drop_turn(self.id, last.kept.id)
        self.put(last.answer.question, last.filters, last.stands_alone)

    def view(self) -> View:
        """Return the conversation as it is now."""
        return self._view

    def put(self, question: str, filters: Filters, stands_alone: bool = False) -> None:
        """Ask a question, as a follow-up where it is none that `stands_alone`.

        It waits while another is being answered.
        """
        with self._changing:
            waiting = (*self._view.waiting, Asked(question, filters, stands_alone))
            self._view = replace(self._view, waiting=waiting)
            if self._view.writing:
                return
            first = self._begin_next()
        # A daemon: a server that ends waits for no model.
        threading.Thread(target=self._answer, args=(first,), daemon=True).start()

    def wait(self, seconds: float) -> None:
        """Return once all is answered, or after so many seconds."""
        with self._changing:
            self._changing.wait_for(lambda: self._view.writing is None, seconds)

    def forget_failure(self) -> None:
        """Take the failure for told."""
        with self._changing:
            self._view = replace(self._view, failed=None)

    def close(self) -> None:
        """Stop the model, and ask nothing of what waits: nobody looks any more."""
        with self._changing:
            self._view = replace(self._view, waiting=())
            if self._view.writing:
                self._view.writing.stop()

    def _answer(self, writing: Writing | None) -> None:
        """Answer a question, and then what waits, until nothing does."""
        while writing:
            told: Answered | Failed
            try:
                told = self._keep(writing.finish(self._assistant))
            except Exception as error:  # the page raises it
                told = Failed(writing.asked.question, error)
            with self._changing:
                if isinstance(told, Failed):
                    self._view = replace(self._view, failed=told)
                else:
                    self._view = replace(self._view, answered=(*self._view.answered, told))
                writing = self._begin_next()

    def _keep(self, answered: Answered) -> Answered:
        """Keep an answer in its conversation; what stands against that is a warning."""
        if not answered.kept.id:
            return answered
        answer = answered.answer
        turn = ConversationTurn(
            answered.kept.id, answer.question, answered.stands_alone, answer.text
        )
        try:
            self.id = self._assistant.conversations.add_turn(self.id, turn)
        except DeskError as error:
            return replace(answered, kept=replace(answered.kept, warning=str(error)))
        return answered

    def _begin_next(self) -> Writing | None:
        """Begin what waits first and return it; the caller holds the lock."""
        view = self._view
        writing = self._writing(view.waiting[0]) if view.waiting else None
        self._view = replace(view, writing=writing, waiting=view.waiting[1:])
        self._changing.notify_all()
        return writing

    def _writing(self, asked: Asked) -> Writing:
        turns: tuple[Turn, ...] = ()
        for one in () if asked.stands_alone else self._view.answered:
            turns = (*(() if one.stands_alone else turns), *_turns(one.answer))
        stream = self._assistant.stream(asked.question, turns, asked.filters)
        return Writing(asked, turns, stream)


def _answered(one: RecordedAnswer) -> Answered:
    return Answered(one.answer, Kept(one.record_id), one.stands_alone, one.filters)


def _turns(answer: Answer) -> tuple[Turn, Turn]:
    """Return a question with its answer as the assistant takes them."""
    return Turn("user", answer.question), Turn("assistant", answer.text)
