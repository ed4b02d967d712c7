"""Passages whose vectors are gone or wrong, embedded anew."""

from collections.abc import Callable, Sequence

from index.embedding import Embedder
from index.ingestion.splitting import fitted_text
from index.storage.changes import StoredPassage
from index.storage.store import StoreWriter

_AT_ONCE = 256


def embed_anew(
    writer: StoreWriter,
    embedder: Callable[[], Embedder],
    vector_ids: Sequence[str],
    on_embedded: Callable[[int, int], None] = lambda *_: None,
) -> None:
    """Store the vectors of passages that the catalog names; `on_embedded` is told how many are."""
    for start in range(0, len(vector_ids), _AT_ONCE):
        ids = vector_ids[start : start + _AT_ONCE]
        passages = writer.catalog.passages(ids)
        sources = {
            id: writer.catalog.source(id).source
            for id in {one.source_id for one in passages.values()}
        }
        texts = [fitted_text(sources[one.source_id], one, embedder()) for one in passages.values()]
        stored = [StoredPassage(one, id) for id, one in passages.items()]
        if stored:
            writer.put_vectors(stored, embedder().embed(texts))
        on_embedded(start + len(ids), len(vector_ids))
