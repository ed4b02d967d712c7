"""All sentences of a checked draft as a table: CSV, or a workbook."""

from collections.abc import Sequence
from pathlib import Path

from assistant.drafts.checked import CheckedSentence
from assistant.errors import DraftError
from assistant.evaluation.reports.spreadsheets.csv_files import write_csv
from assistant.evaluation.reports.spreadsheets.table import Cell, Column, Table
from assistant.evaluation.reports.spreadsheets.workbook import write_workbook

_COLUMNS = (
    Column("id"),
    Column("section", "middle"),
    Column("sentence", "wide"),
    Column("kind"),
    Column("verdict"),
    Column("understood as", "middle"),
    Column("wrong", "middle"),
    Column("right", "middle"),
    Column("reason", "middle"),
    Column("dismissed because", "middle"),
    Column("quotes", "wide"),
    Column("beside", "middle"),
    Column("sources", "middle"),
    Column("files", "middle"),
)


def write_claim_table(checked: Sequence[CheckedSentence], out: Path) -> None:
    """Write a line a sentence to a .csv or .xlsx file. Raises DraftError where that fails."""
    table = Table("Claims", _COLUMNS, tuple(map(_row, checked)))
    try:
        if out.suffix.lower() == ".xlsx":
            write_workbook((table,), out)
        else:
            write_csv(table, out)
    except OSError as error:
        raise DraftError(f"{out} cannot be written ({error.strerror})") from error


def _row(one: CheckedSentence) -> tuple[Cell, ...]:
    sentence, references = one.sentence, one.references
    return (
        sentence.id,
        sentence.section,
        sentence.stated,
        one.kind,
        one.told,
        one.meant,
        one.wrong,
        one.right,
        one.reason,
        one.decision.dismissed,
        "\n".join(ref.quote for ref in references),
        "\n".join(ref.beside for ref in references).rstrip(),  # a line a quote
        "\n".join(ref.place for ref in references),
        "\n".join(ref.path for ref in references),
    )
