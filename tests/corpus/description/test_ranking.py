"""Who publishes a source and what its word weighs: mastheads count, mentions do not."""

import pytest

from corpus.description.ranking import find_publisher, find_rank, publisher_name
from corpus.document import Rank

USGS = "U.S. Geological Survey"
GAO = "U.S. Government Accountability Office"


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://pubs.usgs.gov/periodicals/mcs2025/mcs2025-rare-earths.pdf", USGS),
        ("pubs.usgs.gov/fs/2014/3078", USGS),
        ("https://www.gao.gov/products/gao-16-161", GAO),
        ("https://ec.europa.eu/growth", "European Commission"),
        ("https://single-market-economy.europa.eu/x", "European Union"),
        ("https://www.reuters.com/markets/a", "Reuters"),
        ("https://rareearthexchanges.com/news/a", "Rare Earth Exchanges"),
        ("https://news.metal.com/newscontent/1", "Shanghai Metals Market"),
        ("https://lynasrareearths.com/report.pdf", "Lynas Rare Earths"),
        ("https://en.wikipedia.org/wiki/Bayan_Obo", "Wikipedia"),
        ("https://www.sec.gov/Archives/edgar/data/1/a.htm", ""),
        ("https://scribd.com/document/1/usgs-report", ""),
        ("github:someone/usgs.gov data/file.pdf", ""),
        ("https://notreuters.com/a", ""),
        ("", ""),
    ],
)
def test_publisher_by_address(url: str, publisher: str) -> None:
    assert find_publisher(url, "Rare earths", "China mined 270,000 tons.") == publisher


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("RARE EARTHS\nU.S. Geological Survey, Mineral Commodity Summaries, January 2025", USGS),
        ("Prepared by A. Author [(703) 648–0000, author@usgs.gov]\nRARE EARTHS", USGS),
        ("USGS - science for a changing world\nFact Sheet", USGS),
        ("2018 Minerals Yearbook\nU.S. Department of the Interior August 2022\n\n" + USGS, USGS),
        ("United States Government Accountability Office\nReport to Congress", GAO),
        ("GAO-24-107176 1 (2024-09-10)\nWhy this matters", GAO),
        ("Critical Materials\nHighlights\nWhat GAO Found\nThree offices", GAO),
        ("CRS REPORT\nPrepared for Members and \nCommittees of Congress —",
         "Congressional Research Service"),
        ("Congressional Research Service\n7-5700", "Congressional Research Service"),
        ("[Federal Register Volume 88, Number 149]\n[Notices]\nDEPARTMENT OF ENERGY\nNotice",
         "U.S. Department of Energy"),
        ("[Federal Register Volume 90, Number 163]\nDEPARTMENT OF THE INTERIOR\nGeological Survey",
         USGS),
        ("[Federal Register Volume 90, Number 163]\nNotices", "Federal Register"),
        ("REGULATION (EU) 2024/1252 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL",
         "European Union"),
        ("# Title 10— ARMED FORCES\n## Subtitle A\n#### § 4872. Acquisition of materials",
         "U.S. Code"),
        ("##### 225.7018-2 Restriction. #####\n\n(a) Except as provided",
         "Defense Federal Acquisition Regulation Supplement"),
        ("BEIJING, April 4 (Reuters) - China said", "Reuters"),
        ("Bureau of Industry & Security\nPublic Affairs\n\nSection 232",
         "Bureau of Industry and Security"),
        ("U.S. Department of the Interior U.S. Geological Survey\n\nCOBALT", USGS),
        ("Les aimants\nPar Marie Roux – 08.04.25 – Le Monde\nTexte", "Le Monde"),
        ("Menu\n\nLynas Rare Earths Ltd (ASX: LYC) today announced its sales.",
         "Lynas Rare Earths"),
        ("Shares of Lynas Rare Earths (ASX: LYC) rose. It was announced today.", ""),
        ("London, 4 April (Argus) — Prices rose", "Argus Media"),
        ("The mine was opened.[citation needed] It closed.", "Wikipedia"),
        ("= Mountain Pass =\n\nA mine.\n\n== History ==\nIt was found.", "Wikipedia"),
        ("FORM 10-K\nMP Materials Corp.\n(Exact name of registrant as specified in its charter)",
         "MP Materials"),
        ("FORM 10-K\nSome Mining, Inc.\n(Exact name of registrant as specified in its charter)",
         "Some Mining"),
        ("ASX ANNOUNCEMENT\n30 January 2025\nLynas Rare Earths Ltd", "Lynas Rare Earths"),
        ("ASX ANNOUNCEMENT\nLynas Rare Earths and Iluka agree", ""),
        ("Lynas Rare Earths mined more, it says.", ""),
        ("The U.S. Geological Survey said that China led. GAO agreed, as did Reuters.", ""),
        ("Summary of the GAO report\nThe report GAO-24-107176 says", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_publisher_by_masthead(text: str, publisher: str) -> None:
    assert find_publisher("", "", text) == publisher


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("China tightens its grip | Reuters", "Reuters"),
        ("Prices fell - Argus Media", "Argus Media"),
        ("Rare-earth supply – Bloomberg", "Bloomberg"),
        ("What Reuters said of Bloomberg", ""),
        ("Rare earths - China", ""),
        ("What Mineral Commodity Summaries 2026 says of us", ""),
    ],
)
def test_publisher_by_the_end_of_a_title(title: str, publisher: str) -> None:
    assert find_publisher("", title, "Prices fell in May.") == publisher


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("USGS", USGS),
        ("usgs.gov", USGS),
        ("https://www.reuters.com/", "Reuters"),
        ("United  States Geological Survey", USGS),
        ("U.S. Geological Survey (copy: docslib.org)", USGS),
        ("Department of the Interior, U.S. Geological Survey", USGS),
        ("U.S. Geological Survey, Department of the Interior", USGS),
        (
            "Bureau of Industry & Security, U.S. Department of Commerce",
            "Bureau of Industry and Security",
        ),
        ("Reuters, Somebody", "Reuters, Somebody"),
        ("MP Materials Corp.", "MP Materials"),
        ("Lynas Corporation Limited", "Lynas Rare Earths"),
        ("rare-earth-assistant project", "rare-earth-assistant project"),
        ("Somebody (GitHub)", "Somebody (GitHub)"),
        ("dysprosium", "dysprosium"),
        ("", ""),
    ],
)
def test_a_stated_publisher_gets_the_name_of_the_lexicon(stated: str, name: str) -> None:
    assert publisher_name(stated) == name
    assert publisher_name(name) == name


