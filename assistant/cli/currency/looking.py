"""The commands of the radar: what changed for what is kept, questions saved, changes seen."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import Json
from assistant.cli.printing import counted, one_line, print_json, say, show
from assistant.errors import RadarError
from assistant.evaluation.whole_files import write_whole
from assistant.radar import change_to_json, subscription_to_json
from assistant.radar.feed import DIGEST_ENDINGS, atom_feed, digest
from assistant.radar.telling import change_lines

if TYPE_CHECKING:
    from assistant.radar import Change

app = typer.Typer(
    help="See what changed for answers, drafts, tables and questions that are kept.",
    invoke_without_command=True,
)


def _digest_file(file: Path | None) -> Path | None:
    if file and file.suffix.lower() not in DIGEST_ENDINGS:
        raise typer.BadParameter(f"{file}: a digest ends in {', '.join(DIGEST_ENDINGS)}")
    return file


_Atom = Annotated[Path | None, typer.Option(help="Write the changes to this file as a feed.")]
_Digest = Annotated[
    Path | None,
    typer.Option(
        "--digest",
        callback=_digest_file,
        help="Write them to this file as an e-mail (.eml), a page (.html) or plain text (.txt).",
    ),
]
_Everything = Annotated[bool, typer.Option("--all", help="What was seen, too.")]
_Question = Annotated[str, typer.Argument(help="The question, as you would ask it.")]


@app.callback()
def _radar(
    context: typer.Context,
    atom: _Atom = None,
    digest_file: _Digest = None,
    everything: _Everything = False,
    as_json: Json = False,
) -> None:
    if context.invoked_subcommand is None:
        look(context, atom, digest_file, everything, as_json)


@app.command()
def look(
    context: typer.Context,
    atom: _Atom = None,
    digest_file: _Digest = None,
    everything: _Everything = False,
    as_json: Json = False,
) -> None:
    """Hold what is kept against the sources as they are now, and say what is not seen yet.

    Kept are recorded answers, checked drafts, exported tables and saved questions. A change is told
    once, with all that it touches: a newer value, words that are no longer said, a conflict with
    another publisher, an answer that is out of date, a new document on a question. No prompt is run
    again: facts and the words of the sources are compared. `rare-earth radar` alone does the same.
    """
    with open_assistant(context.obj) as assistant:
        assistant.look()
        changes = assistant.radar.changes(with_seen=everything)
    if atom:
        _write(atom, atom_feed(changes))
    if digest_file:
        _write(digest_file, digest(changes, digest_file.suffix.lower()))
    if as_json:
        print_json({"changes": [change_to_json(one) for one in changes]})
        return
    for one in changes:
        print_change(one)
    say(f"{counted(len(changes), 'change')}; rare-earth radar seen marks them as seen")


def print_change(change: "Change") -> None:
    """Print a change with its number, its place and what it touches."""
    first, *rest = map(one_line, change_lines(change))
    show(f"{change.id}  {first}")
    for line in rest:
        show(f"    {line}")


def _write(file: Path, content: bytes) -> None:
    try:
        write_whole(file, content)
    except OSError as error:
        raise RadarError(f"{file} cannot be written ({error.strerror})") from error
    say(f"{file}: written")


@app.command()
def save(context: typer.Context, question: _Question) -> None:
    """Save a question: the radar tells of new documents on it."""
    with open_assistant(context.obj) as assistant:
        assistant.radar.save_question(question)
    show(f"saved: {one_line(question)}")


@app.command()
def drop(context: typer.Context, question: _Question) -> None:
    """Save a question no longer."""
    with open_assistant(context.obj) as assistant:
        assistant.radar.drop_question(question)
    show(f"dropped: {one_line(question)}")


@app.command("list")
def list_kept(context: typer.Context, as_json: Json = False) -> None:
    """List what the radar holds against the sources."""
    with open_assistant(context.obj) as assistant:
        held = assistant.radar.subscriptions()
    if as_json:
        print_json({"kept": [subscription_to_json(one) for one in held]})
        return
    for one in held:
        show(f"{one.kind} {one_line(one.ref)}: {one_line(one.title)} ({len(one.standing)} places)")
    if not held:
        say("nothing is kept yet; ask, check a draft, or: rare-earth radar save QUESTION")


@app.command()
def seen(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Numbers of changes; none: all.")
    ] = None,
) -> None:
    """Mark changes as seen."""
    with open_assistant(context.obj) as assistant:
        changes = assistant.radar.changes()
        if unknown := set(ids or ()) - {one.id for one in changes}:
            raise RadarError(f"no change {min(unknown)!r} waits; rare-earth radar lists them")
        chosen = [one for one in changes if not ids or one.id in ids]
        assistant.radar.mark_seen(chosen)
    show(f"{counted(len(chosen), 'change')} seen")
