"""An answer that a language model writes over the evidence, each sentence held to its quotes.

Written with quotes first, checked by code, verified in a fresh context, and set right once with the
verifier's words (RARR, Gao et al. 2023). What holds is the answer; what does not stands apart with
the reason. Where the model finds no answer in the evidence, there is none; the answer without a
model stands in only where the model fails or nothing of what it wrote holds.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer import Answer, Citation, Sentence, SetAside, Support, Written
from assistant.answer.answer_stream import Stage
from assistant.answer.answer_words import sentence_with_markers
from assistant.errors import EvidenceTooLongError, LanguageModelError
from assistant.extractive import Candidate, make_citation, nearest_text
from assistant.language_model import Message, ModelStoppedError
from assistant.prompts import adding_messages, repairing_messages, writing_messages
from assistant.writing.code_checks import Beside, Checked, check_sentence, cited_of
from assistant.writing.evidence_selection import Piece
from assistant.writing.model_calls import ModelCalls
from assistant.writing.quoting import Quoted, Quotes
from assistant.writing.replies.reply_lines import WrittenSentence, written_sentences
from assistant.writing.sentence_reading import ReadSentence, points_back, read_sentence
from assistant.writing.verification import Judged, verify
from index.facts import LedgerFact
from index.passage import Evidence

SearchAgain = Callable[[Sequence[str], Sequence[Piece]], tuple[Piece, ...]]
FactsAt = Callable[[Evidence, int, int], tuple[LedgerFact, ...]]


class WithoutModel(Protocol):
    """What can be said to a question without a model, worked out when it is asked for."""

    def answer(self) -> Answer:
        """Return the answer in the sources' own words."""

    def warnings_of(self, cited: Sequence[Candidate]) -> tuple[str, ...]:
        """Return what a reader must know of cited candidates, in order of their numbers."""


