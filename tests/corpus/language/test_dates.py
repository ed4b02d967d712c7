"""Dates in texts: one value whoever reads them."""

import pytest

from corpus.dating import read_date
from corpus.language.dates import find_dates
from corpus.language.periods import find_periods


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-02-06", "2026-02-06"),
        ("2026/2/6", "2026-02-06"),
        ("6 February 2026", "2026-02-06"),
        ("6th of February 2026", "2026-02-06"),
        ("06-Feb-26", "2026-02-06"),
        ("Sept. 30, 2025", "2025-09-30"),
        ("Feb 2026", "2026-02"),
        ("2026年2月6日", "2026-02-06"),
        ("2026年2月", "2026-02"),
        ("二〇二六年十二月三十一日", "2026-12-31"),
        ("令和8年2月6日", "2026-02-06"),
        ("平成30年4月", "2018-04"),
        ("2026년 2월 6일", "2026-02-06"),
        ("1er mars 2026", "2026-03-01"),
        ("6. Februar 2026", "2026-02-06"),
        ("06.02.2026", "2026-02-06"),
        ("6 de febrero de 2026", "2026-02-06"),
        ("6 d'abril de 2026", "2026-04-06"),
        ("6 февраля 2026", "2026-02-06"),
        ("2026. február 6", "2026-02-06"),
        ("6. helmikuuta 2026", "2026-02-06"),
        ("6 tháng 2 năm 2026", "2026-02-06"),
        ("6 กุมภาพันธ์ 2569", "2026-02-06"),
        ("02/16/2026", "2026-02-16"),
        ("02/06/2026", "2026"),
    ],
)
def test_a_date_has_one_value_in_a_text_as_a_time_and_as_metadata(written: str, iso: str) -> None:
    text = f"It was sold, {written}, at last"
    assert [one.iso for one in find_dates(text)] == [iso]
    assert [one.period.text for one in find_periods(text)] == [iso]
    assert read_date(written) == iso


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("30 Sep 24", "2024-09-30"),
        ("Sep-24", "2024-09"),
        ("9/30/23", "2023-09-30"),
        ("Feb. ’24", "2024-02"),
        ("2024-09", "2024-09"),
    ],
)
def test_a_terse_date_is_a_time_but_dates_no_document(written: str, period: str) -> None:
    assert [one.period.text for one in find_periods(written)] == [period]
    assert find_dates(written) == ()


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("three months ended 30 juin 2024", "P3M/2024-06-30"),
        ("1 July 2023 – 30 June 2024", "2023-07-01/2024-06-30"),
        ("2024年7月1日至2024年12月31日", "2024-07-01/2024-12-31"),
        ("2024年1月至3月", "2024-Q1"),
    ],
)
def test_days_are_read_within_longer_times_in_each_of_their_forms(
    written: str, period: str
) -> None:
    assert [one.period.text for one in find_periods(written)] == [period]
