"""Draws figures of the ledger: rows, a pivot, a chart with the source of the point that is picked.

Words of sources are data: they reach the browser through `html.escape`, or as data of a chart.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import streamlit as st

from assistant.answer import page_place
from assistant.assistant import Assistant
from assistant.evaluation.reports.spreadsheets.table import Table
from assistant.fact_writing import bare_value_text, facts_csv, facts_workbook, value_text
from assistant.radar import KeptKind
from assistant.views import (
    Figure,
    FigureKind,
    Pivot,
    SeriesBy,
    Standing,
    kinds_of,
    pivot,
    series,
    write_table,
)
from assistant.views.figure_sheets import figures_csv, figures_workbook
from index.facts import LedgerFact
from ui.drawing.drawing import source_line
from ui.drawing.source_drawing import draw_quote
from ui.ledger.figure_charts import MOST_ENTITIES, PICKED, Point, bar_chart, line_chart
from ui.page_address import VIEWER, PageAddress

_MOST_ROWS = 200
_HEADS = (
    "Who and what", "Measure", "Period", "Value", "Unit", "Basis", "Status", "Edition", "Publisher",
    "Source",
)  # fmt: skip
_CHART_KEY = "figures_chart"
_POINT_KEY = "figures_point"


def fact_address(one: LedgerFact) -> PageAddress:
    """Return the address of the page on which a fact stands, its quote marked."""
    place = one.fact.place
    return PageAddress(one.source.id, place.page, place.start, place.end)


def draw_standings(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Draw what the figures can be narrowed to, and return those that are left."""
    counts = Counter(figure.standing for figure in figures)
    there: list[Standing] = [one for one in get_args(Standing) if counts[one]]
    if len(there) < 2:
        return tuple(figures)
    chosen = st.pills(
        "Show only",
        there,
        selection_mode="multi",
        format_func=lambda one: f"{one} ({counts[one]:,})",
        key="standings",
        persist_state="session",
    )
    return tuple(one for one in figures if not chosen or one.standing in chosen)


@dataclass(frozen=True, slots=True)
class Taking:
    """The look-up whose figures may be taken away; the radar then has them as a table or chart."""

    words: str
    kind: KeptKind
    assistant: Assistant

    def take(self, figures: Sequence[Figure], content: Callable[[], bytes]) -> Callable[[], bytes]:
        """Return what makes a file, and keeps what is in it."""

        def made() -> bytes:
            self.assistant.keep_table(self.words, [one.found for one in figures], self.kind)
            return content()

        return made


def draw_downloads(figures: Sequence[Figure], taking: Taking) -> None:
    """Draw the buttons that give facts out as `rare-earth facts` does."""
    facts = [figure.found for figure in figures]
    _draw_buttons(
        taking.take(figures, lambda: facts_csv(facts).encode("utf-8-sig")),
        taking.take(figures, lambda: facts_workbook(facts)),
    )


def _draw_sheet_downloads(figures: Sequence[Figure], kind: FigureKind, taking: Taking) -> None:
    """Draw the buttons that give out the figures that a pivot or a chart shows."""
    _draw_buttons(
        taking.take(figures, lambda: figures_csv(figures)),
        taking.take(figures, lambda: figures_workbook(figures, kind)),
    )


def draw_table_downloads(table: Table) -> None:
    """Draw the buttons that give a table out as CSV and as a workbook."""

    def write(ending: str) -> bytes:
        with TemporaryDirectory() as folder:
            file = Path(folder) / f"{table.name}.{ending}"
            write_table(table, file)
            return file.read_bytes()

    _draw_buttons(lambda: write("csv"), lambda: write("xlsx"), table.name)


def _draw_buttons(
    make_csv: Callable[[], bytes], make_workbook: Callable[[], bytes], name: str = "figures"
) -> None:
    with st.container(horizontal=True):
        for ending, make in (("csv", make_csv), ("xlsx", make_workbook)):
            st.download_button(
                f"Download as {ending.upper()}",
                make,
                f"{name}.{ending}",
                icon=":material/download:",
                on_click="ignore",
            )


