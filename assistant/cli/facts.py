"""The command that looks up the ledger: facts in words, conflicts, as a table or a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import Json, with_filters
from assistant.cli.printing import one_line, print_json, say, show
from assistant.evaluation.reports.spreadsheets.table import Table
from assistant.fact_writing import (
    about_text,
    conflict_to_json,
    converted_text,
    found_to_json,
    given_as_text,
    nothing_found_lines,
    place_text,
    value_text,
    write_facts_csv,
    write_facts_workbook,
)
from assistant.views import timeline_table, timeline_to_json, write_table
from corpus.instructions import visible
from index.facts import Conflict, LedgerFact
from index.passage import Filters

app = typer.Typer()

CsvFile = Annotated[Path | None, typer.Option("--csv", help="Write it to this CSV file.")]
XlsxFile = Annotated[Path | None, typer.Option("--xlsx", help="Write it to this workbook.")]
_WIDE = 180  # signs a line where the output is no terminal


@app.command()
@with_filters
def facts(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="What to look up, in full or in shorthand.")] = "",
    limit: Annotated[int, typer.Option("-k", min=1, max=10_000, help="How many facts.")] = 20,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="List where sources contradict each other.")
    ] = False,
    csv: Annotated[Path | None, typer.Option(help="Write the facts to this CSV file.")] = None,
    xlsx: Annotated[
        Path | None, typer.Option(help="Write them to this workbook, each with a link to its page.")
    ] = None,
    as_json: Json = False,
    filters: Filters = Filters(),
) -> None:
    """Look up figures, dates and names in the ledger of facts, each with the place that says it.

    The words may be shorthand: "NdPr oxide avg px 2025", "Oz REO output 24", "LYC rev FY24",
    "Tb px in USD/kg", "MCS 2026 China reserves". Tickers, symbols, former and Chinese names are
    understood. Where no fact says so in these words, facts that seem to mean it are shown, and
    that is said; where these give several values, they are shown as what may be meant. A fact of
    another year, unit or place than the one asked for is not shown; where nothing fits, what was
    understood is told, and what the nearest facts lack.
    """
    if bool(words) == conflicts:
        raise typer.BadParameter("give WORDS or --conflicts, one of the two")
    if conflicts and (csv or xlsx):
        raise typer.BadParameter("--conflicts is printed or given as --json; leave the file out")
    with open_assistant(context.obj) as assistant:
        if conflicts:
            _show_conflicts(assistant.conflicts(filters), as_json)
            return
        found = assistant.facts(words, limit, filters)
        if (csv or xlsx) and found.facts:
            assistant.keep_table(words, found.facts)
    if csv:
        write_facts_csv(found.facts, csv)
    if xlsx:
        write_facts_workbook(found.facts, xlsx)
    if as_json:
        print_json(found_to_json(found))
    elif not (csv or xlsx):
        print_facts(found.facts, found.query.unit)
    for file in filter(None, (csv, xlsx)):
        say(f"{len(found.facts)} facts written to {file}")
    if not found.facts:
        for line in nothing_found_lines(found):
            say(line)
        if not found.lacking:
            say('try fewer words, another spelling, or: rare-earth search "..." for passages')
        if found.may_mean and not as_json:
            say("one of these may be meant:")
            print_facts(found.may_mean, found.query.unit)
    elif found.without:
        say(f"without: {' '.join(found.without)}")
    elif found.is_by_meaning:
        say("no fact says so in these words; these seem to mean it")


@app.command()
@with_filters
def timeline(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="The topic: names, events, a time.")],
    csv: CsvFile = None,
    xlsx: XlsxFile = None,
    as_json: Json = False,
    filters: Filters = Filters(),
) -> None:
    """List the dated statements about a topic in order, each with its sentence and place.

    Announcements, starts, suspensions, deadlines and other dates of the ledger, to the precision
    to which each is given: "China export controls", "Lynas", "Announcement 70". A name or word may
    stand in the sentence, in the heading above it or in the title of its source.
    """
    with open_assistant(context.obj) as assistant:
        found = assistant.timeline(words, filters)
    is_written = write_files(timeline_table(found), csv, xlsx)
    if as_json:
        print_json(timeline_to_json(found))
        return
    for one in () if is_written else found.statements:
        told = "; ".join(filter(None, (one.event, one.about, _status(one.found))))
        show(f"{one.date_text}  {told}")
        show(f'    "{one_line(one.sentence)}"')
        show(f"    {place_text(one.found)}  ({one.found.source.path})")
    if not found.statements:
        say('no dated statement is about this; try fewer words, or: rare-earth search "..."')
    elif found.is_by_meaning:
        say("no dated statement has these words; these stand in the passages nearest to them")


def write_files(table: Table, csv: Path | None, xlsx: Path | None) -> bool:
    """Write a table to the files that are named, say so, and tell whether there is one."""
    if csv and csv.suffix.lower() == ".xlsx":
        raise typer.BadParameter(f"{csv}: give a workbook as --xlsx")
    if xlsx and xlsx.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{xlsx}: a workbook is a .xlsx file")
    files = [file for file in (csv, xlsx) if file]
    for file in files:
        write_table(table, file)
        say(f"{len(table.rows)} rows written to {file}")
    return bool(files)


def _status(one: LedgerFact) -> str:
    return "" if one.fact.status == "reported" else one.fact.status


def print_facts(facts: Sequence[LedgerFact], unit: str = "") -> None:
    """Print facts as a table: value, what of, when, and where it stands."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not facts:
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("value", "measure", "about", "period", "given as", "source"):
        table.add_column(head, justify="right" if head == "value" else "left", overflow="fold")
    for one in facts:
        fact = one.fact
        value = value_text(fact)
        if converted := converted_text(fact, unit):
            value = f"{converted} ({value})"
        cells = (
            value,
            fact.measure,
            about_text(fact),
            fact.period.text if fact.period else "",
            given_as_text(one),
            f"{place_text(one)}  ({one.source.path})",
        )
        table.add_row(*(Text(visible(cell)) for cell in cells))
    console.print(table)


def _show_conflicts(found: Sequence[Conflict], as_json: bool) -> None:
    if as_json:
        print_json({"conflicts": [conflict_to_json(one) for one in found]})
        return
    for conflict in found:
        fact = conflict.facts[0].fact
        period = fact.period.text if fact.period else ""
        show(", ".join(filter(None, (fact.measure, about_text(fact), period, fact.basis))))
        for one in conflict.facts:
            show(f"  {value_text(one.fact)}: {place_text(one)}  ({one.source.path})")
            show(f'      "{one_line(one.quote)[:300]}"')
    if not found:
        say("no two sources contradict each other")
