"""Scores against values worked out by hand."""

import math
from dataclasses import replace
from typing import Any

import pytest

from assistant.evaluation.case import Case, ExpectedPlace, ForbiddenForm
from assistant.evaluation.explaining import explain, verdict
from assistant.evaluation.places import same_file
from assistant.evaluation.results import CaseResult
from assistant.evaluation.scoring import Scores, confidence, score, shown, spent_tokens

CONTEXT = {"section": "", "caption": "", "header": [], "unit": "", "notes": []}
ROWS = (
    'Australia,Reserves,metric tons,2025,"6,300,000"\n'
    'Brazil,Reserves,metric tons,2025,"11,000,000"\n'
    "Employment,number,2025,670,950\n"
)


def evidence(path: str, page: int = 1, label: str = "1", text: str = "") -> dict[str, Any]:
    return {
        "source_id": path,
        "path": path,
        "page": page,
        "page_label": label,
        "start": 100,
        "end": 100 + len(text),
        "text": text,
    }


def citation(path: str, page: int = 1, label: str = "1", quote: str = "") -> dict[str, Any]:
    source = {
        "id": path,
        "title": "Rare Earths",
        "publisher": "USGS",
        "published": "2026-02",
        "edition": "MCS 2026 v1.3",
        "path": path,
        "url": "",
    }
    return {
        "number": 1,
        "source": source,
        "page": page,
        "page_label": label,
        "start": 0,
        "end": len(quote),
        "quote": quote,
        "context": CONTEXT,
        "verified": True,
    }


def answer(
    text: str = "",
    status: str = "answered",
    citations: tuple[dict[str, Any], ...] = (),
    found: tuple[dict[str, Any], ...] = (),
) -> dict[str, Any]:
    numbered = [{**one, "number": number} for number, one in enumerate(citations, start=1)]
    sentence = {"text": text, "citations": [one["number"] for one in numbered]}
    return {
        "status": status,
        "text": text,
        "sentences": [sentence] if numbered else [],
        "citations": numbered,
        "evidence": found,
    }


CASE = Case(
    id="q1",
    question="What are Australia's reserves?",
    must_include=(("6,300,000", "6.3 million"), ("Australia",)),
    evidence=(ExpectedPlace("mcs/rare.pdf", 2, quote="Australia 29,000 29,000 136,300,000"),),
    alternates=(ExpectedPlace("mcs/heavy.pdf", page_label="iv"),),
)
NOT_FOUND = Case(id="q2", question="?", answerable=False, expected_status=("not_found",))


def test_right_answer_has_every_score() -> None:
    got = answer(
        "Australia had 6.3 million tons [1].",
        citations=(
            citation("mcs/rare.pdf", 2, "153", "Australia 29,000 29,000 6,300,000"),
            {**citation("mcs/other.pdf"), "verified": False},
        ),
        found=(
            *(evidence("mcs/other.pdf", number) for number in (1, 2, 3)),
            evidence("mcs/rare.pdf", 2, "153"),
        ),
    )
    assert score(CASE, got) == Scores(
        page_hit_1=0.0,
        page_hit_3=0.0,
        page_hit_5=1.0,
        page_hit_10=1.0,
        page_mrr=0.25,
        page_recall_5=1.0,
        page_recall_10=1.0,
        page_ndcg_10=pytest.approx(1 / math.log2(5)),
        document_hit_1=0.0,
        document_hit_5=1.0,
        document_hit_10=1.0,
        document_mrr=0.5,
        document_recall_10=1.0,
        document_ndcg_10=pytest.approx(1 / math.log2(3)),
        page_cited=1.0,
        citation_recall_page=1.0,
        citation_precision_page=0.5,
        citation_recall_quote=1.0,
        citation_precision_quote=0.5,
        quotes_verbatim=0.5,
        answer_right=1.0,
        status_right=1.0,
        wrong_answer_shown=0.0,
        answerable_refused=0.0,
    )


def test_refusal_of_an_unanswerable_question_is_right() -> None:
    assert score(NOT_FOUND, answer(status="not_found")) == Scores(
        status_right=1.0,
        wrong_answer_shown=0.0,
        token_f1=1.0,
        exact_match=1.0,
        refusal_precision=1.0,
        refusal_recall=1.0,
    )


