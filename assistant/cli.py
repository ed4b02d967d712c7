"""The command line. Results go to stdout, progress and warnings to stderr.

Exit 0 for success, 1 for an expected error in one line, 2 for wrong usage. Heavy libraries are
imported inside the commands, so that `--help` answers at once.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import AnswerError
from assistant.settings import Settings, load_settings
from corpus.errors import CorpusError
from index.errors import IndexingError
from index.passage import Filters

if TYPE_CHECKING:
    from assistant.answer import Answer, CitedClaim
    from assistant.assistant import Assistant
    from index.sync import Progress

app = typer.Typer(
    name="rare-earth",
    help="Ask questions about rare earths and get answers whose every sentence cites its source.\n\n"
    "Begin with: rare-earth add FOLDER, then: rare-earth ask QUESTION, or rare-earth ui.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
sources_app = typer.Typer(help="List, show and remove sources.", invoke_without_command=True)
eval_app = typer.Typer(help="Run questions with known answers and measure.", no_args_is_help=True)
app.add_typer(sources_app, name="sources")
app.add_typer(eval_app, name="eval")

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def _filters(
    publisher: Annotated[str, typer.Option(help="Only sources of this publisher.")] = "",
    file_type: Annotated[
        str, typer.Option("--type", help="Only this type: pdf, text, markdown or html.")
    ] = "",
    language: Annotated[str, typer.Option(help="Only this language, such as en.")] = "",
    published_from: Annotated[str, typer.Option(help="Published on or after, ISO date.")] = "",
    published_to: Annotated[str, typer.Option(help="Published on or before, ISO date.")] = "",
    data_year: Annotated[int | None, typer.Option(help="Only sources with data for it.")] = None,
    source: Annotated[str, typer.Option(help="An id, or a part of a path or title.")] = "",
) -> Filters:
    return Filters(publisher, file_type, language, published_from, published_to, data_year, source)


def _with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filter options; it receives them as one `filters` argument."""
    import functools
    import inspect

    own = [p for p in inspect.signature(command).parameters.values() if p.name != "filters"]
    shared = [
        p.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for p in inspect.signature(_filters).parameters.values()
    ]

    @functools.wraps(command)
    def wrapped(*args: Any, **options: Any) -> None:
        chosen = {p.name: options.pop(p.name) for p in shared}
        command(*args, **options, filters=_filters(**chosen))

    keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
    wrapped.__signature__ = inspect.Signature([*keyword, *shared])  # type: ignore[attr-defined]
    wrapped.__annotations__ = {p.name: p.annotation for p in [*own, *shared]}
    return wrapped


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
) -> None:
    context.obj = load_settings(os.environ, home, embedding_model)


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files and folders. A folder is synced.")],
    as_json: Json = False,
) -> None:
    """Read and index files; sync folders: new, changed and removed files are followed.

    PDF, plain text, Markdown and HTML are read. A file that cannot be read is named with the
    reason and stops nothing. Run the same command again to follow changes, or to go on after a
    stop.
    """
    from index.embedding import load_embedder
    from index.sync import add_paths

    settings: Settings = context.obj
    with _assistant(settings) as assistant, _progress() as progress:
        report = add_paths(
            assistant.store, lambda: load_embedder(settings.embedding_model), paths, progress
        )
    if as_json:
        _print_json(
            {
                "new": report.new,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "removed": report.removed,
                "unreadable": report.unreadable,
                "embedded": report.embedded,
            }
        )
        return
    counts = (len(report.new), len(report.changed), len(report.unchanged), len(report.removed))
    print("{} new, {} changed, {} unchanged, {} removed".format(*counts), end="")
    print(f", {len(report.unreadable)} not read; {report.embedded} passages embedded")
    for reason in report.unreadable:
        _say(f"not read: {reason}")


