"""The commands that give answers out: recorded ones as documents, tables and references; grids."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import ProofFile, with_filters
from assistant.cli.printing import counted, one_line, say, show
from assistant.cli.proofs import write_proof
from assistant.desk.grid import Grid, GridRow, plain_lines, source_rows, word_rows
from assistant.desk.grid_sheets import grid_csv, grid_workbook
from assistant.errors import AnswerError, RecordError
from assistant.evaluation.whole_files import write_whole
from assistant.exporting import ExportForm, export_endings, export_records
from index.passage import Filters, admits

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.records import AnswerRecords, Record

app = typer.Typer()


_DOCUMENTS = (ExportForm.MARKDOWN, ExportForm.WORD)
_PRINTED = (
    ExportForm.MARKDOWN,
    ExportForm.BIBTEX,
    ExportForm.RIS,
    ExportForm.CSL_JSON,
)


@app.command()
def export(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="RECORD...", help="Ids of recorded answers.")],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help=f"As what: {', '.join(ExportForm)}, or a form that a package adds; without it, by "
            "the ending of --out, or md.",
        ),
    ] = "",
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
    endings = export_endings()
    wanted = form or (endings.get(out.suffix.lower(), "") if out else ExportForm.MARKDOWN)
    if not wanted:
        raise typer.BadParameter(f"{out}: say --format, or end it in {', '.join(endings)}")
    if wanted not in endings.values():
        raise typer.BadParameter(f"{wanted!r} is no form; one of: {', '.join(endings.values())}")
    if style and wanted not in _DOCUMENTS:
        raise typer.BadParameter(f"--style is for md and docx; {wanted} has a form of its own")
    if out is None and wanted not in _PRINTED:
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
    say(f"{out}: {counted(len(records), 'answer')}")


def _conversations(kept: "AnswerRecords", records: "Sequence[Record]") -> "list[Record]":
    """Return records, each after those of the turns that led to it, and say what is not kept."""
    turns = [turn for one in records for turn in kept.conversation(one)]
    lost = sum(not turn.id for turn in turns)
    if lost:
        say(f"{lost} earlier answers are no longer recorded; they stand without references")
    by_id = {turn.id or turn.answer["question"]: turn for turn in turns}
    return list(by_id.values())


def _grid_file(file: Path) -> Path:
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise typer.BadParameter(f"{file}: a grid is written as .xlsx or .csv")
    if not file.parent.is_dir():
        raise typer.BadParameter(f"{file.parent} is no folder; make it, or name another")
    return file


@app.command()
@with_filters
def grid(
    context: typer.Context,
    questions: Annotated[Path, typer.Argument(help="A text file, a question a line.")],
    out: Annotated[Path, typer.Option(callback=_grid_file, help="FILE.xlsx or FILE.csv.")],
    by: Annotated[
        str, typer.Option(help="'source', or a text file of words: a row for each.")
    ] = "source",
    filters: Filters = Filters(),
) -> None:
    """Ask the same questions of each source, or of each of some words, and write the answers.

    Words such as companies or countries stand before each question, or where it has {}: "How much
    did {} mine in 2025?". Each cell is an answer with its citations, or "not stated". Ctrl-C writes
    what is answered by then.
    """
    across = plain_lines(_lines_of(questions))
    with open_assistant(context.obj) as assistant:
        if by == "source":
            rows = _rows_of_sources(assistant, filters)
        else:
            rows = word_rows(_lines_of(Path(by)))
        if not (across and rows):
            raise AnswerError("a grid needs a question and a row; put one a line into the files")
        filled = _filled(assistant, Grid(rows, across, filters))
    is_csv = out.suffix.lower() == ".csv"
    write_whole(out, grid_csv(filled).encode("utf-8-sig") if is_csv else grid_workbook(filled))
    say(f"{len(filled.cells)} of {filled.size} cells written to {out}")
    if len(filled.cells) < filled.size:
        raise typer.Exit(130)


def _rows_of_sources(assistant: "Assistant", filters: Filters) -> tuple[GridRow, ...]:
    assistant.check_filters(filters)
    indexed = [one.source for one in assistant.sources() if one.state == "indexed"]
    return source_rows([source for source in indexed if admits(filters, source)])


def _filled(assistant: "Assistant", grid: Grid) -> Grid:
    """Fill a grid, saying how far it is; stopped, return it as far as it is filled."""
    try:
        for cell in assistant.fill_grid(grid):
            grid = grid.with_cell(cell)
            asked = one_line(f"{grid.rows[cell.row].head}: {grid.questions[cell.column]}")
            say(f"{len(grid.cells)}/{grid.size} {asked}")
    except KeyboardInterrupt:
        say("stopped")
    return grid


def _lines_of(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnswerError(f"{file} cannot be read ({error}); give a file of plain text") from error
