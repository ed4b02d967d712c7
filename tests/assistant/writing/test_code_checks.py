"""Code holds a sentence to its quotes by figures, times and names; the rest is for the verifier."""

from dataclasses import replace

import pytest
from assistants import SOURCE, evidence, row

from assistant.writing.code_checks import Beside, Fault, check_sentence, cited_of
from assistant.writing.evidence_selection import Line, Piece
from assistant.writing.quoting import Quotes
from assistant.writing.sentence_reading import read_sentence
from index.facts import LedgerFact
from index.passage import Evidence

PROSE = (
    "In 2024 the Orla mine in Brazil produced 4,100 metric tons of oxides, up from 3,900 metric "
    "tons in 2023, although it had lost $12 million. Corvina Metals runs a 2000-ton plant in "
    "Houston, where shortfalls rose from 37 to 99. It lost A$30 million. Of its 2,000 tons 35% is "
    "sold, at $33 per kilogram in 2024 and $40 per kilogram in 2025."
)
LISTED = evidence("1. The alloy is cast.\n2. Hydrogen breaks it up.\n3. Mills grind it.")
MADE = evidence(PROSE, source=replace(SOURCE, title="Mines of 2024", publisher="Agency of Mines"))
ROW = row("Orla", "3,900", "4,100", header=("", "2023", "2024"), unit="metric tons")
MINE, PLANT = "Orla mine in Brazil produced 4,100", "Corvina Metals runs a 2000-ton plant"


def no_facts(item: Evidence, start: int, end: int) -> tuple[LedgerFact, ...]:  # noqa: ARG001
    return ()


def piece(key: str, item: Evidence, text: str = "") -> Piece:
    line = Line(text or item.passage.text, item.passage)
    return Piece(key, item.source, (), (line,), {item.passage.id: item})


QUOTES = Quotes([piece("k1", MADE), piece("k2", ROW, "| Orla | 3,900 | 4,100 |")], no_facts)


def fault_of(sentence: str, quote: str, key: str = "k1", beside: Beside = Beside()) -> Fault:
    return check_sentence(read_sentence(sentence), QUOTES.find(key, quote), beside).fault


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Orla's output reached 4.1 thousand metric tons of oxides in 2024.", MINE),
        ("In 2023 the mine had made 3,900 metric tons.", MINE),
        ("Output rose by 200 metric tons to 4,100 in 2024, by the Agency of Mines.", MINE),
        ("Output at Orla rose by about 5% in 2024.", MINE),
        ("Orla made 8,000 metric tons in 2023 and 2024 together.", MINE),
        ("Corvina Metals has a 2,000-ton plant in Houston.", PLANT),
        ("Shortfalls at Houston rose to 99.", PLANT),
        ("Corvina Metals has sold 700 tons.", "Of its 2,000 tons 35% is sold"),
        ("Corvina Metals had a loss of A$30 million.", "It lost A$30 million"),
    ],
)
def test_a_sentence_whose_values_stand_in_its_quotes_passes(sentence: str, quote: str) -> None:
    assert fault_of(sentence, quote) == ""


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Orla produced 4,200 metric tons of oxides in 2024.", "figure"),
        ("Orla produced 4,100 kilograms of oxides in 2024.", "figure"),
        ("Orla lost €12 million in 2024.", "figure"),
        ("Orla produced 4,130 metric tons of oxides in 2024.", "figure"),
        ("Output at Orla rose by about 9% in 2024.", "figure"),
        ("Orla produced 4,100 metric tons of oxides in 2019.", "time"),
        ("The Lynas mine produced 4,100 metric tons of oxides in 2024.", "name"),
    ],
)
def test_a_value_that_stands_nowhere_does_not_pass(sentence: str, fault: Fault) -> None:
    assert fault_of(sentence, MINE) == fault


def test_what_stands_on_the_page_or_in_the_question_is_no_invention() -> None:
    told = "Orla of the Lynas group made 4,100 metric tons in 2024, for 2019 and 77 buyers."
    assert fault_of(told, MINE) == "figure"
    beside = Beside("Do 77 buyers wait?", ("Lynas has owned it since 2019.",))
    assert fault_of(told, MINE, beside=beside) == ""


def test_a_figure_that_was_worked_out_is_told_apart() -> None:
    quoted = QUOTES.find("k1", MINE)
    assert check_sentence(read_sentence("Output rose by 200 metric tons."), quoted).is_worked_out
    assert not check_sentence(read_sentence("It made 4,100 metric tons."), quoted).is_worked_out


