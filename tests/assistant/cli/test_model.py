"""The check of the language model on the command line, and what the README says to set."""

import json
import re
from pathlib import Path
from typing import cast

import pytest
from fault_server import Connection, answers, refuses, serving, unused_address
from typer.testing import CliRunner
from written_replies import REFUSAL, with_quotes

from assistant.cli.main import app
from assistant.errors import LanguageModelError, SettingsError
from assistant.language_model import MODEL_FOLDER, Message, model_of
from assistant.language_model.discovery import find_servers
from assistant.settings import load_settings
from assistant.writing import known_abilities

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
SECTIONS = {
    name: dict(re.findall(r"^export (\w+)=(\S+)$", lines, flags=re.MULTILINE))
    for name, lines in re.findall(r"^\*\*([^*]+)\*\*[^`]*?```sh\n(.*?)```", README, re.M | re.S)
}


@pytest.fixture
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RARE_EARTH_MODEL", "some-model")


def run(*arguments: str, typed: str = "") -> str:
    """Run a command of `model` in this process; return what it prints, raise what it raises."""
    found = CliRunner().invoke(app, ["model", *arguments], input=typed, catch_exceptions=False)
    return found.stdout


def check(*arguments: str) -> str:
    return run("check", *arguments)


def able(connection: Connection) -> None:
    """Answer the three probes as a model does that can do all that is asked of it."""
    told = cast("list[dict[str, str]]", connection.received.body["messages"])
    messages = [Message("user", one["content"]) for one in told]
    asked = messages[-1].content
    verdict = [
        {"id": "s0", "verdict": "supported"},
        {"id": "s1", "verdict": "contradicted"},
    ]
    if "<evidence" not in asked:
        answers("\n".join(map(json.dumps, verdict)))(connection)
    elif "Who owns" in asked:
        answers(REFUSAL)(connection)
    else:
        answers(with_quotes(["It produced 4,120 metric tons in 2030."], messages))(connection)


@pytest.mark.usefixtures("_named")
def test_check_says_what_a_model_can_do_and_keeps_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RARE_EARTH_HOME", str(tmp_path))
    with serving(able) as server:
        monkeypatch.setenv("RARE_EARTH_MODEL_ADDRESS", server.address)
        shown = check()
        told = json.loads(check("--json"))
    assert shown == (
        "some-model quotes its sources letter by letter; tells a false sentence from a true one; "
        "says when there is no answer: it writes answers, each sentence verified.\n"
    )
    assert told.pop("seconds") < 20
    assert told == {
        "model": "some-model",
        "address": server.address,
        "quotes": True,
        "verifies": True,
        "refuses": True,
        "verifier": "",
        "needs_form": False,
    }
    assert known_abilities(tmp_path / MODEL_FOLDER, "some-model", server.address).seconds > 0


def test_a_model_that_cannot_quote_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RARE_EARTH_HOME", str(tmp_path))
    with serving(answers("Yes")) as server:
        shown = run("set", server.address, "small:1b")
    assert "does not quote" in shown
    assert shown.endswith("it only chooses among the sources' own sentences.\n")


def test_set_keeps_a_model_in_the_home_and_takes_it_out_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RARE_EARTH_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text(
        '# ours\nthreshold = 0.4\nmodel = "old"\nmodel_address = "http://localhost:1/v1"\n'
    )
    budget = ("--rounds", "2", "--tokens", "30000")
    run("set", "http://localhost:11434/v1/", "qwen", "--verifier", "judge", *budget, "--no-check")
    settings = load_settings({}, tmp_path)
    assert (settings.model, settings.model_address) == ("qwen", "http://localhost:11434/v1")
    assert (settings.verifier, settings.threshold) == ("judge", 0.4)
    assert (settings.search_rounds, settings.model_tokens) == (2, 30_000)
    assert "# ours" in (tmp_path / "settings.toml").read_text()
    run("set", "-")
    settings = load_settings({}, tmp_path)
    assert (settings.model, settings.model_address, settings.verifier) == ("", "", "")
    assert (settings.search_rounds, settings.model_tokens) == (1, 0)
    assert settings.threshold == 0.4


def test_what_cannot_be_used_is_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RARE_EARTH_HOME", str(tmp_path))
    with pytest.raises(SettingsError, match="model_address is 'nowhere'"):
        run("set", "nowhere", "qwen")
    assert not (tmp_path / "settings.toml").exists()


def test_a_key_is_kept_in_the_keyring_and_in_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept: dict[tuple[str, str], str] = {}
    monkeypatch.setattr("keyring.set_password", lambda s, a, k: kept.update({(s, a): k}))
    monkeypatch.setattr("keyring.get_password", lambda s, a: kept.get((s, a)))
    monkeypatch.setenv("RARE_EARTH_HOME", str(tmp_path))
    address = "http://localhost:11434/v1"
    run("set", address, "qwen", "--key", "--no-check", typed="sk-secret\n")
    assert kept == {("rare-earth-assistant", address): "sk-secret"}
    settings = load_settings({}, tmp_path)
    assert settings.is_key_in_keyring
    assert model_of(settings)._served.key == "sk-secret"
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or "sk-secret" not in file.read_text()


def test_find_lists_what_is_served_here(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(refuses(200, {"data": [{"id": "small:1b"}]})) as server:
        usual = (("Ollama", server.address), ("vLLM", unused_address()))
        monkeypatch.setattr("assistant.language_model.discovery.USUAL", usual)
        monkeypatch.setattr("assistant.cli.model.find_servers", lambda: find_servers(usual))
        assert run("find") == f"{server.address}  (Ollama)\n    small:1b\n"
        told = json.loads(run("find", "--json"))
    assert told["servers"][0]["models"] == ["small:1b"]


@pytest.mark.usefixtures("_named")
def test_check_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RARE_EARTH_HOME", str(tmp_path))
    with serving(refuses(401)) as server:
        monkeypatch.setenv("RARE_EARTH_MODEL_ADDRESS", server.address)
        with pytest.raises(LanguageModelError, match="set RARE_EARTH_MODEL_KEY"):
            check()


def test_check_without_a_model_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RARE_EARTH_HOME", str(tmp_path))
    monkeypatch.delenv("RARE_EARTH_MODEL", raising=False)
    monkeypatch.delenv("RARE_EARTH_MODEL_ADDRESS", raising=False)
    with pytest.raises(SettingsError, match="no language model is set"):
        check()


@pytest.mark.parametrize("name", ["Ollama", "vLLM", "llama.cpp server"])
def test_readme_sets_what_each_server_needs(name: str, tmp_path: Path) -> None:
    settings = load_settings(SECTIONS[name], tmp_path)
    assert settings.model
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/v1", settings.model_address)
    assert settings.model in README.split(f"**{name}**")[1].split("export")[0]
