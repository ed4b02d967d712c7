"""Statements that say that something is withheld, or that nothing is known of it."""

import pytest
from assistants import row, statement

from assistant.agreement.silence import states_absence, withholds

WITHHELD = (
    "The quotas were not published.",
    "The company did not disclose it, and the figure is withheld.",
    "Figures are not publicly available.",
    "The figure remains undisclosed to us.",
    "The quota was set without publication.",
)
ABSENT = (
    "No figure for the year was found.",
    "The report gives no tonnage of it.",
    "Neither source gives a date for it.",
    "None of the reports states the price.",
    "Nothing in the sources tells the price.",
    "The price is not stated there.",
    "It is not in these sources.",
    "The share remains unknown to all.",
    "The report does not say why.",
)
TOLD = (
    "The quotas were published.",
    "The mine closed in 2024.",
    "Exports to Japan did not begin in 2024.",
    "There is no tariff on magnets.",
)


@pytest.mark.parametrize("text", WITHHELD)
def test_what_is_withheld_is_absent_too(text: str) -> None:
    found = statement("?", text)
    assert (withholds(found), states_absence(found)) == (True, True)


@pytest.mark.parametrize("text", ABSENT)
def test_what_is_not_known_is_absent_but_not_withheld(text: str) -> None:
    found = statement("?", text)
    assert (withholds(found), states_absence(found)) == (False, True)


@pytest.mark.parametrize("text", TOLD)
def test_a_statement_that_tells_is_neither(text: str) -> None:
    found = statement("?", text)
    assert (withholds(found), states_absence(found)) == (False, False)


@pytest.mark.parametrize(
    ("cells", "absent"),
    [
        (("not given",), True),
        (("none found", "not stated"), True),
        (("not given", "5"), False),
        (("5",), False),
    ],
)
def test_a_row_of_values_that_are_not_given_states_absence(
    cells: tuple[str, ...], absent: bool
) -> None:
    header = ("", *(f"Column {number}" for number in range(len(cells))))
    assert states_absence(statement("?", row("Oxide", *cells, header=header))) is absent


def test_a_sign_for_what_is_not_available_is_a_value_of_its_row() -> None:
    found = statement("?", row("Oxide", "NA", header=("", "2024")))
    assert (withholds(found), states_absence(found)) == (False, False)
