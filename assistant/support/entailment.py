"""An entailment model's opinion of what the check holds supported, where the reader named one.

A model for natural-language inference reads a source's words and a sentence together. None is
installed with this package; it can lower a verdict and never raise one.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.errors import EntailmentModelError
from assistant.support.statement import Statement
from assistant.support.support import Reason, Support

_LEAST = 0.5  # how likely a sentence must follow to stay supported
_LEAST_PARTLY = 0.2


class Entailment(Protocol):
    """Tells how likely a sentence follows from a source's words."""

    def judge(self, sentence: str, texts: Sequence[str]) -> list[float]:
        """Return for each text how likely the sentence follows from it, from 0 to 1."""
        ...


class CrossEncoderEntailment:
    """A sentence-transformers cross-encoder with a label for entailment, on the CPU.

    Raises EntailmentModelError where it cannot be loaded or has no such label.
    """

    def __init__(self, model: str) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import CrossEncoder
        from torch.nn import Softmax
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self._model = CrossEncoder(
                model, device="cpu", local_files_only=True, activation_fn=Softmax(dim=-1)
            )
        except (OSError, ValueError) as error:
            raise EntailmentModelError(
                f"entailment model {model!r} cannot be loaded: give a folder that holds a "
                "sentence-transformers cross-encoder, or leave the setting empty"
            ) from error
        labels = getattr(self._model.config, "id2label", None) or {}
        found = [int(i) for i, label in labels.items() if str(label).lower() == "entailment"]
        if len(found) != 1:
            told = ", ".join(map(str, labels.values()))
            raise EntailmentModelError(
                f"entailment model {model!r} has no label 'entailment' ({told}); give one that was "
                "trained for natural-language inference"
            )
        self._label = found[0]

    def judge(self, sentence: str, texts: Sequence[str]) -> list[float]:
        """Return for each text how likely the sentence follows from it, from 0 to 1."""
        pairs = [(text, sentence) for text in texts]
        judged = self._model.predict(pairs, show_progress_bar=False) if pairs else []
        return [float(one[self._label]) for one in judged]


def lower(sentence: str, statement: Statement, support: Support, entailment: Entailment) -> Support:
    """Return the verdict on a sentence, lowered where a model does not see it follow.

    Only what is supported is judged; what is not stays as it is.
    """
    if support.verdict != "supported":
        return support
    [likely] = entailment.judge(sentence, [" ".join((statement.title, statement.quote))])
    if likely >= _LEAST:
        return support
    reasons = (*support.reasons, Reason("entailment", f"{likely:.2f}", False))
    if likely >= _LEAST_PARTLY:
        return replace(support, verdict="partly", reasons=reasons)
    return replace(support, verdict="not_found", reasons=reasons)
