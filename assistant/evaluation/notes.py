"""What a reader notes of cases of a run, such as that a case is wrong: kept beside the run."""

import json
from pathlib import Path

from assistant.errors import RunMismatchError
from assistant.evaluation.results import write_json

NOTES_FILE = "notes.json"


def load_notes(folder: Path) -> dict[str, str]:
    """Return the notes on the cases of a run by their ids. Raises RunMismatchError for damage."""
    path = folder / NOTES_FILE
    if not path.exists():
        return {}
    try:
        notes = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(notes, dict) or not all(isinstance(n, str) for n in notes.values()):
            raise ValueError("it holds no notes")
    except (OSError, ValueError) as error:
        raise RunMismatchError(f"{path}: cannot be read ({error}); move it away") from error
    return notes


def note_case(folder: Path, case_id: str, note: str) -> None:
    """Keep why a case of a run is wrong; an empty note takes it back.

    Raises RunMismatchError where the notes cannot be read or written.
    """
    notes = load_notes(folder) | {case_id: note.strip()}
    try:
        write_json(folder / NOTES_FILE, {one: told for one, told in notes.items() if told})
    except OSError as error:
        raise RunMismatchError(
            f"{folder / NOTES_FILE}: cannot be written ({error.strerror}); make it so"
        ) from error