@pytest.mark.parametrize("status", ["answered", "conflicting"])
def test_answer_to_an_unanswerable_question_is_wrong(status: str) -> None:
    got = score(NOT_FOUND, answer("It was 5.", status))
    assert got == Scores(
        status_right=0.0, wrong_answer_shown=1.0, token_f1=0.0, exact_match=0.0, refusal_recall=0.0
    )


def test_not_disclosed_shows_no_wrong_answer() -> None:
    assert score(CASE, answer(status="not_disclosed")).wrong_answer_shown == 0.0


def test_refusal_of_an_answerable_question_is_not_right_but_shows_nothing_wrong() -> None:
    got = score(CASE, answer(status="not_found"))
    assert (got.answer_right, got.status_right, got.wrong_answer_shown) == (0.0, 0.0, 0.0)
    assert (got.refusal_precision, got.answerable_refused) == (0.0, 1.0)


def test_withheld_figure_that_is_expected_so_is_a_refusal_of_the_unanswerable_alone() -> None:
    withheld = answer("Not published.", status="not_disclosed")
    expected = ("not_found", "not_disclosed")
    got = score(replace(NOT_FOUND, expected_status=expected), withheld)
    assert (got.refusal_recall, got.refusal_precision) == (1.0, 1.0)
    assert score(NOT_FOUND, withheld).refusal_recall == 0.0
    got = score(replace(CASE, expected_status=("not_disclosed",)), withheld)
    assert (got.answerable_refused, got.refusal_precision) == (0.0, None)


def test_question_without_gold_has_only_its_quotes_judged() -> None:
    case = Case(id="q", question="?", answerable=None, expected_status=())
    got = answer("It was 5.", citations=(citation("a.pdf", quote="5"),))
    assert score(case, got) == Scores(quotes_verbatim=1.0)
    assert explain(case, got) == ()


def test_gold_that_says_nothing_of_the_content_judges_status_and_places_alone() -> None:
    case = Case(id="q", question="?", evidence=(ExpectedPlace("a.pdf"),))
    got = score(case, answer("It was 5.", citations=(citation("a.pdf"),)))
    assert (got.answer_right, got.wrong_answer_shown, got.status_right) == (None, None, 1.0)
    assert (got.page_cited, got.citation_recall_page, got.citation_recall_quote) == (1.0, 1.0, None)


def test_short_gold_answers_are_compared_as_squad_does() -> None:
    case = Case(id="q", question="?", answers=("the 6.3 million tons", "6,300,000 t"))
    got = score(case, answer("6.3 million tons [1]", citations=(citation("a.pdf"),)))
    assert (got.token_f1, got.exact_match) == (1.0, 1.0)
    got = score(case, answer("Australia had 6.3 million tons"))
    assert (got.token_f1, got.exact_match) == (pytest.approx(0.75), 0.0)
    assert score(case, answer("6,300,000 t", status="not_found")).exact_match == 0.0


def test_confidence_and_tokens_are_those_the_answer_tells() -> None:
    assert confidence({"confidence": 0.7}) == 0.7
    assert (confidence({}), confidence(None)) == (0.0, 0.0)
    assert spent_tokens({"tokens": {"prompt": 7, "completion": 2}}) == (7, 2)
    assert (spent_tokens({}), spent_tokens(None)) == ((0, 0), (0, 0))


def test_unmet_group_makes_an_answer_wrong() -> None:
    got = score(CASE, answer("Australia had 136,300,000 tons."))
    assert (got.answer_right, got.status_right, got.wrong_answer_shown) == (0.0, 1.0, 1.0)


def test_right_words_under_a_wrong_status_are_not_right_but_no_wrong_answer() -> None:
    got = score(CASE, answer("Australia: 6,300,000 t", "conflicting"))
    assert (got.answer_right, got.status_right, got.wrong_answer_shown) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("path", "file", "same"),
    [
        ("mcs/rare.pdf", "mcs/rare.pdf", True),
        ("sources/mcs/rare.pdf", "mcs/rare.pdf", True),
        ("rare.pdf", "mcs/rare.pdf", True),
        (r"sources\mcs\rare.pdf", "./mcs/rare.pdf", True),
        ("old_mcs/rare.pdf", "mcs/rare.pdf", False),
        ("mcs/xrare.pdf", "rare.pdf", False),
        ("news/rare.pdf", "mcs/rare.pdf", False),
        ("", "rare.pdf", False),
    ],
)
def test_files_are_compared_by_whole_components_from_the_end(
    path: str, file: str, same: bool
) -> None:
    assert same_file(path, file) is same


