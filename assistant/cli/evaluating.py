"""Commands that measure: eval run, report, compare, import and draft."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import Json, RayAddress, with_filters
from assistant.cli.printing import print_json, say, show, show_bar, show_cases
from assistant.settings import Settings
from corpus.workers.cores import core_count
from index.passage import Filters

if TYPE_CHECKING:
    from assistant.evaluation.results import Run

app = typer.Typer(
    help="Ask questions in bulk, with known answers or without, and measure.", no_args_is_help=True
)

_CASES_A_PROCESS = 30  # for fewer, starting a further process takes longer than it saves


@app.command("run")
def eval_run(
    context: typer.Context,
    cases: Annotated[
        Path,
        typer.Argument(help="Cases (.jsonl, .csv, .xlsx), or a plain list of questions (.txt)."),
    ],
    out: Annotated[
        Path | None, typer.Option(help="The run's folder. [default: runs/NAME in the home]")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, max=64, help="Cases answered at once; 0 for one a core.")
    ] = 0,
    retries: Annotated[
        int, typer.Option(min=0, max=10, help="How often a case that fails is asked again.")
    ] = 1,
    case_seconds: Annotated[
        float, typer.Option(min=1, help="How long one case may take, where several are at work.")
    ] = 300,
    cases_per_minute: Annotated[
        float, typer.Option(min=0, help="Ask no faster than this. [default: no limit]")
    ] = 0,
    max_tokens: Annotated[
        int, typer.Option(min=0, help="Stop when a language model has used so many tokens.")
    ] = 0,
    max_cost: Annotated[
        float, typer.Option(min=0, help="Stop when they have cost so much, by the two prices.")
    ] = 0,
    prompt_price: Annotated[
        float,
        typer.Option(min=0, help="What a million tokens sent to the model cost. [default: as set]"),
    ] = 0,
    completion_price: Annotated[
        float, typer.Option(min=0, help="What a million that it writes cost. [default: as set]")
    ] = 0,
    is_strict: Annotated[
        bool,
        typer.Option(
            "--strict/--no-strict", help="Of what a model writes, keep what is verified alone."
        ),
    ] = True,
    ray: RayAddress = "",
    as_json: Json = False,
) -> None:
    """Ask every case, score the answers where known ones are given, and write reports.

    The run's folder gets report.html, report.xlsx and CSV files. Run the same command again to go
    on after a stop: finished cases are not asked twice, failed ones are. A bad line of the case
    file is refused by its number. Exit 1 where a case failed.
    """
    from assistant.cluster.case_actors import cluster_answerers
    from assistant.errors import BudgetUsedUpError
    from assistant.evaluation.loading.case_files import load_cases
    from assistant.evaluation.results import load_run
    from assistant.evaluation.running.limits import Limits
    from assistant.evaluation.running.preparing import (
        check_sources,
        prepare_run,
        several_answerers,
    )
    from assistant.evaluation.running.running import cases_left, run_cases

    settings: Settings = replace(context.obj, strict=is_strict)
    prompt_price = prompt_price or settings.prompt_price
    completion_price = completion_price or settings.completion_price
    if max_cost and not (prompt_price or completion_price):
        raise typer.BadParameter("--max-cost needs --prompt-price or --completion-price")
    loaded = load_cases(cases)
    limits = Limits(cases_per_minute, max_tokens, max_cost, prompt_price, completion_price)
    with open_assistant(settings) as assistant:
        prepared = prepare_run(assistant, cases, loaded, out)
        folder, description = prepared.folder, prepared.description
        left = cases_left(folder, loaded, description)
        if ray and left:
            opened = cluster_answerers(assistant, ray, workers, case_seconds)
        else:
            count = min(workers or _workers(left), left)
            opened = several_answerers(assistant, count, case_seconds)
        try:
            with opened as answerers, show_cases(len(loaded)) as progress:
                run_cases(answerers, loaded, folder, description, progress, limits, retries)
        except KeyboardInterrupt:
            say(f"stopped; the same command goes on. So far: rare-earth eval report {folder}")
            raise typer.Exit(130) from None
        except BudgetUsedUpError:
            _report(load_run(folder), as_json)
            raise
        check_sources(assistant, prepared)
    run = load_run(folder)
    _report(run, as_json)
    if failed := sum(bool(result.error) for result in run.results):
        many = "1 case failed" if failed == 1 else f"{failed} cases failed"
        say(f"{many}; the same command asks what failed again")
        raise typer.Exit(1)


@app.command("report")
def eval_report(
    context: typer.Context,
    run: Annotated[Path, typer.Argument(help="A run, finished or not: its folder or its name.")],
    as_json: Json = False,
) -> None:
    """Write the reports of a run anew from its results, asking nothing."""
    from assistant.evaluation.results import load_run

    _report(load_run(_run_folder(context.obj, run)), as_json)


@app.command("compare")
def eval_compare(
    context: typer.Context,
    first: Annotated[Path, typer.Argument(help="The run to measure against: its folder or name.")],
    second: Annotated[Path, typer.Argument(help="The run that may replace it.")],
    thresholds: Annotated[
        Path | None,
        typer.Option(help="A TOML file of bounds: [answer_right] min, max, max_drop, max_rise."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write the changed cases side by side to this file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Compare two runs case by case; exit 1 where the second is worse.

    Worse means: a bound of the thresholds does not hold, a headline score is lower beyond chance
    (paired randomisation test, Holm over the headline scores, p < 0.05), or a case newly fails.
    Where too few cases ran for the test to see a loss of 0.05, that is said instead.
    """
    from assistant.evaluation.comparing import compare, comparison_to_json
    from assistant.evaluation.reports.comparison import write_comparison
    from assistant.evaluation.reports.lines import comparison_lines
    from assistant.evaluation.results import load_run
    from assistant.evaluation.thresholds import Thresholds, load_thresholds

    bounds = load_thresholds(thresholds) if thresholds else Thresholds()
    before, after = (load_run(_run_folder(context.obj, one)) for one in (first, second))
    comparison = compare(before, after, bounds)
    if as_json:
        print_json(comparison_to_json(comparison))
    else:
        show("\n".join(comparison_lines(comparison)))
    if html:
        say(f"report: {write_comparison(comparison, html)}")
    if comparison.regressions:
        raise typer.Exit(1)


