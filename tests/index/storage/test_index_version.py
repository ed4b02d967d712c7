"""With what an index was built: written, read back, and told older, newer or of today."""

import pytest

from corpus.facts.reading import FACTS_VERSION
from index.ingestion.splitting import SPLITTER_VERSION
from index.storage.index_version import SCHEMA_VERSION, IndexVersion, parse_version

TODAY = IndexVersion("a, b")


def test_version_is_read_back_as_it_is_written() -> None:
    assert parse_version(str(TODAY)) == TODAY
    assert (TODAY.is_older, TODAY.is_newer, TODAY.keeps_pages) == (False, False, True)


def test_version_without_facts_is_an_older_one() -> None:
    assert parse_version("embedding model x, splitter 1, schema 1") == IndexVersion("x", 1, 0, 1)


@pytest.mark.parametrize("written", ["", "nonsense", "embedding model x, splitter one, schema 1"])
def test_what_is_no_version_is_none(written: str) -> None:
    assert parse_version(written) is None


@pytest.mark.parametrize(
    ("version", "is_older", "is_newer"),
    [
        (IndexVersion("x", schema=SCHEMA_VERSION - 1, facts=FACTS_VERSION + 1), True, False),
        (IndexVersion("x", splitter=SPLITTER_VERSION - 1), True, False),
        (IndexVersion("x", facts=FACTS_VERSION - 1), True, False),
        (IndexVersion("x", schema=SCHEMA_VERSION + 1, facts=0), False, True),
        (IndexVersion("x", facts=FACTS_VERSION + 1), False, True),
    ],
)
def test_a_change_of_any_part_makes_it_older_or_newer(
    version: IndexVersion, is_older: bool, is_newer: bool
) -> None:
    assert (version.is_older, version.is_newer) == (is_older, is_newer)
    assert version.keeps_pages == (version.schema == SCHEMA_VERSION)
