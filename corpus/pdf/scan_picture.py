"""The picture of a scanned page before text recognition: its skew, its specks, its raised marks.

Tesseract reads a raised 12 before 16,000 as 1246,000, so that not even the figure can be saved
from what it says. Footnote marks are therefore found in the picture itself, as specks that are
smaller than their neighbours and stand above the baseline, and are taken off before the page is
read. So are dashes that stand alone in a cell, of which Tesseract makes nothing, "_" or "—_".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

Pixels = np.ndarray[Any, np.dtype[np.uint8]]

_MOST_SKEW = 5.0  # degrees
_LEAST_SKEW = 0.15
_LEAST_MARK = 0.36  # of the height of the letters beside it; quotation marks are less high
_MOST_SIGNS = 3  # of a mark
_LEAST_SPECK = 8  # pixels: the height of what counts in finding the usual height
_REACH = 2.0  # how far the next letter of a run may be, in heights
_MEMORY = 8  # letters of a run that the next one is compared with


class Speck(NamedTuple):
    """The box of ink that hangs together, in pixels from the top left."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Its height in pixels."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Its width in pixels."""
        return self.right - self.left

    def widened(self, by: int) -> tuple[int, int, int, int]:
        """Its box with a margin."""
        return self.left - by, self.top - by, self.right + by, self.bottom + by


@dataclass(frozen=True, slots=True)
class Raised:
    """A footnote mark or a lone dash, with the baseline and the height of the letters beside it."""

    specks: tuple[Speck, ...]
    base: int
    tall: int

    @property
    def signs(self) -> list[Speck]:
        """Its letters and figures from left to right, without the commas between marks."""
        tall = [speck for speck in self.specks if speck.height >= _LEAST_MARK * self.tall]
        return sorted(tall or self.specks)

    @property
    def box(self) -> Speck:
        """The box around its signs."""
        return around(self.signs)


@dataclass(slots=True)
class _Run:
    """Letters side by side: a line of text or a cell of a table."""

    specks: list[Speck]
    base: int = 0
    tall: int = 0
    ends: int = field(init=False)

    def __post_init__(self) -> None:
        self.ends = self.specks[0].right


def around(specks: Iterable[Speck]) -> Speck:
    """Return the smallest box that holds the specks."""
    lefts, tops, rights, bottoms = zip(*specks, strict=True)
    return Speck(min(lefts), min(tops), max(rights), max(bottoms))


def ink_level(pixels: Pixels) -> int:
    """Return the grey up to which a pixel is ink, by Otsu's method."""
    counts = np.bincount(pixels.ravel(), minlength=256).astype(float)
    weight, mass = counts.cumsum(), (counts * np.arange(256)).cumsum()
    parted = weight * (weight[-1] - weight)
    between = np.zeros(256)
    np.divide((mass[-1] * weight / weight[-1] - mass) ** 2, parted, where=parted > 0, out=between)
    return int(between.argmax())


def set_upright(picture: Image.Image) -> Image.Image:
    """Return the picture with its lines level: the turn under which they are parted best."""
    pixels = np.asarray(picture)
    down, across = np.nonzero(pixels[::2, ::2] <= ink_level(pixels))

    def levelness(degrees: float) -> float:
        rows = (down + across * np.tan(np.radians(degrees))).astype(int)
        return float((np.bincount(rows - rows.min()).astype(float) ** 2).sum())

    if not len(down):
        return picture
    rough = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.25), key=levelness)
    skew = max(np.arange(rough - 0.25, rough + 0.26, 0.05), key=levelness)
    if abs(skew) < _LEAST_SKEW:
        return picture
    return picture.rotate(-skew, Image.Resampling.BICUBIC, fillcolor=255)


def find_specks(picture: Image.Image) -> list[Speck]:
    """Return the boxes of all ink that hangs together."""
    from scipy import ndimage

    pixels = np.asarray(picture)
    labelled, _ = ndimage.label(pixels <= ink_level(pixels), np.ones((3, 3)))
    return [
        Speck(across.start, down.start, across.stop, down.stop)
        for down, across in ndimage.find_objects(labelled)
    ]


def find_raised(specks: Sequence[Speck]) -> tuple[list[Raised], list[Raised]]:
    """Return the footnote marks and the lone dashes of a page that stands upright."""
    heights = [speck.height for speck in specks if speck.height >= _LEAST_SPECK]
    if not heights:
        return [], []
    usual = float(np.median(heights))
    letters = sorted(
        speck
        for speck in specks
        if 0.4 * usual <= speck.height <= 5 * usual and speck.width < 8 * usual
    )
    runs = _find_runs(letters, usual)
    small = [speck for speck in specks if speck.height < 0.5 * usual]
    marks = [mark for run in runs for mark in _marks_of(run, small)]
    return marks, _lone_dashes(runs, [s for s in specks if s.height >= 3 or s.width >= 3])


