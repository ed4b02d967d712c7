"""Reading XLSX workbooks: a page for each sheet, its figures as a reader of the sheet sees them."""

import re
import warnings
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812

from corpus.document import Metadata, Page, Reading
from corpus.errors import UnreadableSourceError
from corpus.number_format import show
from corpus.page_writer import PageWriter, TableCell
from corpus.repair.marked import Marked, Words
from corpus.repair.raised import Piece, read_raised
from corpus.sheets.sheet import write_sheet
from corpus.zip_archive import check_archive

_XML_BYTES = 300 << 20
_MOST_ROWS = 200_000
_MOST_COLUMNS = 1_000
_MOST_CELLS = 3_000_000
_MOST_MERGES = 20_000
_SHEETS = 500
_MARK = re.compile(r"(?:\d{1,2}|[a-z]|[*†‡§]{1,3})(?:,?\s?(?:\d{1,2}|[a-z]|[*†‡§]))*")
_TITLE_CHARS = 200
_NO_TITLE = re.compile(r"(?:sheet|book|workbook|untitled|microsoft|document)\s?\d*", re.IGNORECASE)
_NO_AUTHOR = re.compile(
    r"(?:openpyxl|xlsxwriter|apache poi|.*\b(?:user|admin\w*|microsoft|unknown)\b.*)", re.IGNORECASE
)
_DAMAGE = (
    SyntaxError,  # of XML
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    BadZipFile,
    ZlibError,
    NotImplementedError,
    RecursionError,
)
_EMPTY = TableCell("")


