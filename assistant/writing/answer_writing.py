"""An answer that a language model writes over the evidence, each sentence verified by us.

A sentence is shown as soon as its quotes are found and carry it. Where none is, or the model fails,
the answer without a model stands in and a warning says why; where the model finds no answer in the
evidence, there is none.
"""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Sentence, Tokens, Written
from assistant.errors import LanguageModelError
from assistant.extractive import Found, not_found_text, warnings_of
from assistant.language_model import Allowance, LanguageModel, ModelStoppedError
from assistant.prompts import NO_ANSWER, writing_messages
from assistant.writing.answer_composition import Composition, left_out
from assistant.writing.offering import offered
from assistant.writing.quoting import Quoted, Quotes
from assistant.writing.reply_reader import Reply, WrittenSentence
from assistant.writing.sentence_reading import points_back, read_sentence
from assistant.writing.verifying import Fault, cited_of, find_fault, says_more
from assistant.writing.wording import Wording
from index.embedding import Embedder
from index.facts import LedgerFact
from index.passage import Evidence

FactsAt = Callable[[Evidence, int, int], tuple[LedgerFact, ...]]


@dataclass(frozen=True, slots=True)
class Writer:
    """A model within an allowance, with what the evidence is read with.

    `facts_at` returns the facts of the ledger in a stretch of a passage's page.
    """

    model: LanguageModel
    allowance: Allowance
    facts_at: FactsAt
    embedder: Embedder


def write_answer(
    found: Found, extractive: Answer, writer: Writer
) -> Generator[Sentence, None, Answer]:
    """Yield the sentences of an answer as they are written and verified, and return it whole.

    `extractive` is the answer without a model; it stands in where the model's does not hold.
    """
    written = _WrittenAnswer(found, extractive, writer)
    try:
        yield from written.sentences()
    except ModelStoppedError as error:
        if not written.composition.sentences:
            return written.stood_in(str(error))
        return written.answer(f"{_as_sentence(str(error))} What had come is checked.")
    except LanguageModelError as error:
        return written.stood_in(str(error), fault=str(error))
    if written.composition.sentences:
        return written.answer()
    return written.refused() if written.says_no_answer else written.stood_in(written.too_little())


def with_account(answer: Answer, wording: Wording) -> Answer:
    """Return an answer with what a model took to word its question, or why it could not."""
    told = replace(
        answer,
        tokens=answer.tokens + wording.tokens,
        seconds=replace(answer.seconds, model=answer.seconds.model + wording.seconds),
    )
    if not wording.fault:
        return told
    exact = answer.status == "not_found" or answer.table or answer.steps
    fault = _as_sentence(wording.fault) if exact else _stood_in(wording.fault)
    return replace(told, warnings=(*answer.warnings, fault), written=Written(fault=wording.fault))


class _WrittenAnswer:
    """The answer so far."""

    def __init__(self, found: Found, extractive: Answer, writer: Writer) -> None:
        self._found = found
        self._extractive = extractive
        self._writer = writer
        self._offered = offered(found)
        self._quotes = Quotes(self._offered, writer.facts_at)
        prompts = [piece.prompt for piece in self._offered]
        messages = writing_messages(found.retrieved.standalone, prompts)
        self._reply = Reply(messages, writer.model, writer.allowance)
        self._started = time.perf_counter()
        self.composition = Composition()
        self.says_no_answer = False

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences that are verified."""
        is_shown, composition = True, self.composition
        for one in self._reply.sentences():
            keys = {mark.key for mark in one.marks} - set(self._quotes.keys)
            composition.invented_keys |= keys
            if one.text.strip(" .!\"'").upper() == NO_ANSWER:
                self.says_no_answer = True
                continue
            if not is_shown and points_back(one.text):
                composition.faults["pointing"] += 1
                continue
            quoted, fault = self._verified(one)
            is_shown = not fault
            if fault:
                composition.faults[fault] += 1
            else:
                yield composition.add(one.text, [each.cited for each in quoted])

    def _verified(self, written: WrittenSentence) -> tuple[Sequence[Quoted], Fault]:
        """Return what a sentence is cited with, and why it cannot be shown, "" where it can."""
        sentence = read_sentence(written.text, [one.text for one in self.composition.sentences])
        asked = self._found.retrieved.standalone
        quoted = [q for m in written.marks for q in self._quotes.find(m.key, m.quote)]
        if not quoted:
            return (), "quote"
        fault = find_fault(sentence, quoted, asked)
        if not fault and says_more(sentence, quoted, asked, self._writer.embedder):
            fault = "added"
        return cited_of(sentence, quoted), fault

    def answer(self, *warnings: str) -> Answer:
        """Return the answer that the model's sentences make."""
        composed, extractive = self.composition, self._extractive
        told = (*left_out(composed.written), *warnings)
        return replace(
            self._with_account(extractive),
            status="answered" if extractive.status == "not_found" else extractive.status,
            text=composed.text,
            sentences=composed.sentences,
            citations=composed.citations,
            warnings=(*warnings_of(self._found, composed.cited), *told),
            model=self._writer.model.name,
        )

    def refused(self) -> Answer:
        """Return that the sources do not say, as the model found."""
        retrieved, name = self._found.retrieved, self._writer.model.name
        return replace(
            self._with_account(self._extractive),
            status="not_found",
            text=not_found_text(self._found.parts[0].ranking, retrieved.evidence),
            sentences=(),
            citations=(),
            warnings=(f"The language model {name} found no answer in the evidence.",),
        )

    def stood_in(self, reason: str, fault: str = "") -> Answer:
        """Return the answer without a model, with the reason why it is not the model's."""
        answer = self._with_account(self._extractive)
        found = answer.status != "not_found"
        told = _stood_in(reason) if found else _as_sentence(reason)
        written = replace(self.composition.written, fault=fault)
        return replace(answer, warnings=(*answer.warnings, told), written=written)

    def too_little(self) -> str:
        """Say why what the model wrote is no answer."""
        name, written = self._writer.model.name, self.composition.written
        if not written.sentences:
            return f"the language model {name} wrote nothing."
        return " ".join((f"Nothing of what {name} wrote holds.", *left_out(written)))

    def _with_account(self, answer: Answer) -> Answer:
        took = time.perf_counter() - self._started
        return replace(
            answer,
            tokens=self._reply.tokens if self._reply else Tokens(),
            seconds=replace(answer.seconds, model=took),
            written=self.composition.written,
        )


def _stood_in(reason: str) -> str:
    """Return the warning that the answer is not the model's, for a reason."""
    return f"{_as_sentence(reason)} The sources' own words are shown instead."


def _as_sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:].rstrip('.')}."
