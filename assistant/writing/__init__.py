"""What a language model writes: searches for a question, and an answer held to its quotes."""

from assistant.writing.answer_writing import (
    Offer,
    left_out,
    with_account,
    with_fault,
    write_answer,
)
from assistant.writing.evidence_selection import Piece, fused, select_evidence
from assistant.writing.model_calls import CallLimits, ModelCalls
from assistant.writing.probing import (
    Abilities,
    find_out,
    keep_abilities,
    known_abilities,
    probe,
)
from assistant.writing.query_rewriting import Understood, understand
from assistant.writing.statement_choice import choose_statements

__all__ = [
    "Abilities",
    "CallLimits",
    "ModelCalls",
    "Offer",
    "Piece",
    "Understood",
    "choose_statements",
    "find_out",
    "fused",
    "keep_abilities",
    "known_abilities",
    "left_out",
    "probe",
    "select_evidence",
    "understand",
    "with_account",
    "with_fault",
    "write_answer",
]
