"""Finding headings, prose and pipe-table rows in line-structured text (plain text, Markdown)."""

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Block, Cell, Context
from corpus.figures import find_figures, find_years

_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_MARKED_HEADING = re.compile(r"^(?:#{1,6}\s+(?P<md>.+?)\s*#*|=+\s*(?P<wiki>[^=].*?)\s*=+)$")
_BULLET = re.compile(r"^\s*(?:[-*•●▪]|\d{1,2}[.)])\s+")
_CAPTION = re.compile(r"^\W{0,4}(?:Table|Exhibit)\s+[\w.-]+", re.IGNORECASE)
_EMPHASIS = re.compile(r"[*_`]+")
_UNIT = re.compile(
    r"(?<![\w-])(?:(?:thousands?|millions?|billions?)\s+(?:of\s+)?)?(?:(?:metric|short)\s+)?"
    r"(?:tons|tonnes|kilograms|kg\b|kt\b|percent\b|per cent|US\$|A\$|\$|US dollars|dollars|euros"
    r"|yuan|RMB)[^;()\]]*(?:\(REO\)[^;()\]]*)?"
)
_PERCENT = re.compile(r"%|\bpercent(?:age)?\b|\bper cent\b", re.IGNORECASE)
_NO_FIGURE = re.compile(r"(?:NA|W|E|XX|[-–—]+)")  # stands where a figure would
_VALUE_CHARS = 60  # a longer cell holds sentences
_HEADING_CHARS = 90
_CAPTION_CHARS = 200


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A line, or a cell of one, without the blanks around it."""

    start: int
    end: int
    text: str


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order; each paragraph and each list item is one.

    A pipe table gives one row block a line, with the cells of its header row. A short line
    without closing punctuation that a longer one follows is taken for a heading.
    """
    lines = _lines(text)
    blocks: list[Block] = []
    section = ""
    paragraph: list[_Stretch] = []

    def close_paragraph() -> None:
        if paragraph:
            start, end = paragraph[0].start, paragraph[-1].end
            blocks.append(Block("prose", start, end, Context(section=section)))
            paragraph.clear()

    position = 0
    while position < len(lines):
        line = lines[position]
        stripped = line.text.strip()
        if not stripped or _PIPE_RULE.match(stripped):
            close_paragraph()
        elif _starts_table(lines, position):
            caption = _take_caption(paragraph) or _parted_caption(lines, position)
            close_paragraph()
            end = position
            while end < len(lines) and "|" in lines[end].text:
                end += 1
            blocks += _table_rows(lines[position:end], section, caption)
            position = end
            continue
        elif heading := _heading(lines, position):
            close_paragraph()
            section = heading
            blocks.append(Block("heading", line.start, line.end))
        else:
            if _BULLET.match(line.text):
                close_paragraph()
            paragraph.append(line)
        position += 1
    close_paragraph()
    return tuple(blocks)


def plain(marked: str) -> str:
    """Return a title or cell as plain words, without emphasis, links and line breaks."""
    unlinked = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", marked)
    return re.sub(r"(?i:\s|<br\s*/?>)+", " ", _EMPHASIS.sub("", unlinked)).strip()


def unit_of(caption: str) -> str:
    """Return the unit that a table's caption or a row's label names, or ""."""
    match = _UNIT.search(caption)
    return match.group().strip(" .:,") if match else ""


def _lines(text: str) -> list[_Stretch]:
    lines: list[_Stretch] = []
    position = 0
    for line in text.split("\n"):
        lead = len(line) - len(line.lstrip())
        stop = len(line.rstrip())
        lines.append(_Stretch(position + min(lead, stop), position + stop, line[lead:stop]))
        position += len(line) + 1
    return lines


def _starts_table(lines: list[_Stretch], position: int) -> bool:
    first = lines[position].text
    if first.count("|") < 1 or position + 1 >= len(lines):
        return False
    following = lines[position + 1].text
    ruled = "|" in following and bool(_PIPE_RULE.match(following))
    return ruled or (first.startswith("|") and following.startswith("|"))


