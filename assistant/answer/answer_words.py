"""How parts of an answer read: a sentence with its markers, who wrote it, what a passage orders."""

from assistant.answer import Answer, Sentence
from corpus.instructions import holds_instruction

_WITHOUT_MODEL = ("extractive", "calculation")  # how answers come about without a language model


def sentence_with_markers(sentence: Sentence) -> str:
    """Return a sentence as it stands in running text: "It rose. [1][2]"."""
    return f"{sentence.text} {''.join(f'[{number}]' for number in sentence.citations)}"


def is_model_written(answer: Answer) -> bool:
    """Tell whether a language model wrote an answer."""
    return answer.model not in _WITHOUT_MODEL


def instruction_note(passage: str) -> str:
    """Return what a reader is told beside a passage that orders something of a machine, else ""."""
    if holds_instruction(passage):
        return "this passage tells a machine that reads it what to do; it is shown and not followed"
    return ""