@app.command("import")
def eval_import(
    folder: Annotated[Path, typer.Argument(help="The folder of a question set.")],
    out: Annotated[Path, typer.Option(help="Where cases.jsonl and the documents go.")],
) -> None:
    """Take over a question set: a BEIR folder, or questions.jsonl with corpus.jsonl or PDFs."""
    from assistant.evaluation.sets.case_imports import import_set

    with show_bar("documents", None) as advance:
        taken = import_set(folder, out, advance)
    left_out = f", {taken.left_out} questions left out" if taken.left_out else ""
    show(f"{taken.cases} cases, {taken.documents} documents{left_out}: {taken.cases_file}")
    say(f'next: rare-earth add "{taken.add}"; rare-earth eval run "{taken.cases_file}"')


@app.command("draft")
@with_filters
def eval_draft(
    context: typer.Context,
    count: Annotated[int, typer.Option(min=1, help="How many cases to draft.")] = 100,
    seed: Annotated[int, typer.Option(help="Another number drafts other cases.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="The file. [default: drafts/drafts.jsonl in the home]")
    ] = None,
    ratings: Annotated[
        bool,
        typer.Option(
            "--ratings", help="Instead, a case of each answer that was rated down in the app."
        ),
    ] = False,
    filters: Filters = Filters(),
) -> None:
    """Draft cases from your own sources, for a person to accept or reject in the app.

    Table cells, dated figures and definitions become questions with known answers; about a third
    are twins that the sources do not answer. With --ratings the answers that readers rated down
    become cases, with their questions, turns and the reason as a note. Decisions in a file that is
    there are kept.
    """
    from assistant.evaluation.drafting.drafting import draft_cases
    from assistant.evaluation.drafting.review import write_drafts

    settings: Settings = context.obj
    if ratings:
        _draft_rated(settings.home, out)
        return
    path = out or settings.home / "drafts" / "drafts.jsonl"
    with open_assistant(settings) as assistant:
        cases = draft_cases(assistant.store.catalog, count, seed, filters)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_drafts(path, cases)
    unanswerable = sum(not case.answerable for case in cases)
    show(f"{len(cases)} cases drafted, {unanswerable} of them unanswerable: {path}")
    say("next: review them in the app (rare-earth ui, Review drafts)")


def _draft_rated(home: Path, out: Path | None) -> None:
    """Write a draft of each answer that was rated down, and say what to do with them."""
    from assistant.desk.rated_cases import draft_rated_cases
    from assistant.errors import DeskError
    from assistant.evaluation.drafting.review import add_drafts

    drafts = draft_rated_cases(home)
    if not drafts:
        raise DeskError(
            "no answer is rated down; press the thumb that points down below one in the app"
        )
    path = out or home / "drafts" / "rated.jsonl"
    add_drafts(path, drafts)
    show(f"{len(drafts)} answers rated down: {path}")
    say("next: give them their right answers in the app (rare-earth ui, Review drafts)")


def _workers(cases: int) -> int:
    return max(1, min(core_count(), cases // _CASES_A_PROCESS))


def _run_folder(settings: Settings, run: Path) -> Path:
    """Return the folder of a run, which its name in the home may tell: "questions-3f1c59fc"."""
    from assistant.evaluation.running.preparing import RUNS_FOLDER

    kept = settings.home / RUNS_FOLDER / run
    return kept if not run.exists() and kept.exists() else run


def _report(run: "Run", as_json: bool) -> None:
    """Write the reports of a run and print its summary."""
    from assistant.evaluation.reports.html_report import write_report
    from assistant.evaluation.reports.lines import summary_lines
    from assistant.evaluation.reports.spreadsheets.tables import write_tables
    from assistant.evaluation.summary import summarize

    summary = summarize(run)
    report = write_report(run, summary)
    tables = write_tables(run, summary)
    if as_json:
        print_json({"report": str(report), "summary": asdict(summary)})
        return
    show("\n".join(summary_lines(summary)))
    say(f"report: {report}")
    say(f"tables: {', '.join(path.name for path in tables)} beside it")
