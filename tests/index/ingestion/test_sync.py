"""Adding and syncing: what is new, changed, gone, kept out or unreadable, and rebuilding."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conversions import UNFILLED
from fakes import HashingEmbedder, write_files, write_pdf
from homes import Home, open_home
from numpy.typing import NDArray
from openpyxl import Workbook
from processes import start
from reportlab.pdfgen import canvas

from corpus.document import Document
from corpus.reading import read_document
from index.errors import HomeLockedError, IndexingError, StaleIndexError, UnknownSourceError
from index.ingestion import reading_ahead
from index.ingestion.rebuilding import rebuild
from index.ingestion.sync import Progress, SyncReport, add_paths, remove_source
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.store import PassageStore

NIGERIA = "# Nigeria\n\nNigeria mined 1,500 tons.\n"
BURMA = "Burma exported heavy ores to China."
FILES = {"nigeria.md": NIGERIA, "sub/burma.txt": BURMA}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_home(tmp_path, FILES) as opened:
        yield opened


def test_new_folder_is_read_whole(home: Home) -> None:
    assert home.add() == SyncReport(new=("nigeria.md", "sub/burma.txt"), embedded=2)
    assert home.progress == [
        Progress(1, 2, "nigeria.md", "new"),
        Progress(2, 2, "sub/burma.txt", "new"),
    ]
    assert home.found("Nigeria Burma") == {"Nigeria mined 1,500 tons.", BURMA}


def test_passages_are_embedded_with_their_context(home: Home) -> None:
    home.add("nigeria.md")
    assert home.embedder.embedded == ["Nigeria\nNigeria mined 1,500 tons."]


def test_second_add_embeds_nothing_and_changes_nothing(home: Home) -> None:
    home.add()
    catalog = home.store.catalog
    before = (catalog.generation(), catalog.all_sources(), home.vectors())
    report = home.add_without_embedding()
    assert report == SyncReport(unchanged=("nigeria.md", "sub/burma.txt"))
    assert (catalog.generation(), catalog.all_sources(), home.vectors()) == before


def test_touched_file_is_not_read_again(home: Home) -> None:
    home.add()
    os.utime(home.folder / "nigeria.md", (1, 1))
    assert home.add_without_embedding().changed == ()


def test_edited_file_alone_is_read_again_and_replaces_its_old_self(home: Home) -> None:
    home.add()
    home.embedder.embedded.clear()
    home.write(nigeria_md="# Nigeria\n\nNigeria mined gold.\n")
    assert home.add() == SyncReport(
        changed=("nigeria.md",), unchanged=("sub/burma.txt",), embedded=1
    )
    assert home.found("Nigeria tons gold") == {"Nigeria mined gold.", BURMA}
    assert len(home.vectors()) == 2


def test_deleted_file_is_gone_from_retrieval_and_vectors(home: Home) -> None:
    home.add()
    (home.folder / "nigeria.md").unlink()
    assert home.add_without_embedding() == SyncReport(
        unchanged=("sub/burma.txt",), removed=("nigeria.md",)
    )
    assert home.progress[-1] == Progress(2, 2, "nigeria.md", "removed")
    assert home.found("Nigeria") == {BURMA}
    assert home.paths() == ["sub/burma.txt"]
    assert len(home.vectors()) == 1


def test_file_deleted_elsewhere_stays_until_its_folder_is_synced(home: Home) -> None:
    home.add()
    (home.folder / "nigeria.md").unlink()
    assert home.add_without_embedding("sub").removed == ()
    assert home.paths() == ["nigeria.md", "burma.txt"]


def test_file_added_alone_and_then_through_its_folder_is_one_source(home: Home) -> None:
    home.add("sub/burma.txt")
    assert home.paths() == ["burma.txt"]
    source = home.id_of("burma.txt")
    assert home.add() == SyncReport(new=("nigeria.md",), unchanged=("sub/burma.txt",), embedded=1)
    assert home.paths() == ["nigeria.md", "sub/burma.txt"]
    assert home.id_of("sub/burma.txt") == source


def test_file_of_a_folder_added_alone_keeps_its_place_in_the_folder(home: Home) -> None:
    home.add()
    home.add_without_embedding("sub/burma.txt")
    assert home.paths() == ["nigeria.md", "sub/burma.txt"]


def test_file_that_two_paths_reach_is_read_once(home: Home) -> None:
    report = home.add("", "sub", "nigeria.md")
    assert (report.new, report.unchanged) == (("nigeria.md", "sub/burma.txt"), ())
    again = home.add_without_embedding("", "sub", "nigeria.md")
    assert again.unchanged == ("nigeria.md", "sub/burma.txt")


def test_linked_file_is_one_source_with_what_it_points_to(home: Home) -> None:
    (home.folder / "a.md").symlink_to(home.folder / "nigeria.md")
    assert home.add().new == ("nigeria.md", "sub/burma.txt")
    assert home.add_without_embedding().unchanged == ("nigeria.md", "sub/burma.txt")


def test_link_to_a_file_elsewhere_is_followed_until_it_is_gone(home: Home, tmp_path: Path) -> None:
    write_files(tmp_path, {"outside.txt": "Chad mines ores."})
    link = home.folder / "link.txt"
    link.symlink_to(tmp_path / "outside.txt")
    home.add()
    assert "link.txt" in home.add_without_embedding().unchanged
    link.unlink()
    assert home.add_without_embedding().removed == ("link.txt",)


def test_hidden_files_and_folders_are_passed_over(home: Home) -> None:
    write_files(home.folder, {".hidden.md": "x", ".git/a.md": "y"})
    assert home.add().new == ("nigeria.md", "sub/burma.txt")


def test_source_removed_by_name_stays_out_until_it_is_added_by_name(home: Home) -> None:
    home.add()
    source = home.id_of("nigeria.md")
    remove_source(home.store, source)
    assert home.found("Nigeria") == {BURMA}
    assert len(home.vectors()) == 1
    assert home.add_without_embedding() == SyncReport(unchanged=("sub/burma.txt",))
    home.write(nigeria_md=NIGERIA + "More.\n")
    assert home.add_without_embedding() == SyncReport(unchanged=("sub/burma.txt",))
    assert home.add("nigeria.md") == SyncReport(new=("nigeria.md",), embedded=1)
    assert home.id_of("nigeria.md") == source
    assert home.add_without_embedding().unchanged == ("nigeria.md", "sub/burma.txt")


def test_removing_an_unknown_source_is_an_error(home: Home) -> None:
    with pytest.raises(UnknownSourceError, match=r"^no source has the id 'chad'"):
        remove_source(home.store, "chad")


def test_unreadable_file_is_listed_with_its_reason_and_stops_nothing(home: Home) -> None:
    home.write(a_md="", b_xyz="data")
    reasons = (
        "a.md: the file is empty; remove it or fetch it again",
        "b.xyz: files with .xyz are not read; rare-earth add --help lists those that are",
    )
    assert home.add() == SyncReport(
        new=("nigeria.md", "sub/burma.txt"), unreadable=reasons, embedded=2
    )
    assert [p.outcome for p in home.progress] == ["unreadable", "unreadable", "new", "new"]
    listed = [(r.source.path, r.state, r.reason) for r in home.store.catalog.sources()]
    assert listed[:2] == [
        ("a.md", "unreadable", reasons[0]),
        ("b.xyz", "unreadable", reasons[1]),
    ]


def test_file_that_becomes_unreadable_takes_its_passages_along_and_back(home: Home) -> None:
    home.add()
    home.write(nigeria_md=" ")
    assert home.add_without_embedding().unreadable == (
        "nigeria.md: the file is empty; remove it or fetch it again",
    )
    assert home.found("Nigeria") == {BURMA}
    assert len(home.vectors()) == 1
    home.write(nigeria_md=NIGERIA)
    assert home.add().new == ("nigeria.md",)
    assert home.found("Nigeria") == {BURMA, "Nigeria mined 1,500 tons."}


def test_path_that_does_not_exist_is_an_error_before_anything_is_read(home: Home) -> None:
    with pytest.raises(IndexingError) as raised:
        home.add("nigeria.md", "none")
    assert str(raised.value) == f"{home.folder / 'none'} does not exist; give a file or a folder"
    assert home.paths() == []


def test_index_of_another_embedder_is_not_added_to(home: Home) -> None:
    home.add()
    other = PassageStore(home.store.home, "other")
    with pytest.raises(StaleIndexError):
        add_paths(other, lambda: home.embedder, [home.folder], lambda *_: None)
    other.close()


def test_lost_vectors_are_told_and_a_rebuild_brings_them_back(home: Home) -> None:
    home.add()
    with home.chroma() as chroma:
        chroma.delete(sorted(home.store.catalog.vector_ids()))
    with pytest.raises(IndexingError) as raised:
        home.add()
    assert str(raised.value) == "2 passages have lost their vectors; run: rare-earth doctor --mend"
    assert rebuild(home.store, lambda: home.embedder, lambda _: None) == 2
    assert len(home.vectors()) == 2


def test_vectors_that_the_catalog_never_named_are_swept_out(home: Home) -> None:
    home.add()
    with home.chroma() as chroma:
        chroma.upsert(["stray@0"], ["stray"], home.embedder.embed(["stray"]))
    assert home.found("stray") == {BURMA, "Nigeria mined 1,500 tons."}
    with home.chroma() as chroma:
        assert len(chroma.ids()) == 3
    home.add_without_embedding()
    assert len(home.vectors()) == 2


def test_rebuild_under_another_embedder_swaps_in_whole_without_reading_files(home: Home) -> None:
    home.add()
    before = home.found("Nigeria Burma")
    for name in FILES:
        (home.folder / name).unlink()
    other = HashingEmbedder("other", 64)
    store = PassageStore(home.store.home, other.name)
    seen: list[Progress] = []
    assert rebuild(store, lambda: other, seen.append) == 2
    assert [(one.done, one.total, one.path) for one in seen] == [
        (1, 2, "nigeria.md"),
        (2, 2, "sub/burma.txt"),
    ]
    store.check_settings()
    evidence = Retriever(store, other).retrieve("Nigeria Burma", 10, Filters())
    assert {found.passage.text for found in evidence} == before
    assert [folder.name for folder in sorted(store.home.glob("vectors-*"))] == ["vectors-2"]
    with pytest.raises(StaleIndexError):
        home.store.check_settings()
    store.close()


def test_rebuild_that_is_broken_off_leaves_the_index_as_it_was(home: Home) -> None:
    home.add()
    before = (home.store.catalog.generation(), home.found("Nigeria Burma"), home.vectors())

    class Breaking(HashingEmbedder):
        def tokens(self, text: str) -> list[int]:
            return [0] * len(text)  # splits otherwise than the index was split

        def embed(self, _: object) -> object:  # type: ignore[override]
            raise KeyboardInterrupt

    store = PassageStore(home.store.home, "other")
    with pytest.raises(KeyboardInterrupt):
        rebuild(store, lambda: Breaking("other"), lambda _: None)
    store.close()
    assert (home.store.catalog.generation(), home.found("Nigeria Burma"), home.vectors()) == before
    home.store.check_settings()


def test_rebuild_in_place_of_a_broken_off_one_starts_afresh(home: Home) -> None:
    home.add()
    stray = home.store.home / "vectors-2"
    stray.mkdir()
    (stray / "chroma.sqlite3").write_bytes(b"half written")
    assert rebuild(home.store, lambda: home.embedder, lambda _: None) == 2
    assert home.found("Nigeria") == {BURMA, "Nigeria mined 1,500 tons."}
    assert len(home.vectors()) == 2


def test_pages_of_a_long_file_are_counted_while_it_is_read(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    pdf = canvas.Canvas(str(folder / "long.pdf"))
    for number in range(12):
        pdf.drawString(72, 700, f"Page {number} tells of rare earths.")
        pdf.showPage()
    pdf.save()
    told: list[Progress] = []
    add_paths(home.store, lambda: home.embedder, [folder], told.append)
    reading = [progress for progress in told if progress.outcome == "reading"]
    assert {progress.path for progress in reading} == {
        f"long.pdf {done}/12" for done in range(1, 13)
    }
    assert told[-1] == Progress(1, 1, "long.pdf", "new")


PRICES = "Dysprosium cost 230 dollars a kilogram in Narva.\n"
LOADED = UNFILLED.replace("Loading...", "230 dollars").replace('<script src="app.js"></script>', "")


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file be read, so that what is taken must be known."""

    def refuse(*told: object) -> object:
        raise AssertionError(f"read again: {told}")

    monkeypatch.setattr(reading_ahead, "read_apart", refuse)


