"""Dated statements in order: the topic's alone, each with its bound, precision and sentence."""

from collections.abc import Iterator

import pytest
from assistants import open_assistant
from fakes import HashingEmbedder, write_files

from assistant.assistant import Assistant
from assistant.views import Timeline, timeline_to_json
from index.passage import Filters

FILES = {
    "controls.md": """---
title: Export Controls of China
publisher: Nordkap Institute
published: 2026-03-01
---
# Export Controls of China

On 9 October 2025 China announced export controls on holmium.

MOFCOM suspended these controls until 10 November 2026.

In April 2025 China announced export controls on terbium.
""",
    "mines.md": """---
title: Mines of Brazil
publisher: Riga Metal Desk
published: 2026-01-10
---
# Mines of Brazil

The Serra Verde mine in Brazil began commercial production in January 2024.
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("timeline")
    write_files(folder / "documents", FILES)
    assistant, _ = open_assistant(folder / "home", HashingEmbedder(), folder / "documents")
    yield assistant
    assistant.close()


def told(timeline: Timeline) -> list[str]:
    return [one.date_text for one in timeline.statements]


def test_statements_of_a_topic_stand_in_order_with_their_bounds(assistant: Assistant) -> None:
    found = assistant.timeline("China export controls")
    assert told(found) == ["2025-04", "2025-10-09", "until 2026-11-10"]
    assert found.statements[2].sentence == "MOFCOM suspended these controls until 10 November 2026."
    assert not found.is_by_meaning


def test_statement_is_cut_from_its_page(assistant: Assistant) -> None:
    for one in assistant.timeline("China").statements:
        page = assistant.page(one.found.source.id, one.found.fact.place.page)
        assert page.text[one.found.fact.place.start : one.found.fact.place.end] == one.found.quote


def test_time_that_is_asked_for_holds_the_dates(assistant: Assistant) -> None:
    assert told(assistant.timeline("China export controls 2025")) == ["2025-04", "2025-10-09"]


def test_another_topic_has_its_own_dates(assistant: Assistant) -> None:
    assert told(assistant.timeline("Serra Verde")) == ["2024-01"]


def test_filters_leave_sources_out(assistant: Assistant) -> None:
    assert told(assistant.timeline("Serra Verde", Filters(publisher="Nordkap"))) == []


def test_words_that_stand_nowhere_give_what_is_nearest_and_say_so(assistant: Assistant) -> None:
    found = assistant.timeline("commercial smelter opening of Brazil")
    assert found.is_by_meaning
    assert "2024-01" in told(found)


def test_json_holds_date_bound_sentence_and_place(assistant: Assistant) -> None:
    record = timeline_to_json(assistant.timeline("China export controls"))
    last = record["statements"][-1]
    assert (last["date"], last["bound"], last["status"]) == ("2026-11-10", "until", "suspended")
    assert (last["page"], last["source"]["title"]) == (1, "Export Controls of China")
