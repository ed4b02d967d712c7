"""A small run with every verdict, for the tests of its reports; words of sources are hostile."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.answer import Turn
from assistant.evaluation.case import Case, ExpectedPlace, ForbiddenForm
from assistant.evaluation.results import CaseResult, Run
from assistant.evaluation.scoring import Scores, score

HOSTILE = '</script><img src="https://example.org/x.png" onerror="alert(1)">\u202eevil\x00\x1b[2J'
SHOWN_HOSTILE = (
    '</script><img src="https://example.org/x.png" onerror="alert(1)">'
    "⟨U+202E⟩evil⟨U+0000⟩⟨U+001B⟩[2J"
)
PASSAGE = "In 2025 China mined 270,000 metric tons REO, the USGS says. It mined as much in 2024."
QUOTE = "China mined 270,000 metric tons REO"
PLACE = ExpectedPlace("usgs/mcs2026.pdf", 2, quote=QUOTE)


def citation(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a citation of the quote in its JSON form."""
    source = {
        "id": "mcs-2026",
        "title": "Rare Earths",
        "publisher": "U.S. Geological Survey",
        "author": "",
        "published": "2026-02",
        "edition": "MCS 2026",
        "path": "usgs/mcs2026.pdf",
        "url": "https://example.org/mcs2026.pdf",
    }
    context = {
        "section": "Production",
        "caption": "Mine production",
        "header": ["", "2025"],
        "unit": "metric tons",
        "notes": ["Estimated."],
    }
    start = 100 + PASSAGE.index(QUOTE)
    return {
        "number": number,
        "source": source,
        "page": 2,
        "page_label": "153",
        "start": start,
        "end": start + len(QUOTE),
        "quote": QUOTE,
        "context": context,
        "cells": [],
        "verified": True,
    } | changes


def evidence(page: int = 2, **changes: Any) -> dict[str, Any]:
    """Return a piece of evidence in its JSON form."""
    return {
        "source_id": "mcs-2026",
        "path": "usgs/mcs2026.pdf",
        "title": "Rare Earths",
        "page": page,
        "page_label": str(151 + page),
        "start": 100,
        "end": 100 + len(PASSAGE),
        "score": 0.0328,
        "text": PASSAGE,
    } | changes


def answer(text: str, status: str = "answered", **changes: Any) -> dict[str, Any]:
    """Return an answer in its JSON form; one that says something cites the quote."""
    citations = [citation()] if "[1]" in text else []
    return {
        "question": "",
        "standalone_question": "",
        "status": status,
        "text": text,
        "sentences": [{"text": text, "citations": [1] if citations else [], "support": ""}],
        "citations": citations,
        "evidence": [evidence(1), evidence(2), *(evidence(page) for page in range(3, 9))],
        "warnings": [],
        "model": "extractive",
        "seconds": {"retrieve": 0.1, "answer": 0.2},
        "confidence": 0.9 if citations else 0.1,
    } | changes


CASES = (
    Case(
        id="right",
        question="How much did China mine?",
        answer="270,000 t",
        answers=("270,000 t",),
        must_include=(("270,000",),),
        evidence=(ExpectedPlace("usgs/mcs2026.pdf", 1), PLACE),
        kind="single_fact",
    ),
    Case(
        id="but",
        question="And in 2024?",
        answer="as much",
        must_include=(("as much", "the same"),),
        turns=(Turn("user", "How much did China mine?"), Turn("assistant", "270,000 t")),
        evidence=(PLACE,),
        kind="follow_up",
    ),
    Case(
        id="short",
        question="Who mined most?",
        must_include=(("China", "PRC"),),
        must_not_include=(ForbiddenForm("Laos", ("MCS 2020",)),),
        evidence=(ExpectedPlace("other.pdf", page_label="iv"),),
        kind="single_fact",
    ),
    Case(
        id="wrong",
        question="What will China mine in 2030?",
        expected_status=("not_found",),
        answerable=False,
        near_miss=True,
        kind="unanswerable",
    ),
    Case(
        id="refused",
        question="Who is the king of Mars?",
        expected_status=("not_found",),
        answerable=False,
        kind="unanswerable",
    ),
    Case(id="failed <1>", question=HOSTILE, must_include=(("x",),), kind=f"odd {HOSTILE}"),
    Case(
        id="claim",
        question='Find a citation for: "China mined."',
        use="cite",
        kind="claim",
        must_include=(("nowhere",),),
        expected_status=("contradicted",),
    ),
    Case(id="plain", question="Anything else?", answerable=None, expected_status=()),
    Case(id="waiting", question="When?"),
)
CLAIM = {
    "claims": [
        {
            "claim": "China mined.",
            "verdict": "contradicted",
            "citations": [citation()],
            "says": "No",
        }
    ],
    "evidence": [evidence()],
}
ANSWERS = {
    "right": answer("It mined 270,000 t [1]."),
    "but": answer("It mined as much [1].", standalone_question="How much did China mine in 2024?"),
    "short": answer("", "not_found"),
    "wrong": answer(f"It will mine {HOSTILE} [1].", warnings=["a newer edition says otherwise"]),
    "refused": answer("", "not_found"),
    "claim": CLAIM,
    "plain": answer("Nothing else [1].", tokens={"prompt": 1200, "completion": 34}),
}
SOURCES = {"usgs/mcs2026.pdf": {"publisher": "U.S. Geological Survey", "published": "2026-02"}}


def result_of(case: Case) -> CaseResult:
    """Return the result of one of the cases."""
    if case.id.startswith("failed"):
        return CaseResult(case.id, None, Scores(), f"ValueError: {HOSTILE}", 60.0, 2)
    told = ANSWERS[case.id]
    return CaseResult(case.id, told, score(case, told), "", 0.31)


def run_in(folder: Path, cases: Sequence[Case] = CASES) -> Run:
    """Return a run over the cases; one that is called "waiting" has no result yet."""
    record = {
        "cases_file": "questions.jsonl",
        "cases_sha256": "c1c2",
        "started": "2026-03-01T09:30:00+00:00",
        "fingerprint": "f1f2",
        "code": "d1d2",
        "settings": {"passages": 40, "model": None},
        "versions": {"pypdf": "7.1.1"},
        "sources": SOURCES,
        "sessions": [{"started": "2026-03-01T09:30:00+00:00", "at_once": 2}],
    }
    results = tuple(result_of(case) for case in cases if case.id != "waiting")
    return Run(folder, record, tuple(cases), results)


def without_gold(folder: Path) -> Run:
    """Return a run over questions that come without expected answers."""
    plain = [
        Case(id=case.id, question=case.question, answerable=None, expected_status=())
        for case in CASES
        if case.use == "ask"
    ]
    return run_in(folder, plain)
