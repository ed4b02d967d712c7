"""Copies in the catalog: the best is found, the others step in, bad conversions are set aside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conversions import bad_conversion, conversion, original
from fakes import write_files
from homes import Home, open_home

from corpus.copies import fingerprint
from corpus.reading import read_document
from index.ingestion.sync import SyncReport, add_paths, remove_source
from index.passage import Filters
from index.storage.copy_groups import dump_fingerprint, load_fingerprint

NOTE = "Dysprosium metal of the works in Narva cost 230 dollars a kilogram at the gate.\n"
OTHER = "Terbium is dearer, and nobody in Estonia sells any of it by the kilogram.\n"
REASON = "8 of its 61 figures are not in report.html: 49637, 18037, 24137, 65237, 91237, "


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_home(tmp_path, {"a.md": NOTE, "sub/b.txt": NOTE, "c.txt": OTHER}) as opened:
        opened.add()
        yield opened


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[Home]:
    """A home of a report, a good conversion, and one with invented figures."""
    files = {"report.html": original(), "good.md": conversion(), "bad.md": bad_conversion()}
    with open_home(tmp_path, files) as opened:
        yield opened


def write(home: Home, **files: str) -> None:
    write_files(home.folder, {name.replace("_", "."): text for name, text in files.items()})


def test_equal_content_is_one_group_of_which_the_best_is_found(home: Home) -> None:
    assert home.groups() == {("a.md", "sub/b.txt"), ("c.txt",)}
    assert home.found_in("dysprosium kilogram") == {"a.md", "c.txt"}
    assert set(home.states().values()) == {"indexed"}


def test_equal_content_is_embedded_once_for_all_copies(home: Home) -> None:
    assert len(home.embedder.embedded) == 2
    assert len(home.vectors()) == 3


@pytest.mark.parametrize("named", ["sub/b.txt", "b.txt", "id"])
def test_a_filter_that_names_another_copy_finds_that_one(home: Home, named: str) -> None:
    wanted = home.id_of("sub/b.txt") if named == "id" else named
    assert home.found_in("dysprosium", Filters(source=wanted)) == {"sub/b.txt"}


def test_a_filter_that_admits_several_copies_finds_the_best_of_them(home: Home) -> None:
    write_files(home.folder, {"sub/d.txt": NOTE})
    home.add()
    assert home.groups() == {("a.md", "sub/b.txt", "sub/d.txt"), ("c.txt",)}
    assert home.found_in("dysprosium", Filters(source="sub/")) == {"sub/b.txt"}
    assert home.found_in("dysprosium", Filters(source_type="text")) == {"sub/b.txt", "c.txt"}


def test_the_next_copy_steps_in_where_the_best_one_goes(home: Home) -> None:
    (home.folder / "a.md").unlink()
    home.add_without_embedding()
    assert home.groups() == {("sub/b.txt",), ("c.txt",)}
    assert home.found_in("dysprosium") == {"sub/b.txt", "c.txt"}
    assert len(home.vectors()) == 2


def test_a_copy_whose_file_is_there_comes_before_one_whose_file_is_gone(home: Home) -> None:
    moved = home.folder.rename(home.folder.with_name("moved"))
    add_paths(home.store, lambda: home.embedder, [moved], lambda _: None)
    cited = {
        Path(source.location).parent
        for source in home.store.catalog.searchable(Filters()).values()
        if source.path == "c.txt"
    }
    assert cited == {moved}


def test_the_next_copy_steps_in_where_the_best_one_is_removed_by_name(home: Home) -> None:
    remove_source(home.store, home.id_of("a.md"))
    assert home.groups() == {("sub/b.txt",), ("c.txt",)}
    home.add_without_embedding()
    assert home.found_in("dysprosium") == {"sub/b.txt", "c.txt"}


def test_the_next_copy_steps_in_where_the_best_one_can_no_longer_be_read(home: Home) -> None:
    write(home, a_md="")
    home.add_without_embedding()
    assert home.groups() == {("sub/b.txt",), ("c.txt",)}
    assert home.found_in("dysprosium") == {"sub/b.txt", "c.txt"}


@pytest.mark.parametrize("name", ["a.md", "sub/b.txt"])
def test_a_copy_that_comes_to_differ_stands_for_itself(home: Home, name: str) -> None:
    write_files(home.folder, {name: "Holmium oxide is sold in Tartu by a chemist, and in tins.\n"})
    assert home.add().changed == (name,)
    assert home.groups() == {("a.md",), ("sub/b.txt",), ("c.txt",)}
    assert home.found_in("dysprosium holmium kilogram") == {"a.md", "sub/b.txt", "c.txt"}
    write_files(home.folder, {name: NOTE})
    assert home.add() == SyncReport(
        changed=(name,),
        unchanged=tuple(sorted({"a.md", "c.txt", "sub/b.txt"} - {name})),
        embedded=0,
    )
    assert home.groups() == {("a.md", "sub/b.txt"), ("c.txt",)}


def test_a_better_copy_takes_the_place_of_the_one_that_was_cited(home: Home) -> None:
    page = f"<html><head><title>Note</title></head><body><p>{NOTE}</p></body></html>"
    write(home, z_html=page)
    home.add()
    assert home.groups() == {("z.html", "a.md", "sub/b.txt"), ("c.txt",)}
    assert home.found_in("dysprosium") == {"z.html", "c.txt"}


def test_a_short_text_that_is_only_part_of_the_words_is_no_copy(home: Home) -> None:
    write(home, d_txt="Dysprosium.")
    home.add()
    assert ("d.txt",) in home.groups()


def test_many_copies_are_one_group_in_order_of_their_paths(home: Home) -> None:
    names = [f"copy{number:02}.md" for number in range(40)]
    write_files(home.folder, dict.fromkeys(names, conversion()) | {"z.html": original()})
    home.add()
    assert ("z.html", *names) in home.groups()
    write_files(home.folder, {names[0]: OTHER, names[7]: conversion(2)})
    home.add()
    rest = [name for name in names if name not in (names[0], names[7])]
    assert home.groups() == {
        ("a.md", "sub/b.txt"),
        ("c.txt", names[0]),
        (names[7],),
        ("z.html", *rest),
    }
    (home.folder / "z.html").unlink()
    home.add()
    assert tuple(rest) in home.groups()
    assert home.found_in("tons of Avaria") & set(names) == {rest[0], names[7]}


def test_many_copies_of_a_bad_conversion_are_all_set_aside(reports: Home) -> None:
    write_files(reports.folder, {"sub/bad.md": bad_conversion(), "sub/good.md": conversion()})
    report = reports.add()
    assert [line.partition(":")[0] for line in report.set_aside] == ["bad.md", "sub/bad.md"]
    assert reports.groups() == {
        ("report.html", "good.md", "sub/good.md", "bad.md", "sub/bad.md"),
    }


def test_texts_of_one_figure_are_no_copies(home: Home) -> None:
    write(home, one_txt="7", two_txt="8")
    home.add()
    assert {("one.txt",), ("two.txt",)} <= home.groups()


def test_groups_are_the_same_in_whatever_order_files_come(tmp_path: Path) -> None:
    files = {"report.html": original(), "good.md": conversion(), "bad.md": bad_conversion()}
    told = []
    for number, order in enumerate((sorted(files), sorted(files, reverse=True))):
        with open_home(tmp_path / str(number), {}) as home:
            for name in order:
                write_files(home.folder, {name: files[name]})
                home.add()
            told.append((home.groups(), home.states(), home.record("bad.md").reason))
    assert told[0] == told[1]


def test_a_conversion_with_invented_figures_is_set_aside_and_not_found(reports: Home) -> None:
    report = reports.add()
    (line,) = report.set_aside
    assert line.startswith(f"bad.md: {REASON}")
    assert report.new == ("bad.md", "good.md", "report.html")
    assert reports.groups() == {("report.html", "good.md", "bad.md")}
    assert reports.states() == {
        "bad.md": "set aside", "good.md": "indexed", "report.html": "indexed",
    }  # fmt: skip
    assert reports.record("bad.md").reason.startswith(REASON)
    assert reports.found_in("production of Avaria in tons") == {"report.html"}
    for words in ("49,637", "bad", "Rare Earths of the World"):
        assert "bad.md" not in reports.found_in(words)
    assert reports.found_in("49,637", Filters(source="bad.md")) == set()


def test_a_set_aside_conversion_is_told_once(reports: Home) -> None:
    reports.add()
    assert reports.add_without_embedding() == SyncReport(
        unchanged=("bad.md", "good.md", "report.html")
    )
    write(reports, other_txt=NOTE)
    assert reports.add() == SyncReport(
        new=("other.txt",), unchanged=("bad.md", "good.md", "report.html"), embedded=1
    )


def test_a_conversion_is_judged_when_its_original_comes_later(reports: Home) -> None:
    (reports.folder / "report.html").rename(reports.folder.parent / "report.html")
    (reports.folder / "good.md").unlink()
    assert reports.add().set_aside == ()
    assert reports.found_in("49,637") == {"bad.md"}
    write(reports, report_html=original())
    report = reports.add()
    assert (report.new, report.unchanged) == (("report.html",), ("bad.md",))
    assert [line.startswith(f"bad.md: {REASON}") for line in report.set_aside] == [True]
    assert reports.found_in("49,637 tons of Avaria") == {"report.html"}


def test_a_conversion_is_judged_anew_when_its_original_goes(reports: Home) -> None:
    reports.add()
    (reports.folder / "report.html").unlink()
    report = reports.add_without_embedding()
    assert (report.removed, report.set_aside) == (("report.html",), ())
    assert reports.states() == {"bad.md": "indexed", "good.md": "indexed"}
    assert reports.record("bad.md").reason == ""
    assert reports.groups() == {("bad.md",), ("good.md",)}
    assert reports.found_in("tons of Avaria") == {"bad.md", "good.md"}


def test_a_conversion_that_is_mended_is_no_longer_set_aside(reports: Home) -> None:
    reports.add()
    write(reports, bad_md=conversion().replace("worth mining.", "worth the mining."))
    assert reports.add().changed == ("bad.md",)
    assert set(reports.states().values()) == {"indexed"}
    assert len(reports.groups()) == 1


def test_a_fingerprint_comes_back_equal(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": conversion(), "b.txt": "7"})
    for name in ("a.md", "b.txt"):
        made = fingerprint(read_document(tmp_path / name, tmp_path))
        assert load_fingerprint(dump_fingerprint(made)) == made
