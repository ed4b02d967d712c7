"""How alike the contents of two sources are: their wording, and the figures at the same places."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from corpus.copies.fingerprint import Fingerprint, at_level, sketches_at_one_level

_YEAR = re.compile(r"(?:18|19|20)\d\d")
_MONTH = re.compile(r"m\d{1,2}")
_FUSED_MARK_DIGITS = 2  # of a footnote mark printed before a figure: "127,200" for 12 and 7,200


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a smaller source shares with a larger one; shares are from 0 to 1.

    `shared` counts the sampled stretches of wording that both have, `inside` is their share of
    the smaller and `around` of the larger. `dense` is their share of that part of the larger from
    the first of them to the last: near 1 where the smaller stands in the larger in one piece.
    `own_run` is about how many words the longest stretch has that only the smaller says.

    `places` counts the places whose figures both have, `agreeing` those where all agree,
    `figures_agree` is the share of figures that do. `dates` are the places that name years or
    months, `dates_agree` the share of them where these are the same.
    """

    shared: int
    inside: float
    around: float
    dense: float
    own_run: int
    places: int
    agreeing: int
    figures_agree: float
    dates: int
    dates_agree: float

    @property
    def agreement(self) -> float:
        """The share of places whose figures all agree; 1 where there are none."""
        return self.agreeing / self.places if self.places else 1.0


def measure(smaller: Fingerprint, larger: Fingerprint) -> Likeness:
    """Return what a source shares with another that is no shorter."""
    small, large = sketches_at_one_level(smaller, larger)
    common = set(small) & set(large)
    positions = [index for index, item in enumerate(large) if item in common]
    span = positions[-1] - positions[0] + 1 if positions else 1
    level = max(smaller.places_level, larger.places_level)
    elsewhere = dict(zip(larger.places, larger.figures_there, strict=True))
    pairs = [
        (figures.split(), elsewhere[key].split())
        for key, figures in zip(smaller.places, smaller.figures_there, strict=True)
        if key in elsewhere and at_level((key,), level)
    ]
    shares = [_agreement(one, other) for one, other in pairs]
    dates = [same for one, other in pairs if (same := _same_dates(one, other)) is not None]
    return Likeness(
        shared=len(common),
        inside=len(common) / max(1, len(small)),
        around=len(common) / max(1, len(large)),
        dense=len(positions) / span,
        own_run=_longest_own_run(small, common) << max(smaller.level, larger.level),
        places=len(pairs),
        agreeing=sum(share == 1 for share in shares),
        figures_agree=sum(shares) / len(shares) if shares else 1.0,
        dates=len(dates),
        dates_agree=sum(dates) / len(dates) if dates else 1.0,
    )


def find_invented(conversion: Fingerprint, original: Fingerprint) -> tuple[str, ...]:
    """Return the figures of a conversion that its original does not have, in order.

    A figure that differs by a footnote mark printed before or after it, by thousands in two
    cells or by the century of a year is no invention.
    """
    known = frozenset(original.figures)
    return tuple(figure for figure in conversion.figures if not _explained(figure, known))


def _agreement(one: Sequence[str], other: Sequence[str]) -> float:
    if "".join(one) == "".join(other):  # "20 24" for 2024
        return 1.0
    fewer, more = sorted((one, other), key=len)
    known = frozenset(more)
    agreeing = sum(
        _explained(figure, known) or any(_explained(item, {figure}) for item in more)
        for figure in fewer
    )
    return agreeing / len(fewer)


def _same_dates(one: Sequence[str], other: Sequence[str]) -> bool | None:
    """Tell whether two runs name the same years and months; None where either names none."""
    verdicts = []
    for pattern in (_YEAR, _MONTH):
        first = {figure for figure in one if pattern.fullmatch(figure)}
        second = {figure for figure in other if pattern.fullmatch(figure)}
        if first and second:
            verdicts.append(first <= second or second <= first)
    return all(verdicts) if verdicts else None


def _explained(figure: str, known: Set[str]) -> bool:
    if figure in known:
        return True
    digits = len(figure)
    for mark in range(1, _FUSED_MARK_DIGITS + 1):
        if digits - mark >= 3 and figure[mark:] in known:
            return True
    if digits >= 4 and any(
        item.endswith(figure) and len(item) - digits <= _FUSED_MARK_DIGITS for item in known
    ):
        return True
    if digits >= 5 and (figure[:-1] in known or (figure[:-3] in known and figure[-3:] in known)):
        return True
    return digits == 2 and not known.isdisjoint({f"19{figure}", f"20{figure}"})


def _longest_own_run(hashes: Sequence[int], common: Set[int]) -> int:
    longest = run = 0
    for item in hashes:
        run = 0 if item in common else run + 1
        longest = max(longest, run)
    return longest
