"""The bench of facts: what counts as the typed fact, and the gold files themselves."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from bench.facts import report_facts
from bench.gold_expressions import Expression, load_expressions, read_expression
from bench.gold_facts import Judged, compare_slots, gold_fact, judge, load_gold
from bench.gold_slots import GOLD, load_lines, name_held, same_measure, same_time, words
from corpus.document import Page
from corpus.facts import Absent, Argument, Change, Fact, Names, Place, Table
from corpus.language.names import Name, find_names
from corpus.language.periods import parse_period
from corpus.language.quantities import Quantity

_TEXT = "Country 2024 2025\nChina 270,000 270,000\nBurma 31,000 22,000\nOutput rose by 4% in China."
_LINE: dict[str, Any] = {
    "id": "x1",
    "file": "sources/a.pdf",
    "page": 1,
    "kind": "cell",
    "printed": "270,000",
    "row": ["China"],
    "column": ["Mine production", "2025"],
    "arguments": [
        {"role": "place", "name": "China"},
        {"role": "material", "name": "rare earths"},
    ],
    "measure": "mine production",
    "basis": "REO",
    "value": 270000,
    "unit": "t",
    "period": "2025",
    "status": "estimated",
}
_CHINA = find_names("China")[0].name
_RARE_EARTHS = find_names("rare earths")[0].name


def _fact(printed: str, row: str, year: str, **slots: Any) -> Fact:
    line = next(line for line in _TEXT.splitlines() if line.startswith(row))
    start = _TEXT.index(line)
    at = start + (line.rindex(printed) if year == "2025" else line.index(printed))
    return replace(
        Fact(
            Quantity(270000, 270000, "t", step=10000),
            measure="mine production",
            arguments=(Argument("place", _CHINA), Argument("material", _RARE_EARTHS)),
            period=parse_period(year),
            stage="mining",
            basis="REO",
            status="estimated",
            place=Place(1, start, start + len(line), at, at + len(printed)),
            table=Table("Mine production", (row,), ("Mine production", year)),
        ),
        **slots,
    )


_FACT = _fact("270,000", "China", "2025")
_PAGE = Page(1, "1", _TEXT)


def _judge(line: dict[str, Any], *facts: Fact) -> Judged:
    return judge(gold_fact(line), [_PAGE], facts)


def test_a_fact_with_every_slot_of_the_gold_is_right() -> None:
    judged = _judge(_LINE, _FACT)
    assert (judged.is_right, judged.faults, judged.lost) == (True, (), "")
    assert judged.extra == ("stage",)


@pytest.mark.parametrize(
    ("slots", "fault"),
    [
        ({"value": Quantity(27000, 27000, "t")}, ("value", "another")),
        ({"value": Quantity(270, 270, "t")}, ("value", "scale")),
        ({"value": Quantity(-270000, -270000, "t")}, ("value", "sign")),
        ({"value": Quantity(270000, 270000)}, ("unit", "missing")),
        ({"value": Quantity(270000, 270000, "t", ">")}, ("bound", "another")),
        ({"value": Absent("withheld")}, ("value", "read as absent")),
        ({"period": None}, ("period", "missing")),
        ({"period": parse_period("2024")}, ("period", "another")),
        ({"period": parse_period("2025-Q1")}, ("period", "coarser or finer")),
        ({"measure": "reserves"}, ("measure", "another")),
        ({"basis": "gross weight"}, ("basis", "another")),
        ({"basis": ""}, ("basis", "missing")),
        ({"status": "reported"}, ("status", "missing")),
        ({"polarity": False}, ("polarity", "another")),
        ({"arguments": (Argument("material", _RARE_EARTHS),)}, ("arguments", "place: missing")),
        (
            {"arguments": (Argument("seller", _CHINA), Argument("material", _RARE_EARTHS))},
            ("arguments", "place: another role"),
        ),
    ],
)
def test_a_slot_that_differs_is_told(slots: dict[str, Any], fault: tuple[str, str]) -> None:
    assert compare_slots(gold_fact(_LINE), replace(_FACT, **slots)).faults == (fault,)


def test_another_unit_of_the_same_value_is_right() -> None:
    converted = replace(_FACT, value=Quantity(270, 270, "kt"))
    assert compare_slots(gold_fact(_LINE), converted).faults == ()


def test_a_slot_that_the_gold_leaves_out_is_told_apart_and_not_wrong() -> None:
    line = {slot: held for slot, held in _LINE.items() if slot not in ("period", "status")}
    judged = compare_slots(gold_fact(line), _FACT)
    assert (judged.is_right, judged.extra) == (True, ("period", "stage", "status"))


def test_of_equal_figures_that_of_the_typed_row_and_column_counts() -> None:
    others = _fact("270,000", "China", "2024"), _fact("22,000", "Burma", "2025")
    assert _judge(_LINE, *others, _FACT).fact == _FACT
    assert _judge({**_LINE, "printed": "31,000"}, *others, _FACT).lost != ""


def test_a_figure_in_another_row_is_not_the_typed_one() -> None:
    line = {**_LINE, "row": ["Brazil"]}
    assert _judge(line, _FACT).lost == "its figure stands in other rows only"


def test_a_clause_is_found_by_the_words_beside_its_figure() -> None:
    start = _TEXT.index("Output")
    at = _TEXT.index("4%")
    place = Place(1, start, len(_TEXT), at, at + 2)
    fact = Fact(
        Quantity(4, 4, "percent"),
        measure="production",
        arguments=(Argument("place", _CHINA),),
        change=Change("percent", "up"),
        place=place,
    )
    line = {
        "id": "x2",
        "file": "sources/a.pdf",
        "page": 1,
        "kind": "sentence",
        "printed": "4%",
        "near": "rose by 4% in China",
        "arguments": [{"role": "place", "name": "China"}],
        "measure": "output",
        "value": 4,
        "unit": "percent",
        "change": {"kind": "percent", "direction": "up"},
    }
    assert _judge(line, fact).is_right
    assert _judge(line, _FACT).lost == "no fact of its sentence"
    down = replace(fact, change=Change("percent", "down"))
    assert _judge(line, down).faults == (("change", "another direction"),)


@pytest.mark.parametrize(
    ("gold", "text", "is_same"),
    [
        ("NdPr oxide", "praseodymium-neodymium oxide", True),
        ("NdPr", "NdPr oxide", False),
        ("Dy2O3", "dysprosium oxide", True),
        ("dysprosium", "terbium", False),
        ("Mount Weld Central Lanthanide, Western Australia", "Mount Weld", True),
        ("Myanmar", "Burma", True),
    ],
)
def test_names_are_compared_by_what_they_name(gold: str, text: str, is_same: bool) -> None:
    assert name_held(gold, [find_names(text)[0].name]) is is_same


def test_names_that_the_lexicon_lacks_are_compared_by_their_words() -> None:
    assert name_held("Apple Inc.", [Name("Apple")])
    assert not name_held("Halmar Magnet", [Name("Halmar Lanthanide")])


@pytest.mark.parametrize(
    ("gold", "read", "beside", "unread", "fault"),
    [
        ("output", "production", (), (), ""),
        ("production", "mine production", (), (), ""),
        ("mine production", "production", (), (), "broader"),
        ("reserves", "resources", (), (), "another"),
        ("iPad net sales", "revenue", ("ipad",), (), ""),
        ("iPad net sales", "revenue", (), ("ipad",), "qualifier unread"),
        ("iPad net sales", "revenue", (), (), "qualifier lost"),
        ("Deferred tax assets", "deferred tax assets", (), (), ""),
    ],
)
def test_measures_are_compared_with_what_qualifies_them(
    gold: str, read: str, beside: tuple[str, ...], unread: tuple[str, ...], fault: str
) -> None:
    assert same_measure(gold, "", (read, ""), frozenset(beside), frozenset(unread)) == fault


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2024-Q3", "P3M/2024-09-30", True),
        ("2025-04-04", "2025-04-01", False),
        ("FY2025", "P12M/2025-06-30", True),
        ("2024", "2024-H1", False),
    ],
)
def test_times_are_compared_as_times(one: str, other: str, is_same: bool) -> None:
    assert same_time(parse_period(one), parse_period(other)) is is_same


def test_a_quarter_may_be_counted_as_the_company_does() -> None:
    line = {**_LINE, "file": "filings/2023 Q3 NVDA.pdf", "period": "P3M/2023-10-29"}
    for text in ("P3M/2023-10-29", "FY2024-Q3"):
        read = replace(_FACT, period=parse_period(text))
        assert compare_slots(gold_fact(line), read).faults == ()
    other = replace(_FACT, period=parse_period("FY2024-Q2"))
    assert compare_slots(gold_fact(line), other).faults == (("period", "another"),)


def test_words_are_compared_without_case_and_plural() -> None:
    assert words("Imports of Compounds") == words("import compound")


def test_a_list_of_names_must_have_all_of_them() -> None:
    line = {**_LINE, "value": ["neodymium", "terbium"], "unit": ""}
    both = tuple(mention.name for mention in find_names("neodymium and terbium"))
    assert dict(compare_slots(gold_fact(line), replace(_FACT, value=Names(both))).faults) == {}
    one = replace(_FACT, value=Names(both[:1]))
    assert ("value", "names missing") in compare_slots(gold_fact(line), one).faults


def test_a_report_counts_what_is_found_and_right() -> None:
    wrong = replace(_FACT, basis="")
    judged = [_judge(_LINE, _FACT), _judge(_LINE, wrong), _judge(_LINE)]
    lines = report_facts(judged).lines
    assert lines[0].startswith(
        "all: found 2 of 3 (66.7%), right in every slot 1: 33.3% of all, 50.0% of the found"
    )
    assert "  basis: 1 of 2 (50.0%)" in lines
    assert "  1 basis: missing" in lines


def test_either_reading_of_an_expression_is_right() -> None:
    both = Expression("t", "time", "yearend 2023", (["2023-12-31"], ["2023"]))
    assert read_expression(both).faults == ()
    other = Expression("t", "time", "in 2022", (["2023-12-31"], ["2023"]))
    assert read_expression(other).faults == ("another time",)
    none = Expression("q", "quantity", "Section 232", ([],))
    assert read_expression(none).faults == ()


def test_the_gold_is_whole() -> None:
    cells = load_gold(GOLD / "cells_pdf.jsonl", GOLD / "cells_other.jsonl")
    sentences = load_gold(GOLD / "sentences.jsonl")
    assert (len(cells), len(sentences)) == (400, 200)
    assert sum(one.form == "enumeration" for one in sentences) >= 40
    assert Counter(one.reader for one in load_expressions()) == {
        "time": 200,
        "quantity": 200,
        "measure": 150,
    }
    assert len(list(load_lines(GOLD / "lookups.jsonl"))) == 80
    kinds = Counter(line["kind"] for line in load_lines(GOLD / "planted.jsonl"))
    assert kinds == {"conflict": 30, "decoy": 30}
    assert len({one.id for one in (*cells, *sentences)}) == 600


def test_of_a_sentence_the_gold_holds_at_most_six_words() -> None:
    assert max(len(one.near.split()) for one in load_gold(GOLD / "sentences.jsonl")) <= 6
