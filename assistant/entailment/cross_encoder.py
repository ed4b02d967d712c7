"""An entailment model that the reader named in the settings, instead of the shipped one."""

import os
from collections.abc import Sequence

from assistant.entailment.judgement import Judgement
from assistant.errors import EntailmentModelError
from corpus.extras import missing_extra


class CrossEncoderEntailment:
    """A sentence-transformers cross-encoder with a label for entailment, on the CPU.

    Raises EntailmentModelError where it cannot be loaded or has no such label.
    """

    def __init__(self, model: str) -> None:
        if run := missing_extra("models", "sentence_transformers"):
            raise EntailmentModelError(
                f"another entailment model needs sentence-transformers; run: {run}"
            )
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
        numbers = {str(label).lower(): int(number) for number, label in labels.items()}
        if "entailment" not in numbers:
            told = ", ".join(map(str, labels.values()))
            raise EntailmentModelError(
                f"entailment model {model!r} has no label 'entailment' ({told}); give one that was "
                "trained for natural-language inference"
            )
        self._supported = numbers["entailment"]
        self._contradicted = numbers.get("contradiction")

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """Return for each claim with a piece of evidence how this stands to it, judged alone."""
        read = [(evidence, claim) for claim, evidence in pairs]
        judged = self._model.predict(read, show_progress_bar=False) if read else []
        return [self._judgement([float(likely) for likely in one]) for one in judged]

    def _judgement(self, likely: Sequence[float]) -> Judgement:
        supported = likely[self._supported]
        contradicted = 0.0 if self._contradicted is None else likely[self._contradicted]
        return Judgement(supported, contradicted, max(0.0, 1 - supported - contradicted))
