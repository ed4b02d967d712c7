"""Which files an add reads, at which place, and which sources it finds gone."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import write_files

from corpus.description.describing import source_id
from index.ingestion.files import WantedFile, gone_sources, wanted_files
from index.storage.catalog import SourceRecord, State

FILES = {"a.md": "A", "sub/b.txt": "B", "sub/deep/c.pdf": "C"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", FILES)


def wanted(*paths: Path, known: tuple[SourceRecord, ...] = ()) -> list[tuple[str, str]]:
    """Return the names of the roots and the paths of the files to read."""
    records = {record.source.id: record for record in known}
    return [(file.root.name, file.path) for file in wanted_files(paths, records)]


def record(path: Path, root: Path, state: State = "indexed") -> SourceRecord:
    """Return the record of a file that was added from a root, perhaps by a link in it."""
    found = WantedFile(path, root, path.resolve().as_posix(), by_name=False, is_alone=False)
    return SourceRecord(found.unread_source(), root.as_posix(), state, "", 1, 1)


def gone(*paths: Path, records: tuple[SourceRecord, ...]) -> list[str]:
    """Return the paths of the sources that a sync of the paths finds gone."""
    return [one.source.path for one in gone_sources(records, paths, wanted_files(paths))]


def test_a_folder_gives_its_files_in_order_with_their_paths_from_it(folder: Path) -> None:
    places = [
        (file.path, file.root, file.location, file.by_name) for file in wanted_files([folder])
    ]
    assert places == [(name, folder, (folder / name).as_posix(), False) for name in sorted(FILES)]


def test_a_file_alone_has_its_folder_for_root(folder: Path) -> None:
    (file,) = wanted_files([folder / "sub" / "b.txt"])
    assert (file.root, file.path, file.by_name) == (folder / "sub", "b.txt", True)
    assert file.source_id == source_id((folder / "sub" / "b.txt").as_posix())


@pytest.mark.parametrize(
    "name", [".hidden.md", ".git/x.md", "sub/.cache/x.md", "~$x.docx", "sub/~$b.xlsx", "~$old/x.md"]
)
def test_hidden_files_and_those_of_office_programs_are_passed_over(folder: Path, name: str) -> None:
    write_files(folder, {name: "x"})
    assert wanted(folder) == [("files", path) for path in sorted(FILES)]
    assert wanted(folder / name) == [((folder / name).parent.name, Path(name).name)]


def test_other_names_with_such_signs_are_read(folder: Path) -> None:
    names = ("a~$b.docx", "c.d.md", "~e.md", "$f.txt")
    write_files(folder, dict.fromkeys(names, "x"))
    assert {path for _, path in wanted(folder)} == {*FILES, *names}


@pytest.mark.parametrize(
    ("paths", "roots"),
    [
        ([".", "."], {"files"}),
        ([".", "sub/.."], {"files"}),
        ([".", "sub"], {"files"}),
        ([".", "a.md", "sub/b.txt"], {"files"}),
        (["a.md", "sub/b.txt", "."], {"files"}),
        (["sub/b.txt", "sub", "."], {"files", "sub"}),
    ],
)
def test_a_file_that_several_paths_reach_is_read_once_at_its_place_in_a_folder(
    folder: Path, paths: list[str], roots: set[str]
) -> None:
    files = wanted_files([folder / path for path in paths])
    assert sorted(file.location for file in files) == [
        (folder / name).as_posix() for name in sorted(FILES)
    ]
    assert {file.root.name for file in files} == roots
    named = {"sub/b.txt", "a.md"} & set(paths)
    assert {file.location for file in files if file.by_name} == {
        (folder / name).as_posix() for name in named
    }


def test_links_count_as_what_they_point_to(folder: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"outside.txt": "x"})
    (folder / "1.md").symlink_to(folder / "a.md")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "broken.md").symlink_to(folder / "none.md")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    assert [path for _, path in wanted(folder)] == ["a.md", "out.txt", *sorted(FILES)[1:]]
    assert next(path for _, path in wanted(folder / "1.md", folder)) == "a.md"


def test_linked_folders_are_not_followed(folder: Path) -> None:
    (folder / "again").symlink_to(folder, target_is_directory=True)
    assert [path for _, path in wanted(folder)] == sorted(FILES)
    assert [path for _, path in wanted(folder / "again")] == sorted(FILES)


def test_what_is_no_file_is_passed_over(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.md").mkdir()
    assert [path for _, path in wanted(folder)] == sorted(FILES)


def test_a_removed_source_is_read_only_where_it_is_named(folder: Path) -> None:
    removed = (record(folder / "a.md", folder, "removed"),)
    assert wanted(folder, known=removed) == [("files", "sub/b.txt"), ("files", "sub/deep/c.pdf")]
    for paths in ([folder, folder / "a.md"], [folder / "a.md", folder]):
        assert ("files", "a.md") in wanted(*paths, known=removed)


def test_a_file_named_alone_keeps_the_place_in_a_folder_that_it_has(folder: Path) -> None:
    known = (record(folder / "sub" / "b.txt", folder),)
    assert wanted(folder / "sub" / "b.txt", known=known) == [("files", "sub/b.txt")]
    assert ("sub", "b.txt") in wanted(folder / "sub", known=known)


def test_a_link_from_another_folder_leaves_a_file_at_its_place(
    folder: Path, tmp_path: Path
) -> None:
    links = tmp_path / "links"
    links.mkdir()
    (links / "other.md").symlink_to(folder / "a.md")
    assert wanted(links) == [("links", "other.md")]
    assert wanted(links, known=(record(folder / "a.md", folder),)) == [("files", "a.md")]
    by_link = (record(links / "other.md", links),)
    assert ("files", "a.md") in wanted(folder, known=by_link)
    assert wanted(links, known=by_link) == [("links", "other.md")]


def test_a_name_that_is_no_text_is_told_with_what_is_wrong_in_it(folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.md")).write_text("x")
    named = {file.path: file.has_valid_name for file in wanted_files([folder])}
    assert named == dict.fromkeys(FILES, True) | {"caf\\udce9.md": False}
    (odd,) = [file for file in wanted_files([folder]) if not file.has_valid_name]
    source = odd.unread_source()
    assert (source.title, source.file_type) == ("caf\\udce9", "markdown")
    assert source.location == f"{folder.as_posix()}/caf\\udce9.md"


def test_an_unread_source_has_what_its_name_tells(folder: Path) -> None:
    write_files(folder, {"NOTES.XYZ": "x", "Makefile": "x", "Old.HTM": "x"})
    types = {f.path: (f.unread_source().title, f.file_type) for f in wanted_files([folder])}
    assert types["NOTES.XYZ"] == ("NOTES", "xyz")
    assert types["Makefile"] == ("Makefile", "")
    assert types["Old.HTM"] == ("Old", "html")
    assert types["sub/deep/c.pdf"] == ("c", "pdf")


def test_sources_of_a_folder_whose_files_are_not_there_are_gone(folder: Path) -> None:
    records = tuple(record(folder / name, folder) for name in (*FILES, "old.md", "sub/old.md"))
    assert gone(folder, records=records) == ["old.md", "sub/old.md"]
    assert gone(folder / "sub", records=records) == ["sub/old.md"]
    assert gone(folder / "a.md", records=records) == []


def test_a_source_kept_out_is_no_longer_there_to_go(folder: Path) -> None:
    records = (record(folder / "old.md", folder, "removed"),)
    assert gone(folder, records=records) == []


def test_a_source_is_gone_with_the_link_that_led_to_it(folder: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"outside.txt": "x"})
    link = folder / "out.txt"
    link.symlink_to(tmp_path / "outside.txt")
    records = (record(link, folder),)
    assert gone(folder, records=records) == []
    link.unlink()
    assert gone(folder, records=records) == ["out.txt"]


def test_a_file_that_became_a_link_to_elsewhere_is_gone(folder: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"outside.txt": "x"})
    records = (record(folder / "a.md", folder),)
    (folder / "a.md").unlink()
    (folder / "a.md").symlink_to(tmp_path / "outside.txt")
    assert gone(folder, records=records) == ["a.md"]


def test_a_hidden_file_that_was_named_stays_while_it_is_there(folder: Path) -> None:
    write_files(folder, {".notes.md": "x"})
    records = (record(folder / ".notes.md", folder),)
    assert gone(folder, records=records) == []
    (folder / ".notes.md").unlink()
    assert gone(folder, records=records) == [".notes.md"]


def test_files_in_a_folder_that_may_not_be_looked_into_are_not_gone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = tuple(record(folder / name, folder) for name in ("old.md", "sub/old.md"))
    shut = folder / "sub"
    monkeypatch.setattr(os, "access", lambda place, _: Path(place) != shut)
    assert gone(folder, records=records) == ["old.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is shut to root")
def test_a_shut_folder_is_passed_over_without_an_error(folder: Path) -> None:
    records = tuple(record(folder / name, folder) for name in FILES)
    for mode in (0o000, 0o400, 0o100):
        (folder / "sub").chmod(mode)
        try:
            assert wanted(folder) == [("files", "a.md")]
            assert gone(folder, records=records) == []
        finally:
            (folder / "sub").chmod(0o700)


def test_records_of_other_folders_are_left_alone(folder: Path, tmp_path: Path) -> None:
    other = record(tmp_path / "other" / "x.md", tmp_path / "other")
    beside = record(tmp_path / "files2" / "x.md", tmp_path / "files2")
    assert gone(folder, records=(other, beside, replace(other, state="unreadable"))) == []
