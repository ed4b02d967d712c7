"""How an answer comes about without a language model: from the ledger, else in words of passages.

A question is put to tables, calculations and look-ups in the ledger first; what none of them
answers is looked for in the passages, part by part.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import zip_longest

from assistant.answer import Answer, Citation, Seconds, Status, Turn
from assistant.calculating import (
    Statement,
    answer_by_calculation,
    make_of_told,
    may_be_made,
    statements_of_times,
    with_made,
    with_unit_asked,
)
from assistant.conversation import standalone_question
from assistant.conversation.splitting import asked_parts
from assistant.extractive import (
    Candidate,
    Choice,
    Found,
    Ranked,
    Retrieved,
    RetrievedPart,
    answer_extractively,
    asks_reason,
    find_answer,
    warnings_of_cited,
)
from assistant.figures import (
    FactSearch,
    answer_by_look_up,
    may_be_stated,
    stated_instead,
    with_figure_asked,
)
from assistant.observing import step
from assistant.tabulating import answer_by_table_asked
from corpus.facts import Query
from corpus.language.phrases import EAST_ASIAN
from index.passage import Evidence, Filters
from index.query import points_of, translated
from index.question import analyze
from index.storage.store import PassageStore

_SERIES = 3  # times, from which statements are looked for by time
_OFFERED = 24  # statements that a small model chooses among

Search = Callable[[str], tuple[Evidence, ...]]


@dataclass(frozen=True)
class Request:
    """A question with the turns before it and the reader's filters."""

    question: str
    turns: tuple[Turn, ...] = ()
    filters: Filters = field(default=Filters())

    @cached_property
    def standalone(self) -> str:
        """The question in English with what it leaves to earlier turns filled in, by rules."""
        turns = [
            replace(one, content=translated(one.content)) if one.role == "user" else one
            for one in self.turns
        ]
        return standalone_question(translated(self.question), turns)

    @property
    def needs_understanding(self) -> bool:
        """Whether more than its own words must be known to look it up."""
        return bool(self.turns) or translated(self.question) != self.question


@dataclass(frozen=True, slots=True)
class LedgerAnswer:
    """What the ledger says to a question: worked out or tabulated, and looked up.

    An answer has no text where there is none of its kind; `exact` may be a refusal with its reason.
    """

    query: Query
    search: FactSearch
    exact: Answer
    looked_up: Answer

    @property
    def best(self) -> Answer:
        """The answer that stands where the ledger settles the question."""
        return self.exact if self.is_exact else self.looked_up

    @property
    def is_exact(self) -> bool:
        """Whether it is worked out or tabulated, or known why it cannot be."""
        return bool(self.exact.text) and not may_be_stated(self.exact, self.query)

    @property
    def is_settled(self) -> bool:
        """Whether nothing need be looked for in passages."""
        return self.is_exact or bool(self.looked_up.text)

    @property
    def may_be_told(self) -> bool:
        """Whether a result is asked for that statements may have the figures of."""
        is_open = self.exact.status == "not_found"
        return is_open and may_be_made(self.query, is_looked_up=bool(self.looked_up.text))

    @property
    def is_sure(self) -> bool:
        """Whether nothing need be asked of a language model.

        What is worked out or tabulated of a question whose words are all read is right nine times
        of ten; a look-up four times of five, which a model that reads its rows does better.
        """
        is_found = self.is_exact and self.exact.status != "not_found"
        return is_found and not (self.query.rest or self.query.wanted.rest)

    def with_seconds(self, seconds: float) -> "LedgerAnswer":
        """Return it with how long it took to look up."""
        took = Seconds(answer=seconds)
        looked_up = replace(self.looked_up, seconds=took) if self.looked_up.text else self.looked_up
        return replace(self, looked_up=looked_up)

    def with_status(self, answer: Answer) -> Answer:
        """Return an answer in other words with the status that the ledger gives what it cites.

        Sources that disagree about a figure do so whoever tells it, where both are told.
        """
        status: Status = self.looked_up.status
        told = sum(_is_cited(one, answer.citations) for one in self.looked_up.citations)
        fewest = {"conflicting": 2, "not_disclosed": 1}.get(status, 0)
        if answer.status != "answered" or not fewest or told < fewest:
            return answer
        return replace(answer, status=status)


def answer_from_ledger(request: Request, standalone: str, search: FactSearch) -> LedgerAnswer:
    """Return what the ledger says to a question as it stands by itself.

    No figure says why something is so, and of what is known of it they need not be all.
    """
    query = search.parse(standalone)
    nothing = Answer(request.question, standalone, "not_found", "")
    question = analyze(standalone)
    if asks_reason(question):
        return LedgerAnswer(query, search, nothing, nothing)
    exact = answer_by_table_asked(request.question, standalone, query, search)
    if not exact.text:
        exact = answer_by_calculation(request.question, query, search)
    if question.wants_overview and exact.status == "not_found":
        exact = nothing
    looked_up = nothing
    if not exact.text or may_be_stated(exact, query):
        looked_up = answer_by_look_up(request.question, standalone, query, search)
    return LedgerAnswer(query, search, exact, looked_up)


