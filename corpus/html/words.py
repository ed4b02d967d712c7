"""Words of a web page: which of them are raised, which mark a note, and what stands unseen."""

import re
from collections.abc import Sequence
from dataclasses import replace as moved_repair
from typing import Any

from corpus.repair.encoding import replace
from corpus.repair.marked import Marked, and_earlier
from corpus.repair.raised import Piece, read_raised

_MARK_TOKENS = {"reference", "footnote-ref", "footnoteref", "fnref", "noteref", "note-ref", "fn"}
_MARK_TARGET = re.compile(
    r"#_?(?:fn|ftn|edn|cite|note|footnote|endnote|ref)[\w:.-]*", re.IGNORECASE
)
_BACK_TARGET = re.compile(r"#_?(?:fnref|ftnref|ednref|cite_?ref)[\w:.-]*", re.IGNORECASE)
_TARGET_CHARS = 200
_NUMBER = re.compile(r"[0-9]{1,4}")
_MARK_WORDS = re.compile(r"\s*[\[(]?(?:note |nb )?[\w*†‡§¶#,\s–-]{1,8}[\])]?\s*")
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
# Characters that take no room, save where two letters need them (as in Persian and Hindi).
_ZERO_WIDTH = re.compile(
    r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    r"|(?<![\u0590-\u0fff])[\u200c\u200d](?![\u0590-\u0fff])"
)
_RAISED_DIGITS = re.compile(r"(?<=\d)(?<![×x*·]10)(?<![×x*·] 10)[⁰¹²³⁴-⁹]{1,2}(?![⁰¹²³⁴-⁹⁺⁻\w])")


def tokens_of(element: Any) -> set[str]:
    """Return the classes and the id of an element in lower case; nothing for None."""
    if element is None:
        return set()
    return {*element.get("class", "").lower().split(), element.get("id", "").lower()} - {""}


def is_raised(element: Any) -> bool:
    """Tell whether the letters inside an inline element are raised."""
    return bool(element.tag == "sup" or _RAISED_STYLE.search(element.get("style", "")))


def is_note_mark(element: Any) -> bool:
    """Tell whether an inline element is the mark of a note, by what the page itself says."""
    target = element.get("href", "")[-_TARGET_CHARS:] if element.tag == "a" else ""
    said = (
        element.get("role") == "doc-noteref"
        or bool(_MARK_TARGET.fullmatch(target) and not _BACK_TARGET.fullmatch(target))
        or (element.tag in ("sup", "a", "span") and bool(tokens_of(element) & _MARK_TOKENS))
    )
    return said and bool(_MARK_WORDS.fullmatch("".join(element.itertext())[:40]))


def is_back_link(element: Any) -> bool:
    """Tell whether an inline element is an arrow that leads from a note back to its mark."""
    if "mw-cite-backlink" in tokens_of(element):
        return True
    target = element.get("href", "")[-_TARGET_CHARS:] if element.tag == "a" else ""
    leads_back = element.get("role") == "doc-backlink" or bool(_BACK_TARGET.fullmatch(target))
    return leads_back and not any(map(str.isalnum, "".join(element.itertext())))


def item_number(item: Any, before: int) -> int:
    """Return the number of an item of an ordered list, `before` being that of the last one."""
    if _NUMBER.fullmatch(item.get("value", "")):
        return int(item.get("value"))
    start = item.getparent().get("start", "")
    return int(start) if not before and _NUMBER.fullmatch(start) else before + 1


def item_marker(item: Any, number: int) -> str:
    """Return what stands before an item of a list: "- ", or its number or letter."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    kind = parent.get("type", "1")
    if kind in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}. "
    return f"{number}. "


def read_words(pieces: Sequence[Piece]) -> Marked:
    """Return the words of a paragraph without note marks and signs that are not seen."""
    if any(piece.is_raised or piece.is_mark for piece in pieces):
        words = read_raised(pieces)
    else:
        words = Marked("".join(piece.text for piece in pieces))
    words = _without(_ZERO_WIDTH, words, "zero-width")
    return _without(_RAISED_DIGITS, words, "footnote mark")


def cut(words: Marked, at: int) -> tuple[Marked, Marked]:
    """Return the words before a place and those behind it, each with its repairs."""
    before = tuple(repair for repair in words.repairs if repair.end <= at)
    behind = (repair for repair in words.repairs if repair.end > at)
    moved = tuple(
        moved_repair(repair, start=max(repair.start - at, 0), end=repair.end - at)
        for repair in behind
    )
    return Marked(words.text[:at], before), Marked(words.text[at:], moved)


def _without(pattern: re.Pattern[str], words: Marked, kind: str) -> Marked:
    places = [(match.start(), match.end(), "") for match in pattern.finditer(words.text)]
    if not places:
        return words
    text, repairs = replace(words.text, places, kind)
    return Marked(text, and_earlier(repairs, words.repairs))