def take_off(picture: Image.Image, raised: Iterable[Raised]) -> Image.Image:
    """Return a copy of the picture without them."""
    clean = picture.copy()
    for mark in raised:
        for speck in mark.specks:
            # The blur around the ink goes too, or Tesseract sees a comma in it.
            clean.paste(255, speck.widened(1))
    return clean


def measure_letters(specks: Sequence[Speck]) -> tuple[int, int]:
    """Return the baseline of letters in a row and the height of the tall ones above it."""
    if not specks:
        return 0, 0
    bottoms = sorted((speck.bottom, speck.height * speck.width) for speck in specks)
    reached = np.cumsum([weight for _, weight in bottoms])
    base = bottoms[int(np.searchsorted(reached, reached[-1] / 2))][0]
    standing = [base - s.top for s in specks if abs(s.bottom - base) <= 0.12 * s.height]
    if not standing:
        return base, 0
    # Not the tallest one: brackets reach above the capitals, and ink may join two lines.
    standing = [height for height in standing if height <= 1.9 * np.median(standing)]
    return base, int(np.median([height for height in standing if height >= 0.85 * max(standing)]))


def _find_runs(letters: Sequence[Speck], usual: float) -> list[_Run]:
    """Put letters, given from left to right, into runs."""
    runs: list[_Run] = []
    within_reach: list[_Run] = []
    for letter in letters:
        for run in reversed(within_reach):
            last = around(run.specks[-_MEMORY:])
            shared = min(last.bottom, letter.bottom) - max(last.top, letter.top)
            gap = letter.left - run.ends
            if shared > 0.4 * min(letter.height, last.height) and gap < _REACH * min(
                last.height, 2 * letter.height
            ):
                run.specks.append(letter)
                run.ends = max(run.ends, letter.right)
                break
        else:
            runs.append(_Run([letter]))
            within_reach.append(runs[-1])
        within_reach = [run for run in within_reach if letter.left - run.ends < 5 * usual]
    for run in runs:
        run.base, run.tall = measure_letters(run.specks)
    return [run for run in runs if run.tall]


def _marks_of(run: _Run, small: Sequence[Speck]) -> list[Raised]:
    raised = [speck for speck in run.specks if _is_raised(speck, run)]
    groups: list[list[Speck]] = []
    for speck in raised:
        if groups and speck.left - groups[-1][-1].right < 0.4 * run.tall:
            groups[-1].append(speck)
        else:
            groups.append([speck])
    groups = [group for group in groups if len(group) <= _MOST_SIGNS]
    for group in groups:
        end = around(group).right
        group += [  # the comma of "e, 4"
            speck
            for speck in small
            if -0.1 * run.tall <= speck.left - end <= 0.3 * run.tall
            and 0.1 * run.tall <= run.base - speck.bottom <= 0.5 * run.tall
            and 2 < speck.height < _LEAST_MARK * run.tall
            and speck.width < 0.36 * run.tall
        ]
    return [Raised(tuple(group), run.base, run.tall) for group in groups]


def _is_raised(speck: Speck, run: _Run) -> bool:
    # Figures in brackets are 0.77 as high as the brackets and stand 0.22 above their feet.
    upright = speck.width < 0.65 * speck.height  # an apostrophe, if it is no 1
    if not (
        (0.52 if upright else _LEAST_MARK) * run.tall <= speck.height < 0.74 * run.tall
        and speck.width < 1.5 * run.tall
        and run.base - speck.bottom > 0.28 * run.tall
        and 0.85 * run.tall < run.base - speck.top < 1.7 * run.tall
    ):
        return False
    # The ring of a per cent sign has the stroke below it.
    return not any(
        other.left < speck.right - 1 and other.right > speck.left + 1 and other is not speck
        for other in run.specks
        if other.bottom > speck.bottom + 0.1 * run.tall and other.bottom <= run.base + run.tall
    )


def _lone_dashes(runs: Sequence[_Run], specks: Sequence[Speck]) -> list[Raised]:
    found = []
    for dash in specks:
        if dash.width < 3 * dash.height:
            continue
        middle = (dash.top + dash.bottom) / 2
        beside = [
            run
            for run in runs
            if 0.2 * run.tall <= run.base - middle <= 0.6 * run.tall
            and dash.height <= 0.25 * run.tall
            and 0.4 * run.tall <= dash.width <= 1.8 * run.tall
        ]
        if not beside:
            continue
        run = min(beside, key=lambda run: abs(run.specks[0].left - dash.left))
        alone = not any(
            speck.left < dash.right + 0.6 * run.tall
            and speck.right > dash.left - 0.6 * run.tall
            and speck.top < run.base
            and speck.bottom > run.base - run.tall
            for speck in specks
            if speck is not dash
        )
        if alone:
            found.append(Raised((dash,), run.base, run.tall))
    return found
