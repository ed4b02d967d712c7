"""Draws a grid: what makes one, its cells while they are filled, and what is taken away of it."""

from collections.abc import Sequence
from html import escape
from secrets import token_hex

import streamlit as st

from assistant.assistant import Assistant
from assistant.desk.grid import Grid, GridCell, GridRow, plain_lines, source_rows, word_rows
from assistant.desk.grid_sheets import grid_csv, grid_workbook
from corpus.document import Source
from index.passage import Filters
from ui.drawing.answer_drawing import answer_html
from ui.drawing.drawing import literal
from ui.resources import fillings
from ui.shelf.filling import Filling

_LOOK_SECONDS = 1.0  # between two looks at how far a grid is
_MOST_CELLS = 2_000
_KEPT = 20  # grids of all sessions; the oldest goes first
_EVERY = "All sources"
_WORDS = "Words, such as companies or countries"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_form(assistant: Assistant, sources: Sequence[Source], filters: Filters) -> None:
    """Draw where rows and questions are put in, and begin to fill the grid that they make."""
    collections = {one.name: one.source_ids for one in assistant.collections.all()}
    with st.form("grid", border=False):
        across = st.text_area(
            "Questions, one a line",
            key="grid_questions",
            height=110,
            max_chars=20_000,
            placeholder="How much did {} mine in 2025?\nHow large are the reserves of {}?",
        )
        by = st.selectbox("Rows", [_WORDS, _EVERY, *collections], key="grid_rows")
        words = st.text_area(
            "Words of the rows, one a line",
            key="grid_words",
            height=110,
            max_chars=20_000,
            placeholder="China\nAustralia\nBrazil",
            help="They stand before each question, or where it has {}. Unused for sources.",
        )
        is_put = st.form_submit_button("Fill the grid", type="primary")
    if not is_put:
        return
    within = set(collections.get(by, ())) if by != _EVERY else {one.id for one in sources}
    those = [one for one in sources if one.id in within]
    rows = word_rows(words.splitlines()) if by == _WORDS else source_rows(those)
    _begin(assistant, rows, plain_lines(across.splitlines()), filters)


def _begin(
    assistant: Assistant, rows: Sequence[GridRow], questions: Sequence[str], filters: Filters
) -> None:
    count = len(rows) * len(questions)
    if not count:
        st.info("Give at least one question and one row.", icon=":material/info:")
    elif count > _MOST_CELLS:
        st.info(f"{count:,} cells are more than {_MOST_CELLS:,}; take fewer rows or questions.")
    else:
        held, name = fillings(), token_hex(8)
        held[name] = Filling(assistant, Grid(tuple(rows), tuple(questions), filters))
        while len(held) > _KEPT:
            held.pop(next(iter(held))).stop()
        st.query_params["grid"] = st.session_state.grid_name = name
        st.rerun()


def shown_filling(assistant: Assistant) -> Filling | None:
    """Return the grid of the page's address, else the last one of this session, None for none.

    That of another person counts as none.

    The address then names it, for the page to be loaded anew: to come from another page empties it.
    """
    name = st.query_params.get("grid") or st.session_state.get("grid_name", "")
    filling = fillings().get(name)
    if filling and filling.owner != assistant.person.id:
        return None
    if filling:
        st.query_params["grid"] = st.session_state.grid_name = name
    return filling


def _forget() -> None:
    """Leave the grid that is shown, for a new one."""
    st.query_params.clear()
    st.session_state.pop("grid_name", None)


def draw_filling(filling: Filling) -> None:
    """Draw a grid with what is filled of it, and what stops, goes on or takes it away."""
    if filling.failed:
        raise filling.failed
    if filling.is_running:
        _draw_underway(filling)
        return
    _draw_grid(filling.grid)
    with st.container(horizontal=True):
        if len(filling.grid.cells) < filling.grid.size:
            st.button("Go on", icon=":material/play_arrow:", on_click=filling.go_on)
        st.download_button(
            "Workbook (.xlsx)",
            lambda: grid_workbook(filling.grid),
            "grid.xlsx",
            _WORKBOOK,
            icon=":material/download:",
        )
        st.download_button(
            "CSV",
            lambda: grid_csv(filling.grid).encode("utf-8-sig"),
            "grid.csv",
            "text/csv",
            icon=":material/download:",
        )
        st.button("New grid", icon=":material/add:", on_click=_forget)


@st.fragment(run_every=_LOOK_SECONDS)
def _draw_underway(filling: Filling) -> None:
    """Draw the grid again and again; once no more cells come the page draws it."""
    if not filling.is_running:
        st.rerun()
    grid = filling.grid
    told = f"{len(grid.cells)} of {grid.size} cells"
    st.progress(len(grid.cells) / grid.size, text=literal(told))
    st.button("Stop", key="stop_grid", icon=":material/stop_circle:", on_click=filling.stop)
    _draw_grid(grid)


def _draw_grid(grid: Grid) -> None:
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in grid.questions)
    rows = "".join(
        f'<tr><th scope="row">{escape(row.head)}</th>'
        + "".join(_cell_html(grid.cell(at, column)) for column in range(len(grid.questions)))
        + "</tr>"
        for at, row in enumerate(grid.rows)
    )
    st.html(
        f'<div class="answer-table grid" role="region" tabindex="0" aria-label="Grid">'
        f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell_html(cell: GridCell | None) -> str:
    """Return a cell: its answer with links to the cited pages, "not stated", or nothing yet."""
    if cell is None:
        return "<td></td>"
    if cell.answer is None or not cell.citations:
        return f'<td class="quiet">{escape(cell.text)}</td>'
    return f"<td>{answer_html(cell.answer)}</td>"
