"""Eight readers and a writer: `python -m bench.readers [--documents 200]`.

Two processes of four threads each ask without pause over a made library, alone and then while
`rare-earth add` brings in further documents and takes some away. Prints errors, how much slower a
question is meanwhile, and whether each reader finds, a second after the writer is done, what was
added last, and no longer what was removed. Exit 0 where nothing failed and nothing was stale.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.evaluation.loading.case_files import load_cases
from assistant.settings import Settings
from bench.commands import run_command
from bench.made_library import write_documents
from bench.question_sets import SHIPPED_CASES

_PROCESSES, _THREADS = 2, 4
_BEFORE = 60  # documents that are there at the start
_REMOVED = 5
_ALONE_SECONDS = 20
_FRESH_SECONDS = 1.0  # after which nothing may be stale
_ADDED, _GONE = "zarnikovite", "obrecite"  # words that stand in no other document


def main() -> int:
    """Run the readers alone and beside a writer, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200, help="that the writer adds (200)")
    parser.add_argument("--read", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read:
        return _read(*arguments.read)
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        return _measure(Path(temporary), arguments.documents)


def _measure(work: Path, documents: int) -> int:
    home, folder = work / "home", work / "documents"
    write_documents(folder, 0, _BEFORE)
    for number in range(_REMOVED):
        (folder / f"old-{number}.md").write_text(f"# Old {number}\n\nThe {_GONE} is old.\n")
    run_command(home, "add", folder)
    alone = _with_readers(home, work / "alone", lambda: time.sleep(_ALONE_SECONDS))
    write_documents(folder, _BEFORE, documents)
    (folder / "zz-last.md").write_text(f"# Last\n\nThe {_ADDED} was added last.\n")
    for number in range(_REMOVED):
        (folder / f"old-{number}.md").unlink()
    seconds: list[float] = []
    beside = _with_readers(
        home, work / "beside", lambda: seconds.append(run_command(home, "add", folder))
    )
    print(f"the writer took {seconds[0]:.0f} s for {documents} documents")
    errors = [error for told in (*alone, *beside) for error in told["errors"]]
    stale = [told for told in beside if not told["fresh"]]
    for name, readers in (("alone", alone), ("beside the writer", beside)):
        times = sorted(one for told in readers for one in told["seconds"])
        late = times[int(0.95 * len(times))]
        print(
            f"{name}: {len(times):,} questions, median {1000 * statistics.median(times):.0f} ms,"
            f" p95 {1000 * late:.0f} ms, longest {1000 * times[-1]:.0f} ms"
        )
    print(f"errors: {len(errors)} {errors[:3]}")
    print(f"readers that were stale {_FRESH_SECONDS:.0f} s after the writer was done: {len(stale)}")
    return 1 if errors or stale else 0


def _with_readers(home: Path, signals: Path, act: Any) -> list[dict[str, Any]]:
    """Start the readers, act while they ask, and return what each thread of them tells."""
    signals.mkdir()
    words = [sys.executable, "-m", "bench.readers", "--read", str(home), str(signals)]
    readers = [
        subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(_PROCESSES)
    ]
    while len(list(signals.glob("ready-*"))) < _PROCESSES:
        if any(reader.poll() is not None for reader in readers):
            raise SystemExit("a reader ended before it began to ask")
        time.sleep(0.1)
    act()
    (signals / "done").touch()
    told = [json.loads(line) for reader in readers for line in reader.communicate()[0].splitlines()]
    if len(told) != _PROCESSES * _THREADS or any(reader.returncode for reader in readers):
        raise SystemExit("a reader ended without telling")
    return told


def _read(home: Path, signals: Path) -> int:
    """Ask with several threads until the writer is done, then look for what it did last."""
    assistant = Assistant(Settings(home))
    questions = [case.question for case in load_cases(SHIPPED_CASES) if case.use == "ask"]
    assistant.search(questions[0])
    told: list[dict[str, Any]] = []
    threads = [
        threading.Thread(target=_ask, args=(assistant, questions, signals, number, told))
        for number in range(_THREADS)
    ]
    for thread in threads:
        thread.start()
    (signals / f"ready-{id(assistant)}-{random.SystemRandom().random()}").touch()
    for thread in threads:
        thread.join()
    assistant.close()
    for one in told:
        print(json.dumps(one))
    return 0


def _ask(
    assistant: Assistant, questions: list[str], signals: Path, number: int, told: list[Any]
) -> None:
    chance = random.Random(number)
    seconds: list[float] = []
    errors: list[str] = []
    while not (signals / "done").exists():
        started = time.perf_counter()
        try:
            if not assistant.search(chance.choice(questions)):
                errors.append("nothing was found")
        except Exception as error:  # what a reader meets is what is measured
            errors.append(repr(error))
        seconds.append(time.perf_counter() - started)
    time.sleep(_FRESH_SECONDS)
    last = assistant.search(f"What was {_ADDED}?", 3)
    old = assistant.search(f"What is {_GONE}?", 3)
    fresh = any(_ADDED in one.passage.text for one in last) and not any(
        _GONE in one.passage.text for one in old
    )
    told.append({"seconds": seconds, "errors": errors, "fresh": fresh})


if __name__ == "__main__":
    sys.exit(main())
