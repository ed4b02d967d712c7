"""How sure a mean is and whether two runs differ: intervals, tests, percentiles.

The same values give the same figures, in whatever order they come and whatever else was computed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_TAILS = (0.025, 0.975)  # of 95 % intervals
_RESAMPLES = 2_000
_FLIPS = 10_000
_MOST_EXACT_PAIRS = 12  # 4,096 ways to give them signs
_PAIRS_AT_ONCE = 256  # bounds the memory of the flips
_SEED = 0
# The grid of sums in bootstrap_mean: 16 standard deviations of the sum wide, its cell never wider
# than a tenth of the values' standard deviation. A number of cells between the least and the
# greatest value that divides by 60 puts the usual scores, halves to sixths, on the grid.
_GRID_DEVIATIONS = 16
_FEWEST_CELLS = 2**14
_CELLS_A_DEVIATION = 10
_DIVISIBLE = 60


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % confidence interval."""

    low: float
    high: float


def bootstrap_mean(values: Sequence[float]) -> Interval | None:
    """Return the percentile bootstrap interval of the mean (Efron 1979); None below two values.

    Nothing is drawn: this is the limit of ever more resamples (the ideal bootstrap of Efron &
    Tibshirani 1993). The sum of n values drawn with replacement has the n-fold convolution of the
    values' distribution, which a Fourier transform over a grid of sums gives in a millisecond or
    two, where 2,000 resamples of some thousand values take tens.
    """
    import numpy as np

    count = len(values)
    if count < 2:
        return None
    data = np.sort(np.asarray(values, float))  # rounding then keeps to one order
    low, high = float(data.min()), float(data.max())
    if low == high:
        return Interval(low, high)
    width = _GRID_DEVIATIONS * math.sqrt(count)  # of the grid, in the values' deviations
    cells = max(_FEWEST_CELLS, 2 ** math.ceil(math.log2(_CELLS_A_DEVIATION * width)))
    steps = int((high - low) / float(data.std()) * cells / width)  # from low to high
    steps -= steps % _DIVISIBLE if steps > _DIVISIBLE else 0

    # Between two cells, a value counts to both, the more to the nearer, which keeps the mean.
    places = (data - low) / (high - low) * steps
    below = np.floor(places).astype(int)
    shares = np.bincount(below % cells, 1 - (places - below), cells)
    shares += np.bincount((below + 1) % cells, places - below, cells)
    chances = np.fft.irfft(np.fft.rfft(shares / count) ** count, cells)

    # The transform is circular: the grid of sums begins half its width below the likeliest one.
    first = round(count * float(places.mean())) - cells // 2
    up_to = np.cumsum(np.roll(chances, -first % cells))
    ends = first + np.searchsorted(up_to, _TAILS)
    return Interval(*(low + (high - low) * (int(end) / (steps * count)) for end in ends))


def bootstrap_auroc(answerable: Sequence[bool], confidence: Sequence[float]) -> Interval | None:
    """Return the percentile bootstrap interval of `auroc`; None below two questions of each kind.

    2,000 resamples, drawn among the answerable and the others apart, as pROC does (Robin et al.
    2011), with a fixed seed.
    """
    import numpy as np

    levels, level = np.unique(np.asarray(confidence, float), return_inverse=True)
    is_answerable = np.asarray(answerable, bool)
    yes, no = np.sort(level[is_answerable]), np.sort(level[~is_answerable])
    if min(len(yes), len(no)) < 2:
        return None
    random = np.random.default_rng(_SEED)
    areas = np.empty(_RESAMPLES)
    for resample in range(_RESAMPLES):
        drawn_yes, drawn_no = (
            np.bincount(kind[random.integers(0, len(kind), len(kind))], minlength=len(levels))
            for kind in (yes, no)
        )
        areas[resample] = drawn_yes @ (np.cumsum(drawn_no) - drawn_no / 2)
    low, high = np.quantile(areas / (len(yes) * len(no)), _TAILS)
    return Interval(float(low), float(high))


def paired_interval(first: Sequence[float], second: Sequence[float]) -> Interval | None:
    """Return the bootstrap interval of the mean of second - first; None below two pairs."""
    return bootstrap_mean(_differences(first, second))


def randomization_test(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return the two-sided p value of the paired randomisation test on the mean; None for no pairs.

    If the runs do not differ, each difference could as well have the other sign (Fisher 1935): p is
    the share of ways to give them signs whose mean is at least as far from 0 as the one seen. All
    ways are gone through for up to 12 pairs that differ; else 10,000 random ones, with the seen one
    counted among them (Noreen 1989), as Smucker, Allan & Carterette 2007 advise for search.
    """
    import numpy as np

    if not first and not second:
        return None
    sizes = np.sort(np.abs([each for each in _differences(first, second) if each]))
    seen = abs(math.fsum(_differences(first, second))) - 1e-9 * float(sizes.sum())
    if len(sizes) <= _MOST_EXACT_PAIRS:
        ways = np.arange(2 ** len(sizes))[:, None] >> np.arange(len(sizes)) & 1
        return float(np.mean(np.abs((2 * ways - 1) @ sizes) >= seen))
    random = np.random.default_rng(_SEED)
    sums = np.zeros(_FLIPS)
    for start in range(0, len(sizes), _PAIRS_AT_ONCE):
        block = sizes[start : start + _PAIRS_AT_ONCE]
        sums += (2 * random.integers(0, 2, (_FLIPS, len(block)), np.int8) - 1) @ block
    return (int(np.sum(np.abs(sums) >= seen)) + 1) / (_FLIPS + 1)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p values adjusted for being many, in the given order (Holm 1979).

    Of the comparisons where nothing differs, any comes out at or below a level with a probability
    of at most that level, however the comparisons depend on one another.
    """
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, position in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, (len(p_values) - rank) * p_values[position])
        adjusted[position] = min(1.0, highest)
    return tuple(adjusted)


def percentile(values: Sequence[float], q: float) -> float | None:
    """Return the q-th percentile (0 to 100), linear between two values; None without values."""
    import numpy as np

    return float(np.percentile(values, q)) if len(values) else None


def _differences(first: Sequence[float], second: Sequence[float]) -> list[float]:
    return [after - before for before, after in zip(first, second, strict=True)]