@pytest.mark.parametrize(
    ("place", "hit"),
    [
        (ExpectedPlace("a.pdf", 9), 1.0),
        (ExpectedPlace("a.pdf", 8), 0.0),
        (ExpectedPlace("a.pdf", page_label="T8"), 1.0),
        (ExpectedPlace("a.pdf", page_label="9"), 0.0),
        (ExpectedPlace("a.pdf", 1, "T8"), 1.0),
        (ExpectedPlace("a.pdf"), 1.0),
        (ExpectedPlace("b.pdf", 9), 0.0),
    ],
)
def test_page_is_hit_by_number_or_label(place: ExpectedPlace, hit: float) -> None:
    case = Case(id="q", question="?", evidence=(place,))
    got = answer(citations=(citation("a.pdf", 9, "T8"),), found=(evidence("a.pdf", 9, "T8"),))
    assert score(case, got).page_hit_1 == hit
    assert score(case, got).page_cited == hit


@pytest.mark.parametrize(
    ("row", "hit"),
    [
        ('Australia,Reserves,metric tons,2025,"6,300,000"', 1.0),
        ('Reserves,metric tons,2025,"6,300,000"', 1.0),
        ("Employment,number,2025,670", 1.0),
        ('Australia,Reserves,metric tons,2025,"11,000,000"', 0.0),
        ('Australia,metric tons,2025,"6,300,000"', 0.0),
        ('Australia,Reserves,metric tons,2024,"6,300,000"', 0.0),
    ],
)
def test_row_of_a_csv_must_be_among_the_rows_found(row: str, hit: float) -> None:
    case = Case(id="q", question="?", evidence=(ExpectedPlace("d.csv", 1, quote=row),))
    for text in (
        ROWS,
        ROWS.replace('"', "").replace(",", " | ").replace(" | 300 | 000", ",300,000"),
    ):
        got = answer(found=(evidence("x/d.csv", text=text),))
        assert score(case, got).page_hit_1 == hit


def test_csv_without_a_row_is_hit_as_a_page() -> None:
    case = Case(id="q", question="?", evidence=(ExpectedPlace("d.csv", 1),))
    assert score(case, answer(found=(evidence("d.csv"),))).page_hit_1 == 1.0


@pytest.mark.parametrize(("country", "cited"), [("Australia", 1.0), ("Brazil", 0.0)])
def test_cited_cell_counts_for_the_row_around_it(country: str, cited: float) -> None:
    row = 'Australia,Reserves,metric tons,2025,"6,300,000"'
    case = Case(id="q", question="?", evidence=(ExpectedPlace("d.csv", 1, quote=row),))
    start = ROWS.index("Reserves", ROWS.index(country))
    cell = {**citation("d.csv", quote="Reserves"), "start": 100 + start, "end": 108 + start}
    got = answer(citations=(cell,), found=(evidence("d.csv", text=ROWS),))
    assert score(case, got).page_cited == cited


def test_cited_row_outside_the_evidence_is_read_from_its_quote() -> None:
    row = 'Australia,Reserves,metric tons,2025,"6,300,000"'
    case = Case(id="q", question="?", evidence=(ExpectedPlace("d.csv", 1, quote=row),))
    assert score(case, answer(citations=(citation("d.csv", quote=row),))).page_cited == 1.0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("section", "Salient"),
        ("caption", "Salient"),
        ("header", ["2024", "Salient"]),
        ("unit", "Salient"),
        ("notes", ["Salient"]),
    ],
)
def test_required_words_may_stand_in_the_context_of_a_quote(field: str, value: object) -> None:
    case = Case(id="q", question="?", must_include=(("salient",),))
    cited = {**citation("a.pdf"), "context": {**CONTEXT, field: value}}
    assert score(case, answer(citations=(cited,))).answer_right == 1.0
    assert score(case, answer(citations=(citation("a.pdf"),))).answer_right == 0.0


