"""From the rows of a table to blocks whose every cell says its column, year, unit and notes."""

import re
from collections.abc import Sequence

from corpus.blocks import unit_of
from corpus.document import Block, Cell, Context
from corpus.figures import find_years
from corpus.pdf.notes import Notes
from corpus.pdf.table_rows import Row, Value
from corpus.pdf.tables import Table

_PERCENT = re.compile(r"%|\bpercent(?:age)?\b|\bper cent\b", re.IGNORECASE)
_CODE = re.compile(r"\d+\.\d+\.\d[\d.]*")
_PER_SHARE = re.compile(r"\bper (?:\w+ )?share\b", re.IGNORECASE)
_SHARES = re.compile(r"\bshares\b", re.IGNORECASE)
_SHARES_UNIT = re.compile(r"shares[^,;)]*,? (?:which are )?(?:reflected )?in (\w+)", re.IGNORECASE)
_LED_BY_YEAR = re.compile(r"(?:FY\s?)?((?:19|20)\d\d)\b")
_SHORT_DATE = re.compile(r"\b\d{1,2}[–/-]\d{1,2}[–/-](\d\d)\b")  # "12–31–25", American order
_PER_EACH = re.compile(r"\bper (?:\w+ )?(?:share|rsu|unit|option)\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?:weighted|shares|number of|equity awards)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\([^()]*\d[^()]*\)|(?:US)?\$\s?\(?\d[\d.,]*\)?(?: (?:million|billion))?")
_WORTH = re.compile(r"\b(?:value|amount|price|dollar)", re.IGNORECASE)
_MEASURE = re.compile(r"\d\)?\s?(years?|months?|days?|pts|bps)\.?$")
_BRACKETED = re.compile(r"\(([a-z][a-z .%]{1,20})\)$")
_CAPTION_CHARS = 240
_EXCEPTION = re.compile(r",?\s*(?:\bunless|\bexcept|\band (?:shares|per)\b)", re.IGNORECASE)
_BASIS = re.compile(r",\s*|\s+of\s+(?=rare|REO|contained|gross|oxide|metal)", re.IGNORECASE)
_IN_DOLLARS = re.compile(r"\$(?:\s?(?:/|per\b|thousand|million|billion)|$)")
_LABEL_MARK = re.compile(r"\s?\((\d{1,2}|[a-z])\)$")
_UNIT_WORDS = re.compile(
    r"\b(?:in|as)\s+((?:US\$|U\.S\. dollars|\$)?\s?(?:thousands|millions|billions|percent|metric"
    r"|tons|tonnes|kilograms|dollars|a percentage)[^()\[\];]*)|^[(\[]?((?:dollars|percent|thousands"
    r"|millions|tons)\b[^()\[\];]*)",
    re.IGNORECASE,
)


def row_blocks(
    table: Table, section: str, fallback_caption: str, page_unit: str, notes: Notes
) -> list[Block]:
    """Return a block for each row of a table.

    `fallback_caption` serves where the table names none; `page_unit` is what the page states for
    figures that name no unit themselves.
    """
    caption = table.caption or fallback_caption
    return [_block(row, table, section, caption, page_unit, notes) for row in table.rows]


def _block(
    row: Row, table: Table, section: str, caption: str, page_unit: str, notes: Notes
) -> Block:
    label, marks = _without_marks(row.label, row.label_marks, notes)
    groups = [_without_marks(group.text, group.marks, notes) for group in row.groups]
    row_marks = [*marks, *(mark for _, found in groups for mark in found)]
    names = [text for text, _ in groups]
    first = row.lines[0].tokens[0]
    label_end = _label_end(row)
    cells = [Cell(label, first.start, label_end, notes=notes.of(row_marks, table.last))]
    for value in row.values:
        cells.append(
            _cell(value, table, (label, *names[::-1]), caption, page_unit, row_marks, notes)
        )
    found = dict.fromkeys(note for cell in cells for note in cell.notes)
    units = dict.fromkeys(
        ", ".join(part for part in (cell.unit, cell.basis) if part) for cell in cells[1:]
    )
    context = Context(
        section=section,
        caption=": ".join(part for part in (_short(caption), *names) if part),
        header=("", *(cell.column for cell in cells[1:])),
        unit=next(iter(units), "") if len(units) == 1 else "",
        notes=tuple(found),
    )
    end = max(line.end for line in row.lines)
    return Block("row", first.start, end, context, tuple(cells))


def _short(caption: str) -> str:
    return caption if len(caption) <= _CAPTION_CHARS else f"{caption[: _CAPTION_CHARS - 1]}…"


def _label_end(row: Row) -> int:
    """Return where the label ends: before the first value of its line."""
    line = row.lines[0]
    first = min((value.segment.start for value in row.values), default=line.end)
    ends = [token.end for token in line.tokens if token.end <= first]
    return ends[-1] if ends else line.start


