"""The body of a DOCX as a list of paragraphs and tables in the order in which they are read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.office.chart import CHART, RELATION_ID, read_chart
from corpus.office.word_styles import W, value
from corpus.office.word_tables import WordTable, block_words, framed_cells, read_table
from corpus.office.word_text import WordText, accepted, text_boxes
from corpus.page_writer import TableCell
from corpus.repair.marked import Marked
from corpus.repair.raised import Piece, read_raised

Role = Literal["title", "heading", "caption", "contents", "prose"]

_WRAPPERS = {f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_CAPTION = re.compile(r"(?:Table|Exhibit|Tableau|Tabelle|Tabla)\s+[\dIVXA-Z][\w.-]*")
_FIGURE = re.compile(r"(?:Figure|Fig\.|Chart|Photo|Map|Box)\s", re.IGNORECASE)
_CONTENTS = re.compile(r"toc ?\d|table ?of ?figures|toc ?heading|index ?\d")
_HEADING_CHARS = 90


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its role; `notes` are those marked in it.

    `begins_raised` says that a raised mark stands at its front, `is_bold` that it is bold whole.
    """

    words: Marked
    role: Role
    notes: tuple[Marked, ...] = ()
    begins_raised: bool = False
    is_bold: bool = False


@dataclass(slots=True)
class WordBody:
    """Reads the blocks of a body.

    `charts` are the roots of its charts by the ids of their relations; `unread` tells that it
    holds a part of another format.
    """

    text: WordText
    charts: Mapping[str, Any] = field(default_factory=dict)
    unread: bool = False
    _carried: list[Piece] = field(default_factory=list)

    def items(self, parent: Any) -> Iterator[Paragraph | WordTable]:
        """Yield the paragraphs and tables inside an element."""
        for child in accepted(parent):
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                if frames := framed_cells(child):
                    for frame in frames:
                        yield from self.items(frame)
                else:
                    yield read_table(child, self.text)
            elif child.tag == f"{W}altChunk":
                self.unread = True
            elif child.tag in _WRAPPERS:
                yield from self.items(child)

    def _paragraph(self, element: Any) -> Iterator[Paragraph | WordTable]:
        pieces, self._carried = self._carried, []
        pieces.extend(self.text.pieces(element))
        properties = element.find(f"{W}pPr")
        if _runs_on(properties):
            self._carried = pieces
        else:
            words = read_raised(pieces)
            notes = self.text.notes.take(lambda note: block_words(note, self.text))
            first = next((piece for piece in pieces if piece.text.strip()), Piece(""))
            if words.text.strip():
                role, is_bold = self._role(element, words.text.strip())
                raised = first.is_raised or first.is_mark
                yield Paragraph(words, role, tuple(notes), raised, is_bold)
        for box in text_boxes(element):
            yield from self.items(box)
        for reference in element.iter(CHART):
            root = self.charts.get(reference.get(RELATION_ID, ""))
            chart = None if root is None else read_chart(root)
            for rows in () if chart is None else chart.tables:
                cells = tuple(tuple(map(TableCell, row)) for row in rows)
                yield WordTable(cells, 1, caption=chart.caption if chart else "")

    def _role(self, element: Any, words: str) -> tuple[Role, bool]:
        styles = self.text.styles
        style = styles.name(value(element.find(f"{W}pPr"), "pStyle"))
        is_bold = self.text.is_bold(element)
        if _CONTENTS.fullmatch(style):
            return "contents", is_bold
        if style == "title":
            return "title", is_bold
        if styles.is_heading(element):
            return "heading", is_bold
        if (style == "caption" and not _FIGURE.match(words)) or _is_caption(words):
            return "caption", is_bold
        return "prose", is_bold


def looks_like_heading(paragraph: Paragraph) -> bool:
    """Tell whether an ordinary paragraph was made to look like a heading: short and bold."""
    words = paragraph.words.text.strip()
    return (
        paragraph.is_bold
        and paragraph.role == "prose"
        and len(words) <= _HEADING_CHARS
        and words[-1] not in ".;:,"
        and words[0].isalnum()
        and "\n" not in words
        and not _FIGURE.match(words)
    )


def _is_caption(words: str) -> bool:
    return bool(_CAPTION.match(words)) and len(words) <= 200


def _runs_on(properties: Any) -> bool:
    """Tell whether a paragraph goes on in the next: its end was deleted, or it is a drop cap."""
    if properties is None:
        return False
    frame = properties.find(f"{W}framePr")
    deleted = properties.find(f"{W}rPr/{W}del") is not None
    return deleted or (frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin"))
