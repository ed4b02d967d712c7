"""What tells a passage that answers from one that only looks alike: cheap signs of agreement.

Each is a number from 0 to 1 (from -1 where it speaks against a passage), worked out from what a
question asks and what is stored beside a passage, and weighs a little beside nearness in meaning
and in words. `python -m bench.retrieval` shows what each gains.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.dating import edition_key, editions
from corpus.document import Source
from index.question import Question
from index.ranking.source_words import asked_source_words, names_source
from index.ranking.traits import Traits
from index.wording import stem, words

DATA_FILES = ("csv", "workbook")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be the right one, by its traits and its source."""

    traits: Traits
    source: Source

    @property
    def is_data_row(self) -> bool:
        """Whether it is a row of a file of data, which may hold the rows of any commodity."""
        return self.source.file_type in DATA_FILES


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks, as candidates are compared with it.

    `source_weights` are what names a source, each with its rarity among the sources of the
    candidates; `newest` are the ids of the newest edition of each series among them, where the
    latest is asked for.
    """

    question: Question
    stems: frozenset[str]
    source_weights: Mapping[str, float]
    newest: frozenset[str]


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign of agreement, what it is called, and how much it weighs."""

    name: str
    weight: float
    measure: Callable[[Asked, Candidate], float]


def compare_with(question: Question, sources: Sequence[Source]) -> Asked:
    """Return what candidates are compared with, given the sources that they are of."""
    asked = asked_source_words(question)
    counts = {word: sum(names_source(word, source) for source in sources) for word in asked}
    return Asked(
        question,
        frozenset(map(stem, words(question.text))),
        {word: math.log((len(sources) + 1) / count) for word, count in counts.items() if count},
        _newest(sources) if question.wants_latest else frozenset(),
    )


def _newest(sources: Sequence[Source]) -> frozenset[str]:
    newest = {series: edition_key(told[0]) for series, told in editions(sources).items()}
    return frozenset(s.id for s in sources if s.series and edition_key(s) == newest[s.series])


def _source_named(asked: Asked, candidate: Candidate) -> float:
    weights = asked.source_weights
    return _share(weights, [word for word in weights if names_source(word, candidate.source)])


def _year_agrees(asked: Asked, candidate: Candidate) -> float:
    return float(not candidate.traits.years.isdisjoint(asked.question.years))


def _row_named(asked: Asked, candidate: Candidate) -> float:
    label = candidate.traits.label
    return len(label & asked.stems) / len(label) if label else 0.0


def _other_commodity(_: Asked, candidate: Candidate) -> float:
    return -float(candidate.is_data_row and not candidate.traits.names_rare_earths)


def _official(_: Asked, candidate: Candidate) -> float:
    return float(candidate.source.rank == "official")


def _newest_edition(asked: Asked, candidate: Candidate) -> float:
    return float(candidate.source.id in asked.newest)


def _share(weights: Mapping[str, float], held: Sequence[str]) -> float:
    whole = sum(weights.values())
    return sum(weights[word] for word in held) / whole if whole else 0.0


SIGNALS = (
    Signal("source named", 0.10, _source_named),
    Signal("year", 0.08, _year_agrees),
    Signal("row named", 0.05, _row_named),
    Signal("another commodity", 0.10, _other_commodity),
    Signal("official source", 0.05, _official),
    Signal("newest edition", 0.03, _newest_edition),
)
