"""Hostile and damaged files: each ends in pages or in one line of refusal, in bounded time."""

import time
from collections.abc import Callable
from pathlib import Path

import hostile_pdfs
import pytest

from corpus.errors import UnreadableSourceError
from corpus.pdf.pages import Limits, read_lines

LIMITS = Limits(page_seconds=2, open_seconds=4, file_seconds=20, memory_bytes=1 << 30)
SLACK_SECONDS = 4  # for starting workers again on a busy machine
ROOM_BYTES = 300 << 20  # that the whole run may add to this process
MUTATIONS = 300
PLAIN = hostile_pdfs.plain_pdf(3)


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def assert_ends_well(data: bytes, what: str) -> None:
    """Read a hostile file: it ends in pages or in one line, no later than its limits allow."""
    started = time.monotonic()
    try:
        read = read_lines(data, "hostile.pdf", LIMITS)
    except UnreadableSourceError as refusal:
        message = str(refusal)
        assert message.startswith("hostile.pdf: "), what
        assert len(message.splitlines()) == 1, what
        pages = 0
    else:
        pages = len(read.pages)
        for page in read.pages:
            assert bool(page.fault) == (page.kind == "failed"), what
            assert bool(page.lines) == (page.kind == "text"), what
            assert len(page.fault.splitlines()) <= 1, what
            for line in page.lines:
                "".join(word.text for word in line).encode()
        assert len(read.labels) == pages, what
    # Opening and each page are tried twice, by pypdf and by PDFium.
    most = 2 * LIMITS.open_seconds + 2 * LIMITS.page_seconds * max(pages, 1) + SLACK_SECONDS
    assert time.monotonic() - started < min(most, LIMITS.file_seconds + 2 * LIMITS.page_seconds), (
        what
    )


@pytest.mark.slow
def test_hostile_files_end_in_pages_or_one_line_and_the_next_file_is_read() -> None:
    plain = read_lines(PLAIN, "plain.pdf")
    files = hostile_pdfs.handmade()
    before = resident_bytes()
    for what, data in files.items():
        assert_ends_well(data, what)
        assert read_lines(PLAIN, "plain.pdf") == plain, what
        assert resident_bytes() - before < ROOM_BYTES, what


@pytest.mark.slow
def test_damaged_copies_of_ordinary_files_end_in_pages_or_one_line(
    times: Callable[[int], int],
) -> None:
    plain = read_lines(PLAIN, "plain.pdf")
    before = resident_bytes()
    for what, data in hostile_pdfs.mutated(seed=20_260_701, count=times(MUTATIONS)):
        assert_ends_well(data, what)
        assert read_lines(PLAIN, "plain.pdf") == plain, what
    assert resident_bytes() - before < ROOM_BYTES


def test_damaged_copies_are_the_same_on_every_run() -> None:
    assert list(hostile_pdfs.mutated(7, 20)) == list(hostile_pdfs.mutated(7, 20))