@sources_app.callback()
def _sources(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_sources(context)


@sources_app.command("list")
def list_sources(context: typer.Context, as_json: Json = False) -> None:
    """List all sources with date, pages and state."""
    from assistant.answer import source_to_json

    with _assistant(context.obj) as assistant:
        records = assistant.sources()
    if as_json:
        _print_json(
            [
                source_to_json(r.source)
                | {"state": r.state, "reason": r.reason, "pages": r.pages, "passages": r.passages}
                for r in records
            ]
        )
        return
    for record in records:
        source = record.source
        about = "; ".join(filter(None, (source.publisher, source.published, source.edition)))
        state = f"{record.pages} p." if record.state == "indexed" else f"NOT READ: {record.reason}"
        print(f"{source.id}  {source.path}\n    {source.title}  ({about or 'no date'})  {state}")
    if not records:
        _say("no sources yet; add some: rare-earth add FOLDER")


@sources_app.command("show")
def show_source(context: typer.Context, source_id: str, as_json: Json = False) -> None:
    """Show what is known of a source, and its stored text page by page."""
    from dataclasses import asdict

    with _assistant(context.obj) as assistant:
        record = assistant.store.catalog.source(source_id)
        pages = assistant.store.catalog.pages(source_id)
    if as_json:
        _print_json(
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

    with _assistant(context.obj) as assistant:
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
    with _progress() as progress:
        count = rebuild_store(store, load_embedder(settings.embedding_model), progress)
    store.close()
    print(f"{count} passages embedded")


@app.command()
@_with_filters
def search(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What to look for.")] = "",
    limit: Annotated[int, typer.Option("-k", min=1, max=200, help="How many passages.")] = 10,
    queries: Annotated[
        Path | None, typer.Option(help="JSON lines of id and question; one result a line.")
    ] = None,
    as_json: Json = False,
    filters: Filters = Filters(),
) -> None:
    """Find the passages nearest to a question, best first."""
    from assistant.answer import evidence_to_json

    if bool(question) == bool(queries):
        raise typer.BadParameter("give a QUESTION or --queries FILE, one of the two")
    with _assistant(context.obj) as assistant:
        if queries:
            for query in _read_queries(queries):
                found = assistant.search(query["question"], limit, filters)
                line = query | {"evidence": [evidence_to_json(e) for e in found]}
                print(json.dumps(line, ensure_ascii=False), flush=True)
            return
        found = assistant.search(question, limit, filters)
    if as_json:
        _print_json({"question": question, "evidence": [evidence_to_json(e) for e in found]})
        return
    for rank, evidence in enumerate(found, start=1):
        source, passage = evidence.source, evidence.passage
        print(f"{rank}. {source.title}, p. {passage.page_label}  ({source.path})")
        print(f"   {_one_line(passage.text)[:300]}")
    if not found:
        _say("nothing found")


@app.command()
@_with_filters
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, in plain language.")],
    as_json: Json = False,
    filters: Filters = Filters(),
) -> None:
    """Answer a question; every sentence cites the source, page and words that carry it."""
    from assistant.answer import answer_to_json

    with _assistant(context.obj) as assistant:
        answer = assistant.ask(question, (), filters)
    if as_json:
        _print_json(answer_to_json(answer))
    else:
        _print_answer(answer)


@app.command()
@_with_filters
def chat(context: typer.Context, filters: Filters = Filters()) -> None:
    """Ask and follow up, a question a line; an empty line ends."""
    from assistant.answer import Turn

    turns: list[Turn] = []
    with _assistant(context.obj) as assistant:
        _say("Ask a question. An empty line ends.")
        for line in sys.stdin:
            if not line.strip():
                break
            answer = assistant.ask(line.strip(), turns, filters)
            if answer.standalone_question != answer.question:
                _say(f"understood as: {answer.standalone_question}")
            _print_answer(answer)
            turns += [Turn("user", answer.standalone_question), Turn("assistant", answer.text)]


@app.command()
@_with_filters
def cite(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(help="A sentence, or several.")],
    as_json: Json = False,
    filters: Filters = Filters(),
) -> None:
    """Find the sources for a claim, with a verdict on it."""
    from assistant.answer import cited_claim_to_json

    with _assistant(context.obj) as assistant:
        cited = assistant.cite(claim, filters)
    if as_json:
        _print_json({"claims": [cited_claim_to_json(c) for c in cited]})
        return
    for one in cited:
        _print_cited(one)


@app.command()
def ui(
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1.")] = 8501,
    context: typer.Context = None,  # type: ignore[assignment]
) -> None:
    """Open the app in the browser, on 127.0.0.1; Ctrl-C ends it."""
    import subprocess
    from importlib.util import find_spec

    settings: Settings = context.obj
    spec = find_spec("ui")
    folder = Path(next(iter(spec.submodule_search_locations or []))) if spec else Path()
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "app.py")]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    environ = os.environ | {
        "RARE_EARTH_HOME": str(settings.home),
        "RARE_EARTH_EMBEDDING_MODEL": settings.embedding_model,
    }
    _say(f"serving on http://127.0.0.1:{port} until Ctrl-C")
    try:
        raise typer.Exit(subprocess.call(command, env=environ))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


