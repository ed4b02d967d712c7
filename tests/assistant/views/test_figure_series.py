"""Figures side by side: rows by entity, columns by period, and never two bases in one."""

from collections.abc import Iterator

import pytest
from assistants import open_assistant
from fakes import HashingEmbedder, write_files
from ledger_files import LEDGER_FILES

from assistant.assistant import Assistant
from assistant.fact_writing import bare_value_text
from assistant.views import Figure, FoundFigures, kinds_of, pivot, series


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("figures")
    write_files(folder / "documents", LEDGER_FILES)
    assistant, _ = open_assistant(folder / "home", HashingEmbedder(), folder / "documents")
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def found(assistant: Assistant) -> FoundFigures:
    return assistant.figures("mine production")


def told(figures: tuple[Figure, ...]) -> list[str]:
    return [bare_value_text(figure.found.fact) for figure in figures]


def test_figures_of_two_bases_are_two_kinds(found: FoundFigures) -> None:
    assert {kind.basis for kind in kinds_of(found.figures)} == {"REO", "gross weight"}


def test_pivot_has_entities_by_period_and_nothing_of_another_kind(found: FoundFigures) -> None:
    table = pivot(found.figures, kinds_of(found.figures)[0])
    assert table.kind.basis == "REO"
    assert table.periods == ("2023", "2024", "2025")
    assert [(row.entity, [told(cell) for cell in row.cells]) for row in table.rows] == [
        ("Chile", [["1,000"], ["1,200"], ["1,400"]]),
        ("Peru", [["200"], ["250"], ["900", "300"]]),
    ]


def test_superseded_value_names_the_newer_one(found: FoundFigures) -> None:
    [older] = [one for one in found.figures if one.standing == "superseded"]
    assert (older.entity, older.period, told((older,))) == ("Chile", "2024", ["1,100"])
    assert [bare_value_text(one.fact) for one in older.rivals] == ["1,200"]


def test_values_of_two_publishers_conflict(found: FoundFigures) -> None:
    disputed = [one for one in found.figures if one.standing == "conflicting"]
    assert sorted(told(tuple(disputed))) == ["300", "900"]
    assert {bare_value_text(rival.fact) for one in disputed for rival in one.rivals} == {
        "300",
        "900",
    }


def test_what_is_withheld_is_a_row_and_no_point(found: FoundFigures) -> None:
    [withheld] = [one for one in found.figures if "W" in bare_value_text(one.found.fact)]
    assert not withheld.is_number


def test_series_by_period_goes_through_all_periods(found: FoundFigures) -> None:
    drawn = series(found.figures, kinds_of(found.figures)[0], "period")
    assert [one.period for one in drawn if one.entity == "Chile"] == ["2023", "2024", "2025"]


def test_series_by_entity_is_of_one_period(found: FoundFigures) -> None:
    drawn = series(found.figures, kinds_of(found.figures)[0], "entity", "2023")
    assert [(one.entity, *told((one,))) for one in drawn] == [("Chile", "1,000"), ("Peru", "200")]


def test_no_words_fit_gives_no_figures(assistant: Assistant) -> None:
    assert assistant.figures("tungsten tariffs of Portugal 1987").figures == ()
