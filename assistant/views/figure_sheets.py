"""Figures of one kind as a spreadsheet: by entity and period, and each value with its source."""

from collections.abc import Iterator, Sequence

from assistant.answer import page_place
from assistant.evaluation.reports.spreadsheets.csv_files import csv_content
from assistant.evaluation.reports.spreadsheets.table import Cell, Column, Table
from assistant.evaluation.reports.spreadsheets.workbook import workbook_content
from assistant.fact_writing import bare_value_text, page_link
from assistant.views.figure_series import Figure, FigureKind, pivot

_VALUE_COLUMNS = (
    Column("who and what", "middle"),
    Column("figures", "middle"),
    Column("period"),
    Column("value"),
    Column("unit"),
    Column("as printed"),
    Column("status"),
    Column("standing"),
    Column("edition"),
    Column("publisher", "middle"),
    Column("source", "middle"),
    Column("page"),
    Column("quote", "wide"),
    Column("link", "middle"),
)


def figures_csv(figures: Sequence[Figure]) -> bytes:
    """Return figures as CSV, a line a value with its source; numbers and years are numbers."""
    return csv_content(_values(figures))


def figures_workbook(figures: Sequence[Figure], kind: FigureKind) -> bytes:
    """Return figures of one kind as a workbook: a sheet by entity and period, one with sources."""
    return workbook_content((_pivot_sheet(figures, kind), _values(figures)))


def _values(figures: Sequence[Figure]) -> Table:
    return Table("sources", _VALUE_COLUMNS, tuple(map(_value_row, figures)))


def _value_row(figure: Figure) -> tuple[Cell, ...]:
    one = figure.found
    return (
        figure.entity,
        figure.kind.name,
        _period(figure.period),
        _number(figure),
        figure.kind.unit,
        bare_value_text(one.fact),
        one.fact.status,
        figure.standing,
        figure.edition,
        one.source.publisher or one.source.author,
        one.source.title,
        page_place(one.source, one.fact.place.page, one.page_label),
        " ".join(one.quote.split()),
        page_link(one),
    )


def _pivot_sheet(figures: Sequence[Figure], kind: FigureKind) -> Table:
    """Return a row for each value that an entity has in one period beside others."""
    table = pivot(figures, kind)
    columns = (Column(kind.name, "middle"), *(Column(_period(period)) for period in table.periods))
    rows = tuple(line for row in table.rows for line in _lines(row.entity, row.cells))
    return Table("figures", columns, rows)


def _lines(entity: str, cells: Sequence[Sequence[Figure]]) -> Iterator[tuple[Cell, ...]]:
    for at in range(max(map(len, cells), default=0)):
        yield (entity, *(_number(cell[at]) if at < len(cell) else None for cell in cells))


def _number(figure: Figure) -> Cell:
    return int(figure.number) if figure.number.is_integer() else figure.number


def _period(text: str) -> str | int:
    return int(text) if text.isdecimal() and len(text) == len("2025") else text