def read_workbook(data: bytes, name: str) -> Reading:
    """Read an XLSX workbook of the given name; each sheet is a page, numbered as its tab.

    Hidden sheets are read as well, and said in the remarks. Raises UnreadableSourceError for a
    file that is damaged, asks for a password or is of another format.
    """
    check_archive(data, name, xml_bytes=_XML_BYTES)
    with ZipFile(BytesIO(data)) as archive:
        unpacked = sum(m.file_size for m in archive.infolist() if m.filename.endswith(".xml"))
    if unpacked > _XML_BYTES:
        raise UnreadableSourceError(
            f"{name}: unpacks to {unpacked >> 20} MB, more than the {_XML_BYTES >> 20} MB that are "
            "read; split it"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read_book(_open(data), name)
    except _DAMAGE as error:
        raise UnreadableSourceError(
            f"{name}: the workbook is damaged ({type(error).__name__}: {_short(error)}); "
            "open and save it in a spreadsheet program, or fetch it again"
        ) from error


def _open(data: bytes) -> Any:
    """Return the library's workbook; a chart that fills a sheet is opened as an empty one."""
    from openpyxl.chartsheet import Chartsheet
    from openpyxl.reader.excel import ExcelReader

    class Reader(ExcelReader):  # type: ignore[misc, unused-ignore]
        def read_chartsheet(self, sheet: Any, rel: Any) -> None:  # noqa: ARG002
            chart = Chartsheet(parent=self.wb, title=sheet.name)
            self.wb._add_sheet(chart)

    reader = Reader(BytesIO(data), read_only=True, data_only=True, keep_links=False, rich_text=True)
    reader.read()
    return reader.wb


def _read_book(book: Any, name: str) -> Reading:
    if len(book.sheetnames) > _SHEETS:
        raise UnreadableSourceError(
            f"{name}: has {len(book.sheetnames)} sheets, more than the {_SHEETS} that are read; "
            "save the needed ones in a workbook of their own"
        )
    pages: list[Page] = []
    remarks: list[str] = []
    title = ""
    for number, label in enumerate(book.sheetnames, 1):
        sheet = book[label]
        if not hasattr(sheet, "iter_rows"):  # a chart that fills a sheet
            pages.append(Page(number, label, ""))
            continue
        if sheet.sheet_state != "visible":
            remarks.append(f"sheet {label!r} is hidden")
        writer = PageWriter(number, label)
        content = _read_sheet(sheet)
        first = write_sheet(writer, content.rows)
        title = title or first
        pages.append(writer.page())
        remarks += [f"sheet {label!r} {what}" for what in content.remarks]
    return Reading(tuple(pages), _metadata(book.properties, title), tuple(remarks))


def _metadata(properties: Any, title: str) -> Metadata:
    """Return what the workbook says of itself; its dates are those of the file, so left out."""
    stated = (properties.title or "").strip()
    author = (properties.creator or "").strip()
    if not stated or _NO_TITLE.fullmatch(stated):
        stated = title if len(title) <= _TITLE_CHARS else ""
    return Metadata(
        title=stated,
        subject=(properties.subject or "").strip(),
        author="" if _NO_AUTHOR.fullmatch(author) else author,
        language=(properties.language or "").strip(),
    )


@dataclass(frozen=True, slots=True)
class _Content:
    """The rows of a sheet, and what is to be said of them."""

    rows: Sequence[Sequence[TableCell]]
    remarks: tuple[str, ...]


def _read_sheet(sheet: Any) -> _Content:
    """Return the cells of a sheet that hold anything, with what merged cells mean in each place.

    The library's own rows are as wide and as many as the sheet claims to be; its parser yields
    those that are there.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    styles = _Styles(sheet)
    rows: dict[int, dict[int, TableCell]] = {}
    cells = left_out = 0
    is_cut = False
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
            rich_text=True,
        )
        for number, parsed in parser.parse():
            found = {
                cell["column"] - 1: styles.cell(cell)
                for cell in parsed
                if cell["value"] not in (None, "") and cell["column"] <= _MOST_COLUMNS
            }
            is_cut = is_cut or any(c["column"] > _MOST_COLUMNS and c["value"] for c in parsed)
            if len(rows) >= _MOST_ROWS or cells > _MOST_CELLS:
                left_out += bool(found)
            elif found:
                rows.setdefault(number, {}).update(found)
                cells += len(found)
    remarks = []
    if left_out:
        remarks.append(f"is cut: {left_out:,} of its rows are left out")
    if is_cut:
        remarks.append(f"is cut: columns behind the first {_MOST_COLUMNS:,} are left out")
    if any(row.get("hidden") in ("1", "true") for row in parser.row_dimensions.values()):
        remarks.append("has hidden rows")
    if any(col.get("hidden") in ("1", "true") for col in parser.column_dimensions.values()):
        remarks.append("has hidden columns")
    _spread(rows, _merges(parser))
    return _Content(list(_dense(rows)), tuple(remarks))


def _merges(parser: Any) -> list[tuple[int, int, int, int]]:
    """Return the merged ranges as first column, first row, last column, last row, from 0 and 1."""
    if not parser.merged_cells:
        return []
    ranges = parser.merged_cells.mergeCell[:_MOST_MERGES]
    bounds = [(r.min_col - 1, r.min_row, r.max_col - 1, r.max_row) for r in ranges]
    return [bound for bound in bounds if None not in bound]


def _spread(
    rows: dict[int, dict[int, TableCell]], merges: Sequence[tuple[int, int, int, int]]
) -> None:
    """Put what a merged cell says into each place it covers where anything stands around."""
    numbers = sorted(rows)
    width = max((column for row in rows.values() for column in row), default=0)
    for left, top, right, bottom in merges:
        cell = rows.get(top, {}).get(left)
        if cell is None:
            continue
        repeat = TableCell(cell.words, cell.indent, is_repeat=True)
        for number in numbers[bisect_left(numbers, top) : bisect_left(numbers, bottom + 1)]:
            for column in range(left, min(right, width) + 1):
                rows[number].setdefault(column, repeat)


def _dense(rows: dict[int, dict[int, TableCell]]) -> Iterator[list[TableCell]]:
    """Yield the rows in order, with an empty one for each gap between them."""
    above = None
    for number in sorted(rows):
        if above is not None and number > above + 1:
            yield []
        above = number
        row = rows[number]
        yield [row.get(column, _EMPTY) for column in range(max(row) + 1)]


class _Styles:
    """What the styles of a sheet's cells say: number format, indent, raised letters."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._known: dict[int, tuple[str, int, bool]] = {}

    def cell(self, parsed: dict[str, Any]) -> TableCell:
        """Return a parsed cell as it is shown."""
        number_format, indent, is_raised = self._style(parsed)
        value = parsed["value"]
        if isinstance(value, list):
            words: Words = read_raised(list(_pieces(value, is_raised)))
            text = words.text if isinstance(words, Marked) else words
        else:
            text = words = show(value, number_format)
        if is_raised and _MARK.fullmatch(text.strip()):
            return TableCell("", mark=text.strip())
        indent += len(text) - len(text.lstrip(" \u00a0"))
        return TableCell(words, indent)

    def _style(self, parsed: dict[str, Any]) -> tuple[str, int, bool]:
        style = parsed["style_id"]
        if style not in self._known:
            from openpyxl.cell.read_only import ReadOnlyCell

            cell = ReadOnlyCell(self._sheet, **parsed)
            is_raised = cell.font.vertAlign == "superscript"
            indent = int(cell.alignment.indent or 0)
            self._known[style] = (cell.number_format or "General", indent, is_raised)
        return self._known[style]


def _pieces(runs: Sequence[Any], is_raised: bool) -> Iterator[Piece]:
    """Yield the runs of a text; those without a style of their own have that of the cell."""
    for run in runs:
        if isinstance(run, str):
            yield Piece(run, is_raised)
        else:
            raised = run.font.vertAlign == "superscript" if run.font else is_raised
            yield Piece(run.text, raised)


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:120]
