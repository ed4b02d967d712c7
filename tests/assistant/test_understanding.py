"""How a question is understood, and why a passage ranks where it does, as data."""

import json
from dataclasses import replace
from typing import Any

import pytest
from assistants import evidence

from assistant.understanding import reasons_to_json, understood_to_json
from index.passage import Reason

QUESTIONS = [
    "What is the latest price of dysprosium oxide?",
    "What was CNRE's revenue in 2024 according to MCS 2026?",
    "Which plant does Lynas run in Malaysia, and what was China's quota of 2024?",
    "List the mines of Brazil.",
    "Why?",
]


def understood(question: str) -> dict[str, Any]:
    """Return how a question that asks one thing is understood."""
    (part,) = understood_to_json(question)
    return part


def test_question_is_told_slot_by_slot_with_all_that_it_names() -> None:
    assert understood("What is the latest price of dysprosium in Estonia in 2024?") == {
        "question": "What is the latest price of dysprosium in Estonia in 2024?",
        "slots": {
            "measure": "price",
            "material": "dysprosium",
            "place": "Estonia",
            "period": "2024",
            "latest": "yes",
        },
        "answer_type": "money",
        "words": ["price", "dysprosium", "estonia"],
        "names": ["Estonia"],
        "also_looked_for": ["Dy", "Dy2O3", "镝", "鏑", "Estonian"],
    }


@pytest.mark.parametrize("question", ["the", "?", " ", ""])
def test_question_that_names_nothing_is_told_alone(question: str) -> None:
    assert understood(question) == {"question": question}


def test_edition_and_source_words_are_told() -> None:
    told = understood("How much did Nigeria mine according to MCS 2026?")
    assert told["slots"]["edition"] == "MCS 2026"
    assert told["source_words"] == ["MCS 2026", "mcs"]


@pytest.mark.parametrize(
    "question",
    [
        "How much Dy2O3 did China export?",
        "How much did Northern Australia mine in the 2020s?",
        "Was a quarter of the output of 2024 refined?",
    ],
)
def test_what_names_no_source_is_not_told_as_source_words(question: str) -> None:
    assert "source_words" not in understood(question)


def test_name_is_told_once_by_the_name_of_its_entry() -> None:
    told = understood("What did CNRE and China Northern Rare Earth earn?")
    assert told["slots"]["subject"] == "China Northern Rare Earth"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Lynas earn?", "money"),
        ("What share of ore does China mine?", "share"),
        ("When did Lynas open Mount Weld?", "date"),
        ("Who runs Mount Weld?", "organisation"),
        ("Why did Lynas stop?", None),
    ],
)
def test_the_type_of_answer_is_told_where_one_is_expected(question: str, told: str | None) -> None:
    assert understood(question).get("answer_type") == told


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("List the mines of Brazil.", "list"),
        ("Compare the prices of cerium and lanthanum oxide.", "compare"),
        ("What was the price?", None),
    ],
)
def test_what_is_to_be_done_is_told_where_it_is_no_look_up(
    question: str, operation: str | None
) -> None:
    assert understood(question).get("operation") == operation


def test_words_that_no_slot_took_are_told() -> None:
    assert understood("List the furnaces of Brazil.")["unread"] == ["furnaces"]


def test_each_part_of_a_question_is_told_by_itself() -> None:
    parts = understood_to_json(
        "Which plant does Lynas run in Malaysia, and what was China's quota of 2024?"
    )
    assert [part["question"] for part in parts] == [
        "Which plant does Lynas run in Malaysia?",
        "what was China's quota of 2024?",
    ]
    assert [part["slots"].get("period") for part in parts] == [None, "2024"]
    assert [part["names"] for part in parts] == [["Lynas", "Malaysia"], ["China"]]


def test_part_is_told_as_it_would_be_alone() -> None:
    parts = understood_to_json(
        "Which plant does Lynas run in Malaysia, and what was China's quota of 2024?"
    )
    assert [understood_to_json(part["question"]) for part in parts] == [[part] for part in parts]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_told_survives_being_written_as_json(question: str) -> None:
    told = understood_to_json(question)
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_empty_is_told(question: str) -> None:
    assert all(value for part in understood_to_json(question) for value in part.values())


def test_reasons_are_told_the_most_first_whether_gain_or_loss() -> None:
    found = replace(
        evidence("Nigeria mined ore."),
        reasons=(
            Reason("near in words", 0.05),
            Reason("near in meaning", 0.5),
            Reason("another commodity", -0.06),
            Reason("year", 0.08),
        ),
    )
    assert list(reasons_to_json(found).items()) == [
        ("near in meaning", 0.5),
        ("year", 0.08),
        ("another commodity", -0.06),
        ("near in words", 0.05),
    ]


def test_equal_reasons_keep_their_order() -> None:
    reasons = tuple(Reason(name, 0.05) for name in ("year", "row named", "official source"))
    found = replace(evidence("Nigeria mined ore."), reasons=reasons)
    assert list(reasons_to_json(found)) == ["year", "row named", "official source"]


def test_gains_are_told_to_four_places() -> None:
    found = replace(evidence("Nigeria mined ore."), reasons=(Reason("near in meaning", 0.123456),))
    assert reasons_to_json(found) == {"near in meaning": 0.1235}


def test_passage_without_reasons_has_none_to_tell() -> None:
    assert reasons_to_json(evidence("Nigeria mined ore.")) == {}
