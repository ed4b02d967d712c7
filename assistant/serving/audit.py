"""The record of who changed a home by way of the server: a line of JSON in HOME/audit.jsonl."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

AUDIT_FILE = "audit.jsonl"


def audit(home: Path, caller: str, action: Literal["added", "removed"], source: str) -> None:
    """Write down that a caller, by the name of the token, has added or removed a source."""
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = json.dumps({"time": time, "token": caller, "action": action, "source": source})
    with (home / AUDIT_FILE).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
