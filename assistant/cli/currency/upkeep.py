"""Commands that keep a home whole: backup, restore, doctor, compact."""

from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.opening import open_store
from assistant.cli.options import Json
from assistant.cli.printing import counted, print_json, say, show, show_progress
from assistant.errors import AnswerError
from assistant.settings import Settings

if TYPE_CHECKING:
    from index.upkeep.damage import Finding

app = typer.Typer()


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help="The file to write; without it HOME-DATE.zip in this folder."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Put the home into one file, while others ask and add.

    All is as of one moment: sources, pages, facts and vectors, files that were sent, records,
    conversations, checks and runs. The file may be read by you alone. Files that were added from
    your folders are not in it; what was read of them is.
    """
    from index.upkeep.archive import archive_home

    settings: Settings = context.obj
    _require_home(settings.home)
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    target = file or Path(f"{settings.home.resolve().name.lstrip('.')}-{moment}.zip")
    store = open_store(settings)
    with show_progress() as progress:
        archived = archive_home(store, target, progress)
    store.close()
    if as_json:
        print_json(asdict(archived) | {"file": str(archived.file)})
        return
    show(
        f"{archived.file}: {counted(archived.sources, 'source')},"
        f" {counted(archived.passages, 'passage')}, {archived.bytes / 1_000_000:,.1f} MB"
    )
    if lacking := archived.passages - archived.vectors:
        say(f"note: {lacking} passages were taken out meanwhile; restore embeds them anew")


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that backup made.")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Put a home that stands there aside, and take its place."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Make a home of a backup, whole or not at all, at --home.

    Each file is held against its digest first. End the app and the server of that home before.
    """
    from index.embedding import embedder_name, load_embedder
    from index.upkeep.restoring import restore_home

    settings: Settings = context.obj
    with show_progress() as progress:
        restored = restore_home(
            file,
            settings.home,
            embedder_name(settings.embedding_model),
            lambda: load_embedder(settings.embedding_model),
            replace,
            progress,
        )
    if as_json:
        print_json(asdict(restored) | {"before": str(restored.before or "")})
        return
    show(
        f"{settings.home}: {counted(restored.sources, 'source')},"
        f" {counted(restored.passages, 'passage')}, as of {restored.taken}"
    )
    if restored.embedded:
        say(f"note: {restored.embedded} passages were embedded anew")
    if settings.vector_addresses:
        say("note: the vectors lie in the home; to have them on the servers: rare-earth rebuild")
    if restored.before:
        say(f"note: the home that stood there is now {restored.before}; delete it when you like")


@app.command()
def doctor(
    context: typer.Context,
    mend: Annotated[
        bool, typer.Option("--mend", help="Mend what can be; say what is lost.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Look for damage in the home, and with --mend mend it.

    Looked at are databases, sources, pages, passages, facts, the indexes of words, copies, vectors
    and what interrupted work has left over. Pages are mended from their files where these are
    still the ones that were read, all else from the pages. Exit code 1 where damage remains. Before
    --mend end the app and the server, and take a backup of the home's folder if it matters.
    """
    from index.embedding import load_embedder
    from index.upkeep.damage import Patient
    from index.upkeep.doctor import examine

    settings: Settings = context.obj
    findings = []
    with show_progress() as progress:
        patient = Patient(
            settings.home,
            partial(open_store, settings),
            cache(partial(load_embedder, settings.embedding_model)),
            progress,
        )
        for one in examine(patient, mend):
            findings.append(one)
            if not as_json:
                show(_told(one))
    if as_json:
        print_json({"findings": [asdict(one) for one in findings]})
    elif not findings:
        show(f"{settings.home}: no damage found")
    elif not mend:
        say("to mend it: rare-earth doctor --mend")
    if any(one.outcome != "mended" for one in findings):
        raise typer.Exit(1)


@app.command("compact")
def compact_home(context: typer.Context) -> None:
    """Make the home as small and fast as what it holds allows, while others ask.

    Indexes of words are merged, and the room of what was removed is given up. It takes the room of
    a second catalog for a while.
    """
    from index.ingestion.compacting import compact

    settings: Settings = context.obj
    _require_home(settings.home)
    store = open_store(settings)
    saved = compact(store)
    store.close()
    show(f"{settings.home}: {saved / 1_000_000:,.1f} MB less")


def _told(finding: "Finding") -> str:
    lost = f"; lost: {finding.lost}" if finding.lost else ""
    return f"{finding.outcome}: {finding.kind}: {finding.what}{lost}"


def _require_home(home: Path) -> None:
    if not (home / "catalog.sqlite").exists():
        raise AnswerError(f"there is no home at {home}; give another --home")
