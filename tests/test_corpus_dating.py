"""When a source was published, its edition, and the years it has data for."""

import pytest

from corpus.dating import find_data_years, find_edition, find_published, normalize_date


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
    ],
)
def test_publication_date_is_one_the_source_gives_as_its_own(text: str, published: str) -> None:
    assert find_published(text) == published


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026", "2026"),
        ("2026-02", "2026-02"),
        (" 2026-02-06 ", "2026-02-06"),
        ("2026-02-06T10:00:00Z", "2026-02-06"),
        ("6 February 2026", "2026-02-06"),
        ("February 6, 2026", "2026-02-06"),
        ("February 2026", "2026-02"),
        ("2026-13", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_written_dates_become_iso_dates(written: str, iso: str) -> None:
    assert normalize_date(written) == iso


@pytest.mark.parametrize(
    ("texts", "edition"),
    [
        (["Mineral Commodity Summaries 2026"], "MCS 2026"),
        (["Mineral Commodity Summaries, January 2025"], "MCS 2025"),
        (["Rare Earths", "2022 Minerals Yearbook"], "MYB 2022"),
        (["Minerals Yearbook, 2018"], "MYB 2018"),
        (["Rare earths in 2026"], ""),
        ([], ""),
    ],
)
def test_edition_is_named_by_series_and_year(texts: list[str], edition: str) -> None:
    assert find_edition(texts) == edition


def test_data_years_are_those_of_headers_and_those_repeated_in_the_text() -> None:
    text = "In 2023 and 2023 and once in 2019; $2020 and 2,021 and 2,021 are no years."
    assert find_data_years(["2024 2025"], text) == (2023, 2024, 2025)


def test_a_source_without_years_has_no_data_years() -> None:
    assert find_data_years([], "No year is named.") == ()
