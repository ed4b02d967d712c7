"""Collections: kept in the home, named with what is near, resolved to filters."""

from pathlib import Path

import pytest

from assistant.desk.collections import (
    COLLECTIONS_FILE,
    Collections,
    SourceCollection,
    within,
)
from assistant.errors import CollectionError
from index.passage import Filters


def test_what_is_kept_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    held = Collections(tmp_path)
    assert held.all() == ()
    held.make(" Africa  2025 ", ["b", "a", "b"])
    held.make("Asia", [])
    held.add("Africa 2025", ["c", "a"])
    held.remove("Africa 2025", ["b"])
    expected = (SourceCollection("Africa 2025", ("a", "c")), SourceCollection("Asia"))
    assert Collections(tmp_path).all() == expected
    held.delete("Asia")
    assert Collections(tmp_path).all() == expected[:1]


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\x00b"])
def test_a_name_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="needs a name"):
        Collections(tmp_path).make(name, ["a"])


def test_a_name_that_is_taken_or_unknown_says_what_there_is(tmp_path: Path) -> None:
    held = Collections(tmp_path)
    with pytest.raises(CollectionError, match="make one: rare-earth collections make"):
        held.get("Africa")
    held.make("Africa", ["a"])
    with pytest.raises(CollectionError, match="there is a collection 'Africa'"):
        held.make("Africa", ["b"])
    for act in (lambda: held.add("Afrika", ["a"]), lambda: held.delete("Afrika")):
        with pytest.raises(CollectionError, match="'Afrika'; there is: Africa"):
            act()


def test_a_damaged_file_is_told_and_left(tmp_path: Path) -> None:
    file = tmp_path / COLLECTIONS_FILE
    for content in ("{", "[]", '{"a": "b"}', '{"a": [1]}'):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(CollectionError, match="move it away"):
            Collections(tmp_path).make("new", ["a"])
        assert file.read_text(encoding="utf-8") == content


def test_a_collection_stands_in_filters_by_its_sources(tmp_path: Path) -> None:
    Collections(tmp_path).make("Africa", ["a", "b"])
    Collections(tmp_path).make("empty", [])
    filters = Filters(publisher="USGS")
    assert within(Collections(tmp_path), "", filters) == filters
    expected = Filters(publisher="USGS", source_ids=("a", "b"))
    assert within(Collections(tmp_path), "Africa", filters) == expected
    with pytest.raises(CollectionError, match="'empty' is empty"):
        within(Collections(tmp_path), "empty", filters)
