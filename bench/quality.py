"""The figures of the product as it stands: `python -m bench.quality --shared DIR [--work DIR]`.

Runs the shipped cases over the shipped documents, DIR/questions over DIR/sources, and the question
sets in DIR/sets, each in a home of its own, and writes the table of docs/quality.md anew. What is
finished in --work is not run again.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.evaluation.measures import MEASURES
from assistant.evaluation.results import load_run
from assistant.evaluation.summary import Mean, Summary, summarize
from bench.commands import run_command
from bench.figures import write_figures
from bench.question_sets import question_sets

_TABLE = Path(__file__).parents[1] / "docs" / "quality.md"


def main() -> int:
    """Run the sets that are wanted and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="sources/, questions/, sets/")
    parser.add_argument("--work", type=Path, help="keep homes and runs in this folder")
    parser.add_argument("--sets", default="", help="only these, parted by commas; no table then")
    arguments = parser.parse_args()
    wanted = [name for name in arguments.sets.split(",") if name]
    if arguments.work:
        arguments.work.mkdir(parents=True, exist_ok=True)
        return _measure(arguments.shared, arguments.work, wanted)
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        return _measure(arguments.shared, Path(temporary), wanted)


def _measure(shared: Path, work: Path, wanted: list[str]) -> int:
    summaries = {}
    for one in question_sets(shared, work):
        if wanted and one.name not in wanted:
            continue
        one.add()
        run = work / one.name / "run"
        run_command(one.home, "eval", "run", one.cases, "--out", run)
        summaries[one.name] = summarize(load_run(run))
        print(f"{one.name}: done", flush=True)
    lines = list(_table(summaries))
    print("".join(lines))
    if not wanted:
        write_figures(_TABLE, lines)
    return 0


def _table(summaries: Mapping[str, Summary]) -> Iterator[str]:
    """Yield the lines of the table: a measure a row, a set a column."""
    names = list(summaries)
    yield f"| | {' | '.join(names)} |\n"
    yield f"|---|{'---|' * len(names)}\n"
    yield f"| cases | {' | '.join(str(s.overall.cases) for s in summaries.values())} |\n"
    yield f"| failed | {' | '.join(str(s.overall.failed) for s in summaries.values())} |\n"
    for position, measure in enumerate(MEASURES):
        means = [summary.overall.means[position] for summary in summaries.values()]
        if any(mean.scored for mean in means):
            yield f"| {measure.title} | {' | '.join(map(_figure, means))} |\n"
    for position, name in enumerate(("AUROC", "AUROC, near misses")):
        found = [s.refusals.separations[position] for s in summaries.values()]
        told = [_interval(one.auroc, one.low, one.high) for one in found]
        yield f"| {name} of refusal | {' | '.join(told)} |\n"
    for part, q in (("whole", "median"), ("whole", "p95")):
        told = [
            next((f"{getattr(one, q):.2f} s" for one in s.latencies if one.part == part), "–")
            for s in summaries.values()
        ]
        yield f"| a case, {q} | {' | '.join(told)} |\n"


def _figure(mean: Mean) -> str:
    return f"{_interval(mean.mean, mean.low, mean.high)}, {mean.scored}" if mean.scored else "–"


def _interval(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if low is None else f"{value:.3f} ({low:.2f}–{high:.2f})"


if __name__ == "__main__":
    sys.exit(main())
