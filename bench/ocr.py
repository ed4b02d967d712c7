"""How well scans are read: `python -m bench.ocr --shared DIR`.

Two scans of a chapter are compared with its text edition, figure by figure in reading order, and
with the cells that were typed by hand (see `bench.tables`).
"""

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from statistics import mean

from bench.tables import compare, load_cells
from corpus.pdf.glyphs.opening import open_pdf
from corpus.pdf.lines import Line
from corpus.pdf.ocr import LOW_CONFIDENCE, read_scan
from corpus.pdf.reading import build_pages

_TEXT_EDITION = "sources/usgs_mcs/mcs2025-rare-earths.pdf"
_SCANS = (
    "sources/derived/mcs2025-rare-earths_scan200.pdf",
    "sources/derived/mcs2025-rare-earths_scan110_skew.pdf",
)
_FIGURE = re.compile(r"\d[\d,.]*%?(?<![,.])")
_CELLS = Path(__file__).parent / "cells" / "usgs.tsv"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed, or a footnote mark, with the confidence of its word."""

    text: str
    confidence: float


@dataclass(slots=True)
class Tally:
    """How the figures of a scan compare with those of the text edition."""

    right: list[Figure] = field(default_factory=list)
    wrong: list[tuple[str, Figure]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    invented: list[Figure] = field(default_factory=list)


def main() -> int:
    """Read both scans, print what differs from the text edition and the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the measured files")
    shared = parser.parse_args().shared
    with open_pdf((shared / _TEXT_EDITION).read_bytes(), _TEXT_EDITION) as pdf:
        edition = [pdf.lines(number) for number in range(1, pdf.page_count + 1)]
    for scan in _SCANS:
        began = time.perf_counter()
        pages = [read_scan(shared / scan, n, scan) for n in range(1, len(edition) + 1)]
        seconds = (time.perf_counter() - began) / len(pages)
        print(f"{scan}: {seconds:.1f} seconds a page")
        _report("figures", edition, pages, marks=False)
        _report("footnote marks", edition, pages, marks=True)
        _report_cells(pages)
    return 0


def find_figures(lines: Sequence[Line], *, marks: bool) -> Iterator[Figure]:
    """Yield the figures of a page in reading order: those in footnote marks, or all others."""
    for line in lines:
        for word in line:
            if word.mark == marks:
                found = re.findall(r"\w+", word.text) if marks else _FIGURE.findall(word.text)
                for text in found:
                    yield Figure(text, word.confidence)


def tally(expected: Sequence[Figure], read: Sequence[Figure], into: Tally) -> None:
    """Align the figures of a page and add them to a tally."""
    one, other = [f.text for f in expected], [f.text for f in read]
    for kind, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            into.right += read[k:m]
            continue
        paired = min(j - i, m - k)
        into.wrong += zip(one[i : i + paired], read[k : k + paired], strict=True)
        into.missing += one[i + paired : j]
        into.invented += read[k + paired : m]


def _report(
    what: str, edition: Sequence[Sequence[Line]], pages: Sequence[Sequence[Line]], *, marks: bool
) -> None:
    found = Tally()
    for expected, read in zip(edition, pages, strict=True):
        tally(
            list(find_figures(expected, marks=marks)), list(find_figures(read, marks=marks)), found
        )
    faulty = [figure for _, figure in found.wrong] + found.invented
    print(
        f"  {what}: {len(found.right)} right, {len(found.wrong)} wrong, "
        f"{len(found.missing)} missing, {len(found.invented)} invented"
    )
    for printed, figure in found.wrong:
        print(f"    {printed} read as {figure.text} ({figure.confidence:.2f})")
    if found.missing:
        print(f"    missing: {'  '.join(found.missing)}")
    if found.invented:
        told = (f"{figure.text} ({figure.confidence:.2f})" for figure in found.invented)
        print(f"    invented: {'  '.join(told)}")
    for name, figures in (("right", found.right), ("wrong or invented", faulty)):
        low = sum(figure.confidence < LOW_CONFIDENCE for figure in figures)
        sure = mean([figure.confidence for figure in figures] or [0.0])
        under = f"{low} of {len(figures)} under {LOW_CONFIDENCE}"
        print(f"    {name}: mean confidence {sure:.2f}, {under}")


def _report_cells(pages: Sequence[Sequence[Line]]) -> None:
    built = build_pages(pages, ("1", "2"), ("", "", "")).pages
    typed = [cell for cell in load_cells(_CELLS) if cell.file == _TEXT_EDITION]
    faults = [compare(cell, built[cell.page - 1]) for cell in typed]
    right = sum(not found for found in faults)
    print(f"  cells: {right} of {len(typed)} right ({right / max(len(typed), 1):.1%})")
    for cell, found in zip(typed, faults, strict=True):
        if found:
            print(f"    p. {cell.page} {cell.row} | {cell.column} = {cell.value}: {found}")


if __name__ == "__main__":
    sys.exit(main())
