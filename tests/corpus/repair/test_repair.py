"""Encoding damage is repaired where it is certain, recorded, and undone exactly."""

import random
from collections.abc import Callable

import pytest
from damaged_texts import DAMAGES, GERMAN, english_sentences
from undamaged_texts import THAI, UNDAMAGED

from corpus.document import Page, Repair, original_text
from corpus.repair.encoding import repair_encoding, replace

SIGNS = [
    *'abst19 .,;!?()[]%\n"',
    *("ย", "โ", "โ€", "โ€™", "โ€œ", "โ€\x9d", "โ€“", "โ€ฆ", "ร", "รฉ", "ยฐ", "ยง", "โฆ", "โข"),
    *("ไทย", "โลก", "รถ", "’", "“", "â€™", "â€œ", "â€", "Ã©", "Â°", "Â", "Ã", "ÃƒÂ©", "\x92"),
    *("é", "Ö", "\ufffd", "\u00a0"),
]


def mixed_texts(count: int) -> list[str]:
    """Return texts in which words, damage and undamaged sentences stand in random order."""
    chance = random.Random(20261124)
    return [
        "".join(
            chance.choice(UNDAMAGED) if chance.random() < 0.05 else chance.choice(SIGNS)
            for _ in range(chance.randrange(40))
        )
        for _ in range(count)
    ]


def outcome(clean: str, damage: Callable[[str], str]) -> str:
    """Return whether a damaged sentence comes back "whole", in part "left", or "wrong"."""
    damaged = damage(clean)
    repaired, repairs = repair_encoding(damaged)
    if repaired == clean:
        return "whole"
    places: list[tuple[int, int, str]] = []
    position = 0
    for sign in clean:
        length = len(damage(sign))
        places.append((position, position + length, sign))
        position += length
    assert position == len(damaged)
    moved = 0
    for repair in repairs:
        start = repair.start - moved
        end = start + len(repair.original)
        moved += repair.end - repair.start - len(repair.original)
        meant = "".join(sign for a, b, sign in places if a < end and b > start)
        if meant != repaired[repair.start : repair.end]:
            return "wrong"
    return "left"


@pytest.mark.parametrize("kind", DAMAGES)
def test_sentences_misread_by_any_of_these_codecs_are_repaired(kind: str) -> None:
    sentences = english_sentences(250)
    outcomes = [outcome(sentence, DAMAGES[kind]) for sentence in sentences]
    # Of a dash between blanks one sign is left, which may have been either dash.
    lone = kind == "ISO-8859-11, stripped"
    assert outcomes == ["left" if lone and " — " in s else "whole" for s in sentences]


@pytest.mark.parametrize("kind", DAMAGES)
def test_no_german_sentence_is_repaired_wrongly(kind: str) -> None:
    outcomes = [outcome(sentence, DAMAGES[kind]) for sentence in GERMAN]
    # "รbungen" may have been any capital with a mark, where its second sign was stripped.
    stripped_thai = kind in ("ISO-8859-11, stripped", "Windows-874, stripped")
    assert outcomes == ["left" if stripped_thai and "Ü" in s else "whole" for s in GERMAN]


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_whole_page_is_repaired_as_its_sentences_are(kind: str) -> None:
    page = "\n".join(s for s in english_sentences(70) if " — " not in s)
    assert repair_encoding(DAMAGES[kind](page))[0] == page


@pytest.mark.parametrize("text", UNDAMAGED)
def test_undamaged_text_is_left_alone(text: str) -> None:
    assert repair_encoding(text) == (text, ())


def test_undamaged_text_of_all_languages_on_one_page_is_left_alone() -> None:
    for text in ("\n".join(UNDAMAGED), " ".join(UNDAMAGED), "\n".join(THAI)):
        assert repair_encoding(text) == (text, ())


