"""The JSON forms of answers, claims and evidence, as the command line prints them."""

import json
from dataclasses import replace

import pytest
from assistants import SOURCE, evidence

from assistant.answer import (
    Answer,
    Citation,
    CitedClaim,
    Seconds,
    Sentence,
    Step,
    Tokens,
    Written,
    answer_to_json,
    cited_claim_to_json,
    evidence_to_json,
    told_beside,
)
from corpus.document import Cell, Context

CONTEXT = Context("World", "Table 1", ("Country", "2025"), "tons", ("Estimated.",))
MCS = replace(
    SOURCE,
    path="usgs/mcs.pdf",
    file_type="pdf",
    publisher="USGS",
    published="2026-02",
    edition="MCS 2026",
    version="v1.3",
    url="https://example.org/mcs.pdf",
)
CELL = Cell("5", 10, 11, "2025", 2025, "tons", "REO equivalent", ("Estimated.",))
CELL_JSON = {
    "text": "5",
    "start": 10,
    "end": 11,
    "column": "2025",
    "year": 2025,
    "unit": "tons",
    "basis": "REO equivalent",
    "notes": ["Estimated."],
}
CITATION = Citation(
    1, MCS, 2, "153", 10, 14, "5 t.", CONTEXT, 0, "It gives 5 t.", True, cells=(CELL,)
)
CITATION_JSON = {
    "number": 1,
    "source": {
        "id": "report",
        "title": "Annual Report",
        "publisher": "USGS",
        "author": "",
        "rank": "unknown",
        "language": "",
        "published": "2026-02",
        "edition": "MCS 2026 v1.3",
        "path": "usgs/mcs.pdf",
        "url": "https://example.org/mcs.pdf",
        "confidence": 1.0,
    },
    "page": 2,
    "page_label": "153",
    "start": 10,
    "end": 14,
    "quote": "5 t.",
    "context": {
        "section": "World",
        "caption": "Table 1",
        "header": ["Country", "2025"],
        "unit": "tons",
        "notes": ["Estimated."],
    },
    "cells": [CELL_JSON],
    "verified": True,
    "holds_instruction": False,
}


def test_an_answer_has_the_documented_form() -> None:
    found = replace(evidence("It gives 5 t.", source=MCS), score=0.0312345678, similarity=0.654321)
    answer = Answer(
        question="And its output?",
        standalone_question="Burma's output?",
        status="answered",
        text="5 t. [1]",
        sentences=(Sentence("5 t.", (1,), "supported"),),
        citations=(CITATION,),
        evidence=(found,),
        warnings=("Take care.",),
        seconds=Seconds(0.123456, 0.2),
        confidence=0.81234,
        tokens=Tokens(120, 7),
        cost=0.0004,
        queries=("output of Mars",),
        written=Written(3, 1, (("figure", 1),)),
        steps=(Step("2 + 3 = 5", (1,), "5"),),
    )
    written = answer_to_json(answer)
    assert written == {
        "question": "And its output?",
        "standalone_question": "Burma's output?",
        "status": "answered",
        "text": "5 t. [1]",
        "sentences": [{"text": "5 t.", "citations": [1], "support": "supported"}],
        "steps": [{"text": "2 + 3 = 5", "citations": [1], "result": "5"}],
        "citations": [CITATION_JSON],
        "evidence": [
            {
                "source_id": "report",
                "path": "usgs/mcs.pdf",
                "title": "Annual Report",
                "page": 1,
                "page_label": "1",
                "start": 0,
                "end": 13,
                "score": 0.031235,
                "similarity": 0.6543,
                "text": "It gives 5 t.",
                "holds_instruction": False,
                "context": {"section": "", "caption": "", "header": [], "unit": "", "notes": []},
                "cells": [],
            }
        ],
        "queries": ["output of Mars"],
        "warnings": ["Take care."],
        "model": "extractive",
        "seconds": {"retrieve": 0.1235, "answer": 0.2, "model": 0.0},
        "confidence": 0.8123,
        "tokens": {"prompt": 120, "completion": 7},
        "cost": 0.0004,
        "written": {"sentences": 3, "kept": 1, "removed": {"figure": 1}, "fault": "", "calls": 0},
        "set_aside": [],
        "table": None,
    }
    assert json.loads(json.dumps(written)) == written


def test_an_answer_that_found_nothing_has_empty_lists() -> None:
    assert answer_to_json(Answer("Why?", "Why?", "not_found", "The sources do not say.")) == {
        "question": "Why?",
        "standalone_question": "Why?",
        "status": "not_found",
        "text": "The sources do not say.",
        "sentences": [],
        "steps": [],
        "citations": [],
        "evidence": [],
        "queries": [],
        "warnings": [],
        "model": "extractive",
        "seconds": {"retrieve": 0.0, "answer": 0.0, "model": 0.0},
        "confidence": 0.0,
        "tokens": {"prompt": 0, "completion": 0},
        "cost": 0.0,
        "written": None,
        "set_aside": [],
        "table": None,
    }


def test_a_cited_claim_has_the_documented_form() -> None:
    claim = CitedClaim("It is 6 t.", "contradicted", (CITATION,), "It gives 5 t.")
    assert cited_claim_to_json(claim) == {
        "claim": "It is 6 t.",
        "verdict": "contradicted",
        "citations": [CITATION_JSON],
        "says": "It gives 5 t.",
    }


def test_an_edition_without_a_version_is_the_edition_alone() -> None:
    plain = replace(CITATION, source=replace(MCS, version=""))
    claim = cited_claim_to_json(CitedClaim("It is.", "supported", (plain,)))
    assert claim["citations"][0]["source"]["edition"] == "MCS 2026"


def test_a_row_that_was_found_lists_its_values_without_the_label() -> None:
    found = evidence("Burma 5", Cell("Burma", 0, 5), CELL, source=MCS)
    assert evidence_to_json(found)["cells"] == [CELL_JSON]


def test_beside_a_quote_stand_table_columns_unit_and_notes() -> None:
    context = Context("World", "Table 1", ("", "2024", "2025"), "tons", ("Estimated.", "Rounded."))
    assert told_beside(context) == (
        ("table", "Table 1"),
        ("columns", "2024 | 2025"),
        ("unit", "tons"),
        ("notes", "Estimated. | Rounded."),
    )
    assert told_beside(Context("World")) == ()


@pytest.mark.parametrize(
    "context",
    [
        Context(caption="Mined, in metric tons", header=("", "2025"), unit="metric tons"),
        Context(caption="Mined", header=("", "2025, metric tons"), unit="metric tons"),
    ],
)
def test_a_unit_that_caption_or_column_gives_is_not_told_twice(context: Context) -> None:
    assert [name for name, _ in told_beside(context)] == ["table", "columns"]


def test_equal_columns_are_told_once() -> None:
    assert told_beside(Context(header=("", "2025", "2025"))) == (("columns", "2025"),)


def test_tokens_of_several_calls_add_up() -> None:
    assert Tokens(100, 7) + Tokens(20, 3) == Tokens(120, 10)
