"""Fitting the model of statements: what it learns from, and its loss."""

import json
import math
import random
from pathlib import Path

import pytest
import torch

from bench.train_statements import GOLD, Question, cut, load_documents, load_found, loss_of


def test_every_question_stands_beside_the_statements_of_its_document() -> None:
    documents = list(load_documents(GOLD))
    assert len(documents) == 720
    assert sum(map(len, documents)) > 15_000
    for question in (one for document in documents for one in document):
        assert question.answers | question.near
        assert not question.answers & question.near
        assert max(question.answers | question.near) < len(question.statements)


def test_of_a_long_document_what_answers_and_comes_near_is_kept() -> None:
    told = tuple(f"T\n{number}" for number in range(30))
    question = Question("Which?", told, frozenset((4, 20)), frozenset((7,)))
    one = cut(question, random.Random(1))
    assert {one.statements[at] for at in one.answers} == {told[4], told[20]}
    assert told[7] in one.statements
    assert len(set(one.statements)) == len(one.statements) == 10


def test_loss_is_that_of_what_answers_beside_the_others_and_none() -> None:
    odds = torch.zeros(5, 1)
    answered = Question("a", ("x", "y", "z"), frozenset((0,)))
    unanswered = Question("b", ("x", "y"), frozenset())
    wanted = (math.log(4) + math.log(3)) / 2
    assert float(loss_of(odds, [answered, unanswered])) == pytest.approx(wanted)


def test_what_has_an_answer_that_was_not_found_teaches_nothing(tmp_path: Path) -> None:
    told = [
        {"answerable": True, "answers": [1]},
        {"answerable": True, "answers": []},
        {"answerable": False, "answers": []},
    ]
    file = tmp_path / "found.jsonl"
    statements = [f"T || {number}" for number in range(16)]
    lines = [
        json.dumps({"collection": "filings", "question": str(n), "statements": statements} | one)
        for n, one in enumerate(told)
    ]
    file.write_text("\n".join(lines), "utf-8")
    found = load_found(file)
    assert [(one.text, one.answers, one.group) for one in found] == [
        ("0", {1}, "filings"),
        ("2", frozenset(), "filings"),
    ]
    one = cut(found[0], random.Random(1))
    assert [one.statements[at] for at in one.answers] == ["T || 1"]
    assert set(statements[:5]) < set(one.statements)
    assert len(one.statements) == 10
