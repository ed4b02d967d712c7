"""Timelines and compared editions as tables for CSV and workbooks, each row with its places."""

from collections.abc import Iterator
from pathlib import Path

from assistant.answer import page_place
from assistant.errors import TableError
from assistant.evaluation.reports.spreadsheets.csv_files import write_csv
from assistant.evaluation.reports.spreadsheets.table import Cell, Column, Table
from assistant.evaluation.reports.spreadsheets.workbook import write_workbook
from assistant.fact_writing import about_text, value_text
from assistant.views.edition_changes import EditionComparison, Paragraph
from assistant.views.timeline import Timeline
from index.facts import LedgerFact

_DATED = (
    Column("date"),
    Column("bound"),
    Column("event", "middle"),
    Column("about", "middle"),
    Column("status"),
    Column("superseded"),
    Column("sentence", "wide"),
    Column("source", "middle"),
    Column("publisher"),
    Column("published"),
    Column("page"),
    Column("path", "middle"),
    Column("url", "middle"),
)
_CHANGES = (
    Column("what"),
    Column("change"),
    Column("measure", "middle"),
    Column("about", "middle"),
    Column("period"),
    Column("before", "wide"),
    Column("after", "wide"),
    Column("page before"),
    Column("page after"),
    Column("source before", "middle"),
    Column("source after", "middle"),
)


def timeline_table(timeline: Timeline) -> Table:
    """Return a row a statement, in order."""
    rows: list[tuple[Cell, ...]] = []
    for one in timeline.statements:
        fact, source = one.found.fact, one.found.source
        rows.append(
            (
                one.date.text,
                one.bound,
                one.event,
                one.about,
                fact.status,
                "yes" if one.found.is_superseded else "",
                one.sentence,
                source.title,
                source.publisher,
                source.published,
                page_place(source, fact.place.page, one.found.page_label),
                source.path,
                source.url,
            )
        )
    return Table("timeline", _DATED, tuple(rows))


def changes_table(compared: EditionComparison) -> Table:
    """Return a row a fact that changed, is gone or added, then one a paragraph."""
    sides = (compared.before.path, compared.after.path)
    rows = (*_fact_rows(compared), *_text_rows(compared))
    return Table("changes", _CHANGES, tuple((*row, *sides) for row in rows))


def write_table(table: Table, path: Path) -> None:
    """Write a table as .xlsx, else as CSV. Raises TableError where that fails."""
    try:
        if path.suffix.lower() == ".xlsx":
            write_workbook((table,), path)
        else:
            write_csv(table, path)
    except OSError as error:
        raise TableError(f"{path} cannot be written ({error.strerror}); name another") from error


def _fact_rows(compared: EditionComparison) -> Iterator[tuple[Cell, ...]]:
    for one in compared.changed:
        yield (*_fact_head("changed", one.before), *_sides(one.before, one.after))
    for fact in compared.gone:
        yield (*_fact_head("gone", fact), *_sides(fact, None))
    for fact in compared.added:
        yield (*_fact_head("added", fact), *_sides(None, fact))


def _fact_head(change: str, one: LedgerFact) -> tuple[Cell, ...]:
    period = one.fact.period.text if one.fact.period else ""
    return "fact", change, one.fact.measure, about_text(one.fact), period


def _sides(before: LedgerFact | None, after: LedgerFact | None) -> tuple[Cell, ...]:
    sides = (before, after)
    values = (value_text(one.fact) if one else "" for one in sides)
    return *values, *(_page(one) if one else "" for one in sides)


def _page(one: LedgerFact) -> str:
    return one.page_label or str(one.fact.place.page)


def _text_rows(compared: EditionComparison) -> Iterator[tuple[Cell, ...]]:
    for one in compared.texts:
        change = "changed" if one.before and one.after else "gone" if one.before else "added"
        texts = (_joined(one.before), _joined(one.after))
        pages = (_pages(one.before), _pages(one.after))
        yield ("text", change, "", "", "", *texts, *pages)


def _joined(paragraphs: tuple[Paragraph, ...]) -> str:
    return "\n".join(one.text for one in paragraphs)


def _pages(paragraphs: tuple[Paragraph, ...]) -> str:
    return ", ".join(dict.fromkeys(str(one.page) for one in paragraphs))
