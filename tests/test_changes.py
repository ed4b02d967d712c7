"""A unit and a measure are each a line of a table: added to a copy of the program, and asked."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "index", "assistant")
UNIT = "drumload\tdrumload | drumloads\tmass\t200 * kg\n"
MEASURE = "tailings reprocessed\t\t\tmass\ttailings reprocessed | reprocessed tailings\n"
REPORT = """# Tailings of the Ostvik works

Table 1. Tailings reprocessed, drumloads

| Works | 2024 | 2025 |
|---|---|---|
| Ostvik | 4,100 | 5,000 |
| Nordby | 900 | 1,100 |
"""


def run(program: Path, home: Path, *arguments: str) -> str:
    """Run a command of a copy of the program."""
    environment = os.environ | {"PYTHONPATH": str(program), "RARE_EARTH_HOME": str(home)}
    command = [sys.executable, "-m", "assistant.cli", *arguments]
    done = subprocess.run(
        command, cwd=program, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_unit_and_a_measure_are_lines_of_tables(tmp_path: Path) -> None:
    program, home = tmp_path / "program", tmp_path / "home"
    ignored = shutil.ignore_patterns("__pycache__", "documents", "document_texts")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, program / package, ignore=ignored)
    tables = program / "corpus" / "language" / "tables"
    for name, line in (("units", UNIT), ("measures", MEASURE)):
        with (tables / f"{name}.tsv").open("a", encoding="utf-8") as table:
            table.write(line)
    report = tmp_path / "report.md"
    report.write_text(REPORT, encoding="utf-8")
    run(program, home, "add", str(report))
    asked = "How many tonnes of tailings were reprocessed at Ostvik in 2025?"
    answer = json.loads(run(program, home, "ask", "--json", asked))
    assert answer["status"] == "answered"
    assert "1,000 t" in answer["text"]
    assert answer["citations"][0]["quote"] == "Ostvik | 4,100 | 5,000"