def test_a_sentence_without_a_quote_does_not_pass() -> None:
    assert fault_of("Orla produced 4,100 metric tons.", "Orla mine in Peru") == "quote"


@pytest.mark.parametrize(
    ("quote", "is_found"),
    [
        ("In 2024 the  Orla mine in Brazil", True),
        ("the Orla mine ... up from 3,900 metric tons", True),
        ("the orla mine in Brazil produced 4,100.", True),
        ("produced 4,10", False),
        ("Orla mine in Peru", False),
        ("...", False),
    ],
)
def test_a_quote_is_found_word_by_word_or_not_at_all(quote: str, is_found: bool) -> None:
    found = QUOTES.find("k1", quote)
    assert bool(found) == is_found
    for one in found:
        assert one.cited.quote == PROSE[one.cited.start : one.cited.end]
        assert one.cited.quote.startswith("In 2024")


def test_a_quote_under_another_key_is_found_where_it_is_long_enough_to_be_told() -> None:
    assert QUOTES.find("k9", MINE) == QUOTES.find("k1", MINE)
    assert QUOTES.find("k9", "Orla") == ()


def test_a_quote_over_two_sentences_cites_both_with_what_stands_before() -> None:
    found = QUOTES.find("k1", "had lost $12 million. Corvina Metals runs")
    assert [one.cited.text.split()[0] for one in found] == ["In", "Corvina"]
    assert found[1].before.endswith("had lost $12 million.")


def test_a_quote_over_items_of_a_list_cites_each() -> None:
    shown = "The alloy is cast. Hydrogen breaks it up. Mills grind it."
    quotes = Quotes([piece("k1", LISTED, shown)], no_facts)
    found = quotes.find("k1", "The alloy is cast. Hydrogen breaks it up.")
    assert [one.cited.text for one in found] == ["The alloy is cast.", "Hydrogen breaks it up."]


def test_a_day_is_no_other_day_and_a_possessive_no_other_name() -> None:
    text = "On 19 June 2025 the court dismissed the Director-General’s appeal."
    quoted = Quotes([piece("k1", evidence(text))], no_facts).find("k1", text)
    told = "The court dismissed the appeal of the Director-General on 19 June 2025."
    assert check_sentence(read_sentence(told), quoted).fault == ""
    assert check_sentence(read_sentence(told.replace("19", "18")), quoted).fault == "time"


def test_a_year_in_the_name_of_a_file_is_no_invention() -> None:
    told = "By the data of 2031 Orla made 4,100 metric tons."
    assert fault_of(told, MINE) == "time"
    assert fault_of(told, MINE, beside=Beside("", ("mines_mcs2031_data",))) == ""


def test_sentences_that_follow_each_other_are_cited_as_one() -> None:
    quoted = QUOTES.find("k1", "had lost $12 million. Corvina Metals runs")
    (cited,) = cited_of(read_sentence("Orla lost $12 million."), quoted)
    assert cited.cited.quote.startswith("In 2024")
    assert cited.cited.quote.endswith("from 37 to 99.")
    first, last = QUOTES.find("k1", MINE), QUOTES.find("k1", "It lost A$30 million")
    assert len(cited_of(read_sentence("Orla lost it."), (*first, *last))) == 2


def test_of_a_row_the_cells_are_cited_whose_figures_are_told() -> None:
    quoted = QUOTES.find("k2", "| Orla | 3,900 | 4,100 |")
    (cited,) = cited_of(read_sentence("Orla made 4,100 t in 2024."), quoted)
    assert [cell.text for cell in cited.cited.cells] == ["4,100"]


def test_a_note_that_is_quoted_cites_the_row_that_it_is_a_note_of() -> None:
    other = row("Other", "7", "8", header=("", "2023", "2024"))
    other = replace(other, passage=replace(other.passage, id="200", start=200, end=211))
    cells = tuple(replace(cell, notes=("Estimated.",)) for cell in ROW.passage.cells)
    noted = replace(ROW, passage=replace(ROW.passage, cells=cells))
    lines = (
        Line("| Other | 7 | 8 |", other.passage),
        Line("| Orla | 3,900 ^a | 4,100 ^a |", noted.passage),
        Line("Notes: ^a Estimated.", beside=(other.passage, noted.passage)),
    )
    held = {one.passage.id: one for one in (other, noted)}
    quotes = Quotes([Piece("k3", SOURCE, (), lines, held)], no_facts)
    assert [one.evidence for one in quotes.find("k3", "Estimated.")] == [noted]
    assert [one.evidence for one in quotes.find("k3", "Orla | 3,900 | 4,100")] == [noted]
