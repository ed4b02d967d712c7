"""Recorded answers as tables: a row a sentence with what it cites; an answer's own table as it is.

In an answer's own table what is a number is one, and each row has its quotes and their places.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assistant.answer import Reference, recorded_reference
from assistant.answer.answer_table import AnswerTable, TableCell, TableRow, table_of_json
from assistant.evaluation.reports.spreadsheets.table import Cell, Column, Table
from assistant.records import Record

_CITED = (
    Column("quotes", "wide"),
    Column("beside", "middle"),
    Column("sources", "middle"),
    Column("pages"),
    Column("addresses", "middle"),
)
_SENTENCES = (
    Column("record"),
    Column("question", "middle"),
    Column("status"),
    Column("sentence", "wide"),
    Column("support"),
    *_CITED,
)
_References = Mapping[int, Reference]


def answer_sheets(records: Sequence[Record]) -> tuple[Table, ...]:
    """Return one table of all answers in sentences, and one for each answer that is a table."""
    told = [one for one in records if not one.answer.get("table")]
    rows = tuple(row for one in told for row in _sentence_rows(one))
    sentences = (Table("Answers", _SENTENCES, rows),) if told else ()
    tables = (_own_table(one) for one in records if one.answer.get("table"))
    return (*sentences, *tables)


def _sentence_rows(record: Record) -> Iterator[tuple[Cell, ...]]:
    """Yield a row a sentence; an answer without any has one with its text."""
    answer, cited = record.answer, _references(record)
    whole = {"text": answer["text"], "support": "", "citations": []}
    for sentence in answer["sentences"] or [whole]:
        yield (
            record.id,
            answer["question"],
            answer["status"].replace("_", " "),
            sentence["text"],
            sentence["support"],
            *_cited_cells(sentence["citations"], cited),
        )


def _own_table(record: Record) -> Table:
    table, cited = table_of_json(record.answer["table"]), _references(record)
    columns = (
        Column(table.row_title, "middle"),
        *map(Column, table.columns),
        Column("unit"),
        Column("notes", "middle"),
        *_CITED,
    )
    rows = tuple(_table_row(row, table, cited) for row in table.rows)
    return Table(f"Table {record.id}", columns, rows)


def _table_row(row: TableRow, table: AnswerTable, cited: _References) -> tuple[Cell, ...]:
    numbers = dict.fromkeys(number for cell in row.cells for number in cell.citations)
    notes = [
        f"{column}: {note}" if column else note
        for column, cell in zip(table.columns, row.cells, strict=True)
        for note in cell.notes
    ]
    return (
        row.head,
        *map(_value, row.cells),
        table.measure,
        "\n".join(notes),
        *_cited_cells(numbers, cited),
    )


def _value(cell: TableCell) -> Cell:
    """Return a cell as a number where it is one and nothing else."""
    if not cell.is_given:
        return None
    number = cell.number
    if number is None:
        return cell.text
    return int(number) if number.is_integer() else number


def _references(record: Record) -> dict[int, Reference]:
    citations: Iterable[Mapping[str, Any]] = record.answer["citations"]
    return {one["number"]: recorded_reference(one) for one in citations}


def _cited_cells(numbers: Iterable[int], cited: _References) -> tuple[Cell, ...]:
    found = [cited[number] for number in numbers if number in cited]
    columns = (
        [one.quote for one in found],
        [one.beside for one in found if one.beside],
        [", ".join(filter(None, (one.title, one.publisher, one.edition))) for one in found],
        [one.page for one in found],
        [one.link or one.path for one in found],
    )
    return tuple("\n".join(dict.fromkeys(column)) for column in columns)
