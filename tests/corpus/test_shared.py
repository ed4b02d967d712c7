"""Real documents of others, given with --shared DIR: read or refused, repaired, never invented."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pdfplumber
import pypdf
import pytest

from corpus.document import Block, Document, Page, original_text
from corpus.reading import read_document

pytestmark = pytest.mark.slow

DAMAGED_NEWS = "news/rare-earth-supply-chain-16.txt"
MCS_2026 = "usgs_mcs/usgs_mcs2026_rare_earths.pdf"


@cache
def read(sources: Path, path: str) -> Document:
    """Read a file once a run."""
    return read_document(sources / path, sources)


def pdfs_with_text(sources: Path) -> list[tuple[Path, Document]]:
    """Return the PDFs that have their text, and are no scans."""
    read_pdfs = (
        (file, read(sources, file.relative_to(sources).as_posix()))
        for file in sorted(sources.rglob("*.pdf"))
    )
    return [(file, document) for file, document in read_pdfs if document.source.confidence == 1]


@pytest.fixture
def sources(shared: Path) -> Path:
    return shared / "sources"


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return re.sub(r"\s+", "", text)


def test_repair_leaves_no_damage_in_the_news_text(sources: Path) -> None:
    original = (sources / DAMAGED_NEWS).read_text(encoding="utf-8")
    (page,) = read(sources, DAMAGED_NEWS).pages
    assert "\u0e42" in original
    assert "\u0e42" not in page.text
    assert original_text(page, 0, len(page.text)) == original.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("label", "cells"),
    [
        ("Nigeria", {"Mine production 2024": "1,500", "Mine production 2025": "1,500"}),
        ("Burma", {"Mine production 2024": "27,000", "Mine production 2025": "22,000"}),
        ("Thailand", {"Mine production 2024": "2,100", "Mine production 2025": "4,800"}),
        ("Australia", {"Reserves": "6,300,000"}),
    ],
)
def test_figures_beside_footnote_marks_are_right(
    sources: Path, label: str, cells: dict[str, str]
) -> None:
    page = read(sources, MCS_2026).pages[1]
    (row,) = [block for block in page.blocks if block.cells and block.cells[0].text == label]
    named = {cell.column: cell.text for cell in row.cells}
    assert {name: named.get(name) for name in cells} == cells
    assert row.context.caption.startswith("World Mine Production and Reserves")


def test_undoing_all_repairs_gives_every_sign_that_pypdf_reads(sources: Path) -> None:
    for file, document in pdfs_with_text(sources):
        reader = pypdf.PdfReader(file)
        for page, plain in zip(document.pages, reader.pages, strict=True):
            whole = original_text(page, 0, len(page.text))
            signs = Counter(squeezed(whole)), Counter(squeezed(plain.extract_text()))
            assert signs[0] == signs[1], f"{file.name}, page {page.number}"


@pytest.mark.parametrize(
    ("filing", "publisher", "published", "edition"),
    [
        ("2023 Q1 AAPL", "Apple", "2023-02-03", "10-Q Q1 2023"),  # to December 31, 2022
        ("2022 Q3 INTC", "Intel", "2022-10-28", "10-Q Q3 2022"),  # to October 1, 2022
        ("2023 Q1 INTC", "Intel", "2023-04-27", "10-Q Q1 2023"),  # as signed
        ("2022 Q3 MSFT", "Microsoft", "2022-10-25", "10-Q Q1 2023"),  # "filed 10/24/2022"
        ("2023 Q1 NVDA", "NVIDIA", "2023-05-26", "10-Q Q1 2024"),  # to April 30, 2023
    ],
)
def test_a_filing_is_of_its_registrant_its_day_and_its_fiscal_period(
    shared: Path, filing: str, publisher: str, published: str, edition: str
) -> None:
    source = read(shared / "sets/sec10q/pdfs", f"{filing}.pdf").source
    assert (source.publisher, source.published, source.edition) == (publisher, published, edition)


def test_scans_are_recognised_and_marked_as_such(sources: Path) -> None:
    scan = read(sources, "derived/mcs2025-rare-earths_scan200.pdf")
    assert 0.8 < scan.source.confidence < 1
    (row,) = [
        block
        for block in scan.pages[1].blocks
        if block.cells and block.cells[0].text == "Australia"
    ]
    assert [cell.text for cell in row.cells[1:]] == ["16,000", "13,000", "5,700,000"]


def test_words_of_each_block_stand_in_what_another_library_reads(sources: Path) -> None:
    checked = 0
    for file, document in pdfs_with_text(sources):
        with pdfplumber.open(file) as other:
            for page, other_page in zip(document.pages, other.pages, strict=True):
                there = squeezed(other_page.extract_text())
                stretches = [s for block in page.blocks for s in stretches_of(page, block)]
                missing = [words for words in stretches if squeezed(words) not in there]
                assert missing == [], f"{file.name}, page {page.number}"
                checked += len(stretches)
    assert checked > 1000


def stretches_of(page: Page, block: Block) -> list[str]:
    """Return what another library must read too: each word, and each line without raised marks.

    Libraries differ in where they put raised marks and the lines of a page's edge.
    """
    if block.kind == "heading":
        return []
    found = original_text(page, block.start, block.end).split()
    for line in re.finditer(r"[^\n]+", page.text[block.start : block.end]):
        start, end = block.start + line.start(), block.start + line.end()
        if not any(start <= repair.start <= end for repair in page.repairs):
            found.append(line.group())
    return found
