"""The bench of readings: which differences of two records are told."""

from bench.readings import Difference, differences, load_record, main

OLD = """\
{"where": "a p1 row", "text": "2024", "reader": "years", "says": [2024]}
{"where": "a p1 row", "text": "2025", "reader": "years", "says": [2025]}
{"where": "a p1 row", "text": "2024", "reader": "gone", "says": "something"}
"""
NEW = """\
{"where": "a p1 row", "text": "2024", "reader": "years", "says": [2024, 2025]}
{"where": "a p1 row", "text": "2026", "reader": "years", "says": [2026]}
"""


def test_each_text_of_which_a_reader_says_something_else_is_a_difference(tmp_path):
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")

    assert list(differences(load_record(old), load_record(new))) == [
        Difference("years", "a p1 row", "2024", [2024], [2024, 2025]),
        Difference("years", "a p1 row", "2025", [2025], None),
        Difference("years", "a p1 row", "2026", None, [2026]),
    ]


def test_a_count_is_printed_for_each_reader(tmp_path, monkeypatch, capsys):
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["readings", "--compare", str(old), str(new)])

    assert main() == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "years: 0 the same, 3 differ",
        "gone: only in OLD",
    ]
