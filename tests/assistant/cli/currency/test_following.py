"""`add URL`, `follow` and `fetch` on a terminal, over a site of our own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from typer.testing import CliRunner
from web_server import Page, Website, website

from assistant.cli.main import app
from corpus.errors import WebError
from index.embedding import PACKAGED_MODEL, embedder_name
from index.errors import FollowingError

TEXT = "Norland mined 7,000 tons of rare earths in 2025."


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as served:
        yield served


@pytest.fixture
def home(site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    embedder = HashingEmbedder(embedder_name(PACKAGED_MODEL))
    monkeypatch.setattr("assistant.loaded_models.load_embedder", lambda _: embedder)
    monkeypatch.setenv("RARE_EARTH_WEB_HOSTS", f"intranet.example {site.host}")
    monkeypatch.setenv("RARE_EARTH_WEB_DELAY", "0")
    return tmp_path / "home"


def run(home: Path, *arguments: str | Path) -> tuple[str, str]:
    """Run a command that succeeds; return stdout and stderr."""
    result = CliRunner().invoke(app, ["--home", str(home), *map(str, arguments)])
    if result.exception:
        raise result.exception
    return result.stdout, result.stderr


def test_add_takes_addresses_beside_files(site: Website, home: Path, tmp_path: Path) -> None:
    site.html("/norland", TEXT, "Norland")
    (tmp_path / "mine.md").write_text("# Lemhi\n\nLemhi put out 410 t in 2024.\n")
    told, said = run(home, "add", tmp_path / "mine.md", site.at("/norland"), site.at("/none"))
    assert told.startswith("2 new, 0 changed, 0 unchanged, 0 removed, 0 set aside, 1 not read")
    assert told.endswith("; 2 passages embedded\n")
    assert f"not read: {site.at('/none')}: is not there (status 404); check the address" in said
    listed = json.loads(run(home, "sources", "list", "--json")[0])
    page = next(one for one in listed if one["url"])
    assert (page["title"], page["url"]) == ("Norland", site.at("/norland"))
    shown = run(home, "sources", "show", page["id"])[0]
    assert f"fetched: {page['fetched']}" in shown
    cited = run(home, "ask", "How much did Norland mine in 2025?")[0]
    assert f"    {site.at('/norland')}, fetched {page['fetched'][:10]}\n" in cited


def test_what_is_followed_is_fetched_listed_and_stopped(site: Website, home: Path) -> None:
    site.html("/norland", TEXT)
    told, said = run(home, "follow", site.at("/norland"), "--every", "12h")
    assert told == "following 1 address\n"
    assert said == "they are first looked at by: rare-earth fetch\n"
    told, said = run(home, "fetch")
    assert told == "1 new, 0 changed, 0 unchanged, 0 moved, 0 back, 0 gone, 0 failed\n"
    assert said == f"new: {site.at('/norland')}\n"
    assert run(home, "fetch")[0].startswith("0 new, 0 changed, 0 unchanged")
    assert run(home, "fetch", "--all")[0].startswith("0 new, 0 changed, 1 unchanged")
    site.pages["/norland"] = Page(status=500)
    run(home, "fetch", "--all")
    listed = run(home, "follow", "list")[0]
    assert listed.startswith(f"{site.at('/norland')}\n    page; last look ")
    assert "fault: " in listed
    assert run(home, "follow", "stop", site.at("/norland"))[0] == (
        f"no longer followed: {site.at('/norland')}\n"
    )
    known = json.loads(run(home, "follow", "list", "--json")[0])["followed"]
    assert [(one["address"], one["next_look"]) for one in known] == [(site.at("/norland"), "")]


def test_addresses_of_a_file_are_followed(site: Website, home: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        site.html(f"/{name}", f"{TEXT} Page {name}.")
    file = tmp_path / "addresses.txt"
    file.write_text(f"{site.at('/a')}\n{site.at('/b')}\n")
    run(home, "follow", "--from", file)
    report = json.loads(run(home, "fetch", "--json")[0])
    assert sorted(report["new"]) == [site.at("/a"), site.at("/b")]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("add", "http://127.0.0.1:1/"), WebError),
        (("add", "ftp://example.com/a"), WebError),
        (("follow", "http://10.0.0.1/"), WebError),
        (("follow", "https://example.com/", "--every", "soon"), FollowingError),
        (("follow", "stop", "https://example.com/"), FollowingError),
    ],
)
def test_what_may_not_be_is_one_line(
    home: Path, words: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        run(home, *words)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize("words", [("follow",), ("follow", "stop"), ("follow", "x", "--kind", "y")])
def test_wrong_usage_ends_with_two(home: Path, words: tuple[str, ...]) -> None:
    assert CliRunner().invoke(app, ["--home", str(home), *words]).exit_code == 2


def test_an_empty_list_says_how_to_begin(home: Path) -> None:
    assert run(home, "follow", "list") == (
        "",
        "nothing is followed yet; begin with: rare-earth follow URL\n",
    )
