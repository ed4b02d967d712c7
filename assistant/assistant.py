"""The assistant as its users hold it: open a home once, then ask, cite, search and read pages."""

import threading
import time
from collections.abc import Sequence

from assistant.answer import Answer, CitedClaim, Turn
from assistant.answering import answer_extractively
from assistant.citing import cite_claim
from assistant.conversation import standalone_question
from assistant.sentences import sentence_spans
from assistant.settings import Settings
from assistant.support.entailment import CrossEncoderEntailment, Entailment
from corpus.document import Page, Source
from index.catalog import SourceRecord
from index.embedding import Embedder, RememberingEmbedder, embedder_name, load_embedder
from index.passage import Evidence, Filters
from index.reranking import CrossEncoderReranker, Reranker
from index.retrieval import Retriever
from index.store import PassageStore


class Assistant:
    """Answers over one home. Safe to share between threads; models load when first needed.

    Raises IndexingError where the home cannot be opened, StaleIndexError where it was built with
    other settings.
    """

    def __init__(self, settings: Settings, embedder: Embedder | None = None) -> None:
        self.settings = settings
        self._embedder = RememberingEmbedder(embedder) if embedder else None
        self._reranker: Reranker | None = None
        self._entailment: Entailment | None = None
        self._loading = threading.Lock()
        name = embedder.name if embedder else embedder_name(settings.embedding_model)
        self.store = PassageStore(settings.home, name)
        self.store.check_settings()

    def ask(
        self, question: str, turns: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> Answer:
        """Answer a question, as a follow-up to the turns before it where there are some."""
        standalone = standalone_question(question, turns)
        embedder = self.embedder()
        started = time.perf_counter()
        evidence = self.search(standalone, self.settings.passages, filters)
        seconds = time.perf_counter() - started
        return answer_extractively(question, standalone, evidence, self.store, embedder, seconds)

    def cite(self, text: str, filters: Filters = Filters()) -> tuple[CitedClaim, ...]:
        """Find the sources of a claim; a text of several sentences gives one claim each."""
        claims = [text[start:end] for start, end in sentence_spans(text)]
        return tuple(
            cite_claim(
                claim,
                self.search(claim, self.settings.passages, filters),
                self.store,
                self.embedder(),
                self.entailment(),
            )
            for claim in claims
        )

    def search(
        self, question: str, limit: int = 10, filters: Filters = Filters()
    ) -> tuple[Evidence, ...]:
        """Return the evidence for a question, best first."""
        return self._retriever().retrieve(question, limit, filters)

    def sources(self) -> tuple[SourceRecord, ...]:
        """Return all sources with their state."""
        return self.store.catalog.sources()

    def source(self, source_id: str) -> Source:
        """Return one source. Raises UnknownSourceError."""
        return self.store.catalog.source(source_id).source

    def page(self, source_id: str, number: int) -> Page:
        """Return one page of a source. Raises UnknownSourceError."""
        return self.store.catalog.page(source_id, number)

    def embedder(self) -> Embedder:
        """Return the embedding model, loaded at the first call."""
        with self._loading:
            if self._embedder is None:
                embedder = load_embedder(self.settings.embedding_model)
                self._embedder = RememberingEmbedder(embedder)
            return self._embedder

    def entailment(self) -> Entailment | None:
        """Return the entailment model that the settings name, loaded at the first call."""
        with self._loading:
            if self.settings.entailment and self._entailment is None:
                self._entailment = CrossEncoderEntailment(self.settings.entailment)
            return self._entailment

    def _retriever(self) -> Retriever:
        embedder = self.embedder()
        with self._loading:
            if self.settings.reranker and self._reranker is None:
                self._reranker = CrossEncoderReranker(self.settings.reranker)
        return Retriever(self.store, embedder, reranker=self._reranker)

    def close(self) -> None:
        """Close the home."""
        self.store.close()
