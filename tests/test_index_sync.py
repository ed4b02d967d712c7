"""Adding and syncing: what is new, changed, gone, kept out or unreadable, and rebuilding."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fakes import HashingEmbedder, write_files
from reportlab.pdfgen import canvas

from index.embedding import Embedder
from index.errors import IndexingError, StaleIndexError, UnknownSourceError
from index.indexing import rebuild
from index.passage import Filters
from index.retrieval import retrieve
from index.store import PassageStore
from index.sync import Progress, SyncReport, add_paths, remove_source
from index.vectors import VectorStore

NIGERIA = "# Nigeria\n\nNigeria mined 1,500 tons.\n"
BURMA = "Burma exported heavy ores to China."
FILES = {"nigeria.md": NIGERIA, "sub/burma.txt": BURMA}


@dataclass
class Home:
    """A home and a folder of files, with what a user does to them."""

    store: PassageStore
    folder: Path
    embedder: HashingEmbedder
    progress: list[Progress] = field(default_factory=list)

    def add(self, *names: str) -> SyncReport:
        """Add the folder, or what is named in it, with an embedder that may be used."""
        self.progress.clear()
        return add_paths(self.store, lambda: self.embedder, self._paths(names), self._show)

    def add_without_embedding(self, *names: str) -> SyncReport:
        """Add what needs no embedding."""

        def refuse() -> Embedder:
            raise AssertionError("nothing was to be embedded")

        return add_paths(self.store, refuse, self._paths(names), self._show)

    def _paths(self, names: tuple[str, ...]) -> list[Path]:
        return [self.folder / name for name in names] or [self.folder]

    def _show(self, progress: Progress) -> None:
        self.progress.append(progress)

    def write(self, **files: str) -> None:
        """Write files, "_" in their names standing for a dot."""
        write_files(self.folder, {name.replace("_", "."): text for name, text in files.items()})

    def id_of(self, path: str) -> str:
        """Return the id of the source with this path."""
        return next(r.source.id for r in self.store.catalog.all_sources() if r.source.path == path)

    def found(self, question: str) -> set[str]:
        """Return the texts that retrieval finds."""
        evidence = retrieve(question, self.store, self.embedder, 50, Filters())
        return {found.passage.text for found in evidence}

    def paths(self) -> list[str]:
        """Return the paths of the listed sources."""
        return [record.source.path for record in self.store.catalog.sources()]

    @contextmanager
    def chroma(self) -> Iterator[VectorStore]:
        """Open the vectors beside the store."""
        number = self.store.catalog.setting("vectors") or "1"
        opened = VectorStore(self.store.home / f"vectors-{number}")
        yield opened
        opened.close()

    def vectors(self) -> set[str]:
        """Return the ids that Chroma holds, which must be those the catalog knows."""
        with self.chroma() as chroma:
            held = chroma.ids()
        assert held == self.store.catalog.vector_ids()
        return held


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    embedder = HashingEmbedder()
    store = PassageStore(tmp_path / "home", embedder.name)
    yield Home(store, write_files(tmp_path / "files", FILES), embedder)
    store.close()


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
    assert str(raised.value) == "2 passages have lost their vectors; run: rare-earth rebuild"
    assert rebuild(home.store, home.embedder, lambda *_: None) == 2
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
    seen: list[tuple[int, int, str]] = []
    assert rebuild(store, other, lambda *told: seen.append(told)) == 2
    assert seen == [(1, 2, "nigeria.md"), (2, 2, "sub/burma.txt")]
    store.check_settings()
    evidence = retrieve("Nigeria Burma", store, other, 10, Filters())
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

        def embed(self, texts: object) -> object:  # type: ignore[override]
            if len(self.embedded) == 1:
                raise KeyboardInterrupt
            return super().embed(texts)  # type: ignore[arg-type]

    store = PassageStore(home.store.home, "other")
    with pytest.raises(KeyboardInterrupt):
        rebuild(store, Breaking("other"), lambda *_: None)
    store.close()
    assert (home.store.catalog.generation(), home.found("Nigeria Burma"), home.vectors()) == before
    home.store.check_settings()


def test_rebuild_in_place_of_a_broken_off_one_starts_afresh(home: Home) -> None:
    home.add()
    stray = home.store.home / "vectors-2"
    stray.mkdir()
    (stray / "chroma.sqlite3").write_bytes(b"half written")
    assert rebuild(home.store, home.embedder, lambda *_: None) == 2
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