_VERIFIED = 0.95  # how often a verified answer was right: 38 of 40, `tests/model_gold/second`
_POINTS_BACK = "its subject stands in a sentence that is not in the answer"
_UNJUDGED = "the verifying model gave no verdict on it"
_CUT_SHORT = (
    "The budget of tokens (RARE_EARTH_MODEL_TOKENS) was used up before all was asked that could be."
)
_REASONS = {
    "contradicted": "that its own quotes say otherwise of",
    "unverified": "that could not be verified",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What an answer is written from.

    `facts_at` returns the facts of the ledger in a stretch of a passage's page. What the model
    leaves open may be searched for so many `rounds`: `search_again` returns what is found for it
    beside the pieces that were given.
    """

    question: str
    pieces: tuple[Piece, ...]
    facts_at: FactsAt
    without_model: WithoutModel
    rounds: int = 0
    search_again: SearchAgain | None = None


@dataclass(slots=True)
class _Draft:
    """A sentence on its way into the answer; `fault` is what stands against it so far."""

    id: str
    written: WrittenSentence
    read: ReadSentence
    quoted: tuple[Quoted, ...]
    checked: Checked
    judged: Judged | None = None
    fault: str = ""

    @property
    def holds(self) -> bool:
        """Whether code and verifier let it pass."""
        is_carried = self.judged is not None and self.judged.judgement == "supported"
        return is_carried and not self.checked.fault and not self.fault

    @property
    def is_contradicted(self) -> bool:
        """Whether its own quotes say otherwise."""
        return self.judged is not None and self.judged.judgement == "contradicted"

    def reason(self, fault: str = "") -> str:
        """Return what stands against it, in words; `fault` is why it was not verified."""
        said = self.judged.fault if self.judged and self.judged.judgement != "supported" else ""
        unjudged = f"not verified: {fault}" if fault else _UNJUDGED
        return self.fault or self.checked.reason or said or unjudged

    @property
    def support(self) -> Support:
        """How it stands to its quotes where it holds."""
        follows = self.written.kind == "inference" or self.checked.is_worked_out
        return "inference" if follows else "supported"


def write_answer(offer: Offer, calls: ModelCalls) -> Generator[Sentence, None, Answer]:
    """Yield the sentences of an answer in their order as they are verified; return it whole."""
    written = _WrittenAnswer(offer, calls)
    try:
        yield from written.sentences()
    except ModelStoppedError as error:
        if not written.composition.sentences:
            return written.stood_in(str(error), str(error))
        return written.broken_off(str(error), "What stands here is verified.")
    except LanguageModelError as error:
        if not written.composition.sentences:
            return written.stood_in(str(error), str(error))
        return written.broken_off(str(error), "What stands here was verified before.")
    if written.composition.sentences:
        return written.answer()
    return written.refused() if written.says_no_answer else written.stood_in(written.too_little())


class _WrittenAnswer:
    """The answer so far."""

    def __init__(self, offer: Offer, calls: ModelCalls) -> None:
        self._offer = offer
        self._calls = calls
        self._pieces = offer.pieces
        self._quotes = Quotes(offer.pieces, offer.facts_at)
        self._messages: tuple[Message, ...] = ()
        self._drafts: list[_Draft] = []
        self._shown = 0  # drafts that are decided and shown or set aside
        self._gaps: list[str] = []
        self._searched: list[str] = []  # for what was searched again
        self._reply = ""
        self.composition = _Composition()
        self.says_no_answer = False
        self._is_cut_short = False

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences that hold. Raises LanguageModelError, after those that do by then."""
        try:
            self._write()
            self._go_on()
            yield from self._verified(self._drafts)
            self._set_right([one for one in self._drafts if not one.holds])
        except LanguageModelError as error:
            yield from self._decided(is_end=True, fault=str(error))
            raise
        yield from self._decided(is_end=True)

    def _write(self) -> None:
        """Have the model write, of half the evidence where it has no room for all."""
        pieces = self._offer.pieces
        while True:
            self._messages = writing_messages(self._offer.question, [one.prompt for one in pieces])
            try:
                self._take_down("writing")
            except EvidenceTooLongError:
                if len(pieces) == 1:
                    raise
                pieces = pieces[: len(pieces) // 2]
            else:
                return

    def _go_on(self) -> None:
        """Search for what the model left open and have it go on, within rounds and budget."""
        search_again = self._offer.search_again
        if search_again is None:
            return
        for _ in range(self._offer.rounds):
            if not (self._gaps and self._drafts) or self._is_too_dear():
                return
            with self._calls.searching():
                more = search_again(self._gaps, self._pieces)
            if not (more and self._adds(more)):
                return

    def _adds(self, more: tuple[Piece, ...]) -> bool:
        """Have the model go on over more pieces; tell whether it had room for them."""
        open_, messages, reply = self._gaps, self._messages, self._reply
        self._gaps = []
        self._pieces += more
        self._quotes = Quotes(self._pieces, self._offer.facts_at)
        self._messages = adding_messages(messages, reply, [one.prompt for one in more])
        try:
            self._take_down("adding")
        except EvidenceTooLongError:
            self._gaps, self._messages, self._reply = open_, messages, reply
            return False
        self._searched += open_
        return True

    def _is_too_dear(self) -> bool:
        """Whether the budget has no room for what an answer can do without; that is told."""
        self._is_cut_short |= self._calls.is_over_budget
        return self._is_cut_short

    def _take_down(self, stage: Stage) -> None:
        """Take down what the model writes, each sentence checked by code."""
        for one in written_sentences(self._came(stage)):
            if one.is_refusal:
                self.says_no_answer = not self._drafts
            elif one.kind == "gap" or not one.text:
                self._gaps += filter(None, [one.text])
            else:
                self._drafts.append(self._draft(one, f"s{len(self._drafts) + 1}"))
        if self._gaps and not self._drafts:
            self.says_no_answer = True
        if self.says_no_answer:
            self._drafts = []

    def _came(self, stage: Stage) -> Iterator[str]:
        self._reply = ""
        for piece in self._calls.stream(stage, self._messages):
            self._reply += piece
            yield piece

    def _draft(self, one: WrittenSentence, number: str) -> _Draft:
        read = read_sentence(one.text)
        quoted = tuple(
            dict.fromkeys(q for each in one.quotes for q in self._quotes.find(each.key, each.text))
        )
        pages = {one.evidence.source.id for one in quoted}
        around = tuple(piece.text for piece in self._pieces if piece.source.id in pages)
        told = tuple(
            q.meaning
            for each in self._drafts
            if each.id != number
            for m in each.read.mentions
            for q in m.quantities
        )
        checked = check_sentence(read, quoted, Beside(self._offer.question, around, told))
        return _Draft(number, one, read, quoted, checked)

    def _verified(self, drafts: Sequence[_Draft]) -> Iterator[Sentence]:
        """Have drafts judged, and yield the sentences of the answer that are decided by then."""
        by_id = {one.id: one for one in drafts if one.quoted}
        if not by_id:
            return
        asked = [(one.id, one.written.text, one.quoted) for one in by_id.values()]
        for judged in verify(self._offer.question, asked, self._calls):
            by_id[judged.id].judged = judged
            yield from self._decided()

    def _decided(self, is_end: bool = False, fault: str = "") -> Iterator[Sentence]:
        """Yield the next sentences that hold; one that may yet be set right holds up those after.

        At the end what does not hold is set aside; `fault` says why it came to one too early.
        """
        for one in self._drafts[self._shown :]:
            is_led = self._shown and not self._drafts[self._shown - 1].holds
            if one.holds and is_led and points_back(one.written.text):
                one.fault = _POINTS_BACK
            if one.holds:
                self._shown += 1
                yield self.composition.add(
                    one.written.text, cited_of(one.read, one.quoted), one.support
                )
            elif is_end:
                self._shown += 1
                self.composition.set_apart(
                    one.written.text, one.quoted, one.reason(fault), one.is_contradicted
                )
            else:
                return

    def _set_right(self, failing: Sequence[_Draft]) -> None:
        """Have sentences that do not hold set right, checked and verified again."""
        if not failing or self._is_too_dear():
            return
        mended = self._repaired(failing)
        for _ in self._verified(mended):
            pass
        right = {one.id: one for one in mended if one.holds}
        self._drafts = [right.get(one.id, one) for one in self._drafts]

    def _repaired(self, failing: Sequence[_Draft]) -> list[_Draft]:
        """Return what the writer makes of sentences that do not hold, checked by code."""
        faults = [(one.id, one.written.text, one.reason()) for one in failing]
        messages = repairing_messages(self._messages, self._reply, faults)
        ids = {one.id for one in failing}
        mended: dict[str, _Draft] = {}
        for one in written_sentences(self._calls.stream("repairing", messages)):
            if one.text and one.id in ids and one.kind != "gap" and not one.is_refusal:
                mended.setdefault(one.id, self._draft(one, one.id))
        return list(mended.values())

    def answer(self, *warnings: str) -> Answer:
        """Return the answer that the model's sentences make."""
        composed = self.composition
        short = (_CUT_SHORT,) if self._is_cut_short else ()
        told = (*left_out(composed.written), *self._left_open(), *short, *warnings)
        return self._with_account(
            Answer(
                self._offer.question,
                self._offer.question,
                "answered",
                composed.text,
                composed.sentences,
                composed.citations,
                warnings=(*self._offer.without_model.warnings_of(composed.cited), *told),
                model=self._calls.name,
                evidence=self._evidence,
                confidence=_VERIFIED,
            )
        )

    @property
    def _evidence(self) -> tuple[Evidence, ...]:
        return tuple(item for one in self._pieces for item in one.evidence.values())

    def _left_open(self) -> Iterator[str]:
        """Yield for what was searched again, and what the model says is open in the end."""
        if self._searched:
            yield f"Searched a second time for: {' '.join(map(_as_sentence, self._searched))}"
        yield from (
            f"{self._calls.name} finds left open: {_as_sentence(gap)}" for gap in self._gaps
        )

    def broken_off(self, fault: str, told: str) -> Answer:
        """Return the answer that was verified before something went wrong; the rest set aside."""
        answer = self.answer(f"{_as_sentence(fault)} {told}")
        return replace(answer, written=replace(self.composition.written, fault=fault))

    def refused(self) -> Answer:
        """Return that the sources do not say, as the model found."""
        refusal = f"The language model {self._calls.name} found no answer in the evidence."
        question, evidence = self._offer.question, self._evidence
        return self._with_account(
            Answer(
                question,
                question,
                "not_found",
                nearest_text(evidence),
                evidence=evidence,
                warnings=(refusal, *self._left_open()),
            )
        )

    def stood_in(self, reason: str, fault: str = "") -> Answer:
        """Return the answer without a model, with the reason why it is not the model's."""
        answer = self._offer.without_model.answer()
        is_found = answer.status != "not_found"
        told = _stood_in(reason) if is_found else _as_sentence(reason)
        return self._with_account(replace(answer, warnings=(*answer.warnings, told)), fault)

    def too_little(self) -> str:
        """Say why what the model wrote is no answer."""
        name = self._calls.name
        if not self.composition.written.sentences:
            return f"the language model {name} wrote nothing that could be read as an answer."
        return f"nothing of what {name} wrote is carried by what it quotes."

    def _with_account(self, answer: Answer, fault: str = "") -> Answer:
        written = self.composition.written
        return replace(
            answer,
            set_aside=self.composition.set_aside,
            written=replace(written, fault=fault, calls=self._calls.count),
        )


class _Composition:
    """An answer so far; its citations are numbered in order of first use."""

    def __init__(self) -> None:
        self.sentences: tuple[Sentence, ...] = ()
        self.set_aside: tuple[SetAside, ...] = ()
        self.cited: tuple[Candidate, ...] = ()

    def add(self, text: str, quoted: Sequence[Quoted], support: Support) -> Sentence:
        """Add a sentence, and return it with the numbers of its citations."""
        cited = [one.cited for one in quoted]
        self.cited += tuple(one for one in dict.fromkeys(cited) if one not in self.cited)
        numbers = tuple(dict.fromkeys(self.cited.index(one) + 1 for one in cited))
        sentence = Sentence(text, numbers, support)
        self.sentences += (sentence,)
        return sentence

    def set_apart(
        self, text: str, quoted: Sequence[Quoted], reason: str, is_contradicted: bool
    ) -> None:
        """Set a sentence aside, with what its quotes say."""
        cited = dict.fromkeys(one.cited for one in quoted)
        citations = tuple(make_citation(number, one) for number, one in enumerate(cited, 1))
        support: Support = "contradicted" if is_contradicted else "unverified"
        self.set_aside += (SetAside(text, support, reason, citations),)

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
        counts = [one.support for one in self.set_aside]
        removed = tuple((name, counts.count(name)) for name in _REASONS if name in counts)
        kept = len(self.sentences)
        return Written(kept + len(counts), kept, removed=removed)


def left_out(written: Written) -> Iterator[str]:
    """Yield a warning for the sentences of a model that are not in the answer."""
    counts = dict(written.removed)
    removed = {words: counts[name] for name, words in _REASONS.items() if name in counts}
    if total := sum(removed.values()):
        told = ", ".join(f"{count} {words}" for words, count in removed.items())
        noun = "sentence" if written.sentences == 1 else "sentences"
        stands = "stands" if total == 1 else "stand"
        yield (
            f"Of {written.sentences} {noun} that the model wrote {total} {stands} apart from the "
            f"answer: {told}."
        )


def with_account(answer: Answer, calls: ModelCalls, prices: tuple[float, float]) -> Answer:
    """Return an answer with what the calls of a model took, at prices of a million tokens.

    The first is that of tokens which it reads, the second of those which it writes.
    """
    return replace(
        answer,
        tokens=answer.tokens + calls.tokens,
        cost=answer.cost + calls.tokens.cost(*prices),
        seconds=replace(answer.seconds, model=calls.seconds),
    )


def with_fault(answer: Answer, fault: str) -> Answer:
    """Return an answer without a model with the reason why the model could not be asked."""
    if not fault:
        return answer
    exact = answer.status == "not_found" or answer.table or answer.steps
    told = _as_sentence(fault) if exact else _stood_in(fault)
    return replace(answer, warnings=(*answer.warnings, told), written=Written(fault=fault))


def _stood_in(reason: str) -> str:
    """Return the warning that the answer is not the model's, for a reason."""
    return f"{_as_sentence(reason)} The sources' own words are shown instead."


def _as_sentence(reason: str) -> str:
    """Return a reason as a sentence."""
    return f"{reason[:1].upper()}{reason[1:].rstrip('.')}."
