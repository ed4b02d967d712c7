"""Words as answering compares them: folded, stemmed, and alike where they mean the same."""

import subprocess
import sys

import pytest

from corpus.language.words import fold
from index.wording import content_words, stem, stems, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  “It’s” – a\u00a0TEST ", '"it\'s" - a test'),
        ("heavy\u2011rare \u2212 earths", "heavy-rare - earths"),
        ("Straße ﬁne", "strasse fine"),
        ("", ""),
    ],
)
def test_folding_leaves_one_kind_of_case_dash_quote_and_space(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["“It’s” – a\u00a0TEST", "ﬁne  Y₂O₃", "U.S. — No. 18"])
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,300 tons, 6.3 million", ("1300", "tons", "6.3", "million")),
        ("Y2O3 at 99.9%", ("y2o3", "at", "99.9")),
        ("the mine’s “North-South” line", ("the", "mine", "north", "south", "line")),
        ("China Northern Rare Earth (Group) or CNRE", ("cnre", "or", "cnre")),
        ("United States, US, U.S., USA", ("usa", "usa", "usa", "usa")),
        ("tell us", ("tell", "us")),
        ("U.S. Department of Defense and Department of Energy", ("dod", "and", "doe")),
        ("U.S. Geological Survey’s report", ("usgs", "report")),
        ("a loan of US$5", ("a", "loan", "of", "us", "5")),
        ("t of REO", ("t", "of", "reo")),
        ("北方稀土的产量", ("cnre", "的产量")),
        ("— …", ()),
    ],
)
def test_words_are_folded_and_names_are_one_word(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("employees", "people"),
        ("revenue", "sales"),
        ("price", "costs"),
        ("mined", "production"),
        ("burma", "myanmar"),
        ("australian", "australia"),
        ("projects", "project"),
    ],
)
def test_words_that_mean_the_same_have_the_same_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("imports", "exports"), ("rise", "fall"), ("revenue", "profit")]
)
def test_words_that_mean_different_things_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    "names",
    [
        "CNRE|China Northern Rare Earth|Northern Rare Earth|600111.SH|北方稀土",
        "NdPr|neodymium-praseodymium|praseodymium and neodymium|Pr-Nd|didymium",
        "MP Materials|NYSE: MP|MP MATERIALS",
        "Lynas|Lynas Rare Earths|Lynas Corporation|ASX: LYC",
        "Mount Weld|Mt Weld|Mt. Weld",
        "Burma|Myanmar|Burmese",
        "Department of Defense|DoD|Department of War|DOW",
        "USGS|U.S. Geological Survey|US Geological Survey",
        "MCS|Mineral Commodity Summaries",
        "ionic clay|IAC|ion-adsorption clays",
        "HREE|heavy rare earths|HREEs",
        "NIR|net import reliance",
        "Dy price|dysprosium price",
        "bastnäsite|bastnaesite|Bastnasite",
        "EU|European Union|Europe|European",
        "United States|U.S.|US|USA|American|America",
        "what lynas mined|what Lynas mined",
        "the usgs|the USGS",
    ],
)
def test_all_names_of_one_thing_compare_equal(names: str) -> None:
    compared = {name: tuple(map(stem, words(name))) for name in names.split("|")}
    assert len(set(compared.values())) == 1, compared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northern Minerals", "Northern Rare Earth"),
        ("Molycorp", "MP Materials"),
        ("South Korea", "North Korea"),
        ("USA Rare Earth", "USA"),
        ("neodymium", "NdPr"),
        ("polishing", "Poland"),
    ],
)
def test_names_of_different_things_stay_apart(one: str, other: str) -> None:
    assert tuple(map(stem, words(one))) != tuple(map(stem, words(other)))


def test_a_formula_says_its_element_and_that_it_is_an_oxide() -> None:
    assert stems("Nd₂O₃ price") == {"nd2o3"} | stems("neodymium oxide price")
    assert stems("yttria") == {stem("yttria")} | stems("yttrium oxide")


def test_words_inside_a_name_are_still_said() -> None:
    assert stems("Lynas Rare Earths") == stems("Lynas") | stems("rare earths")


def test_stems_are_those_of_all_words() -> None:
    assert stems("Sales of sales, mines") == {stem("revenue"), "of", stem("mine")}


def test_content_words_say_what_a_question_is_about_each_once() -> None:
    question = "What was the price of the dysprosium oxide in 2025, and the price?"
    assert content_words(question) == ("price", "dysprosium", "oxide", "2025")


def test_a_question_of_scaffolding_alone_has_no_content() -> None:
    assert content_words("What is it, and which?") == ()


@pytest.mark.slow
def test_the_lexicon_is_read_when_a_text_is_and_not_before() -> None:
    script = (
        "import assistant.cli.main, assistant.extractive, assistant.citing\n"
        "from corpus.lexicon.lexicon import load_lexicon\n"
        "print(load_lexicon.cache_info().currsize)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "0\n"
