"""Repairs of damaged text, each recorded so that it can be undone.

One news site's text arrives as UTF-8 that was read as ISO-8859-11 (Thai) with the control
characters stripped: "โ" stands for a dash or a quotation mark, "ย" for a no-break space. What
each one was is told from its neighbours; where they do not tell, the text is left as it is.
"""

import re
from collections.abc import Iterable

from corpus.document import Repair

_SARA_O = "\u0e42"  # what is left of every General Punctuation character (E2 80 xx)
_YO_YAK = "\u0e22"  # what is left of a no-break space (C2 A0)
_THAI_CONSONANTS = range(0x0E01, 0x0E2F)
# Sequences that kept all three characters say exactly what they were.
_WHOLE_SEQUENCES = {
    "โ€™": "’",
    "โ€˜": "‘",
    "โ€œ": "“",
    "โ€\x9d": "”",
    "โ€“": "–",
    "โ€”": "—",
    "โ€ฆ": "…",
    "โ€¦": "…",
}
_CONTRACTION = re.compile(r"(?:s|t|re|ve|ll|d|m)\b")
_DAMAGE = re.compile("|".join(map(re.escape, _WHOLE_SEQUENCES)) + f"|{_SARA_O}|{_YO_YAK}")


def repair_encoding(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return the text with certain encoding damage repaired, and the repairs in order."""
    if _SARA_O not in text and _YO_YAK not in text:
        return text, ()
    replacements: list[tuple[int, int, str]] = []
    open_quote = False
    for match in _DAMAGE.finditer(text):
        if match.group() == _YO_YAK:
            meant = _no_break_space(text, match.start())
        elif match.group() == _SARA_O:
            line_start = text.rfind("\n", 0, match.start()) + 1
            if not any(start >= line_start for start, _, _ in replacements):
                open_quote = False
            meant = _punctuation(text, match.start(), open_quote)
        else:
            meant = _WHOLE_SEQUENCES[match.group()]
        if meant:
            open_quote = meant == "“" or (open_quote and meant != "”")
            replacements.append((match.start(), match.end(), meant))
    return replace(text, replacements, "encoding")


def replace(
    text: str, replacements: Iterable[tuple[int, int, str]], kind: str
) -> tuple[str, tuple[Repair, ...]]:
    """Return the text with stretches (start, end, new), in order, replaced and recorded."""
    pieces: list[str] = []
    repairs: list[Repair] = []
    position = length = 0
    for start, end, new in replacements:
        pieces += [text[position:start], new]
        length += start - position
        repairs.append(Repair(length, length + len(new), text[start:end], kind))
        length += len(new)
        position = end
    pieces.append(text[position:])
    return "".join(pieces), tuple(repairs)


def _punctuation(text: str, at: int, open_quote: bool) -> str:
    """Return what a lone SARA O stood for, or "" where the neighbours do not tell."""
    before = text[at - 1 : at]
    after = text[at + 1 : at + 2]
    if after and ord(after) in _THAI_CONSONANTS and after != _YO_YAK:
        return ""  # real Thai: SARA O always precedes a consonant
    if before.isdigit() and after.isdigit():
        return "–"
    if before.isalnum() and _CONTRACTION.match(text, at + 1):
        return "’"
    inside = before.strip("\u00a0 \t\n(["), after.strip("\u00a0 \t\n")
    if inside[0] and inside[1]:
        if after in ".,;:!?)]" and open_quote:
            return "”"
        return "—" if (before.isalnum() or before in ")%") and after.isalnum() else ""
    if inside[1]:
        return "“"
    if inside[0]:
        if open_quote:
            return "”"
        return "’" if before == "s" else ""
    return "—" if before and after else ""


def _no_break_space(text: str, at: int) -> str:
    """Return a space for a YO YAK that stands apart from Thai text, else ""."""
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return "" if any("\u0e00" <= sign <= "\u0e7f" for sign in around) else " "
