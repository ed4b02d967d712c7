"""From the lines of a page to its blocks: headings, prose, and the rows of its tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.document import Block, Context
from corpus.folios import is_folio
from corpus.pdf.stored_text import StoredText, TextLine
from corpus.pdf.tabular.cells import row_blocks
from corpus.pdf.tabular.notes import Notes
from corpus.pdf.tabular.tables import Table

_RUN_IN_HEADING = re.compile(r"([A-Z][\w,’' –-]{2,60}?)(?: \((?:19|20)[\d–-]+\))?:(?=\s|\d|$)")
_PAGE_UNIT = re.compile(
    r"[\[(](?:Data\s+)?in\s+([^\[\]()]*(?:\([^)]*\)[^\[\]()]*)?)[\])]", re.IGNORECASE
)
_BULLET = re.compile(r"[-•●▪■◦*–]\s")
_LARGER = 1.12  # than the text of the page: a heading
_HEADING_CHARS = 140
_PARAGRAPH_GAP = 1.45  # of the usual distance between the lines of the page
_NOTES = "Notes"  # the section of what stands at the foot of a table or page
_LEAD_IN_CHARS = 500


@dataclass(frozen=True, slots=True)
class Place:
    """What was found of a page: its tables, notes and running lines, and the label printed on it.

    `above` is the page before as it was laid out; its section and `unit` hold on.
    """

    tables: Sequence[Table]
    notes: Notes
    running: frozenset[int]
    label: str
    above: "LaidOut"
    unit: str


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The blocks of a page in the order of its text, and what the next page needs to know of it.

    It ends in `section`; `caption` named its last table.
    """

    blocks: tuple[Block, ...] = ()
    section: str = ""
    caption: str = ""

    @property
    def heading(self) -> str:
        """The heading that the page ends with, or ""."""
        return self.section if self.blocks and self.blocks[-1].kind == "heading" else ""


