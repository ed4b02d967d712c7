"""The score of the radar over a set, against reports written by hand."""

from bench.radar import Report, score

GOLD = [
    {"kept": "A1", "day": 3, "report": "newer value", "after": "270,000"},
    {"kept": "A2", "day": 3, "report": "nothing"},
    {"kept": "Q1", "day": 4, "report": "new document"},
]


def test_a_line_is_hit_by_its_kind_and_its_value_on_its_day() -> None:
    reports = [
        Report("A1", 3, "newer value", "240,000 -> 270 000 t"),
        Report("Q1", 5, "new document", "late"),
    ]
    scored = score(reports, GOLD)
    assert [line["kept"] for line in scored.missed] == ["Q1"]
    assert [one.day for one in scored.false_alarms] == [5]


def test_what_must_not_be_said_is_a_false_alarm() -> None:
    scored = score([Report("A2", 3, "conflict", "")], GOLD)
    assert len(scored.false_alarms) == scored.reports == 1
    assert str(scored) == "reported 0 of 2 (0%), 1 false alarms in 1 reports (100%)"


def test_reports_of_one_kind_on_one_thing_count_once() -> None:
    reports = [Report("A1", 3, "newer value", value) for value in ("1", "270,000")]
    scored = score(reports, GOLD)
    assert (scored.reports, len(scored.missed)) == (1, 1)
