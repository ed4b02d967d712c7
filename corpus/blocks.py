"""Finding headings, prose and pipe-table rows in line-structured text (plain text, Markdown)."""

import re
from dataclasses import dataclass

from corpus.document import Block, Context

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
_HEADING_CHARS = 90
_CAPTION_CHARS = 200


@dataclass(frozen=True, slots=True)
class _Line:
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
    paragraph: list[_Line] = []

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
    """Return a line without Markdown emphasis and links, for titles, sections and cells."""
    unlinked = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", marked)
    return re.sub(r"\s+", " ", _EMPHASIS.sub("", unlinked)).strip()


def unit_of(caption: str) -> str:
    """Return the unit that a table's caption or a row's label names, or ""."""
    match = _UNIT.search(caption)
    return match.group().strip(" .:,") if match else ""


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    position = 0
    for line in text.split("\n"):
        lead = len(line) - len(line.lstrip())
        stop = len(line.rstrip())
        lines.append(_Line(position + min(lead, stop), position + stop, line[lead:stop]))
        position += len(line) + 1
    return lines


def _starts_table(lines: list[_Line], position: int) -> bool:
    first = lines[position].text
    if first.count("|") < 1 or position + 1 >= len(lines):
        return False
    following = lines[position + 1].text
    ruled = "|" in following and bool(_PIPE_RULE.match(following))
    return ruled or (first.startswith("|") and following.startswith("|"))


def _take_caption(paragraph: list[_Line]) -> str:
    """Return the line above a table as its caption if it reads like one; it stays prose too."""
    if not paragraph:
        return ""
    last = plain(paragraph[-1].text)
    return last if _CAPTION.match(last) or last.endswith(":") or len(paragraph) == 1 else ""


def _parted_caption(lines: list[_Line], table: int) -> str:
    """Return the line above a table and a blank line if it is surely a caption."""
    if table < 2 or lines[table - 1].text:
        return ""
    above = lines[table - 2].text
    sure = _CAPTION.match(above) and not _MARKED_HEADING.match(above) and "|" not in above
    return plain(above) if sure and len(above) <= _CAPTION_CHARS else ""


def _table_rows(lines: list[_Line], section: str, caption: str) -> list[Block]:
    header = tuple(plain(cell) for cell in _cells(lines[0].text))
    context = Context(section=section, caption=caption, header=header, unit=unit_of(caption))
    rows: list[Block] = []
    for line in lines[1:]:
        if _PIPE_RULE.match(line.text):
            continue
        cells = tuple(plain(cell) for cell in _cells(line.text))
        if not any(cells):
            continue
        inner = line.text.strip("| \t")
        start = line.start + line.text.index(inner)
        rows.append(Block("row", start, start + len(inner), context, cells))
    return rows


def _cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", re.sub(r"^\s*\||\|\s*$", "", row))


def _heading(lines: list[_Line], position: int) -> str:
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