def moved(home: Home, name: str, target: str) -> Path:
    """Move a file of the folder, and return where it went."""
    path = home.folder / target
    path.parent.mkdir(parents=True, exist_ok=True)
    return (home.folder / name).rename(path)


@pytest.mark.parametrize("name", ["nigeria.md", "sub/burma.txt"])
@pytest.mark.parametrize("target", ["chad.{}", "other/deep/x.{}", "sub/y.{}"])
def test_moved_file_is_neither_read_nor_embedded_again(
    home: Home, request: pytest.FixtureRequest, name: str, target: str
) -> None:
    home.add()
    old = home.record(name)
    words = home.found("Nigeria Burma")
    request.getfixturevalue("unread")
    new = target.format(name.rpartition(".")[2])
    moved(home, name, new)
    report = home.add()
    assert (report.new, report.removed, report.embedded) == ((new,), (name,), 0)
    assert home.embedder.embedded == [
        "Nigeria\nNigeria mined 1,500 tons.", f"\n{BURMA}",
        *["Nigeria Burma"],  # the question
    ]  # fmt: skip
    assert home.found("Nigeria Burma") == words
    record = home.record(new)
    title = Path(new).stem if old.source.title == "burma" else "Nigeria"
    assert record.source == replace(
        old.source,
        id=record.source.id,
        location=(home.folder / new).as_posix(),
        path=new,
        title=title,
        entities=record.source.entities,
        copy_group=record.source.copy_group,
    )
    assert record.source.id != old.source.id
    with pytest.raises(UnknownSourceError):
        home.store.catalog.source(old.source.id)
    assert len(home.vectors()) == 2


