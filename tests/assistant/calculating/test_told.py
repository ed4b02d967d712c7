"""What is made of the figures that statements tell: which are meant, and what is said of them."""

from collections.abc import Iterator

import pytest
from one_file_ledger import search_of

from assistant.calculating import Statement, make_of_told, statements_of_times
from assistant.figures import FactSearch

STATEMENTS = {
    "output": "China produced about 80,000 tons of rare earths in 2001 and about 120,000 in 2006.",
    "obligations": (
        "Other purchase obligations of $3.2 billion include $2.4 billion of cloud service "
        "agreements."
    ),
    "loans": (
        "In 2025 the agency gave a loan of $150 million to Narva Metals and a loan of $80 million "
        "to Paide Recycling."
    ),
    "equal": "Narva gave a loan of $50 million in 2025 and Paide gave one of $50 million in 2025.",
    "stockpile": (
        "In 2025 the stockpile may buy 300 tons of neodymium oxide, 450 tons of magnet block and "
        "60 tons of samarium-cobalt alloy."
    ),
    "cash": "Narva Metals bought Paide Recycling in May 2024 for cash of $6.1 billion.",
    "debt": "It also took over debt of $2.5 billion, which it repaid at once.",
    "revised": "The reserves of Brazil are revised in version 1.3, says the list of changes.",
    "cut": "Version 1.3 changed the reserves of Brazil from 21 million to 11 million tons in 2025.",
    "lands": "Reserves are put at 3 million tons for Brazil in 2024 and at 14 million tons for "
    "Canada in 2025.",
    "grades": "The company gives the concentrate 54% TREO and an adviser gives it 80% TREO.",
    "stated": "Imports of yttrium rose by 25% to 500 tons in 2024 from 400 tons in 2023.",
    "quota": "Light rare earths took 27,000 tons of the quota of 2014, heavy rare earths 3,600 "
    "tons.",
    "sum": "The provision of $700 million consists of $400 million for stocks and $300 million "
    "for orders.",
    "counts": "The offices called 15 of the 17 rare earths critical in 2016.",
    "origins": "Imports came from 14 places in 1993, and grew from 14 in 1993 to 33 in 2024.",
    "deposit": "In the ore neodymium makes up 18.1% and praseodymium 5.2% of total rare-earth "
    "oxide; dysprosium is 0.3% and terbium 0.1%.",
    "plants": "Narva Metals agreed in May 2024 to sell 86% of its plant in Paide for $25.6 million "
    "and the plant in Tartu, closed since the first quarter of 2024, for $4.1 million.",
    "agreed": "The agreed prices of May 2024 add up to $29.7 million.",
    "commitment": "The contract of Narva Metals has a minimum commitment of $2 million and a "
    "potential value of $40 million.",
    "liquidity": "Other sources of cash of Narva Metals in 2023 include $1.1 billion from "
    "contributions of partners, proceeds of $1.6 billion from an offering of stock and $849 "
    "million from the sale of a 20% stake in Paide.",
    "first": "As of December 31, 2022, $31.5 billion remained of the $60 billion program.",
    "third": "As of June 30, 2023, $22.3 billion remained of the $60 billion program.",
    "second": "As of March 31, 2023, $26.9 billion remained of the $60 billion program.",
}

ROWS = {
    "advertising": "Advertising services | 900 | 1,100",
    "stores": "Online stores | 500 | 700",
    "half 2024": "First half of 2024 | 256 | not stated",
    "half 2025": "First half of 2025 | 211 | 106",
}
TABLE = """Table 1. Net sales of Narva Metals, million US$:

| Line | 2023 | 2024 |
|---|---|---|
| Advertising services | 900 | 1,100 |
| Online stores | 500 | 700 |

Table 2. Concentrate that Narva Metals made, metric tons:

| Period | Output, gross | Output, REO |
|---|---|---|
| First half of 2024 | 256 | not stated |
| First half of 2025 | 211 | 106 |
"""


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactSearch]:
    with search_of(
        tmp_path_factory.mktemp("home"), "\n\n".join(("# Notes", *STATEMENTS.values(), TABLE))
    ) as found:
        yield found


def statement(search: FactSearch, name: str) -> Statement:
    [source] = search.ledger.sources(search.filters).values()
    text = {**STATEMENTS, **ROWS}[name]
    start = search.ledger.page_text(source.id, 1).index(text)
    return Statement((source.id, 1, start, start + len(text)), text)


def made(search: FactSearch, question: str, *names: str) -> str:
    """Return what is told of the figures of statements."""
    statements = [statement(search, name) for name in names]
    found = make_of_told(search.parse(question), statements, search)
    return found.sentence if found else ""


