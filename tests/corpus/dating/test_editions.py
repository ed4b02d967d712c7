"""Editions: named, versioned, gathered in series, and the newest known."""

import pytest

from corpus.dating import editions, find_edition, find_series, find_version, is_newer
from corpus.document import Source

COVER = (
    "Congressional Research Service\n\nRare Earth Elements in National Defense\n\nJane Doe\n\n"
    "{date}\n\n7-5700\nwww.crs.gov\nR99999\n\nSee CRS Report R88888 on another matter.\n"
)
FILING = (
    "FORM {form}\n\nFor the {period} ended {date}\n\nEXAMPLE METALS CORP.\n"
    "(Exact name of registrant as specified in its charter)\n"
)
SUMMARY = (
    "134\nRARE EARTHS1\n\n[Data in metric tons of rare-earth oxide]\n\n"
    "Domestic Production and Use: One mine was open.\n\n"
    "Salient Statistics—United States: 2011 2012 2013 2014 2015e\nProduction 1 2 3 4 5\n"
)


def source(name: str, **fields: object) -> Source:
    return Source(
        id=name,
        location=f"/{name}",
        path=name,
        title=name,
        file_type="pdf",
        sha256=name,
        **fields,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("texts", "edition"),
    [
        (["Mineral Commodity Summaries 2026"], "MCS 2026"),
        (["Mineral Commodity Summaries, January 2025"], "MCS 2025"),
        (["Rare Earths", "2022 Minerals Yearbook"], "MYB 2022"),
        (["Minerals Yearbook, 2018"], "MYB 2018"),
        (["MCS 2024"], "MCS 2024"),
        (["Global Critical Minerals Outlook 2024"], "GCMO 2024"),
        (["mcs2026_rare_earths.csv"], "MCS 2026"),
        (["World Energy Outlook, October 2024"], "WEO 2024"),
        (["WEO 2024"], "WEO 2024"),
        (["2023 Critical Materials Assessment"], "Critical Materials Assessment 2023"),
        (["Example Metals Annual Report 2024"], "Annual Report 2024"),
        (["2024 Annual Report and Accounts"], "Annual Report And Accounts 2024"),
        (["Example Metals 10-K 2024"], "10-K 2024"),
        (["Q3 2024 quarterly report"], "Quarterly Report Q3 2024"),
        (["Handbook of the Chemistry of Lanthanides, third edition"], "Third edition"),
        (["A Guide to Magnets, 2025 edition"], "2025 edition"),
        (["From Mineral Commodity Summaries 2025 to Mineral Commodity Summaries 2026"], ""),
        (["Mineral Commodity Summaries 2025 and 2026 compared"], ""),
        (["Mineral Commodity Summaries 2025, 2026 revised"], ""),
        (["Minerals Yearbook 2018–2019"], ""),
        (["Rare earths in 2026"], ""),
        ([], ""),
    ],
)
def test_edition_is_named_by_series_and_year(texts: list[str], edition: str) -> None:
    assert find_edition(texts) == edition


@pytest.mark.parametrize(
    ("first_pages", "published", "edition"),
    [
        (COVER.format(date="December 23, 2013"), "2013-12-23", "R99999 (2013-12-23)"),
        (
            FILING.format(form="10-K", period="fiscal year", date="December 31, 2024"),
            "",
            "10-K 2024",
        ),
        (
            FILING.format(form="10-Q", period="quarterly period", date="September 30, 2025"),
            "2025-11-06",
            "10-Q Q3 2025",
        ),
        (
            "Text.\nU.S. Geological Survey, Mineral Commodity Summaries, January 2025\n",
            "",
            "MCS 2025",
        ),
        (SUMMARY, "", "MCS 2016"),
        ("The survey's Mineral Commodity Summaries 2025 says otherwise.", "", ""),
        ("An article on CRS report R99999.", "2013-12-23", ""),
    ],
)
def test_first_pages_name_an_edition_where_no_title_does(
    first_pages: str, published: str, edition: str
) -> None:
    assert find_edition(["A title"], first_pages, published) == edition


