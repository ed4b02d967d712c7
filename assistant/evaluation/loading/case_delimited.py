"""CSV and TSV files and plain lists of questions: bytes in, records out.

Nothing in such a file says how it is written, so its encoding and its delimiter are found here.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from assistant.errors import CaseFileError
from assistant.evaluation.loading.case_columns import (
    TableCell,
    TableRow,
    find_header,
    has_header,
    read_list_rows,
    read_table_rows,
)
from assistant.evaluation.loading.case_records import PlacedRecord

_DELIMITERS = (",", ";", "\t")
# One spreadsheet program writes this line, and hides it.
_DELIMITER_LINE = re.compile(r'"?sep=([,;\t])"?\n')
# In text of another encoding letters beyond ASCII follow each other, or signs stand inside words.
_NOT_WINDOWS = re.compile(r"[^\W\d_a-zA-Z]{4}|[^\W\d_][¡¿¶¹³¼½¾][^\W\d_]|[\x01-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class _Parsed:
    """The rows that a delimiter gives, those without any words left out.

    `error` says why the row `error_row` and those behind it could not be read, if so.
    """

    rows: tuple[TableRow, ...]
    error: str = ""
    error_row: int = 0

    @property
    def width(self) -> int:
        """The most cells that a row has."""
        return max((len(row.cells) for row in self.rows), default=0)

    @property
    def header_width(self) -> int:
        """The cells of the row that names the columns; 0 where none does."""
        return len(self.rows[find_header(self.rows)].cells) if has_header(self.rows) else 0

    @property
    def is_table(self) -> bool:
        """Whether each row has several cells."""
        return all(len(row.cells) > 1 for row in self.rows)


def read_delimited(path: Path) -> Iterator[PlacedRecord]:
    """Yield the records of a CSV or TSV file (`case_columns` says how cells are written).

    Cells are parted by comma, semicolon or tab. Raises CaseFileError, with the number of the row
    as a spreadsheet program counts, for what cannot be read.
    """
    text = _decoded(path)
    named = _DELIMITER_LINE.match(text)
    parsed = _parsed(text[named.end() :], named[1]) if named else _best_parsed(text)
    if parsed.error:
        raise CaseFileError(
            f"{path}, row {parsed.error_row}: cannot be read ({parsed.error}); is a quotation mark "
            "left open, or not written twice inside a quoted cell?"
        )
    if has_header(parsed.rows):
        _refuse_long_rows(parsed, path)
    yield from read_table_rows(parsed.rows, str(path))


def read_list(path: Path) -> Iterator[PlacedRecord]:
    """Yield a question a line of a text file; empty lines and those that begin with # are left."""
    lines = enumerate(_decoded(path).split("\n"), start=1)
    rows = (TableRow(n, f"line {n}", (TableCell(line.strip()),)) for n, line in lines)
    yield from read_list_rows(rows, str(path))


def _best_parsed(text: str) -> _Parsed:
    """Return the rows under the delimiter that gives the widest header.

    Without a header it is one that parts every row (a table, to be refused), else the one that
    parts the fewest (a list, whose questions hold the others as punctuation).
    """
    parsed = [_parsed(text, delimiter) for delimiter in _DELIMITERS]
    if any(each.header_width for each in parsed):
        return max(parsed, key=lambda each: (each.header_width, -each.width))
    readable = [each for each in parsed if not each.error] or parsed
    narrowest = min(readable, key=lambda each: each.width)
    return next((each for each in readable if each.is_table), narrowest)


def _parsed(text: str, delimiter: str) -> _Parsed:
    rows: list[TableRow] = []
    number = 0
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                row = tuple(TableCell(cell.strip()) for cell in cells)
                rows.append(TableRow(number, f"row {number}", row))
    except csv.Error as error:
        return _Parsed(tuple(rows), str(error), number + 1)
    return _Parsed(tuple(rows))


def _refuse_long_rows(parsed: _Parsed, path: Path) -> None:
    """A row longer than its header has a delimiter in a text that is not quoted."""
    for row in parsed.rows[find_header(parsed.rows) :]:
        if any(row.texts[parsed.header_width :]):
            raise CaseFileError(
                f"{path}, {row.place}: has {len(row.cells)} cells, and the row that names the "
                f"columns {parsed.header_width}; put a text that holds the delimiter in quotes"
            )


def _decoded(path: Path) -> str:
    """Return the text of a file in UTF-8, marked UTF-16 or Windows-1252, its line ends as "\\n"."""
    data = path.read_bytes()
    is_utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if is_utf_16 else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = "" if is_utf_16 else _windows_text(data)
        if not text:
            line = data[: error.start].decode(encoding, "replace").count("\n") + 1
            raise CaseFileError(
                f"{path}, line {line}: is neither UTF-8, nor UTF-16 with a byte order mark, nor "
                "Windows-1252; save the file as UTF-8"
            ) from error
    if "\0" in text:
        raise CaseFileError(f"{path}: holds binary data, not text; is its ending right?")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _windows_text(data: bytes) -> str:
    """Return the text of bytes in Windows-1252; "" where they are in another encoding."""
    text = data.decode("cp1252", "replace")
    return "" if "\ufffd" in text or _NOT_WINDOWS.search(text) else text
