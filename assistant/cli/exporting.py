"""The command that gives recorded answers out as documents, tables and references."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.printing import say, show
from assistant.errors import RecordError

if TYPE_CHECKING:
    from assistant.records import Record

app = typer.Typer()


class ExportForm(StrEnum):
    """As what answers are given out."""

    MARKDOWN = "md"
    WORD = "docx"
    CSV = "csv"
    WORKBOOK = "xlsx"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"


_ENDINGS: Mapping[str, ExportForm] = {
    ".md": ExportForm.MARKDOWN,
    ".docx": ExportForm.WORD,
    ".csv": ExportForm.CSV,
    ".xlsx": ExportForm.WORKBOOK,
    ".bib": ExportForm.BIBTEX,
    ".ris": ExportForm.RIS,
    ".json": ExportForm.CSL_JSON,
}
_TO_FILE = (ExportForm.WORD, ExportForm.CSV, ExportForm.WORKBOOK)


@app.command()
def export(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="RECORD...", help="Ids of recorded answers.")],
    form: Annotated[
        ExportForm | None,
        typer.Option("--format", help="As what; without it, by the ending of --out, or md."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file; without it, text is printed.")] = None,
) -> None:
    """Give recorded answers out, with numbered references and one bibliography.

    md and docx are the answers with their quotes, csv and xlsx a row a sentence; bibtex, ris and
    csl-json are the cited pages for a reference manager. `rare-earth records` lists the ids.
    """
    from assistant.records import AnswerRecords

    wanted = form or (_ENDINGS.get(out.suffix.lower()) if out else ExportForm.MARKDOWN)
    if wanted is None:
        raise typer.BadParameter(f"{out}: say --format, or end it in {', '.join(_ENDINGS)}")
    if out is None and wanted in _TO_FILE:
        raise typer.BadParameter(f"{wanted} is written to a file: give --out FILE")
    kept = AnswerRecords(context.obj.home)
    records = [kept.get(one) for one in ids]
    if out is None:
        show(_text(records, wanted).rstrip("\n"))
        return
    try:
        _write(records, wanted, out)
    except OSError as error:
        raise RecordError(f"{out} cannot be written ({error.strerror})") from error
    say(f"{out}: {len(records)} answers")


def _write(records: "Sequence[Record]", form: ExportForm, out: Path) -> None:
    """Write answers to a file. Raises OSError."""
    from assistant.evaluation.reports.spreadsheets.csv_files import write_csv
    from assistant.evaluation.reports.spreadsheets.workbook import write_workbook
    from assistant.evaluation.whole_files import write_whole
    from assistant.exporting import sentence_table, write_answer_document

    if form == ExportForm.CSV:
        write_csv(sentence_table(records), out)
    elif form == ExportForm.WORKBOOK:
        write_workbook((sentence_table(records),), out)
    elif form == ExportForm.WORD:
        write_whole(out, write_answer_document(records, as_word=True))
    else:
        write_whole(out, _text(records, form).encode())


def _text(records: "Sequence[Record]", form: ExportForm) -> str:
    """Return answers or their references as text."""
    from assistant.exporting import (
        bibliography_of,
        to_bibtex,
        to_csl_json,
        to_ris,
        write_answer_document,
    )

    if form == ExportForm.MARKDOWN:
        return write_answer_document(records, as_word=False).decode()
    to = {ExportForm.BIBTEX: to_bibtex, ExportForm.RIS: to_ris, ExportForm.CSL_JSON: to_csl_json}
    return to[form](bibliography_of(records))
