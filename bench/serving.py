"""Many clients at once, beside a writer: `python -m bench.serving [--clients 50] [--seconds 120]`.

Serves the shipped documents by `rare-earth serve` on loopback. Each client asks which mine made how
much, of mines that only this bench knows, and knows the answer; one more client sends sources, and
takes them out again. Prints errors, answers to another's question, answers a second, seconds of an
answer and the memory of the server from first to last; then ends it by SIGTERM while answers are
under way. Exit 1 where an answer was wrong or failed.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import httpx

from bench.commands import command, run_command
from corpus.build_pdfs import DOCUMENTS

_MINES = 40
_TIMEOUT_SECONDS = 120.0
_WARM_SECONDS = 15.0


@dataclass
class Heard:
    """What clients heard: seconds of right answers, faults by their words, memory in MiB."""

    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    sent: int = 0


def main() -> int:
    """Serve, ask and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, mines = Path(folder) / "home", Path(folder) / "mines"
        mines.mkdir()
        for number in range(_MINES):
            (mines / f"mine{number}.md").write_text(_text(number), encoding="utf-8")
        run_command(home, "add", DOCUMENTS, mines)
        heard, ending = _load(home, given.clients, given.seconds)
    _print(heard, given.seconds)
    print(ending)
    return int(bool(heard.faults))


def _text(number: int) -> str:
    return f"# Mine Q{number}\n\n{_said(number)}\n"


def _said(number: int) -> str:
    return f"Mine Q{number} produced {_tons(number)} t of REO in 2024."


def _tons(number: int) -> int:
    return 1_000 + 37 * number


def _load(home: Path, clients: int, seconds: float) -> tuple[Heard, str]:
    """Return what clients heard of a server of a home, and how it ended."""
    words = command(home, "serve", "--port", 0, "--requests-a-minute", 1_000_000)
    server = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    try:
        address = server.stderr.readline().split()[2]
        heard, end = Heard(), time.monotonic() + seconds
        with ThreadPoolExecutor(clients + 2) as threads:
            asking = [threads.submit(_ask, address, seed, end, heard) for seed in range(clients)]
            others = [
                threads.submit(_send, address, end, heard),
                threads.submit(_watch, server.pid, end, heard),
            ]
            for one in (*asking, *others):
                one.result()
            return heard, _end(server, address, threads)
    finally:
        server.kill()


def _ask(address: str, seed: int, end: float, heard: Heard) -> None:
    chosen = random.Random(seed)
    with httpx.Client(base_url=address, timeout=_TIMEOUT_SECONDS) as client:
        while time.monotonic() < end:
            number = chosen.randrange(_MINES)
            asked = f"How much REO did Mine Q{number} produce in 2024?"
            started = time.perf_counter()
            try:
                response = client.post("/api/v1/ask", json={"question": asked})
                told = response.json()
            except (httpx.HTTPError, ValueError) as error:
                heard.faults[repr(error)] += 1
                continue
            if response.status_code != 200:
                heard.faults[f"status {response.status_code}: {told.get('error')}"] += 1
            elif told["question"] != asked or not told["text"].startswith(_said(number)):
                heard.faults[f"{asked} -> {told['text']}"] += 1
            else:
                heard.seconds.append(time.perf_counter() - started)


def _send(address: str, end: float, heard: Heard) -> None:
    with httpx.Client(base_url=address, timeout=_TIMEOUT_SECONDS) as client:
        while time.monotonic() < end:
            text = f"# Pit {heard.sent}\n\nPit {heard.sent} produced {heard.sent} t in 2019.\n"
            file = {"file": (f"pit{heard.sent}.md", text.encode())}
            added = client.post("/api/v1/sources", files=file)
            if added.status_code != 201:
                heard.faults[f"sending: {added.text}"] += 1
                continue
            heard.sent += 1
            if heard.sent % 2:
                client.delete(f"/api/v1/sources/{added.json()['id']}")


def _watch(pid: int, end: float, heard: Heard) -> None:
    status = Path(f"/proc/{pid}/status")
    time.sleep(min(_WARM_SECONDS, end - time.monotonic()))  # until its models are loaded
    while time.monotonic() < end:
        lines = status.read_text(encoding="ascii").splitlines()
        [kibibytes] = [line.split()[1] for line in lines if line.startswith("VmRSS")]
        heard.memory.append(int(kibibytes) / 1024)
        time.sleep(1)


def _end(server: "subprocess.Popen[str]", address: str, threads: ThreadPoolExecutor) -> str:
    """Return how a server ends that is told to while answers are under way."""
    asked = {"question": "How did rare-earth prices develop in 2025?"}
    url = f"{address}/api/v1/ask"
    under_way = [
        threads.submit(httpx.post, url, json=asked, timeout=_TIMEOUT_SECONDS) for _ in range(4)
    ]
    time.sleep(0.2)
    started = time.perf_counter()
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=60)
    seconds = time.perf_counter() - started
    finished = sum(one.exception() is None for one in under_way)
    return f"SIGTERM: ended in {seconds:.1f} s, {finished} of {len(under_way)} answers finished"


def _print(heard: Heard, seconds: float) -> None:
    faults: Sequence[tuple[str, int]] = heard.faults.most_common(5)
    print(f"{len(heard.seconds)} right answers, {sum(heard.faults.values())} faults: {faults}")
    print(
        f"{len(heard.seconds) / seconds:.1f} answers a second; {heard.sent} sources sent meanwhile"
    )
    if len(heard.seconds) > 1:
        p95 = quantiles(heard.seconds, n=20)[-1]
        print(f"an answer: {median(heard.seconds):.2f} s in the median, {p95:.2f} s in 19 of 20")
    if heard.memory:
        print(f"memory: {heard.memory[0]:.0f} MiB at first, {heard.memory[-1]:.0f} MiB at last")


if __name__ == "__main__":
    sys.exit(main())
