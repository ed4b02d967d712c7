"""Answers that a language model writes, each sentence held against the evidence by us."""

from assistant.writing.writing import Writer, with_account, write_answer

__all__ = ["Writer", "with_account", "write_answer"]
