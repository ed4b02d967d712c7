"""The page of sources, driven through Streamlit's AppTest over a real home of small files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from assistants import open_assistant
from fakes import HashingEmbedder, write_files
from streamlit.testing.v1 import AppTest
from web_server import Page, Website, website

import ui.resources
from assistant.assistant import Assistant
from assistant.settings import Settings
from ui.drawing.drawing import literal

APP = Path(ui.resources.__file__).with_name("app.py")
FILES = {
    "china.md": "# China's output\n\nChina mined 270,000 t of rare earths in 2025.\n",
    "nigeria.md": "# Nigeria :smile: at $2\n\nNigeria mined 1,500 t of rare earths in 2024.\n",
    "prices.txt": "Terbium oxide cost $1,010/kg in 2025.\n",
    "broken.pdf": "no PDF",
}


@pytest.fixture(autouse=True)
def assistant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    st.cache_resource.clear()
    folder = write_files(tmp_path / "files", FILES)
    opened, _ = open_assistant(tmp_path / "home", HashingEmbedder(), folder)
    monkeypatch.setattr(ui.resources, "get_assistant", lambda: opened)
    yield opened
    opened.close()
    st.cache_resource.clear()


def id_of(assistant: Assistant, path: str) -> str:
    return next(r.source.id for r in assistant.sources() if r.source.path == path)


def open_sources(source_id: str = "") -> AppTest:
    at = AppTest.from_file(str(APP), default_timeout=20).run()
    if source_id:
        at.query_params["source"] = source_id
    at = at.switch_page("app_pages/sources.py").run()
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    return "\n".join(element.value for element in at.main.get("html"))


def titles(at: AppTest) -> list[str]:
    return [one.label for one in at.button if (one.key or "").startswith("source_")]


def press(at: AppTest, label: str) -> AppTest:
    at = next(one for one in at.button if one.label == label).click().run()
    assert not at.exception
    return at


def test_all_sources_are_listed_with_what_is_wrong_with_them() -> None:
    at = open_sources()
    assert len(titles(at)) == 4
    assert literal("Nigeria :smile: at $2") in titles(at)
    assert "NOT READ: broken.pdf" in html(at)
    assert "4 sources. Choose one to read it" in html(at)


def test_facets_narrow_the_list_and_tell_how_many_there_are() -> None:
    at = open_sources()
    facet = at.multiselect(key="facet_kind")
    assert facet.options == ["markdown (2)", "pdf (1)", "text (1)"]
    at = facet.set_value(["text"]).run()
    assert len(titles(at)) == 1
    assert "1 of 4 sources" in html(at)


def test_words_find_titles_first_and_then_texts() -> None:
    at = open_sources()
    at = at.text_input(key="source_words").set_value("nigeria").run()
    assert titles(at)[0] == literal("Nigeria :smile: at $2")
    at = at.text_input(key="source_words").set_value("terbium").run()
    assert len(titles(at)) == 1
    assert "Terbium oxide cost $1,010/kg in 2025. <a" in html(at)


def test_a_source_is_shown_with_its_facts_and_back_again(assistant: Assistant) -> None:
    at = open_sources()
    at = at.button(key=f"source_{id_of(assistant, 'china.md')}").click().run()
    assert "<dt>State</dt><dd>indexed</dd>" in html(at)
    assert "<td>270,000" in html(at)
    assert len(titles(press(at, "All sources"))) == 4


def test_what_was_not_read_says_what_to_do(assistant: Assistant) -> None:
    at = open_sources(id_of(assistant, "broken.pdf"))
    assert literal("then read it again; or remove it.") in at.info[0].value
    assert not at.get("page_link")


def test_a_source_is_removed_once_that_is_confirmed(assistant: Assistant) -> None:
    at = press(open_sources(id_of(assistant, "prices.txt")), "Remove this source")
    assert len(titles(at)) == 3
    assert "prices.txt" not in [one.source.path for one in assistant.sources()]


def test_a_file_that_was_mended_is_read_again(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "files" / "broken.pdf"
    source_id = id_of(assistant, "broken.pdf")
    file.unlink()
    at = press(open_sources(source_id), "Read the file again")
    ui.resources.get_adding().wait(20)
    assert "does not exist" in html(at.run())


def test_a_folder_is_added_and_what_was_not_read_told_first(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "more", {"new.md": "# New\n\nIt is new.\n", "bad.pdf": "x"})
    at = open_sources()
    at.text_input(key="added_folder").set_value(str(folder))
    at = press(at, "Add the folder")
    ui.resources.get_adding().wait(60)
    shown = html(at.run())
    assert shown.index("<b>Not read</b>: bad.pdf") < shown.index("<b>Added</b>: new.md")
    assert "6 sources" in shown


def test_picked_sources_make_a_collection_to_ask_within(
    assistant: Assistant,
) -> None:
    source_id = id_of(assistant, "nigeria.md")
    assistant.collections.make("Africa", ())
    at = open_sources()
    at = at.checkbox(key=f"pick_0_{source_id}").check().run()
    assert [one.value for one in at.markdown if "picked" in one.value] == ["**1 picked**"]
    assert literal("Nigeria :smile: at $2") in [one.value for one in at.markdown]
    at.selectbox(key="collection_name").set_value("Africa")
    at = press(at, "Make a collection")
    assert not [one.value for one in at.markdown if "picked" in one.value]
    assert not any(one.value for one in at.checkbox)
    assert [one.source_ids for one in assistant.collections.all()] == [(source_id,)]
    assert [one.value for one in at.toast] == ["1 put into the collection Africa"]
    at = at.switch_page("app_pages/ask.py").run()
    at = at.selectbox(key="collection").set_value("Africa").run()
    assert "Filtered by Collection: Africa" in html(at)
    assert any("come from 1 of" in one.value for one in at.markdown)
    at = at.chat_input[0].set_value("How much did China mine in 2025?").run()
    assert "China mined 270,000" not in html(at).partition("Nearest to it")[0]


def test_a_collection_is_emptied_and_deleted(assistant: Assistant) -> None:
    source_id = id_of(assistant, "nigeria.md")
    assistant.collections.make("Africa", [source_id])
    at = press(open_sources(), "Take out")
    assert assistant.collections.all()[0].source_ids == ()
    press(at, "Delete the collection")
    assert assistant.collections.all() == ()


def test_what_was_added_without_a_fault_is_told_once(tmp_path: Path) -> None:
    at = open_sources()
    folder = write_files(tmp_path / "more", {"new.md": "# New\n\nIt is new.\n"})
    at.text_input(key="added_folder").set_value(str(folder))
    at = press(at, "Add the folder")
    ui.resources.get_adding().wait(60)
    assert "<b>Added</b>: new.md" in html(at) + html(at.run())
    assert "<b>Added</b>" not in html(at.run())


def test_an_empty_home_offers_to_add_on_the_page_that_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty, _ = open_assistant(tmp_path / "empty", HashingEmbedder())
    monkeypatch.setattr(ui.resources, "get_assistant", lambda: empty)
    at = AppTest.from_file(str(APP), default_timeout=20).run()
    folder = write_files(tmp_path / "first", {"new.md": "# New\n\nIt is new.\n"})
    at.text_input(key="added_folder").set_value(str(folder))
    press(at, "Add the folder")
    ui.resources.get_adding().wait(60)
    assert [one.source.path for one in empty.sources()] == ["new.md"]
    empty.close()


def test_a_grid_is_filled_and_its_cells_lead_to_their_pages() -> None:
    at = AppTest.from_file(str(APP), default_timeout=20).run()
    at = at.switch_page("app_pages/grid.py").run()
    assert press(at, "Fill the grid").info[0].value.startswith("Give at least one question")
    at.text_area(key="grid_questions").set_value("How much did {} mine in 2025?")
    at.text_area(key="grid_words").set_value("China\n<b>Atlantis</b>")
    at = press(at, "Fill the grid")
    [filling] = ui.resources.fillings().values()
    filling.wait(60)
    shown = html(at.run())
    assert not at.exception
    assert '<th scope="row">China</th><td><div class="answer">' in shown
    assert 'href="page?source=china-' in shown
    assert '&lt;b&gt;Atlantis&lt;/b&gt;</th><td class="quiet">not stated</td>' in shown
    at = at.switch_page("app_pages/sources.py").run().switch_page("app_pages/grid.py").run()
    assert '<th scope="row">China</th>' in html(at)
    assert len(press(at, "New grid").text_area) == 2


@pytest.fixture
def following(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Assistant, Website]]:
    """Yield an assistant that may ask a site of our own, which the app is opened on."""
    with website() as site:
        settings = Settings(tmp_path / "following", web_hosts=(site.host,), web_delay=0.0)
        opened = Assistant(settings, HashingEmbedder())
        monkeypatch.setattr(ui.resources, "get_assistant", lambda: opened)
        site.html("/norland", "Norland mined 7,000 t in 2025.", "Norland <b>news</b>")
        opened.web.add([site.at("/norland")], lambda _: None)
        yield opened, site
        opened.close()


def test_an_address_is_followed_shown_and_stopped(following: tuple[Assistant, Website]) -> None:
    assistant, site = following
    site.html("/other", "Other words on rare earths.", "Other")
    at = open_sources()
    at.text_area(key="added_addresses").set_value(f"{site.at('/other')}\nhttp://10.0.0.1/<i>")
    at.selectbox(key="added_often").set_value("every day")
    at = press(at, "Add the addresses")
    ui.resources.get_adding().wait(60)
    assert "not of the public Internet" in html(at.run())
    assert assistant.web.known()[0].every_seconds == 0
    at.text_area(key="added_addresses").set_value(site.at("/other"))
    at = press(at, "Add the addresses")
    ui.resources.get_adding().wait(60)
    shown = html(at.run())
    assert f'{site.at("/other")}<div class="quiet">page · every day · last look ' in shown
    at = press(at, "Stop following")
    assert "every day" not in html(at)


def test_a_page_shows_its_looks_its_versions_and_its_fault(
    following: tuple[Assistant, Website],
) -> None:
    assistant, site = following
    site.html("/norland", "Norland mined 9,000 t in 2025.", "Norland <b>news</b>")
    assistant.web.add([site.at("/norland")], lambda _: None)
    page = next(one.source for one in assistant.sources() if not one.source.retired)
    site.pages["/norland"] = Page(status=500)
    at = press(open_sources(page.id), "Fetch the page again")
    ui.resources.get_adding().wait(60)
    at = open_sources(page.id)
    shown = html(at)
    assert f"<dt>Address</dt><dd>{site.at('/norland')}</dd>" in shown
    assert f"<dt>Fetched</dt><dd>{page.fetched[:10]}" in shown
    assert "<dt>Next look</dt><dd>when it is asked for</dd>" in shown
    assert "answers with status 500; try later</dd>" in shown
    assert "Other versions of the page" in shown
    earlier = next(one.source for one in assistant.sources() if one.source.retired)
    at = at.button(key=f"open_{earlier.id}").click().run()
    assert "so that what was cited from it can be opened" in at.info[0].value
