import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import hostile_pdfs
import pytest

from corpus.errors import UnreadableSourceError
from corpus.pdf.glyphs.opening import open_pdf
from corpus.pdf.glyphs.pdfium_glyphs import open_in_pdfium
from corpus.pdf.lines import Line, find_words
from corpus.pdf.packed_lines import pack_lines, unpack_lines
from corpus.pdf.pages import Limits, PageLines, PdfLines, read_lines

PLAIN = hostile_pdfs.plain_pdf(3)
SHORT = Limits(page_seconds=0.5, open_seconds=10, file_seconds=60)


def words(lines: tuple[Line, ...]) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines]


def expected(number: int) -> list[str]:
    return [f"Page {number}", f"Mine {number} shipped {number * 100} tons of neodymium oxide."]


def worker_ids() -> list[int]:
    """Return the reading processes that this process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            command = (stat.parent / "cmdline").read_bytes()
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
        if parent == os.getpid() and b"corpus.pdf.worker" in command:
            found.append(int(stat.parent.name))
    return sorted(found)


def test_pages_labels_and_metadata_of_a_file_are_read() -> None:
    read = read_lines(PLAIN, "plain.pdf")
    assert [words(page.lines) for page in read.pages] == [expected(n) for n in (1, 2, 3)]
    assert [page.kind for page in read.pages] == ["text", "text", "text"]
    assert read.labels == ("1", "2", "3")
    assert read.about == ("Rare earths in review", "A. Geologist", "")


def test_order_of_many_pages_is_kept() -> None:
    read = read_lines(hostile_pdfs.plain_pdf(60), "long.pdf", workers=2)
    assert [words(page.lines) for page in read.pages] == [expected(n) for n in range(1, 61)]


@pytest.mark.parametrize("path", hostile_pdfs.SHIPPED, ids=lambda path: path.name)
def test_one_worker_and_two_read_the_same(path: Path) -> None:
    data = path.read_bytes()
    assert read_lines(data, path.name, workers=1) == read_lines(data, path.name, workers=2)


@pytest.mark.parametrize("path", hostile_pdfs.SHIPPED, ids=lambda path: path.name)
def test_workers_read_what_reading_in_this_process_reads(path: Path) -> None:
    data = path.read_bytes()
    with open_pdf(data, path.name) as pdf:
        direct = [tuple(pdf.lines(n)) for n in range(1, pdf.page_count + 1)]
    assert [page.lines for page in read_lines(data, path.name).pages] == direct


@pytest.mark.parametrize("path", hostile_pdfs.SHIPPED, ids=lambda path: path.name)
def test_pdfium_and_pypdf_agree_on_the_words_of_a_page(path: Path) -> None:
    data = path.read_bytes()
    with open_pdf(data, path.name) as one, open_in_pdfium(data, path.name) as other:
        for number in range(1, one.page_count + 1):
            ours, theirs = (
                Counter((w.text, round(w.size, 1), w.bold) for w in find_words(glyphs))
                for glyphs in (one.glyphs(number), other.glyphs(number))
            )
            assert ours == theirs


def test_lines_survive_packing() -> None:
    lines = read_lines(PLAIN, "plain.pdf").pages[0].lines
    assert unpack_lines(pack_lines(lines)) == lines


def test_scan_and_empty_page_are_told_apart() -> None:
    pages = read_lines(hostile_pdfs.picture_pdf(), "scan.pdf").pages
    assert pages == (PageLines((), "scan"), PageLines((), "empty"))


def test_file_that_opens_with_an_empty_password_is_read() -> None:
    read = read_lines(hostile_pdfs.encrypted_pdf(""), "free.pdf")
    assert words(read.pages[0].lines) == expected(1)


def test_file_with_a_password_is_refused() -> None:
    with pytest.raises(UnreadableSourceError) as refusal:
        read_lines(hostile_pdfs.encrypted_pdf("secret"), "locked.pdf")
    assert str(refusal.value) == (
        "locked.pdf: is encrypted with a password; save a copy without one and add that"
    )


@pytest.mark.parametrize("data", [b"", b"no PDF at all", PLAIN[:200]])
def test_file_that_no_reader_opens_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableSourceError, match=r"^bad\.pdf: cannot be read as PDF [^\n]*$"):
        read_lines(data, "bad.pdf")


def test_file_that_only_pdfium_opens_is_read() -> None:
    read = read_lines(hostile_pdfs.lying_pdf(), "lies.pdf")
    assert words(read.pages[0].lines) == ["Neodymium oxide"]


def test_page_that_pypdf_cannot_read_is_read_by_pdfium() -> None:
    data = hostile_pdfs.page_pdf(
        hostile_pdfs.stream(b"BT /F1 12 Tf 72 700 Td (Neodymium oxide) Tj ET"),
        font="<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FontDescriptor "
        "<< /Type /FontDescriptor /FontName /Helvetica /FontFile 4 0 R /FontFile2 4 0 R >> >>",
    )
    with (
        pytest.raises(UnreadableSourceError, match="More than one"),
        open_pdf(data, "odd.pdf") as p,
    ):
        p.lines(1)
    assert words(read_lines(data, "odd.pdf").pages[0].lines) == ["Neodymium oxide"]


@pytest.mark.slow
def test_page_over_its_time_limit_costs_that_page_only() -> None:
    started = time.monotonic()
    read = read_lines(hostile_pdfs.slow_page_pdf(8, 3), "slow.pdf", SHORT)
    assert time.monotonic() - started < 2 * SHORT.page_seconds + 4
    assert read.pages[2] == PageLines((), "failed", "took longer than 0.5 s")
    others = [page for number, page in enumerate(read.pages, 1) if number != 3]
    assert [words(page.lines) for page in others] == [expected(n) for n in (1, 2, 4, 5, 6, 7, 8)]


@pytest.mark.slow
def test_pages_not_begun_when_the_time_of_the_file_is_over_fail() -> None:
    read_lines(PLAIN, "plain.pdf")  # so that the processes are there already
    limits = Limits(page_seconds=0.75, file_seconds=0.7)
    read = read_lines(hostile_pdfs.slow_page_pdf(3, 1), "slow.pdf", limits)
    assert [page.fault for page in read.pages] == [
        "took longer than 0.75 s",
        "the file took longer than 0.7 s",
        "the file took longer than 0.7 s",
    ]


@pytest.mark.slow
def test_page_that_needs_more_memory_than_it_may_costs_that_page_only() -> None:
    data = hostile_pdfs.handmade()["a bomb in a bomb"]
    (page,) = read_lines(data, "bomb.pdf", Limits(memory_bytes=200 << 20)).pages
    assert page.kind == "failed"
    assert "memory" in page.fault


def test_workers_are_kept_for_the_next_file() -> None:
    read_lines(PLAIN, "plain.pdf")
    before = worker_ids()
    read_lines(PLAIN, "plain.pdf")
    assert before
    assert worker_ids() == before


def test_killed_worker_is_replaced() -> None:
    before = read_lines(PLAIN, "plain.pdf")
    for worker in worker_ids():
        os.kill(worker, signal.SIGKILL)
    assert read_lines(PLAIN, "plain.pdf") == before


def test_threads_read_at_the_same_time() -> None:
    read: list[PdfLines] = []
    threads = [
        threading.Thread(target=lambda: read.append(read_lines(PLAIN, "plain.pdf")))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [read[0]] * 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_forked_process_reads_with_workers_of_its_own() -> None:
    read = read_lines(PLAIN, "plain.pdf")
    before = worker_ids()
    child = os.fork()
    if child == 0:
        same = read_lines(PLAIN, "plain.pdf") == read and not set(before) & set(worker_ids())
        os._exit(0 if same else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert read_lines(PLAIN, "plain.pdf") == read
    assert worker_ids() == before


def test_worker_ends_when_its_input_closes() -> None:
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "corpus.pdf.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    worker.communicate(timeout=30)
    assert worker.returncode == 0


def test_nothing_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read_lines(PLAIN, "plain.pdf")
    with pytest.raises(UnreadableSourceError):
        read_lines(b"no PDF at all", "bad.pdf")
    assert list(tmp_path.iterdir()) == []
