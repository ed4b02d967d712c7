"""The server as a process, started by the command line on a free port."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "assistant.cli")


def command(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "--home", str(home), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def serving(home: Path, *arguments: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Start a server on a free port; yield its address and its process."""
    process = subprocess.Popen(
        [*COMMAND, "--home", str(home), "serve", "--port", "0", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        assert line.startswith("serving on http://"), line + process.stderr.read()
        yield line.split()[2], process
    finally:
        process.terminate()
        process.wait(timeout=30)