def test_moved_file_is_as_it_would_be_if_it_were_read(home: Home, tmp_path: Path) -> None:
    names = {"burma.txt": BURMA, "Annual.md": "# Annual\n\nAll is well.\n"}
    names["MP Materials.txt"] = "It sold 2,400 tons of oxide in the last quarter of 2024."
    write_files(home.folder, names)
    home.add()
    targets = {"burma.txt": "lynas.txt", "Annual.md": "x.md", "MP Materials.txt": "a.txt"}
    for name, target in targets.items():
        moved(home, name, target)
    home.add()
    with open_home(tmp_path / "again", {}) as other:
        add_paths(other.store, lambda: other.embedder, [home.folder], lambda _: None)
        assert home.store.catalog.sources() == other.store.catalog.sources()
        assert home.vectors() == other.vectors()


def test_copied_file_is_neither_read_nor_embedded_again(
    home: Home, request: pytest.FixtureRequest
) -> None:
    home.add()
    request.getfixturevalue("unread")
    write_files(home.folder, {"copy.txt": BURMA})
    report = home.add()
    assert (report.new, report.embedded) == (("copy.txt",), 0)
    assert len(home.embedder.embedded) == 2
    assert len(home.vectors()) == 3


def test_file_moved_to_another_added_folder_is_neither_read_nor_embedded_again(
    home: Home, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    other = write_files(tmp_path / "other", {"b.md": "# B\n\nOther words.\n"})
    paths = [home.folder, other]
    add_paths(home.store, lambda: home.embedder, paths, lambda _: None)
    request.getfixturevalue("unread")
    (home.folder / "nigeria.md").rename(other / "n.md")
    before = len(home.embedder.embedded)
    report = add_paths(home.store, lambda: home.embedder, paths, lambda _: None)
    assert report == SyncReport(
        new=("n.md",), unchanged=("sub/burma.txt", "b.md"), removed=("nigeria.md",), embedded=0
    )
    assert len(home.embedder.embedded) == before
    assert home.found_in("Nigeria mined") == {"n.md", "sub/burma.txt", "b.md"}
    assert len(home.vectors()) == 3


def test_file_moved_to_a_folder_that_is_synced_first_is_not_embedded_again(
    home: Home, tmp_path: Path
) -> None:
    home.add()
    other = tmp_path / "other"
    other.mkdir()
    (home.folder / "nigeria.md").rename(other / "n.md")
    for folder in (other, home.folder):
        report = add_paths(home.store, lambda: home.embedder, [folder], lambda _: None)
        assert report.embedded == 0
    assert home.states() == {"sub/burma.txt": "indexed", "n.md": "indexed"}
    assert len(home.vectors()) == 2


def test_other_type_of_the_same_content_is_read(home: Home) -> None:
    home.add()
    write_files(home.folder, {"nigeria.txt": NIGERIA})
    assert home.add().new == ("nigeria.txt",)
    assert home.record("nigeria.txt").source.file_type == "text"


def test_changed_file_named_alone_keeps_its_place_in_its_folder(home: Home) -> None:
    home.add()
    write_files(home.folder, {"sub/burma.txt": "Burma exports nothing."})
    assert home.add("sub/burma.txt").changed == ("sub/burma.txt",)
    assert home.record("sub/burma.txt").root == home.folder.as_posix()
    write_files(home.folder, {"sub/burma.txt": ""})
    (reason,) = home.add("sub/burma.txt").unreadable
    assert reason == "sub/burma.txt: the file is empty; remove it or fetch it again"


def test_folder_inside_an_added_folder_takes_its_files_and_gives_them_back(home: Home) -> None:
    home.add()
    home.add_without_embedding("sub")
    assert home.record("burma.txt").root == (home.folder / "sub").as_posix()
    home.add_without_embedding()
    assert home.record("sub/burma.txt").root == home.folder.as_posix()
    (home.folder / "sub" / "burma.txt").unlink()
    assert home.add_without_embedding("sub").removed == ("sub/burma.txt",)


def test_link_in_another_folder_leaves_a_source_at_its_place(home: Home, tmp_path: Path) -> None:
    home.add()
    links = tmp_path / "links"
    links.mkdir()
    (links / "other.md").symlink_to(home.folder / "nigeria.md")
    before = home.store.catalog.generation()
    for _ in range(2):
        add_paths(home.store, lambda: home.embedder, [links], lambda _: None)
        assert home.paths() == ["nigeria.md", "sub/burma.txt"]
    (links / "other.md").unlink()
    report = add_paths(home.store, lambda: home.embedder, [links], lambda _: None)
    assert (report, home.store.catalog.generation()) == (SyncReport(), before)


def test_removed_source_stays_out_though_its_file_was_away_for_a_while(home: Home) -> None:
    home.add()
    remove_source(home.store, home.id_of("nigeria.md"))
    away = moved(home, "nigeria.md", ".away.md")
    assert home.add_without_embedding() == SyncReport(unchanged=("sub/burma.txt",))
    away.rename(home.folder / "nigeria.md")
    assert home.add_without_embedding() == SyncReport(unchanged=("sub/burma.txt",))
    assert home.add("", "nigeria.md").new == ("nigeria.md",)


def test_hidden_file_that_was_named_is_kept_by_a_sync_of_its_folder(home: Home) -> None:
    write_files(home.folder, {".notes.txt": PRICES})
    home.add(".notes.txt")
    home.add()
    assert set(home.paths()) == {".notes.txt", "nigeria.md", "sub/burma.txt"}
    (home.folder / ".notes.txt").unlink()
    assert home.add_without_embedding().removed == (".notes.txt",)


def test_unreadable_files_are_recorded_once(home: Home) -> None:
    write_files(home.folder, {"a.md": "", "b.xyz": "x", "sub/c.pdf": "no PDF", "d.html": UNFILLED})
    first = home.add()
    before = home.store.catalog.generation(), home.store.catalog.all_sources()
    second = home.add_without_embedding()
    assert (home.store.catalog.generation(), home.store.catalog.all_sources()) == before
    assert (second.unreadable, second.set_aside) == (first.unreadable, first.set_aside)
    assert (len(first.unreadable), len(first.set_aside)) == (3, 1)
    write_files(home.folder, {"a.md": "Now it says what it has to say.", "d.html": LOADED})
    (home.folder / "b.xyz").unlink()
    write_pdf(home.folder / "sub" / "c.pdf", [["Now it can be read."]])
    assert home.add() == SyncReport(
        new=("a.md", "d.html", "sub/c.pdf"),
        unchanged=("nigeria.md", "sub/burma.txt"),
        removed=("b.xyz",),
        embedded=6,
    )
    assert set(home.states().values()) == {"indexed"}
    assert not any(record.reason for record in home.store.catalog.sources())


def test_page_to_be_filled_by_a_script_is_set_aside_until_it_is_filled(home: Home) -> None:
    write_files(home.folder, {"prices.html": UNFILLED})
    (reason,) = home.add().set_aside
    assert reason.startswith("prices.html: ")
    record = home.record("prices.html")
    assert (record.state, record.reason, record.pages) == ("set aside", reason, 0)
    assert len(home.embedder.embedded) == len(home.vectors()) == 2
    assert home.found_in("prices of dysprosium") == {"nigeria.md", "sub/burma.txt"}
    write_files(home.folder, {"prices.html": LOADED})
    report = home.add()
    assert (report.new, report.set_aside) == (("prices.html",), ())
    assert "prices.html" in home.found_in("prices of dysprosium")
    write_files(home.folder, {"prices.html": UNFILLED})
    assert home.add_without_embedding().set_aside == (reason,)
    assert home.record("prices.html").reason == reason
    assert len(home.vectors()) == 2
    write_files(home.folder, {"prices.html": LOADED.replace("230", "240")})
    assert home.add().new == ("prices.html",)


def test_source_that_became_unreadable_is_told_at_its_new_place_without_old_remarks(
    home: Home,
) -> None:
    home.add("sub/burma.txt")
    write_files(home.folder, {"sub/burma.txt": ""})
    home.add_without_embedding("sub/burma.txt")
    (line,) = home.add().unreadable
    assert line.startswith("sub/burma.txt: ")
    record = home.record("sub/burma.txt")
    assert (record.root, record.state) == (home.folder.as_posix(), "unreadable")


def test_file_whose_name_is_no_text_is_told_and_stops_nothing(home: Home) -> None:
    (home.folder / os.fsdecode(b"caf\xe9.md")).write_text("x")
    reason = "caf\\udce9.md: its name is no valid text; rename it"
    for added in (home.add(), home.add_without_embedding()):
        assert added.unreadable == (reason,)
        assert len(added.new + added.unchanged) == 2
    name = os.fsdecode(b"caf\xe9.md")
    assert home.add_without_embedding(name).unreadable == (reason,)


def many_files(home: Home, count: int) -> None:
    """Write files that differ, a tenth of which cannot be read."""
    for number in range(count):
        text = f"# Mine {number}\n\nMine {number} put out {number * 7} tons in {1900 + number}.\n"
        name = f"{number:03}.md"
        if number % 10 == 4:
            text = ""
        write_files(home.folder, {name: text})


def check_progress(told: list[Progress], outcomes: dict[str, int]) -> None:
    """Check that progress counts up to the total and tells every file once."""
    total = sum(outcomes.values())
    finished = [one for one in told if one.outcome not in ("reading", "embedding")]
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert [one.done for one in finished] == list(range(1, total + 1))
    assert {one.total for one in told} == {total}
    assert len({one.path for one in finished}) == total
    assert {o: [one.outcome for one in finished].count(o) for o in outcomes} == outcomes


def test_progress_of_many_files_is_in_order_and_a_second_add_changes_nothing(home: Home) -> None:
    for name in FILES:
        (home.folder / name).unlink()
    many_files(home, 300)
    report = home.add()
    check_progress(home.progress, {"new": 270, "unreadable": 30})
    assert (len(report.new), len(report.unreadable), report.embedded) == (270, 30, 270)
    told = [one.path for one in home.progress if one.outcome == "new"]
    assert told == sorted(told) == list(report.new)
    before = home.store.catalog.generation(), home.store.catalog.all_sources(), home.vectors()
    again = home.add_without_embedding()
    check_progress(home.progress, {"unchanged": 270, "unreadable": 30})
    assert again == SyncReport(unchanged=report.new, unreadable=report.unreadable)
    after = home.store.catalog.generation(), home.store.catalog.all_sources(), home.vectors()
    assert after == before
    for number in range(0, 300, 3):
        (home.folder / f"{number:03}.md").unlink()
    home.add_without_embedding()
    check_progress(home.progress, {"unchanged": 180, "unreadable": 20, "removed": 100})


def test_progress_never_falls_while_many_threads_count_pages(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_files(home, 60)

    def read(file: Path, root: Path, on_page: Callable[[int, int], None]) -> Document:
        for page in range(20):
            on_page(page + 1, 20)
        return read_document(file, root)

    monkeypatch.setattr(reading_ahead, "read_apart", read)
    home.add()
    check_progress(home.progress, {"new": 56, "unreadable": 6})
    assert len([one for one in home.progress if one.outcome == "reading"]) == 20 * 62


class Failing(HashingEmbedder):
    """An embedder that breaks off after so many texts."""

    def __init__(self, error: BaseException, after: int) -> None:
        super().__init__()
        self.error = error
        self.after = after

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(self.embedded) + len(texts) > self.after:
            raise self.error
        return super().embed(texts)


@pytest.mark.parametrize(
    ("error", "after"),
    [
        (KeyboardInterrupt(), 64),
        pytest.param(KeyboardInterrupt(), 0, marks=pytest.mark.slow),
        pytest.param(MemoryError("no room"), 0, marks=pytest.mark.slow),
        pytest.param(MemoryError("no room"), 64, marks=pytest.mark.slow),
    ],
)
def test_add_that_breaks_off_leaves_all_in_order_and_the_next_one_completes_it(
    home: Home, error: BaseException, after: int
) -> None:
    home.add()
    old = home.found("Nigeria Burma"), home.vectors()
    many_files(home, 100)
    write_files(home.folder, {"sub/burma.txt": "Burma sells other things."})
    working, home.embedder = home.embedder, Failing(error, after)
    with pytest.raises(type(error)):
        home.add()
    home.embedder = working
    states = home.states()
    for name in states:
        assert states[name] == "unreadable" or home.record(name).passages == 1
    assert len(home.found("Nigeria Burma") & old[0]) == 2
    with home.store.writing() as writer:
        assert writer.missing() == set()
    before = len(states) - list(states.values()).count("unreadable")
    report = home.add()
    assert len(report.new) == 92 - before
    assert report.changed == ("sub/burma.txt",)
    assert len(home.vectors()) == 92


@pytest.mark.slow
def test_home_that_another_process_writes_to_is_told(home: Home) -> None:
    script = """
        import sys
        from pathlib import Path
        from index.storage.store import PassageStore
        with PassageStore(Path(sys.argv[1]), "hashing").writing():
            print("holding", flush=True)
            sys.stdin.readline()
    """
    other = start(script, home.store.home)
    assert other.stdout is not None
    assert other.stdout.readline() == "holding\n"
    try:
        with pytest.raises(HomeLockedError) as raised:
            home.add()
    finally:
        other.communicate("done\n")
    assert str(raised.value) == (
        f"another process is adding to {home.store.home}; wait until it is done, then run the "
        "same command again"
    )
    assert other.returncode == 0
    assert home.add().new == ("nigeria.md", "sub/burma.txt")


def test_remarks_and_faults_of_files_are_told_with_their_paths(home: Home) -> None:
    book = Workbook()
    book.active.append(["Metal", "Price"])
    book.active.append(["Dysprosium", 230])
    hidden = book.create_sheet("Old")
    hidden.append(["Terbium", 800])
    hidden.sheet_state = "hidden"
    book.save(home.folder / "prices.xlsx")
    report = home.add()
    assert report.new == ("nigeria.md", "prices.xlsx", "sub/burma.txt")
    (remark,) = report.remarks
    assert remark.startswith("prices.xlsx: ")
    assert "Old" in remark
    assert home.add_without_embedding().remarks == ()
