"""How fast PDF files are read: `python -m bench.reading --pdfs DIR`.

Our whole reading (places of words, tables, notes, blocks) is timed beside plain text extraction by
pypdf in one process under the same limits, file by file in turn, so that whatever else the machine
does bears on both.
"""

import argparse
import io
import sys
import time
from pathlib import Path

from corpus.pdf import read_pdf
from corpus.pdf.glyphs.opening import allowing_large_files
from corpus.pdf.pages import read_lines


def main() -> int:
    """Read every file in both ways and print pages a second, the ratio, and the pages failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdfs", type=Path, required=True, help="folder of PDF files")
    arguments = parser.parse_args()
    paths = sorted(arguments.pdfs.glob("**/*.pdf"))
    if not paths:
        parser.error(f"{arguments.pdfs} holds no PDF")
    warm = paths[0].read_bytes()
    read_lines(warm, paths[0].name)  # starts the processes and loads the libraries
    pages = failed = 0
    ours = plain = 0.0
    for number, path in enumerate(paths):
        data = path.read_bytes()
        # Whoever comes first finds the file's bytes cold, so they take turns.
        if number % 2:
            our_seconds, plain_seconds = _read(data, path.name), _extract(data)
        else:
            plain_seconds, our_seconds = _extract(data), _read(data, path.name)
        kinds = [page.kind for page in read_lines(data, path.name).pages]
        pages += len(kinds)
        failed += kinds.count("failed")
        ours += our_seconds
        plain += plain_seconds
        print(
            f"{path.name}: {len(kinds)} pages, ours {our_seconds:.2f} s, "
            f"plain pypdf {plain_seconds:.2f} s",
            flush=True,
        )
    print(f"{len(paths)} files, {pages} pages, {failed} failed")
    print(f"ours: {pages / ours:.1f} pages a second")
    print(f"plain pypdf: {pages / plain:.1f} pages a second")
    print(f"ours / plain: {plain / ours:.2f}")
    return 0


def _read(data: bytes, name: str) -> float:
    """Return the seconds of our whole reading."""
    started = time.perf_counter()
    read_pdf(data, name)
    return time.perf_counter() - started


def _extract(data: bytes) -> float:
    """Return the seconds of pypdf's own text extraction of every page."""
    import pypdf

    started = time.perf_counter()
    with allowing_large_files():
        for page in pypdf.PdfReader(io.BytesIO(data)).pages:
            page.extract_text()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
