"""The words of text bodies and tables on slides."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.page_writer import TableCell
from corpus.repair.marked import Marked, join
from corpus.repair.raised import Piece, read_raised

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_COLUMNS = 100


def paragraphs(body: Any) -> list[Marked]:
    """Return the paragraphs of a text body that say something."""
    if body is None:
        return []
    found = (read_raised(_pieces(paragraph)) for paragraph in body.iterchildren(f"{A}p"))
    return [words for words in found if words.text.strip()]


def table_rows(table: Any) -> list[list[TableCell]]:
    """Return the rows of an `a:tbl` element; a merged cell is given wherever it covers."""
    rows: list[list[TableCell]] = []
    for row in table.iterchildren(f"{A}tr"):
        line: list[TableCell] = []
        above = rows[-1] if rows else []
        for cell in list(row.iterchildren(f"{A}tc"))[:_COLUMNS]:
            words = TableCell(join(paragraphs(cell.find(f"{A}txBody")), " "))
            if cell.get("vMerge") in ("1", "true") and len(line) < len(above):
                words = replace(above[len(line)], is_repeat=True)
            elif cell.get("hMerge") in ("1", "true") and line:
                words = replace(line[-1], is_repeat=True)
            line.append(words)
        rows.append(line)
    return rows


def _pieces(paragraph: Any) -> Iterator[Piece]:
    for child in paragraph.iterchildren(tag="*"):
        if child.tag == f"{A}br":
            yield Piece("\n")
        elif child.tag in (f"{A}r", f"{A}fld"):
            properties = child.find(f"{A}rPr")
            baseline = "" if properties is None else properties.get("baseline", "")
            raised = baseline.rstrip("%").isdecimal() and int(baseline.rstrip("%")) > 0
            yield Piece((child.findtext(f"{A}t") or "").replace("\v", "\n"), raised)
        else:
            for words in child.iter(_MATH_TEXT):
                yield Piece(words.text or "")
