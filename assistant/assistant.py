"""The assistant as its users hold it: open a home once, then ask, cite, search and read pages."""

import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import replace

from assistant.answer import Answer, CitedClaim, Seconds, Sentence, Turn
from assistant.answer.answer_stream import AnswerProgress, AnswerStream
from assistant.calculating import answer_by_calculation, with_unit_asked
from assistant.citing import Sources, answer_of_claims, cite_claim, claim_of
from assistant.conversation import standalone_question
from assistant.entailment import CrossEncoderEntailment, Entailment, load_entailment
from assistant.extractive import Retrieved, RetrievedPart, answer_extractively, find_answer
from assistant.figures import (
    FactSearch,
    answer_by_look_up,
    may_be_stated,
    stated_instead,
    with_figure_asked,
)
from assistant.language_model import Allowance, LanguageModel, model_of
from assistant.language_model.watched_model import WatchedModel
from assistant.records import AnswerRecords, Kept, Record, record_of
from assistant.replaying import Replay, compare_records
from assistant.sentences import sentence_spans
from assistant.settings import Settings
from assistant.tabulating import answer_by_table, answer_by_table_asked
from assistant.writing import Wording, Writer, with_account, write_answer
from corpus.document import Page, Source
from corpus.language.phrases import EAST_ASIAN
from index.embedding import Embedder, RememberingEmbedder, embedder_name, load_embedder
from index.facts import Conflict, FoundFacts, Ledger, LedgerFact, Meaning, conflicts
from index.matching.model import load_matching_model
from index.passage import Evidence, Filters
from index.ranking.reranking import CrossEncoderReranker, Reranker
from index.retrieval import Retriever
from index.storage.catalog import SourceRecord
from index.storage.store import PassageStore


