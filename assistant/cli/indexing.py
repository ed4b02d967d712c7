"""Commands that change or list what is indexed: add, sources, collections."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.answer import recognition
from assistant.cli.facts import CsvFile, XlsxFile, print_facts, write_files
from assistant.cli.opening import open_assistant
from assistant.cli.options import Json, RayAddress
from assistant.cli.printing import (
    counted,
    one_line,
    print_json,
    print_outcomes,
    say,
    show,
    show_progress,
)
from assistant.desk.filter_words import NOTHING_ADDED
from assistant.errors import NoSourceError
from assistant.fact_writing import about_text, fact_to_json, value_text
from assistant.source_list import STATES, list_sources, listed_source_to_json
from assistant.views import changes_table, comparison_to_json
from corpus.document import Source
from index.ingestion.sync import SyncReport
from index.passage import Filters, admits

if TYPE_CHECKING:
    from assistant.assistant import Assistant

_TOLD = 3  # sources that are named where several fit
app = typer.Typer()
collections_app = typer.Typer(
    help="Name sets of sources to ask within by --collection.", invoke_without_command=True
)
sources_app = typer.Typer(help="List, show and remove sources.", invoke_without_command=True)


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATHS|URLS]...", help="Files, folders and addresses. A folder is synced."
        ),
    ] = None,
    shipped: Annotated[
        bool, typer.Option("--shipped", help="Add the documents that come with the program, too.")
    ] = False,
    ray: RayAddress = "",
    as_json: Json = False,
) -> None:
    """Read and index files and pages of the web; sync folders: new, changed and removed files.

    Read are PDF (scanned pages are recognised where Tesseract is installed), web pages (.html,
    .htm, .xhtml), Word papers (.docx), presentations (.pptx), workbooks (.xlsx, .xlsm), tables
    (.csv, .tsv), articles and feeds (.json, .jsonl, .xml, .rss, .atom), e-mail (.eml), Markdown
    (.md, .markdown) and plain text (.txt, .text). A file or page that cannot be read is named with
    the reason and stops nothing; the exit code is 1 where nothing could be read. Copies of one
    document are found and the best one is cited.

    A page of the web is fetched and kept in the home with its address and date; `rare-earth follow`
    looks at it again and again.

    Run the same command again to follow changes, or to go on after a stop: what is indexed is not
    read again.
    """
    from corpus.build_pdfs import DOCUMENTS

    given = paths or []
    addresses = [one for one in given if _is_address(one)]
    added = [Path(one) for one in given if not _is_address(one)] + [DOCUMENTS] * shipped
    if not given and not shipped:
        raise typer.BadParameter("give files, folders or addresses, or --shipped")
    report = SyncReport()
    with open_assistant(context.obj) as assistant, show_progress() as progress:
        if added:
            report = assistant.add(added, progress, ray)
        if addresses:
            report = report.and_then(assistant.web.add(addresses, progress))
    if as_json:
        print_json(asdict(report))
    else:
        _print_report(report)
    read = (*report.new, *report.changed, *report.unchanged, *report.set_aside)
    if report.unreadable and not read:
        raise typer.Exit(1)


def _print_report(report: SyncReport) -> None:
    """Print what adding did, and of which files it did not do all."""
    counted_as = {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "set aside": report.set_aside,
        "not read": report.unreadable,
    }
    named_as = {
        "not read": report.unreadable,
        "set aside": report.set_aside,
        "read in part": report.faults,
        "note": report.remarks,
    }
    print_outcomes(counted_as, named_as, f"; {report.embedded} passages embedded")


@sources_app.callback()
def _sources(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_all(context)


@sources_app.command("list")
def list_all(
    context: typer.Context,
    state: Annotated[str, typer.Option(help=f"Only in this state: {', '.join(STATES)}.")] = "",
    as_json: Json = False,
) -> None:
    """List all sources with date, pages, state, copies and editions."""
    if state not in ("", *STATES):
        raise typer.BadParameter(f"there is no state {state!r}; one of: {', '.join(STATES)}")
    with open_assistant(context.obj) as assistant:
        listed = list_sources(assistant.sources())
    chosen = [one for one in listed if state in ("", one.state)]
    if as_json:
        print_json([listed_source_to_json(one) for one in chosen])
        return
    for one in chosen:
        source = one.record.source
        show(f"{source.id}  {source.path}\n    {source.title}  ({_about(source)})")
        pages = f"{one.record.pages} p." if one.record.pages else ""
        count = len(one.copies)
        copies = f"{count} more {'copies' if count > 1 else 'copy'}"
        told = (
            pages,
            one.standing or (copies if count else ""),
            one.edition_note,
            *source.faults,
            *source.remarks,
        )
        show(f"    {'; '.join(filter(None, told))}")
    if not listed:
        say(f"{NOTHING_ADDED}. The home is {context.obj.home}")
    elif not chosen:
        say(f"no source is in the state {state!r}")


@sources_app.command("show")
def show_source(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="An id, or a part of a path or title.")],
    number: Annotated[
        int | None, typer.Option("--page", min=1, help="Only this page, as a PDF viewer counts.")
    ] = None,
    with_facts: Annotated[
        bool, typer.Option("--facts", help="Show the facts that were read from it instead.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what is known of a source, its copies and editions, and its stored text by page.

    With --facts its figures, dates and names as the ledger holds them, each with its page.
    """
    with open_assistant(context.obj) as assistant:
        source_id = _one_id(assistant, source)
        if with_facts:
            facts = assistant.ledger.of_source(source_id)
            if as_json:
                print_json({"facts": [fact_to_json(one) for one in facts]})
            else:
                print_facts(facts)
            return
        every = list_sources(assistant.store.catalog.all_sources())
        listed = next(one for one in every if one.record.source.id == source_id)
        pages = assistant.pages(source_id)
        if number:
            pages = (assistant.page(source_id, number),)
    if as_json:
        print_json(
            listed_source_to_json(listed)
            | {"pages": [{"number": p.number, "label": p.label, "text": p.text} for p in pages]}
        )
        return
    for name, value in asdict(listed.record.source).items():
        if value:
            show(f"{name}: {', '.join(map(str, value)) if isinstance(value, tuple) else value}")
    show(f"state: {listed.standing or listed.record.state}")
    for copy in listed.copies:
        reason = f" ({copy.reason})" if copy.reason else ""
        show(f"copy: {copy.source.id}  {copy.source.path}{reason}")
    for version in listed.versions:
        show(f"other version: {version.id}  fetched {version.fetched[:10]}")
    for edition in listed.editions:
        show(f"other edition: {edition.id}  {edition.path}  {_about(edition)}")
    for page in pages:
        show(f"\n--- page {page.number} (printed {page.label}) ---\n{page.text}")