def _without_marks(label: str, marks: Sequence[str], notes: Notes) -> tuple[str, tuple[str, ...]]:
    """Take a mark set in ordinary type ("Products (1)") off a label where a note explains it."""
    found = list(marks)
    while (match := _LABEL_MARK.search(label)) and notes.explains(match[1]):
        label = label[: match.start()]
        found.append(match[1])
    return label, tuple(found)


def _cell(
    value: Value,
    table: Table,
    labels: Sequence[str],
    caption: str,
    page_unit: str,
    row_marks: Sequence[str],
    notes: Notes,
) -> Cell:
    head = table.heads[value.column]
    column, head_marks = _without_marks(head.text, head.marks, notes)
    column = re.sub(r"\b((?:19|20)\d\d)[a-z]\b", r"\1", column)
    segment = value.segment
    unit, basis = _unit(segment.text, column, value.column, labels, table, caption, page_unit)
    if _CODE.fullmatch(segment.text) or not (segment.is_value or "%" in segment.text):
        unit = basis = ""  # words, or a number of a tariff
    marks = (*segment.marks, *row_marks, *head_marks, *table.caption_marks)
    marked = notes.of(marks, table.last)
    meaning = notes.legend.get(segment.figure)
    return Cell(
        text=segment.figure,
        start=segment.start,
        end=segment.end,
        column=column,
        year=_year(column, labels, caption),
        unit=unit,
        basis=basis,
        notes=(*marked, meaning) if meaning else marked,
    )


def _year(column: str, labels: Sequence[str], caption: str) -> int:
    """Return the year of a cell: its column's, else its row's or group's, else its table's."""
    years = find_years(column)
    if years:
        return years[-1]
    if day := _SHORT_DATE.search(column):
        return 2000 + int(day[1])
    if led := _LED_BY_YEAR.match(labels[0]):
        return int(led[1])
    for words in (*labels, caption):
        years = tuple(dict.fromkeys(find_years(words)))
        if len(years) == 1:
            return years[0]
        if years:
            return 0
    return 0


def _unit(
    printed: str,
    column: str,
    number: int,
    labels: Sequence[str],
    table: Table,
    caption: str,
    page_unit: str,
) -> tuple[str, str]:
    """Return the unit and the basis of a cell, from the nearest words that state one."""
    if "%" in printed:
        return "percent", ""
    if measure := _MEASURE.search(printed):
        return measure[1], ""
    if _PERCENT.search(column):
        return "percent", ""
    if stated := _stated(column) or _bracketed(column):
        return _split(stated)
    counted = any(_COUNTED.match(label) for label in labels)
    for label in (_AMOUNT.sub("", label) for label in labels):
        if "percentage of" in label or label.endswith((" %", "(%)")):
            return "percent", ""
        if label.endswith(", number"):
            return "number", ""
        if _PER_SHARE.search(label) and not counted:
            return f"dollars {_PER_SHARE.findall(label)[0].lower()}", ""
        if unit := _stated(label) or _named(label):
            return unit, ""
    if per := _PER_EACH.search(column):
        return per[0].lower(), ""
    for words in (table.unit, _AMOUNT.sub("", caption)):
        if stated := _stated(words):
            shares = _SHARES_UNIT.search(words)
            counts = counted or bool(_SHARES.search(column))
            if shares and counts and "$" not in printed and not _WORTH.search(column):
                return shares[1], ""
            return _split(stated)
    if _holds(table, number, "%"):
        return "percent", ""
    for words in (column, _AMOUNT.sub("", caption)):
        if unit := _named(words):
            return _split(unit)
    return _split(page_unit)


def _holds(table: Table, number: int, sign: str) -> bool:
    """Tell whether a value of a column is printed with a sign."""
    return any(
        sign in value.segment.text
        for row in table.rows
        for value in row.values
        if value.column == number
    )


def _bracketed(column: str) -> str:
    """Return the unit in brackets that closes a column's head: "Remaining Term (years)"."""
    match = _BRACKETED.search(column)
    return match[1] if match else ""


def _stated(words: str) -> str:
    """Return the unit of words such as "(In millions, except per share amounts)"."""
    match = _UNIT_WORDS.search(words)
    if not match:
        return ""
    unit = match[1] or match[2]
    return _EXCEPTION.split(unit)[0].strip(" ,:")


def _named(words: str) -> str:
    """Return the unit that a label or caption names, its amounts of money aside."""
    unit = unit_of(_AMOUNT.sub("", words))
    return "" if unit.startswith("$") and not _IN_DOLLARS.match(unit) else unit


def _split(unit: str) -> tuple[str, str]:
    """Return unit and basis of "metric tons of rare-earth-oxide (REO) equivalent, unless ..."."""
    unit = _EXCEPTION.split(unit)[0].strip(" ,:")
    parts = _BASIS.split(unit, maxsplit=1)
    return parts[0].strip(), parts[1].strip(" ,") if len(parts) > 1 else ""
