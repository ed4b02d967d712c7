"""An answer that a language model writes: asked over the evidence, checked sentence by sentence.

No sentence is shown before it is checked, and none before those that are left tell what was asked:
so what a reader has seen stays. Where that never comes, or the model fails, the extractive answer
stands in and a warning says why.
"""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Sentence, Tokens, Written
from assistant.answering import warnings_of
from assistant.errors import LanguageModelError
from assistant.finding import Found
from assistant.language_model import Allowance, LanguageModel, ModelStoppedError
from assistant.prompts import NO_ANSWER, writing_messages
from assistant.rewriting import Wording
from assistant.support.entailment import Entailment
from assistant.writing.attribution import Attributed, Attribution
from assistant.writing.completeness import Completeness
from assistant.writing.composing import Composition
from assistant.writing.counting import Counts, left_out
from assistant.writing.model_text import ModelText
from assistant.writing.offering import offered
from assistant.writing.referring import leans, resolved
from index.embedding import Embedder
from index.passage import Evidence
from index.wording import content_words, stem, stems


@dataclass(frozen=True, slots=True)
class Writer:
    """What writes and checks: a model within an allowance, and what its sentences are read with."""

    model: LanguageModel
    allowance: Allowance
    search: Callable[[str], Sequence[Evidence]]
    embedder: Embedder
    entailment: Entailment | None = None


def write_answer(
    found: Found, extractive: Answer, writer: Writer
) -> Generator[Sentence, None, Answer]:
    """Yield the sentences of an answer as they are written and checked, and return it whole.

    `extractive` is the answer without a model; it stands in where the model's does not hold.
    """
    written = _Written(found, extractive, writer)
    try:
        yield from written.sentences()
    except ModelStoppedError as error:
        if not written.is_shown:
            return written.stood_in(str(error))
        return written.answer(f"{_as_sentence(str(error))} What had come is checked.")
    except LanguageModelError as error:
        return written.failed(str(error))
    if not written.is_shown:
        return written.stood_in(written.too_little())
    return written.answer()


def with_account(answer: Answer, wording: Wording) -> Answer:
    """Return an answer with what a model took to word its question, or why it could not."""
    told = replace(
        answer,
        tokens=answer.tokens + wording.tokens,
        seconds=replace(answer.seconds, model=answer.seconds.model + wording.seconds),
    )
    if not wording.fault:
        return told
    warnings = (*answer.warnings, _fault_told(wording.fault, answer))
    return replace(told, warnings=warnings, written=Written(fault=wording.fault))


def _fault_told(fault: str, answer: Answer) -> str:
    """Return the warning that no model was asked; an answer that none writes stays as it is."""
    if answer.status == "not_found" or answer.table or answer.steps:
        return _as_sentence(fault)
    return _stood_in(fault)


def _stood_in(reason: str) -> str:
    """Return the warning that the answer is not the model's, for a reason."""
    return f"{_as_sentence(reason)} The sources' own words are shown instead."


def _as_sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:].rstrip('.')}."


class _Written:
    """The answer so far."""

    def __init__(self, found: Found, extractive: Answer, writer: Writer) -> None:
        self._found = found
        self._extractive = extractive
        self._writer = writer
        self._kept: list[Attributed] = []
        self._completeness = Completeness(found, writer.embedder)
        self._composition = Composition()
        self._counts = Counts()
        self._text: ModelText | None = None
        self._says_no_answer = False
        self._started = time.perf_counter()
        self.is_shown = False

    def sentences(self) -> Iterator[Sentence]:
        """Yield the checked sentences, the first ones held back until they tell what was asked."""
        held: list[Attributed] = []
        for attributed in self._attributed():
            self._kept.append(attributed)
            held.append(attributed)
            self.is_shown = self.is_shown or self._completeness.answers(self._kept)
            if self.is_shown:
                yield from map(self._composition.add, held)
                held.clear()

    def answer(self, *warnings: str) -> Answer:
        """Return the answer that the model's sentences make."""
        extractive = self._extractive
        composed = self._composition
        told = (*left_out(self._counts.written()), *warnings)
        return replace(
            self._with_account(extractive),
            text=composed.text(),
            sentences=composed.sentences,
            citations=composed.citations,
            warnings=(*warnings_of(self._found, composed.cited), *told),
            model=self._writer.model.name,
        )

    def stood_in(self, reason: str) -> Answer:
        """Return the extractive answer with the reason why it is not the model's."""
        answer = self._with_account(self._extractive)
        return replace(answer, warnings=(*answer.warnings, _stood_in(reason)))

    def failed(self, fault: str) -> Answer:
        """Return the extractive answer in place of one that the model did not finish."""
        answer = self.stood_in(fault)
        return replace(answer, written=replace(self._counts.written(), fault=fault))

    def too_little(self) -> str:
        """Say why what the model wrote is no answer."""
        name = self._writer.model.name
        if self._says_no_answer:
            return f"the language model {name} found no answer in the evidence."
        if not self._counts.sentences:
            return f"the language model {name} wrote nothing."
        return " ".join(
            (f"Too little of what {name} wrote holds.", *left_out(self._counts.written()))
        )

    def _with_account(self, answer: Answer) -> Answer:
        took = time.perf_counter() - self._started
        return replace(
            answer,
            tokens=self._text.tokens if self._text else Tokens(),
            seconds=replace(answer.seconds, model=took),
            written=self._counts.written(),
        )

    def _attributed(self) -> Iterator[Attributed]:
        """Yield what is left of the sentences that the model writes."""
        asked = self._found.asked
        pieces = [*asked.evidence, *(item for part in asked.parts for item in part.evidence)]
        by_id = {item.passage.id: item for item in pieces}
        writer = self._writer
        attribution = Attribution(
            asked.standalone,
            tuple(by_id.values()),
            writer.search,
            writer.embedder,
            writer.entailment,
        )
        before, stands = "", True
        for sentence in self._sentences():
            attributed = attribution.attribute(sentence, before, stands)
            if attributed.text and self._is_aside(attributed.text):
                attributed = Attributed("", (), "aside")
            self._counts.count(attributed.fate)
            before = resolved(attributed.text or sentence, before)
            stands = bool(attributed.text)
            if attributed.text and attributed.text not in [one.text for one in self._kept]:
                yield attributed

    def _is_aside(self, text: str) -> bool:
        """Tell whether a sentence that stands by itself has none of the words that are asked."""
        asked = {stem(word) for word in content_words(self._found.asked.standalone)}
        return not leans(text) and not asked & stems(text)

    def _sentences(self) -> Iterator[str]:
        """Yield the sentences that the model writes over the evidence that it is given."""
        evidence = offered(self._found)
        messages = writing_messages(self._found.asked.standalone, evidence)
        self._text = ModelText(messages, self._writer.model, self._writer.allowance)
        try:
            for sentence in self._text.sentences():
                if sentence.strip(" .!\"'").upper() == NO_ANSWER:
                    self._says_no_answer = True
                else:
                    yield sentence
        finally:
            given = {piece.key for piece in evidence}
            self._counts.invented_keys = len(self._text.keys - given)
