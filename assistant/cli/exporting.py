"""The command that gives recorded answers out as documents, tables and references."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import ProofFile
from assistant.cli.printing import say, show
from assistant.cli.proofs import write_proof
from assistant.errors import RecordError
from assistant.exporting import ENDINGS, ExportForm, export_records

if TYPE_CHECKING:
    from assistant.records import AnswerRecords, Record

app = typer.Typer()


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
    from assistant.evaluation.whole_files import write_whole
    from assistant.records import AnswerRecords

    if proof:
        if len(ids) > 1 or form or out or conversation or style:
            raise typer.BadParameter("--proof is of one RECORD, and written instead of other forms")
        record = AnswerRecords(context.obj.home).get(ids[0])
        with open_assistant(context.obj) as assistant:
            write_proof(assistant.prove(record), proof)
        return
    wanted = form or (ENDINGS.get(out.suffix.lower()) if out else ExportForm.MARKDOWN)
    if wanted is None:
        raise typer.BadParameter(f"{out}: say --format, or end it in {', '.join(ENDINGS)}")
    if style and wanted not in _DOCUMENTS:
        raise typer.BadParameter(f"--style is for md and docx; {wanted} has a form of its own")
    if out is None and wanted in _TO_FILE:
        raise typer.BadParameter(f"{wanted} is written to a file: give --out FILE")
    kept = AnswerRecords(context.obj.home)
    records = [kept.get(one) for one in ids]
    if conversation:
        records = _conversations(kept, records)
    content = export_records(records, wanted, style)
    if out is None:
        show(content.decode().rstrip("\n"))
        return
    try:
        write_whole(out, content)
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
