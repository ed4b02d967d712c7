"""Cases from the rows of a table: what its columns are called and how their cells are written.

Where a row comes from (CSV, a sheet of a workbook) is left to others. A column has the name of a
field of a case; upper case, spaces and hyphens count for nothing, and "gold" or "expected answer"
is `answer`. Only `question` is required. All other columns are ignored.

| column | how a cell is written |
|---|---|
| id | text; made from the row's number where it is empty |
| question, answer, kind, use | text |
| answers, answer_aliases, expected_status | several are parted by "|" |
| must_include | groups parted by ";" or line breaks, the forms within a group by "|" |
| must_not_include | forms parted by ";" or line breaks |
| answerable, near_miss, source_counts | true, false, yes, no, 1 or 0 |
| evidence_file, evidence_page, evidence_quote | one place; a page that is no number is its label |
| evidence, alternates, turns | JSON, as in a file of JSON lines |

A cell of a list may be JSON too: it then begins with "[" or "{".
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import CaseFileError
from assistant.evaluation.loading.case_records import BadFieldError, PlacedRecord

_OTHER_NAMES = {"gold": "answer", "expected_answer": "answer"}
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_PAGE_NUMBER = re.compile(r"([0-9]{1,9})(?:\.0+)?")  # some programs write 2 as 2.0
_HEADER_AMONG = 10  # rows: a sheet may have a title above its header
_PLACE_COLUMNS = {"evidence_file": "file", "evidence_page": "page", "evidence_quote": "quote"}


@dataclass(frozen=True, slots=True)
class TableCell:
    """The words of a cell without white space around them; `fault` says why it cannot be read."""

    text: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: its number from 1, its place as messages name it, and its cells."""

    number: int
    place: str
    cells: tuple[TableCell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of the cells."""
        return tuple(cell.text for cell in self.cells)


def find_header(rows: Sequence[TableRow]) -> int:
    """Return the position of the row that names the columns, or `len(rows)` where none does.

    It is the first row or, below a title, one of the first with several cells.
    """
    for number, row in enumerate(rows[:_HEADER_AMONG]):
        is_row_of_names = number == 0 or sum(map(bool, row.texts)) > 1
        if is_row_of_names and "question" in map(_field_name, row.texts):
            return number
    return len(rows)


def has_header(rows: Sequence[TableRow]) -> bool:
    """Tell whether a row names the columns."""
    return find_header(rows) < len(rows)


def read_table_rows(rows: Sequence[TableRow], where: str) -> Iterator[PlacedRecord]:
    """Yield the records of a table, or of a plain list of questions: one column without a header.

    The rows are those that hold anything. Raises CaseFileError, opening with `where`, for several
    columns without a header and for a row that cannot be used.
    """
    columns = {column for row in rows for column, text in enumerate(row.texts) if text}
    if has_header(rows):
        yield from _records(rows[find_header(rows) :], where)
    elif len(columns) <= 1:
        yield from read_list_rows(rows, where)
    else:
        raise CaseFileError(
            f"{where}: no row names the columns; write one above the cases with at least "
            "`question`, or save a plain list of questions as .txt"
        )


def read_list_rows(rows: Iterable[TableRow], where: str) -> Iterator[PlacedRecord]:
    """Yield a question a row, with an id made from its number; those that begin with # are left."""
    for row in rows:
        for cell in row.cells:
            if cell.text and not cell.text.startswith("#"):
                _refuse_fault(cell, "question", f"{where}, {row.place}")
                yield PlacedRecord(row.place, {"id": _made_id(row), "question": cell.text})


def _field_name(text: str) -> str:
    name = re.sub(r"[\s_-]+", "_", text.strip().lower())
    return _OTHER_NAMES.get(name, name)


def _records(rows: Sequence[TableRow], where: str) -> Iterator[PlacedRecord]:
    header, *body = rows
    names = [name if name in _COLUMNS else "" for name in map(_field_name, header.texts)]
    twice = next((name for name in names if name and names.count(name) > 1), "")
    if twice:
        raise CaseFileError(f"{where}, {header.place}: two columns are `{twice}`; leave one")
    for row in body:
        cells = {name: cell for name, cell in zip(names, row.cells, strict=False) if name}
        for name, cell in cells.items():
            _refuse_fault(cell, name, f"{where}, {row.place}")
        try:
            record = _record({name: cell.text for name, cell in cells.items() if cell.text})
        except BadFieldError as error:
            raise CaseFileError(f"{where}, {row.place}: {error}") from error
        yield PlacedRecord(row.place, {"id": _made_id(row), **record})


def _refuse_fault(cell: TableCell, name: str, where: str) -> None:
    if cell.fault:
        raise CaseFileError(f"{where}: `{name}` {cell.fault}")


def _made_id(row: TableRow) -> str:
    return f"q{row.number:04d}"


def _record(texts: Mapping[str, str]) -> dict[str, Any]:
    record = {name: _COLUMNS[name](text, name) for name, text in texts.items()}
    place = {field: record.pop(name) for name, field in _PLACE_COLUMNS.items() if name in record}
    if not place:
        return record
    if "evidence" in record:
        raise BadFieldError("`evidence` and `evidence_file` are both given; leave one empty")
    if "file" not in place:
        raise BadFieldError("`evidence_file` is missing, though its page or quote is given")
    if number := _PAGE_NUMBER.fullmatch(place.get("page", "")):
        place["page"] = int(number[1])
    elif "page" in place:
        place["page_label"] = place.pop("page")
    return record | {"evidence": [place]}


def _text(text: str, _name: str) -> str:
    return text


def _flag(text: str, name: str) -> bool:
    if text.lower() not in _FLAGS:
        raise BadFieldError(f"`{name}` is one of {', '.join(_FLAGS)}, not {text!r}")
    return _FLAGS[text.lower()]


def _forms(text: str, name: str) -> Any:
    return _json(text, name) if _is_json(text) else _parts(text, r"\|")


def _groups(text: str, name: str) -> Any:
    if _is_json(text):
        return _json(text, name)
    return [_parts(group, r"\|") for group in _parts(text, r"[;\n]")]


def _lines(text: str, name: str) -> Any:
    return _json(text, name) if _is_json(text) else _parts(text, r"[;\n]")


def _json_list(text: str, name: str) -> Any:
    if not _is_json(text):
        raise BadFieldError(
            f"`{name}` is JSON, a list of objects, not {text!r}; for one place there are the "
            f"columns {', '.join(_PLACE_COLUMNS)}"
        )
    value = _json(text, name)
    return [value] if isinstance(value, dict) else value


def _is_json(text: str) -> bool:
    return text.startswith(("[", "{"))


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFieldError(f"`{name}` begins like JSON and is none ({error})") from error


def _parts(text: str, divider: str) -> list[str]:
    return [part.strip() for part in re.split(divider, text) if part.strip()]


_COLUMNS: Mapping[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(("id", "question", "answer", "kind", "use", *_PLACE_COLUMNS), _text),
    **dict.fromkeys(("answerable", "near_miss", "source_counts"), _flag),
    **dict.fromkeys(("answers", "answer_aliases", "expected_status"), _forms),
    "must_include": _groups,
    "must_not_include": _lines,
    **dict.fromkeys(("evidence", "alternates", "turns"), _json_list),
}
