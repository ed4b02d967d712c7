"""Walking a web page in reading order: its headings, paragraphs, lists and tables as parts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from corpus.html.tables import Grid, is_table, read_grid
from corpus.html.words import (
    is_back_link,
    is_note_mark,
    is_raised,
    item_marker,
    item_number,
    read_words,
)
from corpus.page_writer import TableCell
from corpus.repair.marked import Marked, join, tidy_lines
from corpus.repair.raised import Piece
from corpus.text.blocks import find_blocks_to_write

PartKind = Literal["heading", "prose", "item", "table", "blank"]

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol "
    "p search section summary table tbody td tfoot th thead tr ul".split()
)
_PREFORMATTED = ("pre", "xmp", "listing", "plaintext")
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.;]\s*$")
_TERM_CHARS = 80  # of a definition that is a value
_PLAIN_TEXT_CHARS = 600  # a longer preformatted text is a page of its own


_NO_GRID = Grid()


@dataclass(frozen=True, slots=True)
class Part:
    """One heading, paragraph, item of a list or table of a page, or a blank: signs without words.

    `element` is the one whose own text it is, `level` that of a heading, `linked` the share of
    its characters that stand in links. `is_marked` says that it begins with the mark of a note.
    """

    kind: PartKind
    words: Marked
    element: Any
    level: int = 0
    linked: float = 0.0
    is_marked: bool = False
    grid: Grid = _NO_GRID

    @property
    def text(self) -> str:
        """All its words."""
        return self.grid.text if self.kind == "table" else self.words.text


def find_parts(root: Any) -> list[Part]:
    """Return the parts of a pruned page in reading order."""
    walk = _Walk()
    walk.visit(root, root, _Dress())
    walk.close(root)
    return walk.parts


def words_within(element: Any) -> Marked:
    """Return the words of an element, such as a cell, a line for each paragraph in it."""
    if not len(element):
        return read_words([Piece(_SPACE.sub(" ", element.text or "").strip())])
    walk = _Walk()
    walk.visit(element, element, _Dress())
    walk.close(element)
    return join([part.words for part in walk.parts], "\n")


@dataclass(frozen=True, slots=True)
class _Dress:
    """How the text inside an element is set."""

    is_raised: bool = False
    is_mark: bool = False
    is_linked: bool = False


class _Walk:
    """A walk over elements that gathers running text until a block begins or ends."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._pieces: list[Piece] = []
        self._chars = 0
        self._linked_chars = 0
        self._marker = ""
        self._numbers: dict[Any, int] = {}  # of the last item of each list
        self._abuts = False  # an element follows on another one without any space

    def visit(self, element: Any, block: Any, dress: _Dress) -> None:
        """Walk over an element; `block` is the one whose paragraph goes on in it."""
        tag = element.tag
        if tag == "br":
            self._break(block)
        elif tag in _PREFORMATTED:
            self.close(block)
            self._read_plain(element)
        elif tag == "table" and is_table(element):
            self.close(block)
            self._add_grid(element, read_grid(element, words_within))
        elif tag == "dl" and (rows := _short_definitions(element)):
            self.close(block)
            self._add_grid(element, Grid(rows, head_rows=0))
        elif tag in _BLOCKS or _BLOCK_STYLE.search(element.get("style", "")):
            self.close(block)
            if tag == "li":
                parent = element.getparent()
                number = item_number(element, self._numbers.get(parent, 0))
                self._numbers[parent] = number
                self._marker = item_marker(element, number)
            self._visit_children(element, element, dress)
            self.close(element)
            self._marker = "" if tag == "li" else self._marker
        elif not is_back_link(element):
            inside = _Dress(
                dress.is_raised or is_raised(element),
                dress.is_mark or is_note_mark(element),
                dress.is_linked or (tag == "a" and element.get("href") is not None),
            )
            self._visit_children(element, block, inside)

    def close(self, block: Any) -> None:
        """End the paragraph that is being gathered, if any."""
        pieces, marker = self._pieces, self._marker
        linked = self._linked_chars / self._chars if self._chars else 0.0
        self._pieces, self._chars, self._linked_chars, self._abuts = [], 0, 0, False
        level = re.fullmatch(r"h([1-6])", block.tag)
        for note in _parted_notes(pieces):
            first = next((piece for piece in note if piece.text.strip()), Piece(""))
            words = tidy_lines(read_words(note))
            if not words.text:
                continue
            is_marked = first.is_raised
            if not any(map(str.isalnum, words.text)):
                part = Part("blank", words, block)
            elif level or block.get("role") == "heading":
                part = Part("heading", words, block, int(level[1]) if level else 2, linked)
            elif marker:
                part = Part("item", join([marker, words], ""), block, 0, linked)
                self._marker = marker = ""
            else:
                part = Part("prose", words, block, 0, linked, is_marked)
            self.parts.append(part)

    def _visit_children(self, element: Any, block: Any, dress: _Dress) -> None:
        self._add(element.text, dress)
        previous: Any = None
        for child in element:
            self._abuts = (
                previous is not None and not previous.tail and _stands_apart(previous, child)
            )
            self.visit(child, block, dress)
            self._add(child.tail, dress)
            previous = child

    def _add(self, text: str | None, dress: _Dress) -> None:
        if not text:
            return
        text = _SPACE.sub(" ", text)
        if self._abuts and self._pieces and _are_two_words(self._pieces[-1].text, text):
            self._pieces.append(Piece(" "))
        self._abuts = False
        self._pieces.append(Piece(text, dress.is_raised, dress.is_mark))
        length = len(text.strip())
        self._chars += length
        self._linked_chars += length if dress.is_linked else 0

    def _break(self, block: Any) -> None:
        """Break the line; two breaks end the paragraph."""
        before = [piece.text for piece in self._pieces[-2:]]
        if before and ("".join(before).rstrip(" ").endswith("\n")):
            self.close(block)
        elif self._pieces:
            self._pieces.append(Piece("\n"))

    def _add_grid(self, element: Any, grid: Grid) -> None:
        if grid.rows:
            self.parts.append(Part("table", Marked(""), element, grid=grid))

    def _read_plain(self, element: Any) -> None:
        """Read preformatted text: as lines, or, where it is long, as a plain text file is read."""
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        text = "".join(element.itertext())
        if len(text) <= _PLAIN_TEXT_CHARS:
            if text.strip():
                self.parts.append(Part("prose", Marked(text), element))
            return
        self.parts += _plain_parts(text, element)


