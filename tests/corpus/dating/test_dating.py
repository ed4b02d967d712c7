"""When a source was published, its edition, and the years it has data for."""

from collections.abc import Callable

import pytest
from dated_articles import DATELESS, WRITTEN, DatedArticle

from corpus.dating import find_data_years, find_published, read_date
from corpus.document import Reading
from corpus.html import read_html
from corpus.language.dates import DayOrder, find_dates
from corpus.text import read_markdown, read_text

READERS: dict[str, Callable[[bytes, str], Reading]] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
}


def named(article: DatedArticle) -> str:
    return article.name


def read(article: DatedArticle) -> tuple[str, list[str]]:
    """Return the text of an article and the column heads of its tables."""
    pages = READERS[article.file](article.text.encode(), article.name).pages
    heads = [" ".join(block.context.header) for page in pages for block in page.blocks]
    return "\n".join(page.text for page in pages), heads


@pytest.mark.parametrize("article", [*WRITTEN, *DATELESS], ids=named)
def test_date_and_data_years_of_an_article_are_found(article: DatedArticle) -> None:
    text, heads = read(article)
    assert (find_published(text), find_data_years(heads, text)) == (
        article.published,
        article.data_years,
    )


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("U.S. Geological Survey, Mineral Commodity Summaries, February 2026", "2026-02"),
        ("Published: 6 February 2026 by the survey.", "2026-02-06"),
        ("Posted on March 3, 2025, at noon", "2025-03-03"),
        ("A title\n2024-11-05\nText", "2024-11-05"),
        ("(January 2025)", "2025-01"),
        ("The quota was announced in February 2024", ""),
        ("Prices rose. Output fell March 2024", ""),
        ("In February 2024 prices rose.", ""),
        ("No date at all", ""),
        ("", ""),
        ("In May 2020 prices rose.\nUpdated July 2021", "2021-07"),
        (
            "First posted May 2, 2023\nRevised and reposted June 3, 2023, as version 1.1",
            "2023-05-02",
        ),
        ("Prices\nJan–Apr 2026\nThey rose.", ""),
        ("| Date | Event |\n| 2025-04-04 | Controls |", ""),
        ("date 2025-12-22 Magnets were sold in May 2024.", "2025-12-22"),
        ("date 2024-10 Magnets were sold in May 2024.", "2024-10"),
        ("Norvik sells magnets\nOn the date 2024-10-30 they were sold.", ""),
        ("Title: Ores\nRelease: September 2024\nText", "2024-09"),
        ("Norvik sells magnets\nJun 3,2013\nNORVIK, Jun. 3 (NMM) – Prices fell.", "2013-06-03"),
        ("Les aimants\n\nPar Marie Roux – 08.04.25 – Le Monde\nTexte", "2025-04-08"),
        ("Prices rose\nBy Anna Berg | 09/10/2024 04:14 PM EDT\nText", "2024-09-10"),
        ("Norvik reports\n\n11/2/23 4:05:00 PM ET\nText", "2023-11-02"),
        ("28th March 2025 Norvik opens its mine\nThe mine is deep.", "2025-03-28"),
        ("28 March 2025 was the day on which it opened.\nText.", ""),
        ("Vendas de minério\n28/07/2025, às 10:52 · Por Redação\nTexto", "2025-07-28"),
        ("Version 10.12.25.1 of the sheet\nRatio 10.12.25,3", ""),
    ],
)
def test_publication_date_is_one_the_source_gives_as_its_own(text: str, published: str) -> None:
    assert find_published(text) == published


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026", "2026"),
        ("2026-02", "2026-02"),
        ("02/2026", "2026-02"),
        (" 2026-02-06 ", "2026-02-06"),
        ("2026-02-06T10:00:00Z", "2026-02-06"),
        ("2026-02-06T10:00:00+08:00", "2026-02-06"),
        ("2026/02/06", "2026-02-06"),
        ("2026.02.06", "2026-02-06"),
        ("2026-2-6 14:05", "2026-02-06"),
        ("20260206", "2026-02-06"),
        ("D:20260206150821-04'00'", "2026-02-06"),
        ("1770372000", "2026-02-06"),
        ("1770372000000", "2026-02-06"),
        ("6 February 2026", "2026-02-06"),
        ("6th of February 2026", "2026-02-06"),
        ("06-Feb-2026", "2026-02-06"),
        ("06-Feb-26", "2026-02-06"),
        ("Feb. 6, 2026", "2026-02-06"),
        ("February 6, 2026", "2026-02-06"),
        ("February 6th, 2026", "2026-02-06"),
        ("Sept. 30, 2025", "2025-09-30"),
        ("February 2026", "2026-02"),
        ("FEBRUARY 2026", "2026-02"),
        ("Feb 2026", "2026-02"),
        ("Fri, 06 Feb 2026 10:00:00 GMT", "2026-02-06"),
        ("Fri, 6 Feb 26 10:00:00 GMT", "2026-02-06"),
        ("Fri, 06 Sept 2024 10:00:00 GMT", "2024-09-06"),
        ("2026-02-06T23:30:00-05:00", "2026-02-06"),
        ("2026.2.6", "2026-02-06"),
        ("Feb. 6th, 2026", "2026-02-06"),
        ("2026年2月6日", "2026-02-06"),
        ("2026年2月", "2026-02"),
        ("二〇二六年十二月三十一日", "2026-12-31"),
        ("令和8年2月6日", "2026-02-06"),
        ("2026년 2월 6일", "2026-02-06"),
        ("6 février 2026", "2026-02-06"),
        ("1er mars 2026", "2026-03-01"),
        ("6. Februar 2026", "2026-02-06"),
        ("06.02.2026", "2026-02-06"),
        ("6 febbraio 2026", "2026-02-06"),
        ("6 de febrero de 2026", "2026-02-06"),
        ("6 de fevereiro de 2026", "2026-02-06"),
        ("6 d'abril de 2026", "2026-04-06"),
        ("6 февраля 2026 г.", "2026-02-06"),
        ("2026. február 6.", "2026-02-06"),
        ("6. helmikuuta 2026", "2026-02-06"),
        ("ngày 6 tháng 2 năm 2026", "2026-02-06"),
        ("6 กุมภาพันธ์ 2569", "2026-02-06"),
        ("16/02/2026", "2026-02-16"),
        ("02/16/2026", "2026-02-16"),
        ("02/06/2026", "2026"),
        ("Q1 2026", "2026"),
        ("2026-13", ""),
        ("2026-02-31", ""),
        ("FY2026", ""),
        ("2 days ago", ""),
        ("yesterday", ""),
        ("99999999999999", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_written_dates_become_iso_dates(written: str, iso: str) -> None:
    assert read_date(written) == iso


def test_day_and_month_in_figures_are_told_apart_by_the_order_given() -> None:
    orders: tuple[DayOrder, ...] = ("day first", "month first")
    for written, days in {
        "02/06/2026": ["2026-06-02", "2026-02-06"],
        "02/16/2026": ["2026-02-16", "2026-02-16"],
    }.items():
        assert [find_dates(written, order)[0].iso for order in orders] == days


def test_data_years_are_those_of_headers_and_those_repeated_in_the_text() -> None:
    text = "In 2023 and 2023 and once in 2019; $2020 and 2,021 and 2,021 are no years."
    assert find_data_years(["2024 2025"], text) == (2023, 2024, 2025)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Output, 2019–22", (2019, 2020, 2021, 2022)),
        ("It fell between 2019 and 2021.", (2019, 2020, 2021)),
        ("FY2025 revenue was $5 million.", (2025,)),
        ("Q3 2025: 721 t", (2025,)),
        ("H1 2025 gave 5%.", (2025,)),
        ("In the first half of 2024 exports rose 5%.", (2024,)),
        ("Demand will be 300,000 t in 2030.", (2030,)),
        ("Years 2016 2017 2018e", (2016, 2017, 2018)),
        ("The tax was 17% until 2018.", (2018,)),
        ("Exports for the nine months ended September 30, 2024", (2024,)),
        ("Die Einfuhren sanken im Jahr 2024 um 12 Prozent.", (2024,)),
        ("In the 1990s it made 5% of all.", ()),
        ("Ten years after it began in 2011, 3 of them came.", ()),
        ("Founded in 1992, it employs 300 people.", ()),
        ("It once was famous, in 1992.", ()),
        ("The archive of 1861–1992 is elsewhere.", ()),
        ("10 USC 2533 and ISO 9001:2015 and GAO-2015-12 allow 5%.", ()),
        ("Regulations (EU) 2024/1252 and No 168/2013 ask for 40%.", ()),
        ("The Energy Act of 2020 asks for 5%.", ()),
        ("A 2015 report counts 256,000 tons.", ()),
        ("It made 2000 tons, a 2000-ton line, 2010 m deep, 5% better.", ()),
        ("Yields of 98% were found (Roe and Doe, 2019).", ()),
        ("© 2019 Example. © 2019 Example. 5%.", ()),
        ("Mineral Commodity Summaries 2026 gives 5%.", ()),
        ("https://example.org/2024/x and https://example.org/2024/y", ()),
    ],
)
def test_data_years_are_told_from_what_only_looks_like_them(
    text: str, years: tuple[int, ...]
) -> None:
    assert find_data_years([], text) == years


def test_running_heads_of_pages_give_no_data_year() -> None:
    pages = [f"{number} Example Metals in 2024\n\nText of a page.\n" for number in range(5)]
    assert find_data_years([], "\n".join(pages)) == ()


def test_a_source_without_years_has_no_data_years() -> None:
    assert find_data_years([], "No year is named.") == ()
