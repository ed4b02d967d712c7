"""Refusal metrics against scikit-learn and numbers worked out by hand."""

import random

import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score

from assistant.evaluation.metrics.refusal import (
    CalibrationBin,
    auroc,
    calibration,
    expected_calibration_error,
)


@pytest.mark.parametrize("digits", [1, 2, 16])  # with one digit there are many ties
@pytest.mark.parametrize("seed", range(10))
def test_auroc_is_that_of_scikit_learn(seed: int, digits: int) -> None:
    chance = random.Random(seed)
    answerable = [True, False, *(chance.random() < 0.7 for _ in range(chance.randint(1, 60)))]
    confidence = [round(chance.random(), digits) for _ in answerable]
    assert auroc(answerable, confidence) == pytest.approx(roc_auc_score(answerable, confidence))


@pytest.mark.parametrize(
    ("answerable", "confidence", "area"),
    [
        ([True, True, False, False], [0.9, 0.4, 0.5, 0.1], 3 / 4),
        ([True, False], [0.5, 0.5], 1 / 2),
        ([False, True], [0.1, 0.9], 1.0),
        ([False, True], [0.9, 0.1], 0.0),
        ([True, True], [0.9, 0.1], None),
        ([False], [0.9], None),
        ([], [], None),
    ],
)
def test_auroc_by_hand(answerable: list[bool], confidence: list[float], area: float | None) -> None:
    assert auroc(answerable, confidence) == area


@pytest.mark.parametrize("bins", [1, 7, 10])
def test_calibration_is_that_of_scikit_learn(bins: int) -> None:
    chance = random.Random(bins)
    confidence = [chance.random() for _ in range(40)]
    right = [chance.random() < sure for sure in confidence]
    ours = calibration(confidence, right, bins)
    shares, means = calibration_curve(right, confidence, n_bins=bins)
    assert [each.right for each in ours] == pytest.approx(list(shares))
    assert [each.confidence for each in ours] == pytest.approx(list(means))
    assert sum(each.count for each in ours) == 40


def test_bins_hold_their_upper_edge_and_the_first_one_zero() -> None:
    assert calibration([0.0, 0.25, 0.5, 0.75, 1.0], [0, 1, 0.5, 1, 1], bins=4) == (
        CalibrationBin(low=0.0, high=0.25, count=2, confidence=0.125, right=0.5),
        CalibrationBin(low=0.25, high=0.5, count=1, confidence=0.5, right=0.5),
        CalibrationBin(low=0.5, high=0.75, count=1, confidence=0.75, right=1.0),
        CalibrationBin(low=0.75, high=1.0, count=1, confidence=1.0, right=1.0),
    )


def test_empty_bins_are_left_out_and_there_are_ten_unless_told_otherwise() -> None:
    assert calibration([0.3, 0.95], [False, True]) == (
        CalibrationBin(low=0.2, high=0.3, count=1, confidence=0.3, right=0.0),
        CalibrationBin(low=0.9, high=1.0, count=1, confidence=0.95, right=1.0),
    )
    assert calibration([], []) == ()


@pytest.mark.parametrize("sure", [-0.1, 1.1, float("nan")])
def test_confidence_outside_of_zero_to_one_is_refused(sure: float) -> None:
    with pytest.raises(ValueError, match=rf"^a confidence of {sure} cannot be binned"):
        calibration([sure], [True])


def test_expected_calibration_error_by_hand() -> None:
    bins = calibration([0.1, 0.1, 0.1, 0.9, 0.7], [0, 0, 1, 1, 0])
    # |1/3 - 0.1| three times, |1 - 0.9| and |0 - 0.7| once
    assert expected_calibration_error(bins) == pytest.approx((3 * (1 / 3 - 0.1) + 0.1 + 0.7) / 5)
    assert expected_calibration_error(()) is None
