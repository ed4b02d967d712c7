"""Starting Python processes with our packages and the tests' fakes at hand."""

import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]


def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
    """Start a process that runs a script, with pipes to its input and output."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_for(there: Callable[[], object], process: "subprocess.Popen[str]") -> bool:
    """Wait until something is there, or a process has ended or stuck."""
    for _ in range(2_400):
        if there():
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.1)
    return False
