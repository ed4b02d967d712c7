"""The check of the language model on the command line, and what the README says to set."""

import json
import re
from pathlib import Path

import pytest
from fault_server import answers, refuses, serving
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.errors import LanguageModelError, SettingsError
from assistant.settings import load_settings

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
SECTIONS = {
    name: dict(re.findall(r"^export (\w+)=(\S+)$", lines, flags=re.MULTILINE))
    for name, lines in re.findall(r"^\*\*([^*]+)\*\*[^`]*?```\n(.*?)```", README, re.M | re.S)
}


@pytest.fixture
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RARE_EARTH_MODEL", "some-model")


def check(*arguments: str) -> str:
    """Run the command in this process and return what it prints; raise what it raises."""
    return CliRunner().invoke(app, ["model", "check", *arguments], catch_exceptions=False).stdout


@pytest.mark.usefixtures("_named")
def test_check_says_how_long_an_answer_took(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RARE_EARTH_HOME", str(tmp_path))
    with serving(answers("Yes")) as server:
        monkeypatch.setenv("RARE_EARTH_MODEL_ADDRESS", server.address)
        shown = check()
        told = json.loads(check("--json"))
    assert re.fullmatch(r"some-model answers: [\d.]+ s, 12 tokens read, 3 written\n", shown)
    assert told.pop("seconds") < 20
    assert told == {"model": "some-model", "tokens": {"prompt": 12, "completion": 3}}


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
