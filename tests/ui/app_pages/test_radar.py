"""The page of the radar over a small website, driven through Streamlit's AppTest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from radar_changes import HOSTILE
from radar_site import SAID, Site, open_site, statistics
from streamlit.testing.v1 import AppTest

import ui.resources
from ui.radar.change_drawing import change_card

APP = Path(ui.resources.__file__).with_name("app.py")
MINED = "How much rare earths did the world mine in 2024?"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with open_site(tmp_path, stats_html=statistics(SAID)) as opened:
        st.cache_data.clear()
        st.cache_resource.clear()
        monkeypatch.setattr(ui.resources, "get_assistant", lambda: opened.assistant)
        yield opened


def show() -> AppTest:
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    at.switch_page("app_pages/radar.py").run()
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    return "\n".join(element.value for element in at.main.get("html"))


def button(at: AppTest, label: str) -> None:
    next(one for one in at.button if one.label.startswith(label)).click().run()
    assert not at.exception


def test_nothing_that_is_kept_says_so(site: Site) -> None:  # noqa: ARG001
    assert [one.value for one in show().info] == ["Nothing has changed for what is kept."]


def test_a_look_shows_what_changed_with_links_to_page_and_record(site: Site) -> None:
    record = site.keep(MINED)
    site.write(stats_html=statistics(SAID.replace("390,000", "420,000")))
    at = show()
    button(at, "Look now")
    drawn = html(at)
    assert "390,000 tonnes to 420,000 tonnes" in drawn
    assert f'href="./?record={record}"' in drawn
    assert 'href="page?source=' in drawn


def test_a_change_is_marked_as_seen_and_shown_again_on_request(site: Site) -> None:
    site.keep(MINED)
    site.write(stats_html=statistics(SAID.replace("390,000", "420,000")))
    site.assistant.look()
    at = show()
    button(at, "Mark as seen")
    assert "420,000" not in html(at)
    at.toggle(key="radar_seen").set_value(True).run()
    assert "420,000" in html(at)


def test_changes_are_narrowed_by_what_is_kept(site: Site) -> None:
    site.keep(MINED)
    site.assistant.radar.save_question("How much rare earths did Greenland mine in 2024?")
    site.write(
        stats_html=statistics(
            SAID.replace("390,000", "420,000"),
            "Greenland mined 40 tonnes of rare earths in 2024.",
        )
    )
    site.assistant.look()
    at = show()
    at.button_group(key="radar_kept").set_value(["question"]).run()
    assert "420,000 tonnes" not in html(at)
    assert "Greenland mined 40 tonnes" in html(at)


def test_a_question_is_saved_and_dropped(site: Site) -> None:
    at = show()
    at.text_input[0].set_value("Who mines terbium?")
    button(at, "Save")
    assert [one.ref for one in site.assistant.radar.subscriptions()] == ["Who mines terbium?"]
    button(at, "Drop")
    assert site.assistant.radar.subscriptions() == ()


def test_a_folder_that_is_not_there_is_not_watched(site: Site) -> None:  # noqa: ARG001
    at = show()
    at.text_area[0].set_value("/gone/folder")
    button(at, "Watch")
    assert at.error[0].value.startswith("\\/gone\\/folder is no folder")


def test_words_of_sources_are_drawn_as_data() -> None:
    drawn = change_card(HOSTILE)
    assert "<script" not in drawn
    assert "javascript:" not in drawn
