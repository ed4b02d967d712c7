"""What two runs come to, in one plain sentence with its uncertainty."""

from collections.abc import Mapping

from assistant.evaluation.comparing import Comparison, Difference, Verdict
from assistant.evaluation.reports.shown_numbers import counted

_LEADS: Mapping[Verdict, str] = {
    "nothing to compare": "No case ran in both runs, so there is nothing to compare.",
    "worse": "This run is worse.",
    "too few cases to tell": "Too few cases to tell.",
    "better": "This run is better.",
    "no worse": "This run is no worse: what differs may be chance.",
}


def told_verdict(comparison: Comparison) -> tuple[str, str]:
    """Return the verdict, and how many answers were right before and are, with how sure that is."""
    right = [one for one in comparison.differences if one.name == "answer_right"]
    return _LEADS[comparison.verdict], " ".join(map(_told, right))


def _told(one: Difference) -> str:
    """Return a difference in answers that are right, with the bounds between which it lies."""
    told = (
        f"Of {counted(one.cases, 'case')} with a known answer {round(one.first * one.cases):,} "
        f"were answered right before and {round(one.second * one.cases):,} are now"
    )
    if one.low is None or one.high is None:
        return f"{told}."
    low, high = _points(one.low), _points(one.high)
    return (
        f"{told}; over other cases of this kind the difference would lie between {low} and {high} "
        "percentage points (95 % interval)."
    )


def _points(share: float) -> str:
    """Return a share as percentage points with its sign."""
    return f"{round(100 * share) + 0:+d}".replace("-", "−") if round(100 * share) else "0"
