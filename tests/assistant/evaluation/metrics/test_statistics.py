"""Intervals and tests against scipy, exact distributions and numbers worked out by hand."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from assistant.evaluation.metrics.refusal import auroc
from assistant.evaluation.metrics.statistics import (
    Interval,
    bootstrap_auroc,
    bootstrap_mean,
    holm,
    paired_interval,
    percentile,
    randomization_test,
)

Drawing = Callable[[np.random.Generator, int], NDArray[np.float64]]


def one_outlier(random: np.random.Generator, count: int) -> NDArray[np.float64]:
    return np.append(random.normal(size=count - 1), 50.0)


@pytest.mark.parametrize("count", [2, 7, 50, 333, 2_000, 10_000, 30_000])
@pytest.mark.parametrize("share", [0.04, 0.5, 0.93])
def test_interval_of_a_share_is_that_of_the_binomial_distribution(count: int, share: float) -> None:
    hits = min(max(1, round(share * count)), count - 1)
    values = [1.0] * hits + [0.0] * (count - hits)
    expected = stats.binom.ppf([0.025, 0.975], count, hits / count) / count
    assert bootstrap_mean(values) == Interval(*expected)


@pytest.mark.parametrize(
    "values",
    [
        (0.0, 1.0),
        (0.0, 0.5, 1.0),
        (1 / 3, 0.25, 1.0, 0.0),
        (0.2, 0.5, 0.2, 1.0, 2 / 3),
        (-1.0, 0.0, 0.0, 0.5, 1.0, -0.25),
        (30.0, 31.0, 55.0, 40.0, 32.0),
    ],
)
def test_interval_of_few_values_is_that_of_all_their_resamples(values: tuple[float, ...]) -> None:
    resamples = itertools.product(values, repeat=len(values))
    means = np.sort([np.mean(resample) for resample in resamples])
    low, high = np.quantile(means, [0.025, 0.975], method="inverted_cdf")
    interval = bootstrap_mean(values)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize("count", [30, 500])
@pytest.mark.parametrize(
    "draw",
    [
        lambda random, count: random.lognormal(size=count),
        lambda random, count: random.beta(0.3, 0.2, size=count),
        lambda random, count: 1 / random.integers(1, 11, size=count),
        one_outlier,
    ],
    ids=["lognormal", "beta", "reciprocal ranks", "one outlier"],
)
def test_interval_is_what_resampling_comes_to(draw: Drawing, count: int) -> None:
    values = draw(np.random.default_rng(count), count)
    theirs = stats.bootstrap(
        (values,),
        np.mean,
        n_resamples=20_000,
        batch=1_000,
        method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval
    ours = bootstrap_mean(list(values))
    assert ours is not None
    tolerance = 0.02 * (theirs.high - theirs.low)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=tolerance)


def test_interval_of_very_many_values_is_that_of_the_normal_distribution() -> None:
    values = np.random.default_rng(5).random(200_000)
    interval = bootstrap_mean(list(values))
    assert interval is not None
    half = stats.norm.ppf(0.975) * values.std() / np.sqrt(len(values))
    expected = (values.mean() - half, values.mean() + half)
    assert (interval.low, interval.high) == pytest.approx(expected, abs=0.004 * half)


def test_interval_is_the_same_in_every_order_and_every_time() -> None:
    values = np.random.default_rng(0).lognormal(size=700)
    first = bootstrap_mean(list(values))
    bootstrap_mean([1.0, 2.0, 3.0])
    assert [bootstrap_mean(list(values[::-1])), bootstrap_mean(sorted(values))] == [first] * 2


def test_interval_moves_and_widens_with_its_values() -> None:
    values = [0.0, 0.5, 1.0, 1.0, 0.25, 0.75]
    plain = bootstrap_mean(values)
    moved = bootstrap_mean([10 + 4 * value for value in values])
    assert plain is not None
    assert moved is not None
    expected = (10 + 4 * plain.low, 10 + 4 * plain.high)
    assert (moved.low, moved.high) == pytest.approx(expected)


def test_equal_values_have_no_width() -> None:
    assert bootstrap_mean([0.7] * 5) == Interval(0.7, 0.7)


@pytest.mark.parametrize("values", [[], [0.5]])
def test_one_value_has_no_interval(values: list[float]) -> None:
    assert bootstrap_mean(values) is None


@pytest.mark.parametrize("digits", [1, 16])
def test_auroc_interval_is_that_of_scipy(digits: int) -> None:
    random = np.random.default_rng(digits)
    yes = random.normal(0.8, 1, 50).round(digits)
    no = random.normal(0, 1, 35).round(digits)

    def area(yes: NDArray[np.float64], no: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
        assert axis == -1
        differences = yes[..., :, None] - no[..., None, :]
        return np.mean((1 + np.sign(differences)) / 2, axis=(-2, -1))

    theirs = stats.bootstrap(
        (yes, no), area, n_resamples=10_000, batch=500, method="percentile", rng=random
    ).confidence_interval
    answerable = [True] * 50 + [False] * 35
    confidence = [*yes, *no]
    ours = bootstrap_auroc(answerable, confidence)
    assert ours is not None
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.012)
    assert ours.low < (auroc(answerable, confidence) or 0) < ours.high
    assert bootstrap_auroc(answerable[::-1], confidence[::-1]) == ours


def test_auroc_of_kinds_that_lie_apart_has_no_width() -> None:
    assert bootstrap_auroc([True, False, True, False], [0.9, 0.1, 0.8, 0.2]) == Interval(1.0, 1.0)


@pytest.mark.parametrize("answerable", [[], [True, True, True], [True, True, False], [False] * 3])
def test_auroc_of_fewer_than_two_of_a_kind_has_no_interval(answerable: list[bool]) -> None:
    assert bootstrap_auroc(answerable, [0.1, 0.2, 0.3][: len(answerable)]) is None


def test_paired_interval_is_that_of_second_less_first() -> None:
    first, second = [0.0, 0.0, 1.0, 0.5, 1.0], [1.0, 0.0, 1.0, 1.0, 0.0]
    assert paired_interval(first, second) == bootstrap_mean([1.0, 0.0, 0.0, 0.5, -1.0])
    assert paired_interval([0.0, 0.25], [1.0, 1.25]) == Interval(1.0, 1.0)
    assert paired_interval([0.0], [1.0]) is None


def permutation_p(first: list[float], second: list[float], resamples: float) -> float:
    """Return the p value of scipy's paired permutation test, which flips signs too."""
    result = stats.permutation_test(
        (second, first),
        lambda after, before, axis: np.mean(after - before, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=resamples,
        rng=np.random.default_rng(1),
    )
    return float(result.pvalue)


@pytest.mark.parametrize("count", [2, 5, 12])
@pytest.mark.parametrize("seed", range(5))
def test_p_value_of_few_pairs_is_exact(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    scores = [0.0, 0.1, 0.2, 0.3, 1.0]  # their sums are not exact in binary
    first, second = (list(random.choice(scores, count)) for _ in range(2))
    expected = permutation_p(first, second, np.inf)
    assert randomization_test(first, second) == pytest.approx(expected, abs=1e-12)


def test_pairs_without_a_difference_do_not_count() -> None:
    # Of the 2^3 ways, only all three up and all three down lie as far from 0.
    first, second = [0.0] * 3 + [1.0] * 500, [0.5, 1.0, 1.0] + [1.0] * 500
    assert randomization_test(first, second) == 2 / 8
    assert randomization_test([0.5, 1.0], [0.5, 1.0]) == 1.0
    assert randomization_test([0.0], [1.0]) == 1.0


def test_p_value_of_many_pairs_is_near_that_of_scipy() -> None:
    random = np.random.default_rng(3)
    first = list(random.random(300))
    second = list(np.array(first) + random.normal(0.01, 0.2, 300))
    expected = permutation_p(first, second, 20_000)
    assert 0.01 < expected < 0.3
    ours = randomization_test(first, second)
    assert ours == pytest.approx(expected, abs=0.015)
    assert randomization_test(first[::-1], second[::-1]) == ours


@pytest.mark.parametrize(("wins", "losses"), [(20, 10), (9, 8), (60, 40)])
def test_p_value_of_equal_differences_is_near_that_of_the_sign_test(wins: int, losses: int) -> None:
    first = [0.0] * wins + [1.0] * losses
    second = [1.0] * wins + [0.0] * losses
    expected = stats.binomtest(wins, wins + losses).pvalue
    assert randomization_test(first, second) == pytest.approx(expected, abs=0.015)
    assert randomization_test(second, first) == randomization_test(first, second)


def test_p_value_is_exact_up_to_twelve_pairs_and_then_of_ten_thousand_flips() -> None:
    assert randomization_test([0.0] * 12, [1.0] * 12) == 2 / 2**12
    p_value = randomization_test([0.0] * 13, [1.0] * 13)
    assert p_value == pytest.approx(2 / 2**13, abs=5e-4)
    assert p_value in {count / 10_001 for count in range(1, 10)}


def test_p_value_is_never_zero() -> None:
    assert randomization_test([0.0] * 40, [1.0] * 40) == 1 / 10_001


def test_no_pairs_have_no_p_value() -> None:
    assert randomization_test([], []) is None


@pytest.mark.parametrize("compare", [paired_interval, randomization_test])
def test_scores_that_are_not_pairs_are_refused(
    compare: Callable[[list[float], list[float]], object],
) -> None:
    with pytest.raises(ValueError, match="shorter"):
        compare([0.0, 1.0], [1.0])


@pytest.mark.parametrize(
    ("given", "adjusted"),
    [
        # 4 x 0.005, 3 x 0.01, 2 x 0.03, and 0.04 no lower than the one before it
        ((0.01, 0.04, 0.03, 0.005), (0.03, 0.06, 0.06, 0.02)),
        ((0.02, 0.02, 0.02), (0.06, 0.06, 0.06)),
        ((0.7, 0.6), (1.0, 1.0)),
        ((0.03,), (0.03,)),
        ((), ()),
    ],
)
def test_p_values_are_adjusted_as_holm_does(
    given: tuple[float, ...], adjusted: tuple[float, ...]
) -> None:
    assert holm(given) == pytest.approx(adjusted)


@pytest.mark.parametrize(
    ("values", "q", "expected"),
    [
        ([4.0, 1.0, 3.0, 2.0], 50, 2.5),
        ([4.0, 1.0, 3.0, 2.0], 90, 3.7),  # 0.7 of the way from 3 to 4
        ([4.0, 1.0, 3.0, 2.0], 0, 1.0),
        ([4.0, 1.0, 3.0, 2.0], 100, 4.0),
        ([7.0], 95, 7.0),
    ],
)
def test_percentile_is_linear_between_two_values(
    values: list[float], q: float, expected: float
) -> None:
    assert percentile(values, q) == pytest.approx(expected)


def test_no_values_have_no_percentile() -> None:
    assert percentile([], 50) is None
