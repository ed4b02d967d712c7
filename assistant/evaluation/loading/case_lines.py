"""Files of outside data read line by line, so that a file of any length takes little memory."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CaseFileError
from assistant.evaluation.loading.case_records import PlacedRecord


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of a file without its end; `number` counts from 1."""

    number: int
    text: str

    @property
    def place(self) -> str:
        """The place of the line as messages name it."""
        return f"line {self.number}"


def read_lines(path: Path) -> Iterator[NumberedLine]:
    """Yield the lines of a UTF-8 file that hold anything.

    Raises CaseFileError with the line number for another encoding, and for a file that cannot be
    read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise CaseFileError(f"{path}: cannot be read ({error.strerror})") from error
    with file:
        for number, data in enumerate(file, start=1):
            try:
                text = data.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise CaseFileError(
                    f"{path}, line {number}: is not UTF-8; save the file so"
                ) from error
            if text.strip():
                yield NumberedLine(number, text.rstrip("\r\n"))


def read_json_lines(path: Path) -> Iterator[PlacedRecord]:
    """Yield the records of a file of JSON lines.

    Raises CaseFileError with the line number for a line that is not JSON.
    """
    for line in read_lines(path):
        yield PlacedRecord(line.place, parse_json(line.text, f"{path}, {line.place}"))


def parse_json(text: str, where: str) -> Any:
    """Return the value of a JSON text; raises CaseFileError, opening with `where`."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise CaseFileError(f"{where}: is JSON nested deeper than any case is") from error
    except ValueError as error:  # besides bad JSON, a number of thousands of digits
        reason = str(error)
        if isinstance(error, json.JSONDecodeError):
            reason = error.msg if error.lineno == 1 else f"{error.msg}, line {error.lineno}"
        raise CaseFileError(f"{where}: is not JSON ({reason})") from error
