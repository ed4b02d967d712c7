"""Filings with a regulator: whose they are, when they were made, of which period."""

import pytest

from corpus.dating import find_edition, find_filed
from corpus.description.filing_covers import find_form, find_registrant
from corpus.description.ranking import find_publisher, registrant_name

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


PERIOD = "FORM {form}\nFor the {period} ended {date}\nNorvik Metals Corp.\n" + CHARTER + "\n"
SIGNATURE = (
    "SIGNATURES\nPursuant to the requirements of the Securities Exchange Act of 1934, the "
    "registrant has duly caused this report to be signed\non its behalf by the undersigned.\n"
)
YEAR = PERIOD.format(form="10-K", period="fiscal year", date="January 28, 2024")


@pytest.mark.parametrize(
    ("about", "stated", "text", "filed"),
    [
        ("Form 10-K filed on 2024-02-21 for the period ending 2024-01-28", "", YEAR, "2024-02-21"),
        ("Form 10-K for Norvik filed 03/05/2024", "", YEAR, "2024-03-05"),
        ("10-K - 03/05/2024 - Norvik Metals", "", YEAR, "2024-03-05"),
        ("", "", f"FILED AS OF DATE:\t\t20240221\n{YEAR}", "2024-02-21"),
        (
            "",
            "",
            f"As filed with the Securities and Exchange Commission on March 5, 2024\n{YEAR}",
            "2024-03-05",
        ),
        ("", "", f"{YEAR}{SIGNATURE}Date: February 20, 2024 Norvik Metals Corp.\n", "2024-02-20"),
        ("", "", f"{YEAR}{SIGNATURE}/s/ JANE DOE\nJane Doe\nFebruary 20, 2024\n", "2024-02-20"),
        ("", "", f"{YEAR}{SIGNATURE}February 20, 2024 By: /s/ Jane Doe\n", "2024-02-20"),
        (
            "",
            "",
            f"{YEAR}{SIGNATURE}on the 20th day of February, 2024.\nDated: February 20, 2024\n",
            "2024-02-20",
        ),
        # The day that comes with the file, where it can be that of the filing.
        ("", "2024-02-21", f"{YEAR}{SIGNATURE}Date: February 20, 2024\n", "2024-02-21"),
        ("", "2024-01-28", f"{YEAR}{SIGNATURE}Date: February 20, 2024\n", "2024-02-20"),
        # What is filed on a day was signed before.
        ("Form 10-K filed 02/19/2024", "", f"{YEAR}{SIGNATURE}February 20, 2024\n", "2024-02-20"),
        # The end of the period and what others filed are no date of the filing.
        ("Annual report 01.28.2024", "2024-01-28", YEAR, ""),
        ("", "", f"{YEAR}See our Form 10-K filed with the SEC on February 22, 2024.\n", ""),
        ("", "", f"{YEAR}{SIGNATURE}By a power of attorney of February 1, 2024, he signs.\n", ""),
    ],
)
def test_a_filing_says_when_it_was_filed_or_signed(
    about: str, stated: str, text: str, filed: str
) -> None:
    assert find_filed(about, stated, text) == filed


def quarterly(date: str, spans: str, words: str) -> str:
    cover = PERIOD.format(form="10-Q", period="quarterly period", date=date)
    return f"{cover}{spans * 3}{words}"


def yearly(date: str, words: str) -> str:
    return PERIOD.format(form="10-K", period="fiscal year", date=date) + words


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        # The year bears the name of the one in which it ends.
        (
            quarterly(
                "April 30, 2023",
                "Three Months Ended\n",
                "In the first quarter of fiscal year 2024 sales rose from the first quarter of "
                "fiscal year 2023.",
            ),
            "10-Q Q1 2024",
        ),
        (
            quarterly(
                "October 29, 2023",
                "Three Months Ended | Nine Months Ended\n",
                "Third quarter of fiscal year 2024.",
            ),
            "10-Q Q3 2024",
        ),
        (
            quarterly("December 31, 2022", "Three Months Ended\n", "The first quarter of 2023"),
            "10-Q Q1 2023",
        ),
        (yearly("January 28, 2024", "In fiscal year 2024; in fiscal year 2023."), "10-K 2024"),
        # Or of the one before, in which most of it lies.
        (
            quarterly(
                "July 29, 2023",
                "13 Weeks Ended | 26 Weeks Ended\n",
                "The second quarter of fiscal 2023; the second quarter of fiscal 2022.",
            ),
            "10-Q Q2 2023",
        ),
        (
            yearly(
                "February 3, 2024",
                "Fiscal 2024 will have 52 weeks. Fiscal 2023 ended on February 3, 2024.",
            ),
            "10-K 2023",
        ),
        (
            yearly("February 3, 2024", "Fiscal 2023, fiscal 2023, fiscal 2023; fiscal 2024."),
            "10-K 2023",
        ),
        # The years of an act are not the company's, nor is a year that ends in autumn the last.
        (
            yearly("March 31, 2024", "The Defense Authorization Act for Fiscal Year 2023."),
            "10-K 2024",
        ),
        (yearly("September 30, 2024", "Fiscal 2023 was better, as fiscal 2023 is."), "10-K 2024"),
        # A year of whole weeks may end in the next month, or the next year.
        (yearly("January 1, 2023", ""), "10-K 2022"),
        (quarterly("October 1, 2022", "Nine Months Ended\n", ""), "10-Q Q3 2022"),
        (quarterly("April 1, 2023", "", ""), "10-Q Q1 2023"),
        # Spans of other reports are named rarely; a text without spans keeps to the calendar.
        (
            quarterly(
                "March 31, 2023",
                "Three Months Ended\nThree months ended\n",
                "Q1 2023. As in the nine months ended in 2022.",
            ),
            "10-Q Q1 2023",
        ),
        (quarterly("September 30, 2023", "", "In the first quarter of 2023."), "10-Q Q3 2023"),
        (yearly("February 30, 2024", "Fiscal 2024 ended February 30, 2024."), ""),
    ],
)
def test_the_edition_of_a_filing_follows_the_fiscal_year_that_it_names(
    text: str, edition: str
) -> None:
    assert find_edition(["A filing"], text, "", text) == edition
