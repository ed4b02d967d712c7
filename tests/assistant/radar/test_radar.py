"""What the radar finds for things that are kept, over a website whose pages change."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from radar_site import DESK, OFFICE, RULE, SAID, Site, open_site, page, statistics, told

from assistant.drafts import draft_of
from assistant.errors import RadarError
from assistant.people import Person

_END = "</article>"
MINED = "How much rare earths did the world mine in 2024?"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path, stats_html=statistics(SAID, RULE)) as opened:
        opened.keep(MINED)
        yield opened


def test_nothing_is_found_where_nothing_changed(site: Site) -> None:
    assert site.found() == []


def test_a_new_version_of_the_page_gives_a_newer_value(site: Site) -> None:
    site.write(stats_html=statistics(SAID.replace("390,000", "420,000"), RULE))
    assert site.found() == [("newer value", "390,000 tonnes", "420,000 tonnes")]


def test_a_figure_printed_anew_is_a_newer_value_though_the_old_one_could_be_it_rounded(
    site: Site,
) -> None:
    site.write(stats_html=statistics(SAID.replace("390,000", "390,500"), RULE))
    assert site.found() == [("newer value", "390,000 tonnes", "390,500 tonnes")]


def test_a_newer_edition_gives_a_newer_value(site: Site) -> None:
    newer = statistics(SAID.replace("390,000", "420,000"), title="Rare Earth Statistics 2026")
    site.write(next_html=newer)
    assert site.found() == [("newer value", "390,000 tonnes", "420,000 tonnes")]


def test_what_was_reported_is_not_reported_again(site: Site) -> None:
    site.write(stats_html=statistics(SAID.replace("390,000", "420,000"), RULE))
    site.found()
    assert site.found() == []


def test_the_value_after_the_newer_one_is_told_from_that(site: Site) -> None:
    for value in ("420,000", "430,000"):
        site.write(stats_html=statistics(SAID.replace("390,000", value), RULE))
        found = site.found()
    assert found == [("newer value", "420,000 tonnes", "430,000 tonnes")]


def test_another_year_is_no_newer_value(site: Site) -> None:
    later = statistics(SAID.replace("390,000", "450,000").replace("2024", "2025"))
    site.write(other_html=later)
    assert site.found() == []


def test_the_same_said_in_other_words_is_nothing(site: Site) -> None:
    again = "In 2024 the mines of the world produced 390,000 tonnes of REO, rare earths in all."
    site.write(stats_html=statistics(SAID, RULE, "Read our new site map."))
    assert site.found() == []
    site.write(stats_html=statistics(again, RULE))
    assert [one for one in site.found() if one[0] != "no longer said"] == []


def test_words_that_went_are_no_longer_said(site: Site) -> None:
    site.write(stats_html=statistics(RULE))
    assert site.found() == [("no longer said", "390,000 tonnes", "")]


def test_a_page_that_was_taken_away_no_longer_says_it(site: Site) -> None:
    site.remove("stats.html")
    assert site.found() == [("no longer said", "390,000 tonnes", "")]


def test_a_page_that_moved_still_says_it(site: Site) -> None:
    (site.folder / "stats.html").rename(site.folder / "moved.html")
    site.sync()
    assert site.found() == []


def test_a_page_that_cannot_be_read_today_is_nothing(site: Site) -> None:
    before = (site.folder / "stats.html").read_text(encoding="utf-8")
    (site.folder / "stats.html").write_bytes(b"")
    site.sync()
    assert site.found() == []
    site.write(stats_html=before)
    assert site.found() == []


def test_another_publisher_with_another_value_is_in_conflict(site: Site) -> None:
    said = SAID.replace("390,000", "310,000")
    site.write(desk_html=page("World supply", DESK, "2025-05-01", said))
    assert site.found() == [("conflict", "390,000 tonnes", "310,000 tonnes")]


def test_another_publisher_that_rounds_is_in_no_conflict(site: Site) -> None:
    said = SAID.replace("390,000", "about 400,000")
    site.write(desk_html=page("World supply", DESK, "2025-05-01", said))
    assert site.found() == []


def test_a_conflict_that_was_there_is_not_told_when_its_page_changes(tmp_path: Path) -> None:
    said = SAID.replace("390,000", "310,000")
    desk = page("World supply", DESK, "2025-05-01", said)
    with open_site(tmp_path, stats_html=statistics(SAID), desk_html=desk) as site:
        site.found()
        record = site.assistant.ask(MINED)
        site.assistant.keep(record)
        site.write(desk_html=desk.replace("</article>", "<p>Read also.</p></article>"))
        assert site.found() == []


def test_what_was_kept_after_a_change_is_not_told_of_it(site: Site) -> None:
    site.found()
    site.write(stats_html=statistics(SAID.replace("390,000", "420,000"), RULE))
    record = site.keep(MINED)
    (change,) = site.assistant.look()
    assert record not in {one.ref for one in change.touched}


def test_a_change_is_told_once_with_all_that_it_touches(site: Site) -> None:
    site.keep(MINED)
    list(site.assistant.check(draft_of("report.md", SAID.encode())))
    site.assistant.keep_table("mine production", site.assistant.facts("mine production").facts)
    site.write(stats_html=statistics(SAID.replace("390,000", "420,000"), RULE))
    (change,) = site.assistant.look()
    assert sorted(one.kind for one in change.touched) == ["answer", "answer", "draft", "table"]


def test_a_saved_question_is_told_of_a_new_document(site: Site) -> None:
    question = "How much rare earths did Greenland mine in 2024?"
    site.assistant.radar.save_question(question)
    said = "Greenland mined 40 tonnes of rare earths in 2024."
    site.write(greenland_html=page("First tonnes of Greenland", DESK, "2025-05-01", said))
    assert site.found() == [("new document", "", said)]


def test_a_saved_question_is_not_told_of_a_document_on_another_thing(site: Site) -> None:
    site.assistant.radar.save_question("How much rare earths did Greenland mine in 2024?")
    said = "Greenland sold fish for 40 million US dollars in 2024."
    site.write(greenland_html=page("Fish of Greenland", DESK, "2025-05-01", said))
    assert site.found() == []


def test_a_question_without_an_answer_stays_open(site: Site) -> None:
    record = site.keep("How much rare earths did Greenland mine in 2024?")
    said = "Greenland mined 40 tonnes of rare earths in 2024."
    site.write(greenland_html=page("First tonnes of Greenland", DESK, "2025-05-01", said))
    (change,) = site.assistant.look()
    assert (change.finding.kind, change.touched[0].ref) == ("new document", record)


def test_an_answer_about_the_latest_is_out_of_date_by_a_later_one(tmp_path: Path) -> None:
    def price(month: str, value: str) -> str:
        said = f"The price of terbium oxide was ${value}/kg in {month} 2025."
        return page(f"Prices of {month} 2025", DESK, "2025-06-01", said)

    with open_site(tmp_path, march_html=price("March", "905")) as site:
        site.keep("What is the latest price of terbium oxide?")
        site.found()
        site.write(april_html=price("April", "930"))
        assert [one[0] for one in site.found()] == ["out of date"]


def test_answers_that_were_kept_before_are_taken_up_at_the_first_look(site: Site) -> None:
    (site.assistant.settings.home / "radar.sqlite").unlink()
    assert site.found() == []
    site.write(stats_html=statistics(SAID.replace("390,000", "420,000"), RULE))
    assert site.found() == [("newer value", "390,000 tonnes", "420,000 tonnes")]


def test_a_person_sees_what_is_his_and_what_is_nobodys(site: Site) -> None:
    anna, ben = (Person(one, one, "editor") for one in ("anna", "ben"))
    site.assistant.of(anna).radar.save_question("What does Anna ask?")
    assert site.assistant.of(ben).radar.subscriptions() == site.assistant.radar.subscriptions()[:1]
    assert len(site.assistant.of(anna).radar.subscriptions()) == 2


def test_a_question_that_is_not_saved_is_not_dropped(site: Site) -> None:
    site.assistant.radar.save_question("Who mines  terbium?")
    site.assistant.radar.drop_question("Who mines terbium?")
    with pytest.raises(RadarError, match="no question"):
        site.assistant.radar.drop_question("Who mines terbium?")


def test_a_damaged_file_is_told_and_costs_no_answer(site: Site) -> None:
    (site.assistant.settings.home / "radar.sqlite").write_bytes(b"no database at all, but text")
    kept = site.assistant.keep(site.assistant.ask(MINED))
    assert kept.id
    assert "move it away" in kept.warning
    with pytest.raises(RadarError, match="damaged"):
        site.assistant.look()


def test_a_subscription_that_cannot_be_unpacked_is_damage_and_not_a_bug(site: Site) -> None:
    file = site.assistant.settings.home / "radar.sqlite"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE subscriptions SET grounds = x'00'")
    with pytest.raises(RadarError, match="damaged"):
        site.assistant.radar.subscriptions()


def test_only_changes_that_are_not_seen_are_told(site: Site) -> None:
    site.write(stats_html=statistics(SAID.replace("390,000", "420,000"), RULE))
    (change,) = site.assistant.look()
    assert site.assistant.radar.mark_seen([change]) == 1
    assert site.assistant.radar.changes() == ()
    (seen,) = site.assistant.radar.changes(with_seen=True)
    assert told(seen) == told(change)
    assert seen.finding.reference.publisher == OFFICE


def test_a_page_that_is_back_says_it_again(site: Site) -> None:
    before = (site.folder / "stats.html").read_text(encoding="utf-8")
    site.remove("stats.html")
    site.found()
    site.write(stats_html=before)
    assert site.found() == []
    site.write(stats_html=before.replace("390,000", "420,000"))
    assert site.found() == [("newer value", "390,000 tonnes", "420,000 tonnes")]


def test_a_rule_that_is_suspended_is_a_newer_value(tmp_path: Path) -> None:
    def rule(state: str) -> str:
        return page("Notice 57", OFFICE, "2025-10-09", f"Notice 57 {state}.")

    with open_site(tmp_path, rule_html=rule("has been in force since 8 November 2025")) as site:
        site.keep("What is the status of Notice 57?")
        site.found()
        site.write(rule_html=rule("is suspended until 10 November 2026"))
        (told_of,) = site.found()
    assert told_of[0] == "newer value"
    assert told_of[2] == "suspended until 10 November 2026"


def test_reserves_said_in_a_sentence_are_held_against_those_of_the_next_edition(
    tmp_path: Path,
) -> None:
    said = "Burma mined 42,000 tonnes in 2023. Reserves in Australia are {} tonnes of REO."
    with open_site(tmp_path, stats_html=statistics(said.format("5,700,000"))) as site:
        site.keep("How large are the reserves of rare earths in Australia?")
        site.found()
        newer = statistics(said.format("6,200,000"), title="Rare Earth Statistics 2026")
        site.write(next_html=newer)
        assert site.found() == [("newer value", "5,700,000 tonnes", "6,200,000 tonnes")]


def test_a_table_of_another_publisher_answers_the_question_otherwise(tmp_path: Path) -> None:
    said = "Burma produced 42,000 tonnes in 2023; the figure rests on Chinese import records."
    rows = "<tr><th>Country</th><th>2022</th><th>2023</th></tr><tr><td>Myanmar</td><td>14,600</td>"
    table = (
        "<table><caption>Mine production of rare earths, metric tons of REO</caption>"
        f"{rows}<td>39,800</td></tr><tr><td>China</td><td>212,000</td><td>252,000</td></tr></table>"
    )
    with open_site(tmp_path, stats_html=statistics(said)) as site:
        site.keep("What was mine production of rare earths in Burma in 2023?")
        site.found()
        desk = page("World mining tables", DESK, "2025-05-01", "All figures are our own.")
        site.write(desk_html=desk.replace("</article>", f"{table}</article>"))
        assert site.found() == [("conflict", "42,000 tonnes", "39,800")]


def _keep_quote(site: Site, question: str, quote: str) -> None:
    """Keep an answer that cites words of the page of the office."""
    answer = site.assistant.ask(question)
    source = next(one.source for one in site.assistant.sources())
    (page_of,) = site.assistant.pages(source.id)
    start = page_of.text.index(quote)
    end = start + len(quote)
    cited = replace(answer.citations[0], start=start, end=end, quote=quote, cells=())
    site.assistant.keep(replace(answer, citations=(cited,)))


def _table(*rows: tuple[str, str]) -> str:
    told = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in rows)
    caption = "<caption>Mine production of rare earths, metric tons of REO</caption>"
    return f"<table>{caption}<tr><th>Country</th><th>2024</th></tr>{told}</table>"


def test_a_figure_is_revised_in_the_row_alone_that_a_sentence_put_into_words(
    tmp_path: Path,
) -> None:
    said = "China mined 268,000 tonnes in 2024, nine tenths of what the world turned out."
    rows = _table(("China", "268,000"), ("India", "2,900"))
    with open_site(tmp_path, stats_html=statistics(said).replace(_END, rows + _END)) as site:
        _keep_quote(site, MINED.replace("the world", "China"), said)
        site.found()
        newer = statistics("Mines are in the table.", title="Rare Earth Statistics 2026")
        site.write(next_html=newer.replace(_END, rows.replace("268,000", "259,000") + _END))
        assert site.found() == [("newer value", "268,000 tonnes", "259,000")]


def test_a_value_that_a_source_gives_in_a_sentence_and_in_a_row_is_told_once(
    tmp_path: Path,
) -> None:
    said = "China mined {} tonnes of rare earths in 2024."
    with open_site(tmp_path, stats_html=statistics(said.format("268,000"))) as site:
        site.keep(MINED.replace("the world", "China"))
        site.found()
        desk = page("Our own count", DESK, "2025-05-01", said.format("241,000"))
        rows = _table(("China", "241,000"), ("India", "2,900"))
        site.write(desk_html=desk.replace(_END, rows + _END))
        assert len(site.found()) == 1


def test_what_is_quoted_in_part_rests_on_its_whole_sentence(tmp_path: Path) -> None:
    with open_site(tmp_path, stats_html=statistics(SAID, RULE)) as site:
        _keep_quote(site, MINED, "390,000 tonnes")
        (held,) = site.assistant.radar.subscriptions()
        assert [one.quote for one in held.standing] == [SAID]


def test_what_is_back_and_goes_again_is_told_again(site: Site) -> None:
    before = (site.folder / "stats.html").read_text(encoding="utf-8")
    for _ in range(2):
        site.remove("stats.html")
        site.found()
        site.write(stats_html=before)
        site.found()
    changes = site.assistant.radar.changes(with_seen=True)
    assert [told(one) for one in changes] == [("no longer said", "390,000 tonnes", "")] * 2


def test_a_name_may_stand_in_the_sentence_before_and_be_written_otherwise(tmp_path: Path) -> None:
    with open_site(tmp_path, stats_html=statistics(SAID)) as site:
        site.assistant.radar.save_question(
            "When will the VAC magnet plant in South Carolina reach full output?"
        )
        site.found()
        news = "Vacuumschmelze expects the plant to reach full output in November 2026."
        site.write(
            vac_html=page(
                "First magnets", DESK, "2026-04-21", f"The plant in South Carolina runs. {news}"
            )
        )
        assert site.found() == [("new document", "", news)]


def test_a_document_that_repeats_a_known_figure_is_not_new(tmp_path: Path) -> None:
    with open_site(tmp_path, stats_html=statistics(SAID)) as site:
        site.assistant.radar.save_question("What mining quota has China set for 2026?")
        site.found()
        said = "China's mining quota for 2026 is 285,000 tonnes of REO."
        site.write(quota_html=page("Quotas for 2026", OFFICE, "2026-02-07", said))
        assert site.found() == [("new document", "", said)]
        again = "China has set a mining quota of 285,000 tonnes of REO for 2026, papers reported."
        site.write(news_html=page("Round-up of the week", DESK, "2026-02-10", again))
        site.found()
        assert len(site.assistant.radar.changes(with_seen=True)) == 1


def test_a_new_member_of_a_list_is_a_new_document(tmp_path: Path) -> None:
    def licence(which: str) -> str:
        said = f"An export licence from China is needed for items of {which}."
        return page("Export licences", OFFICE, "2025-04-04", said)

    first = licence("samarium, gadolinium and terbium")
    with open_site(tmp_path, threshold=0.9, first_html=first) as site:  # what is unsure is refused
        site.keep("Which rare earths need an export licence from China?")
        site.found()
        site.write(again_html=licence("terbium and samarium"))
        assert site.found() == []
        site.write(more_html=licence("two more rare earths, europium and ytterbium"))
        assert [one[0] for one in site.found()] == ["new document"]
        site.write(late_html=licence("europium and samarium"))
        site.found()
        assert len(site.assistant.radar.changes(with_seen=True)) == 1


def test_who_is_named_besides_is_a_new_document(tmp_path: Path) -> None:
    def bought(who: str) -> str:
        said = f"{who} signed an agreement to buy magnets from MP Materials."
        return page(f"Magnets of {who}", "MP Materials", "2025-10-14", said)

    with open_site(tmp_path, first_html=bought("Harland Motors")) as site:
        site.keep("Who buys magnets from MP Materials?")
        site.found()
        site.write(again_html=bought("Harland Motors").replace("2025-10-14", "2025-11-14"))
        assert site.found() == []
        site.write(keller_html=bought("Keller Robotics"))
        assert [one[0] for one in site.found()] == ["new document"]


def test_a_rule_is_suspended_by_another_page_of_who_made_it(tmp_path: Path) -> None:
    made = page("Notice 61", OFFICE, "2025-10-09", "Notice 61 takes effect on 1 December 2025.")
    with open_site(tmp_path, rule_html=made) as site:
        site.keep("When does Notice 61 take effect?")
        site.found()
        said = "Notice 61 is suspended until 10 November 2026."
        site.write(next_html=page("Suspension of Notice 61", OFFICE, "2026-02-01", said))
        assert [one[::2] for one in site.found()] == [
            ("newer value", "suspended until 10 November 2026")
        ]


def test_what_held_until_a_day_is_out_of_date_once_that_is_over(tmp_path: Path) -> None:
    said = "Notice 61 is suspended until 10 November 2026."
    with open_site(tmp_path, rule_html=page("Notice 61", OFFICE, "2026-02-01", said)) as site:
        site.keep("Is Notice 61 suspended?")
        found = [
            site.assistant.look(datetime(2026, 11, day, tzinfo=UTC)) for day in (9, 10, 11, 12)
        ]
    assert [[told(one) for one in changes] for changes in found] == [
        [],
        [],
        [("out of date", "suspended until 10 November 2026", "")],
        [("out of date", "suspended until 10 November 2026", "")],
    ]


def test_a_price_of_the_metal_is_nothing_new_on_the_oxide(tmp_path: Path) -> None:
    said = "Neodymium {}, 99.5%, fob China, averaged US${} per kg in the fourth quarter of 2025."
    first = page("Neodymium oxide", DESK, "2026-01-06", said.format("oxide", "71.40"))
    with open_site(tmp_path, oxide_html=first) as site:
        site.keep("What did neodymium oxide cost fob China in the fourth quarter of 2025?")
        metal = said.format("metal", "88.30")
        site.write(metal_html=page("Neodymium metal", DESK, "2026-02-10", metal))
        assert site.found() == []


def test_a_figure_that_is_called_otherwise_rests_on_the_fact_that_has_it(tmp_path: Path) -> None:
    said = (
        "Mine production in Burma fell to 42,000 tonnes in 2023, and that was the least since 2019."
    )
    with open_site(tmp_path, stats_html=statistics(said)) as site:
        _keep_quote(site, "To what did the supply from Burma fall in 2023?", said)
        site.found()
        newer = statistics("Mines are in the table.", title="Rare Earth Statistics 2026")
        rows = _table(("Burma", "39,800")).replace("2024", "2023")
        site.write(next_html=newer.replace(_END, rows + _END))
        assert site.found() == [("newer value", "42,000 tonnes", "39,800")]
