"""The catalog gives back what was put, removes whole, filters, finds words, counts changes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import HashingEmbedder

from corpus.document import Block, Cell, Context, Document, Page, Repair, Source
from index.catalog import Catalog, SourceRecord, StoredPassage
from index.errors import IndexingError, UnknownSourceError
from index.passage import Filters
from index.splitting import split_document

CONTEXT = Context("Section", "Caption", ("", "2025"), "tons", ("A note.",))
CELLS = (
    Cell("Nigeria", 0, 7),
    Cell("1,500", 8, 13, "2025", 2025, "tons", "REO equivalent", ("A note.", "Estimated.")),
)
TEXT = "Nigeria 1,500\nIt’s mined — “by hand” ไทย."
NIGERIA = Document(
    Source(
        id="nigeria",
        location="/data/nigeria.md",
        path="nigeria.md",
        title="Nigeria's output",
        file_type="markdown",
        sha256="a" * 64,
        publisher="U.S. Geological Survey",
        published="2026-02",
        data_years=(2024, 2025),
        edition="MCS 2026",
        version="v1.3",
        url="https://example.org",
        licence="CC0",
        language="en",
        copy_group="g",
    ),
    (
        Page(
            1,
            "iv",
            TEXT,
            (
                Block("row", 0, 13, CONTEXT, CELLS),
                Block("prose", 14, len(TEXT), Context("Section")),
            ),
            (Repair(8, 8, "12", "footnote mark"), Repair(16, 17, "โ", "encoding")),
        ),
        Page(2, "1", ""),
    ),
)
BURMA = Document(
    Source("burma", "/data/burma.txt", "sub/burma.txt", "Burma", "text", "b" * 64, "GAO"),
    (Page(1, "1", "Burma exports ores.", (Block("prose", 0, 19),)),),
)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path / "catalog.sqlite")
    yield opened
    opened.close()


def stored(document: Document) -> tuple[StoredPassage, ...]:
    """Return the passages of a document with vector ids."""
    passages = split_document(document, HashingEmbedder().tokens)
    return tuple(StoredPassage(p, f"{p.id}@{document.source.sha256[:12]}") for p in passages)


def put(catalog: Catalog, *documents: Document) -> None:
    for document in documents:
        catalog.put_document(document, "/data", stored(document))


def test_document_comes_back_equal(catalog: Catalog) -> None:
    put(catalog, NIGERIA, BURMA)
    record = catalog.source("nigeria")
    assert Document(record.source, catalog.pages("nigeria")) == NIGERIA
    assert record == SourceRecord(NIGERIA.source, "/data", "indexed", "", 2, 2)


def test_passages_come_back_equal(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    expected = {s.vector_id: s.passage for s in stored(NIGERIA)}
    assert catalog.passages([*expected, "unknown"]) == expected
    assert catalog.vector_ids() == catalog.vector_ids("nigeria") == set(expected)
    assert catalog.vector_ids("burma") == set()
    assert catalog.passage_count() == 2


def test_catalog_opened_again_holds_the_same(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, NIGERIA)
    again = Catalog(tmp_path / "catalog.sqlite")
    assert (again.all_sources(), again.pages("nigeria"), again.generation()) == (
        catalog.all_sources(),
        NIGERIA.pages,
        catalog.generation(),
    )
    again.close()


def test_one_page_comes_back_equal(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    assert catalog.page("nigeria", 1) == NIGERIA.pages[0]


@pytest.mark.parametrize(("source", "number"), [("nigeria", 3), ("chad", 1)])
def test_page_that_is_not_there_is_an_error(catalog: Catalog, source: str, number: int) -> None:
    put(catalog, NIGERIA)
    with pytest.raises(UnknownSourceError) as raised:
        catalog.page(source, number)
    assert str(raised.value) == f"source {source!r} has no page {number}"


def test_unknown_source_is_an_error_that_says_where_to_look(catalog: Catalog) -> None:
    with pytest.raises(UnknownSourceError) as raised:
        catalog.source("chad")
    assert str(raised.value) == "no source has the id 'chad'; rare-earth sources list shows them"


def test_next_version_takes_the_place_of_the_old_one_whole(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    page = Page(1, "1", "Chad mines gold.", (Block("prose", 0, 16),))
    newer = Document(replace(NIGERIA.source, sha256="c" * 64), (page,))
    put(catalog, newer)
    assert Document(catalog.source("nigeria").source, catalog.pages("nigeria")) == newer
    assert catalog.vector_ids() == {s.vector_id for s in stored(newer)}
    assert catalog.frequencies(["nigeria", "gold", "hand"]) == {"nigeria": 1, "gold": 1, "hand": 0}


@pytest.mark.parametrize("keep_out", [True, False])
def test_removed_source_is_gone_whole(catalog: Catalog, keep_out: bool) -> None:
    put(catalog, NIGERIA, BURMA)
    catalog.remove("nigeria", keep_out)
    assert [r.source.id for r in catalog.sources()] == ["burma"]
    assert catalog.pages("nigeria") == ()
    assert catalog.vector_ids() == catalog.vector_ids("burma")
    assert catalog.match_words('"nigeria"', 10, None) == ()
    assert [(r.source.id, r.state) for r in catalog.all_sources()] == [
        *([("nigeria", "removed")] if keep_out else []),
        ("burma", "indexed"),
    ]


def test_source_that_became_unreadable_keeps_its_record_and_reason_only(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    catalog.put_unreadable(NIGERIA.source, "/data", "nigeria.md: is empty")
    assert catalog.sources() == (
        SourceRecord(NIGERIA.source, "/data", "unreadable", "nigeria.md: is empty", 0, 0),
    )
    assert catalog.filtered(Filters()) == {}


def test_source_keeps_its_content_under_another_root(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    catalog.put_place("nigeria", "/", "data/nigeria.md")
    assert catalog.source("nigeria") == SourceRecord(
        replace(NIGERIA.source, path="data/nigeria.md"), "/", "indexed", "", 2, 2
    )


def test_every_change_raises_the_generation_and_reading_does_not(catalog: Catalog) -> None:
    generations = [catalog.generation()]
    changes = [
        lambda: put(catalog, NIGERIA),
        lambda: catalog.put_setting("a", "b"),
        lambda: catalog.put_place("nigeria", "/", "x.md"),
        lambda: catalog.put_unreadable(BURMA.source, "/data", "reason"),
        lambda: catalog.remove("burma", keep_out=False),
        lambda: catalog.put_rebuilt({"nigeria": stored(NIGERIA)}, {"vectors": "2"}),
    ]
    for change in changes:
        change()
        generations.append(catalog.generation())
    catalog.sources()
    catalog.match_words('"nigeria"', 1, None)
    assert [*generations, catalog.generation()] == [0, 1, 2, 3, 4, 5, 6, 6]


def test_change_that_fails_leaves_everything_as_it_was(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    twice = stored(BURMA) * 2
    with pytest.raises(Exception, match="UNIQUE"):
        catalog.put_document(BURMA, "/data", twice)
    assert [r.source.id for r in catalog.all_sources()] == ["nigeria"]
    assert catalog.match_words('"burma"', 10, None) == ()
    assert catalog.generation() == 1


def test_rebuilt_passages_and_settings_change_together(catalog: Catalog) -> None:
    put(catalog, NIGERIA, BURMA)
    kept = stored(NIGERIA)[:1]
    catalog.put_rebuilt({"nigeria": kept, "burma": stored(BURMA)}, {"vectors": "2"})
    assert catalog.vector_ids("nigeria") == {kept[0].vector_id}
    assert catalog.pages("nigeria") == NIGERIA.pages
    assert catalog.setting("vectors") == "2"
    assert catalog.frequencies(["hand", "burma"]) == {"hand": 0, "burma": 1}


def test_setting_that_was_never_put_is_empty(catalog: Catalog) -> None:
    assert catalog.setting("a") == ""
    catalog.put_setting("a", "b")
    catalog.put_setting("a", "c")
    assert catalog.setting("a") == "c"


def test_sources_are_listed_by_root_and_path(catalog: Catalog) -> None:
    put(catalog, BURMA, NIGERIA)
    catalog.put_document(replace(BURMA, source=replace(BURMA.source, id="a")), "/a", ())
    assert [r.source.id for r in catalog.sources()] == ["a", "nigeria", "burma"]


def test_fingerprint_tells_contents_apart_and_not_the_order_of_adding(tmp_path: Path) -> None:
    prints = []
    newer = replace(BURMA, source=replace(BURMA.source, sha256="d" * 64))
    for name, documents in enumerate(([NIGERIA, BURMA], [BURMA, NIGERIA], [NIGERIA, newer])):
        catalog = Catalog(tmp_path / f"{name}.sqlite")
        put(catalog, *documents)
        prints.append(catalog.fingerprint())
        catalog.close()
    assert prints[0] == prints[1] != prints[2]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"nigeria"', ["nigeria:1:0", "nigeria:1:14"]),
        ('"mining"', ["nigeria:1:14"]),
        ('"exported"', ["burma:1:0"]),
        ('"BURMA" OR "hand"', ["burma:1:0", "nigeria:1:14"]),
        ('"chad"', []),
    ],
)
def test_words_are_found_in_any_form_in_text_and_context(
    catalog: Catalog, query: str, found: list[str]
) -> None:
    put(catalog, NIGERIA, BURMA)
    ids = {s.vector_id: s.passage.id for d in (NIGERIA, BURMA) for s in stored(d)}
    assert [ids[i] for i in catalog.match_words(query, 10, None)] == found


def test_words_are_looked_for_in_the_named_sources_up_to_the_limit(catalog: Catalog) -> None:
    put(catalog, NIGERIA, BURMA)
    query = '"nigeria" OR "burma"'
    assert len(catalog.match_words(query, 10, None)) == 3
    assert len(catalog.match_words(query, 2, None)) == 2
    assert catalog.match_words(query, 10, ["burma"]) == tuple(catalog.vector_ids("burma"))
    assert catalog.match_words(query, 10, []) == ()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), {"nigeria", "burma"}),
        (Filters(publisher="geological"), {"nigeria"}),
        (Filters(publisher="none"), set()),
        (Filters(file_type="TEXT"), {"burma"}),
        (Filters(file_type="pdf"), set()),
        (Filters(language="EN"), {"nigeria"}),
        (Filters(language="de"), set()),
        (Filters(published_from="2026"), {"nigeria"}),
        (Filters(published_from="2026-02-10"), {"nigeria"}),
        (Filters(published_from="2026-03"), set()),
        (Filters(published_to="2026"), {"nigeria"}),
        (Filters(published_to="2026-02-01"), {"nigeria"}),
        (Filters(published_to="2025"), set()),
        (Filters(published_from="2025", published_to="2026-02"), {"nigeria"}),
        (Filters(data_year=2024), {"nigeria"}),
        (Filters(data_year=2023), set()),
        (Filters(source="burma"), {"burma"}),
        (Filters(source="SUB/"), {"burma"}),
        (Filters(source="nigeria's"), {"nigeria"}),
        (Filters(source="chad"), set()),
        (Filters(publisher="GAO", data_year=2024), set()),
    ],
)
def test_filters_admit_sources(catalog: Catalog, filters: Filters, found: set[str]) -> None:
    put(catalog, NIGERIA, BURMA)
    assert catalog.filtered(filters).keys() == found


def test_file_that_is_no_catalog_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    file.write_text("not a database, but words that go on for a while", encoding="utf-8")
    with pytest.raises(IndexingError) as raised:
        Catalog(file)
    assert str(raised.value) == (
        f"{file} cannot be opened as a catalog (file is not a database); restore it from a "
        "backup, or remove the home folder and add the sources again"
    )
