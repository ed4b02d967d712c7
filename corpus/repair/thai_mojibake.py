"""Finding text that was UTF-8 and was read as Thai (Windows-874, ISO-8859-11 or TIS-620).

Every dash and quotation mark becomes "โ" and two more characters, every accented letter and
symbol "ย" or "ร" and one more. Those others are often control characters that a later step
strips; then only the neighbours tell what a lone "โ" was (see `lone_signs`). In real Thai "โ"
always precedes a consonant, and the pairs stand among other Thai letters.
"""

import re
from collections.abc import Iterable
from itertools import product

from corpus.repair.lone_signs import LONE, LONE_QUOTE, Language, customs_of, resolve

Replacement = tuple[int, int, str]

_SARA_O = "โ"  # byte E2: opens general punctuation, currency signs, arrows, mathematical signs
_PAIR_LEADS = "ยรฤลฮฯ"  # bytes C2 to C5, CE and CF: opens Latin and Greek letters and symbols
_LEADS = re.compile(f"[{_SARA_O}{_PAIR_LEADS}]")
_REAL_THAI_SHARE = 0.1
# Marks whose middle sign was stripped: told by the last sign together with their place.
_STRIPPED = (
    (re.compile("โฆ"), "…"),
    (re.compile("โฌ"), "€"),
    (re.compile(r"โฅ(?=\s?[\d$])"), "≥"),
    (re.compile(r"โค(?=\s?[\d$])"), "≤"),
    (re.compile(r"(?<=[^\W_])โข(?!\w)"), "™"),
    (re.compile(r"(?<![^\s])โข(?=\s)"), "•"),
    (re.compile(r"(?<=\d)โฐ|(?<=\d )โฐ"), "‰"),
    (re.compile(r"(?<=\d)โฒ"), "′"),
    (re.compile(r"(?<=\d)โณ"), "″"),
    (re.compile(r"(?<=\d)โฏ(?=\d)"), "\u202f"),
    # The mark of a note in front of it
    *(
        (re.compile(rf"(?<![^\s*|]){sign}(?=[A-Z][a-z])"), mark)
        for sign, mark in zip(("โด", "โต", "โถ", "โท", "โธ"), "⁴⁵⁶⁷⁸", strict=True)
    ),
)


def _renderings(byte: int) -> set[str]:
    """Return what a byte may have become: by either Thai code page, or Windows-1252 beside them."""
    found = {chr(byte)} if byte < 0xA0 else set()
    for encoding in ("cp874", "iso8859-11", "cp1252"):
        found.add(bytes([byte]).decode(encoding, "ignore"))
    return found - {""}


def _sequences(characters: Iterable[int]) -> dict[str, str]:
    """Return each damaged sequence, whose first sign is Thai, with the character that it was."""
    found: dict[str, str] = {}
    for code in characters:
        first, *others = chr(code).encode()
        lead = bytes([first]).decode("cp874")
        for signs in product(*map(_renderings, others)):
            found[lead + "".join(signs)] = chr(code)
    return found


_TRIPLES = _sequences(code for code in range(0x2000, 0x2600) if chr(code).isprintable())
_TRIPLES |= _sequences((0x200B, 0x200C, 0x200D, 0x2009, 0x200A, 0x2002, 0x2003, 0x202F))
_PAIRS = _sequences(
    code
    for code in (*range(0xA0, 0x180), *range(0x391, 0x3CA))
    if chr(code).isprintable() or code in (0xA0, 0xAD)
)
_TRIPLE = re.compile(
    "{}[{}][{}]".format(*(re.escape("".join(sorted(set(s)))) for s in zip(*_TRIPLES, strict=True)))
)


def find_thai_mojibake(text: str) -> list[Replacement]:
    """Return the stretches of a text that are certainly such damage, with what they were."""
    if not _LEADS.search(text):
        return []
    lines: list[tuple[int, str]] = []
    position = 0
    for line in text.split("\n"):
        if _LEADS.search(line):
            lines.append((position, line))
        position += len(line) + 1
    drafts = [_Draft(line) for _, line in lines]
    real = sum(draft.unexplained for draft in drafts)
    thai_page = real > _REAL_THAI_SHARE * sum(map(str.isalpha, text))
    language = customs_of(text)
    return [
        (start + begin, start + end, meant)
        for (start, _), draft in zip(lines, drafts, strict=True)
        for begin, end, meant in draft.replacements(language, thai_page)
    ]