@sources_app.command("compare")
def compare_sources(
    context: typer.Context,
    older: Annotated[str, typer.Argument(help="The older edition: an id, or a part of a path.")],
    newer: Annotated[str, typer.Argument(help="The newer one.")],
    csv: CsvFile = None,
    xlsx: XlsxFile = None,
    as_json: Json = False,
) -> None:
    """Compare two editions of a source: facts changed, added and gone, and the text by paragraph.

    Facts are the same where all that figures are compared by is the same but for the value.
    """
    with open_assistant(context.obj) as assistant:
        editions = (_one_id(assistant, words) for words in (older, newer))
        compared = assistant.compare_editions(*editions)
    is_written = write_files(changes_table(compared), csv, xlsx)
    if as_json:
        print_json(comparison_to_json(compared))
    if as_json or is_written:
        return
    show(f"facts: {len(compared.changed)} changed, {compared.same_facts} the same")
    for one in compared.changed:
        before, after = one.before.fact, one.after.fact
        period = before.period.text if before.period else ""
        told = ", ".join(filter(None, (before.measure, about_text(before), period)))
        show(f"  {told}: {value_text(before)} -> {value_text(after)}")
    for name, facts in (("added", compared.added), ("gone", compared.gone)):
        show(f"facts {name}: {len(facts)}")
        print_facts(facts)
    show(f"text: {len(compared.texts)} changes, {compared.same_paragraphs} paragraphs the same")
    for text in compared.texts:
        for sign, paragraphs in (("-", text.before), ("+", text.after)):
            for paragraph in paragraphs:
                show(f"{sign} p. {paragraph.page}: {one_line(paragraph.text)}")


