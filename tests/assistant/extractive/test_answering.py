"""Answers over a few small documents: figures, dates, shares, editions, and what is not there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from assistants import check_answer, open_assistant
from documents import FILES, INSTRUCTION
from fakes import write_files

from assistant.answer import Answer, Seconds, Turn
from assistant.assistant import Assistant
from assistant.errors import NoSourceError
from index.embedding import Embedder
from index.passage import Filters

pytestmark = pytest.mark.slow

LETTER = "Tallinn Metal Desk, Oxide Price Letter, 2025"
MCS = "U.S. Geological Survey, Mineral Commodity Summaries"


@pytest.fixture(scope="module")
def assistant(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = write_files(tmp_path_factory.mktemp("files"), FILES)
    opened, report = open_assistant(tmp_path_factory.mktemp("home"), embedder, folder)
    assert report.new == tuple(sorted(FILES))
    yield opened
    opened.close()


def ask(assistant: Assistant, question: str, filters: Filters = Filters()) -> Answer:
    answer = assistant.ask(question, (), filters)
    check_answer(assistant, answer)
    return answer


def of_age(published: str) -> tuple[str, ...]:
    """Return the warning of an answer to a question for the latest."""
    return (f"The newest source cited is of {published}; it cannot speak of what came later.",)


def untimed(answer: Answer) -> Answer:
    return replace(answer, seconds=Seconds())


@pytest.mark.parametrize(
    ("question", "text", "quote"),
    [
        (
            "What was the price of dysprosium oxide in 2023?",
            f"The price of dysprosium oxide was $330 per kilogram in 2023 ({LETTER}) [1].",
            "Dysprosium oxide | 382 | 330 | 257",
        ),
        (
            "How much did terbium oxide cost in 2024?",
            f"The price of terbium oxide was $812 per kilogram in 2024 ({LETTER}) [1].",
            "Terbium oxide | 2,051 | 1,298 | 812",
        ),
        (
            "What is the latest price of dysprosium oxide?",
            f"The price of dysprosium oxide was $257 per kilogram in 2024 ({LETTER}) [1].",
            "Dysprosium oxide | 382 | 330 | 257",
        ),
        (
            "How much did Nigeria mine in 2025?",
            f"Nigeria mined 1,500 t of rare earths in 2025 ({MCS} 2026: Rare Earths) [1].",
            "Nigeria | 1,500 | 1,500",
        ),
    ],
)
def test_a_figure_is_answered_with_its_column_unit_and_row(
    assistant: Assistant, question: str, text: str, quote: str
) -> None:
    answer = ask(assistant, question)
    (citation,) = answer.citations
    assert (answer.status, answer.text, citation.quote) == ("answered", text, quote)
    assert answer.warnings == (of_age("2025-02-10") if "latest" in question else ())


def test_a_figure_of_a_row_is_cited_with_its_place_and_what_belongs_to_it(
    assistant: Assistant,
) -> None:
    (citation,) = ask(assistant, "What was the price of dysprosium oxide in 2023?").citations
    (cell,) = citation.cells
    assert (cell.text, cell.column, cell.year, cell.unit) == (
        "330", "2023", 2023, "dollars per kilogram",
    )  # fmt: skip
    page = assistant.page(citation.source.id, citation.page)
    assert citation.start < cell.start < cell.end < citation.end
    assert page.text[cell.start : cell.end] == "330"
    assert (citation.context.header, citation.context.unit) == (
        ("Oxide", "2023"),
        "dollars per kilogram",
    )


def test_prose_is_cited_without_cells(assistant: Assistant) -> None:
    answer = ask(assistant, "Why did prices fall in 2024?")
    assert {citation.cells for citation in answer.citations} == {()}


@pytest.mark.parametrize(
    ("question", "text", "label"),
    [
        (
            "What is the capacity of the magnet recycling facility?",
            "Magnet Recycling Line: Norvik is installing a 350-ton magnet recycling facility "
            "beside a 1200-ton carbonate storage hall. [1]",
            "Magnet Recycling Line | Norvik is installing a 350-ton",
        ),
        (
            "When was the first phase of the Amber Separation Plant completed?",
            "Amber Separation Plant: The first phase, completed in September 2024, brings cerium "
            "to market. [1]",
            "Amber Separation Plant | The largest solvent",
        ),
        (
            "Which project's second phase was launched in March 2025?",
            "900-Ton Metal Works: The second phase, launched in March 2025, makes high-purity "
            "neodymium metal. [1]",
            "900-Ton Metal Works | The works",
        ),
        (
            "What share of European magnet recycling does Norvik Minerals control?",
            '"The group controls 40% of European separation and 70% of European magnet '
            'recycling." (undated document norvik.txt) [1].',
            "- The group controls 40%",
        ),
        (
            "Why did prices fall in 2024?",
            "Prices fell in 2024 because demand for magnets was weak. [1]",
            "Prices fell in 2024 because demand",
        ),
    ],
)
def test_capacities_dates_shares_and_reasons_are_the_words_of_the_source(
    assistant: Assistant, question: str, text: str, label: str
) -> None:
    answer = ask(assistant, question)
    assert (answer.status, answer.text) == ("answered", text)
    assert answer.citations[0].quote.startswith(label)


@pytest.mark.parametrize(
    "question",
    [
        "What was Norvik's revenue in 2024?",
        "How many people does Norvik Minerals employ?",
        "What did the Amber Separation Plant cost?",
        "What was the price of dysprosium oxide in 2019?",
        "What was the price of europium oxide in 2024?",
        "How much did Chile mine in 2024?",
        "What is the capacity of Lynas's magnet recycling facility?",
        pytest.param(
            "When was the first phase of the Metal Works completed?",
            marks=pytest.mark.xfail(strict=True, reason="the second phase is told instead"),
        ),
        "What is the capital of France?",
    ],
)
def test_what_no_source_says_is_not_found(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer.status == "not_found"
    assert answer.text.startswith("The sources do not say. Nearest: ")
    assert answer.evidence


def test_an_empty_home_says_how_to_add(embedder: Embedder, tmp_path: Path) -> None:
    empty, _ = open_assistant(tmp_path, embedder)
    with pytest.raises(NoSourceError, match="add some: rare-earth add FOLDER, or --shipped"):
        empty.ask("How much did Nigeria mine?")
    empty.close()


def test_editions_that_differ_are_conflicting_and_the_newest_comes_first(
    assistant: Assistant,
) -> None:
    answer = ask(assistant, "How much did Nigeria mine in 2024?")
    assert answer.status == "conflicting"
    assert answer.text.splitlines() == [
        f"Nigeria mined 1,500 t of rare earths in 2024 ({MCS} 2026: Rare Earths) [1].",
        f"Superseded: Nigeria mined 13,000 t of rare earths in 2024 ({MCS} 2025: Rare Earths) [2].",
    ]
    assert [citation.source.published for citation in answer.citations] == ["2026-02", "2025-02"]
    assert answer.warnings == ("Editions differ; the newest supersedes the older.",)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "How much did Nigeria mine in 2024 according to MCS 2025?",
            f"Nigeria mined 13,000 t of rare earths in 2024 ({MCS} 2025: Rare Earths) [1].",
        ),
        (
            "What is the latest figure for Nigeria's mine production in 2024?",
            f"Nigeria mined 1,500 t of rare earths in 2024 ({MCS} 2026: Rare Earths) [1].",
        ),
        (
            "How much did Brazil mine in 2024?",
            f"Brazil mined 20 t of rare earths in 2024 ({MCS} 2026: Rare Earths) [1].",
        ),
    ],
    ids=["an edition is named", "the latest is asked for", "the editions agree"],
)
def test_editions_do_not_conflict(assistant: Assistant, question: str, text: str) -> None:
    answer = ask(assistant, question)
    warnings = of_age("2026-02") if "latest" in question else ()
    assert (answer.status, answer.text, answer.warnings) == ("answered", text, warnings)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "What was the price of holmium oxide in 2024?",
            f"The price of holmium oxide was not available (NA) in 2024 ({LETTER}) [1].",
        ),
        (
            "What was the price of yttrium oxide in 2024?",
            f'"The price of yttrium oxide for 2024 was not published." ({LETTER}) [1].',
        ),
    ],
)
def test_a_withheld_figure_is_not_disclosed(assistant: Assistant, question: str, text: str) -> None:
    answer = ask(assistant, question)
    assert (answer.status, answer.text) == ("not_disclosed", text)


def test_answering_twice_gives_equal_answers(assistant: Assistant) -> None:
    for question in ("How much did Nigeria mine in 2024?", "What is the capital of France?"):
        assert untimed(ask(assistant, question)) == untimed(ask(assistant, question))


def test_a_follow_up_is_answered_as_the_question_it_means(assistant: Assistant) -> None:
    earlier = (
        Turn("user", "What was the price of dysprosium oxide in 2024?"),
        Turn("assistant", "257"),
    )
    answer = assistant.ask("And in 2022?", earlier)
    check_answer(assistant, answer)
    assert answer.question == "And in 2022?"
    assert answer.standalone_question == "What was the price of dysprosium oxide in 2022?"
    assert answer.text.splitlines() == [
        f"The price of dysprosium oxide was $382 per kilogram in 2022 ({LETTER}) [1]."
    ]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(publisher="Geological"),
        Filters(source_type="text"),
        Filters(source="norvik"),
        Filters(published_from="2026"),
    ],
)
def test_a_filter_leaves_sources_out(assistant: Assistant, filters: Filters) -> None:
    question = "What was the price of dysprosium oxide in 2023?"
    assert ask(assistant, question, filters).status == "not_found"
    admitted = Filters(publisher="tallinn metal desk", source_type="markdown", data_year=2023)
    assert ask(assistant, question, admitted).status == "answered"


def test_a_filter_that_admits_no_source_is_an_error(assistant: Assistant) -> None:
    with pytest.raises(NoSourceError, match="no source fits published to 2024; there is: 2025-02"):
        assistant.ask("How much did Nigeria mine?", filters=Filters(published_to="2024"))


def test_a_filter_to_one_edition_leaves_nothing_to_conflict(assistant: Assistant) -> None:
    answer = ask(assistant, "How much did Nigeria mine in 2024?", Filters(source="mcs2025"))
    assert (answer.status, answer.text) == (
        "answered",
        f"Nigeria mined 13,000 t of rare earths in 2024 ({MCS} 2025: Rare Earths) [1].",
    )


def test_an_instruction_inside_a_document_changes_no_answer(
    assistant: Assistant, embedder: Embedder, tmp_path: Path
) -> None:
    files = {name: text + "\n" + INSTRUCTION for name, text in FILES.items()}
    folder = write_files(tmp_path / "files", files)
    instructed, _ = open_assistant(tmp_path / "home", embedder, folder)
    for question in (
        "What is the capacity of the magnet recycling facility?",
        "What was the price of dysprosium oxide in 2023?",
        "How much did Nigeria mine in 2024?",
        "How many people does Norvik Minerals employ?",
        "What was Norvik's revenue in 2024?",
    ):
        plain, other = ask(assistant, question), ask(instructed, question)
        assert (other.status, other.sentences) == (plain.status, plain.sentences), question
        assert [c.quote for c in other.citations] == [c.quote for c in plain.citations]
    instructed.close()


def test_a_model_is_loaded_only_when_it_is_needed(tmp_path: Path) -> None:
    from assistant.settings import Settings

    unloaded = Assistant(Settings(tmp_path))
    assert unloaded.sources() == ()
    with pytest.raises(NoSourceError):
        unloaded.ask("How much did Nigeria mine?")
    assert unloaded.embedder() is unloaded.embedder()
    unloaded.close()
