"""Checked sentences make an answer whose citations are numbered in order of first use."""

from assistants import evidence, row, statement

from assistant.answer import Sentence
from assistant.candidates import Candidate
from assistant.writing.attribution import Attributed
from assistant.writing.composing import Composition

QUESTION = "How much did Lynas sell in 2024 and 2025?"
SOLD = statement(QUESTION, evidence("Lynas sold 3,000 t in 2025."))
FOUNDED = statement(QUESTION, evidence("Lynas was founded in Australia.", start=100))


def told(text: str, *carriers: Candidate) -> Attributed:
    return Attributed(text, carriers, "kept")


def test_citations_are_numbered_in_order_of_first_use() -> None:
    composition = Composition()
    first = composition.add(told("It was founded there.", FOUNDED))
    second = composition.add(told("It sold 3,000 t.", SOLD, FOUNDED))
    assert first == Sentence("It was founded there.", (1,), "supported")
    assert second == Sentence("It sold 3,000 t.", (2, 1), "supported")
    assert composition.sentences == (first, second)
    assert composition.cited == (FOUNDED, SOLD)
    assert [(one.number, one.quote) for one in composition.citations] == [
        (1, "Lynas was founded in Australia."),
        (2, "Lynas sold 3,000 t in 2025."),
    ]
    assert composition.text() == "It was founded there. [1] It sold 3,000 t. [2][1]"


def test_a_statement_that_carries_twice_is_cited_once() -> None:
    composition = Composition()
    assert composition.add(told("It sold 3,000 t.", SOLD, SOLD)).citations == (1,)


def test_other_cells_of_a_row_are_another_citation() -> None:
    item = row("Oxides", "2,500", "3,000", header=("", "2024", "2025"))
    older = statement("How much did Lynas sell in 2024?", item)
    newer = statement("How much did Lynas sell in 2025?", item)
    composition = Composition()
    composition.add(told("It sold 2,500 t in 2024.", older))
    assert composition.add(told("It sold 3,000 t in 2025.", newer)).citations == (2,)


def test_nothing_added_is_no_text() -> None:
    composition = Composition()
    assert (composition.text(), composition.sentences, composition.citations) == ("", (), ())
