"""What was spoken of last: the last question as it stands by itself, and the answer to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """The last question with what it left to earlier ones filled in, and its answer, maybe ""."""

    question: str
    answer: str = ""
