"""The page of figures over a small ledger, driven through Streamlit's AppTest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from assistants import open_assistant
from fakes import HashingEmbedder, write_files
from ledger_files import LEDGER_FILES
from streamlit.testing.v1 import AppTest

import ui.resources
from assistant.assistant import Assistant

APP = Path(ui.resources.__file__).with_name("app.py")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("ledger")
    write_files(folder / "documents", LEDGER_FILES)
    assistant, _ = open_assistant(folder / "home", HashingEmbedder(), folder / "documents")
    yield assistant
    assistant.close()


@pytest.fixture(autouse=True)
def _in_use(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    st.cache_data.clear()
    st.cache_resource.clear()
    monkeypatch.setattr(ui.resources, "get_assistant", lambda: assistant)


def show(words: str, view: str = "Rows") -> AppTest:
    at = AppTest.from_file(str(APP), default_timeout=30).run()
    at.query_params["facts"] = words
    at.query_params["view"] = view
    at.switch_page("app_pages/figures.py").run()
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    return "\n".join(element.value for element in at.main.get("html"))


def test_words_of_the_address_give_rows() -> None:
    drawn = html(show("Chile mine production 2025"))
    assert drawn.count('<tr class="current"') == 2
    assert "1,400" in drawn
    assert "gross weight" in drawn


def test_rows_are_narrowed_to_what_is_superseded() -> None:
    at = show("mine production")
    at.button_group(key="standings").set_value(["superseded"]).run()
    assert html(at).count('<tr class="superseded"') == html(at).count("<tr class=") == 1


def test_pivot_is_of_one_kind() -> None:
    drawn = html(show("mine production", "Pivot"))
    assert "1,400" in drawn
    assert "2,600" not in drawn


def test_figure_that_is_chosen_shows_its_source_beside_the_chart() -> None:
    at = show("Chile mine production 2025", "Chart")
    chosen = at.selectbox(key="figures_point")
    chosen.select_index(0).run()
    assert not at.exception
    assert "<mark>" in html(at)


def test_a_kind_that_was_chosen_is_of_its_look_up_alone() -> None:
    at = show("mine production", "Pivot")
    [kinds] = [one for one in at.selectbox if one.label.startswith("Figures of one")]
    kinds.select_index(1).run()
    at.text_input(key="facts").set_value("Chile mine production").run()
    [kinds] = [one for one in at.selectbox if one.label.startswith("Figures of one")]
    assert kinds.index == 0


@pytest.mark.parametrize("view", ["Rows", "Pivot", "Chart"])
def test_what_is_shown_can_be_downloaded(view: str) -> None:
    labels = [one.proto.label for one in show("mine production", view).get("download_button")]
    assert labels == ["Download as CSV", "Download as XLSX"]


def test_nothing_found_says_how_the_words_were_understood() -> None:
    at = show("Chile mine production 1987")
    assert "period: 1987" in at.info[0].value.replace("\\", "")
