"""The page of the language model: look for one, try what it can do, keep it in the home."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from fake_assistant import FakeAssistant
from streamlit.testing.v1 import AppTest

import ui.model_settings
import ui.resources
from assistant.errors import ForbiddenError, LanguageModelError
from assistant.language_model.discovery import FoundServer
from assistant.people import AUDIT_FILE, Person
from assistant.settings import Settings, load_settings
from assistant.writing import Abilities
from ui.model_settings import WantedModel, try_and_keep

APP = Path(ui.resources.__file__).with_name("app.py")
ADDRESS = "http://127.0.0.1:11434/v1"


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """Yield the page over a home of its own, with a server and a model that is able."""
    st.cache_resource.clear()
    fake = FakeAssistant()
    fake.settings = Settings(tmp_path)

    def get_assistant() -> FakeAssistant:
        return fake

    def able(settings: Settings) -> Abilities:
        if settings.model == "absent":
            raise LanguageModelError("no language model answers there")
        return Abilities(settings.model, settings.model_address, True, True, True)

    monkeypatch.setattr(ui.resources, "get_assistant", get_assistant)
    monkeypatch.setattr(ui.model_settings, "find_out", able)
    found = (FoundServer("Ollama", ADDRESS, ("qwen", "llama")),)
    monkeypatch.setattr(ui.model_settings, "find_servers", lambda: found)
    monkeypatch.delenv("RARE_EARTH_MODEL", raising=False)
    monkeypatch.delenv("RARE_EARTH_MODEL_ADDRESS", raising=False)
    at = AppTest.from_file(str(APP), default_timeout=20).run()
    yield at.switch_page("app_pages/model.py").run()
    st.cache_resource.clear()


def keep(at: AppTest) -> AppTest:
    return next(one for one in at.button if one.label == "Try and keep").click().run()


def test_a_model_that_is_found_is_tried_and_kept(screen: AppTest, tmp_path: Path) -> None:
    at = next(one for one in screen.button if one.label == "Look on this machine").click().run()
    assert at.selectbox[0].options == [f"qwen (Ollama, {ADDRESS})", f"llama (Ollama, {ADDRESS})"]
    at = at.selectbox[0].set_value(f"llama (Ollama, {ADDRESS})").run()
    assert [one.value for one in at.text_input] == [ADDRESS, "llama", ""]
    at.number_input[0].set_value(2)
    at.number_input[1].set_value(30_000)
    at = keep(at)
    assert not at.exception
    assert at.success[0].value.startswith("llama quotes its sources letter by letter")
    kept = load_settings({}, tmp_path)
    assert (kept.model, kept.model_address) == ("llama", ADDRESS)
    assert (kept.search_rounds, kept.model_tokens) == (2, 30_000)


def test_one_that_does_not_answer_is_told_and_not_kept(screen: AppTest, tmp_path: Path) -> None:
    screen.text_input[0].set_value(ADDRESS)
    screen.text_input[1].set_value("absent")
    at = keep(screen)
    assert at.error[0].value == "no language model answers there"
    assert load_settings({}, tmp_path).model == ""


def test_no_name_takes_the_model_out(screen: AppTest, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(f'model = "m"\nmodel_address = "{ADDRESS}"\n')
    at = keep(screen)
    assert at.success[0].value.startswith("No language model is kept")
    assert load_settings({}, tmp_path).model == ""


def test_what_the_environment_sets_is_told(
    screen: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RARE_EARTH_MODEL", "set-outside")
    at = screen.run()
    assert "RARE_EARTH_MODEL is set" in at.info[0].value.replace("\\", "")


def test_only_an_editor_sets_it_and_that_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeAssistant()
    fake.settings = Settings(tmp_path)
    able = Abilities("qwen", ADDRESS, True, True, True)
    monkeypatch.setattr(ui.model_settings, "find_out", lambda _: able)
    wanted = WantedModel(ADDRESS, "qwen")
    fake.person = Person("2", "ben@example.org", "reader")
    with pytest.raises(ForbiddenError, match="only an editor may set the language model"):
        try_and_keep(fake, wanted)  # type: ignore[arg-type]
    assert load_settings({}, tmp_path).model == ""
    fake.person = Person("1", "anna@example.org", "editor")
    try_and_keep(fake, wanted)  # type: ignore[arg-type]
    (line,) = (tmp_path / AUDIT_FILE).read_text(encoding="utf-8").splitlines()
    assert '"who": "anna@example.org", "id": "1", "action": "set", "model": "qwen"' in line
