"""Whether a planted regression is caught: `python -m bench.regression [--out DIR]`.

Runs the shipped cases over the shipped documents twice, whole and with BM25 taken out of the
finding of passages, and compares the two runs as `rare-earth eval compare` does. Exit 0 where the
loss is caught. DIR gets both runs and comparison.html, which shows the cases that got worse.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from assistant.assistant import Assistant
from assistant.evaluation.comparing import compare
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.reports.comparison import write_comparison
from assistant.evaluation.reports.html_report import write_report
from assistant.evaluation.reports.lines import comparison_lines
from assistant.evaluation.results import Run, load_run
from assistant.evaluation.running.asking import answer_case
from assistant.evaluation.running.description import describe_run
from assistant.evaluation.running.running import run_cases
from assistant.evaluation.summary import summarize
from assistant.settings import Settings
from bench.commands import run_command
from bench.question_sets import SHIPPED_CASES
from corpus.build_pdfs import DOCUMENTS


def main() -> int:
    """Run twice, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="keep the runs and the comparison in this folder")
    arguments = parser.parse_args()
    if arguments.out:
        return _compare(arguments.out)
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        return _compare(Path(temporary))


def _compare(folder: Path) -> int:
    run_command(folder / "home", "add", DOCUMENTS)
    whole = _run(folder, "whole", with_words=True)
    without = _run(folder, "without-bm25", with_words=False)
    comparison = compare(whole, without)
    print("\n".join(comparison_lines(comparison)))
    print(f"report: {write_comparison(comparison, folder / 'comparison.html')}")
    return 0 if comparison.regressions else 1


def _run(folder: Path, name: str, with_words: bool) -> Run:
    assistant = Assistant(Settings(folder / "home"))
    catalog = assistant.store.catalog
    if not with_words:
        catalog.match_words = lambda *_: ()  # type: ignore[method-assign]
    cases = load_cases(SHIPPED_CASES)
    description = describe_run(
        SHIPPED_CASES,
        cases,
        {"bm25": with_words},
        catalog.fingerprint(),
        [record.source for record in assistant.sources()],
    )
    answerers = [lambda case: answer_case(assistant, case)]
    run_cases(answerers, cases, folder / name, description, lambda *_: None)
    assistant.close()
    run = load_run(folder / name)
    write_report(run, summarize(run))
    return run


if __name__ == "__main__":
    sys.exit(main())
