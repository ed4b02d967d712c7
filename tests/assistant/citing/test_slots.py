"""A claim and a statement are compared slot by slot."""

import pytest

from assistant.citing.slots import compare_slots, read, read_around, read_row
from corpus.document import Cell
from corpus.facts import Argument, Fact
from corpus.language.names import Name
from corpus.language.periods import parse_period
from corpus.language.quantities import Quantity

NOTHING = read_around("")


@pytest.mark.parametrize(
    ("claim", "said", "slot"),
    [
        (
            "The mine made 300 kilograms in 2024.",
            "The mine made 300 tons in 2024.",
            "figures of other unit",
        ),
        ("Prices of terbium rose in 2024.", "Prices of terbium fell in 2024.", "way opposed"),
        ("It opened the works in 2021.", "It opened the works in 2022.", "times other"),
        (
            "Norvik announced the purchase of Orla.",
            "Orla announced the purchase of Norvik.",
            "roles exchanged",
        ),
        ("All of the oxide is sold to Japan.", "The oxide is sold to Japan.", "universal in claim"),
        ("MCS 2026 gives Orla 40 tons.", "Orla had 40 tons in MCS 2025.", "edition other"),
        ("No fee was paid to Orla.", "A fee was paid to Orla.", "denied by claim"),
        (
            "Norvik lent the bank $5 million.",
            "The bank lent Norvik $5 million.",
            "parties exchanged",
        ),
        ("It opened the works in May 2021.", "It opened the works in 2021.", "times coarser"),
        ("The mine made 24,000 tons.", "The mine made 20,000 tons.", "figures other"),
        (
            "Reserves of 1,500 tons lie in Canada.",
            "Reserves: Canada 830 and Brazil 1,500 tons.",
            "figures of another",
        ),
        (
            "Reserves of 9,000 tons lie in Canada and 2,000 tons in Brazil.",
            "Reserves of 2,000 tons lie in Canada and 9,000 tons in Brazil.",
            "figures of another",
        ),
    ],
)
def test_a_twist_shows_in_its_slot(claim: str, said: str, slot: str) -> None:
    compared = compare_slots(read(claim), read(said), NOTHING)
    unchanged = compare_slots(read(claim), read(claim), NOTHING)
    assert compared[slot] > 0
    assert unchanged[slot] == 0


def test_a_row_of_several_years_tells_which_way_its_figure_went() -> None:
    facts = [
        Fact(
            Quantity(value, value, "USD/kg"),
            "price",
            (Argument("material", Name("terbium", "terbium", "element", "oxide")),),
            parse_period(year),
        )
        for year, value in (("2023", 900.0), ("2024", 800.0))
    ]
    row = read_row(read("Terbium oxide — 2023: 900; 2024: 800"), facts, ())
    claim = read("The price of terbium oxide rose from 2023 to 2024.")
    assert compare_slots(claim, row, NOTHING)["way opposed"] == 1.0


def test_a_figure_of_a_row_has_the_unit_that_governs_its_cell() -> None:
    row = read_row(
        read("Imports — 2025: 100"), (), (Cell("100", 0, 3, "2025", 2025, "metric tons"),)
    )
    compared = compare_slots(read("Imports were 100 kilograms in 2025."), row, NOTHING)
    assert compared["figures of other unit"] == 1.0
