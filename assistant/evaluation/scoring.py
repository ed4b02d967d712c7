"""Scores of one answer to one case: pure functions of the case and the answer's JSON form.

An answer to a question is as `answer_to_json` gives it; one to a claim is
`{"claims": [cited_claim_to_json...], "evidence": [evidence_to_json...]}`.
"""

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from assistant.evaluation.case import Case, ForbiddenForm
from assistant.evaluation.expected_places import document_ranking, page_ranking
from assistant.evaluation.matching import contains_form
from assistant.evaluation.metrics.citations import citation_precision, citation_recall, same_words
from assistant.evaluation.metrics.ranking import hit, ndcg, recall, reciprocal_rank
from assistant.evaluation.metrics.text import exact_match, token_f1
from assistant.evaluation.places import citation_is_at, is_table, spread_cells

_DEPTHS = (1, 3, 5, 10)
_DEEPEST = 10
_MARKER = re.compile(r"\[\d{1,3}\]")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Scores:
    """Each score is a number from 0 to 1, or None where it does not apply; see `measures`."""

    page_hit_1: float | None = None
    page_hit_3: float | None = None
    page_hit_5: float | None = None
    page_hit_10: float | None = None
    page_mrr: float | None = None
    page_recall_5: float | None = None
    page_recall_10: float | None = None
    page_ndcg_10: float | None = None
    document_hit_1: float | None = None
    document_hit_5: float | None = None
    document_hit_10: float | None = None
    document_mrr: float | None = None
    document_recall_10: float | None = None
    document_ndcg_10: float | None = None
    page_cited: float | None = None
    citation_recall_page: float | None = None
    citation_precision_page: float | None = None
    citation_recall_quote: float | None = None
    citation_precision_quote: float | None = None
    quotes_verbatim: float | None = None
    answer_right: float | None = None
    wrong_answer_shown: float | None = None
    status_right: float | None = None
    token_f1: float | None = None
    exact_match: float | None = None
    refusal_precision: float | None = None
    refusal_recall: float | None = None
    answerable_refused: float | None = None


