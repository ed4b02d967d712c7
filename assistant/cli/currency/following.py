"""Commands for sources from the web that are followed: follow, fetch."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import Json
from assistant.cli.printing import print_json, print_outcomes, say, show, show_progress

_KINDS = ("page", "feed", "sitemap")
app = typer.Typer()


@app.command()
def follow(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="URL... | list | stop URL...",
            help="Addresses to follow; `list` shows what is followed, `stop` ends it.",
        ),
    ] = None,
    every: Annotated[
        str, typer.Option(help="How often it is looked at: from 15m to 52w, such as 12h, 1d.")
    ] = "1d",
    kind: Annotated[
        str, typer.Option(help=f"What it is: {', '.join(_KINDS)}; else the first look tells.")
    ] = "",
    from_file: Annotated[
        Path | None, typer.Option("--from", help="A text file with an address a line.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Follow pages, feeds (RSS, Atom) and sitemaps: `rare-earth fetch` looks at what is due.

    Of a feed or sitemap the pages of its own site are followed. A page that changes becomes a new
    version of its source; what it said before is kept and can be opened, and is no longer searched.
    One that stays gone for a day is no longer searched either, until it comes back. Sites are asked
    one page at a time, as their robots.txt has it.
    """
    told = list(words or ())
    if told == ["list"]:
        _list_followed(context, as_json)
        return
    if told[:1] == ["stop"]:
        _stop(context, told[1:])
        return
    if kind not in ("", *_KINDS):
        raise typer.BadParameter(f"there is no kind {kind!r}; one of: {', '.join(_KINDS)}")
    from assistant.currency import parse_interval, read_addresses

    addresses = [*told, *(read_addresses(from_file) if from_file else ())]
    if not addresses:
        raise typer.BadParameter("give addresses, --from FILE, list, or stop with an address")
    seconds = parse_interval(every)
    with open_assistant(context.obj) as assistant:
        followed = assistant.web.follow(addresses, seconds, kind)
    if as_json:
        print_json({"followed": [asdict(one) for one in followed]})
        return
    show(f"following {len(followed)} address{'es' * (len(followed) != 1)}")
    say("they are first looked at by: rare-earth fetch")


@app.command()
def fetch(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="Look at all that was added or is followed, due or not.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Look at the addresses that are due, and index what is new and what has changed.

    An address that fails is named with the reason, changes nothing, and is tried again later. Run
    the same command again to go on after a stop.
    """
    with open_assistant(context.obj) as assistant, show_progress() as progress:
        report = assistant.web.fetch(progress, everything)
    if as_json:
        print_json(asdict(report))
        return
    counted_as = {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "moved": report.moved,
        "back": report.back,
        "gone": report.gone,
        "failed": report.failed,
    }
    named_as = {name: lines for name, lines in counted_as.items() if name != "unchanged"}
    print_outcomes(counted_as, named_as | {"listed": report.listed})


def _list_followed(context: typer.Context, as_json: bool) -> None:
    """Print what was added or is followed, with its looks and faults."""
    with open_assistant(context.obj) as assistant:
        known = assistant.web.known()
    if as_json:
        print_json({"followed": [asdict(one) for one in known]})
        return
    for one in known:
        kind = one.kind or "not looked at yet"
        when = f"next look {_minute(one.next_look)}" if one.next_look else "looked at when asked"
        last = f"last look {_minute(one.looked)}" if one.looked else "no look yet"
        show(f"{one.address}\n    {kind}; {last}; {when}")
        if one.source_id:
            show(f"    source {one.source_id}")
        if one.fault:
            show(f"    fault: {one.fault}")
    if not known:
        say("nothing is followed yet; begin with: rare-earth follow URL")


def _stop(context: typer.Context, addresses: list[str]) -> None:
    if not addresses:
        raise typer.BadParameter("give the addresses that are to be followed no more")
    with open_assistant(context.obj) as assistant:
        for address in addresses:
            assistant.web.stop(address)
            show(f"no longer followed: {address}")


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ") + " UTC"
