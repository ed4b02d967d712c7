"""Tables of what was answered: a row a case, and a row a citation."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.evaluation.case import Case
from assistant.evaluation.places import citation_is_at
from assistant.evaluation.reports.cited_places import titled_place
from assistant.evaluation.reports.reported_cases import ReportedCase
from assistant.evaluation.reports.spreadsheets.table import Cell, Column, Table
from assistant.evaluation.scoring import SCORE_NAMES, spent_tokens

_ANSWERED = (
    Column("id"),
    Column("kind"),
    Column("question", "middle"),
    Column("earlier turns", "middle"),
    Column("status"),
    Column("answer", "wide"),
    Column("sources", "middle"),
    Column("quotes", "wide"),
    Column("warnings", "middle"),
)
_JUDGED = (
    Column("gold answer", "middle"),
    Column("expected status"),
    Column("verdict"),
    Column("why", "middle"),
    Column("publisher"),
    Column("year"),
    *(Column(name, decimals=3) for name in SCORE_NAMES),
)
_SPENT = (
    Column("confidence", decimals=3),
    Column("seconds", decimals=3),
    Column("attempts"),
    Column("tokens taken"),
    Column("tokens given"),
    Column("error", "middle"),
)
_CITED = (
    Column("id"),
    Column("question", "middle"),
    Column("number"),
    Column("title", "middle"),
    Column("publisher"),
    Column("published"),
    Column("edition"),
    Column("path", "middle"),
    Column("url", "middle"),
    Column("page"),
    Column("page label"),
    Column("quote", "wide"),
    Column("section", "middle"),
    Column("caption", "middle"),
    Column("columns", "middle"),
    Column("unit"),
    Column("notes", "middle"),
    Column("verbatim"),
    Column("at an expected place"),
)


def answers_table(cases: Sequence[ReportedCase], *, has_gold: bool) -> Table:
    """Return a row a case; what judges answers is left out where nothing has gold."""
    columns = (*_ANSWERED, *(_JUDGED if has_gold else ()), *_SPENT)
    rows = tuple(
        (*_answered(one), *(_judged(one) if has_gold else ()), *_spent(one)) for one in cases
    )
    return Table("Answers", columns, rows)


def citations_table(cases: Sequence[ReportedCase]) -> Table:
    """Return a row a citation, in the order of the cases."""
    return Table(
        "Citations",
        _CITED,
        tuple(_cited(one, citation) for one in cases for citation in one.seen.citations),
    )


def _answered(one: ReportedCase) -> tuple[Cell, ...]:
    case, citations = one.case, one.seen.citations
    return (
        case.id,
        case.kind,
        case.question,
        "\n".join(f"{turn.role}: {turn.content}" for turn in case.turns),
        one.status,
        one.text,
        "\n".join(f"[{citation['number']}] {titled_place(citation)}" for citation in citations),
        "\n".join(f"[{citation['number']}] {citation['quote']}" for citation in citations),
        "\n".join(one.warnings),
    )


def _judged(one: ReportedCase) -> tuple[Cell, ...]:
    return (
        one.case.answer or " / ".join(one.case.answers),
        " or ".join(one.case.expected_status).replace("_", " "),
        one.verdict,
        "\n".join(one.reasons),
        one.values.get("publisher", ""),
        _year(one.values.get("year", "")),
        *(getattr(one.result.scores, name) for name in SCORE_NAMES),
    )


def _spent(one: ReportedCase) -> tuple[Cell, ...]:
    taken, given = spent_tokens(one.result.answer)
    return (
        (one.result.answer or {}).get("confidence"),
        round(one.result.seconds, 4),
        one.result.attempts,
        taken or None,
        given or None,
        one.result.error,
    )


def _cited(one: ReportedCase, citation: Mapping[str, Any]) -> tuple[Cell, ...]:
    source, context = citation["source"], citation["context"]
    return (
        one.case.id,
        one.case.question,
        citation["number"],
        source["title"],
        source["publisher"],
        source["published"],
        source["edition"],
        source["path"],
        source["url"],
        citation["page"],
        citation["page_label"],
        citation["quote"],
        context["section"],
        context["caption"],
        " | ".join(filter(None, context["header"])),
        context["unit"],
        " | ".join(context["notes"]),
        "yes" if citation["verified"] else "no",
        _at_place(one.case, citation, one.seen.evidence),
    )


def _at_place(
    case: Case, citation: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]
) -> str:
    if not case.places:
        return ""
    there = any(citation_is_at(citation, evidence, place) for place in case.places)
    return "yes" if there else "no"


def _year(year: str) -> Cell:
    return int(year) if year.isdecimal() else year
