"""JSON that holds no articles: tables of figures and records with sentences, and nothing else."""

from typing import Any

import pytest
from article_pages import read_value, rows

from corpus.articles import read_json
from corpus.errors import NoFactsError


def test_records_of_figures_are_a_table_with_figures_as_written() -> None:
    data = b"""{"title": "Mine production", "unit": "metric tons", "data": [
        {"country": "China", "end_2024": 270000, "share": 69.10},
        {"country": "Burma", "end_2024": 27000, "share": NaN}]}"""
    reading = read_json(data, "t.json")
    (page,) = reading.pages
    assert rows(page) == [
        ["country", "end 2024", "share"],
        ["China", "270000", "69.10"],
        ["Burma", "27000", ""],
    ]
    (first, _) = [block for block in page.blocks if block.cells]
    assert first.context.caption == "Mine production, metric tons"
    assert first.context.unit == "metric tons"
    assert reading.metadata.title == "Mine production"


@pytest.mark.parametrize(
    "value",
    [
        {"columns": ["land", "t"], "data": [["Chile", 5], ["Peru", 7]]},
        {"land": ["Chile", "Peru"], "t": [5, 7]},
        [["land", "t"], ["Chile", 5], ["Peru", 7]],
        [{"page": 1}, [{"land": "Chile", "t": {"value": 5}}, {"land": "Peru", "t": {"value": 7}}]],
    ],
)
def test_tables_of_other_shapes_are_tables(value: Any) -> None:
    (page,) = read_value(value).pages
    assert rows(page) == [["land", "t"], ["Chile", "5"], ["Peru", "7"]]


def test_record_with_sentences_is_read_by_its_keys() -> None:
    value = {
        "deposit": "Round Top",
        "isActive": True,
        "geology": {"host_rock": "rhyolite", "note": "The rhyolite holds " + "yttrium and " * 20},
        "stages": ["mine", "mill"],
        "remarks": "It was drilled in 2011 and in the year after.",
    }
    (page,) = read_value(value).pages
    note = value["geology"]["note"].strip()  # type: ignore[index]
    assert page.text == (
        f"deposit: Round Top\nis active: yes\n\nGeology\n\nhost rock: rhyolite\n\nNote\n\n{note}"
        "\n\nstages: mine; mill\nremarks: It was drilled in 2011 and in the year after."
    )


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"name": "a", "lockfileVersion": 3}, "JSON with 'name', 'lockfileVersion'"),
        ({}, "an empty JSON object"),
        ([], "a JSON list of 0 entries"),
        ("words", "one JSON value"),
        ([{"type": "Feature", "geometry": None}], "a JSON list of 1 entries"),
    ],
)
def test_json_without_sentences_is_refused_by_what_it_is(value: Any, kind: str) -> None:
    with pytest.raises(NoFactsError) as raised:
        read_value(value, "a.json")
    assert str(raised.value) == (
        f"a.json: is {kind}, without a sentence or a table of figures; expected are articles "
        "with a title and a text, or a record with sentences"
    )
