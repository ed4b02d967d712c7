"""How many calculations come out right: `python -m bench.calculations [--home DIR]`.

Asks the calculation cases over the shipped documents, in a home of their own or in one that holds
them already. A calculation is right where result and operands are told, a row of the case is
cited and the steps are shown; what must be refused is right where nothing is answered. Prints the
figures by part and kind, and the wrong ones. Exit 0 where all are right.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import assistant.evaluation
from assistant.assistant import Assistant
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.running.asking import answer_case
from assistant.evaluation.scoring import score
from assistant.settings import Settings
from bench.commands import run_command
from corpus.build_pdfs import DOCUMENTS

CASES = Path(next(iter(assistant.evaluation.__path__))) / "cases" / "calculations.jsonl"


def main() -> int:
    """Ask all cases and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a home that holds the shipped documents")
    arguments = parser.parse_args()
    if arguments.home:
        return _measure(arguments.home)
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        home = Path(temporary) / "home"
        run_command(home, "add", DOCUMENTS)
        return _measure(home)


def is_right(case: Case, answer: Mapping[str, Any]) -> bool:
    """Tell whether an answer is right: the result with its steps, or none where none is due."""
    scores = score(case, answer)
    if not case.answerable:
        return scores.wrong_answer_shown == 0
    cited = scores.page_cited in (None, 1)
    return scores.answer_right == 1 and cited and bool(answer["steps"])


def _measure(home: Path) -> int:
    parts = _parts()
    right: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    opened = Assistant(Settings(home))
    for case in load_cases(CASES):
        answer = answer_case(opened, case)
        key = (parts[case.id], case.kind)
        asked[key] += 1
        right[key] += is_right(case, answer)
        if not is_right(case, answer):
            print(f"wrong: {case.id} {case.question}\n       {answer['status']}: {answer['text']}")
    opened.close()
    for key, count in sorted(asked.items()):
        print(f"{' '.join(key)}: {right[key]} of {count}")
    print(f"all: {right.total()} of {asked.total()}")
    return 0 if right.total() == asked.total() else 1


def _parts() -> dict[str, str]:
    """Return the part of each case: "tuned" those that the rules were made with, "held" others."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return {record["id"]: record["part"] for record in map(json.loads, lines)}


if __name__ == "__main__":
    sys.exit(main())