@pytest.mark.parametrize(
    ("question", "names", "told"),
    [
        (
            "By what percentage did China's output rise between 2001 and 2006?",
            ["output"],
            "That is a rise of 40,000 t, or 50.0%, from 80,000 t to 120,000 t.",
        ),
        (
            "cloud agreements as % of other purchase obligations",
            ["obligations"],
            "That is 75.0%: US$2.4 billion of US$3.2 billion.",
        ),
        (
            "What do the two loans of 2025 come to together?",
            ["loans"],
            "Together that is 150 + 80 = US$230 million.",
        ),
        (
            "What do the two loans of Narva and Paide come to together?",
            ["equal"],
            "Together that is 50 + 50 = US$100 million.",
        ),
        (
            "How many tons are the neodymium oxide, magnet block and samarium-cobalt together?",
            ["stockpile"],
            "Together that is 300 + 450 + 60 = 810 t.",
        ),
        (
            "What did the cash for Paide Recycling and the debt taken over come to together?",
            ["debt", "cash"],
            "Together that is 2.5 + 6.1 = US$8.6 billion.",
        ),
        ("What share of the rare earths is critical?", ["counts"], "That is 88.2%: 15 of 17."),
        (
            "By how many places did the origins grow from 1993 to 2024?",
            ["origins"],
            "That is a rise of 19, or 135.7%, from 14 to 33.",
        ),
        (
            "By how many tons did version 1.3 cut the reserves of Brazil?",
            ["revised", "cut"],
            "That is a fall of 10 million t, or 47.6%, from 21 million t to 11 million t.",
        ),
        (
            "Whose reserves are larger, Brazil's or Canada's?",
            ["lands"],
            "They are 11 million t apart: 3 million t against 14 million t.",
        ),
        (
            "How far apart are the grades of the company and the adviser, in percentage points?",
            ["grades"],
            "They are 26 percentage points apart: 54% against 80%.",
        ),
        (
            "By how much did what remained of the $60 billion program shrink between "
            "December 31, 2022 and March 31, 2023?",
            ["first", "second"],
            "That is a fall of US$4.6 billion, or 14.6%, from US$31.5 billion to US$26.9 billion.",
        ),
        (
            "Narva Metals net sales 2024: advertising services minus online stores, $m diff",
            ["advertising", "stores"],
            "They are US$400 million apart: US$1,100 million against US$700 million "
            "(Advertising services; Online stores).",
        ),
        (
            "Ore: Nd+Pr % of TREO",
            ["deposit"],
            "Together that is 18.1 + 5.2 = 23.3%.",
        ),
        (
            "What share of the potential value of the contract is the minimum commitment?",
            ["commitment"],
            "That is 5.0%: US$2 million of US$40 million.",
        ),
        (
            "What do the other sources of cash in 2023 add up to: partner contributions, the "
            "offering of stock and the sale of the stake in Paide?",
            ["liquidity"],
            "Together that is 1.1 + 1.6 + 0.849 = US$3.549 billion.",
        ),
        (
            "By how many metric tons did output fall from the first half of 2024 to the first "
            "half of 2025?",
            ["grades", "half 2025", "half 2024"],
            "That is a fall of 45 t gross weight, or 17.6%, from 256 t gross weight to "
            "211 t gross weight.",
        ),
    ],
)
def test_figures_of_statements_make_what_is_asked_for(
    search: FactSearch, question: str, names: list[str], told: str
) -> None:
    assert made(search, question, *names) == told


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("By what percentage did yttrium imports grow from 2023 to 2024?", ["stated"]),
        ("What do stocks and orders of the provision come to together?", ["sum"]),
        ("By how much did China's output rise between 2001 and 2010?", ["output"]),
        ("What is the total that the stockpile may buy?", ["stockpile"]),
        ("What do the reserves of Brazil in version 1.3 come to in total?", ["cut"]),
        ("What did the debt taken over come to in total?", ["debt", "cash"]),
        ("What share of the stockpile is magnet block?", ["stockpile"]),
        ("What did China produce in 2006?", ["output"]),
        ("By how much did the cash for Paide grow from 2024 to 2025?", ["agreed"]),
        ("Loans of 2025: Narva + Paide + Tartu, total", ["loans"]),
        ("Which percentage of the quota is of heavy rare earths?", ["quota"]),
        ("What do the prices of May 2024 for Paide and Tartu add up to?", ["plants", "agreed"]),
        ("How much of its own stock did Narva Metals buy?", ["commitment"]),
        ("By how many places did the origins grow from 1993 to 2010?", ["origins"]),
    ],
)
def test_nothing_is_made_of_what_is_told_or_leaves_a_choice(
    search: FactSearch, question: str, names: list[str]
) -> None:
    assert made(search, question, *names) == ""


def test_several_times_are_told_by_a_statement_each_in_their_order(search: FactSearch) -> None:
    asked = "What remained of the program at March 31, 2023, June 30, 2023 and December 31, 2022?"
    statements = [statement(search, name) for name in ("second", "grades", "first", "third")]
    query = search.parse(asked)
    assert statements_of_times(query, statements, search) == (2, 0, 3)
    assert statements_of_times(query, statements[:3], search) == ()  # one is told by none