@eval_app.command("run")
def eval_run(
    context: typer.Context,
    cases: Annotated[Path, typer.Argument(help="A case file: JSON lines.")],
    out: Annotated[
        Path | None, typer.Option(help="The run's folder. [default: runs/NAME in the home]")
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask every case, score the answers, and write a report.

    Run the same command again to go on after a stop; finished cases are not asked twice.
    """
    from assistant.evaluation.case import load_cases
    from assistant.evaluation.report import summarize, summary_lines, write_report
    from assistant.evaluation.results import describe_run
    from assistant.evaluation.running import run_cases

    settings: Settings = context.obj
    loaded = load_cases(cases)
    with _assistant(settings) as assistant:
        fingerprint = assistant.store.catalog.fingerprint()
        shown = {"embedding_model": assistant.store.embedder_name, "passages": settings.passages}
        description = describe_run(cases, shown, fingerprint, _versions())
        folder = out or settings.home / "runs" / f"{cases.stem}-{fingerprint[:8]}"
        with _bar("asking", len(loaded)) as advance:
            results = run_cases(
                assistant, loaded, folder, description, lambda done, total, result: advance(done)
            )
    summary = summarize(loaded, results)
    report = write_report(folder, loaded)
    if as_json:
        _print_json({"report": str(report), "summary": summary_lines(summary)})
        return
    print("\n".join(summary_lines(summary)))
    _say(f"report: {report}")


@eval_app.command("report")
def eval_report(
    run: Annotated[Path, typer.Argument(help="The folder of a run.")],
    cases: Annotated[Path, typer.Argument(help="The case file it was run over.")],
) -> None:
    """Write the report of a run anew from its results, asking nothing."""
    from assistant.evaluation.case import load_cases
    from assistant.evaluation.report import summarize, summary_lines, write_report
    from assistant.evaluation.results import load_results

    loaded = load_cases(cases)
    print("\n".join(summary_lines(summarize(loaded, load_results(run)))))
    _say(f"report: {write_report(run, loaded)}")


def main() -> None:
    """Run the command line; expected errors end it with one line and exit 1."""
    try:
        app()
    except (AnswerError, CorpusError, IndexingError) as error:
        _say(f"error: {error}")
        sys.exit(1)


@contextmanager
def _assistant(settings: Settings) -> "Iterator[Assistant]":
    from assistant.assistant import Assistant

    assistant = Assistant(settings)
    try:
        yield assistant
    finally:
        assistant.close()


@contextmanager
def _progress() -> "Iterator[Callable[[Progress], None]]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(progress: "Progress") -> None:  # type: ignore[name-defined]
            bar.update(
                task, completed=progress.done, total=progress.total, description=progress.path[-40:]
            )

        yield show  # type: ignore[misc]


@contextmanager
def _bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)


def _read_queries(file: Path) -> Iterator[dict[str, str]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnswerError(f"{file} cannot be read ({error}); give a file of JSON lines") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            query = json.loads(line)
            yield {"id": str(query["id"]), "question": str(query["question"])}
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise AnswerError(
                f"{file} line {number}: not a JSON object with id and question; correct it"
            ) from error


def _print_answer(answer: "Answer") -> None:
    print(answer.text)
    for citation in answer.citations:
        source = citation.source
        about = ", ".join(filter(None, (source.publisher, source.edition, source.published)))
        page = f"p. {citation.page_label}"
        if citation.page_label != str(citation.page):
            page += f" (PDF page {citation.page})"
        place = f", {page}" if source.file_type == "pdf" else ""
        print(f"\n[{citation.number}] {source.title}{place}" + (f". {about}" if about else ""))
        print(f'    "{_one_line(citation.quote)}"')
        header = " | ".join(filter(None, citation.context.header))
        for name, words in (("table", citation.context.caption), ("columns", header)):
            if words:
                print(f"    {name}: {words}")
        print(f"    {source.path}")
    for warning in answer.warnings:
        _say(f"warning: {warning}")


def _print_cited(cited: "CitedClaim") -> None:
    print(f"{cited.verdict.upper().replace('_', ' ')}: {cited.claim}")
    if cited.says:
        print(f"  the source says: {cited.says}")
    for citation in cited.citations:
        place = f", p. {citation.page_label}" if citation.source.file_type == "pdf" else ""
        print(f"  [{citation.number}] {citation.source.title}{place}  ({citation.source.path})")
        print(f'      "{_one_line(citation.quote)}"')


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    names = (
        "rare-earth-assistant",
        "chromadb",
        "sentence-transformers",
        "llama-index-core",
        "pypdf",
    )
    return {name: version(name) for name in names}


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _say(message: str) -> None:
    print(message, file=sys.stderr)


if __name__ == "__main__":
    main()