def draw_rows(figures: Sequence[Figure]) -> None:
    """Draw a row a fact, each with a link that opens its page."""
    if len(figures) > _MOST_ROWS:
        st.caption(f"The first {_MOST_ROWS} of {len(figures):,}; the downloads hold all.")
    st.html(rows_html(figures[:_MOST_ROWS]))


def rows_html(figures: Sequence[Figure]) -> str:
    """Return figures as an HTML table, in which a narrow screen shows a row as a card."""
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    rows = "".join(map(_row_html, figures))
    return f'<table class="facts"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _row_html(figure: Figure) -> str:
    one = figure.found
    fact = one.fact
    place = page_place(one.source, fact.place.page, one.page_label)
    told = (
        figure.entity,
        ", ".join(filter(None, (fact.measure, *figure.kind.terms))),
        figure.period,
        bare_value_text(fact),
        figure.kind.unit,
        fact.basis,
        fact.status,
        figure.edition,
        one.source.publisher or one.source.author,
    )
    cells = "".join(
        f'<td data-head="{head}"{_VALUE if head in ("Value", "Period") else ""}>{escape(text)}'
        f"{_standing_html(figure) if head == 'Value' else ''}</td>"
        for head, text in zip(_HEADS, told, strict=False)
    )
    title = escape(", ".join(filter(None, (one.source.title, place))))
    link = f'<a target="_blank" href="{escape(fact_address(one).link())}">{title}</a>'
    return f'<tr class="{figure.standing}">{cells}<td data-head="Source">{link}</td></tr>'


_VALUE = ' class="figure"'


def _standing_html(figure: Figure) -> str:
    """Return what stands against a figure: which value of which edition or source."""
    if figure.standing == "current":
        return ""
    rivals = "; ".join(dict.fromkeys(map(_rival_text, figure.rivals)))
    return f' <span class="standing">{figure.standing}: {escape(rivals)}</span>'


def _rival_text(one: LedgerFact) -> str:
    who = one.fact.edition or one.source.edition or one.source.publisher or one.source.title
    return f"{value_text(one.fact)} ({who})"


def draw_kind(figures: Sequence[Figure], words: str) -> FigureKind:
    """Draw which figures of a look-up are put side by side, and return their kind.

    There must be a number. What is chosen is of these words: others have kinds of their own.
    """
    counts = Counter(figure.kind for figure in figures if figure.is_number)
    return st.selectbox(
        "Figures of one measure, unit and basis",
        kinds_of(figures),
        format_func=lambda kind: f"{kind.name or 'no measure'} ({counts[kind]:,})",
        key=f"figures_kind {words}",
    )


def draw_pivot(figures: Sequence[Figure], kind: FigureKind, taking: Taking) -> None:
    """Draw a pivot of the figures of one kind, each value a link to its page."""
    table = pivot(figures, kind)
    shown = [figure for row in table.rows for cell in row.cells for figure in cell]
    _draw_sheet_downloads(shown, kind, taking)
    st.html(pivot_html(table))
    st.caption(
        "Values that disagree stand together, marked ≠. A superseded one stands only where there "
        "is no newer, in italics."
    )


