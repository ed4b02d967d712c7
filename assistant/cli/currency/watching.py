"""The command that watches folders and keeps a home current until it is stopped."""

import re
import signal
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.printing import one_line, say

app = typer.Typer()

_SPAN = re.compile(r"(\d+)\s*([smhd])")  # of the command line: 90s, 15m, 1h, 1d
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def _seconds(span: str) -> str:
    if not _SPAN.fullmatch(span):
        raise typer.BadParameter(f"{span!r} is no span of time; give one such as 15m, 1h or 1d")
    return span


@app.command()
def watch(
    context: typer.Context,
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="[FOLDER...]", help="Folders to sync.")
    ] = None,
    every: Annotated[
        str, typer.Option(callback=_seconds, help="How often all is synced without a change.")
    ] = "1h",
) -> None:
    """Watch folders: sync what changes in them, on a schedule too, and look what it changed.

    Each sync is a line on stderr, and so is how many changes wait in the radar. Others go on asking
    meanwhile; a home that another process writes to is waited for. Without folders only the radar
    looks on its schedule. Ctrl-C ends it; stopped at any moment, the same command goes on.
    """
    from assistant.currency.watching import Watch

    if missing := [folder for folder in folders or () if not folder.is_dir()]:
        raise typer.BadParameter(f"{missing[0]} is no folder; give folders that are there")
    number, unit = _SPAN.fullmatch(every).groups()  # type: ignore[union-attr]
    resolved = [folder.resolve() for folder in folders or ()]
    with open_assistant(context.obj) as assistant:
        watching = Watch(
            assistant, resolved, int(number) * _SECONDS[unit], lambda line: say(one_line(line))
        )
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda *_: watching.stop())
        watching.run()
