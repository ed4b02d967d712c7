"""Which statements make up an answer, given how they score: the best, and what answers as well."""

from dataclasses import replace

import pytest
from assistants import SOURCE, evidence, ranking, row

from assistant.extractive.ranking import FEATURES, Ranking
from assistant.extractive.selection import choose
from corpus.document import Cell, Context, Source
from index.passage import Evidence

MCS = replace(SOURCE, publisher="USGS", series="MCS: rare earths")
OLDER = replace(MCS, id="older", edition="MCS 2025", published="2025-02")
NEWER = replace(MCS, id="newer", edition="MCS 2026", published="2026-02")
MINED = "How many tons did Nigeria mine in 2024?"


def prose(text: str, start: int, section: str = "", source: Source = SOURCE) -> Evidence:
    return evidence(text, start=start, context=Context(section=section), source=source)


def mined(value: str, source: Source, unit: str = "metric tons", year: int = 2024) -> Evidence:
    cell = Cell(value, 0, 0, str(year), year, unit)
    return row("Nigeria", cell, source=source, caption="Mine production")


def quotes(ranking: Ranking) -> list[str]:
    return [one.candidate.quote for one in choose(ranking).candidates]


def sources(ranking: Ranking) -> list[str]:
    return [one.candidate.evidence.source.id for one in choose(ranking).candidates]


def in_table(number: int, *values: str, caption: str = "Prices", header: str = "2024") -> Evidence:
    """Return a row of a table, at its own place of the page."""
    found = row(*values, caption=caption, header=("Oxide", header), unit="dollars per kilogram")
    passage = replace(
        found.passage,
        id=f"row {number}",
        start=100 * number,
        end=100 * number + len(found.passage.text),
    )
    return replace(found, passage=passage)


def test_nothing_is_chosen_of_nothing() -> None:
    assert choose(ranking(MINED)).candidates == ()


WHY = "Why did the furnace of Lynas crack after the insurer paid the repair?"
CRACKED = "The furnace of Lynas cracked as it was cold."
PAID = "The repair was paid by the insurer."


def judged(found: Ranking, *odds: float) -> Ranking:
    """Return statements with the log-odds that each answers, as a model would tell."""
    at = FEATURES.index("learned")
    told = [
        replace(one, features=(*one.features[:at], odd, *one.features[at + 1 :]))
        for one, odd in zip(found.candidates, odds, strict=True)
    ]
    return replace(found, candidates=tuple(told))


@pytest.mark.parametrize(
    ("odds", "chosen"),
    [
        ((2.0, 0.1), [CRACKED, PAID]),
        ((2.0, -0.1), [CRACKED]),
        ((-2.0, 0.1), [CRACKED, PAID]),
        ((-2.0, -0.1), [CRACKED]),
    ],
)
def test_a_further_statement_is_told_where_it_likelier_answers_than_none(
    odds: tuple[float, float], chosen: list[str]
) -> None:
    found = ranking(WHY, (prose(CRACKED, 0), 4.0), (prose(PAID, 100), 1.0))
    assert quotes(judged(found, *odds)) == chosen


def test_of_further_statements_the_likeliest_comes_first() -> None:
    thirds = prose("Heat came back in May.", 200)
    found = ranking(WHY, (prose(CRACKED, 0), 4.0), (prose(PAID, 100), 3.0), (thirds, 2.0))
    assert quotes(judged(found, 0.0, 1.0, 2.0)) == [CRACKED, thirds.passage.text, PAID]


@pytest.mark.parametrize(
    "further",
    ["The furnace of Lynas cracked.", "No date is given of who paid the repair."],
    ids=["the same words", "absence"],
)
def test_what_is_told_already_or_tells_of_nothing_is_left_out(further: str) -> None:
    found = ranking(WHY, (prose(CRACKED, 0), 3.0), (prose(further, 100), 2.9))
    assert quotes(judged(found, 1.0, 1.0)) == [CRACKED]


def test_a_further_statement_of_another_year_is_left_out() -> None:
    question = "Why did the furnace crack in 2024, and who paid the repair?"
    best = prose("The furnace cracked in 2024 as it was cold.", 0)
    for year, count in (("2024", 2), ("2021", 1)):
        further = prose(f"The repair was paid in {year}.", 100)
        assert len(quotes(ranking(question, (best, 3.0), (further, 2.9)))) == count


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Why did the ash, birch, cedar, dogwood, elm, fir, gum and hazel fall?", 3),
        ("List why the ash, birch, cedar, dogwood, elm, fir, gum and hazel fell.", 6),
    ],
)
def test_an_answer_has_a_few_statements_and_a_list_more(question: str, count: int) -> None:
    trees = "ash birch cedar dogwood elm fir gum hazel".split()
    told = [(prose(f"One{n} {tree} lay{n} here{n}.", 100 * n), 3.0) for n, tree in enumerate(trees)]
    assert len(quotes(ranking(question, *told))) == count


