"""What web pages say of themselves, in whatever of the usual places they say it."""

import pytest
from websites import read_page

from corpus.document import Metadata
from corpus.html import read_html

FILLED = "<p>Cerium polishes glass, and the mill sells 900 tonnes of the powder each year.</p>"


def metadata_of(head: str, body: str = FILLED, attributes: str = "") -> Metadata:
    """Return the metadata of a page."""
    html = f"<html {attributes}><head>{head}</head><body>{body}</body></html>"
    return read_html(html.encode(), "a.html").metadata


@pytest.mark.parametrize(
    ("name", "metadata"),
    [
        (
            "news_article",
            Metadata(
                title="Norrvik smelter to double dysprosium output",
                publisher="The Metals Courier",
                author="Ines Halvorsen, Tom Adeyemi",
                published="2026-03-17",
                url="https://www.metalscourier.example/news/norrvik-dysprosium",
                language="en",
            ),
        ),
        (
            "company_release",
            Metadata(
                title="Quarterly Activities Report, December 2025",
                author="Tarn Hill Rare Earths Ltd",
                published="2026-01-29",
                url="https://www.tarnhill.example/investors/quarterly-december-2025",
                language="en",
            ),
        ),
        (
            "government_press",
            Metadata(
                title="Ministry opens tender for magnet recycling",
                publisher="Ministry of Resources",
                published="2025-11-04",
                licence="Open Government Licence v3.0",
                language="en",
            ),
        ),
        (
            "wiki",
            Metadata(
                title="Skarn Lake mine",
                url="https://en.openpedia.example/wiki/Skarn_Lake_mine",
                licence="https://creativecommons.org/licenses/by-sa/4.0/",
                language="en",
            ),
        ),
        (
            "blog_theme",
            Metadata(
                title="What a kilo of terbium costs",
                author="Ruth Castellan",
                published="2024-05-30",
                language="en",
            ),
        ),
        (
            "science",
            Metadata(
                title="Neodymium isotopes of the Karoo carbonatites",
                subject="Journal of Odd Elements",
                publisher="Basalt Press",
                author="Mbeki, L.; Ortiz, P.",
                published="2023-08-02",
                language="en",
            ),
        ),
        ("old_layout", Metadata(title="Gadolinium")),
        ("aspnet_form", Metadata(title="Rare Earth Stocks")),
    ],
)
def test_page_is_known_by_what_it_says_of_itself(name: str, metadata: Metadata) -> None:
    assert read_page(name).metadata == metadata


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "<title>Cerium - The Survey</title><meta property=og:site_name content='The Survey'>",
            "Cerium",
        ),
        (
            "<title>The Survey: Cerium</title><meta property=og:site_name content='The Survey'>",
            "The Survey: Cerium",
        ),
        ("<title>Cerium prices of the month | Survey</title>", "Cerium prices of the month"),
        ("<title>Cerium - a metal of many uses</title>", "Cerium - a metal of many uses"),
        (
            "<title>Cerium – Ostby</title><link rel=canonical href='https://www.ostby.no/a'>",
            "Cerium",
        ),
        (
            "<title>Cerium</title><meta property=og:site_name content=Ostby>"
            "<meta property=og:title content=Ostby>",
            "Cerium",
        ),
    ],
)
def test_title_is_told_without_the_name_of_the_site(head: str, title: str) -> None:
    assert metadata_of(head).title == title


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ('<meta name="citation_publication_date" content="2023/8/2">', FILLED, "2023-08-02"),
        (
            "",
            f"<article><time datetime='2024-05-30T08:00Z'>May</time>{FILLED}</article>",
            "2024-05-30",
        ),
        ("", f"<div class='post-date'>12 January 2023</div>{FILLED}", "2023-01-12"),
        ('<link rel=canonical href="https://a.example/2022/11/07/cerium">', FILLED, "2022-11-07"),
        # not the day it was changed, or fetched, or from which the site claims its rights
        ('<meta property="article:modified_time" content="2025-02-03">', FILLED, ""),
        ('<meta http-equiv="last-modified" content="2025-02-03">', FILLED, ""),
        ("", f"{FILLED}<footer>© 2019-2025 Ostby</footer>", ""),
        ("", f"{FILLED}<p>Copyright 2024 Ostby</p>", ""),
        ("", f"{FILLED}<p>Last updated: <time datetime='2025-02-03'>3 Feb.</time></p>", ""),
        ("", f"<ul><li><time datetime='2025-02-03'>3 Feb.</time> Other news</li></ul>{FILLED}", ""),
        # nor one that its sentences are about
        (
            "",
            f"{FILLED}<p>The licence of the mill, which was given on 2021-03-04, runs out on "
            "2031-03-04, and the owner has asked for a new one that holds for twenty years.</p>",
            "",
        ),
    ],
)
def test_date_is_that_of_publication_or_none(head: str, body: str, published: str) -> None:
    assert metadata_of(head, body).published == published


@pytest.mark.parametrize(
    "data",
    [
        "{",
        "[]",
        "null",
        "7",
        '"text"',
        "[" * 5000,
        '{"@graph": {"@type": 7}}',
        '{"@type": "Article", "author": [[1]], "publisher": 3, "datePublished": {"a": 1}}',
        '{"@type": ["Article", null], "author": {"@id": {"x": 1}}, "headline": ["", {}]}',
    ],
)
def test_nonsense_in_linked_data_says_nothing(data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    found = metadata_of(f"<title>Cerium</title>{script}")
    assert (found.title, found.published) == ("Cerium", "")


def test_linked_data_is_read_from_a_comment_and_by_reference() -> None:
    found = metadata_of(
        '<script type="application/ld+json"><!-- {"@graph": [{"@type": "Report", "headline": '
        '"Cerium", "version": "1.3", "publisher": {"@id": "#o"}, "license": "CC BY 4.0", '
        '"isPartOf": {"name": "Ostby papers"}, "url": "https://ostby.example/1"}, '
        '{"@id": "#o", "name": "Ostby"}]} --></script>'
    )
    assert found == Metadata(
        title="Cerium",
        subject="Ostby papers",
        publisher="Ostby",
        version="1.3",
        url="https://ostby.example/1",
        licence="CC BY 4.0",
    )


def test_language_is_its_first_part() -> None:
    assert metadata_of("", attributes='lang="pt-BR"').language == "pt"
    assert metadata_of('<meta property="og:locale" content="de_AT">').language == "de"
    assert metadata_of("", attributes='lang="x-default"').language == ""


def test_address_of_a_saved_page_is_the_one_it_was_saved_from() -> None:
    html = f"<!-- saved from url=(0031)https://ostby.example/cerium -->{FILLED}"
    assert read_html(html.encode(), "a.html").metadata.url == "https://ostby.example/cerium"


def test_name_in_a_line_with_the_author_is_the_author() -> None:
    body = f'<div class="byline">By Lars Tveit | 6 February 2026</div>{FILLED}'
    assert metadata_of("", body).author == "Lars Tveit"


def test_title_without_measure_is_cut() -> None:
    head = f"<meta property=og:site_name content=A><title>{'A - ' * 20_000}</title>"
    assert len(metadata_of(head).title) <= 300
