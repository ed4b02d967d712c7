"""Answers that a language model writes, each sentence held against the evidence by us."""

from assistant.writing.writing import write_answer

__all__ = ["write_answer"]