def _take_caption(paragraph: list[_Stretch]) -> str:
    """Return the line above a table as its caption if it reads like one; it stays prose too."""
    if not paragraph:
        return ""
    last = plain(paragraph[-1].text)
    return last if _CAPTION.match(last) or last.endswith(":") or len(paragraph) == 1 else ""


def _parted_caption(lines: list[_Stretch], table: int) -> str:
    """Return the line above a table and a blank line if it is surely a caption."""
    if table < 2 or lines[table - 1].text:
        return ""
    above = lines[table - 2].text
    sure = _CAPTION.match(above) and not _MARKED_HEADING.match(above) and "|" not in above
    return plain(above) if sure and len(above) <= _CAPTION_CHARS else ""


def _table_rows(lines: list[_Stretch], section: str, caption: str) -> list[Block]:
    header = tuple(plain(head.text) for head in _row_stretches(lines[0]))
    context = Context(section=section, caption=caption, header=header, unit=unit_of(caption))
    rows: list[Block] = []
    for line in lines[1:]:
        if _PIPE_RULE.match(line.text):
            continue
        stretches = _row_stretches(line)
        printed = [stretch for stretch in stretches if plain(stretch.text)]
        if not printed:
            continue
        start, end = printed[0].start, printed[-1].end
        # An empty cell in front of the first words or behind the last is put at the row's edge.
        placed = [
            _Stretch(min(max(s.start, start), end), max(min(s.end, end), start), s.text)
            for s in stretches
        ]
        rows.append(Block("row", start, end, context, _row_cells(placed, context)))
    return rows


def _row_stretches(line: _Stretch) -> list[_Stretch]:
    """Return the cells of a pipe row as they are printed."""
    bars = [match.start() for match in re.finditer(r"(?<!\\)\|", line.text)]
    first = 1 if line.text.startswith("|") else 0
    last = len(line.text) - 1 if line.text.endswith("|") else len(line.text)
    edges = [first - 1, *(bar for bar in bars if first <= bar < last), last]
    stretches = []
    for left, right in pairwise(edges):
        text = line.text[left + 1 : right].strip()
        start = line.start + line.text.index(text, left + 1)
        stretches.append(_Stretch(start, start + len(text), text))
    return stretches


def _row_cells(stretches: list[_Stretch], context: Context) -> tuple[Cell, ...]:
    """Return the cells of a row: a value has the year and unit of its column, row or table."""
    first, *values = stretches
    label = plain(first.text)
    row_years = find_years(label)
    columns = (*context.header, *[""] * len(stretches))
    cells = [Cell(label, first.start, first.end, columns[0])]
    for stretch, column in zip(values, columns[1:], strict=False):
        years = find_years(column) or (row_years if len(row_years) == 1 else ())
        text = plain(stretch.text)
        unit = _cell_unit(text, column, label, context.caption)
        year = years[-1] if years else 0
        cells.append(Cell(text, stretch.start, stretch.end, column, year, unit))
    return tuple(cells)


def _cell_unit(text: str, column: str, label: str, caption: str) -> str:
    figures = any(figure.kind not in ("year", "day") for figure in find_figures(text))
    if len(text) > _VALUE_CHARS or not (figures or _NO_FIGURE.fullmatch(text)):
        return ""
    if _PERCENT.search(f"{text} {column}"):
        return "percent"
    return unit_of(column) or unit_of(label) or unit_of(caption)


def _heading(lines: list[_Stretch], position: int) -> str:
    """Return the words of a heading that stands on this line, or ""."""
    text = lines[position].text
    if match := _MARKED_HEADING.match(text):
        return plain(match["md"] or match["wiki"])
    if _BULLET.match(text) or len(text) > _HEADING_CHARS or not text[0].isalnum():
        return ""
    if text[-1] in ".;,:|)]" or len(text.split()) > 12:
        return ""
    words = [word for word in text.split() if len(word) > 3]
    if sum(word[0].isupper() for word in words) < 0.5 * len(words):
        return ""
    following = lines[position + 1].text if position + 1 < len(lines) else ""
    alone = position == 0 or not lines[position - 1].text or lines[position - 1].text[-1] in ".?!|”"
    if not following:
        following = lines[position + 2].text if position + 2 < len(lines) else ""
    return plain(text) if alone and len(following) > len(text) else ""
