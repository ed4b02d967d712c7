"""The list of sources: state, copies and editions of each, in words."""

import random
from dataclasses import replace

import pytest

from assistant.source_list import STATES, ListedSource, list_sources
from corpus.document import Source
from index.storage.catalog import SourceRecord, State


def record(
    name: str,
    group: str = "",
    order: int = 0,
    state: State = "indexed",
    reason: str = "",
    pages: int = 1,
    **fields: str,
) -> SourceRecord:
    """Return the record of a source, by default the only one of its group."""
    source = Source(
        id=name,
        location=f"/{name}",
        path=f"{name}.pdf",
        title=name,
        file_type="pdf",
        sha256="a" * 64,
        copy_group=group or name,
    )
    return SourceRecord(replace(source, **fields), "/", state, reason, pages, pages, order)


def edition(name: str, year: int, **more: object) -> SourceRecord:
    """Return the record of the edition of a year of one series."""
    told = record(name, **more)  # type: ignore[arg-type]
    source = replace(
        told.source, series="MCS: rare earths", edition=f"MCS {year}", published=f"{year}-01"
    )
    return replace(told, source=source)


def unread(name: str, state: State = "unreadable") -> SourceRecord:
    return record(name, state=state, reason=f"{name}.pdf: is empty", pages=0)


COPIES = (
    record("text", "g", 1),
    record("original", "g", 0),
    record("invented", "g", 3, "set aside", "8 of its 61 figures are not in original.pdf: 7, 9"),
    record("markdown", "g", 2),
    record("other"),
)


def listed(*records: SourceRecord) -> dict[str, ListedSource]:
    return {one.record.source.id: one for one in list_sources(records)}


def ids(records: tuple[SourceRecord, ...]) -> list[str]:
    return [record.source.id for record in records]


def test_records_come_in_their_order() -> None:
    assert [one.record for one in list_sources(COPIES)] == list(COPIES)
    assert list_sources(()) == ()


def test_copies_are_the_others_of_the_group_with_the_best_first() -> None:
    for seed in range(5):
        told = listed(*random.Random(seed).sample(COPIES, len(COPIES)))
        assert ids(told["original"].copies) == ["text", "markdown", "invented"]
        assert ids(told["text"].copies) == ["original", "markdown", "invented"]
        assert ids(told["invented"].copies) == ["original", "text", "markdown"]
        assert told["other"].copies == ()


def test_states_tell_copies_from_what_is_cited() -> None:
    told = listed(*COPIES, unread("scan"), unread("loading", "set aside"))
    states = {name: one.state for name, one in told.items()}
    assert states == {
        "original": "indexed",
        "text": "copy",
        "markdown": "copy",
        "invented": "set aside",
        "other": "indexed",
        "scan": "unreadable",
        "loading": "set aside",
    }
    assert set(states.values()) == set(STATES)


def test_standing_says_why_a_source_is_not_cited() -> None:
    told = listed(*COPIES, unread("scan"), unread("loading", "set aside"))
    assert {name: one.standing for name, one in told.items() if one.standing} == {
        "text": "copy of original.pdf",
        "markdown": "copy of original.pdf",
        "invented": "SET ASIDE: 8 of its 61 figures are not in original.pdf: 7, 9",
        "scan": "NOT READ: scan.pdf: is empty",
        "loading": "SET ASIDE: loading.pdf: is empty",
    }


def test_removed_source_is_listed_as_such_and_is_no_copy() -> None:
    removed = record("gone", "g", state="removed", reason="removed by name", pages=0)
    told = listed(*COPIES, removed)
    assert (told["gone"].state, told["gone"].standing) == ("removed", "REMOVED: removed by name")
    assert told["gone"].copies == ()
    assert "gone" not in ids(told["original"].copies)


EDITIONS = tuple(edition(f"mcs{year}", year) for year in (2024, 2026, 2023, 2025))


def test_editions_are_newest_first() -> None:
    told = listed(*EDITIONS, record("other"))
    assert {name: [e.id for e in one.editions] for name, one in told.items()} == {
        "mcs2023": ["mcs2026", "mcs2025", "mcs2024"],
        "mcs2024": ["mcs2026", "mcs2025", "mcs2023"],
        "mcs2025": ["mcs2026", "mcs2024", "mcs2023"],
        "mcs2026": ["mcs2025", "mcs2024", "mcs2023"],
        "other": [],
    }
    assert [name for name, one in told.items() if one.is_newest] == ["mcs2026"]
    assert {name: one.edition_note for name, one in told.items()} == {
        "mcs2026": "newest of 4 editions",
        "other": "",
        **dict.fromkeys(
            ("mcs2023", "mcs2024", "mcs2025"), "older edition; the newest is mcs2026.pdf"
        ),
    }


def test_a_lone_edition_has_no_note() -> None:
    (one,) = list_sources([edition("mcs", 2026)])
    assert (one.editions, one.edition_note, one.is_newest) == ((), "", False)


@pytest.mark.parametrize("series", ["MCS: rare earths", "", "Another series"])
def test_copy_of_an_edition_has_the_editions_of_the_best_copy(series: str) -> None:
    best = edition("best", 2026, group="g")
    copy = record("copy", "g", 1, series=series)
    aside = record("aside", "g", 2, "set aside", "2 of its 9 figures are invented", series=series)
    told = listed(copy, edition("old", 2025), best, aside)
    for name in ("best", "copy", "aside"):
        assert [other.id for other in told[name].editions] == ["old"]
        assert told[name].edition_note == "newest of 2 editions"
    assert [other.id for other in told["old"].editions] == ["best"]


def test_two_texts_of_one_edition_are_no_other_editions_of_each_other() -> None:
    told = listed(edition("chapter", 2026), edition("table", 2026), edition("old", 2025))
    for name in ("chapter", "table"):
        assert [other.id for other in told[name].editions] == ["old"]
        assert told[name].edition_note == "newest of 2 editions"
    assert told["old"].edition_note == "older edition; the newest is chapter.pdf"


def test_source_that_was_not_read_has_no_editions_and_is_none() -> None:
    lost = edition("lost", 2027, state="unreadable", reason="lost.pdf: is empty", pages=0)
    told = listed(lost, *EDITIONS)
    assert (told["lost"].editions, told["lost"].edition_note) == ((), "")
    assert told["mcs2026"].edition_note == "newest of 4 editions"


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (record("a", pages=2), ""),
        (record("a", state="unreadable", reason="it is a scan", pages=0), "it is a scan"),
    ],
    ids=["searched", "unreadable"],
)
def test_reason_tells_why_a_source_takes_no_part(told: SourceRecord, reason: str) -> None:
    told = replace(told, source=replace(told.source, remarks=("One column.",)))
    (listed,) = list_sources([told])
    assert listed.reason == reason
