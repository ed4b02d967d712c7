"""Scores of one answer to one case: pure functions of the case and the answer's JSON form.

An answer to a question is as `answer_to_json` gives it; one to a claim is
`{"claims": [cited_claim_to_json...], "evidence": [evidence_to_json...]}`.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from assistant.evaluation.case import Case, ForbiddenForm
from assistant.evaluation.matching import contains_form
from assistant.evaluation.places import citation_is_at, evidence_is_at, is_table, spread_cells

_DEPTHS = (1, 3, 5, 10)
_MARKER = re.compile(r"\[\d{1,3}\]")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Scores:
    """Each score is a number from 0 to 1, or None where it does not apply.

    Higher is better, except for `wrong_answer_shown`.
    """

    page_hit_1: float | None = None
    page_hit_3: float | None = None
    page_hit_5: float | None = None
    page_hit_10: float | None = None
    page_cited: float | None = None
    answer_right: float | None = None
    status_right: float | None = None
    wrong_answer_shown: float | None = None
    quotes_verbatim: float | None = None


SCORE_NAMES = tuple(field.name for field in fields(Scores))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader was shown, the same for a question and for a claim."""

    status: str
    text: str
    citations: tuple[Mapping[str, Any], ...]
    evidence: tuple[Mapping[str, Any], ...]


def shown(case: Case, answer: Mapping[str, Any]) -> Shown:
    """Return what the answer's JSON form shows.

    For a claim the text is what the sources say against it; the claim itself is the question. The
    verdicts `supported` and `partly` are the status `answered`.
    """
    evidence = tuple(answer["evidence"])
    if case.use == "ask":
        return Shown(answer["status"], answer["text"], tuple(answer["citations"]), evidence)
    verdicts = {claim["verdict"] for claim in answer["claims"]}
    if verdicts & {"supported", "partly"}:
        status = "answered"
    else:
        status = "contradicted" if "contradicted" in verdicts else "not_found"
    return Shown(
        status,
        "\n".join(claim["says"] for claim in answer["claims"] if claim["says"]),
        tuple(citation for claim in answer["claims"] for citation in claim["citations"]),
        evidence,
    )


def score(case: Case, answer: Mapping[str, Any]) -> Scores:
    """Return the scores of an answer."""
    seen = shown(case, answer)
    hits = _page_hits(case, seen)
    cited = _page_cited(case, seen)
    content_wrong = bool(missing_groups(case, seen) or forbidden_forms(case, seen))
    status_right = seen.status in case.expected_status
    right = not content_wrong and status_right and (case.use == "ask" or cited is not False)
    claims_something = seen.status in ("answered", "conflicting")
    verified = [bool(citation["verified"]) for citation in seen.citations]
    return Scores(
        page_hit_1=hits[1],
        page_hit_3=hits[3],
        page_hit_5=hits[5],
        page_hit_10=hits[10],
        page_cited=None if cited is None else float(cited),
        answer_right=float(right) if case.answerable else None,
        status_right=float(status_right),
        wrong_answer_shown=float(claims_something and (not case.answerable or content_wrong)),
        quotes_verbatim=sum(verified) / len(verified) if verified else None,
    )


def explain(case: Case, answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Return why scores of an answer are not perfect, a sentence each; empty when all are."""
    seen = shown(case, answer)
    scores = score(case, answer)
    places = "; ".join(
        f"{place.file} {f'p. {place.page}' if place.page else place.page_label}".strip()
        for place in case.places
    )
    reasons: list[str] = []
    if not scores.status_right:
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


def missing_groups(case: Case, seen: Shown) -> tuple[tuple[str, ...], ...]:
    """Return the groups of which no form stands in the text, the quotes or their context.

    Where the source counts, naming it is enough: its title, publisher, date, edition and path.
    """
    pieces = [_text_without_markers(seen)]
    for citation in seen.citations:
        pieces.extend(_quoted(citation))
        if case.source_counts:
            source = citation["source"]
            pieces += [source["title"], source["publisher"], source["edition"], source["path"]]
            pieces.append(_spelled_date(source["published"]))
    return tuple(
        group
        for group in case.must_include
        if not any(contains_form(piece, form) for form in group for piece in pieces)
    )


def forbidden_forms(case: Case, seen: Shown) -> tuple[ForbiddenForm, ...]:
    """Return the forbidden forms that stand in the text without one that excuses them.

    An excuse counts in the text and in the title, edition and date of a cited source.
    """
    text = _text_without_markers(seen)
    pieces = [text]
    for citation in seen.citations:
        source = citation["source"]
        pieces += [source["title"], source["edition"], _spelled_date(source["published"])]
    return tuple(
        forbidden
        for forbidden in case.must_not_include
        if contains_form(text, forbidden.form)
        and not any(contains_form(piece, form) for form in forbidden.unless for piece in pieces)
    )


def _page_hits(case: Case, seen: Shown) -> dict[int, float | None]:
    """Return by depth whether an expected place is among so many first pieces of evidence."""
    if not case.places:
        return dict.fromkeys(_DEPTHS)
    ranks = (
        rank
        for rank, entry in enumerate(seen.evidence[: max(_DEPTHS)], start=1)
        if any(evidence_is_at(entry, place) for place in case.places)
    )
    first = next(ranks, max(_DEPTHS) + 1)
    return {depth: float(first <= depth) for depth in _DEPTHS}


def _page_cited(case: Case, seen: Shown) -> bool | None:
    if not case.places:
        return None
    return any(
        citation_is_at(citation, seen.evidence, place)
        for citation in seen.citations
        for place in case.places
    )


def _text_without_markers(seen: Shown) -> str:
    """Return the text with "[1]" taken out where 1 is one of its citations, not a figure."""
    markers = {f"[{citation['number']}]" for citation in seen.citations}
    return _MARKER.sub(lambda match: " " if match[0] in markers else match[0], seen.text)


def _quoted(citation: Mapping[str, Any]) -> Iterator[str]:
    quote: str = citation["quote"]
    yield spread_cells(quote) if is_table(citation["source"]["path"]) else quote
    context = citation["context"]
    yield from (context["section"], context["caption"], context["unit"])
    yield from context["header"]
    yield from context["notes"]


def _spelled_date(date: str) -> str:
    """Return an ISO date with its month in words beside it: "2026-02 (February 2026)"."""
    match = _ISO_MONTH.match(date)
    if match is None or not 1 <= int(match[2]) <= 12:
        return date
    return f"{date} ({calendar.month_name[int(match[2])]} {match[1]})"
