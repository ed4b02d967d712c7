"""From a question to evidence: vectors and BM25 fused by rank."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.document import Source
from corpus.lexicon import other_forms
from index.embedding import Embedder
from index.passage import Evidence, Filters
from index.store import PassageStore

_CANDIDATES = 100  # of each ranking
_FETCHED = 400  # of each ranking, from which they are taken
_DATA_FILES = ("csv", "workbook")
_ROWS_OF_ONE_FILE = 5  # of a data file, in each ranking
_ENOUGH = 20  # candidates, from which on a data file adds no further rows
_RANK_CONSTANT = 60  # k of reciprocal rank fusion (Cormack, Clarke and Buettcher 2009)
_STOP_WORDS = frozenset(
    """a about according all also an and any are as at be been between both but by can could
    current did do does edition figure for from gave give gives had has have how i if in into is it
    its latest list many me most much newest of on or our recent say says she show some tell than
    that the their them then there these they this those to was we were what when where which who
    whom whose why will with would you your""".split()
)


def question_words(question: str) -> tuple[str, ...]:
    """Return the words of a question that BM25 looks for, each once, without stop words."""
    words = re.findall(r"[^\W_]+(?:[.,]\d+)*", question.lower())
    kept = [word for word in words if word not in _STOP_WORDS and (len(word) > 1 or word.isdigit())]
    return tuple(dict.fromkeys(kept or words))


def retrieve(
    question: str, store: PassageStore, embedder: Embedder, limit: int, filters: Filters
) -> tuple[Evidence, ...]:
    """Return up to `limit` pieces of evidence for a question, best first.

    Both rankings are fused by reciprocal rank. Of sources that are copies of one another only the
    best is looked at.
    """
    sources = store.catalog.searchable(filters)
    asked = question_words(question)
    if not sources or not asked:
        return ()
    vector = embedder.embed([question])[0]
    near = store.nearest(vector, _FETCHED, sources)
    words = store.catalog.match_words(_match(question, asked), _FETCHED, sources)
    source_of = store.catalog.sources_of([*(hit.id for hit in near), *words])
    scores: dict[str, float] = {}
    for whole in ([hit.id for hit in near], words):
        ranking = _spread(whole, source_of, sources)
        for rank, vector_id in enumerate(ranking, start=1):
            scores[vector_id] = scores.get(vector_id, 0.0) + 1.0 / (_RANK_CONSTANT + rank)
    similarities = {hit.id: hit.similarity for hit in near}
    unmeasured = [vector_id for vector_id in scores if vector_id not in similarities]
    similarities |= store.similarities(vector, unmeasured)
    passages = store.catalog.passages(list(scores))
    ordered = sorted(passages, key=lambda i: (-scores[i], -similarities.get(i, 0.0), i))
    found = [
        Evidence(passages[i], sources[passages[i].source_id], scores[i], similarities.get(i, 0.0))
        for i in ordered
        if passages[i].source_id in sources
    ]
    return tuple(found[:limit])


def _spread(
    ranking: Sequence[str], source_of: Mapping[str, str], sources: Mapping[str, Source]
) -> list[str]:
    """Return the candidates of a ranking: the first rows of each data file, and of others all.

    Thousands of rows that read alike would else leave no room for any other source. Further rows
    follow only where the ranking has little else.
    """
    counts: Counter[str] = Counter()
    kept: list[str] = []
    further: list[str] = []
    for vector_id in ranking:
        source_id = source_of.get(vector_id, "")
        counts[source_id] += 1
        source = sources.get(source_id)
        is_data = source is not None and source.file_type in _DATA_FILES
        crowds = is_data and counts[source_id] > _ROWS_OF_ONE_FILE
        (further if crowds else kept).append(vector_id)
    return (kept if len(kept) >= _ENOUGH else [*kept, *further])[:_CANDIDATES]


def _match(question: str, words: Sequence[str]) -> str:
    """Return the FTS5 query for a question's words and the other names of what it names."""
    wanted = dict.fromkeys((*words, *other_forms(question)))
    return " OR ".join('"' + form.replace('"', '""') + '"' for form in wanted)
