"""Encoding damage is repaired by its neighbours, recorded, and undone exactly."""

import random

import pytest

from corpus.document import Page, Repair, original_text
from corpus.repair import repair_encoding, replace

SIGNS = [
    *'abst19 .,;!?()[]%\n"',
    "ย",
    "โ",
    "โ€™",
    "โ€œ",
    "โ€\x9d",
    "โ€“",
    "โ€ฆ",
    "ไทย",
    "โลก",
    "’",
    "“",
]


def damaged_texts(count: int) -> list[str]:
    """Return texts in which words, damage and real Thai stand in random order."""
    chance = random.Random(20261124)
    return ["".join(chance.choices(SIGNS, k=chance.randrange(40))) for _ in range(count)]


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("1โ1.5 million", "1–1.5 million"),
        ("2024โ25", "2024–25"),
        ("Chinaโs quota", "China’s quota"),
        ("donโt", "don’t"),
        ("weโre", "we’re"),
        ("theyโve", "they’ve"),
        ("weโll", "we’ll"),
        ("heโd", "he’d"),
        ("Iโm", "I’m"),
        ("producersโ output", "producers’ output"),
        ("the miners' โrare earthsโ policy", "the miners' “rare earths” policy"),
        ("(โoxidesโ)", "(“oxides”)"),
        ("he said โbuy.โ", "he said “buy.”"),
        ("he said โbuyโ, then left", "he said “buy”, then left"),
        ("magnetsโmostly from Chinaโrose", "magnets—mostly from China—rose"),
        ("up 5%โa record", "up 5%—a record"),
        ("quotas โ and prices", "quotas — and prices"),
        ("10ยtons", "10 tons"),
        ("โ€œQuotedโ€\x9d", "“Quoted”"),
        ("itโ€™s", "it’s"),
        ("โ€˜singleโ€™", "‘single’"),
        ("1โ€“2", "1–2"),
        ("wellโ€”no", "well—no"),
        ("andโ€ฆ", "and…"),
        ("andโ€¦", "and…"),
    ],
)
def test_damaged_punctuation_is_told_from_its_neighbours(damaged: str, meant: str) -> None:
    assert repair_encoding(damaged)[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No damage at all: 1–2, ‘so’ and “so”.",
        "โลกร้อน",
        "ประเทศไทย",
        "แร่โลหะหายากในประเทศไทย",
        "ยา",
        "word ofโ",  # neither quote open nor a plural: nothing tells what it was
        "โ",
    ],
)
def test_text_that_nothing_tells_apart_is_left_alone(text: str) -> None:
    assert repair_encoding(text) == (text, ())


def test_a_quote_left_open_on_one_line_does_not_close_on_the_next() -> None:
    assert repair_encoding("say โopen\nword ofโ")[0] == "say “open\nword ofโ"


def test_repairs_say_what_stood_where() -> None:
    text, repairs = repair_encoding("Chinaโ€™s 1โ2 ยt")
    assert text == "China’s 1–2  t"
    assert repairs == (
        Repair(5, 6, "โ€™", "encoding"),
        Repair(9, 10, "โ", "encoding"),
        Repair(12, 13, "ย", "encoding"),
    )


def test_replacing_records_stretches_of_the_new_text() -> None:
    assert replace("12 and 7,200", [(0, 2, ""), (7, 8, "seven")], "x") == (
        " and seven,200",
        (Repair(0, 0, "12", "x"), Repair(5, 10, "7", "x")),
    )


def test_undoing_all_repairs_gives_the_original_exactly() -> None:
    for damaged in damaged_texts(2000):
        text, repairs = repair_encoding(damaged)
        assert original_text(Page(1, "1", text, (), repairs), 0, len(text)) == damaged


def test_original_of_any_stretch_is_a_stretch_of_the_original() -> None:
    chance = random.Random(7)
    for damaged in damaged_texts(1000):
        text, repairs = repair_encoding(damaged)
        start, end = sorted(chance.choices(range(len(text) + 1), k=2))
        original = original_text(Page(1, "1", text, (), repairs), start, end)
        assert original in damaged
        assert len(original) >= end - start


def test_repairing_a_repaired_text_changes_nothing_where_all_was_told() -> None:
    text, _ = repair_encoding("Chinaโs โrare earthsโ: 1โ2ยtons")
    assert repair_encoding(text) == (text, ())


def test_original_of_a_stretch_takes_in_a_mark_at_its_edge() -> None:
    page = Page(1, "1", "Nigeria 7,200", (), (Repair(8, 8, "12", "footnote mark"),))
    assert original_text(page, 8, 13) == "127,200"
    assert original_text(page, 0, 7) == "Nigeria"
