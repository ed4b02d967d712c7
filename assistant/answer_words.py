"""How parts of an answer read: a sentence with its markers, whether a model wrote it."""

from assistant.answer import Answer, Sentence

_WITHOUT_MODEL = ("extractive", "calculation")  # how answers come about without a language model


def sentence_with_markers(sentence: Sentence) -> str:
    """Return a sentence as it stands in running text: "It rose. [1][2]"."""
    return f"{sentence.text} {''.join(f'[{number}]' for number in sentence.citations)}"


def is_model_written(answer: Answer) -> bool:
    """Tell whether a language model wrote an answer."""
    return answer.model not in _WITHOUT_MODEL
