"""Sources from the web by the face: who may, what old citations open, what is written down."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from web_server import Website, website

from assistant.assistant import Assistant
from assistant.currency import parse_interval, read_addresses
from assistant.errors import ForbiddenError
from assistant.people import Person
from assistant.settings import Settings
from corpus.errors import WebError
from index.errors import FollowingError

QUESTION = "How much did Norland mine in 2025?"
FIRST = "Norland mined 7,000 tons of rare earths in 2025. It mined 6,000 tons in 2024."
SECOND = "Norland mined 9,000 tons of rare earths in 2025. It mined 6,000 tons in 2024."


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as served:
        yield served


@pytest.fixture
def assistant(site: Website, tmp_path: Path) -> Iterator[Assistant]:
    settings = Settings(tmp_path / "home", web_hosts=(site.host,), web_delay=0.0)
    opened = Assistant(settings, HashingEmbedder())
    yield opened
    opened.close()


def unheard(_: object) -> None:
    pass


def test_an_old_citation_opens_the_version_that_was_cited(
    site: Website, assistant: Assistant
) -> None:
    site.html("/norland", FIRST)
    assistant.web.add([site.at("/norland")], unheard)
    answer = assistant.ask(QUESTION)
    record_id = assistant.keep(answer).id
    (cited,) = answer.citations
    assert "7,000" in cited.quote
    site.html("/norland", SECOND)
    report = assistant.web.add([site.at("/norland")], unheard)
    assert report.changed == (site.at("/norland"),)
    (again,) = assistant.recorded(record_id).answer.citations
    page = assistant.page(again.source.id, again.page)
    assert page.text[again.start : again.end] == cited.quote == again.quote
    assert again.source.fetched == cited.source.fetched
    assert again.source.retired
    assert "9,000" in assistant.ask(QUESTION).citations[0].quote


def test_reading_a_page_again_fetches_it(site: Website, assistant: Assistant) -> None:
    site.html("/norland", FIRST)
    assistant.web.add([site.at("/norland")], unheard)
    (record,) = assistant.sources()
    assert assistant.read_again(record.source.id, unheard).unchanged
    site.html("/norland", SECOND)
    assert assistant.read_again(record.source.id, unheard).changed
    assistant.remove(record.source.id)
    assert assistant.sources() == ()
    assert assistant.web.fetch(unheard, everything=True).new == ()


def test_a_reader_of_a_desk_changes_nothing(site: Website, assistant: Assistant) -> None:
    reader = assistant.of(Person("r", "Reader", "reader"))
    for deed in (
        lambda: reader.web.add([site.at("/a")], unheard),
        lambda: reader.web.follow([site.at("/a")], 86_400),
        lambda: reader.web.stop(site.at("/a")),
        lambda: reader.web.fetch(unheard),
    ):
        with pytest.raises(ForbiddenError):
            deed()
    assert site.asked == []


def test_what_an_editor_follows_is_written_down(site: Website, assistant: Assistant) -> None:
    editor = assistant.of(Person("e", "Editor", "editor"))
    editor.web.follow([site.at("/a")], 86_400)
    assert editor.web.next_due() is not None
    editor.web.stop(site.at("/a").replace("http", "HTTP"))
    lines = (assistant.settings.home / "audit.jsonl").read_text().splitlines()
    assert editor.web.next_due() is None
    told = [(one["action"], one["address"]) for one in map(json.loads, lines)]
    assert told == [("followed", site.at("/a")), ("stopped", site.at("/a"))]


def test_an_address_that_may_not_be_asked_is_refused_before_any_is(
    site: Website, assistant: Assistant
) -> None:
    with pytest.raises(WebError, match="not of the public Internet"):
        assistant.web.add([site.at("/a"), "http://10.0.0.1/"], unheard)
    assert site.asked == []


@pytest.mark.parametrize(
    ("text", "seconds"), [("15m", 900), ("12h", 43_200), (" 1D ", 86_400), ("2w", 1_209_600)]
)
def test_an_interval_is_a_number_and_a_letter(text: str, seconds: int) -> None:
    assert parse_interval(text) == seconds


@pytest.mark.parametrize("text", ["", "1", "d", "0d", "1m", "14m", "-1d", "1.5d", "999w", "1 day"])
def test_what_is_no_interval_is_an_error(text: str) -> None:
    with pytest.raises(FollowingError, match="is no interval; give one"):
        parse_interval(text)


def test_addresses_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "addresses.txt"
    file.write_text("\ufeff# ours\nhttps://a.example/\n\n  https://b.example/  \n", "utf-8")
    assert read_addresses(file) == ("https://a.example/", "https://b.example/")
    file.write_text("# none\n", "utf-8")
    with pytest.raises(FollowingError, match="has 0 addresses"):
        read_addresses(file)
    with pytest.raises(FollowingError, match="cannot be read"):
        read_addresses(tmp_path / "none.txt")
