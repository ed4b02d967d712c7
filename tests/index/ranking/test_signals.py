"""The signs by which a passage agrees with a question: both sides of each, and its numbers."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from assistants import SOURCE

from corpus.document import Rank, Source
from corpus.reading import FILE_TYPES
from index.question import analyze
from index.ranking.signals import DATA_FILES, SIGNALS, Asked, Candidate, compare_with
from index.ranking.traits import Traits
from index.wording import stem

MCS2025 = replace(
    SOURCE,
    id="mcs2025",
    path="mcs2025.md",
    title="Mineral Commodity Summaries 2025: Rare Earths",
    publisher="U.S. Geological Survey",
    edition="MCS 2025",
    published="2025-01",
    series="MCS: rare earths",
    rank="official",
)
MCS2026 = replace(
    MCS2025,
    id="mcs2026",
    path="mcs2026.md",
    title="Mineral Commodity Summaries 2026: Rare Earths",
    edition="MCS 2026",
    published="2026-02",
)
LETTER = replace(SOURCE, id="letter", path="letter.md", title="Oxide Letter", published="2026-03")
ROWS = replace(SOURCE, id="rows", path="rows.csv", title="Rows", file_type="csv")
SOURCES = (MCS2025, MCS2026, LETTER)
NOTHING = Traits()


def stemmed(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


def measured(
    name: str,
    question: str,
    traits: Traits = NOTHING,
    source: Source = SOURCE,
    sources: Sequence[Source] = SOURCES,
) -> float:
    """Return what the signal of this name says of a passage for a question."""
    (signal,) = [signal for signal in SIGNALS if signal.name == name]
    asked = compare_with(analyze(question), sources)
    return signal.measure(asked, Candidate(traits, source))


def test_weights_are_positive() -> None:
    assert all(signal.weight > 0 for signal in SIGNALS)


def test_names_are_unique() -> None:
    names = [signal.name for signal in SIGNALS]
    assert sorted(names) == sorted(set(names))


def test_data_files_are_types_of_files_that_are_read() -> None:
    assert set(DATA_FILES) <= set(FILE_TYPES.values())


@pytest.mark.parametrize(
    ("file_type", "is_data_row"),
    [("csv", True), ("workbook", True), ("pdf", False), ("markdown", False)],
)
def test_row_of_data_is_one_of_a_data_file(file_type: str, is_data_row: bool) -> None:
    assert Candidate(NOTHING, replace(SOURCE, file_type=file_type)).is_data_row is is_data_row


def test_question_is_compared_by_stems_names_of_sources_and_newest_editions() -> None:
    question = analyze("What does the latest MCS say of Nigeria?")
    assert compare_with(question, SOURCES) == Asked(
        question=question,
        stems=stemmed("what does the latest mcs say of nigeria"),
        source_weights={"mcs": math.log(4 / 2)},
        newest=frozenset({"mcs2026"}),
    )


def test_empty_question_without_sources_asks_nothing() -> None:
    question = analyze("")
    assert compare_with(question, ()) == Asked(question, frozenset(), {}, frozenset())


@pytest.mark.parametrize("name", [signal.name for signal in SIGNALS])
def test_no_signal_speaks_for_or_against_a_passage_where_nothing_is_asked(name: str) -> None:
    traits = Traits(stemmed("nigeria"), frozenset({2024}))
    assert measured(name, "", traits, sources=()) == 0.0


@pytest.mark.parametrize(
    ("question", "source", "share"),
    [
        # "usgs" and "mcs" are in two of three sources: ln 2 each; the edition in one: 2 ln 2
        ("What does the USGS say of it in MCS 2026?", MCS2026, 1.0),
        ("What does the USGS say of it in MCS 2026?", MCS2025, 0.5),
        ("What does the USGS say of it in MCS 2026?", LETTER, 0.0),
        ("What does the USGS say of it?", MCS2025, 1.0),
        ("What does the Oxide Letter say?", LETTER, 1.0),
        ("What does the Oxide Letter say?", MCS2026, 0.0),
        ("How much did Nigeria mine in 2025?", MCS2025, 0.0),
    ],
)
def test_source_named_counts_by_the_rarity_of_its_words(
    question: str, source: Source, share: float
) -> None:
    assert measured("source named", question, source=source) == pytest.approx(share)


def test_word_that_names_none_of_the_sources_takes_nothing_away() -> None:
    question = "What do Argus and the USGS say?"
    assert measured("source named", question, source=MCS2025) == 1.0


def test_word_that_names_every_source_still_weighs() -> None:
    asked = compare_with(analyze("What does the USGS say?"), (MCS2025, MCS2026))
    assert asked.source_weights == {stem("usgs"): pytest.approx(math.log(3 / 2))}


@pytest.mark.parametrize(
    ("question", "years", "agrees"),
    [
        ("How much did Nigeria mine in 2024?", {2024}, 1.0),
        ("How much did Nigeria mine in 2024?", {2023, 2024}, 1.0),
        ("How much more did Nigeria mine in 2024 than in 2022?", {2022}, 1.0),
        ("How much did Nigeria mine in 2024?", {2023}, 0.0),
        ("How much did Nigeria mine in 2024?", set(), 0.0),
        ("How much did Nigeria mine?", {2024}, 0.0),
        ("How much did Nigeria mine by MCS 2026?", {2026}, 0.0),
    ],
)
def test_year_agrees_where_one_asked_for_is_one_of_the_passage(
    question: str, years: set[int], agrees: float
) -> None:
    assert measured("year", question, Traits(years=frozenset(years))) == agrees


@pytest.mark.parametrize(
    ("question", "label", "share"),
    [
        ("What was the price of dysprosium oxide?", "dysprosium oxide", 1.0),
        ("What was the price of dysprosium?", "dysprosium oxide", 0.5),
        ("What were prices of oxides?", "dysprosium oxide of china minimum", 0.4),  # oxide, of
        ("What was the price of terbium?", "dysprosium oxide", 0.0),
        ("What was the price of terbium?", "", 0.0),
    ],
)
def test_row_is_named_by_the_share_of_its_label(question: str, label: str, share: float) -> None:
    assert measured("row named", question, Traits(stemmed(label))) == share


@pytest.mark.parametrize(
    ("file_type", "names_rare_earths", "measure"),
    [
        ("csv", False, -1.0),
        ("workbook", False, -1.0),
        ("csv", True, 0.0),
        ("workbook", True, 0.0),
        ("pdf", False, 0.0),
        ("pdf", True, 0.0),
    ],
)
def test_row_of_data_that_names_no_rare_earth_is_of_another_commodity(
    file_type: str, names_rare_earths: bool, measure: float
) -> None:
    traits = Traits(names_rare_earths=names_rare_earths)
    source = replace(SOURCE, file_type=file_type)
    assert measured("another commodity", "What did it cost?", traits, source) == measure


@pytest.mark.parametrize(
    ("rank", "measure"),
    [("official", 1.0), ("filing", 0.0), ("trade press", 0.0), ("news", 0.0), ("unknown", 0.0)],
)
def test_only_an_official_source_is_official(rank: Rank, measure: float) -> None:
    source = replace(SOURCE, rank=rank)
    assert measured("official source", "What did it cost?", source=source) == measure


@pytest.mark.parametrize(
    ("question", "source", "measure"),
    [
        ("What is the latest figure of Nigeria?", MCS2026, 1.0),
        ("What is the latest figure of Nigeria?", MCS2025, 0.0),
        ("What is the latest figure of Nigeria?", LETTER, 0.0),  # of no series
        ("What is the figure of Nigeria?", MCS2026, 0.0),
    ],
)
def test_newest_edition_counts_only_where_the_latest_is_asked_for(
    question: str, source: Source, measure: float
) -> None:
    assert measured("newest edition", question, source=source) == measure


OUTLOOK2024 = replace(LETTER, id="o2024", series="Outlook", published="2024", edition="2024")
OUTLOOK2025 = replace(LETTER, id="o2025", series="Outlook", published="2025", edition="2025")
SECOND = replace(LETTER, id="second", series="Handbook", edition="Second Edition")
TENTH = replace(SECOND, id="tenth", edition="10th Edition")


@pytest.mark.parametrize(
    ("sources", "newest"),
    [
        ((MCS2025, MCS2026), {"mcs2026"}),
        ((MCS2026, MCS2025), {"mcs2026"}),
        ((MCS2025, LETTER), {"mcs2025"}),
        ((MCS2025, replace(MCS2026, published="2025-01")), {"mcs2026"}),
        # The edition decides before the day on which a page was put up again.
        ((replace(MCS2025, published="2026-05"), MCS2026), {"mcs2026"}),
        ((MCS2026, replace(MCS2026, id="v1.1", version="v1.1")), {"v1.1"}),
        ((SECOND, TENTH), {"tenth"}),
        ((OUTLOOK2025, MCS2025, OUTLOOK2024, MCS2026), {"o2025", "mcs2026"}),
        ((LETTER, ROWS), set()),
        ((), set()),
    ],
)
def test_newest_edition_of_each_series_among_the_sources(
    sources: tuple[Source, ...], newest: set[str]
) -> None:
    assert compare_with(analyze("latest?"), sources).newest == newest


@pytest.mark.parametrize("word", ["latest", "newest", "most recent", "current"])
def test_newest_editions_are_told_where_the_latest_is_asked_for(word: str) -> None:
    question = analyze(f"What is the {word} figure of Nigeria?")
    assert compare_with(question, SOURCES).newest == {"mcs2026"}


@pytest.mark.parametrize(
    "question",
    ["What is the figure of Nigeria?", "What is the figure of Nigeria in MCS 2026?", ""],
)
def test_no_edition_is_told_as_newest_where_the_latest_is_not_asked_for(question: str) -> None:
    assert compare_with(analyze(question), SOURCES).newest == frozenset()


@pytest.mark.parametrize(
    ("question", "source"),
    list(
        product(
            [
                "",
                "What is the latest price of dysprosium oxide by MCS 2026 and the USGS in 2024?",
                "How much did Nigeria mine in 2024?",
            ],
            [*SOURCES, ROWS],
        )
    ),
)
def test_every_signal_is_between_0_and_1_and_only_another_commodity_below(
    question: str, source: Source
) -> None:
    traits = [
        NOTHING,
        Traits(years=frozenset({2024})),
        Traits(stemmed("nigeria"), frozenset({2023, 2024})),
        Traits(stemmed("dysprosium oxide"), frozenset({2024}), True),
    ]
    for one, signal in product(traits, SIGNALS):
        lowest = -1.0 if signal.name == "another commodity" else 0.0
        assert lowest <= measured(signal.name, question, one, source) <= 1.0
