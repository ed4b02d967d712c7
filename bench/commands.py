"""The command line as a user starts it, for measurements that are to hold for users."""

import subprocess
import sys
import time
from pathlib import Path


def command(home: Path, *arguments: object) -> list[str]:
    """Return the words of a command over a home."""
    words = [str(argument) for argument in arguments]
    return [sys.executable, "-m", "assistant.cli", "--home", str(home), *words]


def run_command(home: Path, *arguments: object) -> float:
    """Run a command to its end and return its seconds; what it prints goes to stderr."""
    started = time.perf_counter()
    subprocess.run(command(home, *arguments), stdout=sys.stderr, check=True)
    return time.perf_counter() - started
