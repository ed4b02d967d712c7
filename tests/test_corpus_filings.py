"""Filings with a regulator: whose they are, and what form they have."""

import pytest

from corpus.filing_covers import find_form, find_registrant
from corpus.ranking import find_publisher, registrant_name

COMMISSION = "UNITED STATES\nSECURITIES AND EXCHANGE COMMISSION\nWashington, D.C. 20549\n"
CHARTER = "(Exact name of registrant as specified in its charter)"


@pytest.mark.parametrize(
    ("cover", "registrant"),
    [
        (f"{COMMISSION}FORM 10-K\nNorvik Metals Corp.\n{CHARTER}\n", "Norvik Metals Corp."),
        (f"FORM 10-K\n_____\n\nNORVIK METALS, INC.\n\n_____\n{CHARTER}", "NORVIK METALS, INC."),
        (f"# FORM 10-Q\n\n**Norvik Metals plc**\n\n*{CHARTER}*\n", "Norvik Metals plc"),
        (f"| Norvik Metals plc |\n| --- |\n| {CHARTER} |\n", "Norvik Metals plc"),
        (
            f"FORM 10-K (Mark One) Commission File Number 001-12345 Norvik Metals Corp. {CHARTER}",
            "Norvik Metals Corp.",
        ),
        (
            "FORM 10-Q\nCommission File Number 001-12345\nNORVIK CORPORATION\n"
            "NEVADA 91-0000000\n(STATE OF INCORPORATION) (I.R.S. ID)\n",
            "NORVIK CORPORATION",
        ),
        (
            "ACCESSION NUMBER: 1\n\tCOMPANY CONFORMED NAME:\t\t\tNorvik Metals Corp\n",
            "Norvik Metals Corp",
        ),
        (
            "FORM 6-K\nCommission File Number: 001-12345\nNorvik Metals Limited\n"
            "(Translation of registrant’s name into English)\n",
            "Norvik Metals Limited",
        ),
        (
            f"FORM 20-F\nNorvik Gruver ASA\n({CHARTER[1:]}\nNot applicable\n"
            "(Translation of Registrant’s name into English)",
            "Norvik Gruver ASA",
        ),
        # The form itself, that nobody has filled in.
        (f"{COMMISSION}FORM 10-K\nCommission file number __________\n________\n{CHARTER}", ""),
        ("An article on the exact name of things.", ""),
        ("", ""),
    ],
)
def test_the_cover_of_a_filing_names_its_registrant(cover: str, registrant: str) -> None:
    assert find_registrant(cover) == registrant


@pytest.mark.parametrize(
    ("cover", "form"),
    [
        ("\nFORM 10-K\n", "10-K"),
        ("**Form 10-Q/A**\n", "10-Q/A"),
        (f"COMMISSION Washington FORM 10-K (Mark One)\nNorvik Corp.\n{CHARTER}", "10-K"),
        ("The company's Form 10-K said so.\n", ""),
        ("", ""),
    ],
)
def test_the_form_of_a_filing_stands_on_its_cover(cover: str, form: str) -> None:
    assert find_form(cover) == form


def test_the_regulator_above_a_form_does_not_publish_the_filing() -> None:
    named = f"{COMMISSION}FORM 10-Q\nNORVIK METALS, INC.\n{CHARTER}\n"
    assert find_publisher("https://www.sec.gov/a.htm", "", named) == "NORVIK METALS"
    assert find_publisher("", "", f"{COMMISSION}FORM 10-Q\nA page of a form.\n") == ""
    release = f"{COMMISSION}A release on mining disclosure.\n"
    assert find_publisher("", "", release) == "U.S. Securities and Exchange Commission"


def test_a_registrant_is_spelled_as_the_filing_mostly_spells_it() -> None:
    cover = f"FORM 10-Q\nNORVIK METALS, INC.\n{CHARTER}\n"
    assert registrant_name(cover, f"{cover}Norvik Metals sold more. Norvik Metals grew.") == (
        "Norvik Metals"
    )
    assert registrant_name("An article.", "An article.") == ""
