"""How evidence stands to a claim in other words: an entailment model's judgement."""

from assistant.entailment.cross_encoder import CrossEncoderEntailment
from assistant.entailment.evidence_text import evidence_texts
from assistant.entailment.judgement import Entailment, Judgement
from assistant.entailment.learned import LearnedEntailment, load_entailment

__all__ = [
    "CrossEncoderEntailment",
    "Entailment",
    "Judgement",
    "LearnedEntailment",
    "evidence_texts",
    "load_entailment",
]
