"""Titles whose words type has torn apart: mended or passed over, by the words of the text."""

import pytest

from corpus.description.describing import describe
from corpus.document import Block, Metadata, Page, Reading, Source
from corpus.repair.spaced_words import WordsOf

TEXT = (
    "Norvik resorts are resorts for all. International critical materials are materials that are "
    "critical to magnets, and the materials of others are rare. In form a data set is a database."
)


@pytest.mark.parametrize(
    ("title", "mended"),
    [
        ("NORVIK R ESORTS I NTERNATIONAL", "NORVIK RESORTS INTERNATIONAL"),
        ("Norvik R Esorts, 2024", "Norvik Resorts, 2024"),
        ("C r i t i c a l Mate rials", "Critical Materials"),
        ("c r i t i c a l m a t e r i a l s", "critical materials"),
        ("Critical Materials", "Critical Materials"),
        ("A data set of rare magnets", "A data set of rare magnets"),
        ("Plan B for magnets", "Plan B for magnets"),
        ("稀土 永磁", "稀土 永磁"),
        ("", ""),
    ],
)
def test_pieces_are_joined_that_are_a_word_of_the_text(title: str, mended: str) -> None:
    assert WordsOf(f"{title}\n{TEXT}", title).mend(title) == mended


@pytest.mark.parametrize(
    ("title", "is_broken"),
    [
        ("rec ritic lm terials", True),
        ("Critical Materials", False),
        ("Zugzwang: Lanthanoids Unbound", False),  # of words that the text lacks
        ("Critic Material Magnet", False),  # other forms of its words
        ("稀土", False),
    ],
)
def test_a_title_of_mere_pieces_is_told(title: str, is_broken: bool) -> None:
    assert WordsOf(f"{title}\n{TEXT}", title).is_broken(title) == is_broken


def described(title: str, subject: str, heading: str, text: str = TEXT) -> Source:
    page = Page(1, "1", f"{heading}\n{text}", (Block("heading", 0, len(heading)),))
    reading = Reading((page,), Metadata(title=title, subject=subject))
    return describe(reading, "/a/report-7.pdf", "report-7.pdf", "pdf", "0")


def test_another_title_is_taken_for_one_beyond_mending() -> None:
    broken = "rec ritic lm terials"
    assert described(broken, "Critical materials", broken).title == "Critical materials"
    assert described(broken, "", "On critical materials").title == "On critical materials"
    assert described(broken, "", broken).title == "report-7"
    assert described("", "A subject", "A heading").title == "report-7"


def test_a_registrant_is_named_whole_though_its_cover_tears_it_apart() -> None:
    cover = (
        "FORM 10-Q\nFor the quarterly period ended June 30, 2024\nNORVIK R ESORTS\n"
        "(Exact name of registrant as specified in its charter)"
    )
    source = described("NORVIK R ESORTS, Form 10-Q", "", cover, f"Norvik Resorts\n{TEXT}")
    assert (source.title, source.publisher, source.series) == (
        "NORVIK RESORTS, Form 10-Q",
        "Norvik Resorts",
        "10-Q: Norvik Resorts",
    )
