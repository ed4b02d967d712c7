"""A table as an answer: found, composed, and each of its cells cited."""

import re
import time

from assistant.answer import Answer, Citation, Seconds, Sentence, Status
from assistant.answer_table import NOT_GIVEN, AnswerTable, TableCell, TableRow
from assistant.answering import make_citation
from assistant.candidates import Candidate
from assistant.tabulating.choosing import Value
from assistant.tabulating.composing import ABSENT, Composed, compose
from assistant.tabulating.gathering import Search, complete_tables, find_evidence
from assistant.tabulating.observation import Observation, observe
from assistant.tabulating.placing import place_figures
from assistant.tabulating.request import TableRequest, parse_request
from corpus.document import Cell
from index.passage import Evidence, Filters
from index.store import PassageStore

_FEWEST_FIGURES = 2
_SHOWN_EVIDENCE = 40
_WISH = re.compile(
    r"^(?:please |can you |could you )*(?:list|show|give|tabulate|make|draw|build|create|prepare|"
    r"compile|put)\b(?: me)?(?: a| the)?(?: (?:\w+ )?table (?:of|with|showing))?(?: the)?\s+|"
    r"^table:\s*|^(?:a )?table (?:of|with|showing) (?:the )?|"
    r",?\s*(?:as|in|into) (?:a |an )?(?:\w+ )?table\b",
    re.IGNORECASE,
)
_NO_TABLE = "The sources do not say: no table of this came out of them."


def answer_by_table(
    asked: str,
    standalone: str,
    search: Search,
    store: PassageStore,
    filters: Filters = Filters(),
) -> Answer:
    """Answer a question by a table; without one (`table` is None) where none comes out.

    `search` finds evidence for words, so many passages, under the same filters; all rows of the
    tables that it finds rows of are read from the store.
    """
    started = time.perf_counter()
    request = parse_request(standalone)
    evidence = find_evidence(request, search)
    retrieved = time.perf_counter()
    tables = complete_tables(evidence, store, filters)
    placed = place_figures(request, [one for table in tables for one in observe(table)])
    composed = compose(request, placed)
    seconds = Seconds(retrieved - started, time.perf_counter() - retrieved)
    shown = evidence[:_SHOWN_EVIDENCE]
    fewest = _FEWEST_FIGURES if request.change == "none" else 1  # "6,900,000" became "NA"
    if composed.figures < fewest:
        return Answer(asked, standalone, "not_found", _NO_TABLE, evidence=shown, seconds=seconds)
    return _answer(asked, standalone, request, composed, shown, seconds)


def _answer(
    asked: str,
    standalone: str,
    request: TableRequest,
    composed: Composed,
    evidence: tuple[Evidence, ...],
    seconds: Seconds,
) -> Answer:
    citations = _Citations(composed)
    rows = tuple(
        TableRow(row.head, tuple(_cell(value, citations) for value in row.values))
        for row in composed.rows
    )
    unit, basis = _measure(composed)
    table = AnswerTable(
        title=_title(request),
        unit=unit,
        basis=basis,
        row_title=_row_title(request),
        columns=composed.columns,
        rows=rows,
        remarks=composed.remarks,
    )
    sentences = tuple(_sentence(table, row) for row in rows)
    warnings = [remark for remark in composed.remarks if remark.startswith(ABSENT)]
    if _has_rivals(composed):
        warnings.append(
            "Editions or sources differ; the newest figure is shown and the others stand in notes."
        )
    nearest = max((min(max(one.similarity, 0.0), 1.0) for one in evidence), default=0.0)
    return Answer(
        question=asked,
        standalone_question=standalone,
        status=_status(request, composed),
        text="\n".join(f"{s.text} {''.join(f'[{n}]' for n in s.citations)}" for s in sentences),
        sentences=sentences,
        citations=citations.all(),
        evidence=evidence,
        warnings=tuple(warnings),
        seconds=seconds,
        confidence=(1 + nearest) / 2,
        table=table,
    )


class _Citations:
    """The numbers of the rows that a table cites, each row once with all its cited cells."""

    def __init__(self, composed: Composed) -> None:
        self._rows: dict[str, Evidence] = {}
        self._cells: dict[str, dict[tuple[int, int, str], Cell]] = {}
        values = [value for row in composed.rows for value in row.values if value]
        for value in values:
            self._cite(value.chosen)
        for value in values:
            for other in value.others:
                self._cite(other)
        self._numbers = {id: number for number, id in enumerate(self._rows, start=1)}

    def _cite(self, one: Observation) -> None:
        passage = one.evidence.passage
        self._rows.setdefault(passage.id, one.evidence)
        place = (one.cell.start, one.cell.end, one.cell.column)
        self._cells.setdefault(passage.id, {})[place] = one.cell

    def number(self, one: Observation) -> int:
        return self._numbers[one.evidence.passage.id]

    def all(self) -> tuple[Citation, ...]:
        found = []
        for id, row in self._rows.items():
            cells = tuple(cell for _, cell in sorted(self._cells[id].items()))
            passage = row.passage
            candidate = Candidate(row, passage.text, passage.start, passage.end, cells)
            found.append(make_citation(self._numbers[id], candidate))
        return tuple(found)


def _cell(value: Value | None, citations: _Citations) -> TableCell:
    if value is None:
        return TableCell(NOT_GIVEN)
    chosen = value.chosen
    told = [_told_of(chosen, other) for other in value.others]
    return TableCell(
        text=chosen.cell.text,
        citations=(citations.number(chosen),),
        notes=(*chosen.notes, *told),
        others=tuple(dict.fromkeys(citations.number(other) for other in value.others)),
    )


def _told_of(chosen: Observation, other: Observation) -> str:
    speaker = str(other.edition) if other.edition.name else other.source.title or other.source.path
    older = other.edition.name == chosen.edition.name and other.edition.rank < chosen.edition.rank
    return f"{speaker}: {other.cell.text}{', superseded' if older else ''}"


def _sentence(table: AnswerTable, row: TableRow) -> Sentence:
    given = [
        (column, cell)
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell.is_given
    ]
    told = "; ".join(f"{column}: {cell.text}" for column, cell in given)
    unit = f" ({table.measure})" if table.measure else ""
    numbers = dict.fromkeys(number for _, cell in given for number in cell.citations)
    return Sentence(f"{row.head} — {told}{unit}", tuple(numbers), "supported")


def _measure(composed: Composed) -> tuple[str, str]:
    """Return unit and basis in the words that most of the figures have."""
    told = [
        (value.chosen.cell.unit, value.chosen.cell.basis)
        for row in composed.rows
        for value in row.values
        if value and value.chosen.is_figure and value.chosen.cell.unit
    ]
    return max(dict.fromkeys(told), key=told.count) if told else ("", "")


def _status(request: TableRequest, composed: Composed) -> Status:
    named = bool(request.editions) or request.columns == "edition"
    return "conflicting" if _has_rivals(composed) and not named else "answered"


def _has_rivals(composed: Composed) -> bool:
    return any(value and value.others for row in composed.rows for value in row.values)


def _title(request: TableRequest) -> str:
    """Return what was asked for in the asker's own words, without the wish for a table."""
    title = _WISH.sub("", request.text.strip()).rstrip(" .?!,")
    return f"{title[:1].upper()}{title[1:]}" or "Table"


def _row_title(request: TableRequest) -> str:
    if request.rows in ("country", "company"):
        return request.rows.capitalize()
    return request.row_words[0].rstrip("s").capitalize() if request.row_words else "Item"
