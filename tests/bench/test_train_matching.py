"""Fitting the matching model: what it learns from, its loss, and that it runs as it was fitted."""

import math

import numpy as np
import pytest
import torch

from bench.matching_examples import load_passages, load_questions
from bench.train_matching import Matcher, loss_of, states_of, tensors
from index.embedding import packaged_folder
from index.matching.fact_text import FactText
from index.matching.model import WEIGHTS, load_matching_model


def test_every_question_is_over_a_passage_and_its_facts() -> None:
    passages = load_passages()
    ids = {told.id for held in passages.values() for told in held}
    asked = load_questions()
    assert len(asked) > 15_000
    assert all(one.passage in passages for one in asked)
    missing = {id_ for one in asked for id_ in one.right} - ids
    assert len(missing) < len(ids) / 200


def test_value_of_a_fact_is_marked_in_its_sentence_and_among_its_labels() -> None:
    for held in load_passages().values():
        for told in held:
            in_sentence, as_cell = told.in_sentence, told.as_cell
            value = in_sentence.said[in_sentence.start : in_sentence.end]
            assert value
            assert value == as_cell.said[as_cell.start : as_cell.end]


def test_loss_is_that_of_the_right_fact_or_of_none() -> None:
    scores = torch.tensor([[2.0, 0.0], [2.0, 0.0]])
    right = torch.tensor([[True, False], [False, False]])
    every = math.log(math.exp(2.0) + 1.0 + 1.0)
    assert math.isclose(float(loss_of(scores, right)), (2 * every - 2.0) / 2, rel_tol=1e-6)


@pytest.mark.slow
def test_shipped_model_says_what_the_fitted_one_does() -> None:
    fitted = Matcher(packaged_folder()).eval()
    parameters = dict(fitted.named_parameters())
    with np.load(WEIGHTS) as held:
        for name in held.files:
            parameters[name].data = torch.tensor(held[name].astype(np.float32))
    said = "Output rose to 300 t in 2024, and stocks fell to 40 t."
    facts = [FactText("A report", said, at, at + 5) for at in (said.index("300"), said.index("40"))]
    shipped = load_matching_model()
    encoder = shipped.encoder
    with torch.no_grad():
        asked = states_of(fitted, [encoder.question("stocks 2024")])
        told = states_of(fitted, [encoder.fact(one) for one in facts])
        scores = fitted.compare(fitted.read(*tensors(asked)), fitted.read(*tensors(told)))
    assert torch.sigmoid(scores[0]).tolist() == pytest.approx(
        shipped.judge("stocks 2024", facts), abs=0.02
    )
