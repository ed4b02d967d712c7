"""From the glyphs of a page to its words and lines: what stands side by side on one baseline.

Small raised words are footnote marks; they are told from figures by size and place, so that
"12" before "7,200" does not read as 127,200.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.pdf.glyphs.visible import Glyph

WORD_GAP = 0.16  # of the glyph size: half a usual space
_MARK = re.compile(r"(?:\(?(?:\d{1,2}|[a-zA-Z]|[*†‡§¶#+]+)\)?[,;]?\s?){1,4}")
_SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_NEIGHBOURS = 40  # words of a line that a further one is held against
_SMALL = 0.85  # a mark's size is at most this share of its neighbour's
_EXPONENT_BASE = re.compile(r"(?:[×x*]\s?10|(?<![a-z])[kcm]?m|ft|yd)$")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of glyphs without a gap, of one size: from x0 to x1 on a baseline y, in points.

    `mark` says that it is a footnote mark set beside or inside a word of ordinary size, whose
    baseline it is then given.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    mark: bool = False
    bold: bool = False
    confidence: float = 1.0  # of text recognition, from 0 to 1


Line = tuple[Word, ...]  # from left to right on one baseline


def find_words(glyphs: Iterable[Glyph]) -> list[Word]:
    """Join glyphs into words, at spaces and at gaps that are as good as spaces.

    Text that runs in another direction than the page is left out.
    """
    words: list[Word] = []
    run: list[Glyph] = []

    def close() -> None:
        if run:
            words.extend(_words(run))
            run.clear()

    for glyph in glyphs:
        if glyph.turn or not glyph.text.strip():
            close()
            continue
        if run:
            last = run[-1]
            size = max(last.size, 0.1)
            goes_on = (
                abs(glyph.y - last.y) <= 0.05 * size
                and abs(glyph.size - last.size) <= 0.05 * size
                and -0.5 * size <= glyph.x0 - last.x1 <= WORD_GAP * size
            )
            if not goes_on:
                close()
        run.append(glyph)
    close()
    return words


def _words(run: Sequence[Glyph]) -> Iterator[Word]:
    """Yield the word that a run of glyphs makes, and the superscript digits around it apart."""
    start, end = 0, len(run)
    while end > 1 and run[end - 1].text in _SUPERSCRIPTS:
        end -= 1
    while start < end - 1 and run[start].text in _SUPERSCRIPTS:
        start += 1
    if end < len(run) and _EXPONENT_BASE.search("".join(glyph.text for glyph in run[:end])):
        end = len(run)
    first = run[0]
    for part, mark in ((run[:start], True), (run[start:end], False), (run[end:], True)):
        if part:
            text = "".join(glyph.text for glyph in part)
            yield Word(text, part[0].x0, part[-1].x1, first.y, first.size, mark, first.bold)


def find_lines(words: Sequence[Word]) -> list[Line]:
    """Return the lines of a page from top to bottom; a line may run over several columns."""
    settled = sorted(_settle_small_words(words), key=lambda word: (-word.y, word.x0))
    lines: list[list[Word]] = []
    for word in settled:
        line = lines[-1] if lines else None
        if line and _shares_baseline(word, line):
            line.append(word)
        else:
            lines.append([word])
    return [tuple(sorted(line, key=lambda word: word.x0)) for line in lines]


def _shares_baseline(word: Word, line: Sequence[Word]) -> bool:
    first = line[0]
    if abs(word.y - first.y) > 0.4 * min(word.size, first.size):
        return False
    return not any(
        min(word.x1, other.x1) - max(word.x0, other.x0)
        > 0.5 * min(word.x1 - word.x0, other.x1 - other.x0)
        for other in line[-_NEIGHBOURS:]
        if not (word.mark or other.mark)
    )


def _settle_small_words(words: Sequence[Word]) -> list[Word]:
    """Give raised and lowered small words the baseline of the word they stand beside."""
    band = 8.0
    bands: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        bands[int(word.y // band)].append(word)
    sizes = sorted(word.size for word in words)
    largest = sizes[-1] if sizes else 0.0
    settled: list[Word] = []
    waiting: list[Word] = []
    lifts: dict[int, Word] = {}  # by the identity of a small word: the word as it was settled
    for word in words:
        if word.size > _SMALL * largest:
            settled.append(word)
            continue
        reach = int((word.size / _SMALL * 2) // band) + 1
        at = int(word.y // band)
        near = [other for b in range(at - reach, at + reach + 1) for other in bands.get(b, ())]
        beside = _beside(word, near)
        if beside is None:
            waiting.append(word)
        else:
            settled.append(_set_beside(word, beside, near))
            lifts[id(word)] = settled[-1]
    # A second mark stands beside the first one ("e, 2"), or beside a raised sign ("iPhone®(1)").
    raised = [word for word in words if word.size <= _SMALL * largest]
    for word in sorted(waiting, key=lambda word: word.x0):
        before = next(
            (
                other
                for other in raised
                if id(other) in lifts
                and abs(other.size - word.size) < 0.25 * word.size
                and -0.2 * word.size <= word.x0 - other.x1 <= 0.9 * word.size
                and abs(word.y - other.y) < 0.2 * word.size
            ),
            None,
        )
        if before is None:
            settled.append(word)
            continue
        place = replace(word, y=lifts[id(before)].y, mark=bool(_MARK.fullmatch(word.text)))
        lifts[id(word)] = place
        settled.append(place)
    return settled


def _beside(word: Word, near: Iterable[Word]) -> Word | None:
    """Return the larger word that a small one is raised or lowered beside, if there is one."""
    found: Word | None = None
    best = 0.0
    for other in near:
        if word.size > _SMALL * other.size:
            continue
        lift = word.y - other.y
        if not (0.08 * other.size < lift < 0.75 * other.size or -0.35 < lift / other.size < -0.08):
            continue
        after, before = word.x0 - other.x1, other.x0 - word.x1
        gap = after if after > -0.15 * other.size else before
        # The mark that begins a note may be set apart from it.
        apart = 1.6 if gap == before and lift > 0 and word.text.isdigit() else 0.45
        if not -0.15 * other.size <= gap <= apart * other.size:
            continue
        if found is None or abs(gap) < best:
            found, best = other, abs(gap)
    return found


def _is_times(word: Word, ten: Word) -> bool:
    """Tell whether a word is the sign before a power of ten: "3.5 × 10"."""
    return word.text in ("×", "x", "*") and word.y == ten.y and 0 < ten.x0 - word.x1 < ten.size


def _set_beside(word: Word, beside: Word, near: Sequence[Word]) -> Word:
    raised = word.y > beside.y
    exponent = (
        word.x0 > beside.x0
        and word.text.isdigit()
        and (
            _EXPONENT_BASE.search(beside.text)
            or (beside.text == "10" and any(_is_times(other, beside) for other in near))
        )
    )
    is_mark = raised and not exponent and bool(_MARK.fullmatch(word.text))
    return replace(word, y=beside.y, mark=is_mark)
