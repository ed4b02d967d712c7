"""The command that gives recorded answers out as documents, tables and references."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import ProofFile
from assistant.cli.printing import say, show
from assistant.cli.proofs import write_proof
from assistant.errors import RecordError

if TYPE_CHECKING:
    from assistant.records import AnswerRecords, Record

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
_DOCUMENTS = (ExportForm.MARKDOWN, ExportForm.WORD)
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
    conversation: Annotated[
        bool, typer.Option("--conversation", help="With the answers before it in its conversation.")
    ] = False,
    style: Annotated[
        str,
        typer.Option(help="Cite as chicago, apa, ieee, another CSL style or a .csl file does."),
    ] = "",
    proof: ProofFile = None,
) -> None:
    """Give recorded answers out, with numbered references and one bibliography.

    md and docx are the answers with their quotes, csv and xlsx a row a sentence, and an answer's
    table as it is; bibtex, ris and csl-json are the cited pages for a reference manager.
    `rare-earth records` lists the ids. --proof writes instead what one answer cites to a bundle
    that rare-earth verify holds against the original files.
    """
    from assistant.records import AnswerRecords

    if proof:
        if len(ids) > 1 or form or out or conversation or style:
            raise typer.BadParameter("--proof is of one RECORD, and written instead of other forms")
        record = AnswerRecords(context.obj.home).get(ids[0])
        with open_assistant(context.obj) as assistant:
            write_proof(assistant.prove(record), proof)
        return
    wanted = form or (_ENDINGS.get(out.suffix.lower()) if out else ExportForm.MARKDOWN)
    if wanted is None:
        raise typer.BadParameter(f"{out}: say --format, or end it in {', '.join(_ENDINGS)}")
    if style and wanted not in _DOCUMENTS:
        raise typer.BadParameter(f"--style is for md and docx; {wanted} has a form of its own")
    if out is None and wanted in _TO_FILE:
        raise typer.BadParameter(f"{wanted} is written to a file: give --out FILE")
    kept = AnswerRecords(context.obj.home)
    records = [kept.get(one) for one in ids]
    if conversation:
        records = _conversations(kept, records)
    if out is None:
        show(_text(records, wanted, style).rstrip("\n"))
        return
    try:
        _write(records, wanted, out, style)
    except OSError as error:
        raise RecordError(f"{out} cannot be written ({error.strerror})") from error
    say(f"{out}: {len(records)} answers")


def _conversations(kept: "AnswerRecords", records: "Sequence[Record]") -> "list[Record]":
    """Return records, each after those of the turns that led to it, and say what is not kept."""
    turns = [turn for one in records for turn in kept.conversation(one)]
    lost = sum(not turn.id for turn in turns)
    if lost:
        say(f"{lost} earlier answers are no longer recorded; they stand without references")
    by_id = {turn.id or turn.answer["question"]: turn for turn in turns}
    return list(by_id.values())


def _write(records: "Sequence[Record]", form: ExportForm, out: Path, style: str) -> None:
    """Write answers to a file. Raises OSError."""
    from assistant.evaluation.reports.spreadsheets.csv_files import write_csv
    from assistant.evaluation.reports.spreadsheets.workbook import write_workbook
    from assistant.evaluation.whole_files import write_whole
    from assistant.exporting import answer_sheets, write_answer_document

    if form == ExportForm.CSV:
        sheets = answer_sheets(records)
        if len(sheets) > 1:
            raise RecordError(
                f"{out}: a table needs a CSV file of its own; export that record alone, or to .xlsx"
            )
        write_csv(sheets[0], out)
    elif form == ExportForm.WORKBOOK:
        write_workbook(answer_sheets(records), out)
    elif form == ExportForm.WORD:
        write_whole(out, write_answer_document(records, as_word=True, style=style))
    else:
        write_whole(out, _text(records, form, style).encode())


def _text(records: "Sequence[Record]", form: ExportForm, style: str) -> str:
    """Return answers or their references as text."""
    from assistant.exporting import REFERENCE_FORMATS, bibliography_of, write_answer_document

    if form == ExportForm.MARKDOWN:
        return write_answer_document(records, as_word=False, style=style).decode()
    ending = next(ending for ending, one in _ENDINGS.items() if one == form)
    return REFERENCE_FORMATS[ending](bibliography_of(records))
