"""How likely a statement answers a question, as a small model has learned to tell.

It is e5-small with what `bench.train_statements` learned from documents of our own; it
reads a question beside a statement with its title and heading and the sentence before it.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from assistant.extractive.candidates import Candidate, sentence_before
from assistant.pair_model import PairModel, TextReader, load_text_reader

WEIGHTS = Path(__file__).with_name("statement_model.npz")
_MOST = 12.0  # log-odds, beyond which nothing is told any more


class StatementModel:
    """The encoder with what was learned of questions and statements, for any number of threads."""

    def __init__(self, reader: TextReader, weights: Path = WEIGHTS) -> None:
        """Take what reads the texts and the file of what was learned."""
        self._model = PairModel(reader, weights)

    def judge(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        """Return for each statement the log-odds that it answers, beside that none does."""
        judged = self._model.judge([(question, statement_text(one)) for one in candidates])
        return [min(max(float(odds[0]), -_MOST), _MOST) for odds in judged]


def statement_text(candidate: Candidate) -> str:
    """Return a statement as the model reads it: behind what stands above and before it.

    That is its title, its section, a row's caption, and the sentence before, to which it may refer
    back. What asks says nothing: without it what stands below must answer by itself, which a
    document that asks what its reader may ask does not.
    """
    passage = candidate.evidence.passage
    title, section = candidate.evidence.source.title, passage.context.section.lstrip("# ")
    caption = passage.context.caption if candidate.is_row else ""
    before = sentence_before(candidate)
    told = " ".join(passage.text[slice(*before)].split()) if before else ""
    above = (title, section, caption, told)
    stated = (one for one in above if not one.rstrip().endswith("?"))
    return text_in_context(candidate.text, *stated)


def text_in_context(text: str, *context: str) -> str:
    """Return a statement behind what stands above and before it, with bars that a model sees."""
    return f"{' | '.join(filter(None, context))} || {text}"


@cache
def load_statement_model() -> StatementModel:
    """Return the shipped model.

    Raises EmbeddingModelError where a package with weights is missing or has others than pinned.
    """
    return StatementModel(load_text_reader())
