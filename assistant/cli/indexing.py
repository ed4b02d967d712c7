"""Commands that change or list what is indexed: add, sources, rebuild."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import Json
from assistant.cli.printing import print_json, say, show_progress
from assistant.settings import Settings

app = typer.Typer()
sources_app = typer.Typer(help="List, show and remove sources.", invoke_without_command=True)


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files and folders. A folder is synced.")],
    as_json: Json = False,
) -> None:
    """Read and index files; sync folders: new, changed and removed files are followed.

    PDF, plain text, Markdown and HTML are read; scanned pages are recognised where Tesseract is
    installed. A file or page that cannot be read is named with the reason and stops nothing. Run
    the same command again to follow changes, or to go on after a stop.
    """
    from index.embedding import load_embedder
    from index.sync import add_paths

    settings: Settings = context.obj
    with open_assistant(settings) as assistant, show_progress() as progress:
        report = add_paths(
            assistant.store, lambda: load_embedder(settings.embedding_model), paths, progress
        )
    if as_json:
        print_json(
            {
                "new": report.new,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "removed": report.removed,
                "unreadable": report.unreadable,
                "faults": report.faults,
                "embedded": report.embedded,
            }
        )
        return
    counts = (len(report.new), len(report.changed), len(report.unchanged), len(report.removed))
    print("{} new, {} changed, {} unchanged, {} removed".format(*counts), end="")
    print(f", {len(report.unreadable)} not read; {report.embedded} passages embedded")
    for reason in report.unreadable:
        say(f"not read: {reason}")
    for fault in report.faults:
        say(f"read in part: {fault}")


@sources_app.callback()
def _sources(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_sources(context)


@sources_app.command("list")
def list_sources(context: typer.Context, as_json: Json = False) -> None:
    """List all sources with date, pages and state."""
    from assistant.answer import recognition, source_to_json

    with open_assistant(context.obj) as assistant:
        records = assistant.sources()
    if as_json:
        print_json(
            [
                source_to_json(r.source)
                | {"state": r.state, "reason": r.reason, "faults": r.source.faults}
                | {"pages": r.pages, "passages": r.passages}
                for r in records
            ]
        )
        return
    for record in records:
        source = record.source
        told = (source.publisher, source.published, source.edition, recognition(source))
        about = "; ".join(filter(None, told))
        state = f"{record.pages} p." if record.state == "indexed" else f"NOT READ: {record.reason}"
        state += "".join(f"; {fault}" for fault in source.faults)
        print(f"{source.id}  {source.path}\n    {source.title}  ({about or 'no date'})  {state}")
    if not records:
        say("no sources yet; add some: rare-earth add FOLDER")


@sources_app.command("show")
def show_source(context: typer.Context, source_id: str, as_json: Json = False) -> None:
    """Show what is known of a source, and its stored text page by page."""
    from dataclasses import asdict

    with open_assistant(context.obj) as assistant:
        record = assistant.store.catalog.source(source_id)
        pages = assistant.store.catalog.pages(source_id)
    if as_json:
        print_json(
            asdict(record.source)
            | {"state": record.state, "reason": record.reason}
            | {"pages": [{"number": p.number, "label": p.label, "text": p.text} for p in pages]}
        )
        return
    for name, value in asdict(record.source).items():
        if value:
            print(f"{name}: {value}")
    for page in pages:
        print(f"\n--- page {page.number} (printed {page.label}) ---\n{page.text}")


@sources_app.command("remove")
def remove_source(context: typer.Context, source_id: str) -> None:
    """Remove a source; it stays out until its file is added by name."""
    from index.sync import remove_source as remove

    with open_assistant(context.obj) as assistant:
        remove(assistant.store, source_id)
    print(f"removed {source_id}")


@app.command()
def rebuild(context: typer.Context) -> None:
    """Build the index anew from the stored pages, and swap it in whole."""
    from index.embedding import embedder_name, load_embedder
    from index.store import PassageStore
    from index.sync import rebuild as rebuild_store

    settings: Settings = context.obj
    store = PassageStore(settings.home, embedder_name(settings.embedding_model))
    with show_progress() as progress:
        count = rebuild_store(store, load_embedder(settings.embedding_model), progress)
    store.close()
    print(f"{count} passages embedded")
