"""Recorded answers as a table: a row a sentence, with what it cites."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.evaluation.reports.spreadsheets.table import Cell, Column, Table
from assistant.exporting.bibliography import BibliographyEntry, bibliography_of
from assistant.records import Record

_COLUMNS = (
    Column("record"),
    Column("question", "middle"),
    Column("status"),
    Column("sentence", "wide"),
    Column("support"),
    Column("quotes", "wide"),
    Column("sources", "middle"),
    Column("addresses", "middle"),
)


def sentence_table(records: Sequence[Record]) -> Table:
    """Return a row a sentence; an answer without any has one with its text."""
    return Table("Answers", _COLUMNS, tuple(row for one in records for row in _rows(one)))


def _rows(record: Record) -> Iterator[tuple[Cell, ...]]:
    answer = record.answer
    entries = {(one.path, one.page): one for one in bibliography_of([record])}
    cited = {one["number"]: one for one in answer["citations"]}
    whole = {"text": answer["text"], "support": "", "citations": []}
    for sentence in answer["sentences"] or [whole]:
        found = [cited[number] for number in sentence["citations"] if number in cited]
        places = [_entry_of(one, entries) for one in found]
        yield (
            record.id,
            answer["question"],
            answer["status"].replace("_", " "),
            sentence["text"],
            sentence["support"],
            "\n".join(one["quote"] for one in found),
            "\n".join(one.told for one in places),
            "\n".join(one.link or one.path for one in places),
        )


def _entry_of(
    citation: Mapping[str, Any], entries: Mapping[tuple[str, str], BibliographyEntry]
) -> BibliographyEntry:
    """Return the entry of the page that a citation is on."""
    path = citation["source"]["path"]
    label = str(citation["page_label"] or citation["page"])
    return entries.get((path, label)) or entries[path, ""]
