"""The sources for a claim, with a verdict from its figures and words."""

import re
from collections.abc import Sequence

from assistant.answer import CitedClaim, Verdict
from assistant.answering import make_citation
from assistant.candidates import Candidate
from assistant.fitting import figures_given, fit, statement_scope
from assistant.weighing import Weighed, weigh
from corpus.figures import Figure, FigureKind, find_figures
from index.embedding import Embedder
from index.passage import Evidence
from index.question import analyze
from index.store import PassageStore
from index.wording import stem, words

_SUPPORTED = 0.85  # share of a claim's words that a source's statement must carry
_PARTLY = 0.6
_SAME_MATTER = 0.7  # from here on a statement with other figures contradicts the claim
_CITATIONS = 3
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|\w+n[’']t)\b", re.IGNORECASE
)
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May(?=\s\d)|June|July|August|September|October|November|"
    r"December)\b"
)
_DIRECTIONS = (
    frozenset(map(stem, ("rise", "increase", "grow", "gain"))),
    frozenset(map(stem, ("fall", "decrease", "decline", "drop"))),
)


def cite_claim(
    claim: str, evidence: Sequence[Evidence], store: PassageStore, embedder: Embedder
) -> CitedClaim:
    """Return the verdict on one claim and the passages that carry it, best first.

    `supported`: one statement holds the claim's figures and nearly all its words; `partly`: most
    of them; `contradicted`: the same matter with another figure, direction or negation.
    """
    question = analyze(claim)
    weighed = weigh(question, evidence, store, embedder)
    judged = [(_verdict(claim, w), w) for w in weighed]
    for verdict in ("supported", "partly", "contradicted"):
        found = [w for judgement, w in judged if judgement == verdict]
        if not found:
            continue
        places = {(w.candidate.evidence.passage.id, w.candidate.start): w for w in found[::-1]}
        cited = [w for w in found if w in places.values()]  # each place once, by its best statement
        citations = tuple(
            make_citation(number, w.candidate)
            for number, w in enumerate(cited[:_CITATIONS], start=1)
        )
        says = found[0].candidate.text if verdict == "contradicted" else ""
        return CitedClaim(claim, verdict, citations, says)
    return CitedClaim(claim, "not_found")


def _verdict(claim: str, weighed: Weighed) -> Verdict:
    candidate = weighed.candidate
    if candidate.is_row and not fit(analyze(claim), candidate).years:
        return "not_found"
    coverage = _claim_coverage(claim, candidate)
    figures = _figures_carried(claim, candidate)
    opposed = _opposed(claim, candidate.text)
    if not opposed and not figures and coverage >= _SUPPORTED and _undated(claim, candidate):
        return "partly"
    if opposed or not figures:
        same = coverage >= _SAME_MATTER and weighed.candidate.similarity >= 0.6
        comparable = opposed or _has_rival_figure(claim, candidate)
        return "contradicted" if same and comparable else "not_found"
    if coverage >= _SUPPORTED:
        return "supported"
    return "partly" if coverage >= _PARTLY and candidate.similarity >= 0.5 else "not_found"


def _claim_coverage(claim: str, candidate: Candidate) -> float:
    question = analyze(claim)
    said = statement_scope(candidate)
    asked = [word for word in question.words if not re.fullmatch(r"[\d.]+", word)]
    return sum(stem(word) in said for word in asked) / len(asked) if asked else 1.0


def _figures_carried(claim: str, candidate: Candidate) -> bool:
    """Tell whether each figure of the claim stands in the statement or its recorded context."""
    passage = candidate.evidence.passage
    told = " ".join((candidate.text, candidate.quote, passage.context.caption))
    if candidate.is_row:
        # The chosen cells only: another column's figure is another year's.
        cells = [f"{cell.column} {cell.text}" for cell in candidate.cells]
        told = " ".join((passage.row_label, *cells, passage.context.caption))
    held = {figure.value for figure in find_figures(told)}
    held |= {float(word) for word in words(told) if re.fullmatch(r"\d{4}", word)}
    carried = all(figure.value in held for figure in find_figures(claim))
    return carried and _months(claim) <= _months(told)


def _months(text: str) -> set[str]:
    return set(_MONTH.findall(text))


def _undated(claim: str, candidate: Candidate) -> bool:
    """Tell whether a statement carries all of a claim's figures but its dates, and gives none."""
    held = {figure.value for figure in find_figures(candidate.text)}
    missing = [figure for figure in find_figures(claim) if figure.value not in held]
    dates = ("year", "day")
    told = f"{candidate.text} {candidate.quote}"  # of a row of prose, all its sentences count
    own_dates = _months(told) or any(figure.kind in dates for figure in find_figures(told))
    return not own_dates and all(figure.kind in dates for figure in missing)


def _has_rival_figure(claim: str, candidate: Candidate) -> bool:
    """Tell whether the statement gives another figure or month than one that the claim gives."""
    months = _months(claim), _months(candidate.text)
    if months[0] - months[1] and months[1] - months[0]:
        return True
    claimed = {(f.kind, f.value) for f in find_figures(claim)}
    held = {f.value for f in find_figures(candidate.text)}
    missing = {kind for kind, value in claimed if value not in held}
    given = figures_given(candidate)
    return any(_rival(figure, claimed) and figure.kind in missing for figure in given)


def _rival(figure: Figure, claimed: set[tuple[FigureKind, float]]) -> bool:
    return (figure.kind, figure.value) not in claimed


def _opposed(claim: str, statement: str) -> bool:
    """Tell whether one of the two denies, or turns round, what the other says."""
    if bool(_NEGATION.search(claim)) != bool(_NEGATION.search(statement)):
        return True
    spoken = [{stem(word) for word in words(text)} for text in (claim, statement)]
    return any(
        spoken[0] & up and spoken[1] & down and not (spoken[0] & down or spoken[1] & up)
        for up, down in (_DIRECTIONS, _DIRECTIONS[::-1])
    )
