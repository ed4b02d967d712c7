"""The catalog gives back what was put, removes whole, filters, finds words, counts changes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import HashingEmbedder

from corpus.copies import fingerprint
from corpus.document import Block, Cell, Context, Document, Page, Repair, Source
from index.errors import IndexingError, UnknownSourceError
from index.ingestion.splitting import split_document, text_digest
from index.passage import Filters
from index.storage.catalog import Catalog, SourceRecord
from index.storage.changes import StoredPassage

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
        author="A. Writer",
        rank="official",
        series="MCS: rare earths",
        entities=("nigeria",),
        remarks=("sheet 'Old' is hidden",),
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
    Source(
        id="burma",
        location="/data/burma.txt",
        path="sub/burma.txt",
        title="Burma",
        file_type="text",
        sha256="b" * 64,
        publisher="GAO",
    ),
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
    with catalog.change() as change:
        for document in documents:
            change.put_document(document, "/data", stored(document), fingerprint(document))


def remove(catalog: Catalog, document: Document, keep_out: bool = False) -> None:
    with catalog.change() as change:
        change.remove(document.source, "/data", keep_out)


def put_unreadable(catalog: Catalog, document: Document, reason: str) -> None:
    with catalog.change() as change:
        change.put_refused(document.source, "/data", "unreadable", reason)


def put_place(catalog: Catalog, path: str) -> None:
    with catalog.change() as change:
        change.put_place(replace(NIGERIA.source, path=path), "/")


def put_setting(catalog: Catalog, key: str, value: str) -> None:
    with catalog.change() as change:
        change.put_setting(key, value)


def put_again(catalog: Catalog, *documents: Document) -> None:
    with catalog.change() as change:
        for document in documents:
            change.put_document(document, "/data", stored(document)[:1], fingerprint(document))


def ungrouped(record: SourceRecord) -> SourceRecord:
    """Return a record without its copy group, whose name is up to what compares sources."""
    return replace(record, source=replace(record.source, copy_group=""))


def test_document_comes_back_equal(catalog: Catalog) -> None:
    put(catalog, NIGERIA, BURMA)
    record = ungrouped(catalog.source("nigeria"))
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


@pytest.mark.parametrize("number", [0, 3])
def test_page_that_is_not_there_is_an_error_that_says_how_many_there_are(
    catalog: Catalog, number: int
) -> None:
    put(catalog, NIGERIA)
    with pytest.raises(UnknownSourceError) as raised:
        catalog.page("nigeria", number)
    pages = len(NIGERIA.pages)
    assert str(raised.value) == f"source 'nigeria' has no page {number}; it has {pages}"


def test_unknown_source_is_an_error_that_says_where_to_look(catalog: Catalog) -> None:
    for look_up in (catalog.source, lambda source: catalog.page(source, 1)):
        with pytest.raises(UnknownSourceError) as raised:
            look_up("chad")
        told = "no source has the id 'chad'; rare-earth sources list shows them"
        assert str(raised.value) == told


def test_next_version_takes_the_place_of_the_old_one_whole(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    page = Page(1, "1", "Chad mines gold.", (Block("prose", 0, 16),))
    newer = Document(replace(NIGERIA.source, sha256="c" * 64), (page,))
    put(catalog, newer)
    record = ungrouped(catalog.source("nigeria"))
    assert Document(record.source, catalog.pages("nigeria")) == newer
    assert catalog.vector_ids() == {s.vector_id for s in stored(newer)}
    assert catalog.frequencies(["nigeria", "gold", "hand"]) == {"nigeria": 1, "gold": 1, "hand": 0}


def test_number_of_passages_with_a_common_word_is_reckoned_from_the_first(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.storage.catalog._COUNTED", 3)
    for number in range(10):
        text = f"{'Gold' if number % 2 else 'Tin'} is mined."
        page = Page(1, "1", text, (Block("prose", 0, len(text)),))
        source = replace(BURMA.source, id=f"mine-{number}", sha256=f"{number:064}")
        put(catalog, Document(source, (page,)))
    assert catalog.frequencies(["gold", "burma"])["gold"] == 5
    for number in range(6):  # their numbers are given to no other passages
        remove(catalog, Document(replace(BURMA.source, id=f"mine-{number}"), ()))
    assert catalog.frequencies(["mined"]) == {"mined": 4}
    for number in range(6):
        page = Page(1, "1", "Ore is mined.", (Block("prose", 0, 13),))
        put(catalog, Document(replace(BURMA.source, id=f"ore-{number}", sha256="e" * 64), (page,)))
    assert catalog.frequencies(["mined"]) == {"mined": 10}
    assert catalog.frequencies(["silver"]) == {"silver": 0}


@pytest.mark.parametrize("keep_out", [True, False])
def test_removed_source_is_gone_whole(catalog: Catalog, keep_out: bool) -> None:
    put(catalog, NIGERIA, BURMA)
    remove(catalog, NIGERIA, keep_out)
    assert [r.source.id for r in catalog.sources()] == ["burma"]
    assert catalog.pages("nigeria") == ()
    assert catalog.vector_ids() == catalog.vector_ids("burma")
    assert catalog.match_words('"nigeria"', 10, ["nigeria"]) == ()
    assert [(r.source.id, r.state) for r in catalog.all_sources()] == [
        *([("nigeria", "removed")] if keep_out else []),
        ("burma", "indexed"),
    ]


def test_source_that_became_unreadable_keeps_its_record_and_reason_only(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    put_unreadable(catalog, NIGERIA, "nigeria.md: is empty")
    assert tuple(map(ungrouped, catalog.sources())) == (
        SourceRecord(NIGERIA.source, "/data", "unreadable", "nigeria.md: is empty", 0, 0),
    )
    assert catalog.searchable(Filters()) == {}


def test_source_keeps_its_content_under_another_root(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    put_place(catalog, "data/nigeria.md")
    assert ungrouped(catalog.source("nigeria")) == SourceRecord(
        replace(NIGERIA.source, path="data/nigeria.md"), "/", "indexed", "", 2, 2
    )


def test_every_change_raises_the_generation_and_reading_does_not(catalog: Catalog) -> None:
    generations = [catalog.generation()]
    changes = [
        lambda: put(catalog, NIGERIA),
        lambda: put_setting(catalog, "a", "b"),
        lambda: put_place(catalog, "x.md"),
        lambda: put_unreadable(catalog, BURMA, "reason"),
        lambda: remove(catalog, BURMA),
        lambda: put_again(catalog, NIGERIA),
    ]
    for change in changes:
        change()
        generations.append(catalog.generation())
    catalog.sources()
    catalog.match_words('"nigeria"', 1, ["nigeria"])
    assert [*generations, catalog.generation()] == [0, 1, 2, 3, 4, 5, 6, 6]


def test_change_that_fails_leaves_everything_as_it_was(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    twice = stored(BURMA) * 2
    with pytest.raises(Exception, match="UNIQUE"), catalog.change() as change:
        change.put_document(BURMA, "/data", twice, fingerprint(BURMA))
    assert [r.source.id for r in catalog.all_sources()] == ["nigeria"]
    assert catalog.match_words('"burma"', 10, ["burma"]) == ()
    assert catalog.generation() == 1


def test_passages_are_put_anew_while_pages_stay(catalog: Catalog) -> None:
    put(catalog, NIGERIA, BURMA)
    put_again(catalog, NIGERIA, BURMA)
    assert catalog.vector_ids("nigeria") == {stored(NIGERIA)[0].vector_id}
    assert catalog.pages("nigeria") == NIGERIA.pages
    assert catalog.frequencies(["hand", "burma"]) == {"hand": 0, "burma": 1}


def test_setting_that_was_never_put_is_empty(catalog: Catalog) -> None:
    assert catalog.setting("a") == ""
    put_setting(catalog, "a", "b")
    put_setting(catalog, "a", "c")
    assert catalog.setting("a") == "c"


def test_sources_are_listed_by_root_and_path(catalog: Catalog) -> None:
    put(catalog, BURMA, NIGERIA)
    other = replace(BURMA, source=replace(BURMA.source, id="a"))
    with catalog.change() as change:
        change.put_document(other, "/a", (), fingerprint(other))
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
    hits = catalog.match_words(query, 10, ["nigeria", "burma"])
    assert [ids[hit.id] for hit in hits] == found
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_words_are_looked_for_in_the_named_sources_up_to_the_limit(catalog: Catalog) -> None:
    put(catalog, NIGERIA, BURMA)
    query = '"nigeria" OR "burma"'
    assert len(catalog.match_words(query, 10, ["nigeria", "burma"])) == 3
    assert len(catalog.match_words(query, 2, ["nigeria", "burma"])) == 2
    for limit in (10, 1):  # with room for all that match, and without
        (hit,) = catalog.match_words(query, limit, ["burma"])
        assert {hit.id} == catalog.vector_ids("burma")
    assert catalog.match_words(query, 10, []) == ()


def test_passages_have_numbers_that_follow_one_another_in_each_source(catalog: Catalog) -> None:
    put(catalog, NIGERIA, BURMA)
    assert catalog.passage_numbers() == {"nigeria": range(1, 3), "burma": range(3, 4)}
    (burma,) = catalog.vector_ids("burma")
    assert catalog.numbers_of([burma, "other"]) == {burma: 3}
    assert catalog.vectors_of([3, 4]) == catalog.vectors_after(2) == {3: (burma, "burma")}
    put_again(catalog, BURMA)
    assert catalog.passage_numbers() == {"nigeria": range(1, 3), "burma": range(4, 5)}


def test_sources_that_filters_admit_are_those_of_each_state(catalog: Catalog) -> None:
    put(catalog, NIGERIA)
    for _ in range(2):
        assert catalog.searchable(Filters(source="burma")) == {}
        assert list(catalog.searchable(Filters())) == ["nigeria"]
    assert catalog.share(["nigeria"]) == 1.0
    put(catalog, BURMA)
    assert list(catalog.searchable(Filters(source="burma"))) == ["burma"]
    assert catalog.share(["nigeria"]) == 0.5


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), {"nigeria", "burma"}),
        (Filters(publisher="geological"), {"nigeria"}),
        (Filters(publisher="none"), set()),
        (Filters(source_type="TEXT"), {"burma"}),
        (Filters(source_type="pdf"), set()),
        (Filters(source_type="Official"), {"nigeria"}),
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
    assert catalog.searchable(filters).keys() == found


def test_file_that_is_no_catalog_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    file.write_text("not a database, but words that go on for a while", encoding="utf-8")
    with pytest.raises(IndexingError) as raised:
        Catalog(file)
    assert str(raised.value) == (
        f"{file} cannot be opened as a catalog (file is not a database); restore it from a "
        "backup, or remove the home folder and add the sources again"
    )


def test_catalog_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").mkdir()
    with pytest.raises(IndexingError) as raised:
        Catalog(tmp_path / "catalog.sqlite")
    assert str(raised.value) == (
        f"{tmp_path / 'catalog.sqlite'} cannot be opened (unable to open database file); check "
        "that you may write to it and that its disk has room"
    )


def copies(catalog: Catalog) -> dict[str, Document]:
    """Put three copies of one text and another text, and return them by their ids."""
    text = "Dysprosium of the works in Narva is sold at the gate for 230 dollars a kilogram."
    page = Page(1, "1", text, (Block("prose", 0, len(text)),))
    made = {}
    for name, rank in (("a", "unknown"), ("b", "official"), ("c", "unknown")):
        place = {"id": name, "location": f"/data/{name}.txt", "path": f"{name}.txt"}
        source = replace(BURMA.source, rank=rank, sha256=name * 64, **place)
        made[name] = Document(source, (page,))
    put(catalog, *made.values(), NIGERIA)
    return made


def test_the_best_of_copies_that_filters_admit_is_searched(catalog: Catalog) -> None:
    made = copies(catalog)
    orders = {r.source.id: r.copy_order for r in catalog.sources()}
    assert orders == {"b": 0, "a": 1, "c": 2, "nigeria": 0}
    assert len({r.source.copy_group for r in catalog.sources()}) == 2
    assert catalog.searchable(Filters()).keys() == {"b", "nigeria"}
    assert catalog.searchable(Filters(source="c.txt")).keys() == {"c"}
    assert catalog.searchable(Filters(source_type="unknown")).keys() == {"a"}
    remove(catalog, made["b"])
    assert catalog.searchable(Filters()).keys() == {"a", "nigeria"}
    remove(catalog, made["a"], keep_out=True)
    assert catalog.searchable(Filters()).keys() == {"c", "nigeria"}


def test_embedded_texts_are_known_by_their_digests(catalog: Catalog) -> None:
    put(catalog, NIGERIA, BURMA)
    (burma,) = stored(BURMA)
    digest = text_digest(BURMA.source, burma.passage)
    assert catalog.embedded([digest, "unknown"]) == {digest: burma.vector_id}
    remove(catalog, BURMA)
    assert catalog.embedded([digest]) == {}


def test_vectors_are_told_by_their_sources(catalog: Catalog) -> None:
    put(catalog, NIGERIA, BURMA)
    ids = {s.vector_id: d.source.id for d in (NIGERIA, BURMA) for s in stored(d)}
    assert catalog.sources_of([*ids, "unknown"]) == ids


def test_what_is_searched_is_known_anew_after_a_change_by_another(
    catalog: Catalog, tmp_path: Path
) -> None:
    assert catalog.searchable(Filters()) == {}
    other = Catalog(tmp_path / "catalog.sqlite")
    put(other, BURMA)
    other.close()
    assert catalog.searchable(Filters()).keys() == {"burma"}


def test_roots_are_named_once_in_order(catalog: Catalog) -> None:
    put(catalog, NIGERIA, BURMA)
    put_place(catalog, "nigeria.md")
    assert catalog.roots() == ("/", "/data")


def test_few_sources_are_searched_by_themselves_with_the_same_scores(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(12):
        text = f"Mine {n} put out ore.\n\nOre of mine {n % 3}, mine by mine."
        source = replace(BURMA.source, id=f"mine-{n}", location=f"/data/{n}", sha256=f"{n}" * 64)
        put(catalog, Document(source, (Page(1, "1", text, (Block("prose", 0, len(text)),)),)))
    chosen = ["mine-11", "mine-4", "mine-7"]
    few = catalog.match_words('"mine" OR "ore"', 5, chosen)
    monkeypatch.setattr("index.storage.catalog._FEW_SOURCES", 0)
    assert few == catalog.match_words('"mine" OR "ore"', 5, chosen)
    assert {hit.source_id for hit in few} == set(chosen)
