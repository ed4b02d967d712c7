"""Fitting the model of statements: what it learns from, and its loss."""

import math
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from assistants import ranking

from assistant.evaluation.case import Case
from assistant.extractive.statement_model import statement_text
from bench.answerability import Lesson, found_as_json
from bench.pair_training import between
from bench.train_statements import GOLD, Question, cut, load_documents, load_found, loss_of

RENT = "What is the rent of shed 7?"


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


def test_what_was_found_for_a_question_is_learned_from_unless_its_answer_is_missing(
    tmp_path: Path,
) -> None:
    found = ranking(RENT, *((f"Shed {n} is let for {n} euros.", 0.0) for n in range(16)))

    def line(*answers: int, is_answerable: bool = True) -> str:
        case = Case("c", RENT, answerable=is_answerable)
        expected = tuple(at in answers for at in range(16))
        return found_as_json(Lesson("filings", case, (), found, expected))

    file = tmp_path / "found.jsonl"
    file.write_text(line(7) + line() + line(is_answerable=False), "utf-8")
    answered, absent = load_found(file)
    texts = [statement_text(one.candidate) for one in found.candidates]
    assert (answered.text, answered.group, absent.answers) == (RENT, "filings", frozenset())
    assert answered.statements == absent.statements == tuple(texts)
    one = cut(answered, random.Random(1))
    assert [one.statements[at] for at in one.answers] == [texts[7]]
    assert set(texts[:5]) < set(one.statements)
    assert len(one.statements) == len(set(one.statements)) == 10


def test_between_two_models_is_what_their_factors_make_in_parts(tmp_path: Path) -> None:
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    np.savez(one, **{"a.up": [[2.0], [0.0]], "a.down": [[1.0, 3.0]], "bias": [4.0]})
    np.savez(other, **{"a.up": [[-1.0], [0.0]], "a.down": [[-1.0, 1.0]], "bias": [0.0]})
    found = between(one, other, 0.25)
    whole = found["a.up"] @ found["a.down"]
    assert whole.numpy() == pytest.approx(np.array([[1.75, 4.25], [0.0, 0.0]]), abs=1e-6)
    assert found["a.down"].shape == (1, 2)
    assert float(found["bias"]) == 3.0
