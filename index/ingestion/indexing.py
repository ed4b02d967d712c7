"""Turning documents into stored passages and facts: split, embedded and read, many at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.copies import Fingerprint, fingerprint
from corpus.document import Document, Source
from corpus.facts import Fact
from corpus.facts.reading import read_facts
from index.embedding import Embedder
from index.ingestion.splitting import fitted_text, passage_tokens, split_document, text_digest
from index.passage import Passage
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
class PreparedDocument:
    """A document with what is stored of it.

    `vectors` are those of its texts, by the digests of these, as far as they are made.
    """

    document: Document
    fingerprint: Fingerprint | None = None  # none of one that is retired, as it is not searched
    passages: tuple[StoredPassage, ...] = ()
    facts: tuple[Fact, ...] = ()
    vectors: "Mapping[str, NDArray[np.float32]]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Taken:
    prepared: PreparedDocument
    root: str

    @property
    def source(self) -> Source:
        return self.prepared.document.source

    def put(self, change: CatalogChange) -> None:
        """Store the document as its source is to be kept."""
        made = self.prepared
        if made.fingerprint is None:
            change.put_retired(made.document, self.root)
            return
        change.put_document(made.document, self.root, made.passages, made.fingerprint, made.facts)


def prepare(document: Document, embedder: Embedder) -> PreparedDocument:
    """Split a document, read its facts and take its fingerprint; nothing is embedded."""
    version = document.source.sha256[:12]
    split = split_document(document, embedder.tokens, passage_tokens(embedder))
    passages = tuple(StoredPassage(one, f"{one.id}@{version}") for one in split)
    return PreparedDocument(document, fingerprint(document), passages, read_facts(document))


def texts_to_embed(prepared: PreparedDocument, embedder: Embedder) -> dict[str, str]:
    """Return the texts that stand for the passages of a document, by their digests."""
    source = prepared.document.source
    passages = {text_digest(source, one.passage): one.passage for one in prepared.passages}
    return {digest: fitted_text(source, one, embedder) for digest, one in passages.items()}


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
        count = sum(len(taken.prepared.passages) for taken in self._taken)
        return count >= _PASSAGES_AT_ONCE or len(self._taken) >= _DOCUMENTS_AT_ONCE

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the documents that are taken and not stored yet."""
        return tuple(taken.source.path for taken in self._taken)

    def take(self, document: Document | PreparedDocument, root: str) -> int:
        """Take a document, to be stored with the next ones; return how many passages it makes.

        One whose source is retired makes none.
        """
        prepared = document
        if isinstance(prepared, Document):
            is_retired = bool(prepared.source.retired)
            prepared = (
                PreparedDocument(prepared) if is_retired else prepare(prepared, self._embedder())
            )
        self._taken.append(_Taken(prepared, root))
        return len(prepared.passages)

    def store(self) -> tuple[Source, ...]:
        """Store all documents taken, each in place of its old self; return their sources.

        Vectors go in before the catalog names them and out after it has forgotten them.
        """
        taken = self._taken
        if not taken:
            return ()
        old = {v for one in taken for v in self._writer.catalog.vector_ids(one.source.id)}
        self._put_vectors(taken)
        with self._writer.change() as change:
            for one in taken:
                one.put(change)
        self._taken = []
        self._writer.sweep(old)
        return tuple(one.source for one in taken)

    def _embedder(self) -> Embedder:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _put_vectors(self, taken: Sequence[_Taken]) -> None:
        """Store the vectors of all passages; equal texts are embedded once."""
        import numpy as np

        first: dict[str, tuple[Source, Passage]] = {}  # digest -> the first with this text
        placed: list[tuple[StoredPassage, str]] = []
        for one in taken:
            for stored in one.prepared.passages:
                digest = text_digest(one.source, stored.passage)
                first.setdefault(digest, (one.source, stored.passage))
                placed.append((stored, digest))
        held = self._held_vectors(list(first))
        ready = {digest: vector for one in taken for digest, vector in one.prepared.vectors.items()}
        self.embedded += len(first.keys() - held.keys())
        vectors = ready | held
        missing = [digest for digest in first if digest not in vectors]
        for start in range(0, len(missing), _EMBEDDED_AT_ONCE):
            batch = missing[start : start + _EMBEDDED_AT_ONCE]
            texts = [fitted_text(*first[digest], self._embedder()) for digest in batch]
            vectors |= dict(zip(batch, self._embedder().embed(texts), strict=True))
            if len(missing) > _EMBEDDED_AT_ONCE:
                source, _ = first[batch[-1]]
                self._on_embedding(source.path, start + len(batch), len(missing))
        if placed:
            matrix = np.stack([vectors[digest] for _, digest in placed])
            self._writer.put_vectors([stored for stored, _ in placed], matrix)

    def _held_vectors(self, digests: list[str]) -> "dict[str, NDArray[np.float32]]":
        """Return the vectors of texts that were embedded before, by their digests."""
        ids = self._writer.catalog.embedded(digests)
        vectors = self._writer.vectors(list(ids.values()))
        return {digest: vectors[i] for digest, i in ids.items() if i in vectors}
