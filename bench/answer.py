"""How long an answer takes: `python -m bench.answer [--shared DIR] [--large HOME] [--work DIR]`.

From a question to its whole answer without a language model: the shipped questions over the shipped
documents, with `--shared` those of its folder over its sources, and with `--large` the shipped
questions over any home, such as the one of 100,000 passages that `bench.speed --work` leaves. Each
question is asked once, so that no statement was compared before for it; then once more.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from assistant.assistant import Assistant
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import load_cases
from assistant.settings import Settings
from bench.question_sets import SHIPPED_CASES, question_sets

_SETS = 2  # the shipped one and the shared questions


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="a folder with sources/ and questions/")
    parser.add_argument("--large", type=Path, help="a home to ask the shipped questions of, too")
    parser.add_argument("--work", type=Path, help="keep homes in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        work = arguments.work or Path(temporary)
        for each in islice(question_sets(arguments.shared, work), _SETS):
            each.add()
            _measure(each.name, each.home, load_cases(each.cases))
    if arguments.large:
        _measure(str(arguments.large.name), arguments.large, load_cases(SHIPPED_CASES))


def _measure(name: str, home: Path, cases: Sequence[Case]) -> None:
    assistant = Assistant(Settings(home))
    asked = [case for case in cases if case.use == "ask"]
    assistant.ask(asked[0].question)  # loads the model
    first = [_seconds(assistant, case) for case in asked]
    again = [_seconds(assistant, case) for case in asked]
    print(f"{name}: {assistant.store.catalog.passage_count():,} passages, {len(asked)} questions")
    print(f"  asked first: {_told(first)}")
    print(f"  asked again: {_told(again)}")
    assistant.close()


def _seconds(assistant: Assistant, case: Case) -> float:
    started = time.perf_counter()
    assistant.ask(case.question, case.turns)
    return time.perf_counter() - started


def _told(seconds: Sequence[float]) -> str:
    ordered = sorted(1000 * one for one in seconds)
    late = ordered[int(0.95 * len(ordered))]
    return f"median {statistics.median(ordered):.0f} ms, p95 {late:.0f} ms"


if __name__ == "__main__":
    main()
