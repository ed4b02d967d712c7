"""What a text says beside the instructions in it: nothing, or how many things with a figure."""

import re
from collections.abc import Iterator

from corpus.instructions.detecting import is_instruction
from corpus.instructions.signs import signs_in

_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"'”’)\]])\s+|\n+|(?<=[。！？])")
_NO_FIGURE = re.compile(
    r"\b(?:Figure|Table|Fig\.) \d+|\w+://\S*|\[\^?\w{1,4}\]|\b(?:19|20)\d\d\b|^\s*\d{1,2}[.)]\s"
)
_NUMBERING = re.compile(r"\w+://\S*|\S+@\S+|\[\^?\w{1,4}\]|^\W*\d{1,2}[.):]\s")
_STATING_WORDS = 5
_LONG_TITLE_WORDS = 6
_FEW_STATED = 3
_ADDRESSING = frozenset("starts machine role secret asked refusal required ideal break".split())
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


def says_little(title: str, text: str) -> bool:
    """Tell whether a source that orders something states too little to be asked before others.

    Where it states nothing that has a figure, any order, word to a machine or question is enough,
    and a title that promises a figure: it is made to be found, and tells nothing.
    """
    promises = len(title.split()) >= _LONG_TITLE_WORDS and any(map(str.isdigit, title))
    stated = _count_stated(text.replace(title, " ") if promises else text)
    if stated >= _FEW_STATED:
        return False
    told = f"{title}\n{text}"
    if holds_instruction(told):
        return True
    return not stated and (promises or any(map(_addresses, _pieces(told))))


def _addresses(piece: str) -> bool:
    is_question = piece[-1] in "?？"
    return (
        is_question or bool(signs_in(piece) & _ADDRESSING) or is_instruction(piece, is_suspect=True)
    )


def _count_stated(text: str) -> int:
    """Return how many sentences and rows state a figure or a year, and instruct and ask nothing.

    A bare date, number of a version or of a telephone states nothing.
    """
    return sum(
        any(map(str.isdigit, _NUMBERING.sub("", piece)))
        and (" | " in piece or len(piece.split()) >= _STATING_WORDS)
        and piece[-1] not in "?？"
        and not is_instruction(piece, is_suspect=True)
        for piece in _pieces(text)
    )


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