def test_newest_edition_of_a_row_comes_first_and_an_older_one_conflicts() -> None:
    found = ranking(MINED, (mined("13,000", OLDER), 3.0), (mined("1,500", NEWER), 2.0))
    assert sources(found) == ["newer", "older"]
    assert choose(found).conflicting
    found = ranking(MINED, (mined("1,500", NEWER), 3.0), (mined("13,000", OLDER), 2.0))
    assert sources(found) == ["newer", "older"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (mined("13,000", OLDER), mined("13,000", NEWER)),
        (mined("13,000", OLDER), mined("13,004", NEWER)),
        (mined("NA", OLDER), mined("13,000", NEWER)),
        (mined("13,000", OLDER), mined("14,300", NEWER, "short tons")),
    ],
    ids=["the same", "rounded", "no figure", "another unit"],
)
def test_editions_that_agree_do_not_conflict(older: Evidence, newer: Evidence) -> None:
    found = choose(ranking(MINED, (older, 3.0), (newer, 2.0)))
    assert not found.conflicting
    assert found.candidates[0].candidate.evidence == newer


def test_an_edition_that_is_asked_for_stays_first_and_alone() -> None:
    question = "How many tons did Nigeria mine in 2024 according to MCS 2025?"
    found = ranking(question, (mined("13,000", OLDER), 3.0), (mined("1,500", NEWER), 2.0))
    assert sources(found) == ["older"]
    assert not choose(found).conflicting


def test_the_latest_of_editions_is_told_without_the_older() -> None:
    question = "What is the latest tonnage that Nigeria mined in 2024?"
    found = ranking(question, (mined("13,000", OLDER), 3.0), (mined("1,500", NEWER), 2.9))
    assert sources(found) == ["newer"]
    assert not choose(found).conflicting


def test_rows_of_the_table_for_other_names_asked_for_follow() -> None:
    question = "What did dysprosium oxide and terbium oxide cost in 2024?"
    found = ranking(
        question,
        (in_table(1, "Dysprosium oxide", "257"), 3.0),
        (in_table(2, "Terbium oxide", "900", caption="Offers"), 2.9),
        (in_table(3, "Holmium oxide", "70"), 2.8),
        (in_table(4, "Other oxide", "7"), 2.7),
        (in_table(5, "Terbium oxide", "812"), 1.0),
    )
    assert quotes(found)[:2] == ["Dysprosium oxide | 257", "Terbium oxide | 812"]
    assert "Holmium oxide | 70" not in quotes(found)


def test_a_row_of_the_table_that_scores_far_below_does_not_follow() -> None:
    question = "What did dysprosium oxide and terbium oxide cost in 2024?"
    dysprosium, terbium = in_table(1, "Dysprosium oxide", "257"), in_table(2, "Terbium oxide", "8")
    found = ranking(question, (dysprosium, 3.0), (terbium, 0.4))
    assert quotes(judged(found, 1.0, -1.0)) == ["Dysprosium oxide | 257"]


def test_no_more_than_three_statements_are_told() -> None:
    told = [
        (prose(f"Nigeria mined {n + 3} tons in 2024, says paper {n + 20}.", 100 * n), 3.0)
        for n in range(5)
    ]
    assert len(quotes(ranking(MINED, *told))) == 3


LATEST = "What is the latest price of the oxide?"


@pytest.mark.parametrize(
    ("text", "score", "is_first"),
    [
        ("The price of the oxide was $7 in 2025.", 1.0, True),
        ("The price of the oxide was $7 in December 2024.", 1.0, True),
        ("The price of the oxide was $7 in February 2024.", 1.0, False),
        ("The price of the oxide was $7 in 2025.", -1.5, False),
        ("The price of the oxide was low in 2025.", 1.0, False),
        ("No figure but $7 is given for the price of the oxide in 2025.", 1.0, False),
    ],
    ids=["a later year", "a later month", "an earlier month", "far below", "no price", "absence"],
)
def test_where_the_latest_is_asked_for_the_latest_that_answers_comes_first(
    text: str, score: float, is_first: bool
) -> None:
    best = "The price of the oxide was $5 in May 2024."
    found = ranking(LATEST, (prose(best, 0), 2.0), (prose(text, 100), score))
    assert quotes(found)[0] == (text if is_first else best)


def test_a_row_by_period_is_of_the_time_of_its_label() -> None:
    rows = [
        replace(in_table(n, label, "5", header="Price, as revised in 2026"), source=SOURCE)
        for n, label in enumerate(("Oxide price 2024", "Oxide price 2022", "Oxide price 2025"))
    ]
    found = ranking(LATEST, (rows[0], 3.0), (rows[1], 2.9), (rows[2], 2.8))
    assert quotes(found)[0] == "Oxide price 2025 | 5"
    found = ranking(LATEST, (rows[0], 3.0), (rows[1], 2.9))
    assert quotes(found)[0] == "Oxide price 2024 | 5"


