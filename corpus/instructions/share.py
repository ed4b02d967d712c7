"""Whether a text is instructions and nothing else: a passage, or a whole source."""

import re
from collections.abc import Iterator

from corpus.instructions.detecting import is_instruction

_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"'”’)\]])\s+|\n+|(?<=[。！？])")
_NO_FIGURE = re.compile(
    r"\b(?:Figure|Table|Fig\.) \d+|\w+://\S*|\[\^?\w{1,4}\]|\b(?:19|20)\d\d\b|^\s*\d{1,2}[.)]\s"
)
_SLIGHT_WORDS = 9  # with fewer, and no figure, a piece is a heading, a masthead, a greeting
_BESIDE = 2  # as much room as the instructions take, of what goes with them
_CELL_WORDS = 6  # of a cell that says nothing by itself
_LONGEST_JOINED = 600


def holds_instruction(text: str) -> bool:
    """Tell whether a text holds an instruction anywhere."""
    return any(map(is_instruction, _pieces(text))) or _is_split_over_cells(text)


def is_all_instructions(text: str, is_suspect: bool = True) -> bool:
    """Tell whether a text says nothing but instructions.

    A figure outside of them is something said; headings and questions are not. Where the source is
    suspect, as it holds an instruction, nor is a little more beside them.
    """
    if _is_split_over_cells(text):
        return True
    instructed = other = 0
    for piece in _pieces(text):
        if is_instruction(piece, is_suspect=True):
            instructed += len(piece)
        elif _has_figure(piece):
            return False
        elif piece[-1] not in "?？" and len(piece.split()) >= _SLIGHT_WORDS:
            other += len(piece)
    return instructed > 0 and other <= (_BESIDE * instructed if is_suspect else 0)


def _has_figure(piece: str) -> bool:
    return any(map(str.isdigit, _NO_FIGURE.sub("", piece)))


def _is_split_over_cells(text: str) -> bool:
    """Tell whether short cells of a small table, none of them figures, make an instruction."""
    if len(text) > _LONGEST_JOINED or " | " not in text:
        return False
    cells = [cell.strip() for line in text.splitlines() for cell in line.split(" | ")]
    if any(len(cell.split()) >= _CELL_WORDS for cell in cells):
        return False
    return is_instruction(" | ".join(cell for cell in cells if not cell.isdigit()))


def _pieces(text: str) -> Iterator[str]:
    for piece in _END.split(text):
        if piece.strip():
            yield piece.strip()
