"""A FakeAssistant with scripted answers over a few pages, for the tests of the screens."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from fakes import HashingEmbedder

from assistant.answer import Answer, Citation, Seconds, Sentence, Turn, reference_of
from assistant.answer.answer import Verdict
from assistant.answer.answer_stream import AnswerProgress, AnswerStream
from assistant.currency import WebSources
from assistant.desk import (
    Conversations,
    OpenConversation,
    Ratings,
    RecordedAnswer,
)
from assistant.desk.collections import Collections
from assistant.drafts import CheckedSentence, CheckJournal, Draft
from assistant.evaluation.running.runs import EvaluationRuns
from assistant.exporting import ExportForm
from assistant.people import HOLDER, Person
from assistant.records import Kept, record_of
from assistant.replaying import Replay, compare_records
from assistant.settings import Settings
from corpus.document import Context, Page, Source
from index.errors import UnknownSourceError
from index.passage import Evidence, Filters, Passage
from index.storage.catalog import SourceRecord

MCS_2026 = Source(
    id="mcs-2026",
    location="/gone/mcs2026.pdf",
    path="usgs/mcs2026.pdf",
    title="Mineral Commodity Summaries 2026: Rare Earths",
    file_type="pdf",
    sha256="a" * 64,
    publisher="U.S. Geological Survey",
    published="2026-02",
    data_years=(2021, 2022, 2023, 2024, 2025),
    edition="MCS 2026",
    version="v1.3",
    language="en",
)
MCS_2025 = replace(
    MCS_2026,
    id="mcs-2025",
    location="/gone/mcs2025.pdf",
    path="usgs/mcs2025.pdf",
    title="Mineral Commodity Summaries 2025: Rare Earths",
    published="2025-01",
    data_years=(2020, 2021, 2022, 2023, 2024),
    edition="MCS 2025",
    version="",
)
PRICES = Source(
    id="prices",
    location="/gone/prices.txt",
    path="news/prices.txt",
    title="Prices <b>rose</b> $2 & *more* :material/home:",
    file_type="text",
    sha256="b" * 64,
    publisher="The Price $Letter$",
    published="2025-06-12",
    data_years=(2025,),
)
SCAN = replace(PRICES, id="scan", path="scan.pdf", title="scan.pdf", publisher="", file_type="pdf")

PAGES = {
    "mcs-2026": (
        Page(1, "152", "RARE EARTHS\nDomestic production rose in 2025 to 51,000 tons of REO."),
        Page(
            2,
            "153",
            "World Mine Production and Reserves\nChina 270,000 270,000 44,000,000\n"
            "Nigeria 1,500 1,500 NA\nThe volumes of the quotas for 2025 were not published.",
        ),
    ),
    "mcs-2025": (Page(1, "145", "World Mine Production\nNigeria 7,200 13,000 NA"),),
    "prices": (
        Page(
            1,
            "1",
            "Dysprosium oxide cost $239/kg, terbium oxide $1,010/kg.\n"
            "![x](http://evil.example/x.png) <img src=http://evil.example/y onerror=alert(1)>\n"
            "[click](http://evil.example) ~struck~ *bold* _thin_ :smile: $a$ http://evil.example/z",
        ),
    ),
}
SOURCES = {source.id: source for source in (MCS_2026, MCS_2025, PRICES)}
RECORDS = tuple(
    SourceRecord(
        source=source,
        root="/gone",
        state="unreadable" if source is SCAN else "indexed",
        reason="page 1 has no text" if source is SCAN else "",
        pages=len(PAGES.get(source.id, ())),
        passages=len(PAGES.get(source.id, ())),
    )
    for source in (*SOURCES.values(), SCAN)
)
ROW = Context(
    caption="World mine production and reserves",
    header=("Country", "2024", "2025", "Reserves"),
    unit="metric tons of REO equivalent",
    notes=("Estimated.",),
)


def citation(number: int, source: Source, page: int, quote: str) -> Citation:
    """Return a citation of words that stand on a page of this module."""
    text = PAGES[source.id][page - 1].text
    start = text.index(quote)
    return Citation(
        number=number,
        source=source,
        page=page,
        page_label=PAGES[source.id][page - 1].label,
        start=start,
        end=start + len(quote),
        quote=quote,
        context=ROW if source.file_type == "pdf" else Context(),
        passage_start=0,
        passage=text,
        verified=True,
    )


def evidence(source: Source, page: int) -> Evidence:
    """Return a whole page of this module as evidence."""
    text, label = PAGES[source.id][page - 1].text, PAGES[source.id][page - 1].label
    passage = Passage(f"{source.id}:{page}", source.id, page, label, 0, len(text), text, "prose")
    return Evidence(passage, source, 0.5, 0.5)


MINED = Answer(
    question="How much did China mine in 2025?",
    standalone_question="How much did China mine in 2025?",
    status="answered",
    text="China mined 270,000 t of REO in 2025. [1]",
    sentences=(Sentence("China mined 270,000 t of REO in 2025. [1]", (1,), "supported"),),
    citations=(citation(1, MCS_2026, 2, "China 270,000 270,000 44,000,000"),),
    evidence=(evidence(MCS_2026, 2), evidence(MCS_2026, 1)),
    warnings=("The figure of 2025 is an estimate.",),
    seconds=Seconds(0.2, 0.1),
)
COST = Answer(
    question="What did dysprosium cost?",
    standalone_question="What did dysprosium oxide cost in 2025?",
    status="answered",
    text="Dysprosium oxide cost $239/kg, terbium oxide $1,010/kg. [1]",
    sentences=(
        Sentence("Dysprosium oxide cost $239/kg, terbium oxide $1,010/kg. [1]", (1,), "partly"),
    ),
    citations=(citation(1, PRICES, 1, "Dysprosium oxide cost $239/kg, terbium oxide $1,010/kg."),),
)
NOT_FOUND = Answer(
    question="Who discovered promethium?",
    standalone_question="Who discovered promethium?",
    status="not_found",
    text="The sources do not say.",
    evidence=(evidence(PRICES, 1),),
)
NOT_DISCLOSED = Answer(
    question="What were the quotas for 2025?",
    standalone_question="What were the quotas for 2025?",
    status="not_disclosed",
    text="The volumes of the quotas for 2025 were not published. [1]",
    sentences=(
        Sentence("The volumes of the quotas for 2025 were not published. [1]", (1,), "supported"),
    ),
    citations=(citation(1, MCS_2026, 2, "The volumes of the quotas for 2025 were not published."),),
)
CONFLICTING = Answer(
    question="How much did Nigeria mine in 2024?",
    standalone_question="How much did Nigeria mine in 2024?",
    status="conflicting",
    text="1,500 t by MCS 2026 (2026-02). [1] 13,000 t by MCS 2025 (2025-01), superseded. [2]",
    sentences=(
        Sentence("1,500 t by MCS 2026 (2026-02). [1]", (1,), "supported"),
        Sentence("13,000 t by MCS 2025 (2025-01), superseded. [2]", (2,), "supported"),
    ),
    citations=(
        citation(1, MCS_2026, 2, "Nigeria 1,500 1,500 NA"),
        citation(2, MCS_2025, 1, "Nigeria 7,200 13,000 NA"),
    ),
)
ANSWERS = {
    answer.question: answer for answer in (MINED, COST, NOT_FOUND, NOT_DISCLOSED, CONFLICTING)
}
NOW = "2026-03-01T09:30:00.000+00:00"
VERDICTS: tuple[Verdict, ...] = ("supported", "contradicted", "partly", "not_found")


class FakeAssistant:
    """Answers the questions of ANSWERS, and raises what it is given as `error`."""

    def __init__(self, error: Exception | None = None, empty: bool = False) -> None:
        self.error = error
        self.records = () if empty else RECORDS
        self.asked: list[tuple[str, tuple[Turn, ...], Filters]] = []
        self.checked: list[tuple[Draft, Filters]] = []
        self.kept: list[tuple[Answer, tuple[Turn, ...], Filters]] = []
        self.keeping = Kept("k3pt2me")
        self.settings = Settings(Path("/gone"))
        self._home = TemporaryDirectory()
        self.runs = EvaluationRuns(self)  # type: ignore[arg-type]
        self.given: dict[str, RecordedAnswer] = {}
        self.person = HOLDER
        self.conversations = Conversations(Path(self._home.name))
        self.ratings = Ratings(Path(self._home.name))
        self.collections = Collections(Path(self._home.name))
        self.web = WebSources(Settings(Path(self._home.name)), HOLDER, "hashing", HashingEmbedder)

    def of(self, person: Person) -> "FakeAssistant":  # noqa: ARG002
        return self

    def start_run(self) -> str:
        return self.runs.start()

    def start_sent_run(self, name: str, data: bytes) -> str:
        return self.runs.start_sent(name, data)

    def stop_run(self, name: str) -> None:
        self.runs.stop(name)

    def stream(
        self, question: str, turns: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> AnswerStream:
        progress = AnswerProgress()
        return AnswerStream(self.answering(question, turns, filters, progress), progress)

    def answering(
        self,
        question: str,
        turns: Sequence[Turn],
        filters: Filters,
        progress: AnswerProgress,  # noqa: ARG002
    ) -> Generator[Sentence, None, Answer]:
        self.asked.append((question, tuple(turns), filters))
        if self.error:
            raise self.error
        yield from ()
        return ANSWERS.get(question, replace(NOT_FOUND, question=question))

    def keep(
        self,
        answer: Answer,
        turns: Sequence[Turn] = (),
        filters: Filters = Filters(),
        as_table: bool = False,  # noqa: ARG002
    ) -> Kept:
        self.kept.append((answer, tuple(turns), filters))
        self.given[self.keeping.id] = RecordedAnswer(self.keeping.id, answer, filters, time=NOW)
        return self.keeping

    def recorded(self, record_id: str) -> RecordedAnswer:
        return self.given[record_id]

    def replay(self, record_id: str) -> Replay:
        answer = self.given[record_id].answer
        record = record_of(answer, (), Filters(), self.settings, "f")
        return compare_records(record, replace(record, fingerprint="g"))

    def export(self, record_ids: Sequence[str], form: ExportForm) -> bytes:
        return f"{form}: {', '.join(record_ids)}".encode()

    def conversation(self, conversation_id: str) -> OpenConversation:
        kept = self.conversations.get(conversation_id)
        turns = tuple(
            replace(self.given[turn.record_id], stands_alone=turn.stands_alone)
            for turn in kept.turns
        )
        return OpenConversation(kept.head, turns)

    def check(self, draft: Draft, filters: Filters = Filters()) -> Iterator[CheckedSentence]:
        """Yield the sentences with each verdict in turn; those that begin with "We" as opinions."""
        self.checked.append((draft, filters))
        if self.error:
            raise self.error
        known = self.journal(draft, filters).read()
        references = tuple(map(reference_of, (*MINED.citations, *COST.citations)))
        for at, one in enumerate(draft.sentences):
            if one.id in known:
                yield known[one.id]
                continue
            if one.text.startswith("We "):
                yield CheckedSentence(one, "opinion")
                continue
            verdict = VERDICTS[at % len(VERDICTS)]
            wrong, right = ("40", "30") if verdict == "contradicted" else ("", "")
            found = () if verdict == "not_found" else references
            yield CheckedSentence(
                one, "fact", verdict, one.text, wrong, right, f"reason {at}", found
            )

    def journal(self, draft: Draft, filters: Filters = Filters()) -> CheckJournal:
        return CheckJournal(Path(self._home.name), draft, (repr(filters),))

    def sources(self) -> tuple[SourceRecord, ...]:
        return self.records

    def source(self, source_id: str) -> Source:
        for record in self.records:
            if record.source.id == source_id:
                return record.source
        raise UnknownSourceError(f"{source_id}: no source has this id.")

    def page(self, source_id: str, number: int) -> Page:
        return PAGES[source_id][number - 1]