@pytest.mark.parametrize("kind", ["ISO-8859-11", "Windows-874", "Windows-1252"])
def test_damage_beside_real_thai_is_repaired_and_the_thai_stays(kind: str) -> None:
    clean = "China’s quota rose."
    for thai in THAI:
        assert repair_encoding(f"{thai}\n{DAMAGES[kind](clean)}")[0] == f"{thai}\n{clean}"


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("1โ1.5 million", "1–1.5 million"),
        ("2024โ25", "2024–25"),
        ("$2โ$3", "$2–$3"),
        ("10%โ15%", "10%–15%"),
        ("AprilโJune", "April–June"),
        ("Q1โQ3", "Q1–Q3"),
        ("samariumโeuropiumโgadolinium (SEG)", "samarium–europium–gadolinium (SEG)"),
        ("a SamariumโCobalt magnet", "a Samarium–Cobalt magnet"),
        ("neodymiumโironโboron magnets", "neodymium–iron–boron magnets"),
        ("Chinaโs quota", "China’s quota"),
        ("the U.S.โs list", "the U.S.’s list"),
        ("donโt", "don’t"),
        ("weโre", "we’re"),
        ("theyโve", "they’ve"),
        ("weโll", "we’ll"),
        ("heโd", "he’d"),
        ("Iโm", "I’m"),
        ("producersโ output", "producers’ output"),
        ("lโoxyde de lโannรฉe", "l’oxyde de l’année"),
        ("the miners' โrare earthsโ policy", "the miners' “rare earths” policy"),
        ("(โoxidesโ)", "(“oxides”)"),
        ("he said โbuy.โ", "he said “buy.”"),
        ("he said โbuyโ, then left", "he said “buy”, then left"),
        ("โIt was โthe last oreโ then,โ she said", "“It was ‘the last ore’ then,” she said"),
        ("โthe minersโ pay roseโ", "“the miners’ pay rose”"),
        ("โthe ore ran outโโa record", "“the ore ran out”—a record"),
        ("magnetsโmostly from Chinaโrose", "magnets—mostly from China—rose"),
        ("up 5%โa record", "up 5%—a record"),
        ("Der Preis stieg โ und die Mine โruhtโ", "Der Preis stieg – und die Mine „ruht“"),
        ("10ยtons", "10\u00a0tons"),
        ("10 ยฐC and ยฃ5 of ยง 4", "10 °C and £5 of § 4"),
        ("a cafรฉ in Kรถln", "a café in Köln"),
        ("groรe Straรe", "große Straße"),
        ("3 ร 5", "3 × 5"),
        ("โฌ5 at โฅ 95% for Lynasโข", "€5 at ≥ 95% for Lynas™"),
        ("and soโฆ", "and so…"),
        ("ยนIncludes yttrium. โดMay be high.", "¹Includes yttrium. ⁴May be high."),
        ("1\n\nโด Ore", "1\n\nโด Ore"),
        ("โข item", "• item"),
        ("โ€œQuotedโ€\x9d", "“Quoted”"),
        ("itโ€™s", "it’s"),
        ("โ€˜singleโ€™", "‘single’"),
        ("1โ€“2", "1–2"),
        ("wellโ€”no", "well—no"),
        ("andโ€ฆ", "and…"),
        ("andโ€¦", "and…"),
        ("Chinaâ€™s â€œoxidesâ€\x9d", "China’s “oxides”"),
        ("â€œoxidesâ€ and â€œoresâ€", "“oxides” and “ores”"),
        ("10Â°C, 5Â\u00a0tons, Â£5", "10°C, 5\u00a0tons, £5"),
        ("cafÃ© FRANÃ‡AIS Ã‰tat", "café FRANÇAIS État"),
        ("wzrosÅ‚y", "wzrosły"),
        ("cafÃƒÂ© and itÃ¢â‚¬â„¢s", "café and it’s"),
        ("Chinaвђ™s", "Chinaвђ™s"),
        ("ChinaвЂ™s", "China’s"),
        ("China‚Äôs", "China’s"),
        ("1â\x81´May", "1⁴May"),
        ("China\x92s \x93ore\x94", "China’s “ore”"),
    ],
)  # fmt: skip
def test_damage_is_told_from_its_neighbours(damaged: str, meant: str) -> None:
    assert repair_encoding(damaged)[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No damage at all: 1–2, ‘so’ and “so”.",
        "word ofโ",  # neither quote open nor a plural: nothing tells what it was
        "โ",
        "Yโ Oโ and YโOโ and ZnโO",  # small figures of a formula, or dashes
        "ChinaโUS trade, supplyโdemand, preโWar",  # a hyphen, or one of two dashes
        "SmโEuโGd and ferroโdysprosium",  # of a formula; a hyphen
        "terbiumโrose",  # either dash
        "in 2024โ12% more",  # a dash, and no range
        "Defined as imports โ exports.",  # either dash, or a minus
        "quotas โ and prices",  # either dash: writers differ
        "a mine near Norvik โ in just over a year โ was sold",
        "Canada โ 1,100 โ",
        "Statistics โUnited States",  # a quote that is never closed, or a dash
        "the โ90s and โ5 °C",  # an apostrophe, a minus, or a quote
        "one โtwo and โthree of โfourโ",  # quotes that do not match
        "one โ โ โ ore โโโ gold",
        "โ item",
        "รbungen",
        "the word รถ",
        "ยก",
        "MAÇÃ… and Âge",
        "caf\ufffd, 1\ufffd2",
    ],
)
def test_text_that_nothing_tells_apart_is_left_alone(text: str) -> None:
    assert repair_encoding(text) == (text, ())