class WordAnswer:
    """What the passages say to a question in their own words, found when first asked for."""

    def __init__(
        self,
        request: Request,
        standalone: str,
        ledger: LedgerAnswer,
        search: Search,
        store: PassageStore,
        threshold: float,
    ) -> None:
        self._request = request
        self.standalone = standalone
        self._ledger = ledger
        self._search = search
        self._store = store
        self._threshold = threshold

    @cached_property
    def _found(self) -> Found:
        """What answers the question, each of the things that it asks by itself."""
        parts = tuple(self._parts())
        return self._find(parts) if parts else self._whole

    @cached_property
    def _whole(self) -> Found:
        """What answers the question as one."""
        return self._find(())

    def _find(self, parts: tuple[RetrievedPart, ...]) -> Found:
        started = time.perf_counter()
        evidence = self._evidence
        seconds = time.perf_counter() - started
        retrieved = Retrieved(self._request.question, self.standalone, evidence, seconds, parts)
        with step("choose statements") as span:
            found = find_answer(retrieved, self._store, self._threshold)
            span.set_attribute("probable", max(part.probable for part in found.parts))
        return found

    @cached_property
    def _evidence(self) -> tuple[Evidence, ...]:
        """What is found for the question, for one in another language in its own words, too."""
        question = self._request.question
        found = self._search(self.standalone)
        if EAST_ASIAN.search(question) and not EAST_ASIAN.search(self.standalone):
            own = self._search(question)
            return tuple({item.passage.id: item for item in (*found, *own)}.values())
        return found

    def _parts(self) -> Iterator[RetrievedPart]:
        """Yield the parts of a question that asks several things, each with its own evidence."""
        parts = asked_parts(self.standalone)
        for part in parts if len(parts) > 1 else ():
            merged = {piece.passage.id: piece for piece in (*self._evidence, *self._search(part))}
            yield RetrievedPart(part, tuple(merged.values()))

    def answer(self) -> Answer:
        """Return the ledger's answer where it has one, else the words of passages."""
        ledger = self._ledger
        if ledger.may_be_told and (made := self._made_of_told()):
            return made
        if not ledger.is_settled and (series := self._told_of_times()):
            return series
        return ledger.best if ledger.is_settled else self._held_to_figures(self._found)

    @property
    def _is_told(self) -> bool:
        """Whether a statement is likely enough to answer."""
        return bool(self._whole.parts[0].choice.candidates)

    @property
    def _statements(self) -> list[Statement]:
        told = (one.candidate for one in _likeliest(self._whole))
        return [Statement(one.place, one.quote) for one in told]

    def _made_of_told(self) -> Answer | None:
        """Return the statements that answer with what their figures make, None of nothing."""
        if not self._is_told:
            return None
        made = make_of_told(self._ledger.query, self._statements, self._ledger.search)
        return with_made(_chosen(self._whole, made.statements), made) if made else None

    def _told_of_times(self) -> Answer | None:
        """Return the statements that tell one thing at each of several times asked for."""
        if len(points_of(self._ledger.query.periods)) < _SERIES or not self._is_told:
            return None
        told = statements_of_times(self._ledger.query, self._statements, self._ledger.search)
        return _chosen(self._whole, told) if told else None

    def _held_to_figures(self, found: Found) -> Answer:
        """Return the answer of what was found, not found where it lacks a figure asked for."""
        ledger = self._ledger
        wants_figure = any(part.asked.wants_figure for part in found.parts)
        answer = answer_extractively(found)
        answer = with_figure_asked(answer, ledger.query, wants_figure, ledger.search)
        answer = with_unit_asked(answer, ledger.query, ledger.search)
        if ledger.exact.text:
            answer = stated_instead(answer, ledger.exact, ledger.query, ledger.search)
        return answer

    def statements(self) -> tuple[str, ...]:
        """Return the statements of the passages that may answer, the likeliest first."""
        return tuple(one.candidate.text for one in _likeliest(self._found))

    def chosen(self, places: Sequence[int]) -> Answer:
        """Return the answer that some of the statements make; not found where there are none."""
        return _chosen(self._found, places)

    def warnings_of(self, cited: Sequence[Candidate]) -> tuple[str, ...]:
        """Return what a reader must know of cited candidates, in order of their numbers."""
        return tuple(warnings_of_cited(cited, self._ledger.query.latest))


def _likeliest(found: Found) -> tuple[Ranked, ...]:
    rankings = (part.ranking.candidates for part in found.parts)
    in_turns = (one for those in zip_longest(*rankings) for one in those if one is not None)
    return tuple({one.candidate.text: one for one in in_turns}.values())[:_OFFERED]


def _chosen(found: Found, places: Sequence[int]) -> Answer:
    likeliest = _likeliest(found)
    choice = Choice(tuple(likeliest[place] for place in places))
    first = found.parts[0]
    return answer_extractively(replace(found, parts=(replace(first, choice=choice),)))


def _is_cited(citation: Citation, cited: Sequence[Citation]) -> bool:
    return any(
        (one.source.id, one.page) == (citation.source.id, citation.page)
        and one.start < citation.end
        and citation.start < one.end
        for one in cited
    )
