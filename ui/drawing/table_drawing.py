"""Draws the table of an answer, each cell with citations that open its page, and a CSV of it."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from assistant.answer import Answer, Citation
from assistant.answer.answer_table import AnswerTable, TableCell
from assistant.tabulating.writing import note_marks, table_csv
from ui.drawing.step_drawing import markers_html


def draw_table(answer: Answer, table: AnswerTable) -> None:
    """Draw a table with its notes, and a button that downloads it as CSV."""
    cited = {citation.number: citation for citation in answer.citations}
    if len(answer.sentences) > len(table.rows):  # the finding stands on top
        st.html(f'<p class="said">{escape(answer.sentences[0].text)}</p>')
    st.html(table_html(table, cited))
    st.download_button(
        "Download as CSV",
        table_csv(answer).encode("utf-8-sig"),
        file_name="table.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"csv-{id(answer)}",  # one for each answer of the conversation
        on_click="ignore",
    )


def table_html(table: AnswerTable, cited: Mapping[int, Citation]) -> str:
    """Return a table as HTML with the marks of its citations and notes, and the notes below."""
    marks = note_marks(table)
    heads = "".join(
        f'<th scope="col">{escape(head)}</th>' for head in (table.row_title, *table.columns)
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(row.head)}</th>'
        + "".join(f"<td>{_cell_html(cell, marks, cited)}</td>" for cell in row.cells)
        + "</tr>"
        for row in table.rows
    )
    measure = f' <span class="quiet">({escape(table.measure)})</span>' if table.measure else ""
    notes = [f"<sup>{mark}</sup> {escape(note)}" for note, mark in marks.items()]
    below = "<br>".join([*notes, *map(escape, table.remarks)])
    return (
        f'<div class="answer"><p class="said">{escape(table.title)}{measure}</p>'
        f'<div class="answer-table" role="region" tabindex="0" aria-label="Table"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        f'<div class="quiet">{below}</div></div>'
    )


def _cell_html(cell: TableCell, marks: Mapping[str, str], cited: Mapping[int, Citation]) -> str:
    if not cell.is_given:
        return f'<span class="quiet">{escape(cell.text)}</span>'
    noted = ",".join(marks[note] for note in cell.notes)
    links = markers_html((*cell.citations, *cell.others), cited)
    return f'<span class="said">{escape(cell.text)}</span><sup>{noted}</sup>{links}'
