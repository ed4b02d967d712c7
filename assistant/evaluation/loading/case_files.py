"""Files of cases: whole files in, cases out; cases written whole.

Outside data enters here: a line that cannot be used is refused by its number, never skipped.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.errors import CaseFileError
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_delimited import read_delimited, read_list
from assistant.evaluation.loading.case_lines import parse_json, read_json_lines
from assistant.evaluation.loading.case_records import (
    BadFieldError,
    PlacedRecord,
    case_record,
    load_case,
)
from assistant.evaluation.loading.case_tables import read_workbook
from assistant.evaluation.whole_files import write_whole


def load_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a file, in order.

    The ending says how it is written: JSON lines (.jsonl), an array of the same records (.json),
    a table (.csv, .tsv, .xlsx; `case_columns` describes its columns), or a plain list of questions
    without gold, a question a line (.txt; empty lines and those that begin with # are left out,
    ids are made from line numbers). Raises CaseFileError with file and line or row for the first
    one that cannot be used, for an id that is taken, and for a file without a case.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise CaseFileError(
            f"{path}: cases are not read from files of this kind, but from {', '.join(_READERS)}"
        )
    try:
        cases = collect_cases(path, read(path))
    except OSError as error:
        raise CaseFileError(f"{path}: cannot be read ({error.strerror})") from error
    if not cases:
        raise CaseFileError(f"{path}: holds no case")
    return cases


def collect_cases(path: Path, records: Iterable[PlacedRecord]) -> tuple[Case, ...]:
    """Return the cases that records of a file hold.

    Raises CaseFileError with the place of the first that is no case or has the id of another.
    """
    places: dict[str, str] = {}
    cases: list[Case] = []
    for item in records:
        try:
            case = load_case(item.record)
        except BadFieldError as error:
            raise CaseFileError(f"{path}, {item.place}: {error}") from error
        if case.id in places:
            raise CaseFileError(
                f"{path}, {item.place}: id {case.id!r} is taken by {places[case.id]}; "
                "ids are unique"
            )
        places[case.id] = item.place
        cases.append(case)
    return tuple(cases)


def write_cases(path: Path, cases: Iterable[Case]) -> None:
    """Write cases as JSON lines, whole or not at all; `load_cases` gives them back.

    Raises CaseFileError where the file cannot be written.
    """
    try:
        write_whole(path, b"".join(case_line(case) for case in cases))
    except OSError as error:
        raise CaseFileError(f"{path}: cannot be written ({error.strerror})") from error


def case_line(case: Case) -> bytes:
    """Return a case as a line of a case file, with its line end."""
    line = json.dumps(case_record(case), ensure_ascii=False) + "\n"
    return line.encode("utf-8", "backslashreplace")  # half a surrogate pair, as JSON writes it


def _read_json_array(path: Path) -> Iterator[PlacedRecord]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseFileError(f"{path}: is not UTF-8; save the file so") from error
    records = parse_json(text, str(path))
    if not isinstance(records, list):
        raise CaseFileError(f"{path}: holds no array of cases; save JSON lines as .jsonl")
    for number, record in enumerate(records, start=1):
        yield PlacedRecord(f"record {number}", record)


_READERS = {
    ".jsonl": read_json_lines,
    ".json": _read_json_array,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".xlsx": read_workbook,
    ".txt": read_list,
}