def test_a_quote_left_open_on_one_line_does_not_close_on_the_next() -> None:
    assert repair_encoding("say โopen\nword ofโ")[0] == "say “open\nword ofโ"


def test_ligatures_quotes_and_widths_that_are_no_damage_stay() -> None:
    text = "ﬁne “quotes” 'straight' ＡＢＣ Ⅳ … Â© itâ€™s"
    assert repair_encoding(text)[0] == "ﬁne “quotes” 'straight' ＡＢＣ Ⅳ … © it’s"


def test_repairs_say_what_stood_where() -> None:
    text, repairs = repair_encoding("Chinaโ€™s 1โ2 ยt, cafÃ©")
    assert text == "China’s 1–2 \u00a0t, café"
    assert repairs == (
        Repair(5, 6, "โ€™", "encoding"),
        Repair(9, 10, "โ", "encoding"),
        Repair(12, 13, "ย", "encoding"),
        Repair(19, 20, "Ã©", "encoding"),
    )


def test_replacing_records_stretches_of_the_new_text() -> None:
    assert replace("12 and 7,200", [(0, 2, ""), (7, 8, "seven")], "x") == (
        " and seven,200",
        (Repair(0, 0, "12", "x"), Repair(5, 10, "7", "x")),
    )


def test_undoing_all_repairs_gives_the_original_exactly() -> None:
    for damaged in mixed_texts(3000):
        text, repairs = repair_encoding(damaged)
        assert original_text(Page(1, "1", text, (), repairs), 0, len(text)) == damaged


def test_repairs_stand_in_order_and_do_not_overlap() -> None:
    for damaged in mixed_texts(1000):
        text, repairs = repair_encoding(damaged)
        ends = [0]
        for repair in repairs:
            assert ends[-1] <= repair.start < repair.end <= len(text)
            assert text[repair.start : repair.end] != repair.original
            ends.append(repair.end)


def test_original_of_any_stretch_is_a_stretch_of_the_original() -> None:
    chance = random.Random(7)
    for damaged in mixed_texts(1000):
        text, repairs = repair_encoding(damaged)
        start, end = sorted(chance.choices(range(len(text) + 1), k=2))
        assert original_text(Page(1, "1", text, (), repairs), start, end) in damaged


@pytest.mark.parametrize("kind", DAMAGES)
def test_repairing_a_repaired_text_changes_nothing(kind: str) -> None:
    text, _ = repair_encoding("\n".join(map(DAMAGES[kind], english_sentences(50))))
    assert repair_encoding(text) == (text, ())


def test_original_of_a_stretch_takes_in_a_mark_at_its_edge() -> None:
    page = Page(1, "1", "Nigeria 7,200", (), (Repair(8, 8, "12", "footnote mark"),))
    assert original_text(page, 8, 13) == "127,200"
    assert original_text(page, 0, 7) == "Nigeria"


@pytest.mark.parametrize(
    "piece", ["โลก ", "Chinaโs โrare earthsโ: 1โ2ยtons ", "aรโ", "cafÃ© â€œa", "ยฐ", "\x92a"]
)
def test_a_long_line_full_of_damage_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text, repairs = repair_encoding(piece * (60_000 // len(piece)))
    assert original_text(Page(1, "1", text, (), repairs), 0, len(text)).startswith(piece)
