"""Draws one case of a run: what was asked and answered beside what was expected and why it failed.

Questions, answers and quotes are data: they reach the browser through `html.escape` alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.explaining import CaseVerdict
from assistant.evaluation.reports.cited_places import (
    cited_place,
    place_in_file,
    quote_in_passage,
    told_beside_quote,
    told_of_source,
)
from assistant.evaluation.reports.measure_groups import score_groups
from assistant.evaluation.reports.rendering import visible
from assistant.evaluation.reports.reported_cases import ReportedCase
from assistant.evaluation.reports.shown_numbers import shown_seconds
from assistant.evaluation.scoring import Scores
from ui.page_address import PageAddress

_CLASSES: Mapping[CaseVerdict, str] = {
    "failed": "bad",
    "wrong answer shown": "bad",
    "not right": "fair",
    "right, but": "good",
    "right": "good",
    "no gold": "level",
}


def shown(text: str) -> str:
    """Return words of outside data as HTML in which no character acts on those around it."""
    return escape(visible(text))


def draw_case(one: ReportedCase, known: Collection[str]) -> None:
    """Draw a case: its answer at the left, what was expected at the right.

    Pages of `known` sources, by their ids, are linked to.
    """
    answered, expected = st.columns([3, 2], gap="large")
    with answered:
        st.html(asked_html(one.case) + answer_html(one, known))
    with expected:
        st.html(
            expected_html(one.case) + reasons_html(one.reasons) + scores_html(one.result.scores)
        )
    draw_evidence(one, known)


def asked_html(case: Case) -> str:
    """Return the question with the turns before it."""
    turns = "".join(
        f'<div class="turn"><span class="quiet">{turn.role}</span> {shown(turn.content)}</div>'
        for turn in case.turns
    )
    told = " · ".join((case.id, case.kind.replace("_", " "), *(["claim"] * (case.use == "cite"))))
    return (
        f'<div class="quiet">{shown(told)}</div>{turns}'
        f'<div class="question">{shown(case.question)}</div>'
    )


def answer_html(one: ReportedCase, known: Collection[str]) -> str:
    """Return what a reader was told, its verdict before it and its references below."""
    facts = [one.seen.status.replace("_", " "), shown_seconds(one.result.seconds)]
    if one.result.attempts > 1:
        facts.append(f"asked {one.result.attempts} times")
    if one.understood_as:
        facts.append(f"understood as: {one.understood_as}")
    head = (
        f'<div class="outcome"><span class="verdict {_CLASSES[one.verdict]}">{one.verdict}</span> '
        f'<span class="quiet">{shown(" · ".join(filter(None, facts)))}</span></div>'
    )
    if one.result.answer is None:
        return f'{head}<div class="answer"><p>{shown(one.result.error)}</p></div>'
    warnings = "".join(f'<p class="quiet">{shown(warning)}</p>' for warning in one.warnings)
    references = "".join(
        _reference_html(citation, one.seen.evidence, known) for citation in one.seen.citations
    )
    text = shown(one.text) or '<span class="quiet">Nothing was said.</span>'
    return f'{head}<div class="answer"><p class="said">{text}</p>{warnings}</div>{references}'


def _reference_html(
    citation: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]], known: Collection[str]
) -> str:
    source = citation["source"]
    facts = filter(None, (*told_of_source(citation), cited_place(citation)))
    quote = quote_in_passage(citation, evidence)
    unverified = "" if citation["verified"] else " · not word for word in its page"
    return (
        f'<div class="reference"><div class="reference-head"><span class="number">'
        f"[{citation['number']}]</span>{shown(source['title'] or source['path'])}</div>"
        f'<div class="quiet">{shown(" · ".join(facts))}{unverified}'
        f"{_page_link(source['id'], citation, known)}</div>"
        f'<div class="passage">{shown(quote.before)}<mark>{shown(quote.quote)}</mark>'
        f"{shown(quote.after)}</div>{pairs_html(told_beside_quote(citation), 'beside')}</div>"
    )


def _page_link(source_id: str, place: Mapping[str, Any], known: Collection[str]) -> str:
    if source_id not in known:
        return ""
    address = PageAddress(source_id, place["page"], place["start"], place["end"])
    return f' · <a target="_blank" href="{escape(address.link())}">open the page</a>'


def expected_html(case: Case) -> str:
    """Return what a right answer holds."""
    if case.answerable is None:
        return '<div class="quiet">This question comes without a known answer.</div>'
    answerable = "" if case.answerable else "The sources do not hold the answer."
    pairs = [
        ("answer", case.answer if case.answerable else answerable),
        ("status", " or ".join(case.expected_status).replace("_", " ")),
        *(("must say", " or ".join(group)) for group in case.must_include),
        *(("must not say", _forbidden(item.form, item.unless)) for item in case.must_not_include),
        *(("place", _place(place)) for place in case.evidence),
        *(("or", _place(place)) for place in case.alternates),
    ]
    return f'<div class="part">Expected</div>{pairs_html(pairs, "beside")}'


def _forbidden(form: str, unless: Sequence[str]) -> str:
    return f"{form} (unless it says {' or '.join(unless)})" if unless else form


def _place(place: ExpectedPlace) -> str:
    at = place_in_file(place.file, place.page, place.page_label) if place.page else place.page_label
    told = ", ".join(filter(None, (place.file, at)))
    return f"{told}: “{place.quote}”" if place.quote else told


def reasons_html(reasons: Sequence[str]) -> str:
    """Return why scores are not perfect, a line each."""
    if not reasons:
        return ""
    lines = "".join(f"<li>{shown(reason)}</li>" for reason in reasons)
    return f'<div class="part">Why it is not perfect</div><ul class="reasons">{lines}</ul>'


def scores_html(scores: Scores) -> str:
    """Return the scores that apply to a case, by group; what falls short stands out."""
    groups = "".join(
        f'<div class="quiet">{title}</div><div class="scores">'
        + "".join(
            f'<span class="{"short" if one.is_short else "full"}">{one.title} '
            f"<b>{one.value}</b></span>"
            for one in values
        )
        + "</div>"
        for title, values in score_groups(scores)
    )
    return f'<div class="part">Scores</div>{groups}' if groups else ""


def pairs_html(pairs: Iterable[tuple[str, str]], kind: str) -> str:
    """Return names with their words as a list of the class `kind`; empty words are left out."""
    told = "".join(
        f"<dt>{shown(name[:1].upper() + name[1:])}</dt><dd>{shown(words)}</dd>"
        for name, words in pairs
        if words
    )
    return f'<dl class="{kind}">{told}</dl>' if told else ""


def draw_evidence(one: ReportedCase, known: Collection[str]) -> None:
    """Draw, folded, what was found for the question, best first, and which of it was expected."""
    found = one.seen.evidence
    if not found:
        return
    told = f"{len(found)}"
    if one.first_expected:
        told += f"; the first at an expected place is number {one.first_expected}"
    elif one.case.places:
        told += "; none at an expected place"
    with st.expander(f"Passages found ({told})"):
        st.html(
            "".join(
                _evidence_html(number, entry, one.is_expected(entry), known)
                for number, entry in enumerate(found, 1)
            )
        )


def _evidence_html(
    number: int, entry: Mapping[str, Any], is_right: bool, known: Collection[str]
) -> str:
    at = place_in_file(entry["path"], entry["page"], entry["page_label"])
    told = " · ".join(filter(None, (entry["path"], at)))
    expected = ' <span class="verdict good">expected</span>' if is_right else ""
    return (
        f'<div class="evidence"><div class="reference-head"><span class="number">{number}.</span>'
        f"{shown(entry.get('title') or entry['path'])}{expected}</div>"
        f'<div class="quiet">{shown(told)}{_page_link(entry["source_id"], entry, known)}</div>'
        f'<div class="passage">{shown(entry["text"])}</div></div>'
    )
