"""Titles as texts give them: marked, labelled, above a byline, or the first line that reads so."""

import pytest

from corpus.text.titles import find_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ores of Norvik\n\nText is here.", "Ores of Norvik"),
        ("\n\n= Ores of Norvik =\nText.", "Ores of Norvik"),
        ("== Ores ==\nText.", "Ores"),
        ("Ores of Norvik\n===\n\nText.", "Ores of Norvik"),
        ("**Ores of Norvik**\n\nText.", "Ores of Norvik"),
        ("# Ores of Norvik\nText.", "Ores of Norvik"),
        ("Skip to content\nMenu\nHome | News | About\n\nOres of Norvik\n\nText.", "Ores of Norvik"),
        ("<<\n\n12 34\n\nOres of Norvik\n", "Ores of Norvik"),
        ("[Notices]\nwww.example.org\nMay 2024\nOres of Norvik", "Ores of Norvik"),
        ("132 RARE EARTHS1\n\n[Data in tons]", "RARE EARTHS"),
        ("RARE EARTHS 1\n", "RARE EARTHS"),
        ("RARE EARTHS [1]\n", "RARE EARTHS"),
        ("Rare earths¹\n", "Rare earths"),
        ("Rare earths2\n", "Rare earths"),
        ("2025 Draft List of Minerals", "2025 Draft List of Minerals"),
        ("Ores of Norvik:\nA Study\n\nText.", "Ores of Norvik: A Study"),
        ("Ores and Minerals\nof Norvik\n\nText.", "Ores and Minerals of Norvik"),
        ("Norvik Survey\n\nFact Sheet\n\nThe Ores\nBy A. Berg\n\nText.", "The Ores"),
        ("NORVIK SURVEY\n[Docket 5]\nList of Ores\nAGENCY: Norvik Survey.\n", "List of Ores"),
        ("Norvik\nSurvey Office\n\nserving miners since 1914\n\nThe Ores\n", "The Ores"),
        ("Department of Mines\n\nOres of Norvik\n", "Ores of Norvik"),
        ("Publisher: Norvik\n\nOres of Norvik\n\nText.", "Ores of Norvik"),
        ("Chapter 2\n", "Chapter 2"),
        ("Phase 2", "Phase 2"),
        ("ARTICLE\n4 May 2025\n\nOres of Norvik\n\nText.", "Ores of Norvik"),
        ("Mining News\nOres of Norvik\nMay 4,2025\nText.", "Ores of Norvik"),
        ("Norvik Survey open main menu\n\nOres of Norvik\n\nText.", "Ores of Norvik"),
        ("Norvik Logo\n\nOres of Norvik\n\nText.", "Ores of Norvik"),
        ("Ores of Norvik\nand what they cost\n\nPar Marie Roux – Le Monde\n",
         "Ores of Norvik and what they cost"),
        ("Norvik opens\nits new mine\n\nText.", "Norvik opens its new mine"),
        ("Ores and Minerals of\n\nNorvik\n\nText.", "Ores and Minerals of Norvik"),
        ("Mining in the U.S.\n\nPublic Policy\n\nText.", "Mining in the U.S. Public Policy"),
        ("MINES OFFICE\n\nProcedures for the Sale of Ores, Metals\nTariff Process\n\n"
         "AGENCY: Mines Office.\n", "Procedures for the Sale of Ores, Metals Tariff Process"),
        ("4 May 2025 Ores of Norvik\nText.", "Ores of Norvik"),
        ("Ores of Norvik - Mines and ...\n\nText.", "Ores of Norvik - Mines and"),
        ("Earlier Studies of Some Mine\nReview\n\nOres of Norvik and Their Uses\n\nText.",
         "Ores of Norvik and Their Uses"),
        ("Economy\nSold\nNorvik sells ore to the south\n04/05/2025, 10:52\nText.",
         "Norvik sells ore to the south"),
        ("• Feeds\n• Alerts\n\nNorvik Reports Sales of All Ores\n\n4/5/25 4:05:00 PM ET\n",
         "Norvik Reports Sales of All Ores"),
    ],
)  # fmt: skip
def test_title_of_a_plain_text(text: str, title: str) -> None:
    assert find_title(text, marked=False) == title


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Highlights\n\nRare Earths in 2025\nText.",
        "Summary",
        "This is a sentence.\nTitle",
        "x" * 201,
        "The mine is old. It was closed in May\nTitle",
        "- an item\nTitle",
        "| a | b |\n",
        "Department of Mines\n",
        "GAO-24-107176 1 (2024-09-10)",
        "\n" * 130 + "Too late",
    ],
)
def test_text_that_begins_without_a_title_has_none(text: str) -> None:
    assert find_title(text, marked=False) == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Here it is:\n\n```markdown\n# ORES\n\nText.", "ORES"),
        ("144\n# **ORES OF NORVIK [1]**\n", "ORES OF NORVIK"),
        ("### **RARE EARTHS1**\n\nText.", "RARE EARTHS"),
        ("## One\n\n# Two\n", "Two"),
        ("## Menu\n\n## Ores\n", "Ores"),
        ("##### 225.7 Restriction. #####\n\nText", "225.7 Restriction"),
        ("# [Ores](ores.md) of *Norvik*[^1]\n", "Ores of Norvik"),
        (
            "# Title 10— MINES\n## Subtitle A\n### CHAPTER 3\n#### § 48. Sale of ore\n"
            "##### (a) In general\n\nText.",
            "Title 10— MINES: § 48. Sale of ore",
        ),
        ("# Ores\n## Highlights\n\nText.", "Ores"),
        ("Ores of Norvik\n\nText without headings.", "Ores of Norvik"),
    ],
)  # fmt: skip
def test_title_of_a_markdown_text(text: str, title: str) -> None:
    assert find_title(text, marked=True) == title


@pytest.mark.parametrize("sign", ["#", "# ", "=", "[", "*", "<!--", "a ", "By A. ", "Title:"])
def test_a_very_long_line_is_judged_at_once(sign: str) -> None:
    for marked in (True, False):
        assert find_title(sign * 100_000, marked) == ""
