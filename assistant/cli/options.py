"""The options that several commands share: `--json`, `--proof`, what sources are looked at."""

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.desk.collections import Collections, within
from assistant.settings import Settings
from index.passage import Filters

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]

RayAddress = Annotated[
    str,
    typer.Option(
        "--ray",
        metavar="HOST:PORT",
        help="Work on a Ray cluster of which this machine is a node; local for its cores alone.",
    ),
]


def _zip_file(file: Path | None) -> Path | None:
    if file and file.suffix.lower() != ".zip":
        raise typer.BadParameter(f"{file}: a proof bundle is a .zip file")
    return file


ProofFile = Annotated[
    Path | None,
    typer.Option(
        "--proof",
        callback=_zip_file,
        help="Write quotes, page pictures and digests of the files to this .zip file.",
    ),
]


def _filters(
    publisher: Annotated[str, typer.Option(help="Only sources of this publisher.")] = "",
    source_type: Annotated[
        str,
        typer.Option(
            "--type",
            help="Only this rank (official, filing, trade press, news) or file type (pdf).",
        ),
    ] = "",
    language: Annotated[str, typer.Option(help="Only this language, such as en.")] = "",
    published_from: Annotated[str, typer.Option(help="Published on or after, ISO date.")] = "",
    published_to: Annotated[str, typer.Option(help="Published on or before, ISO date.")] = "",
    data_year: Annotated[int | None, typer.Option(help="Only sources with data for it.")] = None,
    source: Annotated[str, typer.Option(help="An id, or a part of a path or title.")] = "",
) -> Filters:
    return Filters(
        publisher, source_type, language, published_from, published_to, data_year, source
    )


CollectionName = Annotated[
    str, typer.Option("--collection", help="Only the sources of this collection.")
]


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filter options; it receives them as one `filters` argument.

    A collection is looked up in the home and stands in them by its sources.
    """
    own = [p for p in inspect.signature(command).parameters.values() if p.name != "filters"]
    shared = [
        p.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for p in inspect.signature(_filters).parameters.values()
    ]
    collection = inspect.Parameter(
        "collection", inspect.Parameter.KEYWORD_ONLY, default="", annotation=CollectionName
    )

    @functools.wraps(command)
    def wrapped(*args: Any, **options: Any) -> None:
        chosen = {p.name: options.pop(p.name) for p in shared}
        settings: Settings = options["context"].obj
        filters = within(Collections(settings.home), options.pop("collection"), _filters(**chosen))
        command(*args, **options, filters=filters)

    keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
    wrapped.__signature__ = inspect.Signature([*keyword, *shared, collection])  # type: ignore[attr-defined]
    wrapped.__annotations__ = {p.name: p.annotation for p in [*own, *shared, collection]}
    return wrapped
