"""How evidence stands to a claim in other words: an entailment model's judgement."""

from assistant.entailment.judgement import Entailment, Judgement

__all__ = ["Entailment", "Judgement"]