def test_cells_of_a_quoted_row_are_figures_of_their_own() -> None:
    case = Case(id="q", question="?", must_include=(("950",),))
    quote = "Employment,number,2025,670,950"
    right = score(case, answer(citations=(citation("d.csv", quote=quote),))).answer_right
    assert right == 1.0
    assert score(case, answer(citations=(citation("d.txt", quote=quote),))).answer_right == 0.0


@pytest.mark.parametrize(
    "form", ["Rare Earths", "USGS", "February 2026", "MCS 2026", "version history"]
)
def test_naming_the_source_counts_only_where_the_case_says_so(form: str) -> None:
    case = Case(id="q", question="?", must_include=((form,),), source_counts=True)
    got = answer(citations=(citation("mcs/version_history.txt"),))
    assert score(case, got).answer_right == 1.0
    assert score(replace(case, source_counts=False), got).answer_right == 0.0


FORBIDDING = Case(
    id="q",
    question="?",
    must_not_include=(ForbiddenForm("45,000", ("MCS 2025", "January 2025")), ForbiddenForm("rose")),
)


@pytest.mark.parametrize(
    ("text", "edition", "published", "right"),
    [
        ("It was 51,000.", "", "", 1.0),
        ("It was 45,000.", "", "", 0.0),
        ("It was 45,000 in MCS 2025.", "", "", 1.0),
        ("It was 45,000.", "MCS 2025", "", 1.0),
        ("It was 45,000.", "", "2025-01", 1.0),
        ("It was 45,000.", "MCS 2026", "2026-01", 0.0),
        ("It rose.", "MCS 2025", "", 0.0),
    ],
)
def test_forbidden_form_is_excused_by_naming_its_edition(
    text: str, edition: str, published: str, right: float
) -> None:
    cited = citation("a.pdf", quote="45,000 rose")
    cited["source"] = {**cited["source"], "edition": edition, "published": published}
    got = score(FORBIDDING, answer(text, citations=(cited,)))
    assert (got.answer_right, got.wrong_answer_shown) == (right, 1.0 - right)


def test_marker_of_a_citation_is_no_figure() -> None:
    case = Case(id="q", question="?", must_include=(("1",),))
    assert score(case, answer("Few [1].", citations=(citation("a.pdf"),))).answer_right == 0.0
    assert score(case, answer("Few [1].")).answer_right == 1.0


CLAIM = Case(
    id="c",
    question='Find a citation for: "Quotas were not released."',
    use="cite",
    must_include=(("did not release",),),
    evidence=(ExpectedPlace("y.pdf", 2),),
)


def cited(verdict: str, page: int = 2, says: str = "") -> dict[str, Any]:
    quotes = [citation("y.pdf", page, quote="China did not release quotas")]
    return {
        "claims": [
            {"claim": "did not release", "verdict": verdict, "citations": quotes, "says": says}
        ],
        "evidence": [evidence("y.pdf", page)],
    }


@pytest.mark.parametrize(
    ("verdict", "page", "right", "status_right", "page_cited"),
    [
        ("supported", 2, 1.0, 1.0, 1.0),
        ("partly", 2, 1.0, 1.0, 1.0),
        ("supported", 1, 0.0, 1.0, 0.0),
        ("contradicted", 2, 0.0, 0.0, 1.0),
        ("not_found", 2, 0.0, 0.0, 1.0),
    ],
)
def test_claim_is_right_when_it_holds_and_the_place_is_cited(
    verdict: str, page: int, right: float, status_right: float, page_cited: float
) -> None:
    got = score(CLAIM, cited(verdict, page))
    assert (got.answer_right, got.status_right, got.page_cited) == (right, status_right, page_cited)
    assert got.page_hit_10 == page_cited


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        (CLAIM, 1.0),
        (replace(CLAIM, expected_status=("contradicted",), must_include=()), 0.0),
        (replace(CLAIM, answerable=False, expected_status=("not_found",), evidence=()), 1.0),
        (replace(CLAIM, answerable=False, expected_status=("contradicted",), evidence=()), 0.0),
    ],
)
def test_contradiction_that_is_not_expected_is_a_wrong_answer_shown(
    case: Case, wrong: float
) -> None:
    got = score(case, cited("contradicted", says="They were."))
    assert got.wrong_answer_shown == wrong
    assert (got.token_f1, got.exact_match) == (None, None)


