"""A sentence of an answer is carried whole, or not at all."""

import pytest

from assistant.support import Statement, check_whole
from corpus.document import Cell

CARRIED = [
    (
        "According to Reuters, China took about 70% of its ore imports from Burma in 2024.",
        "China took about 70% of its ore imports from Burma in 2024, Reuters reported.",
    ),
    (
        "The monazite is produced by Chemours in Florida and Georgia.",
        "The release says that the monazite is produced by Chemours in Florida and Georgia.",
    ),
    ("Part of the output may be exported.", "Part of the refined output may be exported."),
    (
        "By contrast, Burma supplied most of the ore in 2024.",
        "Burma supplied most of the ore in 2024, and Laos a part.",
    ),
    (
        "Exports fell to 1,238 tons in May 2025.",
        "Exports fell to 1,238 tons in May 2025, 53% below April.",
    ),
]
TURNED = [
    # who does what to whom
    ("China took 70% of its imports from Japan.", "Japan took 70% of its imports from China."),
    (
        "The GAO was told by Reuters that the figure changed.",
        "The GAO told Reuters that the figure changed.",
    ),
    (
        "Burma supplied most of the ore, Laos a part.",
        "Laos supplied most of the ore, Burma a part.",
    ),
    (
        "MP Materials holds an 8% stake in Shenghe Resources.",
        "MP Materials is owned by funds, while Shenghe Resources holds an 8% stake.",
    ),
    # what stands beside which time
    (
        "Exports fell to 1,238 tons in April 2025.",
        "Exports fell to 1,238 tons in May 2025, 53% below April 2025.",
    ),
    # denied, allowed, meant, bound
    (
        "The capacity is about 90 tons a year.",
        "The plant has a capacity of over 90 tons a year.",
    ),
    (
        "A magnet without terbium is a controlled good.",
        "A magnet without terbium is not a controlled good, but it is inspected.",
    ),
    ("The output will be exported.", "The output may be exported."),
    (
        "The office has named the critical rare earths.",
        "The GAO asked the office to name the critical rare earths.",
    ),
    ("The stake is at least 8%.", "The stake is 8%."),
    ("It cost exactly $12 million.", "It cost about $12 million."),
    ("The company pays 30% of the upside.", "The company pays 30% of the upside once it is full."),
    ("Licences have been needed until 2012.", "Licences have been needed since 2012."),
    # added
    ("Exports fell sharply in May 2025.", "Exports fell in May 2025."),
    ("Lynas is the only producer of terbium.", "Lynas is a producer of terbium."),
    (
        "Exports fell in May 2025 because of the licences.",
        "Exports fell in May 2025, a month after the licences were brought in.",
    ),
    ("According to Bloomberg, exports fell in May.", "Exports fell in May, Reuters reported."),
    (
        "The plant makes 12,000 tons of oxide a year.",
        "The plant makes 12,000 tons of loparite concentrate a year.",
    ),
    ("China has lifted its controls.", "“China has lifted its controls.”"),
    ("Brazil mined 560 tons.", "Brazil mined 2,000 tons in 2025 and 560 tons in 2024."),
]


@pytest.mark.parametrize(("sentence", "quote"), CARRIED)
def test_what_a_statement_says_in_other_words_is_carried(sentence: str, quote: str) -> None:
    assert check_whole(sentence, Statement(quote)).verdict == "supported"


@pytest.mark.parametrize(("sentence", "quote"), TURNED)
def test_what_adds_leaves_out_or_turns_something_is_not_carried(sentence: str, quote: str) -> None:
    assert check_whole(sentence, Statement(quote)).verdict == "not_found"


def _cell(column: str, text: str, year: int = 0) -> Cell:
    return Cell(text, 0, len(text), column, year)


def _row(label: str, caption: str, *cells: Cell, others: tuple[Cell, ...] = ()) -> Statement:
    return Statement("", label=label, caption=caption, cells=cells, others=others)


def test_a_value_of_an_older_edition_is_told_with_it() -> None:
    old, new = _cell("MCS 2025", "80"), _cell("MCS 2026", "53")
    statement = _row("2024", "Import reliance by edition, percent", old, others=(new,))
    assert check_whole("MCS 2025 gave an import reliance of 80% for 2024.", statement).verdict == (
        "supported"
    )
    assert check_whole("The import reliance was 80% in 2024.", statement).verdict == "not_found"


def test_the_year_of_an_edition_is_no_year_of_its_values() -> None:
    cell = _cell("2024 (MCS 2025)", "13,000", 2025)
    statement = _row("Nigeria", "Mine production by edition, metric tons", cell)
    told = "Nigeria mined 13,000 metric tons in {}, according to MCS 2025."
    assert check_whole(told.format(2024), statement).verdict == "supported"
    assert check_whole(told.format(2025), statement).verdict == "not_found"


def test_a_value_of_a_quarter_is_not_one_of_a_year() -> None:
    cell = _cell("Output, metric tons", "2,722")
    statement = _row("Lynas", "Output of the quarter from July to September 2024", cell)
    assert check_whole("Lynas had an output of 2,722 metric tons in 2024.", statement).verdict == (
        "not_found"
    )


def test_what_is_not_available_is_not_zero() -> None:
    statement = _row("Malaysia", "Reserves by edition", _cell("MCS 2025", "NA"))
    assert check_whole("Malaysia's reserves were zero in MCS 2025.", statement).verdict == (
        "not_found"
    )


def test_the_year_that_a_question_names_need_not_be_repeated() -> None:
    statement = Statement("Brazil mined 2,000 tons in 2025 and 560 tons in 2024.")
    told = "Brazil mined 2,000 tons."
    assert check_whole(told, statement, "How much did Brazil mine in 2025?").verdict == "supported"
    assert check_whole(told, statement, "How much did Brazil mine in 2024?").verdict == "not_found"
