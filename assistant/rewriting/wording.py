"""The question of one answer put into words to search for: by rules and, where set, a model.

A model that failed once is not asked again for the same answer.
"""

import time
from collections.abc import Sequence

from assistant.answer import Tokens, Turn
from assistant.conversation import standalone_question
from assistant.language_model import Allowance, LanguageModel, ModelStoppedError
from assistant.rewriting.following import Rewritten, rewrite
from assistant.rewriting.parting import Split, split
from assistant.splitting import asked_parts


class Wording:
    """Words the questions of one answer, and counts what a model took for it.

    `fault` says why the model could not be asked, in a sentence; "" where it could.
    """

    def __init__(self, model: LanguageModel | None, allowance: Allowance) -> None:
        self._model = model
        self._allowance = allowance
        self.tokens = Tokens()
        self.seconds = 0.0
        self.fault = ""

    def standalone(self, question: str, turns: Sequence[Turn]) -> str:
        """Return the question with what it leaves to earlier turns filled in."""
        by_rules = standalone_question(question, turns)
        if self._model is None:
            return by_rules
        started = time.perf_counter()
        try:
            reworded = rewrite(question, turns, by_rules, self._model, self._allowance)
        except ModelStoppedError as error:
            reworded = Rewritten(by_rules, fault=str(error))
        self._count(reworded, started)
        return reworded.question

    def parts(self, question: str) -> tuple[str, ...]:
        """Return what a question asks, each thing as a question by itself."""
        by_rules = asked_parts(question)
        if self._model is None or self.fault:
            return by_rules
        started = time.perf_counter()
        try:
            parted = split(question, by_rules, self._model, self._allowance)
        except ModelStoppedError as error:
            parted = Split(by_rules, fault=str(error))
        self._count(parted, started)
        return parted.parts

    def _count(self, asked: Rewritten | Split, started: float) -> None:
        self.tokens += asked.tokens
        self.fault = asked.fault
        self.seconds += time.perf_counter() - started
