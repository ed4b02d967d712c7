"""The record of who changed a home by way of the server: a line of JSON in HOME/audit.jsonl."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

AUDIT_FILE = "audit.jsonl"
Action = Literal["added", "removed", "started", "stopped"]


def audit(
    home: Path, caller: str, action: Action, kind: Literal["source", "run"], name: str
) -> None:
    """Write down what a caller, by the name of the token, has done to a source or a run."""
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = json.dumps({"time": time, "token": caller, "action": action, kind: name})
    with (home / AUDIT_FILE).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
