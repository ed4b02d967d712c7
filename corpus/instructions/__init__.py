"""Words in a source that speak to a machine that reads it, told from what a source says."""

from corpus.instructions.detecting import is_instruction
from corpus.instructions.readable import readable, visible
from corpus.instructions.share import holds_instruction, is_all_instructions, says_little

__all__ = [
    "holds_instruction",
    "is_all_instructions",
    "is_instruction",
    "readable",
    "says_little",
    "visible",
]