def _is_address(word: str) -> bool:
    return "://" in word and not Path(word).exists()


def _about(source: Source) -> str:
    told = (source.publisher, source.published, source.edition, source.version, recognition(source))
    return "; ".join(filter(None, told)) or "no date"


@sources_app.command("remove")
def remove_source(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="An id, or a part of a path or title.")],
) -> None:
    """Remove a source; it stays out until its file is added by name."""
    with open_assistant(context.obj) as assistant:
        source_id = _one_id(assistant, source)
        assistant.remove(source_id)
    show(f"removed {source_id}")


_Sources = Annotated[
    list[str], typer.Argument(help="Ids, or parts of paths or titles: all sources that fit.")
]


@collections_app.callback()
def _collections(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_collections(context)


@collections_app.command("list")
def list_collections(context: typer.Context, as_json: Json = False) -> None:
    """List the collections with their sources."""
    with open_assistant(context.obj) as assistant:
        held = assistant.collections.all()
        paths = {one.source.id: one.source.path for one in assistant.sources()}
    if as_json:
        print_json({"collections": [asdict(one) for one in held]})
        return
    for one in held:
        show(f"{one.name}: {counted(len(one.source_ids), 'source')}")
        for source_id in one.source_ids:
            show(f"    {source_id}  {paths.get(source_id, 'was removed')}")
    if not held:
        say("no collections yet; make one: rare-earth collections make NAME SOURCE...")


@collections_app.command("make")
def make_collection(context: typer.Context, name: str, sources: _Sources) -> None:
    """Make a collection of sources."""
    with open_assistant(context.obj) as assistant:
        made = assistant.collections.make(name, _ids(assistant, sources))
    show(f"{made.name}: {counted(len(made.source_ids), 'source')}")


@collections_app.command("add")
def add_to_collection(context: typer.Context, name: str, sources: _Sources) -> None:
    """Put sources into a collection."""
    with open_assistant(context.obj) as assistant:
        one = assistant.collections.add(name, _ids(assistant, sources))
    show(f"{one.name}: {counted(len(one.source_ids), 'source')}")


@collections_app.command("remove")
def remove_from_collection(context: typer.Context, name: str, sources: _Sources) -> None:
    """Take sources out of a collection; they stay in the home."""
    with open_assistant(context.obj) as assistant:
        one = assistant.collections.remove(name, _ids(assistant, sources))
    show(f"{one.name}: {counted(len(one.source_ids), 'source')}")


@collections_app.command("delete")
def delete_collection(context: typer.Context, name: str) -> None:
    """Delete a collection; its sources stay in the home."""
    with open_assistant(context.obj) as assistant:
        assistant.collections.delete(name)
    show(f"deleted {name}")


def _one_id(assistant: "Assistant", words: str) -> str:
    """Return the source of an id or path, or of a part of the path or title of one alone."""
    every = [record.source for record in assistant.store.catalog.all_sources()]
    fitting = [one for one in every if words in (one.id, one.path)]
    fitting = fitting or [one for one in every if admits(Filters(source=words), one)]
    if len(fitting) > 1:
        told = ", ".join(one.id for one in fitting[:_TOLD])
        raise NoSourceError(f"{len(fitting)} sources fit {words!r}, such as {told}; give one id")
    return fitting[0].id if fitting else assistant.source(words).id  # which is then an error


def _ids(assistant: "Assistant", sources: Sequence[str]) -> tuple[str, ...]:
    return tuple(id for words in sources for id in assistant.source_ids(words))
