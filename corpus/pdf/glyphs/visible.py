"""What of a page's glyphs a reader sees: each printed once, and the page upright."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shown character (or ligature): from x0 to x1 on a baseline y, `size` high, in points.

    `turn` is the direction of writing in quarter turns counter-clockwise, 0 from left to right.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int = 0
    bold: bool = False


def without_second_prints(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Leave out glyphs that are printed a second time within a tenth of their size."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    kept = []
    for glyph in glyphs:
        key = (glyph.text, round(glyph.x0), round(glyph.y))
        before = seen.get(key)
        if (
            before
            and glyph.text.strip()
            and math.dist((before.x0, before.y), (glyph.x0, glyph.y)) < 0.1 * max(glyph.size, 1)
        ):
            continue
        seen[key] = glyph
        kept.append(glyph)
    return kept


def upright(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Turn a page so that most of its glyphs run from left to right.

    For glyphs written in another direction than the page's own, `turn` says so.
    """
    turns = Counter(glyph.turn for glyph in glyphs if glyph.text.strip())
    turn = turns.most_common(1)[0][0] if turns else 0
    if turn == 0:
        return list(glyphs)
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
    turned = []
    for glyph in glyphs:
        # A glyph's own end is in its direction of writing; others keep their width.
        x, y = glyph.x0 * cos + glyph.y * sin, glyph.y * cos - glyph.x0 * sin
        turned.append(
            replace(glyph, x0=x, x1=x + glyph.x1 - glyph.x0, y=y, turn=(glyph.turn - turn) % 4)
        )
    return turned