@pytest.mark.parametrize(
    ("publisher", "url", "text", "rank"),
    [
        (USGS, "", "", "official"),
        (USGS, "https://docslib.org/doc/1", "", "official"),
        ("USGS", "", "", "official"),
        ("European Union", "", "", "official"),
        ("International Energy Agency", "", "", "official"),
        ("U.S. Code", "", "", "official"),
        ("Defense Federal Acquisition Regulation Supplement", "", "", "official"),
        ("Ministry of Mines", "", "", "official"),
        ("Geological Survey of Canada", "", "", "official"),
        ("", "https://www.mincit.gov.co/a", "", "official"),
        ("", "https://www.gov.uk/a", "", "official"),
        ("", "https://apps.dtic.mil/sti/citations/1", "", "official"),
        ("", "https://www.sec.gov/Archives/edgar/data/1/a.htm", "", "filing"),
        ("", "https://announcements.asx.com.au/a.pdf", "", "filing"),
        ("Some Mining", "", "FORM 10-K\nSome Mining\n(Exact name of registrant as", "filing"),
        ("Lynas Rare Earths", "", "ASX ANNOUNCEMENT\nLynas", "filing"),
        ("Lynas Rare Earths", "", "Quarterly Activities Report", "filing"),
        ("Lynas Rare Earths", "", "Lynas welcomes its new chairman", "trade press"),
        ("", "https://mpmaterials.com/news", "MP opens", "trade press"),
        ("Argus Media", "", "", "trade press"),
        ("Rare Earth Exchanges", "", "", "trade press"),
        ("Reuters", "", "FORM 10-K\nof MP Materials said", "news"),
        ("Xinhua", "https://news.cn/a", "", "news"),
        ("Wikipedia", "https://en.wikipedia.org/wiki/A", "", "unknown"),
        ("Department of Chemistry, A University", "", "", "unknown"),
        ("Somebody (GitHub)", "github:somebody/usgs", "USGS says", "unknown"),
        ("", "https://someblog.example.com", "U.S. Geological Survey", "unknown"),
        ("", "", "as the U.S. Securities and Exchange Commission said", "unknown"),
        ("", "", "", "unknown"),
    ],
)
def test_rank(publisher: str, url: str, text: str, rank: Rank) -> None:
    assert find_rank(publisher, url, text) == rank


@pytest.mark.parametrize("text", ["\n" * 12_000, "-\n" * 6_000, "= a =\n" * 2_000, "(A" * 6_000])
def test_pages_of_marks_are_nobodys(text: str) -> None:
    assert find_publisher("", "", text) == ""
    assert find_rank("", "", text) == "unknown"
