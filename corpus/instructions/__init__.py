"""Words in a source that speak to a machine that reads it, told from what a source says."""

from corpus.instructions.detecting import holds_instruction, is_instruction
from corpus.instructions.readable import readable, visible

__all__ = ["holds_instruction", "is_instruction", "readable", "visible"]