class _Draft:
    """One line that is being repaired: its stretches of damage, certain and doubtful."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._certain: list[Replacement] = []
        self._pairs: list[Replacement] = []
        self._decoded: dict[int, str] = {}  # what the signs of the pairs were, by their places
        self._lone: list[tuple[int, int]] = []
        self.unexplained = 0
        position = 0
        for match in _TRIPLE.finditer(line):
            if match.group() not in _TRIPLES:
                continue
            self._read(position, match.start())
            self._certain.append((*match.span(), _TRIPLES[match.group()]))
            position = match.end()
        self._read(position, len(line))

    def _read(self, start: int, end: int) -> None:
        """Take apart the Thai letters of a stretch; those that no damage explains are counted."""
        for run in re.finditer(r"[\u0e01-\u0e5b]+", self._line[start:end]):
            first, last = start + run.start(), start + run.end()
            found = self._parse(first, last)
            if found is None:
                self.unexplained += last - first
            else:
                for begin, stop, meant in found:
                    if meant in (LONE, LONE_QUOTE):
                        self._lone.append((begin, stop))
                    else:
                        self._pairs.append((begin, stop, meant))
                        self._decoded |= dict.fromkeys(range(begin, stop), meant)

    def _parse(self, first: int, last: int) -> list[Replacement] | None:
        line, found, at = self._line, [], first
        while at < last:
            sign, pair = line[at], line[at : at + 2]
            if sign == _SARA_O:
                stripped = next((m for p, m in _STRIPPED if p.match(line, at)), "")
                if stripped:
                    found.append((at, at + 2, stripped))
                elif at + 1 < last and line[at + 1] == _SARA_O:
                    found.append((at, at + 1, LONE))
                elif at + 1 < last:
                    alone = line[at + 1] == "ย" and at + 2 == last and pair not in _PAIRS
                    if not alone:
                        return None
                    found.append((at, at + 1, LONE))
                elif line[at + 1 : at + 2] == "€" and not line[at + 2 : at + 3].isdigit():
                    found.append((at, at + 2, LONE_QUOTE))
                else:
                    found.append((at, at + 1, LONE))
            elif pair in _PAIRS:
                found.append((at, at + 2, _PAIRS[pair]))
            elif sign in "ยร" and line[at + 1 : last] in ("", _SARA_O):
                found.append((at, at + 1, self._lone_lead(at, found)))
            else:
                return None
            at = found[-1][1]
        return found

    def _lone_lead(self, at: int, found: list[Replacement]) -> str:
        """Return what a lone YO YAK or RO RUA was, or "" where the neighbours do not tell."""
        if self._line[at] == "ย":
            return "\u00a0"
        before = found[-1][2] if found else self._line[max(at - 2, 0) : at]
        after = self._line[at + 1 : at + 3]
        if before[-1:].islower() and (after[:1].islower() or not self._latin(at + 1)):
            return "ß"  # no other sign of that lead that loses its second is a small letter
        return "×" if before.strip()[-1:].isdigit() and after.strip()[:1].isdigit() else ""

    def replacements(self, language: Language, thai_page: bool) -> list[Replacement]:
        """Return what is certain, in order; among real Thai that is less."""
        strict = thai_page or self.unexplained > 0
        found = [*self._certain, *(pair for pair in self._pairs if self._is_sure(pair, strict))]
        found.sort()
        drafted, places = self._drafted(found)
        for at, meant in resolve(drafted, language).items():
            inside = drafted[at - 1 : at].isalnum() and drafted[at + 1 : at + 2].isalnum()
            if inside or not strict:
                found.append((*places[at], meant))
        return sorted(found)

    def _is_sure(self, pair: Replacement, strict: bool) -> bool:
        start, end, meant = pair
        if not meant:
            return False
        before, after = self._latin(start - 1), self._latin(end)
        if strict:
            return bool(before and after)
        if meant == "¡" or (meant.isalpha() and meant not in "ªº"):
            if meant.islower() and after.isupper() and not before:
                return False
            return bool(before.isalpha() or after.isalpha())
        return True

    def _latin(self, at: int) -> str:
        """Return the letter or digit at a place, what a neighbouring pair was, or ""."""
        if (meant := self._decoded.get(at)) is not None:
            return meant if meant.isalnum() else ""
        sign = self._line[at : at + 1] if at >= 0 else ""
        return sign if sign.isalnum() and sign < "\u0370" else ""

    def _drafted(self, found: list[Replacement]) -> tuple[str, dict[int, tuple[int, int]]]:
        """Return the line with what is found put right and the lone signs marked as such."""
        signs = [(*span, LONE if span[1] - span[0] == 1 else LONE_QUOTE) for span in self._lone]
        pieces: list[str] = []
        places: dict[int, tuple[int, int]] = {}
        position = length = 0
        for start, end, new in sorted([*found, *signs]):
            pieces += [self._line[position:start], new]
            length += start - position
            if new in (LONE, LONE_QUOTE):
                places[length] = (start, end)
            length += len(new)
            position = end
        return "".join([*pieces, self._line[position:]]), places