SCORE_NAMES = tuple(field.name for field in fields(Scores))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader was shown, the same for a question and for a claim.

    `sentences` are the citations of each sentence (of a claim: of each claim).
    """

    status: str
    text: str
    citations: tuple[Mapping[str, Any], ...]
    evidence: tuple[Mapping[str, Any], ...]
    sentences: tuple[tuple[Mapping[str, Any], ...], ...] = ()


def shown(case: Case, answer: Mapping[str, Any]) -> Shown:
    """Return what the answer's JSON form shows.

    For a claim the text is what the sources say against it; the claim itself is the question. The
    verdicts `supported` and `partly` are the status `answered`; of several claims one that is
    contradicted decides.
    """
    evidence = tuple(answer["evidence"])
    if case.use == "ask":
        citations = tuple(answer["citations"])
        by_number = {citation["number"]: citation for citation in citations}
        sentences = tuple(
            tuple(by_number[number] for number in sentence["citations"] if number in by_number)
            for sentence in answer["sentences"]
        )
        return Shown(answer["status"], answer["text"], citations, evidence, sentences)
    verdicts = {claim["verdict"] for claim in answer["claims"]}
    if "contradicted" in verdicts:
        status = "contradicted"
    else:
        status = "answered" if verdicts & {"supported", "partly"} else "not_found"
    of_claims = tuple(tuple(claim["citations"]) for claim in answer["claims"])
    return Shown(
        status,
        "\n".join(claim["says"] for claim in answer["claims"] if claim["says"]),
        tuple(citation for citations in of_claims for citation in citations),
        evidence,
        of_claims,
    )


def confidence(answer: Mapping[str, Any] | None) -> float:
    """Return how sure an answer is that the sources answer its question, from 0 to 1."""
    return float((answer or {}).get("confidence", 0.0))


def spent_tokens(answer: Mapping[str, Any] | None) -> tuple[int, int]:
    """Return the tokens that a language model took (prompt) and gave (completion)."""
    tokens = (answer or {}).get("tokens") or {}
    return int(tokens.get("prompt", 0)), int(tokens.get("completion", 0))


def score(case: Case, answer: Mapping[str, Any]) -> Scores:
    """Return the scores of an answer; of a question without gold, of its quotes alone."""
    seen = shown(case, answer)
    verified = [bool(citation["verified"]) for citation in seen.citations]
    quotes_verbatim = sum(verified) / len(verified) if verified else None
    if case.answerable is None:
        return Scores(quotes_verbatim=quotes_verbatim)
    cited = _page_cited(case, seen)
    return replace(
        Scores(
            page_cited=None if cited is None else float(cited),
            quotes_verbatim=quotes_verbatim,
            status_right=float(seen.status in case.expected_status),
        ),
        **_finding_scores(case, seen),
        **_citation_scores(case, seen),
        **_answer_scores(case, seen, cited),
        **_refusal_scores(case, seen),
    )


def refused(case: Case, seen: Shown) -> bool:
    """Tell whether nothing was answered: not found, or what an unanswerable case expects."""
    expected = case.answerable is False and seen.status in case.expected_status
    return seen.status == "not_found" or expected


def _finding_scores(case: Case, seen: Shown) -> dict[str, float]:
    if not case.places or not case.answerable:
        return {}
    pages = page_ranking(case, seen.evidence)
    documents = document_ranking(case, seen.evidence)
    in_order = documents.of_distinct_documents()
    found = {f"page_hit_{depth}": hit(pages.relevant, depth) for depth in _DEPTHS}
    found |= {
        f"page_recall_{depth}": recall(pages.relevant, depth, pages.total) for depth in (5, 10)
    }
    found |= {f"document_hit_{depth}": hit(documents.relevant, depth) for depth in (1, 5, 10)}
    return found | {
        "page_mrr": reciprocal_rank(pages.relevant, _DEEPEST),
        "page_ndcg_10": ndcg(pages.relevant, _DEEPEST, pages.total),
        "document_mrr": reciprocal_rank(in_order.relevant, _DEEPEST),
        "document_recall_10": recall(documents.relevant, _DEEPEST, documents.total),
        "document_ndcg_10": ndcg(in_order.relevant, _DEEPEST, in_order.total),
    }


def _citation_scores(case: Case, seen: Shown) -> dict[str, float | None]:
    """Judge the citations of each sentence by the places and by the quotes that are gold."""
    if not case.places or not case.answerable:
        return {}
    quotes = [place.quote for place in case.places if place.quote]

    def at_place(citations: Sequence[Mapping[str, Any]]) -> bool:
        return any(
            citation_is_at(citation, seen.evidence, place)
            for citation in citations
            for place in case.places
        )

    def of_quote(citations: Sequence[Mapping[str, Any]]) -> bool:
        return any(
            same_words(citation["quote"], quote) for citation in citations for quote in quotes
        )

    scores = {
        "citation_recall_page": citation_recall(seen.sentences, at_place),
        "citation_precision_page": citation_precision(seen.sentences, at_place),
    }
    if quotes:
        scores["citation_recall_quote"] = citation_recall(seen.sentences, of_quote)
        scores["citation_precision_quote"] = citation_precision(seen.sentences, of_quote)
    return scores


def _answer_scores(case: Case, seen: Shown, cited: bool | None) -> dict[str, float]:
    """Judge what is said; where gold does not say what to say, only whether to say anything."""
    contradicts = seen.status == "contradicted" and seen.status not in case.expected_status
    claims_something = seen.status in ("answered", "conflicting") or contradicts
    text = "" if refused(case, seen) else _text_without_markers(seen).strip()
    scores = {}
    if case.use == "ask" and (case.answers or not case.answerable):
        golds = case.answers if case.answerable else ()
        scores["token_f1"] = token_f1(text, golds)
        scores["exact_match"] = exact_match(text, golds)
    if not case.answerable:
        return scores | {"wrong_answer_shown": float(claims_something)}
    if case.must_include or case.must_not_include or case.use == "cite":
        wrong = bool(missing_groups(case, seen) or forbidden_forms(case, seen))
        status_right = seen.status in case.expected_status
        right = not wrong and status_right and (case.use == "ask" or cited is not False)
        scores["answer_right"] = float(right)
        scores["wrong_answer_shown"] = float(contradicts or (claims_something and wrong))
    return scores


def _refusal_scores(case: Case, seen: Shown) -> dict[str, float]:
    was_refused = refused(case, seen)
    scores = {"refusal_precision": float(not case.answerable)} if was_refused else {}
    name = "answerable_refused" if case.answerable else "refusal_recall"
    return scores | {name: float(was_refused)}


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


def _page_cited(case: Case, seen: Shown) -> bool | None:
    if not case.places or not case.answerable:
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