@pytest.mark.parametrize(
    ("edition", "title", "first_pages", "series"),
    [
        ("MCS 2026", "Rare Earths, Mineral Commodity Summaries 2026", "", "MCS: rare earths"),
        (
            "MCS 2026",
            "Rare Earths (Heavy), Mineral Commodity Summaries 2026",
            "",
            "MCS: rare earths (heavy)",
        ),
        (
            "MCS 2026",
            "Mineral Commodity Summaries 2026",
            "150 SCANDIUM1\n(Data in kg",
            "MCS: scandium",
        ),
        ("MCS 2016", "134 RARE EARTHS1", SUMMARY, "MCS: rare earths"),
        ("MCS 2026", "Mineral Commodity Summaries 2026", "", ""),
        (
            "MCS 2026",
            "Revision History for U.S. Geological Survey Mineral Commodity Summaries 2026",
            "",
            "MCS: revision history",
        ),
        (
            "MYB 2018",
            "2018 Minerals Yearbook: Rare Earths [advance release]",
            "",
            "MYB: rare earths",
        ),
        (
            "MYB 2018",
            "Myb1 2018",
            "2018 Minerals Yearbook\n\nRARE EARTHS [ADVANCE RELEASE]\n",
            "MYB: rare earths",
        ),
        ("GCMO 2024", "Global Critical Minerals Outlook 2024", "", "GCMO"),
        ("", "Rare Earth Elements", COVER, "CRS R99999"),
        ("", "Rare Earth Elements (R99999)", "", "CRS R99999"),
        ("", "A blog", "It cites CRS Report R88888.", ""),
        ("10-Q Q3 2025", "", FILING, "10-Q: Example Metals"),
        ("10-K 2024", "MP Example Inc. 10-K 2024", "", "10-K: MP Example"),
        ("10-K/A 2024", "MP Example Inc. 10-K/A 2024", "", "10-K: MP Example"),
        ("10-K 2024", "10-K 2024", "", ""),
        (
            "Annual Report 2024",
            "Example Metals plc Annual Report 2024",
            "",
            "Annual Report: Example Metals",
        ),
        ("Annual Report 2024", "Annual Report 2024", "", ""),
        (
            "2025 edition",
            "A Guide to Permanent Magnets, 2025 edition",
            "",
            "A Guide to Permanent Magnets",
        ),
        ("2025 edition", "Magnets, 2025 edition", "", ""),
        ("", "225.7018-2 Restriction.", "Do not acquire any such magnet.", "DFARS 225.7018-2"),
        ("", "48 CFR 225.7018-2 Restriction", "Do not acquire any.", "DFARS 225.7018-2"),
        ("", "10 CFR 50.55 Conditions", "", "10 CFR 50.55"),
        ("", "225.7018 kg of oxide", "Sold.", ""),
        ("", "10 USC 4872 Acquisition of materials", "", "10 USC 4872"),
        (
            "",
            "Title 10— ARMED FORCES",
            "# Title 10— ARMED FORCES\n#### § 4872. Acquisition\n(10 U.S.C. 2533c)",
            "10 USC 4872",
        ),
        ("", "Title 10— ARMED FORCES", "# Title 10\n## § 1. One\n## § 2. Two\n", ""),
        ("", "Rare earth prices rise", "Text.", ""),
        ("", "", "", ""),
    ],
)
def test_series_is_what_all_editions_have_in_common(
    edition: str, title: str, first_pages: str, series: str
) -> None:
    assert find_series(edition, title, first_pages.replace("{form}", "10-Q")) == series


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("Version 1.3", "v1.3"),
        ("v1.2, May 2026", "v1.2"),
        ("ver. 2", "v2"),
        ("Summaries 2023 (ver. 1.2, March 2023): Survey", "v1.2"),
        ("Reposted March 5, as version 1.1\nReposted May 27, as version 1.10", "v1.10"),
        ("Revision 3", "revision 3"),
        ("Amendment No. 1", "amendment 1"),
        ("Revised May 27, 2026", "revised 2026-05-27"),
        ("We used Python version 3.11 for it.", ""),
        ("Revised quotas were issued.", ""),
        ("", ""),
    ],
)
def test_version_is_one_that_the_source_states_of_itself(text: str, version: str) -> None:
    assert find_version(text) == version


def test_editions_of_a_series_stand_newest_first_and_copies_once() -> None:
    older = source("older", series="MCS: rare earths", edition="MCS 2025")
    first = source("first", series="MCS: rare earths", edition="MCS 2026", version="v1.0")
    newest = source("newest", series="MCS: rare earths", edition="MCS 2026", version="v1.10")
    copy = source("copy", series="MCS: rare earths", edition="MCS 2025", confidence=0.8)
    other = source("other", series="MCS: scandium", edition="MCS 2026")
    lone = source("lone", edition="MCS 2026")
    assert editions([copy, older, first, newest, other, lone]) == {
        "MCS: rare earths": (newest, first, older),
        "MCS: scandium": (other,),
    }


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [
        ({"edition": "MCS 2026"}, {"edition": "MCS 2025"}, True),
        ({"edition": "10-Q Q3 2025"}, {"edition": "10-Q Q2 2025"}, True),
        ({"edition": "Third edition"}, {"edition": "Second edition"}, True),
        ({"edition": "R9 (2013-12-23)"}, {"edition": "R9 (2013-04-11)"}, True),
        ({"edition": "E 2026", "version": "v1.10"}, {"edition": "E 2026", "version": "v1.9"}, True),
        ({"edition": "E 2026", "version": "v1.3"}, {"edition": "E 2026"}, False),
        (
            {"edition": "E 2026", "version": "v1.3", "published": "2026-05-27"},
            {"edition": "E 2026", "published": "2026-02"},
            True,
        ),
        ({"published": "2019-12-31"}, {"published": "2019-04-30"}, True),
        ({"published": "2019-12-31"}, {"published": "2019"}, False),
        ({"published": "2019-12-31"}, {}, False),
        ({"edition": "E 2026"}, {"edition": "E 2026"}, False),
    ],
)
def test_newer_is_told_by_edition_then_version_then_date(
    one: dict[str, str], other: dict[str, str], newer: bool
) -> None:
    sources = source("one", series="S", **one), source("other", series="S", **other)
    assert is_newer(*sources) is newer
    assert not is_newer(sources[1], sources[0])


def test_sources_of_other_series_or_none_are_no_editions_of_one_another() -> None:
    rare_earths = source("a", series="MCS: rare earths", edition="MCS 2026")
    scandium = source("b", series="MCS: scandium", edition="MCS 2025")
    assert not is_newer(rare_earths, scandium)
    assert not is_newer(source("c", edition="MCS 2026"), source("d", edition="MCS 2025"))
