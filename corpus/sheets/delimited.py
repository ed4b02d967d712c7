"""Reading CSV and TSV files: one page, its rows as those of a sheet."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.document import Metadata, Reading
from corpus.errors import NoFactsError, UnreadableSourceError
from corpus.page_writer import PageWriter, TableCell
from corpus.sheets.sheet import write_sheet
from corpus.text.reading import decode

_MOST_ROWS = 200_000
_MOST_COLUMNS = 1_000
_SAMPLE_ROWS = 60
_DELIMITERS = (",", ";", "\t", "|")
_OTHER_KINDS = (
    (b"PK\x03\x04", "a zip or an office file; rename it to .xlsx or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old office file; save it as CSV or XLSX"),
    (b"%PDF", "a PDF; rename it to .pdf"),
)
_TITLE_CHARS = 200
_REMARKS = re.compile(r"(?:#.*\n)+")  # lines above a table, as programs mark them
_GAPS = re.compile(r"\n{3,}")


def read_csv(data: bytes, name: str) -> Reading:
    """Read a CSV or TSV file of the given name, whatever its delimiter and encoding.

    Rows behind the first 200,000 are left out, and said so in the remarks. Raises
    UnreadableSourceError for bytes that are no text or too many, NoFactsError for a file without
    any cell.
    """
    for mark, kind in _OTHER_KINDS:
        if data.startswith(mark):
            raise UnreadableSourceError(f"{name}: is {kind}")
    text = _GAPS.sub("\n\n", decode(data, name))
    if text.startswith("sep=") and text[5:6] == "\n":  # a line that one spreadsheet program adds
        delimiter, text = text[4], text[6:]
    else:
        delimiter = ""
    remarked, text = _split_remarks(text)
    delimiter = delimiter or _find_delimiter(text)
    kept: list[Sequence[TableCell]] = [[_cell(line)] for line in remarked]
    left_out = 0
    widest = 0
    try:
        for row in _rows(text, delimiter):
            widest = max(widest, len(row))
            if len(kept) < _MOST_ROWS:
                kept.append([_cell(words) for words in row[:_MOST_COLUMNS]])
            else:
                left_out += any(row)
    except csv.Error as error:
        raise UnreadableSourceError(
            f"{name}: row {len(kept) + left_out + 1:,} cannot be read ({error}); "
            "is a quotation mark left open?"
        ) from error
    if not any(cell.words for row in kept for cell in row):
        raise NoFactsError(f"{name}: holds no cell with words; remove it or fetch it again")
    remarks = []
    if left_out:
        remarks.append(f"is cut: {left_out:,} of its rows are left out")
    if widest > _MOST_COLUMNS:
        remarks.append(f"is cut: columns behind the first {_MOST_COLUMNS:,} are left out")
    writer = PageWriter()
    title = write_sheet(writer, kept)
    metadata = Metadata(title=title if len(title) <= _TITLE_CHARS else "")
    return Reading((writer.page(),), metadata, tuple(remarks))


def _split_remarks(text: str) -> tuple[list[str], str]:
    """Return the lines above the head that are marked as remarks, without marks, and the rest.

    A marked line that has the cells of the row below it is the head itself: "#,Name,Value".
    """
    found = _REMARKS.match(text)
    if found is None or not text[found.end() :].strip():
        return [], text
    lines, rest = found.group().splitlines(), text[found.end() :]
    delimiter = _find_delimiter(rest)
    last, below = (len(line.split(delimiter)) for line in (lines[-1], rest.split("\n")[0]))
    if last == below > 1:
        rest = f"{lines.pop()}\n{rest}"
    return [line.lstrip(" #") for line in lines], rest


def _find_delimiter(text: str) -> str:
    """Return what parts the cells: what makes the most rows of one width, and wide ones."""
    sample = text[:200_000]

    def score(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in islice(_rows(sample, delimiter), _SAMPLE_ROWS) if row]
        except csv.Error:
            return (0.0, 0)
        counted = Counter(width for width in widths if width > 1)
        if not counted:
            return (0.0, 0)
        width, rows = counted.most_common(1)[0]
        return (rows / len(widths), width)

    return max(_DELIMITERS, key=score)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    lines = (f"{line}\n" for line in text.split("\n"))
    return csv.reader(lines, delimiter=delimiter)


def _cell(words: str) -> TableCell:
    return TableCell(words, indent=len(words) - len(words.lstrip(" \u00a0")))
