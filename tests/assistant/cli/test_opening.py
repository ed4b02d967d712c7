"""Homes upgraded on the command line: what is told, what is kept, and what is refused."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from older_home import RECORDED, unpack_home
from typer.testing import CliRunner

from assistant.cli.main import app, main
from assistant.desk import Conversations, Ratings
from assistant.desk.collections import Collections
from assistant.desk.conversations import ConversationTurn
from assistant.desk.ratings import Rating
from index.embedding import PACKAGED_MODEL, embedder_name
from index.storage.index_version import IndexVersion
from index.storage.store import PassageStore

QUESTION = "How much did China mine in 2024?"
TODAY = IndexVersion(embedder_name(PACKAGED_MODEL))


def run(home: Path, *arguments: str | Path) -> tuple[int, str, str]:
    """Run the command in this process over a home; return exit code, stdout and stderr."""
    told = [str(one) for one in ("--home", home, *arguments)]
    result = CliRunner().invoke(app, told)
    return result.exit_code, result.stdout, result.stderr


def error_of(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, *words: str
) -> tuple[object, str]:
    """Run the command as a process does; return its exit code and stderr."""
    monkeypatch.setattr(sys, "argv", ["rare-earth", "--home", str(home), *words])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code, capsys.readouterr().err


def answer(home: Path) -> tuple[object, ...]:
    """Return what is answered and cited, whatever the sources are called."""
    told = json.loads(run(home, "ask", QUESTION, "--json")[1])
    cited = [(one["quote"], one["source"]["path"]) for one in told["citations"]]
    return told["status"], told["text"], cited


@pytest.mark.slow
def test_older_home_answers_as_a_new_one_and_keeps_what_people_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = unpack_home(tmp_path)
    record = RECORDED[0]
    Collections(home).make("mines", ["some-source"])
    conversation = Conversations(home).add_turn("", ConversationTurn(record, QUESTION))
    Ratings(home).keep(Rating(record, is_good=True))
    exported = run(home, "export", record)
    assert exported[0] == 0

    refused = f"error: {home} was made by an earlier version; run: rare-earth upgrade\n"
    for words in (("ask", QUESTION), ("add", str(tmp_path / "files")), ("rebuild",)):
        assert error_of(capsys, monkeypatch, home, *words) == (1, refused)

    code, told, _ = run(home, "upgrade", "--check")
    lines = told.splitlines()
    assert code == 0
    assert lines[:3] == [
        f"{home}: embedding model {TODAY.embedding_model}, splitter 6, facts 0, schema 5",
        f"becomes: {TODAY}",
        "read anew from their files: 3; from stored pages: 0",
    ]
    assert list(tmp_path.glob("home.backup*")) == []

    code, told, _ = run(home, "upgrade")
    (backup,) = tmp_path.glob("home.backup-*")
    assert code == 0
    assert told.splitlines()[-1] == f"upgraded: 3 sources; the home as it was: {backup}"
    assert run(home, "upgrade") == (0, f"{home}: nothing to do; {TODAY}\n", "")

    assert run(home, "export", record) == exported
    assert run(home, "ask", "--replay", record)[0] == 0
    assert Collections(home).get("mines").source_ids == ("some-source",)
    assert Conversations(home).get(conversation).turns == (ConversationTurn(record, QUESTION),)
    rating = Ratings(home).of(record)
    assert rating is not None
    assert rating.is_good
    assert (home / "settings.toml").read_text(encoding="utf-8") == "passages = 30\n"
    assert run(tmp_path / "fresh", "add", tmp_path / "files")[0] == 0
    assert answer(home) == answer(tmp_path / "fresh")


@pytest.mark.slow
def test_upgrade_names_what_is_kept_of_a_file_that_is_gone(tmp_path: Path) -> None:
    home = unpack_home(tmp_path)
    (tmp_path / "files" / "mine.md").unlink()
    assert "    its file is gone: mine.md" in run(home, "upgrade", "--check")[1].splitlines()
    told = run(home, "upgrade")[2]
    assert told.splitlines()[-1] == "kept as it was read before: mine.md"


def test_home_of_a_later_version_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = PassageStore(tmp_path, TODAY.embedding_model)
    later = IndexVersion(TODAY.embedding_model, schema=99)
    with store.catalog.change() as change:
        change.put_setting("settings", str(later))
    store.close()
    for words in (("upgrade",), ("upgrade", "--check"), ("ask", "what"), ("rebuild",)):
        code, told = error_of(capsys, monkeypatch, tmp_path, *words)
        assert code == 1
        assert told == (
            f"error: {tmp_path} was made by a later version of rare-earth-assistant ({later}); "
            "install that version, or choose another --home\n"
        )


def test_empty_home_needs_no_upgrade(tmp_path: Path) -> None:
    assert run(tmp_path, "upgrade") == (0, f"{tmp_path}: nothing to do; the home is empty\n", "")
    shutil.rmtree(tmp_path)
