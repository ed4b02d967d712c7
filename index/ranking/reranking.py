"""A second look at the best passages by a cross-encoder, where the reader named one.

A cross-encoder reads question and passage together (Nogueira and Cho 2019). None is installed with
this package; one is given by the folder that holds it or by a name in the local cache.
"""

import os
from collections.abc import Callable, Sequence
from typing import Protocol

from corpus.extras import missing_extra
from corpus.plugins import Plugin, find_plugins, load_plugin, plugin_errors
from index.errors import EmbeddingModelError


class Reranker(Protocol):
    """Judges how well passages answer a question.

    A package adds one under `rare_earth.rerankers`, as what makes it when called without arguments.
    """

    def judge(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return for each text how likely it answers, from 0 to 1."""
        ...


def load_reranker(model: str) -> Reranker:
    """Load a reranker: one that a package adds by its name, a cross-encoder by folder or name.

    Raises EmbeddingModelError where it cannot be loaded, PluginError where what a package adds
    cannot be used.
    """
    for plugin in reranker_plugins():
        if plugin.name == model:
            return PluginReranker(plugin)
    return CrossEncoderReranker(model)


def reranker_plugins() -> tuple[Plugin, ...]:
    """Return the rerankers that packages add."""
    return find_plugins("reranker")


class PluginReranker:
    """A reranker that a package adds, held to what is asked of one.

    Raises PluginError, as `judge` does, for whatever it raises, and for other numbers than asked.
    """

    def __init__(self, plugin: Plugin) -> None:
        self._plugin = plugin
        make: Callable[[], Reranker] = load_plugin(plugin)
        with plugin_errors(plugin):
            self._reranker = make()

    def judge(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return for each text how likely it answers, from 0 to 1."""
        with plugin_errors(self._plugin):
            judged = [float(one) for one in self._reranker.judge(question, texts)]
            if len(judged) != len(texts) or not all(0 <= one <= 1 for one in judged):
                raise ValueError(f"{len(judged)} numbers for {len(texts)} texts, or not of 0 to 1")
            return judged


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder with one output, on the CPU.

    Raises EmbeddingModelError where it cannot be loaded.
    """

    def __init__(self, model: str) -> None:
        if run := missing_extra("models", "sentence_transformers"):
            raise EmbeddingModelError(f"a reranker needs sentence-transformers; run: {run}")
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import CrossEncoder
        from torch.nn import Sigmoid
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self._model = CrossEncoder(
                model, device="cpu", local_files_only=True, activation_fn=Sigmoid()
            )
        except (OSError, ValueError) as error:
            raise EmbeddingModelError(
                f"reranker {model!r} cannot be loaded: give a folder that holds a "
                "sentence-transformers cross-encoder, or leave the setting empty"
            ) from error
        kinds = self._model.config.architectures or []
        if not any(kind.endswith("ForSequenceClassification") for kind in kinds):
            raise EmbeddingModelError(
                f"reranker {model!r} is no cross-encoder ({', '.join(kinds)}): its judgements "
                "would be random; give one that was trained to rank"
            )
        if self._model.num_labels != 1:
            raise EmbeddingModelError(
                f"reranker {model!r} has {self._model.num_labels} outputs; give one that was "
                "trained to rank, with one output"
            )

    def judge(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return for each text how likely it answers, from 0 to 1."""
        pairs = [(question, text) for text in texts]
        judged = self._model.predict(pairs, show_progress_bar=False) if pairs else []
        return [float(one) for one in judged]
