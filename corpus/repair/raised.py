"""Reading raised letters: footnote marks come off the figures, exponents and charges become signs.

Formats that tell which letters are raised (web pages, office files) give their words as pieces;
"7,200" with a raised "12" must not become 7,20012, nor 10 with a raised 3 become 103.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.document import Repair
from corpus.repair.marked import Marked

_SIGNS = str.maketrans("0123456789+-−–=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾")
_ONE_MARK = r"(?:\d{1,3}|[a-zA-Z]|\*{1,4}|[†‡§¶#]{1,3})"
_MARK = re.compile(rf"[\[(]?{_ONE_MARK}(?:\s*[,;–-]?\s*{_ONE_MARK}){{0,9}}[\])]?[,;]?")
_CHARGE = re.compile(r"\d{0,2}[+\-−–]")
_NEGATIVE = re.compile(r"[-−–]\d{1,2}")
_ORDINAL = re.compile(r"st|nd|rd|th|er|re|de|do")
_SQUARED = re.compile(r"(?<![A-Za-zµμ])(?:[kcdmµμn]?m|ft|yd|R|[b-z])$")
_TIMES_TEN = re.compile(r"[×x*·]\s*10$")
_LONE_TEN = re.compile(r"(?<![\d.,])10$")
_ELEMENT = re.compile(r"[A-Z][a-z]?(?![a-z])")
_LIGHTEST_ISOTOPE = 40  # of those this field writes of; notes seldom count so far
_NEAR = 40  # characters that tell what raised ones are; longer ones are words
_FIGURE = re.compile(r"[\s($€£¥<>~±+−-]*\d")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph in one dress; `is_mark` where the format says that they mark a note."""

    text: str
    is_raised: bool = False
    is_mark: bool = False


def read_raised(pieces: Iterable[Piece]) -> Marked:
    """Return the words of a paragraph; what was made of its raised letters is in the repairs.

    A raised mark in front of words is that of a note and stays, parted by a space; one in front
    of a figure is the figure's.

    >>> read_raised([Piece("7,200"), Piece("12", is_raised=True), Piece(" tons of CO2")]).text
    '7,200 tons of CO2'
    >>> read_raised([Piece("10 km"), Piece("2", is_raised=True)]).text
    '10 km²'
    """
    parted = list(_parted(pieces))
    text = ""
    repairs: list[Repair] = []
    for position, piece in enumerate(parted):
        words = piece.text
        if not (piece.is_raised or piece.is_mark):
            text += words
            continue
        behind = "".join(later.text[:_NEAR] for later in parted[position + 1 : position + 3])
        stored = _stored(piece, text[-_NEAR:], behind)
        start = len(text)
        text += stored
        if stored == f"{words} ":
            repairs.append(Repair(len(text) - 1, len(text), "", "footnote mark"))
        elif stored != words:
            kind = "superscript" if stored.strip() else "footnote mark"
            repairs.append(Repair(start, len(text), words, kind))
    return Marked(text, tuple(repairs))


def _parted(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces with neighbours in one dress as one, and the space at raised ones apart."""
    text = ""
    dress = (False, False)
    for piece in pieces:
        core = piece.text.strip() if piece.is_raised or piece.is_mark else ""
        if not core:
            parts = [(piece.text, (False, False))]
        else:
            lead, _, trail = piece.text.partition(core)
            parts = [
                (lead, (False, False)),
                (core, (piece.is_raised, piece.is_mark)),
                (trail, (False, False)),
            ]
        for words, new_dress in parts:
            if not words:
                continue
            if new_dress != dress and text:
                yield Piece(text, *dress)
                text = ""
            dress = new_dress
            text += words
    if text:
        yield Piece(text, *dress)


def _stored(piece: Piece, before: str, behind: str) -> str:
    """Return what is stored for raised words between the text before them and behind them."""
    words = piece.text
    between_words = before[-1:].isalnum() and behind[:1].isalnum()
    mark_off = " " if between_words else ""
    if piece.is_mark:
        return mark_off
    if len(words) > _NEAR or not (before.strip() or behind.strip()):
        return words
    if power := _power(words, before, behind):
        return power
    if not _MARK.fullmatch(words):
        return words
    if not before or before[-1].isspace():  # the mark belongs to what is behind it
        if _FIGURE.match(behind):
            return ""
        return words if not behind or behind[0].isspace() else f"{words} "
    return mark_off


def _power(words: str, before: str, behind: str) -> str:
    """Return raised words that are no mark, as they are to be stored; "" for others."""
    signs = words.translate(_SIGNS)
    if words in ("TM", "SM"):
        return {"TM": "™", "SM": "℠"}[words]
    if before[-1:].isdigit() and _ORDINAL.fullmatch(words):
        return words
    if words in ("o", "0", "O", "º", "°") and re.match(r"\s?[CFK]\b", behind):
        return "°"
    if _NEGATIVE.fullmatch(words):
        return signs
    if _CHARGE.fullmatch(words):
        return signs if before[-1:].isalnum() or before.endswith(")") else ""
    if not words.isdecimal():
        return ""
    if _ELEMENT.match(behind) and int(words) >= _LIGHTEST_ISOTOPE and not before[-1:].isalnum():
        return signs
    if _TIMES_TEN.search(before) or (words in ("2", "3") and _SQUARED.search(before)):
        return signs
    is_cell = before.strip() == "10" and not behind.strip()
    thousands = words in ("3", "6", "9", "12") and _LONE_TEN.search(before)
    return signs if thousands and not is_cell else ""
