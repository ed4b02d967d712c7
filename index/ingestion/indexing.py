"""Turning documents into stored passages and facts: split, embedded and read, many at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.copies import fingerprint
from corpus.document import Document, Source
from corpus.facts import Fact
from corpus.facts.reading import read_facts
from index.embedding import Embedder
from index.ingestion.splitting import fitted_text, passage_tokens, split_document, text_digest
from index.storage.changes import CatalogChange, StoredPassage
from index.storage.store import StoreWriter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PASSAGES_AT_ONCE = 256  # taken before they are embedded together
_DOCUMENTS_AT_ONCE = 64
_EMBEDDED_AT_ONCE = 64  # and then told of

OnEmbedding = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Taken:
    document: Document
    root: str
    passages: tuple[StoredPassage, ...] = ()
    facts: tuple[Fact, ...] = ()

    def put(self, change: CatalogChange) -> None:
        """Store the document as its source is to be kept."""
        if self.document.source.retired:
            change.put_retired(self.document, self.root)
            return
        prints = fingerprint(self.document)
        change.put_document(self.document, self.root, self.passages, prints, self.facts)


class Indexing:
    """Documents on their way into a store.

    A passage whose very text was embedded before keeps that vector, wherever its file now is.
    `on_embedding` is told the path, and how many passages are embedded out of how many.
    """

    def __init__(
        self, writer: StoreWriter, embedder: Callable[[], Embedder], on_embedding: OnEmbedding
    ) -> None:
        self._writer = writer
        self._load = embedder
        self._loaded: Embedder | None = None
        self._on_embedding = on_embedding
        self._taken: list[_Taken] = []
        self.embedded = 0

    @property
    def is_full(self) -> bool:
        """Whether enough was taken to be stored at once."""
        count = sum(len(taken.passages) for taken in self._taken)
        return count >= _PASSAGES_AT_ONCE or len(self._taken) >= _DOCUMENTS_AT_ONCE

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the documents that are taken and not stored yet."""
        return tuple(taken.document.source.path for taken in self._taken)

    def take(self, document: Document, root: str) -> int:
        """Take a document, to be stored with the next ones; return how many passages it makes.

        One whose source is retired makes none.
        """
        if document.source.retired:
            self._taken.append(_Taken(document, root))
            return 0
        passages = _stored_passages(document, self._embedder())
        facts = read_facts(document)
        self._taken.append(_Taken(document, root, passages, facts))
        return len(passages)

    def store(self) -> tuple[Source, ...]:
        """Store all documents taken, each in place of its old self; return their sources.

        Vectors go in before the catalog names them and out after it has forgotten them.
        """
        taken = self._taken
        if not taken:
            return ()
        old = {v for t in taken for v in self._writer.catalog.vector_ids(t.document.source.id)}
        self._put_vectors(taken)
        with self._writer.change() as change:
            for one in taken:
                one.put(change)
        self._taken = []
        self._writer.sweep(old)
        return tuple(one.document.source for one in taken)

    def _embedder(self) -> Embedder:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _put_vectors(self, taken: Sequence[_Taken]) -> None:
        """Store the vectors of all passages; equal texts are embedded once."""
        import numpy as np

        texts: dict[str, str] = {}  # digest -> embedded text
        paths: dict[str, str] = {}  # digest -> path of the file that it is embedded for
        placed: list[tuple[StoredPassage, str]] = []
        for one in taken:
            source = one.document.source
            for stored in one.passages:
                digest = text_digest(source, stored.passage)
                texts.setdefault(digest, fitted_text(source, stored.passage, self._embedder()))
                paths.setdefault(digest, source.path)
                placed.append((stored, digest))
        vectors = self._held_vectors(list(texts))
        missing = [digest for digest in texts if digest not in vectors]
        for start in range(0, len(missing), _EMBEDDED_AT_ONCE):
            batch = missing[start : start + _EMBEDDED_AT_ONCE]
            made = self._embedder().embed([texts[digest] for digest in batch])
            vectors |= dict(zip(batch, made, strict=True))
            if len(missing) > _EMBEDDED_AT_ONCE:
                self._on_embedding(paths[batch[-1]], start + len(batch), len(missing))
        self.embedded += len(missing)
        if placed:
            matrix = np.stack([vectors[digest] for _, digest in placed])
            self._writer.put_vectors([stored for stored, _ in placed], matrix)

    def _held_vectors(self, digests: list[str]) -> "dict[str, NDArray[np.float32]]":
        """Return the vectors of texts that were embedded before, by their digests."""
        ids = self._writer.catalog.embedded(digests)
        vectors = self._writer.vectors(list(ids.values()))
        return {digest: vectors[i] for digest, i in ids.items() if i in vectors}


def _stored_passages(document: Document, embedder: Embedder) -> tuple[StoredPassage, ...]:
    """Return the passages of a document, each with the id of its vector."""
    version = document.source.sha256[:12]
    passages = split_document(document, embedder.tokens, passage_tokens(embedder))
    return tuple(StoredPassage(one, f"{one.id}@{version}") for one in passages)
