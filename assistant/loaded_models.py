"""The models that finding and checking need, each loaded once, when it is first needed.

The language model is set apart: `assistant.language_model`.
"""

import threading

from assistant.entailment import CrossEncoderEntailment, Entailment, load_entailment
from assistant.settings import Settings
from index.embedding import Embedder, RememberingEmbedder, load_embedder
from index.ranking.reranking import Reranker, load_reranker


class LoadedModels:
    """The models that the settings name. Safe to share between threads."""

    def __init__(self, settings: Settings, embedder: Embedder | None = None) -> None:
        self._settings = settings
        self.are_given = embedder is not None  # not loaded by their names alone
        self._loading = threading.Lock()
        self._embedder = RememberingEmbedder(embedder) if embedder else None
        self._reranker: Reranker | None = None
        self._entailment: Entailment | None = None

    def embedder(self) -> Embedder:
        """Return the embedding model."""
        with self._loading:
            if self._embedder is None:
                embedder = load_embedder(self._settings.embedding_model)
                self._embedder = RememberingEmbedder(embedder)
            return self._embedder

    def entailment(self) -> Entailment:
        """Return the entailment model that the settings name, else the shipped one."""
        with self._loading:
            if self._entailment is None:
                named = self._settings.entailment
                self._entailment = CrossEncoderEntailment(named) if named else load_entailment()
            return self._entailment

    def reranker(self) -> Reranker | None:
        """Return the model that ranks anew, None where none is set."""
        with self._loading:
            if self._settings.reranker and self._reranker is None:
                self._reranker = load_reranker(self._settings.reranker)
            return self._reranker
