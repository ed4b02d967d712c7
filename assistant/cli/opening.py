"""Opening a home for the length of one command; rebuild and upgrade, for one that is stale."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.printing import say, show, show_progress
from assistant.desk.filter_words import NOTHING_ADDED
from assistant.errors import NoSourceError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.storage.store import PassageStore

app = typer.Typer()


@contextmanager
def open_assistant(settings: Settings) -> "Iterator[Assistant]":
    from assistant.assistant import Assistant

    assistant = Assistant(settings)
    try:
        yield assistant
    except NoSourceError as error:
        if str(error) != NOTHING_ADDED:
            raise
        raise NoSourceError(f"{error}. The home is {settings.home}") from None
    finally:
        assistant.close()


@app.command()
def rebuild(context: typer.Context) -> None:
    """Build the index anew from the stored pages, and swap it in whole."""
    from index.embedding import load_embedder
    from index.ingestion.rebuilding import rebuild as rebuild_store

    settings: Settings = context.obj
    store = open_store(settings)
    with show_progress() as progress:
        count = rebuild_store(store, lambda: load_embedder(settings.embedding_model), progress)
    store.close()
    show(f"{count} passages embedded")


@app.command()
def upgrade(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Say what would be done, and change nothing.")
    ] = False,
) -> None:
    """Make a home of an earlier version one of this version; what people made stays as it is.

    The home is copied to HOME.backup-DATE first. Then its sources are read anew where files are
    read in another way now, else from their stored pages, and the new index takes the old one's
    place whole. Of a file that is gone what was read before is kept. Run the same command again to
    go on after a stop.
    """
    from index.embedding import load_embedder
    from index.ingestion.upgrading import clear_upgrade
    from index.ingestion.upgrading import upgrade as upgrade_store

    settings: Settings = context.obj
    store = open_store(settings)
    version = store.version()
    if version is None or not version.is_older:
        clear_upgrade(store)
        show(f"{settings.home}: nothing to do; {version or 'the home is empty'}")
        return
    show(f"{settings.home}: {version}\nbecomes: {store.settings}")
    if check:
        _show_plan(store)
        return
    with show_progress() as progress:
        report = upgrade_store(store, lambda: load_embedder(settings.embedding_model), progress)
    store.close()
    show(f"upgraded: {len(report.indexed)} sources; the home as it was: {report.backup}")
    for path in report.kept:
        say(f"kept as it was read before: {path}")
    for line in report.unreadable:
        say(f"not read: {line}")


def open_store(settings: Settings) -> "PassageStore":
    from assistant.cluster.vector_servers import vector_servers
    from index.embedding import embedder_name
    from index.storage.store import PassageStore

    name = embedder_name(settings.embedding_model)
    return PassageStore(settings.home, name, vector_servers(settings))


def _show_plan(store: "PassageStore") -> None:
    from index.ingestion.home_backup import bytes_needed
    from index.ingestion.upgrading import plan_upgrade

    plan = plan_upgrade(store)
    show(f"read anew from their files: {len(plan.read_anew)}; from stored pages: {len(plan.kept)}")
    for path in plan.kept if plan.read_anew else ():
        show(f"    its file is gone: {path}")
    megabytes = bytes_needed(store.home) / 1_000_000
    show(f"backup and new index take about {megabytes:,.0f} MB")
