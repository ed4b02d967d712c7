"""What a language model writes: the wording of questions, and answers whose sentences we verify."""

from assistant.writing.answer_composition import left_out
from assistant.writing.answer_writing import Writer, with_account, write_answer
from assistant.writing.wording import Wording

__all__ = ["Wording", "Writer", "left_out", "with_account", "write_answer"]
