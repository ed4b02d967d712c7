"""What is measured of an answer: each score by name, with its definition and its source.

The names are those of `Scores`, of result files, reports and threshold files.
"""

from dataclasses import dataclass
from typing import Literal

Group = Literal["finding", "citing", "answering", "refusing"]

_ALCE = "ALCE (Gao et al. 2023), with the gold {} in place of its entailment model"
_SQUAD = "SQuAD 2.0 (Rajpurkar et al. 2018)"


@dataclass(frozen=True, slots=True)
class Measure:
    """A score from 0 to 1. A headline measure is shown first and watched for regressions."""

    name: str
    title: str
    group: Group
    definition: str
    higher_is_better: bool = True
    headline: bool = False


def _found(depth: int) -> str:
    return "the first page found" if depth == 1 else f"among the first {depth} pages found"


MEASURES: tuple[Measure, ...] = (
    *(
        Measure(
            f"page_hit_{depth}",
            f"Page hit@{depth}",
            "finding",
            f"an expected page is {_found(depth)}; a row of a CSV file counts as a page",
            headline=depth in (1, 5),
        )
        for depth in (1, 3, 5, 10)
    ),
    Measure(
        "page_mrr",
        "Page MRR@10",
        "finding",
        "one over the rank of the first expected page, 0 past the tenth (Voorhees 1999)",
        headline=True,
    ),
    *(
        Measure(
            f"page_recall_{depth}",
            f"Page recall@{depth}",
            "finding",
            f"share of the expected pages that are {_found(depth)}",
        )
        for depth in (5, 10)
    ),
    Measure(
        "page_ndcg_10",
        "Page nDCG@10",
        "finding",
        "discounted gain of the expected pages over that of the ideal order (Järvelin and "
        "Kekäläinen 2002), binary gains",
    ),
    *(
        Measure(
            f"document_hit_{depth}",
            f"Document hit@{depth}",
            "finding",
            f"a page of an expected document is {_found(depth)}",
        )
        for depth in (1, 5, 10)
    ),
    Measure(
        "document_mrr",
        "Document MRR@10",
        "finding",
        "one over the rank of the first expected document, documents in order of their first pages",
    ),
    Measure(
        "document_recall_10",
        "Document recall@10",
        "finding",
        "share of the expected documents of which a page is among the first ten",
        headline=True,
    ),
    Measure(
        "document_ndcg_10",
        "Document nDCG@10",
        "finding",
        "as the page nDCG, of documents in order of their first pages",
    ),
    Measure(
        "page_cited",
        "Page cited",
        "citing",
        "a citation lies at an expected page",
        headline=True,
    ),
    Measure(
        "citation_recall_page",
        "Citation recall (page)",
        "citing",
        f"share of the sentences that their citations carry; {_ALCE.format('page')}",
    ),
    Measure(
        "citation_precision_page",
        "Citation precision (page)",
        "citing",
        f"share of the citations that are needed; {_ALCE.format('page')}",
    ),
    Measure(
        "citation_recall_quote",
        "Citation recall (quote)",
        "citing",
        f"share of the sentences that their citations carry; {_ALCE.format('quote')}",
    ),
    Measure(
        "citation_precision_quote",
        "Citation precision (quote)",
        "citing",
        f"share of the citations that are needed; {_ALCE.format('quote')}",
    ),
    Measure(
        "quotes_verbatim",
        "Quotes verbatim",
        "citing",
        "share of the quotes that stand in their page word for word",
        headline=True,
    ),
    Measure(
        "answer_right",
        "Answer right",
        "answering",
        "of answerable questions: all that must be said is said, nothing that must not, under an "
        "expected status",
        headline=True,
    ),
    Measure(
        "wrong_answer_shown",
        "Wrong answer shown",
        "answering",
        "an answer is shown that lacks what must be said or says what must not, or any where the "
        "sources do not say",
        higher_is_better=False,
        headline=True,
    ),
    Measure(
        "status_right",
        "Status right",
        "answering",
        "the status is one of those expected",
        headline=True,
    ),
    Measure(
        "token_f1",
        "Token F1",
        "answering",
        f"overlap of the answer's words with the short gold answer, {_SQUAD}",
    ),
    Measure(
        "exact_match",
        "Exact match",
        "answering",
        f"the answer is the short gold answer, {_SQUAD}",
    ),
    Measure(
        "refusal_precision",
        "Refusal precision",
        "refusing",
        "of the refused questions, the share that the sources do not answer",
    ),
    Measure(
        "refusal_recall",
        "Refusal recall",
        "refusing",
        "of the unanswerable questions, the share refused",
        headline=True,
    ),
    Measure(
        "answerable_refused",
        "Answerable refused",
        "refusing",
        "of the answerable questions, the share refused",
        higher_is_better=False,
        headline=True,
    ),
)

MEASURE_OF = {measure.name: measure for measure in MEASURES}
