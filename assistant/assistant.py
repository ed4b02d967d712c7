"""The assistant as its users hold it: open a home once, then ask, cite, search and read pages."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO

from assistant.answer import Answer, CitedClaim, Sentence, Turn, join_answers
from assistant.answer.answer_stream import AnswerProgress, AnswerStream
from assistant.answer_making import LedgerAnswer, Request, WordAnswer, answer_from_ledger
from assistant.citing import Sources, Stated, answer_of_claims, cite_claims, claim_of
from assistant.cluster.vector_servers import vector_servers
from assistant.conversation import standalone_question
from assistant.conversation.splitting import asked_in_turn
from assistant.currency import WebSources
from assistant.desk import (
    Conversations,
    OpenConversation,
    Ratings,
    RecordedAnswer,
    RecordReader,
)
from assistant.desk.collections import Collections
from assistant.desk.filter_words import bad_date, shut_out, why_none
from assistant.desk.grid import Grid, GridCell, fill
from assistant.desk.shelf import FoundSource, found
from assistant.drafts import (
    CheckedSentence,
    CheckJournal,
    Draft,
    DraftSentence,
    Reader,
    check_by_model,
    check_by_rules,
    check_processes,
)
from assistant.entailment import Entailment
from assistant.errors import AnswerError, ForbiddenError, NoSourceError, RadarError, RecordError
from assistant.evaluation.running.description import program_digest
from assistant.evaluation.running.runs import SHIPPED_CASES, EvaluationRuns
from assistant.exporting import export_records
from assistant.figures import FactSearch
from assistant.language_model import (
    MODEL_FOLDER,
    Allowance,
    EndpointModel,
    LanguageModel,
    model_of,
    verifier_of,
)
from assistant.loaded_models import LoadedModels
from assistant.observing import send_traces, step, step_by_step
from assistant.people import HOLDER, Deed, Person, require_editor, write_down
from assistant.proof import prove_answer, prove_draft
from assistant.radar import (
    Change,
    Doors,
    HeldLibrary,
    KeptKind,
    Radar,
    Subscription,
    grounds_of_answer,
    grounds_of_draft,
    grounds_of_facts,
)
from assistant.records import KEPT_RECORDS, AnswerRecords, Kept, Record, record_of
from assistant.replaying import Replay, compare_records
from assistant.sentences import sentence_spans
from assistant.settings import Settings
from assistant.source_list import list_sources
from assistant.tabulating import answer_by_table
from assistant.views import (
    EditionComparison,
    FoundFigures,
    Timeline,
    compare_editions,
    figures_of,
    statements_of,
)
from assistant.writing import (
    Abilities,
    CallLimits,
    ModelCalls,
    Offer,
    Piece,
    Understood,
    choose_statements,
    fused,
    known_abilities,
    select_evidence,
    understand,
    with_account,
    with_fault,
    write_answer,
)
from assistant.writing.quoting import Quotes
from corpus.document import Page, Source
from corpus.errors import CorpusError
from corpus.page_image import render_marked, render_page
from index.cluster.cluster_reading import ClusterReading
from index.embedding import Embedder, embedder_name, load_embedder
from index.errors import IndexingError, UnknownSourceError
from index.facts import (
    Conflict,
    FoundFacts,
    Ledger,
    LedgerFact,
    Meaning,
    conflicts,
    conflicts_about,
    dated_facts,
    dated_within,
)
from index.ingestion.reading_ahead import Reading, read_ahead
from index.ingestion.sync import Progress, SyncReport, add_paths
from index.ingestion.uploads import add_upload, remove_with_upload
from index.matching.model import load_matching_model
from index.passage import Evidence, Filters
from index.retrieval import Retriever
from index.storage.catalog import SourceRecord
from index.storage.store import PassageStore


class Assistant:
    """Answers over one home. Safe to share between threads; models load when first needed.

    What a desk keeps in the home is reached by `records`, `conversations`, `ratings`, `collections`
    and `radar`, as far as the `person` who holds it sees it; what is taken from the web by `web`;
    the evaluation that is under way by `runs`.
    Raises IndexingError where the home cannot be opened, StaleIndexError where it was built with
    other settings.
    """

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder | None = None,
        model: LanguageModel | None = None,
        verifier: LanguageModel | None = None,
    ) -> None:
        self.settings = settings
        self._model = model or (model_of(settings) if settings.model else None)
        self._verifier = verifier or (verifier_of(settings) if settings.verifier else None)
        self._models = LoadedModels(settings, embedder)
        name = embedder.name if embedder else embedder_name(settings.embedding_model)
        self.store = PassageStore(settings.home, name, vector_servers(settings))
        self.store.check_settings()
        if settings.traces:
            send_traces(settings.traces)
        self.ledger = Ledger(self.store.catalog)
        self.runs = EvaluationRuns(self)
        self._give_to(HOLDER)

    def of(self, person: Person) -> "Assistant":
        """Return this assistant as a person holds it: what he sees and may, over the same models.

        It is never closed: that is done to the one it comes from.
        """
        held = copy(self)
        held._give_to(person)
        return held

    def _give_to(self, person: Person) -> None:
        home = self.settings.home
        self.person = person
        self.conversations = Conversations(home, person)
        self.ratings = Ratings(home, person)
        self.collections = Collections(home, person)
        self.records = AnswerRecords(home, person, self.conversations.shows)
        self.web = WebSources(self.settings, person, self._store_to_write, self.embedder)
        self.radar = Radar(home, self.store.catalog, person)

    def ask(
        self, question: str, turns: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> Answer:
        """Answer a question, as a follow-up to the turns before it where there are some.

        Raises NoSourceError, as all that takes filters does, where these admit no source.
        """
        return self.stream(question, turns, filters).answer

    def stream(
        self, question: str, turns: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> AnswerStream:
        """Answer as `ask` does; the sentences that a language model writes come one by one."""
        return self._stream(question, turns, filters)

    def _stream(
        self, question: str, turns: Sequence[Turn], filters: Filters, tells_filter: bool = True
    ) -> AnswerStream:
        progress = AnswerProgress()
        making = self._answering(question, turns, filters, progress, tells_filter)
        return AnswerStream(step_by_step("answer", making, _outcome_of), progress)

    def _answering(
        self,
        question: str,
        turns: Sequence[Turn],
        filters: Filters,
        progress: AnswerProgress,
        tells_filter: bool,
    ) -> Generator[Sentence, None, Answer]:
        """Answer a question; a refusal says which filter is to blame where it `tells_filter`."""
        self.check_filters(filters)
        if claim := claim_of(question):
            started = time.perf_counter()
            cited = self.cite(claim, filters)
            return answer_of_claims(question, cited, time.perf_counter() - started)
        request = Request(question, tuple(turns), filters)
        if self._model is None:
            standalone = progress.standalone_question = request.standalone
            answer = self._without_model(request, standalone)
            return self._with_shut_out(answer, request) if tells_filter else answer
        calls = self._calls(progress)
        answer = yield from self._by_model(request, progress, calls)
        prices = (self.settings.prompt_price, self.settings.completion_price)
        answer = with_account(answer, calls, prices)
        return self._with_shut_out(answer, request) if tells_filter else answer

    def check_filters(self, filters: Filters) -> None:
        """Raise NoSourceError where filters admit no source; it names what is near."""
        if why := bad_date(filters):
            raise NoSourceError(why)
        if not self.store.catalog.searchable(filters):
            indexed = [one.source for one in self.sources() if one.state == "indexed"]
            raise NoSourceError(why_none(filters, indexed))

    def _with_shut_out(self, answer: Answer, request: Request) -> Answer:
        """Add to a refusal which filter shuts out a source that answers by itself."""
        if answer.status != "not_found" or request.filters == Filters():
            return answer
        standalone = answer.standalone_question or request.standalone
        free = replace(request, filters=Filters())
        found = self._words(free, standalone, self._from_ledger(free, standalone)).answer()
        warning = shut_out(request.filters, found.citations)
        return replace(answer, warnings=(*answer.warnings, *filter(None, (warning,))))

    def warm_up(self) -> None:
        """Load what answers are made with, so that no first question waits for it.

        No language model is asked. Raises what keeps anything from being loaded.
        """
        request = Request("What are rare earths used for?")
        follow_up = Request("And in 2024?", (Turn("user", request.question),))
        of_figures = Request("Which countries have the largest reserves?")
        for one in (request, follow_up, of_figures):
            self._without_model(one, one.standalone)

    def _without_model(self, request: Request, standalone: str) -> Answer:
        """Answer from the ledger and in words of passages, each of several questions by itself."""
        ledger = self._from_ledger(request, standalone)
        questions = asked_in_turn(standalone)
        whole = self._words(request, standalone, ledger)
        if len(questions) == 1:
            return whole.answer()
        parts = [(one, self._from_ledger(request, one)) for one in questions]
        settled = [found.is_settled for _, found in parts]
        if not any(settled) or (ledger.is_exact and not all(settled)):
            return whole.answer()
        answers = [self._words(request, one, found).answer() for one, found in parts]
        return join_answers(request.question, standalone, answers)

    def _calls(self, progress: AnswerProgress) -> ModelCalls:
        """Return what asks the models that are set, within the time for one answer."""
        model = self._model
        assert model is not None, "only where a model is set"
        if isinstance(model, EndpointModel):
            model.load()
        limits = CallLimits(self.settings.model_tokens, self._abilities.needs_form)
        allowance = Allowance.of(self.settings.model_seconds, progress.stop)
        return ModelCalls(model, self._verifier or model, allowance, progress, limits)

    def _from_ledger(self, request: Request, standalone: str) -> LedgerAnswer:
        started = time.perf_counter()
        with step("look up") as span:
            found = answer_from_ledger(request, standalone, self._fact_search(request.filters))
            span.set_attribute("settled", found.is_settled)
        return found.with_seconds(time.perf_counter() - started)

    def _words(self, request: Request, standalone: str, ledger: LedgerAnswer) -> WordAnswer:
        def search(asked: str) -> tuple[Evidence, ...]:
            return self.search(asked, self.settings.passages, request.filters)

        threshold = self.settings.threshold
        return WordAnswer(request, standalone, ledger, search, self.store, threshold)

    def _by_model(
        self, request: Request, progress: AnswerProgress, calls: ModelCalls
    ) -> Generator[Sentence, None, Answer]:
        """Answer from the ledger where it is sure, else by what a model writes over the evidence.

        What stands in another language, or leans on earlier turns, the model understands first.
        """
        understood = Understood(request.standalone)
        if request.needs_understanding and self._abilities.writes:
            understood = self._understood(request, calls)
        progress.standalone_question = understood.standalone
        ledger = self._from_ledger(request, understood.standalone)
        if ledger.is_sure:
            return ledger.best
        if self._abilities.writes and not (calls.count or calls.fault):
            understood = self._understood(request, calls)
            progress.standalone_question = understood.standalone
        words = self._words(request, understood.standalone, ledger)
        if not (calls.fault or self._abilities.writes):
            return self._chosen(words, calls)
        wanted = dict.fromkeys((understood.standalone, request.standalone, *understood.queries))
        filters = request.filters
        found = self._found_for(list(wanted), filters)
        if calls.fault or not found:
            return with_fault(words.answer(), calls.fault)
        queries = list(understood.queries)
        offer = self._offer(understood, found, words, filters, queries)
        written = yield from write_answer(offer, calls)
        if self.settings.strict:
            written = replace(written, set_aside=())
        written = replace(written, question=request.question, queries=tuple(queries))
        return ledger.with_status(written)

    def _offer(
        self,
        understood: Understood,
        found: Sequence[Evidence],
        words: WordAnswer,
        filters: Filters,
        queries: list[str],
    ) -> Offer:
        """Return what a model writes from; a broad question may be searched for again.

        What is then searched for is put with the queries.
        """
        question, settings = understood.standalone, self.settings

        def select(those: Sequence[Evidence], given: Sequence[Piece] = ()) -> tuple[Piece, ...]:
            tokens = settings.evidence_tokens // (2 if given else 1)
            return select_evidence(question, those, self.ledger, tokens, given)

        def search_again(open_: Sequence[str], given: Sequence[Piece]) -> tuple[Piece, ...]:
            queries.extend(open_)
            return select(self._found_for(open_, filters), given)

        rounds = settings.search_rounds - 1 if understood.is_broad else 0
        return Offer(question, select(found), self._facts_at, words, rounds, search_again)

    def _chosen(self, words: WordAnswer, calls: ModelCalls) -> Answer:
        """Return the statements that a model which cannot quote points at, in their own words."""
        places = choose_statements(words.standalone, words.statements(), calls)
        return with_fault(words.answer() if calls.fault else words.chosen(places), calls.fault)

    @property
    def _abilities(self) -> Abilities:
        folder = self.settings.home / MODEL_FOLDER
        return known_abilities(
            folder, self.settings.model, self.settings.model_address, self.settings.verifier
        )

    def _understood(self, request: Request, calls: ModelCalls) -> Understood:
        today = datetime.now(UTC).date().isoformat()
        return understand(request.question, request.turns, request.standalone, today, calls)

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

    def fill_grid(self, grid: Grid) -> Iterator[GridCell]:
        """Yield the cells of a grid that are not filled yet, each as soon as it is answered.

        A cell that fails by an error of ours says why. That a source does not answer is told by
        its cell: nothing is asked of the others then.
        """

        def ask(question: str, filters: Filters) -> Answer:
            return self._stream(question, (), filters, tells_filter=False).answer

        return fill(grid, ask, (AnswerError, CorpusError, IndexingError))

    def tabulate(
        self, question: str, turns: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> Answer:
        """Answer a question by a table, whether or not it asks for one; `table` None if none came.

        `ask` does so of itself where a question asks for a table.
        """
        self.check_filters(filters)
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
        kept = self.records.keep(self.describe(answer, turns, filters, as_table))
        if kept.id and self.person.id:
            write_down(self.settings.home, self.person, "asked", "record", kept.id)
        return self._subscribed(kept, answer) if kept.id else kept

    def _subscribed(self, kept: Kept, answer: Answer) -> Kept:
        """Subscribe to an answer that was kept; what stands against that is a warning."""
        try:
            self.radar.subscribe(self._subscription(kept.id, answer))
        except RadarError as error:
            return replace(kept, warning=kept.warning or str(error))
        return kept

    def _subscription(self, record_id: str, answer: Answer) -> Subscription:
        asked = answer.standalone_question or answer.question
        grounds = grounds_of_answer(answer, self.ledger, self.ledger.parse)
        is_open = answer.status == "not_found"
        open_ = (asked,) if is_open else ()
        return Subscription("answer", record_id, answer.question, asked, grounds, open_)

    def keep_table(self, words: str, facts: Sequence[LedgerFact], kind: KeptKind = "table") -> None:
        """Subscribe to a table or chart of facts that is taken away. Raises RadarError."""
        grounds = grounds_of_facts(facts, self.ledger)
        self.radar.subscribe(Subscription(kind, words, words, grounds=grounds))

    def look(self, now: datetime | None = None) -> tuple[Change, ...]:
        """Hold what is kept against the sources as they are now; return what is not seen yet.

        `now` is the moment, that of the clock where none is given. At the first look answers that
        were kept before are taken up. Raises RadarError.
        """
        if not self.radar.looked_at:
            self._take_up_answers()
        self.radar.look(HeldLibrary(self.ledger, self._doors()), now or datetime.now(UTC))
        return self.radar.changes()

    def _take_up_answers(self) -> None:
        known = {one.ref for one in self.radar.subscriptions() if one.kind == "answer"}
        for head in reversed(self.records.latest(KEPT_RECORDS)):
            if head.id not in known:
                with suppress(RecordError):  # it is damaged, or was dropped meanwhile
                    self.radar.subscribe(self._subscription(head.id, self.recorded(head.id).answer))

    def _doors(self) -> Doors:
        """Return what a look asks of this assistant, within some sources and without a model."""

        def answer(question: str, source_ids: tuple[str, ...]) -> Answer:
            request = Request(question, (), Filters(source_ids=source_ids))
            return self._without_model(request, request.standalone)

        def cite(claim: str, source_ids: tuple[str, ...]) -> CitedClaim:
            return self.cite(claim, Filters(source_ids=source_ids))[0]

        return Doors(self.ledger.parse, self.search, answer, cite)

    def prove(self, record: Record) -> bytes:
        """Return the proof bundle of a recorded answer. Raises ProofError."""
        return prove_answer(record, self.store.catalog)

    def replay(self, record_id: str) -> Replay:
        """Ask a recorded question again and say what changed. Raises RecordError."""
        record = self.records.get(record_id)
        ask = self.tabulate if record.as_table else self.ask
        answer = ask(str(record.answer["question"]), record.turns, record.filters)
        now = self.describe(answer, record.turns, record.filters, record.as_table)
        return compare_records(record, now)

    def recorded(self, record_id: str) -> RecordedAnswer:
        """Return a recorded answer as it was given. Raises RecordError."""
        return self._record_reader().answer(record_id)

    def export(self, record_ids: Sequence[str], form: str) -> bytes:
        """Return recorded answers as a file to take away. Raises RecordError."""
        return export_records([self.records.get(one) for one in record_ids], form)

    def conversation(self, conversation_id: str) -> OpenConversation:
        """Return a kept conversation with its answers. Raises DeskError."""
        kept = self.conversations.get(conversation_id)
        return self._record_reader().conversation(kept)

    def _record_reader(self) -> RecordReader:
        return RecordReader(self.records, self.store.catalog)

    def cite(self, text: str, filters: Filters = Filters()) -> tuple[CitedClaim, ...]:
        """Find the sources of a claim; a text of several sentences gives one claim each."""
        self.check_filters(filters)
        claims = [Stated(text[start:end]) for start, end in sentence_spans(text)]
        return tuple(self._citing(filters)(claims))

    def _citing(self, filters: Filters) -> Callable[[Sequence[Stated]], Iterable[CitedClaim]]:
        """Return what finds the sources of claims without a model."""
        search = FactSearch(self.ledger, self.store.catalog, filters)
        sources = Sources(search, self.store, self.embedder(), self.entailment())

        def cite(claims: Sequence[Stated]) -> tuple[CitedClaim, ...]:
            with step("judge claims") as span:
                span.set_attribute("claims", len(claims))
                find = partial(self._found_each, filters=filters)
                return tuple(cite_claims(claims, find, sources))

        return cite

    def check(self, draft: Draft, filters: Filters = Filters()) -> Iterator[CheckedSentence]:
        """Yield the sentences of a draft, checked, in their order, as soon as some of them are.

        What was checked before, over the same sources and by the same model, is not checked again,
        and has what was decided on it. Raises LanguageModelError where a model that is set cannot
        be asked; what is checked by then is kept.
        """
        self.check_filters(filters)
        journal = self.journal(draft, filters)
        known = journal.read()
        todo = [one for one in draft.sentences if one.id not in known]
        fresh = (
            self._by_verifier(draft, todo, filters)
            if self._checks_by_model
            else self._by_rules(todo, filters)
        )
        for one in draft.sentences:
            if one.id in known:
                yield known[one.id]
                continue
            checked = next(fresh)
            journal.keep(checked)
            yield checked
        self._subscribe_to_draft(draft, journal)

    def check_sentences(
        self, sentences: Sequence[DraftSentence], filters: Filters = Filters()
    ) -> Iterator[CheckedSentence]:
        """Yield sentences of a draft, checked by rules in this process; nothing is kept."""
        return check_by_rules(sentences, self._citing(filters))

    def _by_rules(
        self, todo: Sequence[DraftSentence], filters: Filters
    ) -> Iterator[CheckedSentence]:
        count = 0 if self._models.are_given else len(todo)
        with check_processes(self.settings, filters, count) as apart:
            yield from check_by_rules(todo, self._citing(filters), apart)

    def _subscribe_to_draft(self, draft: Draft, journal: CheckJournal) -> None:
        """Subscribe to a draft that is checked whole, in place of what it was before."""
        checked = tuple(journal.read().values())
        open_ = (one.meant or one.sentence.stated for one in checked if one.verdict == "not_found")
        grounds = grounds_of_draft(checked, self.ledger, self.ledger.parse)
        title = draft.title or draft.name
        self.radar.subscribe(
            Subscription("draft", draft.name, title, grounds=grounds, open=tuple(open_))
        )

    def journal(self, draft: Draft, filters: Filters = Filters()) -> CheckJournal:
        """Return what of a draft is checked and decided, over these sources and by this model."""
        settings = self.settings
        names = (settings.model, settings.verifier) if self._checks_by_model else ()
        about = (program_digest(), *names, repr(filters), self.store.catalog.fingerprint())
        return CheckJournal(settings.home, draft, about, self.person.id)

    def prove_check(
        self, draft: Draft, checked: Sequence[CheckedSentence], filters: Filters = Filters()
    ) -> bytes:
        """Return the proof bundle of a draft that was just checked. Raises ProofError."""
        return prove_draft(draft, checked, self.settings, filters, self.store.catalog)

    @property
    def _checks_by_model(self) -> bool:
        return self._model is not None and self._abilities.writes

    def _by_verifier(
        self, draft: Draft, todo: Sequence[DraftSentence], filters: Filters
    ) -> Iterator[CheckedSentence]:
        def select(claims: str, queries: Sequence[str]) -> tuple[Piece, ...]:
            found = self._found_for(queries, filters)
            return select_evidence(claims, found, self.ledger, self.settings.evidence_tokens)

        reader = Reader(select, lambda pieces: Quotes(pieces, self._facts_at))
        return check_by_model(draft, todo, reader, lambda: self._calls(AnswerProgress()))

    def search(
        self, question: str, limit: int = 10, filters: Filters = Filters()
    ) -> tuple[Evidence, ...]:
        """Return the evidence for a question, best first."""
        self.check_filters(filters)
        with step("retrieve") as span:
            found = self._retriever().retrieve(question, limit, filters)
            span.set_attribute("passages", len(found))
        return found

    def _found_for(self, queries: Sequence[str], filters: Filters) -> tuple[Evidence, ...]:
        """Return the evidence for several queries as one ranking."""
        return fused(self._found_each(queries, filters))

    def _found_each(
        self, queries: Sequence[str], filters: Filters
    ) -> Sequence[tuple[Evidence, ...]]:
        with step("retrieve") as span:
            found = self._retriever().retrieve_each(queries, self.settings.passages, filters)
            span.set_attributes({"queries": len(queries), "passages": sum(map(len, found))})
        return found

    def facts(self, words: str, limit: int = 20, filters: Filters = Filters()) -> FoundFacts:
        """Return the facts of the ledger that fit the words of a look-up, best first."""
        self.check_filters(filters)
        search = self._fact_search(filters)
        return search.find(search.parse(words), limit)

    def figures(self, words: str, limit: int = 500, filters: Filters = Filters()) -> FoundFigures:
        """Look words up as `facts` does, and return the facts ready to be put side by side.

        What another source contradicts is marked; where nothing fits, they are what may be meant.
        """
        found = self.facts(words, limit, filters)
        facts = found.facts or found.may_mean
        disputed = conflicts_about(self.ledger, {one.fact.measure for one in facts}, filters)
        return FoundFigures(found, figures_of(facts, disputed))

    def timeline(self, words: str, filters: Filters = Filters()) -> Timeline:
        """Return the dated statements about a topic in order, each with its sentence and place.

        Where no dated fact has the words, those in the passages nearest to them are returned, of
        the names and times that are asked for.
        """
        query = self._fact_search(filters).parse(words)
        if facts := dated_facts(self.ledger, query, filters):
            return Timeline(statements_of(facts))
        passages = [one.passage for one in self.search(words, self.settings.passages, filters)]
        places = [(one.source_id, one.page, one.start, one.end) for one in passages]
        near = dated_within(self.ledger, query, places, filters)
        return Timeline(statements_of(near), is_by_meaning=bool(near))

    def conflicts(self, filters: Filters = Filters()) -> tuple[Conflict, ...]:
        """Return where sources contradict each other."""
        self.check_filters(filters)
        return conflicts(self.ledger, filters)

    def compare_editions(self, before_id: str, after_id: str) -> EditionComparison:
        """Return how a source differs from an older one: in its facts, and by paragraph.

        Raises UnknownSourceError.
        """
        catalog = self.store.catalog
        return compare_editions(
            (self.source(before_id), self.source(after_id)),
            (self.ledger.of_source(before_id), self.ledger.of_source(after_id)),
            (catalog.pages(before_id), catalog.pages(after_id)),
        )

    def sources(self) -> tuple[SourceRecord, ...]:
        """Return all sources with their state."""
        return self.store.catalog.sources()

    def source(self, source_id: str) -> Source:
        """Return one source. Raises UnknownSourceError."""
        return self.store.catalog.source(source_id).source

    def find_sources(self, words: str, limit: int = 50) -> tuple[FoundSource, ...]:
        """Return the sources that words find by title, publisher or path, then by their texts."""
        listed = list_sources(self.sources())
        has_texts = any(one.state == "indexed" for one in listed)
        return found(listed, words, self.search(words, limit) if has_texts else ())

    def facts_of(self, source_id: str) -> tuple[LedgerFact, ...]:
        """Return the facts that were read from a source. Raises UnknownSourceError."""
        return self.ledger.of_source(source_id)

    def source_ids(self, words: str) -> tuple[str, ...]:
        """Return the sources of an id, or of a part of a path or title. Raises NoSourceError."""
        self.check_filters(Filters(source=words))
        return tuple(self.store.catalog.searchable(Filters(source=words)))

    def pages(self, source_id: str) -> tuple[Page, ...]:
        """Return all pages of a source. Raises UnknownSourceError."""
        return self.store.catalog.pages(source_id)

    def page(self, source_id: str, number: int) -> Page:
        """Return one page of a source. Raises UnknownSourceError."""
        return self.store.catalog.page(source_id, number)

    def page_picture(self, source_id: str, number: int, quote: str = "") -> bytes:
        """Return a page of a PDF as PNG with a quote marked.

        Raises UnknownSourceError where there is no page to draw, UnreadableSourceError where its
        file is damaged, QuoteNotPrintedError where nothing can be marked.
        """
        self.page(source_id, number)
        source = self.source(source_id)
        file = Path(source.location)
        if source.file_type != "pdf":
            raise UnknownSourceError(
                f"source {source_id!r} is no PDF and has no pictures of its pages; read their text "
                "instead"
            )
        if not file.is_file():
            raise UnknownSourceError(
                f"the original of source {source_id!r}, {source.path}, is no longer where it was "
                "read (rare-earth sources show tells where); put it back, or add or send it anew "
                "and remove this source; the text of its pages is kept"
            )
        return render_marked(file, number, quote) if quote else render_page(file, number)

    def add(
        self, paths: Sequence[Path], progress: Callable[[Progress], None], cluster: str = ""
    ) -> SyncReport:
        """Add files and sync folders of this machine, while others go on reading.

        They are read and embedded on the Ray cluster at an address, where one is given. Raises
        ForbiddenError for a person who signs in: he sends files.
        """
        if self.person.id:
            raise ForbiddenError(
                "who signs in adds no files of this machine; send them, or run rare-earth add there"
            )
        return self._sync(paths, progress, cluster)

    def _sync(
        self, paths: Sequence[Path], progress: Callable[[Progress], None], cluster: str = ""
    ) -> SyncReport:
        reading: Reading = read_ahead
        with closing(self._store_to_write()) as store:
            if cluster:
                load = partial(load_embedder, self.settings.embedding_model)
                reading = ClusterReading(cluster, store.home, str(store.settings), load)
            return add_paths(store, self.embedder, paths, progress, reading)

    def add_upload(
        self, name: str, data: IO[bytes], progress: Callable[[Progress], None] = lambda _: None
    ) -> SourceRecord:
        """Keep, read and index a file that is sent.

        Raises ForbiddenError for a reader, UploadError, and what reading raises.
        """
        require_editor(self.person, "add sources")
        with closing(self._store_to_write()) as store:
            record = add_upload(store, self.embedder, name, data, progress)
        self._write_down("added", record.source.id)
        return record

    def read_again(self, source_id: str, progress: Callable[[Progress], None]) -> SyncReport:
        """Read the file of a source again where it has changed, or could not be read before.

        A page of the web is fetched again. Raises ForbiddenError for a reader, UnknownSourceError,
        and what `add` raises.
        """
        require_editor(self.person, "read a source again")
        source = self.source(source_id)
        if source.fetched:
            return self.web.look_at(source_id, progress)
        report = self._sync([Path(source.location)], progress)
        self._write_down("added", source_id)
        return report

    def remove(self, source_id: str) -> None:
        """Remove a source whole; it stays out until its file is added by name or sent again.

        Raises ForbiddenError for a reader, UnknownSourceError, HomeLockedError.
        """
        require_editor(self.person, "remove sources")
        if self.source(source_id).fetched:
            self.web.remove(source_id)
            self._write_down("removed", source_id)
            return
        with closing(self._store_to_write()) as store:
            remove_with_upload(store, source_id)
        self._write_down("removed", source_id)

    def _write_down(self, deed: Deed, source_id: str) -> None:
        write_down(self.settings.home, self.person, deed, "source", source_id)

    def start_run(self, cases_file: Path = SHIPPED_CASES) -> str:
        """Begin a run as `runs` does; return its name. Raises ForbiddenError for a reader, too."""
        return self._started(lambda: self.runs.start(cases_file))

    def start_sent_run(self, name: str, data: bytes) -> str:
        """Begin a run over a file that is sent, as `start_run` does."""
        return self._started(lambda: self.runs.start_sent(name, data))

    def _started(self, start: Callable[[], str]) -> str:
        require_editor(self.person, "start runs")
        name = start()
        if self.runs.state(name).state != "finished":
            write_down(self.settings.home, self.person, "started", "run", name)
        return name

    def stop_run(self, name: str) -> None:
        """Stop a run as `runs` does. Raises ForbiddenError for a reader, too."""
        require_editor(self.person, "stop runs")
        self.runs.stop(name)
        write_down(self.settings.home, self.person, "stopped", "run", name)

    def _store_to_write(self) -> PassageStore:
        """Open the home once more: a store that writes keeps its own readers waiting."""
        place = self.store.place
        return PassageStore(self.settings.home, self.store.embedder_name, place.servers)

    def embedder(self) -> Embedder:
        """Return the embedding model, loaded at the first call."""
        return self._models.embedder()

    def entailment(self) -> Entailment:
        """Return the entailment model that the settings name, else the shipped one, loaded once."""
        return self._models.entailment()

    def _retriever(self) -> Retriever:
        return Retriever(self.store, self.embedder(), reranker=self._models.reranker())

    def look_for_model_again(self) -> None:
        """Forget that nobody answered at the language model's address, so that it is asked anew."""
        for model in (self._model, self._verifier):
            if isinstance(model, EndpointModel):
                model.look_again()

    def close(self) -> None:
        """Stop the run of evaluation that is under way here, and close the home."""
        self.runs.close()
        self.store.close()


def _outcome_of(answer: Answer) -> Mapping[str, str | int | float]:
    """Return what is told of an answer to those who watch the server."""
    told = {"status": answer.status, "sentences": len(answer.sentences)}
    return told | {"citations": len(answer.citations), "warnings": len(answer.warnings)}
