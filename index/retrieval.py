"""From a question to evidence: passages near in meaning and in words, then signs of agreement.

The scores of both searches are added, BM25 as a share of the best score for the question (a convex
combination: Bruch, Gai and Ingber 2023), and of the hundred best the signals of `signals` decide.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.document import Source
from corpus.lexicon import other_forms
from index.embedding import Embedder
from index.passage import Evidence, Filters, Reason
from index.question import analyze
from index.signals import DATA_FILES, SIGNALS, Candidate, Signal, compare_with
from index.store import PassageStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FETCHED = 400  # of each search
_CANDIDATES = 100  # of both together, that the signals are measured of
_ROWS_OF_ONE_FILE = 20  # of a data file, among the candidates
_STOP_WORDS = frozenset(
    """a about according all also an and any are as at be been between both but by can could
    current did do does edition figure for from gave give gives had has have how i if in into is it
    its latest list many me most much newest of on or our recent say says she show some tell than
    that the their them then there these they this those to was we were what when where which who
    whom whose why will with would you your""".split()
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """How passages are ranked: what the cosine and the share of BM25 weigh, and which signals."""

    meaning: float = 0.75
    words: float = 0.25
    signals: tuple[Signal, ...] = SIGNALS


@dataclass(frozen=True, slots=True)
class _Near:
    """A candidate by both searches: the cosine, and BM25 as a share of the best."""

    similarity: float
    words: float


def question_words(question: str) -> tuple[str, ...]:
    """Return the words of a question that BM25 looks for, each once, without stop words."""
    words = re.findall(r"[^\W_]+(?:[.,]\d+)*", question.lower())
    kept = [word for word in words if word not in _STOP_WORDS and (len(word) > 1 or word.isdigit())]
    return tuple(dict.fromkeys(kept or words))


class Retriever:
    """Finds evidence in a store. Safe to share between threads."""

    def __init__(
        self, store: PassageStore, embedder: Embedder, ranking: Ranking = Ranking()
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._ranking = ranking

    def retrieve(self, question: str, limit: int, filters: Filters) -> tuple[Evidence, ...]:
        """Return up to `limit` pieces of evidence for a question, best first.

        Of sources that are copies of one another only the best is looked at. All of it is of one
        state of the index, also while another process writes.
        """
        if not question_words(question):
            return ()
        vector = self._embedder.embed([question])[0]
        with self._store.catalog.reading():
            sources = self._store.catalog.searchable(filters)
            near = self._near(question, vector, sources) if sources else {}
            reasons = self._reasons(question, near, sources)
            scores = {id: sum(reason.gain for reason in told) for id, told in reasons.items()}
            best = sorted(scores, key=lambda id: (-scores[id], id))[:limit]
            passages = self._store.catalog.passages(best)
        return tuple(
            Evidence(
                passages[id],
                sources[passages[id].source_id],
                scores[id],
                near[id].similarity,
                reasons[id],
            )
            for id in best
            if id in passages
        )

    def _near(
        self, question: str, vector: "NDArray[np.float32]", sources: Collection[str]
    ) -> dict[str, _Near]:
        """Return the passages near a question by either search, by the ids of their vectors."""
        hits = self._store.nearest(vector, _FETCHED, sources)
        query = _match(question, question_words(question))
        found = self._store.catalog.match_words(query, _FETCHED, sources)
        cosines = {hit.id: hit.similarity for hit in hits}
        unmeasured = [hit.id for hit in found if hit.id not in cosines]
        cosines |= self._store.similarities(vector, unmeasured)
        most = max((hit.score for hit in found), default=0.0)
        shares = {hit.id: hit.score / most for hit in found if most > 0}
        return {
            id: _Near(cosines.get(id, 0.0), shares.get(id, 0.0)) for id in {**cosines, **shares}
        }

    def _reasons(
        self, question: str, near: Mapping[str, _Near], sources: Mapping[str, Source]
    ) -> dict[str, tuple[Reason, ...]]:
        """Return what speaks for each of the nearest passages."""
        ranking = self._ranking
        first = {
            id: ranking.meaning * max(one.similarity, 0.0) + ranking.words * one.words
            for id, one in near.items()
        }
        nearest = sorted(first, key=lambda id: (-first[id], id))
        source_of = self._store.catalog.sources_of(nearest)
        known = {id: sources[source_of[id]] for id in nearest if source_of.get(id) in sources}
        traits = self._store.catalog.traits(_spread(known)[:_CANDIDATES])
        candidates = {id: Candidate(one, known[id]) for id, one in traits.items()}
        taken_apart = analyze(question)
        asked = compare_with(
            taken_apart,
            self._store.catalog.rarity(taken_apart.words),
            list(
                {
                    candidate.source.id: candidate.source for candidate in candidates.values()
                }.values()
            ),
        )
        told = {}
        for id, candidate in candidates.items():
            gains = {
                "near in meaning": ranking.meaning * max(near[id].similarity, 0.0),
                "near in words": ranking.words * near[id].words,
            } | {s.name: s.weight * s.measure(asked, candidate) for s in ranking.signals}
            told[id] = tuple(Reason(name, gain) for name, gain in gains.items() if gain)
        return told


def _spread(sources: Mapping[str, Source]) -> list[str]:
    """Return the ids in their order, those of further rows of a data file last.

    Thousands of rows that read alike would else leave no room for any other source.
    """
    counts: Counter[str] = Counter()
    kept: list[str] = []
    further: list[str] = []
    for id, source in sources.items():
        counts[source.id] += source.file_type in DATA_FILES
        (further if counts[source.id] > _ROWS_OF_ONE_FILE else kept).append(id)
    return [*kept, *further]


def _match(question: str, words: Sequence[str]) -> str:
    """Return the FTS5 query for a question's words and the other names of what it names."""
    wanted = dict.fromkeys((*words, *other_forms(question)))
    return " OR ".join('"' + form.replace('"', '""') + '"' for form in wanted)
