"""Payments that accounts print below zero are amounts that were paid."""

from pathlib import Path

import pytest

from corpus.facts import Fact
from corpus.facts.payments import as_paid
from corpus.facts.reading import read_facts
from corpus.language.quantities import Quantity
from corpus.reading import read_document

FLOWS = """# Norvik Minerals Inc.

Table 1. Statements of cash flows (US$ millions):
| | 2023 | 2024 |
|---|---|---|
| Purchases of equipment | (300) | (250) |
| Repayments of notes | (20) | - |
| Dividends | (40) | (45) |
| Proceeds from sales | 12 | (3) |
| Net cash from investing | (288) | (253) |
"""


@pytest.fixture
def facts(tmp_path: Path) -> dict[str, Fact]:
    (tmp_path / "flows.md").write_text(FLOWS, encoding="utf-8")
    read = read_facts(read_document(tmp_path / "flows.md", tmp_path))
    return {f.table.row[-1]: f for f in read if f.period and f.period.text == "2023"}


@pytest.mark.parametrize(
    ("label", "millions"),
    [
        ("Purchases of equipment", 300),
        ("Repayments of notes", 20),
        ("Dividends", 40),
        ("Proceeds from sales", 12),
        ("Net cash from investing", -288),
    ],
)
def test_a_payment_is_the_amount_that_was_paid(
    facts: dict[str, Fact], label: str, millions: float
) -> None:
    value = as_paid(facts[label]).value
    assert isinstance(value, Quantity)
    assert (value.low, value.high) == (millions * 1e6, millions * 1e6)
