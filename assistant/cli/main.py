"""The command `rare-earth`: its groups, its options for all of them, its errors in one line.

Results go to stdout, progress and warnings to stderr. Exit 0 for success, 1 for an expected error,
2 for wrong usage. Heavy libraries are imported inside the commands, so that `--help` answers at
once.
"""

import os
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import (
    asking,
    drafts,
    evaluating,
    exporting,
    facts,
    indexing,
    model,
    opening,
    proofs,
    serving,
)
from assistant.cli.currency import following, looking, upkeep, watching
from assistant.cli.options import Json
from assistant.cli.printing import one_line, print_json, say, show
from assistant.errors import AnswerError
from assistant.settings import Settings, load_settings
from corpus.errors import CorpusError, PluginError
from index.errors import IndexingError

app = typer.Typer(
    name="rare-earth",
    help="Ask about rare earths and get answers whose every sentence cites its source.\n\n"
    "Begin with: rare-earth add FOLDER, or add --shipped, then: rare-earth ask QUESTION, or "
    "rare-earth ui.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(indexing.app)
app.add_typer(following.app)
app.add_typer(asking.app)
app.add_typer(drafts.app)
app.add_typer(exporting.app)
app.add_typer(proofs.app)
app.add_typer(facts.app)
app.add_typer(looking.app, name="radar")
app.add_typer(watching.app)
app.add_typer(opening.app)
app.add_typer(upkeep.app)
app.add_typer(indexing.sources_app, name="sources")
app.add_typer(indexing.collections_app, name="collections")
app.add_typer(evaluating.app, name="eval")
app.add_typer(model.app, name="model")
app.add_typer(serving.app)
app.add_typer(serving.tokens_app, name="tokens")


def _show_version(is_asked: bool) -> None:
    if is_asked:
        show(f"rare-earth-assistant {version('rare-earth-assistant')}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(help="The folder that keeps the index. [env: RARE_EARTH_HOME]"),
    ] = None,
    embedding_model: Annotated[
        str | None,
        typer.Option(help="Folder or cached name of another sentence-transformers model."),
    ] = None,
    is_version_asked: Annotated[  # noqa: ARG001
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    context.obj = load_settings(os.environ, home, embedding_model)


@app.command()
def ui(
    port: Annotated[int, typer.Option(help="The port.")] = 8501,
    host: Annotated[
        str, typer.Option(help="The address to serve; any but loopback needs a sign-in.")
    ] = "127.0.0.1",
    anyone: Annotated[
        bool,
        typer.Option(
            "--anyone",
            help="Let in whoever reaches the address, such as that of a container: to read and to "
            "change everything.",
        ),
    ] = False,
    context: typer.Context = None,  # type: ignore[assignment]
) -> None:
    """Open the app in the browser, on 127.0.0.1; Ctrl-C ends it.

    For several people, have them sign in: rare-earth sign-in shows how.
    """
    from assistant.people import is_loopback, load_sign_in
    from assistant.serving.server import Address, bound
    from corpus.extras import missing_extra

    if run := missing_extra("app", "streamlit", "altair"):
        raise AnswerError(f"the app needs Streamlit and Altair; run: {run}")
    settings: Settings = context.obj
    is_open = not is_loopback(host) and load_sign_in(settings.home, os.environ) is None
    if is_open and not anyone:
        raise AnswerError(
            f"on {host} whoever reaches the app may read and change everything; have people sign "
            "in (rare-earth sign-in shows how), or say --anyone"
        )
    command = [sys.executable, "-P", "-m", "ui"]  # -P: never a folder `ui` of where one stands
    command += ["--server.address", host, "--server.port", str(port)]
    environ = os.environ | {
        "RARE_EARTH_HOME": str(settings.home),
        "RARE_EARTH_EMBEDDING_MODEL": settings.embedding_model,
    }
    bound(Address(host, port)).close()
    say(f"starting; in some seconds open http://{host}:{port} in a browser. Ctrl-C ends it")
    sys.stderr.flush()
    os.execve(sys.executable, command, environ)  # so that signals reach the server itself


@app.command()
def plugins(as_json: Json = False) -> None:
    """List what installed packages add: readers, exporters, embedders and rerankers.

    Each is loaded, to say which cannot be. What is built in is never replaced.
    """
    from assistant.exporting import exporter_plugins
    from corpus.plugins import load_plugin
    from corpus.reading import reader_plugins
    from index.embedding import embedder_plugins
    from index.ranking.reranking import reranker_plugins

    faults = {}
    for plugin in (
        *reader_plugins(), *exporter_plugins(), *embedder_plugins(), *reranker_plugins(),
    ):  # fmt: skip
        try:
            load_plugin(plugin)
            faults[plugin] = ""
        except PluginError as error:
            faults[plugin] = str(error)
    if as_json:
        print_json({"plugins": [asdict(one) | {"fault": told} for one, told in faults.items()]})
        return
    for plugin, fault in faults.items():
        show(f"{plugin.kind:9} {plugin.name:20} {plugin.package} {plugin.version}")
        if fault:
            show(f"    not used: {one_line(fault)}")
    if not faults:
        say("no package adds anything; docs/plugins.md tells how one does")


def main() -> None:
    """Run the command line; expected errors end it with one line and exit 1."""
    try:
        app()
    except (AnswerError, CorpusError, IndexingError) as error:
        say(f"error: {error}")
        sys.exit(1)
