"""Verified sentences put together into an answer, and a count of those that were left out."""

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.answer import Citation, Sentence, Written
from assistant.answer.answer_words import sentence_with_markers
from assistant.extractive import Candidate, make_citation
from assistant.writing.verifying import Fault

_REASONS: dict[Fault, str] = {
    "quote": "no quote that stands in the evidence it was given",
    "figure": "a figure that its quotes do not have",
    "time": "a time that its quotes do not have",
    "name": "a name that its quotes do not have",
    "contradicted": "something that its quotes say otherwise",
    "added": "something that its quotes do not say",
    "superseded": "a value that a newer edition has replaced",
    "pointing": "what points to a sentence that was left out",
}


class Composition:
    """The sentences of an answer and their citations, numbered in order of first use."""

    def __init__(self) -> None:
        self.sentences: tuple[Sentence, ...] = ()
        self.cited: tuple[Candidate, ...] = ()
        self.faults: Counter[Fault] = Counter()
        self.invented_keys: frozenset[str] = frozenset()

    def add(self, text: str, cited: Sequence[Candidate]) -> Sentence:
        """Add a sentence, and return it with the numbers of its citations."""
        self.cited += tuple(one for one in dict.fromkeys(cited) if one not in self.cited)
        numbers = tuple(dict.fromkeys(self.cited.index(one) + 1 for one in cited))
        sentence = Sentence(text, numbers, "supported")
        self.sentences += (sentence,)
        return sentence

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations so far, in order of their numbers."""
        return tuple(make_citation(number, one) for number, one in enumerate(self.cited, 1))

    @property
    def text(self) -> str:
        """The answer as running text with its markers."""
        return " ".join(map(sentence_with_markers, self.sentences))

    @property
    def written(self) -> Written:
        """The counts as an answer carries them."""
        removed = [(str(fault), self.faults[fault]) for fault in _REASONS if self.faults[fault]]
        if self.invented_keys:
            removed.append(("key", len(self.invented_keys)))
        kept = len(self.sentences)
        return Written(kept + self.faults.total(), kept, removed=tuple(removed))


def left_out(written: Written) -> Iterator[str]:
    """Yield a warning for what was left out of a model's sentences, and one for its citations."""
    counts = dict(written.removed)
    removed = {words: counts[fault] for fault, words in _REASONS.items() if fault in counts}
    if total := sum(removed.values()):
        told = ", ".join(f"{count} with {words}" for words, count in removed.items())
        yield (
            f"Of {_counted(written.sentences, 'sentence')} that the model wrote {total} "
            f"{_was(total)} left out: {told}."
        )
    if invented := counts.get("key", 0):
        told = _counted(invented, "citation")
        yield f"{told} that the model invented {_was(invented)} taken out."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