def test_the_best_comes_first_where_a_year_is_asked_for() -> None:
    question = "What is the latest price of the oxide in 2024?"
    best = "The price of the oxide was $5 in 2024."
    later = "The price of the oxide was $7 in 2025."
    assert quotes(ranking(question, (prose(best, 0), 2.0), (prose(later, 100), 1.9)))[0] == best


OFFICIAL = replace(SOURCE, id="official", rank="official")
PAPER = replace(SOURCE, id="paper", rank="news")


@pytest.mark.parametrize(
    ("text", "score", "is_first"),
    [
        ("Nigeria mined 6 tons in 2024.", 2.0, True),
        ("Nigeria mined 6 tons in 2024.", 1.0, False),
        ("Nigeria mined 6 tons in 2023.", 2.0, False),
        ("Nigeria mined ore in 2024.", 2.0, False),
    ],
    ids=["as well", "far below", "another year", "no figure"],
)
def test_an_official_source_goes_first_where_it_says_as_much(
    text: str, score: float, is_first: bool
) -> None:
    paper = prose("Nigeria mined 5 tons in 2024.", 0, source=PAPER)
    official = prose(text, 100, source=OFFICIAL)
    found = sources(ranking(MINED, (paper, 3.0), (official, score)))
    assert (found[0] == "official") == is_first


def test_rows_of_other_reports_than_an_edition_are_not_called_superseded() -> None:
    question = "What share did China have in 2023?"
    cells = [Cell("68%", 0, 0, "2023", 2023, "percent"), Cell("MCS 2025", 0, 0, "Source")]
    other = [Cell("62%", 0, 0, "2023", 2023, "percent"), Cell("a newspaper", 0, 0, "Source")]
    rows = [row("China", *told, caption="Share of mining") for told in (cells, other)]
    second = replace(rows[1].passage, id="second", start=300, end=300 + len(rows[1].passage.text))
    found = ranking(question, (rows[0], 3.0), (replace(rows[1], passage=second), 2.9))
    assert not choose(found).conflicting


def test_an_overview_takes_its_points_from_what_is_likely_beside_the_best() -> None:
    told = ("Lynas repaired it in May.", CRACKED, PAID, "The mill opens at nine.")
    stands = [(prose(text, 100 * place), 5.0 - place) for place, text in enumerate(told)]
    odds = (1.0, -1.5, -2.5, -9.0)
    overview = "What do the sources say about the furnace of Lynas?"
    assert quotes(judged(ranking(overview, *stands), *odds)) == [*told[:3]]
    assert quotes(judged(ranking("Who repaired the furnace?", *stands), *odds)) == [told[0]]


def test_an_overview_tells_the_section_of_the_best_in_the_order_of_the_page() -> None:
    opening = "The works lie at the river."
    told = ("They were built by two brothers.", "Lynas bought them in May.", "Gas is burnt there.")
    texts = (opening, *told, "A train goes by.")
    stands = [prose(text, 100 * place, "Works") for place, text in enumerate(texts)]
    elsewhere = prose("Lynas owns the works since May.", 900, "Sales")
    found = ranking(
        "What do the sources say about the works of Lynas?",
        *((one, 5.0) for one in (stands[2], elsewhere, stands[3], stands[0], stands[1], stands[4])),
    )
    odds = (6.0, 5.0, -1.0, -9.0, -9.0, -9.0)
    assert quotes(judged(found, *odds)) == [opening, *told, elsewhere.passage.text]


def test_a_table_that_is_the_list_asked_for_is_told_whole() -> None:
    rows = [
        in_table(n, label, f"{n}", caption="Owners of the works by the river, by stake")
        for n, label in enumerate(("Smith Brothers", "Mill Bank", "Town of Eden"), start=1)
    ]
    stands = [(one, 3.0 - place / 10) for place, one in enumerate(rows)]
    listed = ranking("Which owners do the works by the river have?", *stands)
    assert listed.asked.question.wants_list
    assert len(quotes(judged(listed, 1.0, -1.0, -1.0))) == 3
    single = ranking("What stake do the works by the river have?", *stands)
    assert not single.asked.question.wants_list
    assert len(quotes(judged(single, 1.0, -1.0, -1.0))) == 1


def test_a_list_is_all_rows_of_its_table_where_no_label_is_asked_for() -> None:
    held = [
        in_table(number, f"Coal Group {number}", str(number), caption="Shareholders of Ore Group")
        for number in range(1, 13)
    ]
    found = ranking("Ore Group - shareholders?", *((one, 9.0 - n) for n, one in enumerate(held)))
    assert len(quotes(found)) == len(held)
