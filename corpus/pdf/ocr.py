"""The door to Tesseract: the words of a scanned page, with places, sizes and confidence.

A page is drawn by PDFium, set upright and rid of its raised marks (`scan_picture`) before it is
recognised; the marks are recognised apart, enlarged, and put back as small words.
"""

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from corpus.errors import UnreadableSourceError
from corpus.extras import missing_extra
from corpus.page_image import PDFIUM_LOCK
from corpus.pdf.lines import WORD_GAP, Line, Word, find_lines
from corpus.pdf.order import reading_order
from corpus.pdf.scan_picture import (
    Raised,
    Speck,
    around,
    find_raised,
    find_specks,
    measure_letters,
    set_upright,
    take_off,
)

TESSERACT_MISSING = (
    "install Tesseract (Debian and Ubuntu: apt-get install tesseract-ocr), then add the file again"
)
# Of the figures of a 110-dpi scan all wrong ones are below it, and one in eight of the right ones.
LOW_CONFIDENCE = 0.89

_DPI = 300
_MOST_PIXELS = 40_000_000
_TIMEOUT_SECONDS = 120
_WHOLE_PAGE = 3  # Tesseract's page segmentation modes, chosen by bench.ocr
_SPARSE = 11
_MARK_HEIGHT = 42  # pixels, on the sheet of marks
_MARKS_IN_A_ROW = 10
_LEAST_MARK_CONFIDENCE = 0.2  # no note is better than another's
_BLUR = 2  # pixels around ink that belong to it
# Without l, i, o, t and z, which as marks are rarer than the figures that look like them.
_MARK_SIGNS = "0123456789abcdefghjkmnpqrsuvwxy*†‡§"
_CAP_HEIGHT = 0.735  # of the size, with the blur: Arial has 0.716, Times 0.66
_X_HEIGHT = 0.54
_DASH_CONFIDENCE = 0.95
_TALL = re.compile(r"[A-Z0-9bdfhklt]")


@dataclass(frozen=True, slots=True)
class _Read:
    """A word as Tesseract tells it, in pixels, with the line it is in."""

    text: str
    box: Speck
    confidence: float
    line: tuple[str, ...]


@cache
def tesseract_version() -> str:
    """Return the version of the installed Tesseract, or "" if there is none."""
    if shutil.which("tesseract") is None:
        return ""
    told = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"tesseract v?(\S+)", told.stdout + told.stderr)
    return found[1] if found else ""


def lacks_for_scans() -> str:
    """Return what to do before scanned pages can be recognised, "" where they can be."""
    if not tesseract_version():
        return TESSERACT_MISSING
    if run := missing_extra("ocr", "scipy"):
        return f"run: {run}, then add the file again"
    return ""


def read_scan(source: bytes | Path, number: int, name: str) -> tuple[Line, ...]:
    """Return the lines of page `number` (from 1) in reading order, recognised from its picture.

    Places are in points from the bottom left of the page, as they stand when it is set upright.
    Raises UnreadableSourceError, also where what it takes is not installed.
    """
    if lacks := lacks_for_scans():
        raise UnreadableSourceError(
            f"{name}: page {number} is a scan and needs text recognition; {lacks}"
        )
    drawn, scale = _draw(source, number, name)
    picture = set_upright(drawn)
    specks = find_specks(picture)
    marks, dashes = find_raised(specks)
    place = f"{name}: page {number}"
    read = _recognise(take_off(picture, [*marks, *dashes]), _WHOLE_PAGE, place)
    taken = {speck for raised in (*marks, *dashes) for speck in raised.specks}
    words = [
        *_page_words(read, [speck for speck in specks if speck not in taken]),
        *_mark_words(marks, picture, place),
        *(_dash_word(dash) for dash in dashes),
    ]
    bottom = picture.height
    placed = [
        replace(
            word,
            x0=word.x0 / scale,
            x1=word.x1 / scale,
            y=(bottom - word.y) / scale,
            size=max(round(word.size / scale * 2), 1) / 2,
        )
        for word in words
    ]
    return tuple(reading_order(find_lines(placed)))


def _draw(source: bytes | Path, number: int, name: str) -> tuple[Image.Image, float]:
    """Return the page in grey, and its pixels per point."""
    with PDFIUM_LOCK:
        try:
            document = pypdfium2.PdfDocument(source)
            try:
                page = document[number - 1]
                area = max(page.get_width() * page.get_height(), 1.0)
                scale = min(_DPI / 72, (_MOST_PIXELS / area) ** 0.5)
                picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
            finally:
                document.close()
        except (pypdfium2.PdfiumError, OSError, IndexError) as error:
            raise UnreadableSourceError(
                f"{name}: page {number} cannot be drawn: {error}; is the file damaged?"
            ) from error
    return picture.convert("L"), scale


