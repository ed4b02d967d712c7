"""From a question to evidence: passages near in meaning and in words, then signs of agreement.

The scores of both searches are added, BM25 as a share of the best score for the question (a convex
combination: Bruch, Gai and Ingber 2023), and of the hundred best the signals of `signals` decide.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import accumulate, chain, zip_longest
from typing import TYPE_CHECKING

from corpus.document import Source
from corpus.language.vocabulary import load_vocabulary
from corpus.lexicon import other_forms
from index.embedding import Embedder
from index.parts import question_parts
from index.passage import Evidence, Filters, Reason
from index.question import Question, analyze
from index.ranking.reranking import Reranker
from index.ranking.signals import DATA_FILES, SIGNALS, Candidate, Signal, compare_with
from index.spelling import other_spellings
from index.storage.catalog import WordHit, quoted
from index.storage.store import PassageStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.storage.store import Comparison, Near

_FETCHED = 400  # of each search
_CANDIDATES = 100  # of both together, that the signals are measured of
_ROWS_OF_ONE_FILE = 20  # of a data file, among the candidates
_BEST_BY_WORDS = 6  # of BM25 alone, that stand no lower than the place below
_LOWEST_PLACE = 20
_COMMON_SHARE = 0.5  # of the passages; a word that more have weighs nothing in BM25
_COMMON_NAME_SHARE = 0.05  # of the passages; of what more name no other names are looked for
_WEIGHED = 100_000  # passages that BM25 weighs for one question: a tenth of a second
_LOOKED_AT = 5  # times as many, where sources are chosen: what is of others is not weighed
_FEW_PASSAGES = 20  # in which nothing is common
_RERANKED = 30  # by a cross-encoder, where there is one
_RERANKER_WEIGHT = 2.0  # so that it decides, and the other reasons where it is undecided
_STOP_WORDS = load_vocabulary().word_class("search")


@dataclass(frozen=True, slots=True)
class Ranking:
    """How passages are ranked: what the cosine and the share of BM25 weigh, and which signals.

    `parts` splits a question that asks several things.
    """

    meaning: float = 0.75
    words: float = 0.25
    signals: tuple[Signal, ...] = SIGNALS
    parts: Callable[[str], tuple[str, ...]] = question_parts


@dataclass(frozen=True, slots=True)
class _Search:
    """A question as it is searched for, and what its words find."""

    question: Question
    by_words: tuple[WordHit, ...]


@dataclass(frozen=True, slots=True)
class _Compared:
    """The vector of a question, and what is nearest to it."""

    vector: "NDArray[np.float32]"
    near: "Near"


@dataclass(frozen=True, slots=True)
class _Near:
    """A candidate by both searches: its source, the cosine, and BM25 as a share of the best."""

    source_id: str
    similarity: float
    words: float


def question_words(question: str) -> tuple[str, ...]:
    """Return the words of a question that BM25 looks for, each once, without stop words."""
    words = re.findall(r"[^\W_]+(?:[.,]\d+)*", question.lower())
    kept = [word for word in words if word not in _STOP_WORDS and (len(word) > 1 or word.isdigit())]
    return tuple(dict.fromkeys(kept or words))


def _version_forms(word: str) -> tuple[str, ...]:
    """Return how else the number of a version is written: "version 1.2" for "v1.2"."""
    number = re.fullmatch(r"v(\d+(?:\.\d+)*)", word)
    return (f"version {number[1]}",) if number else ()


class Retriever:
    """Finds evidence in a store. Safe to share between threads."""

    def __init__(
        self,
        store: PassageStore,
        embedder: Embedder,
        ranking: Ranking = Ranking(),
        reranker: Reranker | None = None,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._ranking = ranking
        self._reranker = reranker

    def retrieve(self, question: str, limit: int, filters: Filters) -> tuple[Evidence, ...]:
        """Return up to `limit` pieces of evidence for a question, best first.

        Of a question that asks several things the best of the whole and of each part come in turn.
        Of sources that are copies of one another only the best is looked at. All of it is of one
        state of the index, also while another process writes.
        """
        return self.retrieve_each([question], limit, filters)[0]

    def retrieve_each(
        self, questions: Sequence[str], limit: int, filters: Filters
    ) -> tuple[tuple[Evidence, ...], ...]:
        """Return what `retrieve` does for each of several questions, all of one state."""
        asked = [self._asked(question) for question in questions]
        different = list(dict.fromkeys(chain.from_iterable(asked)))
        with ThreadPoolExecutor(1) as beside, self._store.catalog.reading():
            sources = self._store.catalog.searchable(filters)
            compare = self._store.comparison(sources)
            comparing = beside.submit(self._compared, different, compare)
            searches = [self._by_words(one, sources) for one in different]  # meanwhile
            found = {
                one: self._ranked(search, near, limit, sources) if sources else ()
                for one, search, near in zip(different, searches, comparing.result(), strict=True)
            }
        if self._reranker:
            found = {one: _reranked(one, those, self._reranker) for one, those in found.items()}
        return tuple(_in_turn([found[one] for one in parts])[:limit] for parts in asked)

    def _asked(self, question: str) -> tuple[str, ...]:
        """Return what is searched for: a question and, where it asks several things, its parts."""
        parts = self._ranking.parts(question)
        asked = (question, *parts) if len(parts) > 1 else parts
        return tuple(one for one in asked if question_words(one))

    def _compared(self, questions: Sequence[str], compare: "Comparison") -> list[_Compared]:
        """Return the vector of each question, and the passages that are nearest to it."""
        read = self._embedder.token_vectors(questions)  # which is kept, for what is cited by it
        return [_Compared(one.whole, compare(one.whole, _FETCHED)) for one in read]

    def _by_words(self, question: str, sources: Collection[str]) -> _Search:
        catalog = self._store.catalog
        query = self._word_query(question, catalog.share(sources))
        hits = catalog.match_words(query, _FETCHED, sources) if query else ()
        return _Search(analyze(question), hits)

    def _ranked(
        self,
        search: _Search,
        compared: _Compared,
        limit: int,
        sources: Mapping[str, Source],
    ) -> tuple[Evidence, ...]:
        near = self._near(search, compared)
        reasons = self._reasons(search, near, sources, max(limit, _CANDIDATES))
        scores = {id: sum(reason.gain for reason in told) for id, told in reasons.items()}
        depth = max(limit, _RERANKED) if self._reranker else limit
        best = sorted(scores, key=lambda id: (-scores[id], id))[:depth]
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

    def _near(self, search: _Search, compared: _Compared) -> dict[str, _Near]:
        """Return the passages near a question by either search, by the ids of their vectors."""
        hits = self._store.hits(compared.near, _FETCHED)
        found = search.by_words
        cosines = {hit.id: hit.similarity for hit in hits}
        unmeasured = [hit.id for hit in found if hit.id not in cosines]
        cosines |= self._store.similarities(compared.vector, unmeasured)
        most = max((hit.score for hit in found), default=0.0)
        shares = {hit.id: hit.score / most for hit in found if most > 0}
        source_of = {hit.id: hit.source_id for hit in hits}
        source_of |= {hit.id: hit.source_id for hit in found}
        return {
            id: _Near(source_id, cosines.get(id, 0.0), shares.get(id, 0.0))
            for id, source_id in source_of.items()
        }

    def _word_query(self, question: str, share: float) -> str:
        """Return the FTS5 query by which BM25 weighs few enough passages, "" where none does.

        The commonest forms are left out, which tell least; where all are too common, passages are
        to have all words. `share` is the part of the sources that is searched.
        """
        catalog = self._store.catalog
        most = _WEIGHED / max(share, 1 / _LOOKED_AT)
        forms = self._forms(question)
        counts = catalog.frequencies(forms)
        rarest = sorted(forms, key=lambda form: counts[form])
        reached = accumulate(counts[form] for form in rarest)
        few = {form for form, count in zip(rarest, reached, strict=True) if count <= most}
        if few:
            return " OR ".join(quoted(form) for form in forms if form in few)
        every = " AND ".join(quoted(word) for word in question_words(question))
        return every if catalog.match_count(every) <= most else ""

    def _forms(self, question: str) -> tuple[str, ...]:
        """Return a question's words and the other names of what it names.

        Of what is named everywhere other names are left out: a rare name of a common thing would
        count as though the thing were rare.
        """
        words = question_words(question)
        counts = self._store.catalog.frequencies(words)
        total = self._store.catalog.passage_count()
        telling = [word for word in words if counts[word] <= total * _COMMON_SHARE] or words
        spelt = [
            form for word in telling for form in (*other_spellings(word), *_version_forms(word))
        ]
        names = other_forms(question)
        named = self._store.catalog.frequencies(tuple(names))
        most = max(total * _COMMON_NAME_SHARE, _FEW_PASSAGES)
        rare = [forms for name, forms in names.items() if named[name] <= most]
        return tuple(dict.fromkeys((*telling, *spelt, *chain.from_iterable(rare))))

    def _reasons(
        self, search: _Search, near: Mapping[str, _Near], sources: Mapping[str, Source], count: int
    ) -> dict[str, tuple[Reason, ...]]:
        """Return what speaks for each of the `count` nearest passages."""
        ranking = self._ranking
        first = {
            id: ranking.meaning * max(one.similarity, 0.0) + ranking.words * one.words
            for id, one in near.items()
        }
        nearest = sorted(first, key=lambda id: (-first[id], id))
        known = {id: sources[near[id].source_id] for id in nearest}
        chosen = _spread(known)[:count]
        by_words = sorted(known, key=lambda id: (-near[id].words, id))[:_BEST_BY_WORDS]
        chosen += [id for id in by_words if id not in chosen]
        traits = self._store.catalog.traits(chosen)
        candidates = {id: Candidate(traits[id], known[id]) for id in chosen if id in traits}
        # Of the first hundred alone, so that a longer list begins as a shorter one does.
        speaking = {known[id].id: known[id] for id in chosen[:_CANDIDATES]}
        asked = compare_with(search.question, tuple(speaking.values()))
        told = {}
        for id, candidate in candidates.items():
            gains = {
                "near in meaning": ranking.meaning * max(near[id].similarity, 0.0),
                "near in words": ranking.words * near[id].words,
            } | {s.name: s.weight * s.measure(asked, candidate) for s in ranking.signals}
            told[id] = tuple(Reason(name, gain) for name, gain in gains.items() if gain)
        return _lifted(told, by_words)


def _lifted(
    told: Mapping[str, tuple[Reason, ...]], lifted: Sequence[str]
) -> dict[str, tuple[Reason, ...]]:
    """Return the reasons, with a gain for what is to be lifted that brings it near enough.

    A passage of several topics has the rare words of a question and is far from it in meaning.
    """
    scores = {id: sum(reason.gain for reason in reasons) for id, reasons in told.items()}
    level = min(sorted(scores.values(), reverse=True)[:_LOWEST_PLACE], default=0.0)
    gains = {id: level - scores[id] for id in lifted if id in scores and scores[id] < level}
    return {
        id: (*reasons, Reason("best in words", gains[id])) if id in gains else reasons
        for id, reasons in told.items()
    }


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


def _reranked(
    question: str, ranked: Sequence[Evidence], reranker: Reranker
) -> tuple[Evidence, ...]:
    """Return evidence with the first pieces put in the order of the reranker."""
    first, others = ranked[:_RERANKED], ranked[_RERANKED:]
    texts = [f"{e.source.title}\n{e.passage.context.section}\n{e.passage.text}" for e in first]
    judged = reranker.judge(question, texts)
    gains = [Reason("reranker", _RERANKER_WEIGHT * one) for one in judged]
    again = [
        replace(e, score=e.score + gain.gain, reasons=(*e.reasons, gain))
        for e, gain in zip(first, gains, strict=True)
    ]
    return (*sorted(again, key=lambda e: -e.score), *others)


def _in_turn(found: Sequence[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """Return the first of each list, then the second of each, and so on, each passage once."""
    first: dict[str, Evidence] = {}
    for turn in zip_longest(*found):
        for evidence in turn:
            if evidence is not None:
                first.setdefault(evidence.passage.id, evidence)
    return tuple(first.values())
