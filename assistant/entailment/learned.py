"""The shipped entailment model: the packaged encoder with what `bench.train_entailment` learned."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from assistant.entailment.judgement import Judgement
from assistant.pair_model import PairModel, TextReader, load_text_reader

WEIGHTS = Path(__file__).with_name("weights.npz")


class LearnedEntailment:
    """The encoder with what was learned of claims, for any number of threads."""

    def __init__(self, reader: TextReader, weights: Path = WEIGHTS) -> None:
        """Take what reads the texts and the file of what was learned."""
        self._model = PairModel(reader, weights)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """Return for each claim with a piece of evidence how this stands to it, judged alone."""
        import numpy as np

        found = []
        for odds in self._model.judge(pairs):
            likely = np.exp(odds - odds.max())
            found.append(Judgement(*(float(one) for one in likely / likely.sum())))
        return found


@cache
def load_entailment() -> LearnedEntailment:
    """Return the shipped model.

    Raises EmbeddingModelError where a package with weights is missing or has others than pinned.
    """
    return LearnedEntailment(load_text_reader())