def _recognise(picture: Image.Image, segmentation: int, place: str, signs: str = "") -> list[_Read]:
    png = BytesIO()
    picture.save(png, format="PNG", compress_level=1)
    command = ["tesseract", "stdin", "stdout", "-l", "eng", "--oem", "1"]
    command += ["--psm", str(segmentation), "--dpi", str(_DPI)]
    command += ["-c", f"tessedit_char_whitelist={signs}", "tsv"]
    try:
        told = subprocess.run(
            command,
            input=png.getvalue(),
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads wait more than they work
        )
    except FileNotFoundError as error:
        raise UnreadableSourceError(f"{place} is a scan; {TESSERACT_MISSING}") from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableSourceError(
            f"{place} was not recognised within {_TIMEOUT_SECONDS} seconds; save it at a lower "
            "resolution and add the file again"
        ) from error
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").split("\n")
        raise UnreadableSourceError(
            f"{place} cannot be recognised by Tesseract: {lines[0]}; are its English data there?"
        ) from error
    rows = csv.DictReader(
        told.stdout.decode("utf-8", "replace").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return [_read(row) for row in rows if row["level"] == "5" and row["text"].strip()]


def _read(row: dict[str, str]) -> _Read:
    left, top = int(row["left"]), int(row["top"])
    box = Speck(left, top, left + int(row["width"]), top + int(row["height"]))
    line = (row["block_num"], row["par_num"], row["line_num"])
    return _Read(row["text"].strip(), box, max(float(row["conf"]), 0.0) / 100, line)


def _page_words(read: Sequence[_Read], specks: Sequence[Speck]) -> Iterator[Word]:
    """Yield the words of each line with one baseline and one size; in pixels, y downwards."""
    lines: dict[tuple[str, ...], list[_Read]] = {}
    for word in read:
        lines.setdefault(word.line, []).append(word)
    for line in lines.values():
        line.sort(key=lambda word: word.box.left)
        letters = [[s for s in specks if _holds(word.box, s)] for word in line]
        base, tall = measure_letters([speck for those in letters for speck in those])
        if not tall:
            base = max(word.box.bottom for word in line)
            tall = base - min(word.box.top for word in line)
        has_tall = any(_TALL.search(word.text) for word in line)
        size = tall / (_CAP_HEIGHT if has_tall else _X_HEIGHT)
        edges = [_edges(word, own) for word, own in zip(line, letters, strict=True)]
        for position, word in enumerate(line):
            x0, x1 = edges[position]
            if position + 1 < len(line):  # else words told apart would be joined again
                x1 = max(min(x1, edges[position + 1][0] - 1.25 * WORD_GAP * size), x0 + 1)
            yield Word(word.text, x0, x1, base, size, confidence=word.confidence)


def _edges(word: _Read, letters: Sequence[Speck]) -> tuple[float, float]:
    """Return where a word begins and ends; Tesseract's boxes are often too wide."""
    box = around(letters) if letters else word.box
    return box.left, box.right


def _holds(box: Speck, speck: Speck) -> bool:
    return (
        box.left <= (speck.left + speck.right) / 2 <= box.right
        and box.top <= (speck.top + speck.bottom) / 2 <= box.bottom
        and speck.width <= 1.2 * box.width + 4
    )


def _dash_word(dash: Raised) -> Word:
    box = dash.box
    text = "—" if box.width > dash.tall else "–" if box.width > 0.65 * dash.tall else "-"
    size = dash.tall / _CAP_HEIGHT
    return Word(text, box.left, box.right, dash.base, size, confidence=_DASH_CONFIDENCE)


def _mark_words(marks: Sequence[Raised], picture: Image.Image, place: str) -> Iterator[Word]:
    """Recognise the marks on a sheet of their own, and yield them as small raised words."""
    if not marks:
        return
    sheet, places = _lay_out(marks, picture)
    read = _recognise(sheet, _SPARSE, place, _MARK_SIGNS)
    for mark, spot in zip(marks, places, strict=True):
        parts = [word for word in read if _meets(word.box, spot)]
        text = "".join(word.text for word in parts)
        confidence = min((word.confidence for word in parts), default=0.0)
        if confidence < _LEAST_MARK_CONFIDENCE:
            continue
        if text == "1" and len(mark.signs) == 2:  # Tesseract joins the strokes of 11
            text = "11"
        box = mark.box
        size = 0.65 * mark.tall / _CAP_HEIGHT
        yield Word(text, box.left, box.right, box.bottom, size, confidence=confidence)


def _lay_out(marks: Sequence[Raised], picture: Image.Image) -> tuple[Image.Image, list[Speck]]:
    """Return a sheet with the marks in rows at the size of ordinary text, and each one's place."""
    crops = [_enlarge(mark, picture) for mark in marks]
    rows = [crops[i : i + _MARKS_IN_A_ROW] for i in range(0, len(crops), _MARKS_IN_A_ROW)]
    gap = pitch = 3 * _MARK_HEIGHT
    width = max(sum(crop.width + gap for crop in row) for row in rows) + 2 * gap
    sheet = Image.new("L", (width, pitch * (len(rows) + 1)), 255)
    places = []
    for n, row in enumerate(rows):
        x, y = gap, pitch * (n + 1) - _MARK_HEIGHT
        for crop in row:
            sheet.paste(crop, (x, y))
            places.append(Speck(x - gap // 2, y, x + crop.width + gap // 2, y + crop.height))
            x += crop.width + gap
    return sheet, places


def _enlarge(mark: Raised, picture: Image.Image) -> Image.Image:
    """Return the mark, its signs set apart: else Tesseract reads 11 as 1."""
    box, apart = mark.box, round(0.1 * mark.tall)
    signs = mark.signs
    width = box.width + apart * (len(signs) - 1) + 2 * _BLUR
    crop = Image.new("L", (width, box.height + 2 * _BLUR), 255)
    for n, sign in enumerate(signs):
        part = picture.crop(sign.widened(_BLUR))
        crop.paste(part, (sign.left - box.left + n * apart, sign.top - box.top))
    grow = _MARK_HEIGHT / (0.65 * mark.tall)
    size = (round(crop.width * grow), round(crop.height * grow))
    return crop.resize(size, Image.Resampling.BICUBIC)


def _meets(box: Speck, spot: Speck) -> bool:
    return spot.left <= (box.left + box.right) / 2 <= spot.right and min(
        box.bottom, spot.bottom
    ) > max(box.top, spot.top)
