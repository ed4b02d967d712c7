"""Two editions compared: facts changed, added and gone, paragraphs rewritten."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from assistants import open_assistant
from fakes import HashingEmbedder, write_files
from ledger_files import LEDGER_FILES

from assistant.assistant import Assistant
from assistant.fact_writing import bare_value_text
from assistant.views import EditionComparison, comparison_to_json
from index.errors import UnknownSourceError
from index.facts import LedgerFact

NOTE = """---
title: Market Note
publisher: Riga Metal Desk
published: {published}
---
# Market Note

Brazil mined 2,000 t REO in 2025.

| Country | Mine production 2025, t REO | Reserves, t REO |
|---|---|---|
| China | NA | 44,000,000 |
| Brazil | 2,000 | {brazil} |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("editions")
    write_files(folder / "documents", LEDGER_FILES)
    assistant, _ = open_assistant(folder / "home", HashingEmbedder(), folder / "documents")
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def ids(assistant: Assistant) -> dict[str, str]:
    return {record.source.path: record.source.id for record in assistant.sources()}


@pytest.fixture(scope="module")
def compared(assistant: Assistant, ids: dict[str, str]) -> EditionComparison:
    return assistant.compare_editions(ids["review_2025.md"], ids["review_2026.md"])


def told(one: LedgerFact) -> tuple[str, str, str]:
    places = one.fact.named("place")
    period = one.fact.period.text if one.fact.period else ""
    return places[-1].text if places else "", period, bare_value_text(one.fact)


def test_fact_of_another_value_is_changed(compared: EditionComparison) -> None:
    changes = {(told(one.before), told(one.after)) for one in compared.changed}
    assert (("Chile", "2024", "1,100"), ("Chile", "2024", "1,200")) in changes


def test_facts_of_other_years_are_added_and_gone(compared: EditionComparison) -> None:
    gone = {told(one) for one in compared.gone}
    added = {told(one) for one in compared.added}
    assert {("Chile", "2023", "1,000"), ("Peru", "2023", "200")} <= gone
    assert {("Chile", "2025", "1,400"), ("Peru", "2025", "300")} <= added


def test_row_of_a_table_is_paired_by_its_label_though_a_sentence_has_the_old_value(
    tmp_path: Path,
) -> None:
    with_sentence = NOTE.replace("{published}", "2026-09-14").replace("{brazil}", "11,000,000")
    with_sentence += "\nThe reserves of Brazil went from 21,000,000 t REO to 11,000,000 t REO.\n"
    files = {
        "march.md": NOTE.replace("{published}", "2026-03-02").replace("{brazil}", "21,000,000"),
        "september.md": with_sentence,
    }
    write_files(tmp_path / "documents", files)
    assistant, _ = open_assistant(tmp_path / "home", HashingEmbedder(), tmp_path / "documents")
    ids = {record.source.path: record.source.id for record in assistant.sources()}
    compared = assistant.compare_editions(ids["march.md"], ids["september.md"])
    assistant.close()
    assert [(told(one.before)[::2], told(one.after)[::2]) for one in compared.changed] == [
        (("Brazil", "21,000,000"), ("Brazil", "11,000,000"))
    ]
    assert compared.gone == ()
    assert compared.same_facts == 3  # Brazil's production, told twice, counts once


def test_every_fact_is_in_one_place(
    assistant: Assistant, ids: dict[str, str], compared: EditionComparison
) -> None:
    paired = compared.same_facts + len(compared.changed)
    before = len(assistant.ledger.of_source(ids["review_2025.md"]))
    after = len(assistant.ledger.of_source(ids["review_2026.md"]))
    assert (paired + len(compared.gone), paired + len(compared.added)) == (before, after)


def test_rewritten_paragraph_stands_beside_the_old_one(compared: EditionComparison) -> None:
    pairs = {
        (one.before[0].text, one.after[0].text)
        for one in compared.texts
        if one.before and one.after
    }
    assert ("# Mine Output Review 2025", "# Mine Output Review 2026") in pairs
    assert ("Chile | 1,000 | 1,100", "Chile | 1,200 | 1,400") in pairs  # by its label


def test_paragraph_that_is_the_same_is_no_change(compared: EditionComparison) -> None:
    touched = [p.text for one in compared.texts for p in (*one.before, *one.after)]
    assert not any("opened in May 2019" in text for text in touched)
    assert compared.same_paragraphs > 0


def test_paragraphs_are_cut_from_their_pages(
    assistant: Assistant, compared: EditionComparison
) -> None:
    for one in compared.texts:
        for paragraph in one.after:
            page = assistant.page(compared.after.id, paragraph.page)
            assert " ".join(page.text[paragraph.start : paragraph.end].split()) == paragraph.text


def test_source_compared_with_itself_has_no_change(
    assistant: Assistant, ids: dict[str, str]
) -> None:
    same = assistant.compare_editions(ids["survey.md"], ids["survey.md"])
    assert (same.changed, same.added, same.gone, same.texts) == ((), (), (), ())


def test_unknown_source_is_an_error(assistant: Assistant, ids: dict[str, str]) -> None:
    with pytest.raises(UnknownSourceError):
        assistant.compare_editions(ids["survey.md"], "nothing")


def test_json_holds_both_values_of_a_change(compared: EditionComparison) -> None:
    record = comparison_to_json(compared)
    values = {(one["before"]["value"], one["after"]["value"]) for one in record["changed"]}
    assert (1100, 1200) in values
    assert record["before"]["id"] == compared.before.id
