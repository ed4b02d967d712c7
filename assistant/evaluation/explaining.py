"""Why the scores of an answer are not perfect, in words, and its verdict in one."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from assistant.evaluation.case import Case
from assistant.evaluation.results import CaseResult
from assistant.evaluation.scoring import forbidden_forms, missing_groups, score, shown

CaseVerdict = Literal["failed", "wrong answer shown", "not right", "right, but", "right", "no gold"]
VERDICTS: tuple[CaseVerdict, ...] = get_args(CaseVerdict)  # worst first

_DEPTHS = (1, 3, 5, 10)


def verdict(case: Case, result: CaseResult) -> CaseVerdict:
    """Return the verdict on a case as it ran."""
    if result.error or result.answer is None:
        return "failed"
    if case.answerable is None:
        return "no gold"
    if result.scores.wrong_answer_shown:
        return "wrong answer shown"
    if result.scores.answer_right == 0 or result.scores.status_right == 0:
        return "not right"
    if case.answerable and result.scores.answer_right is None:
        return "no gold"  # of what is to be said
    return "right, but" if explain(case, result.answer) else "right"


def explain(case: Case, answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what fell short in an answer, a sentence each.

    Looked at are what was said, its status, the cited page, hits and quotes.
    """
    seen = shown(case, answer)
    scores = score(case, answer)
    places = "; ".join(
        f"{place.file} {f'p. {place.page}' if place.page else place.page_label}".strip()
        for place in case.places
    )
    reasons: list[str] = []
    if scores.status_right == 0:
        expected = " or ".join(case.expected_status)
        reasons.append(f"status_right: the status is {seen.status}, expected was {expected}")
    if case.answerable:
        for group in missing_groups(case, seen):
            reasons.append(f"answer_right: nothing says {' or '.join(map(repr, group))}")
        for forbidden in forbidden_forms(case, seen):
            reasons.append(f"answer_right: the text says {forbidden.form!r}")
    if scores.wrong_answer_shown:
        reasons.append(
            f"wrong_answer_shown: it was shown as {seen.status}"
            + ("" if case.answerable else ", but the sources do not hold the answer")
        )
    if scores.page_cited == 0:
        reasons.append(f"page_cited: no citation lies at {places}")
    missed = [limit for limit in _DEPTHS if getattr(scores, f"page_hit_{limit}") == 0]
    if missed:
        reasons.append(f"page_hit_{missed[-1]}: not among the first {missed[-1]}: {places}")
    if scores.quotes_verbatim is not None and scores.quotes_verbatim < 1:
        reasons.append("quotes_verbatim: a quote does not stand in its page")
    return tuple(reasons)
