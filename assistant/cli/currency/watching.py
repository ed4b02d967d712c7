"""The command that watches folders and keeps a home current until it is stopped."""

import signal
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.printing import one_line, say
from corpus.extras import missing_extra
from index.errors import FollowingError

app = typer.Typer()

_LEAST_SECONDS = 10  # between two syncs by schedule


@app.command()
def watch(
    context: typer.Context,
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="[FOLDER...]", help="Folders to sync.")
    ] = None,
    every: Annotated[
        str, typer.Option(help="How often all is synced without a change: 15m, 1h, 1d.")
    ] = "1h",
) -> None:
    """Watch folders and what is followed on the web, and look what each sync has changed.

    What changes in the folders is synced at once, and all on a schedule, too; feeds, sitemaps and
    pages that are followed are looked at when they are due.

    Each sync is a line on stderr, and so is how many changes wait in the radar. Others go on asking
    meanwhile; a home that another process writes to is waited for. Without folders only the web
    is looked at. Ctrl-C ends it; stopped at any moment, the same command goes on.
    """
    if run := missing_extra("web", "watchfiles"):
        raise FollowingError(f"changes of folders are told by watchfiles; run: {run}")
    from assistant.currency import parse_interval
    from assistant.currency.watching import Watch

    if missing := [folder for folder in folders or () if not folder.is_dir()]:
        raise typer.BadParameter(f"{missing[0]} is no folder; give folders that are there")
    seconds = parse_interval(every, _LEAST_SECONDS)
    resolved = [folder.resolve() for folder in folders or ()]
    with open_assistant(context.obj) as assistant:
        watching = Watch(assistant, resolved, seconds, lambda line: say(one_line(line)))
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda *_: watching.stop())
        watching.run()