def title_lines(page: StoredText) -> str:
    """Return the words set largest at the top of a first page, or "".

    They count where they are at least 1.15 times as large as the text; capitals become title case.
    """
    body = body_size(page.lines)
    top = [
        line
        for line in page.lines[: max(12, len(page.lines) // 3)]
        if len(line.text) > 1 and sum(sign.isdigit() for sign in line.text) < 0.3 * len(line.text)
    ]
    largest = max((line.size for line in top), default=0.0)
    if largest < 1.15 * body:
        return ""
    words = " ".join(line.text for line in top if line.size > 0.97 * largest)
    words = re.sub(r"\s+", " ", words).strip()
    if not 4 <= len(words) <= 200:
        return ""
    return words.title() if words.isupper() else words


def page_unit(text: str) -> str:
    """Return the unit that a page states for its figures ("Data in metric tons"), or ""."""
    match = _PAGE_UNIT.search(text[:1500])
    return re.sub(r"\s+", " ", match[1]).strip() if match and len(match[1]) < 160 else ""


def body_size(lines: Sequence[TextLine]) -> float:
    """Return the glyph size in which most of a page is set, in points."""
    weights: dict[float, int] = {}
    for line in lines:
        size = round(line.size, 1)
        weights[size] = weights.get(size, 0) + len(line.text)
    return max(weights, key=lambda size: weights[size]) if weights else 1.0


def lay_out(page: StoredText, place: Place) -> LaidOut:
    """Lay out a page. Running lines, the folio and the heads of tables are in no block."""
    return _Layout(page, place).blocks()


class _Layout:
    """The blocks of one page under construction."""

    def __init__(self, page: StoredText, place: Place) -> None:
        self._lines = page.lines
        self._place = place
        self._body = body_size(page.lines)
        self._leading = _usual_leading(page.lines)
        self._section = place.above.section
        self._caption = ""
        self._is_headed = False  # on this page
        self._run_in = ""
        self._paragraph: list[TextLine] = []
        self._lead_in = ""
        self._blocks: list[Block] = []

    def blocks(self) -> LaidOut:
        """Go through the lines once; see `lay_out`."""
        tables = {table.first: table for table in self._place.tables}
        number = 0
        while number < len(self._lines):
            line = self._lines[number]
            if table := tables.get(number):
                self._add_table(table)
                number = table.last + 1
                continue
            if not (number in self._place.running or self._is_folio(number)):
                self._add_line(line)
            number += 1
        self._close_paragraph()
        return LaidOut(tuple(self._blocks), self._section, self._caption)

    def _is_folio(self, number: int) -> bool:
        edge = number < 2 or number >= len(self._lines) - 2
        return edge and is_folio(self._lines[number].text, self._place.label)

    def _add_table(self, table: Table) -> None:
        self._close_paragraph()
        run_in = "" if self._run_in == _NOTES else self._run_in
        self._caption = self._lead_in or run_in or self._heading_above(table)
        self._blocks += row_blocks(
            table, self._section, self._caption, self._place.unit, self._place.notes
        )
        self._lead_in = ""

    def _heading_above(self, table: Table) -> str:
        """Return the heading that names a table without a caption, or "".

        One of the page before may be of anything, unless nothing but the page's edge parts them.
        """
        if self._is_headed:
            return self._section
        if table.goes_on:
            return self._place.above.caption
        return "" if self._blocks else self._place.above.heading

    def _add_line(self, line: TextLine) -> None:
        if self._is_heading(line):
            self._close_paragraph()
            joins = (
                self._blocks
                and self._blocks[-1].kind == "heading"
                and not self._run_in
                and self._blocks[-1].end + 1 == line.start
                and len(self._section) + len(line.text) < _HEADING_CHARS
            )
            self._section = f"{self._section} {line.text}" if joins else line.text.strip()
            self._run_in = self._lead_in = ""
            self._is_headed = True
            start = self._blocks.pop().start if joins else line.start
            self._blocks.append(Block("heading", start, line.end))
            return
        if line.start in self._place.notes.starts:
            self._close_paragraph()
            self._run_in = _NOTES
        elif self._starts_paragraph(line):
            self._close_paragraph()
            line = self._take_run_in_heading(line)
        if line.tokens:
            self._paragraph.append(line)

    def _is_foot(self, line: TextLine) -> bool:
        """Tell whether a line stands at the foot of the page, apart from the text."""
        above = [other.y for other in self._lines if other.y > line.y]
        return bool(above) and (
            line.y == min(other.y for other in self._lines)
            and min(above) - line.y > _PARAGRAPH_GAP * max(self._leading, line.size)
        )

    def _is_heading(self, line: TextLine) -> bool:
        if self._is_foot(line):
            return False
        if len(line.text) >= _HEADING_CHARS or not any(sign.isalpha() for sign in line.text):
            return False
        if line.text[0].islower() or line.text[-1] in ",;":
            return False
        if line.size >= _LARGER * self._body:
            return not line.text.endswith(".") or len(line.text) < 40
        return line.bold and line.text[-1] not in ".;,:" and line.text[0] not in "([•"

    def _starts_paragraph(self, line: TextLine) -> bool:
        if not self._paragraph:
            return True
        above = self._paragraph[-1]
        gap = above.y - line.y
        ended = above.text.endswith((".", ":", "?", "!", ".”", ")", "]"))
        if gap < 0:  # the next column goes on with the paragraph unless it had ended
            return ended
        far = gap > _PARAGRAPH_GAP * max(self._leading, line.size)
        other = abs(above.size - line.size) > 0.12 * line.size
        indented = ended and line.x0 > above.x0 + 0.8 * line.size
        headed = ended and (_RUN_IN_HEADING.match(line.text) or _bold_start(line))
        return bool(far or other or indented or headed or _BULLET.match(line.text))

    def _take_run_in_heading(self, line: TextLine) -> TextLine:
        """Cut the heading at the start of a paragraph off ("Recycling: Limited ...")."""
        bold = _bold_start(line)
        opening = _RUN_IN_HEADING.match(line.text)
        if opening and opening.end() == len(line.text):
            opening = None  # it leads in a list or a table, and says something itself
        if not bold and not opening:
            if self._run_in == _NOTES:
                self._run_in = ""
            return line
        if bold:
            count = bold
        else:
            assert opening is not None
            count = len(opening.group().split())
        head, rest = line.tokens[:count], line.tokens[count:]
        self._run_in = re.sub(r"\s*\((?:19|20)[\d–-]+\)", "", " ".join(t.text for t in head))
        self._run_in = self._run_in.rstrip(" :.—-")
        self._blocks.append(Block("heading", head[0].start, head[-1].end))
        return replace(line, tokens=rest)

    def _close_paragraph(self) -> None:
        if not self._paragraph:
            return
        start, end = self._paragraph[0].start, self._paragraph[-1].end
        section = " › ".join(dict.fromkeys(p for p in (self._section, self._run_in) if p))
        self._blocks.append(Block("prose", start, end, Context(section=section)))
        text = " ".join(line.text for line in self._paragraph)
        last = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[-1]
        self._lead_in = last.rstrip(" :") if text.endswith(":") else ""
        self._lead_in = self._lead_in if len(self._lead_in) <= _LEAD_IN_CHARS else ""
        self._paragraph.clear()


def _bold_start(line: TextLine) -> int:
    """Return how many words a bold run-in heading has; 0 where there is none."""
    count = 0
    while count < len(line.tokens) and line.tokens[count].bold:
        count += 1
    if not 0 < count < len(line.tokens):
        return 0
    words = " ".join(token.text for token in line.tokens[:count])
    return count if words.endswith((":", ".", "—", "–")) and len(words) < 100 else 0


def _usual_leading(lines: Sequence[TextLine]) -> float:
    gaps = sorted(
        above.y - line.y for above, line in pairwise(lines) if 0 < above.y - line.y < 4 * line.size
    )
    return gaps[len(gaps) // 2] if gaps else 0.0