def pivot_html(table: Pivot) -> str:
    """Return a pivot as an HTML table that scrolls in itself where it is wide."""
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in table.periods)
    rows = "".join(
        f'<tr><th scope="row">{escape(row.entity)}</th>'
        + "".join(f'<td class="figure">{_cell_html(cell)}</td>' for cell in row.cells)
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="pivot" tabindex="0" role="region" aria-label="Figures by entity and period">'
        f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell_html(cell: Sequence[Figure]) -> str:
    mark = "≠ " if len(cell) > 1 else ""
    return mark + " / ".join(
        f'<a target="_blank" class="{figure.standing}" title="{escape(figure.found.source.title)}"'
        f' href="{escape(fact_address(figure.found).link())}">'
        f"{escape(bare_value_text(figure.found.fact))}</a>"
        for figure in cell
    )


def draw_chart(figures: Sequence[Figure], kind: FigureKind, taking: Taking) -> None:
    """Draw the figures of one kind as a chart, beside it the source of the one that is picked."""
    drawn, by = _chosen_series(figures, kind)
    if not drawn:
        st.info("There is no figure to draw here.", icon=":material/bar_chart_off:")
        return
    charted, beside = st.columns([3, 2], gap="large")
    _draw_sheet_downloads(drawn, kind, taking)
    points = [_point_of(figure, by) for figure in drawn]
    chart = bar_chart(points, kind.unit) if by == "entity" else line_chart(points, kind.unit)
    with charted:
        st.altair_chart(
            chart,
            key=_CHART_KEY,
            on_select=_take_point,
            alt=f"{kind.name} by {by}",
        )
        st.caption(
            "Click a point to see its source. Pale points are estimates, forecasts or plans. "
            "The chart's own menu downloads it as PNG."
        )
    with beside:
        _draw_picked(drawn, taking.assistant)


def _chosen_series(
    figures: Sequence[Figure], kind: FigureKind
) -> tuple[tuple[Figure, ...], SeriesBy]:
    """Draw what the chart is made of, and return its figures and what they stand by."""
    table = pivot(figures, kind)
    at_left, at_right = st.columns(2)
    by: SeriesBy = at_left.segmented_control(
        "Chart by",
        get_args(SeriesBy),
        default="period",
        required=True,
        key="figures_by",
        persist_state="session",
    )
    period = ""
    if by != "period":
        period = at_right.selectbox("Period", table.periods[::-1], key="figures_period")
    drawn = series(figures, kind, by, period)
    names = [row.entity for row in table.rows if any(row.entity == one.entity for one in drawn)]
    if by == "entity" or len(names) < 2:
        return drawn, by
    chosen = st.multiselect(
        "Lines",
        names,
        default=names[:MOST_ENTITIES],
        max_selections=MOST_ENTITIES,
        key=f"figures_lines {hash(tuple(names))}",
    )
    return tuple(figure for figure in drawn if figure.entity in chosen), by


def _point_of(figure: Figure, by: SeriesBy) -> Point:
    one = figure.found
    return Point(
        key=one.row,
        entity=figure.entity,
        at=figure.edition if by == "edition" else figure.period,
        value=figure.number,
        told=value_text(one.fact),
        source=one.source.title,
        is_firm=figure.is_firm,
    )


def _take_point() -> None:
    """Take the point that was clicked as the one whose source is shown."""
    picked = st.session_state[_CHART_KEY].selection.get(PICKED)
    if picked:
        st.session_state[_POINT_KEY] = picked[0]["key"]


def _draw_picked(drawn: Sequence[Figure], assistant: Assistant) -> None:
    by_row = {figure.found.row: figure for figure in drawn}
    if st.session_state.get(_POINT_KEY) not in by_row:
        st.session_state.pop(_POINT_KEY, None)
    row = st.selectbox(
        "Source of the figure",
        list(by_row),
        index=None,
        format_func=lambda row: _named(by_row[row]),
        placeholder="Click a point, or choose one here",
        key=_POINT_KEY,
    )
    if row is not None:
        draw_fact(by_row[row].found, assistant)


def _named(figure: Figure) -> str:
    told = ", ".join((figure.entity, figure.period, value_text(figure.found.fact)))
    return f"{told} ({figure.edition})" if figure.edition else told


def draw_fact(one: LedgerFact, assistant: Assistant) -> None:
    """Draw where a fact stands: its source, its quote in the page, a link that opens that."""
    place = page_place(one.source, one.fact.place.page, one.page_label)
    st.html(
        f'<div class="reference-head">{escape(one.source.title)}</div>'
        f'<div class="quiet">{source_line(one.source, place)}</div>'
    )
    address = fact_address(one)
    st.page_link(
        VIEWER, label="Open the page", icon=":material/article:", query_params=address.query()
    )
    page = assistant.page(address.source_id, address.number)
    draw_quote(one.source, page, address.start, address.end)
