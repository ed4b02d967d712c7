"""Draws the table of an answer as a chart, where its figures are a series or a comparison."""

import streamlit as st

from assistant.answer import Answer
from assistant.answer.answer_table import AnswerTable, TableCell
from ui.ledger.figure_charts import MOST_ENTITIES, Point, bar_chart, line_chart

_MOST_BARS = 40


def draw_table_chart(answer: Answer, table: AnswerTable) -> None:
    """Draw a chart of a table's figures; none where they are no series and no comparison."""
    points = table_points(answer, table)
    if not points:
        return
    is_series = len({point.at for point in points}) > 1
    chart = line_chart(points, table.measure) if is_series else bar_chart(points, table.measure)
    st.altair_chart(chart, key=f"chart-{id(answer)}", alt=f"{table.title} as a chart")


def table_points(answer: Answer, table: AnswerTable) -> tuple[Point, ...]:
    """Return the numbers of a table along its times, or of its one column.

    There are none where the table has no unit, no two numbers, or more lines than can be told
    apart.
    """
    if not table.unit:
        return ()
    titles = {citation.number: citation.source.title for citation in answer.citations}
    cells = [
        (row.head, column, cell)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]
    if table.time_axis == "rows":
        cells = [(column, head, cell) for head, column, cell in cells]
    elif len(table.columns) > 1 and not table.time_axis:
        return ()
    points = tuple(
        _point(entity, at, cell, table.unit, titles.get(cell.citations[0], ""))
        for entity, at, cell in cells
        if cell.number is not None
    )
    most = MOST_ENTITIES if len({point.at for point in points}) > 1 else _MOST_BARS
    is_told_apart = len({point.entity for point in points}) <= most
    return points if len(points) > 1 and is_told_apart else ()


def _point(entity: str, at: str, cell: TableCell, unit: str, title: str) -> Point:
    told = f"{cell.text} {unit}"
    return Point(cell.citations[0], entity, at, cell.number or 0.0, told, title)
