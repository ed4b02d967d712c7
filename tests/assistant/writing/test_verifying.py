"""A sentence is shown where its quotes carry it, and says nothing that they say otherwise."""

from dataclasses import replace

import pytest
from assistants import SOURCE, evidence, row

from assistant.prompts import PromptEvidence
from assistant.writing.offering import Offered
from assistant.writing.quoting import Quotes
from assistant.writing.sentence_reading import read_sentence
from assistant.writing.verifying import Fault, cited_of, find_fault
from corpus.document import Block, Page
from corpus.facts.sentences import sentence_facts
from index.facts import LedgerFact
from index.passage import Evidence

PROSE = (
    "In 2024 the Orla mine in Brazil produced 4,100 metric tons of oxides, up from 3,900 metric "
    "tons in 2023, although it had lost $12 million. Corvina Metals lent $80 million to Nordvale "
    "in Narva, and awarded $5.1 million to Brightwater in Houston. The ministry said that it would "
    "lift the ban. None of the plants produced samarium metal. Corvina bought scrap from Nordvale."
)
SOLD = evidence(PROSE, source=replace(SOURCE, title="Mines of 2024", publisher="Agency of Mines"))
CELLS = row(
    "Terbium", "no", "yes", header=("", "April 2025", "October 2025"), caption="Table 1. Controls"
)


def facts_at(item: Evidence, start: int, end: int) -> tuple[LedgerFact, ...]:
    if item.passage.kind == "row":
        return ()
    block = Block("prose", 0, len(item.passage.text))
    page = Page(1, "1", item.passage.text, (block,))
    facts = sentence_facts(item.source, page, block)
    return tuple(
        LedgerFact(n, fact, item.source, "", "")
        for n, fact in enumerate(facts)
        if start <= fact.place.value_start < end
    )


QUOTES = Quotes(
    [
        Offered(PromptEvidence("k1", (), PROSE), SOLD),
        Offered(PromptEvidence("k2", (), CELLS.passage.text), CELLS),
    ],
    facts_at,
)
MINE, LOAN = "Orla mine in Brazil produced 4,100", "Corvina Metals lent $80 million"


def fault_of(sentence: str, quote: str, key: str = "k1") -> Fault:
    return find_fault(read_sentence(sentence), QUOTES.find(key, quote))


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Orla's output reached 4.1 thousand metric tons of oxides in 2024.", MINE),
        ("In 2023 the mine had made 3,900 metric tons.", MINE),
        (
            "Output at Orla rose to 4,100 metric tons in 2024, according to the Agency of Mines.",
            MINE,
        ),
        ("Corvina Metals granted Nordvale a loan of $80 million.", LOAN),
        ("Brightwater received $5.1 million from Corvina Metals.", LOAN),
        ("The ministry announced that it would lift the ban.", "would lift the ban"),
        ("No plant produced samarium metal.", "None of the plants"),
        ("Nordvale's scrap was bought by Corvina.", "Corvina bought scrap"),
    ],
)
def test_a_sentence_that_its_quote_carries_is_shown(sentence: str, quote: str) -> None:
    assert fault_of(sentence, quote) == ""


@pytest.mark.parametrize(
    ("sentence", "quote", "fault"),
    [
        ("Orla produced 4,200 metric tons of oxides in 2024.", MINE, "figure"),
        ("Orla produced 4,100 kilograms of oxides in 2024.", MINE, "figure"),
        ("Orla lost €12 million in 2024.", MINE, "figure"),
        ("Orla produced 4,130 metric tons of oxides in 2024.", MINE, "figure"),
        ("Orla produced 4,100 metric tons of oxides in 2022.", MINE, "time"),
        ("Orla produced 4,100 metric tons of oxides in 2023.", MINE, "contradicted"),
        ("Nordvale produced 4,100 metric tons of oxides in 2024.", MINE, "name"),
        ("Output at Orla fell to 4,100 metric tons in 2024.", MINE, "contradicted"),
        ("Brightwater in Houston was lent $80 million.", LOAN, "contradicted"),
        ("The ministry lifted the ban.", "would lift the ban", "contradicted"),
        ("The plants produced samarium metal.", "None of the plants", "contradicted"),
        ("Nordvale bought scrap from Corvina.", "Corvina bought scrap", "contradicted"),
    ],
)
def test_a_sentence_with_one_twist_is_not_shown(sentence: str, quote: str, fault: Fault) -> None:
    assert fault_of(sentence, quote) == fault


def test_cells_are_of_their_columns() -> None:
    assert fault_of("Terbium has been controlled since October 2025.", "Terbium", "k2") == ""
    assert fault_of("Terbium was controlled in April 2025.", "Terbium", "k2") == "contradicted"


def test_a_rounded_figure_carries_no_other_one() -> None:
    item = row("Orla", "70", "71", header=("", "2023", "2024"), unit="percent")
    quotes = Quotes(
        [Offered(PromptEvidence("k3", (), "Orla — 2023: 70; 2024: 71"), item)], facts_at
    )
    quoted = quotes.find("k3", "2024: 71")
    assert find_fault(read_sentence("Orla supplied 71% in 2024."), quoted) == ""
    assert find_fault(read_sentence("Orla supplied 71% in 2023."), quoted) == "contradicted"


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
    assert QUOTES.find("k9", quote) == ()


def test_of_a_row_the_cells_are_cited_whose_figures_are_told() -> None:
    item = row("Orla", "3,900", "4,100", header=("", "2023", "2024"), unit="t")
    quotes = Quotes([Offered(PromptEvidence("k3", (), "Orla — 2024: 4,100"), item)], facts_at)
    quoted = quotes.find("k3", "2024: 4,100")
    (cited,) = cited_of(read_sentence("Orla made 4,100 t in 2024."), quoted)
    assert [cell.text for cell in cited.cited.cells] == ["4,100"]