def test_one_contradicted_claim_of_several_decides() -> None:
    got = cited("supported")
    got["claims"].append({**got["claims"][0], "verdict": "contradicted"})
    assert shown(CLAIM, got).status == "contradicted"
    assert score(CLAIM, got).status_right == 0.0


def test_unanswerable_case_has_no_place_to_find_or_cite() -> None:
    case = replace(NOT_FOUND, evidence=CASE.evidence)
    got = score(case, answer(status="not_found"))
    assert (got.page_cited, got.page_hit_1, got.citation_recall_page) == (None, None, None)
    assert explain(case, answer(status="not_found")) == ()


def test_words_of_the_claim_itself_prove_nothing() -> None:
    got = cited("supported")
    got["claims"][0]["citations"] = []
    assert score(CLAIM, got).answer_right == 0.0
    assert score(CLAIM, got).wrong_answer_shown == 1.0


def test_false_claim_is_answered_by_what_the_source_says() -> None:
    case = replace(CLAIM, expected_status=("contradicted",), must_include=(("released",),))
    assert score(case, cited("contradicted", says="They were released.")).answer_right == 1.0


def test_claim_without_an_expected_place_needs_none() -> None:
    got = score(replace(CLAIM, evidence=()), cited("supported", 1))
    assert (got.answer_right, got.page_cited) == (1.0, None)


def test_reasons_name_what_fell_short() -> None:
    case = replace(CASE, must_not_include=(ForbiddenForm("4 tons"),))
    wrong = {**citation("mcs/other.pdf", quote="4"), "verified": False}
    got = answer("Australia had 4 tons.", "conflicting", (wrong,), (evidence("mcs/other.pdf"),))
    assert explain(case, got) == (
        "status_right: the status is conflicting, expected was answered",
        "answer_right: nothing says '6,300,000' or '6.3 million'",
        "answer_right: the text says '4 tons'",
        "wrong_answer_shown: it was shown as conflicting",
        "page_cited: no citation lies at mcs/rare.pdf p. 2; mcs/heavy.pdf iv",
        "page_hit_10: not among the first 10: mcs/rare.pdf p. 2; mcs/heavy.pdf iv",
        "quotes_verbatim: a quote does not stand in its page",
    )


def test_reasons_of_an_answer_that_should_not_be() -> None:
    assert explain(NOT_FOUND, answer("It was 5.")) == (
        "status_right: the status is answered, expected was not_found",
        "wrong_answer_shown: it was shown as answered, but the sources do not hold the answer",
    )


@pytest.mark.parametrize(
    ("case", "got", "expected"),
    [
        (CASE, None, "failed"),
        (replace(CASE, answerable=None, expected_status=()), answer("5"), "no gold"),
        (NOT_FOUND, answer("It was 5."), "wrong answer shown"),
        (CASE, answer(status="not_found"), "not right"),
        (NOT_FOUND, answer(status="not_disclosed"), "not right"),
        (CASE, answer("Australia: 6,300,000 t"), "right, but"),
        (replace(CASE, must_include=()), answer("5"), "no gold"),
        (NOT_FOUND, answer(status="not_found"), "right"),
    ],
)
def test_verdict_is_the_worst_that_holds(
    case: Case, got: dict[str, Any] | None, expected: str
) -> None:
    if got is None:
        result = CaseResult(case.id, None, Scores(), "ValueError: no")
    else:
        result = CaseResult(case.id, got, score(case, got))
    assert verdict(case, result) == expected


def test_perfect_answer_has_no_reasons() -> None:
    got = answer(
        "Australia: 6,300,000 t",
        citations=(citation("mcs/heavy.pdf", 4, "iv"),),
        found=(evidence("mcs/heavy.pdf", 4, "iv"),),
    )
    assert explain(CASE, got) == ()