def _plain_parts(text: str, element: Any) -> Iterator[Part]:
    rows: list[tuple[TableCell, ...]] = []
    head: tuple[str, ...] = ()
    blocks = find_blocks_to_write(text)
    for position, block in enumerate(blocks):
        words = Marked(text[block.start : block.end])
        if block.kind == "row":
            head = block.context.header
            rows.append(tuple(TableCell(cell.text) for cell in block.cells))
            following = blocks[position + 1] if position + 1 < len(blocks) else None
            if following is None or following.context is not block.context:
                headed = (tuple(map(TableCell, head)), *rows) if head else tuple(rows)
                yield Part("table", Marked(""), element, grid=Grid(headed, head_rows=bool(head)))
                rows = []
        else:
            yield Part("heading" if block.kind == "heading" else "prose", words, element, 3)


def _short_definitions(element: Any) -> tuple[tuple[TableCell, ...], ...]:
    """Return the terms of a list with their values, or nothing where they are sentences."""
    rows: list[tuple[Marked, Marked]] = []
    term = Marked("")
    for inner in element.iter("dt", "dd", "p", "ul", "ol", "table", "dl"):
        if inner.tag == "dt":
            term = words_within(inner)
        elif inner.tag == "dd":
            rows.append((term, words_within(inner)))
        elif inner is not element:
            return ()
    is_short = all(len(value.text) <= _TERM_CHARS for _, value in rows)
    has_figures = any(map(str.isdigit, " ".join(value.text for _, value in rows)))
    cells = tuple((TableCell(term), TableCell(value)) for term, value in rows)
    return cells if is_short and has_figures else ()


def _parted_notes(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Yield a paragraph; one that is several notes on end, each with its mark, as so many."""
    first = next((at for at, piece in enumerate(pieces) if piece.text.strip()), 0)
    start = 0
    if pieces and pieces[first].is_raised:
        for at in range(first + 1, len(pieces)):
            before = pieces[at - 1].text
            if pieces[at].is_raised and (_SENTENCE_END.search(before) or before.endswith("\n")):
                yield pieces[start:at]
                start = at
    yield pieces[start:]


def _stands_apart(element: Any, other: Any) -> bool:
    apart = ("sub", "sup", "br", "wbr", "img")
    return element.tag not in apart and other.tag not in apart


def _are_two_words(left: str, right: str) -> bool:
    """Tell whether texts of two elements without a space between them are parted on the screen."""
    if min(len(left.strip()), len(right.strip())) < 2 or left[-1].isspace():
        return False
    if not (left[-1].isalnum() or left[-1] in "%)"):
        return False
    return right[0].isupper() or right[0].isdigit() or right[0] in "$€£"
