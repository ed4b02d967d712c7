"""The calls of a language model for one answer: within one allowance, counted, and told of."""

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.answer import Tokens
from assistant.answer.answer_stream import AnswerProgress, Stage
from assistant.errors import LanguageModelError
from assistant.language_model import (
    Allowance,
    Form,
    LanguageModel,
    Message,
    ModelStoppedError,
    Piece,
    estimated_tokens,
)
from assistant.observing import step_by_step
from assistant.prompts import (
    JUDGED_FORM,
    REPAIRED_FORM,
    SORTED_FORM,
    UNDERSTOOD_FORM,
    VERDICTS_FORM,
    WRITTEN_FORM,
)

_FORMS: dict[Stage, Form] = {
    "understanding": UNDERSTOOD_FORM,
    "writing": WRITTEN_FORM,
    "adding": WRITTEN_FORM,
    "checking": VERDICTS_FORM,
    "repairing": REPAIRED_FORM,
    "sorting": SORTED_FORM,
    "judging": JUDGED_FORM,
}
_THOUGHT, _THOUGHT_END = "<think>", "</think>"  # which some servers send as part of the answer


@dataclass(frozen=True, slots=True)
class CallLimits:
    """From how many tokens on only what must be is asked (0: no limit), and whether in forms.

    `is_held_to_forms` asks the endpoint to hold the model to the form of the replies.
    """

    most_tokens: int = 0
    is_held_to_forms: bool = False


class ModelCalls:
    """Asks a model, and a verifying one where that is another, for one answer.

    `fault` says why the model could not be asked, in a sentence; "" where it could. One that failed
    once is not asked again.
    """

    def __init__(
        self,
        model: LanguageModel,
        verifier: LanguageModel,
        allowance: Allowance,
        progress: AnswerProgress,
        limits: CallLimits = CallLimits(),
    ) -> None:
        self._models = {"checking": verifier}
        self._model = model
        self._allowance = allowance
        self._progress = progress
        self._limits = limits
        self.name = model.name
        self.tokens = Tokens()
        self.seconds = 0.0
        self.count = 0
        self.fault = ""

    @property
    def is_over_budget(self) -> bool:
        """Whether no more may be asked than what an answer cannot do without."""
        most = self._limits.most_tokens
        return bool(most) and self.tokens.prompt + self.tokens.completion >= most

    @contextmanager
    def searching(self) -> Iterator[None]:
        """Tell those who wait that what was left open is searched for."""
        self._progress.stage = "searching"
        try:
            yield
        finally:
            self._progress.stage = ""

    def whole(self, stage: Stage, messages: Sequence[Message], share: float, longest: int) -> str:
        """Return what the model writes within a share of the time left; "" where it fails.

        No more is read than so many letters. One that was writing when its time was over is not at
        fault: it may still write the answer.
        """
        own = Allowance.of(self._allowance.left() * share, self._allowance.stop)
        text = ""
        try:
            for piece in self._written(stage, messages, own):
                text += piece
                if len(text) > longest:
                    break
        except ModelStoppedError as error:
            self.fault = str(error)
        except LanguageModelError as error:
            if own.left():
                self.fault = str(error)
            elif not text:
                self.fault = (
                    f"the language model {self.name} was too slow to word the question; "
                    "take a smaller one or raise RARE_EARTH_MODEL_SECONDS"
                )
        return text

    def stream(self, stage: Stage, messages: Sequence[Message]) -> Iterator[str]:
        """Yield what the model writes as it comes, without what it thought aloud before.

        Raises LanguageModelError.
        """
        yield from self._written(stage, messages, self._allowance)

    def _written(
        self, stage: Stage, messages: Sequence[Message], allowance: Allowance
    ) -> Generator[str]:
        before = self.tokens

        def tell(_: None) -> Mapping[str, str | int]:
            used = self.tokens
            told = {"stage": stage, "prompt_tokens": used.prompt - before.prompt}
            return told | {"completion_tokens": used.completion - before.completion}

        yield from step_by_step("ask model", self._read(stage, messages, allowance), tell)

    def _read(
        self, stage: Stage, messages: Sequence[Message], allowance: Allowance
    ) -> Generator[str]:
        model = self._models.get(stage, self._model)
        started, count = time.perf_counter(), _Count()
        self.count += 1
        self._progress.stage = stage
        form = _FORMS.get(stage) if self._limits.is_held_to_forms else None
        pieces = model.write(messages, allowance, form)
        try:
            yield from _without_thought(count.read(pieces))
        finally:
            if isinstance(pieces, Generator):
                pieces.close()  # ends the request
            is_untold = count.text and count.tokens == Tokens()
            self.tokens += estimated_tokens(messages, count.text) if is_untold else count.tokens
            self.seconds += time.perf_counter() - started
            self._progress.stage = ""


class _Count:
    """What has come of a reply."""

    def __init__(self) -> None:
        self.tokens = Tokens()
        self.text = ""

    def read(self, pieces: Iterator[Piece]) -> Iterator[str]:
        """Yield the texts of pieces, and count them."""
        for piece in pieces:
            self.tokens += piece.tokens
            self.text += piece.text
            yield piece.text


def _without_thought(pieces: Iterator[str]) -> Iterator[str]:
    """Yield pieces of text without what stands in marks of thought at their beginning."""
    begun = ""
    for piece in pieces:
        begun += piece
        head = begun.lstrip()
        if _THOUGHT.startswith(head[: len(_THOUGHT)]) or head.startswith(_THOUGHT):
            _, end, after = begun.partition(_THOUGHT_END)
            if not end:
                continue
            begun = after
        yield begun
        break
    else:
        if begun and not begun.lstrip().startswith(_THOUGHT):
            yield begun
    yield from pieces
