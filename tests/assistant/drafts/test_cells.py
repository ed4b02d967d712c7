"""The cells of a draft's tables are held against the facts of sources, read as these are."""

from pathlib import Path

import pytest
from fakes import write_files

from assistant.assistant import Assistant
from assistant.drafts import CheckedSentence, read_draft
from assistant.drafts.draft import cell_fact
from corpus.language.quantities import Quantity

DRAFT = """# Outlook

Table 1. Mine output and exploration spending of selected countries outside China

| Country | Output 2025 (t REO) | Output 2024 (kt REO) | Exploration 2025 (US$ m) |
| --- | --- | --- | --- |
| Thailand | 4,800 | 2.1 | 3 |
| Brazil | 3,000 | 0.02 | 38 |
| Nigeria | 1,500 | 13 | 4 |
"""


@pytest.fixture(scope="module")
def checked(
    small_library: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], CheckedSentence]:
    """Return the cells of the draft as they are checked, by row and text."""
    folder = write_files(tmp_path_factory.mktemp("drafts"), {"d.md": DRAFT})
    found = small_library.check_sentences(read_draft(folder / "d.md").sentences)
    return {(one.sentence.row, one.sentence.text): one for one in found if one.sentence.is_cell}


def test_a_cell_is_read_with_its_row_its_column_and_its_unit(tmp_path: Path) -> None:
    draft = read_draft(write_files(tmp_path, {"d.md": DRAFT}) / "d.md")
    fact = cell_fact(next(one for one in draft.sentences if one.text == "2.1"))
    assert fact is not None
    assert (fact.measure, fact.basis, fact.period and fact.period.text) == (
        "mine production",
        "REO",
        "2024",
    )
    assert isinstance(fact.value, Quantity)
    assert (fact.value.low, fact.value.unit) == (2.1, "kt")
    assert "Thailand" in [name.text for name in fact.named("place")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "text", "verdict", "right"),
    [
        ("Thailand", "4,800", "supported", ""),
        ("Thailand", "2.1", "supported", ""),
        ("Brazil", "3,000", "contradicted", "2,000"),
        ("Nigeria", "13", "contradicted", "1,500"),  # superseded by a newer edition
    ],
)
def test_a_cell_has_the_verdict_of_the_facts_of_its_thing_and_time(
    checked: dict[tuple[str, str], CheckedSentence], row: str, text: str, verdict: str, right: str
) -> None:
    one = checked[row, text]
    assert one.verdict == verdict
    assert right in one.right
    assert bool(one.right) == bool(right)
    assert one.references


@pytest.mark.slow
def test_a_cell_of_which_no_source_has_a_fact_is_not_found(
    checked: dict[tuple[str, str], CheckedSentence],
) -> None:
    unknown = (("Thailand", "3"), ("Brazil", "38"))
    assert {checked[one].verdict for one in unknown} == {"not_found"}
