"""What people did, a line of JSON each in HOME/audit.jsonl: never texts, questions or secrets."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assistant.people.person import Person

AUDIT_FILE = "audit.jsonl"
Deed = Literal[
    "asked",
    "added",
    "removed",
    "followed",
    "shared",
    "unshared",
    "deleted",
    "started",
    "stopped",
    "set",
]
Kind = Literal["record", "source", "conversation", "collection", "run", "model", "address"]


def write_down(home: Path, person: Person, deed: Deed, kind: Kind, name: str) -> None:
    """Write down who has done what to what; nothing of a person without a name."""
    if not person.name:
        return
    told = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "who": person.name,
        **({"id": person.id} if person.id else {}),
        "action": deed,
        kind: name,
    }
    with (home / AUDIT_FILE).open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(told)}\n")