class Assistant:
    """Answers over one home. Safe to share between threads; models load when first needed.

    Raises IndexingError where the home cannot be opened, StaleIndexError where it was built with
    other settings.
    """

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder | None = None,
        model: LanguageModel | None = None,
    ) -> None:
        self.settings = settings
        self._model = model or (model_of(settings) if settings.model else None)
        self._embedder = RememberingEmbedder(embedder) if embedder else None
        self._reranker: Reranker | None = None
        self._entailment: Entailment | None = None
        self._loading = threading.Lock()
        name = embedder.name if embedder else embedder_name(settings.embedding_model)
        self.store = PassageStore(settings.home, name)
        self.store.check_settings()
        self.ledger = Ledger(self.store.catalog)

    def ask(
        self, question: str, turns: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> Answer:
        """Answer a question, as a follow-up to the turns before it where there are some."""
        return self.stream(question, turns, filters).answer

    def stream(
        self, question: str, turns: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> AnswerStream:
        """Answer as `ask` does; the sentences that a language model writes come one by one."""
        progress = AnswerProgress()
        return AnswerStream(self._answering(question, turns, filters, progress), progress)

    def _answering(
        self,
        question: str,
        turns: Sequence[Turn],
        filters: Filters,
        progress: AnswerProgress,
    ) -> Generator[Sentence, None, Answer]:
        if claim := claim_of(question):
            started = time.perf_counter()
            cited = self.cite(claim, filters)
            return answer_of_claims(question, cited, time.perf_counter() - started)
        allowance = Allowance.of(self.settings.model_seconds, progress.stop)
        model = WatchedModel(self._model, progress) if self._model else None
        wording = Wording(model, allowance)
        standalone = progress.standalone_question = wording.standalone(question, turns)
        started = time.perf_counter()
        ledger = self._fact_search(filters)
        query = ledger.parse(standalone)
        exact = answer_by_table_asked(question, standalone, query, ledger)
        if not exact.text:
            exact = answer_by_calculation(question, query, ledger)
        if exact.text and not may_be_stated(exact, query):
            return with_account(exact, wording)
        looked_up = answer_by_look_up(question, standalone, query, ledger)
        if looked_up.text and model is None:
            took = Seconds(answer=time.perf_counter() - started)
            return with_account(replace(looked_up, seconds=took), wording)
        started = time.perf_counter()
        evidence = self._evidence(question, standalone, filters)
        parts = self._parts(wording.parts(standalone), evidence, filters)
        seconds = time.perf_counter() - started
        retrieved = Retrieved(question, standalone, evidence, seconds, parts)
        found = find_answer(retrieved, self.store, self.settings.threshold)
        extractive = looked_up
        if not looked_up.text:
            wants_figure = any(part.asked.wants_figure for part in found.parts)
            extractive = answer_extractively(found)
            extractive = with_figure_asked(extractive, query, wants_figure, ledger)
            extractive = with_unit_asked(extractive, query, ledger)
        if exact.text and not looked_up.text:
            extractive = stated_instead(extractive, exact, query, ledger)
        if model is None or not evidence or wording.fault:
            return with_account(extractive, wording)
        writer = Writer(model, allowance, self._facts_at, self.embedder())
        written = yield from write_answer(found, extractive, writer)
        return with_account(written, wording)

    def _facts_at(self, item: Evidence, start: int, end: int) -> tuple[LedgerFact, ...]:
        """Return the facts of the ledger whose values stand in a stretch of a passage's page."""
        place = (item.source.id, item.passage.page, start, end)
        return self.ledger.placed(self.ledger.within([place], {item.source.id: item.source}))

    def _fact_search(self, filters: Filters) -> FactSearch:
        """Return what answers about figures are looked up in, under some filters."""
        meaning = Meaning(
            lambda asked, most: self.search(asked, most, filters), load_matching_model
        )
        return FactSearch(self.ledger, self.store.catalog, filters, meaning)

    def _evidence(self, question: str, standalone: str, filters: Filters) -> tuple[Evidence, ...]:
        """Return what is found for a question, of one in another language in its own words, too."""
        found = self.search(standalone, self.settings.passages, filters)
        if EAST_ASIAN.search(question) and not EAST_ASIAN.search(standalone):
            own = self.search(question, self.settings.passages, filters)
            return tuple({item.passage.id: item for item in (*found, *own)}.values())
        return found

    def _parts(
        self, parts: Sequence[str], evidence: Sequence[Evidence], filters: Filters
    ) -> tuple[RetrievedPart, ...]:
        """Return the parts of a question that asks several things, each with its own evidence."""
        if len(parts) == 1:
            return ()
        found = []
        for part in parts:
            own = self.search(part, self.settings.passages, filters)
            merged = {piece.passage.id: piece for piece in (*evidence, *own)}
            found.append(RetrievedPart(part, tuple(merged.values())))
        return tuple(found)

    def tabulate(
        self, question: str, turns: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> Answer:
        """Answer a question by a table, whether or not it asks for one; `table` None if none came.

        `ask` does so of itself where a question asks for a table.
        """
        return self._by_table(question, standalone_question(question, turns), filters)

    def _by_table(self, question: str, standalone: str, filters: Filters) -> Answer:
        search = self._fact_search(filters)
        return answer_by_table(question, standalone, search.parse(standalone), search)

    def describe(
        self,
        answer: Answer,
        turns: Sequence[Turn] = (),
        filters: Filters = Filters(),
        as_table: bool = False,
    ) -> Record:
        """Return the record of an answer that was just given, not yet kept."""
        fingerprint = self.store.catalog.fingerprint()
        return record_of(answer, turns, filters, self.settings, fingerprint, as_table)

    def keep(
        self,
        answer: Answer,
        turns: Sequence[Turn] = (),
        filters: Filters = Filters(),
        as_table: bool = False,
    ) -> Kept:
        """Keep the record of an answer in the home; what stands against that is a warning."""
        record = self.describe(answer, turns, filters, as_table)
        return AnswerRecords(self.settings.home).keep(record)

    def replay(self, record_id: str) -> Replay:
        """Ask a recorded question again and say what changed. Raises RecordError."""
        record = AnswerRecords(self.settings.home).get(record_id)
        ask = self.tabulate if record.as_table else self.ask
        answer = ask(str(record.answer["question"]), record.turns, record.filters)
        now = self.describe(answer, record.turns, record.filters, record.as_table)
        return compare_records(record, now)

    def cite(self, text: str, filters: Filters = Filters()) -> tuple[CitedClaim, ...]:
        """Find the sources of a claim; a text of several sentences gives one claim each."""
        claims = [text[start:end] for start, end in sentence_spans(text)]
        sources = Sources(
            FactSearch(self.ledger, self.store.catalog, filters),
            self.store,
            self.embedder(),
            self.entailment(),
        )
        return tuple(
            cite_claim(claim, self.search(claim, self.settings.passages, filters), sources)
            for claim in claims
        )

    def search(
        self, question: str, limit: int = 10, filters: Filters = Filters()
    ) -> tuple[Evidence, ...]:
        """Return the evidence for a question, best first."""
        return self._retriever().retrieve(question, limit, filters)

    def facts(self, words: str, limit: int = 20, filters: Filters = Filters()) -> FoundFacts:
        """Return the facts of the ledger that fit the words of a look-up, best first."""
        search = self._fact_search(filters)
        return search.find(search.parse(words), limit)

    def conflicts(self, filters: Filters = Filters()) -> tuple[Conflict, ...]:
        """Return where sources contradict each other."""
        return conflicts(self.ledger, filters)

    def sources(self) -> tuple[SourceRecord, ...]:
        """Return all sources with their state."""
        return self.store.catalog.sources()

    def source(self, source_id: str) -> Source:
        """Return one source. Raises UnknownSourceError."""
        return self.store.catalog.source(source_id).source

    def page(self, source_id: str, number: int) -> Page:
        """Return one page of a source. Raises UnknownSourceError."""
        return self.store.catalog.page(source_id, number)

    def embedder(self) -> Embedder:
        """Return the embedding model, loaded at the first call."""
        with self._loading:
            if self._embedder is None:
                embedder = load_embedder(self.settings.embedding_model)
                self._embedder = RememberingEmbedder(embedder)
            return self._embedder

    def entailment(self) -> Entailment:
        """Return the entailment model that the settings name, else the shipped one, loaded once."""
        with self._loading:
            if self._entailment is None:
                named = self.settings.entailment
                self._entailment = CrossEncoderEntailment(named) if named else load_entailment()
            return self._entailment

    def _retriever(self) -> Retriever:
        embedder = self.embedder()
        with self._loading:
            if self.settings.reranker and self._reranker is None:
                self._reranker = CrossEncoderReranker(self.settings.reranker)
        return Retriever(self.store, embedder, reranker=self._reranker)

    def close(self) -> None:
        """Close the home."""
        self.store.close()
