"""Commands that measure: eval run, eval report."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import Json
from assistant.cli.printing import print_json, say, show_bar
from assistant.settings import Settings

app = typer.Typer(help="Run questions with known answers and measure.", no_args_is_help=True)


@app.command("run")
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
    from assistant.evaluation.results import SettingValue, describe_run
    from assistant.evaluation.running import run_cases

    settings: Settings = context.obj
    loaded = load_cases(cases)
    with open_assistant(settings) as assistant:
        fingerprint = assistant.store.catalog.fingerprint()
        shown: dict[str, SettingValue] = {
            "embedding_model": assistant.store.embedder_name,
            "passages": settings.passages,
        }
        description = describe_run(cases, shown, fingerprint, _versions())
        folder = out or settings.home / "runs" / f"{cases.stem}-{fingerprint[:8]}"
        with show_bar("asking", len(loaded)) as advance:
            results = run_cases(
                assistant, loaded, folder, description, lambda done, _total, _result: advance(done)
            )
    summary = summarize(loaded, results)
    report = write_report(folder, loaded)
    if as_json:
        print_json({"report": str(report), "summary": summary_lines(summary)})
        return
    print("\n".join(summary_lines(summary)))
    say(f"report: {report}")


@app.command("report")
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
    say(f"report: {write_report(run, loaded)}")


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
