"""How an answer is put together of what was chosen; which statements are is tested elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from assistants import SOURCE, evidence, row

from assistant.answer import Answer, Citation, Sentence
from assistant.conversation.splitting import asked_parts
from assistant.extractive import Retrieved, RetrievedPart, answer_extractively, find_answer
from corpus.document import Cell, Context, Doubt
from corpus.language.names import find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import find_quantities
from index.passage import Evidence
from index.storage.store import PassageStore

QUESTION = "What fee did Lynas owe for ore in 2024?"
FEE = evidence("Lynas owed a fee of $5 million for ore in 2024.")
ALWAYS, NEVER = 0.0, 1.0  # thresholds


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PassageStore]:
    opened = PassageStore(tmp_path / "home", "hashing")
    yield opened
    opened.close()


def answer(
    store: PassageStore, question: str, *found: Evidence, threshold: float = ALWAYS
) -> Answer:
    parts = asked_parts(question)
    each = tuple(RetrievedPart(part, found) for part in parts if len(parts) > 1)
    retrieved = Retrieved("as asked", question, found, 1.5, each)
    return answer_extractively(find_answer(retrieved, store, threshold))


def at(text: str, start: int, source_id: str = "report", page: int = 1) -> Evidence:
    """Return prose at a place of a page."""
    found = evidence(text, start=start, source=replace(SOURCE, id=source_id))
    passage = replace(found.passage, id=f"{source_id} {page} {start}", page=page)
    return replace(found, passage=passage)


def test_a_statement_answers_in_its_own_words(store: PassageStore) -> None:
    found = answer(store, QUESTION, FEE)
    assert (found.question, found.standalone_question, found.status) == (
        "as asked", QUESTION, "answered",
    )  # fmt: skip
    assert found.sentences == (Sentence(FEE.passage.text, (1,), "supported"),)
    assert found.text == f"{FEE.passage.text} [1]"
    (citation,) = found.citations
    assert (citation.number, citation.quote, citation.verified) == (1, FEE.passage.text, True)
    assert (found.evidence, found.warnings) == ((FEE,), ())
    assert 0 < found.confidence < 1
    assert found.seconds.retrieve == 1.5


def test_below_the_threshold_the_nearest_words_are_no_answer(store: PassageStore) -> None:
    shown, refused = answer(store, QUESTION, FEE), answer(store, QUESTION, FEE, threshold=NEVER)
    assert (refused.status, refused.sentences, refused.citations) == ("not_found", (), ())
    says = f'it says: "{FEE.passage.text}"'
    assert refused.text == f"The sources do not say. Nearest: Annual Report ({says})."
    assert (refused.evidence, refused.confidence) == ((FEE,), shown.confidence)


def test_a_probability_at_the_threshold_is_enough(store: PassageStore) -> None:
    sure = answer(store, QUESTION, FEE).confidence
    assert answer(store, QUESTION, FEE, threshold=sure).status == "answered"
    assert answer(store, QUESTION, FEE, threshold=sure + 1e-9).status == "not_found"


def test_without_evidence_nothing_is_found(store: PassageStore) -> None:
    found = answer(store, QUESTION)
    assert (found.status, found.confidence, found.evidence) == ("not_found", 0.0, ())
    assert found.text == "The sources do not say: nothing in them speaks of this."


def test_statements_are_numbered_in_their_order(store: PassageStore) -> None:
    cracked = at("The furnace of Lynas cracked because it was cold.", 0)
    failed = at("The furnace of Lynas cracked because a pump had failed.", 100)
    found = answer(store, "Why did the furnace of Lynas crack?", cracked, failed)
    assert [citation.number for citation in found.citations] == [1, 2]
    assert [sentence.citations for sentence in found.sentences] == [(1,), (2,)]


TWO = "What fee did Lynas owe for ore in 2024? And when did the smelter of Iluka open?"


def test_both_parts_of_a_question_are_answered_in_turn(store: PassageStore) -> None:
    opened = at("The smelter of Iluka did open in May 2020.", 100)
    found = answer(store, TWO, FEE, opened)
    assert found.text.splitlines() == [f"{FEE.passage.text} [1]", f"{opened.passage.text} [2]"]
    assert found.warnings == ()


def test_a_part_that_is_not_answered_is_told_in_a_warning(store: PassageStore) -> None:
    sure = answer(store, QUESTION, FEE).confidence
    found = answer(store, TWO, FEE, threshold=sure)
    assert found.text == f"{FEE.passage.text} [1]"
    (warning,) = found.warnings
    assert warning.startswith('The sources do not say: "')
    assert warning.endswith('when did the smelter of Iluka open?"')


@pytest.mark.parametrize(
    ("question", "item", "status"),
    [
        ("What fee was owed?", evidence("The fee was not disclosed."), "not_disclosed"),
        ("Why was a fee owed?", evidence("The fee was not disclosed."), "answered"),
        ("What tonnage?", row("Ore", Cell("NA", 0, 0, "Tonnage")), "not_disclosed"),
        ("What tonnage?", row("Ore", Cell("W", 0, 0, "Tonnage")), "not_disclosed"),
        ("What tonnage?", row("Ore", Cell("5", 0, 0, "Tonnage")), "answered"),
        (
            "What tonnage?",
            row("Ore", Cell("NA", 0, 0, "Tonnage"), Cell("5", 0, 0, "Tonnage")),
            "answered",
        ),
    ],
)
def test_a_figure_that_is_withheld_is_not_disclosed(
    question: str, item: Evidence, status: str, store: PassageStore
) -> None:
    assert answer(store, question, item).status == status


def test_editions_that_differ_are_told(store: PassageStore) -> None:
    rows = [
        row(
            "Nigeria",
            Cell(value, 0, 0, "2024", 2024, "tons"),
            source=replace(
                SOURCE, id=f"mcs {year}", series="MCS", edition=f"MCS {year}", published=f"{year}"
            ),
        )
        for value, year in (("13,000", 2025), ("1,500", 2026))
    ]
    rows = [replace(one, passage=replace(one.passage, id=one.source.id)) for one in rows]
    found = answer(store, "How many tons did Nigeria mine in 2024?", *rows)
    assert found.status == "conflicting"
    assert [sentence.text for sentence in found.sentences] == [
        "MCS 2026: Nigeria — 2024: 1,500 (tons)",
        "MCS 2025: Nigeria — 2024: 13,000 (tons) (superseded)",
    ]
    assert found.warnings == ("Editions differ; the newest supersedes the older.",)


def test_a_figure_that_was_recognised_with_doubt_is_told_in_a_warning(store: PassageStore) -> None:
    start = FEE.passage.text.index("$5")
    doubted = replace(FEE.passage, doubts=(Doubt(start, start + 2, 0.41),))
    found = answer(store, QUESTION, replace(FEE, passage=doubted))
    assert found.warnings == (
        "[1] $5 (41%) was recognised from a picture of page 1 and is uncertain; check it on the "
        "page.",
    )


def test_evidence_of_the_first_ten_pages_is_kept(store: PassageStore) -> None:
    pages = [at(f"Page {n} says nothing of it.", 0, page=n) for n in range(1, 13)]
    more = at("The first page says more of it.", 500, page=1)
    found = answer(store, QUESTION, *pages, more, threshold=NEVER)
    assert found.evidence == (*pages[:10], more)


OWED = "It owed a fee of $5 million for ore in 2024."
IN_MCS = replace(SOURCE, series="MCS", edition="MCS 2026", publisher="USGS", published="2026")
BY_REUTERS = replace(SOURCE, publisher="Reuters", rank="news")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (QUESTION, FEE),
        (QUESTION, evidence(OWED, context=Context(section="Fees › Lynas, 2024"))),
        (QUESTION, evidence(OWED, source=replace(SOURCE, title="Lynas in 2024"))),
        (QUESTION, evidence(f"Lynas dug 7 tons of ore. {OWED}")),
        (QUESTION, evidence(FEE.passage.text, source=BY_REUTERS)),
        (
            "How many tons did Nigeria mine in 2024?",
            row(
                "Nigeria",
                Cell("1,500", 0, 0, "2024", 2024, "tons"),
                caption="Mine production in 2 lines",
                source=IN_MCS,
            ),
        ),
    ],
)
def test_figures_times_and_names_stand_in_the_quote_or_beside_it(
    question: str, found: Evidence, store: PassageStore
) -> None:
    told = answer(store, question, found)
    assert told.sentences
    for sentence in told.sentences:
        (citation,) = (told.citations[number - 1] for number in sentence.citations)
        assert said(sentence.text) <= said(told_of(citation))


def said(text: str) -> set[object]:
    """Return the figures, times and names of a text."""
    figures = (one.quantity for one in find_quantities(text))
    times = (one.period for one in find_periods(text))
    return {*figures, *times, *(one.name.key for one in find_names(text))}


def told_of(citation: Citation) -> str:
    """Return a quote with what is recorded beside it, each figure of a row with its unit."""
    context, source = citation.context, citation.source
    cells = (f"{cell.column}: {cell.text} {cell.measure}" for cell in citation.cells)
    beside = (context.section, context.caption, *context.header, context.unit, *context.notes)
    of_source = (source.title, source.publisher, source.edition, source.published)
    return " | ".join((citation.quote, *cells, *beside, *of_source))


def test_a_heading_is_told_before_the_first_of_several_sentences(store: PassageStore) -> None:
    told = [
        evidence(text, start=100 * place, context=Context(section="The works of Lynas"))
        for place, text in enumerate(("The kiln is new.", "The mill is old and stands idle."))
    ]
    found = answer(store, "What do the sources say about the works of Lynas?", *told)
    assert [one.text for one in found.sentences] == [
        "The works of Lynas — The kiln is new.",
        "The mill is old and stands idle.",
    ]


def test_why_is_not_answered_by_the_fact_alone(store: PassageStore) -> None:
    fact = at("The kiln of Lynas stood idle in 2024.", 0)
    reason = at("The kiln of Lynas stood idle in 2024 because its lining had cracked.", 100)
    question = "Why did the kiln of Lynas stand idle in 2024?"
    assert answer(store, question, fact, threshold=0.01).status == "not_found"
    assert answer(store, question, fact, reason).sentences[0].text == reason.passage.text
