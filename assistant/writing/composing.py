"""Checked sentences put together into an answer: each with the numbers of its citations."""

from assistant.answer import Citation, Sentence
from assistant.answering import make_citation
from assistant.candidates import Candidate
from assistant.writing.attribution import Attributed

_Place = tuple[str, int, int, tuple[str, ...]]


class Composition:
    """The sentences of an answer and their citations, numbered in order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[_Place, int] = {}
        self._cited: list[Candidate] = []
        self._sentences: list[Sentence] = []

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences so far."""
        return tuple(self._sentences)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations so far, in order of their numbers."""
        return tuple(make_citation(number, one) for number, one in enumerate(self._cited, 1))

    @property
    def cited(self) -> tuple[Candidate, ...]:
        """The statements that are cited, in order of their numbers."""
        return tuple(self._cited)

    def add(self, attributed: Attributed) -> Sentence:
        """Add a sentence, and return it with the numbers of its citations."""
        numbers = tuple(dict.fromkeys(self._number(one) for one in attributed.carriers))
        sentence = Sentence(attributed.text, numbers, "supported")
        self._sentences.append(sentence)
        return sentence

    def text(self) -> str:
        """Return the answer as running text with its markers."""
        told = (
            f"{sentence.text} {''.join(f'[{number}]' for number in sentence.citations)}"
            for sentence in self._sentences
        )
        return " ".join(told)

    def _number(self, carrier: Candidate) -> int:
        columns = tuple(f"{cell.column} {cell.text}" for cell in carrier.cells)
        place = (carrier.evidence.passage.id, carrier.start, carrier.end, columns)
        if place not in self._numbers:
            self._numbers[place] = len(self._numbers) + 1
            self._cited.append(carrier)
        return self._numbers[place]
