"""A process that reads the pages of one PDF at a time: `python -m corpus.pdf.worker`.

It is asked over its standard input and answers over its standard output (`frames`); `pool` starts
and stops it. What a hostile page breaks is this process. It ends when its input closes, and ends
itself when its work takes too long, so that none is left behind when its parent is killed.
"""

import faulthandler
import gc
import re
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from corpus.errors import UnreadableSourceError
from corpus.frames import OUT_OF_MEMORY, read_frame, write_frame
from corpus.pdf.glyphs.opening import PAGES, lines_of, open_pdf, without_placeholders
from corpus.pdf.glyphs.pdfium_glyphs import PdfiumPdf, open_in_pdfium
from corpus.pdf.glyphs.visible import Glyph
from corpus.pdf.lines import Word
from corpus.pdf.packed_lines import pack_lines
from corpus.workers.memory import address_space, limit_memory

_GRACE_SECONDS = 5  # after which the process ends by itself what its parent should have ended
_PAGE_CHARS = 2_000_000  # that one page may hold: one glyph may stand for a long text
_UNDECODABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\ud800-\udfff]")
_UNDECODABLE_SHARE = 0.3  # of a page's characters, from which on PDFium is tried
_STAMP_WORDS = 20  # a scan may bear so many, such as a stamped head
_SCAN_SHARE = 0.5  # of a page with a few words, covered by pictures, from which on it is a scan
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")

Answer = dict[str, Any]


class _Pdf(Protocol):
    """An open file, in pypdf or in PDFium."""

    page_count: int

    @property
    def labels(self) -> tuple[str, ...]: ...

    @property
    def about(self) -> tuple[str, str, str]: ...

    def glyphs(self, number: int) -> list[Glyph]: ...


class _File:
    """The file at hand; each reader opens it when it is first wanted."""

    def __init__(self, path: str = "", name: str = "") -> None:
        self.path = path
        self.name = name
        self.data = Path(path).read_bytes() if path else b""
        self._open = ExitStack()
        self._opened: dict[str, _Pdf] = {}

    def close(self) -> None:
        """Close the file in every reader."""
        self._opened.clear()
        self._open.close()

    def opened(self, reader: str) -> _Pdf:
        """Return the file opened in a reader, "pypdf" or "pdfium"."""
        if reader == "pdfium":
            return self.in_pdfium()
        if reader not in self._opened:
            self._opened[reader] = self._open.enter_context(open_pdf(self.data, self.name))
        return self._opened[reader]

    def in_pdfium(self) -> PdfiumPdf:
        """Return the file opened in PDFium."""
        found = self._opened.get("pdfium")
        if not isinstance(found, PdfiumPdf):
            found = self._open.enter_context(open_in_pdfium(self.data, self.name))
            self._opened["pdfium"] = found
        return found

    def survey(self, readers: Sequence[str]) -> Answer:
        """Answer with the page count, labels and metadata, by the first reader that opens it."""
        refusals: list[str] = []
        for reader in readers:
            try:
                pdf = self.opened(reader)
                count = pdf.page_count
            except Exception as error:  # whatever the file holds, the next reader is tried
                _end_if_out_of_memory(error)
                refusals.append(_refusal(self.name, error))
                continue
            if 0 < count <= PAGES:
                return {"reader": reader, "pages": count, **_about(pdf)}
            refusals.append(
                f"{self.name}: has {count:,} pages, and we read files of 1 to {PAGES:,}; "
                "open it in a viewer and save it anew, or in parts"
            )
        return {"refusal": _one_line(refusals[0])}


def _read_lines(file: _File, number: int, reader: str) -> Answer:
    """Answer with the lines of a page: by pypdf, or by PDFium where pypdf cannot read it."""
    fault = ""
    glyphs: list[Glyph] = []
    try:
        glyphs = file.opened(reader).glyphs(number)
    except Exception as error:  # whatever the page holds, it is one page
        _end_if_out_of_memory(error)
        fault = _told(error)
    _check_length(glyphs)
    undecodable = _undecodable(glyphs)
    if reader != "pdfium" and (fault or undecodable > _UNDECODABLE_SHARE):
        try:
            others = file.in_pdfium().glyphs(number)
        except Exception as error:  # what pypdf has said of the page is the better fault
            _end_if_out_of_memory(error)
        else:
            _check_length(others)
            if fault or _undecodable(others) < undecodable:
                glyphs, fault = others, ""
    if fault:
        return {"fault": fault}
    lines = [tuple(_with_storable_text(word) for word in line) for line in lines_of(glyphs)]
    kind = "text" if lines else "empty"
    if sum(map(len, lines)) <= _STAMP_WORDS:
        share = _picture_share(file, number)
        if share > (_SCAN_SHARE if lines else 0.0):
            kind = "scan"
    return {"kind": kind, "lines": pack_lines(lines)}


def _recognize(file: _File, number: int, _reader: str) -> Answer:
    """Answer with the lines of a scanned page, recognised from its picture."""
    from corpus.pdf.ocr import read_scan

    lines = read_scan(file.data, number, file.name)
    return {"kind": "recognized" if lines else "scan", "lines": pack_lines(lines)}


# Each command is a function of the file, the number of a page and a reader, which answers with
# "kind" and "lines", or with "fault".
_COMMANDS: Mapping[str, Callable[[_File, int, str], Answer]] = {
    "lines": _read_lines,
    "recognize": _recognize,
}


def main() -> int:
    """Answer requests until the input ends."""
    # Ctrl-C reaches every process of a terminal, and is the parent's to obey.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not get between the answers
    _import_readers()
    used = address_space()
    write_frame(answers, {"ready": True})
    try:
        _serve(requests, answers, used)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _serve(requests: BinaryIO, answers: BinaryIO, used: int) -> None:
    file = _File()
    while True:
        try:
            request = read_frame(requests)
        except EOFError:
            return
        faulthandler.dump_traceback_later(request["seconds"] + _GRACE_SECONDS, exit=True)
        match request["command"]:
            case "open":
                if file.path != request["path"]:
                    limit_memory(used + request["memory_bytes"] if used else 0)
                    file = _File(request["path"], request["name"])
                answer = file.survey(request["readers"])
            case "close":
                if file.path:
                    file.close()
                    file = _File()
                    gc.collect()  # pypdf's objects hold each other
                answer = {}
            case command:
                answer = _answer(command, file, request["page"], request["reader"])
        faulthandler.cancel_dump_traceback_later()
        write_frame(answers, answer)


def _answer(command: str, file: _File, number: int, reader: str) -> Answer:
    try:
        return _COMMANDS[command](file, number, reader)
    except Exception as error:  # whatever the page holds, it is one page
        _end_if_out_of_memory(error)
        return {"fault": _told(error)}


def _about(pdf: _Pdf) -> Answer:
    """Return labels and metadata, or what stands for them where those of the file are damaged."""
    labels = tuple(str(number) for number in range(1, pdf.page_count + 1))
    about: Sequence[str] = ("", "", "")
    try:
        own = pdf.labels
        labels = own if len(own) == len(labels) else labels
        about = pdf.about
    except Exception as error:  # the pages may be read all the same
        _end_if_out_of_memory(error)
    return {
        "labels": [_storable(label) for label in labels],
        "about": without_placeholders([_storable(words) for words in about]),
    }


def _picture_share(file: _File, number: int) -> float:
    try:
        return file.in_pdfium().picture_share(number)
    except Exception as error:  # a page of which PDFium knows nothing shows no picture
        _end_if_out_of_memory(error)
        return 0.0


def _check_length(glyphs: Sequence[Glyph]) -> None:
    if sum(len(glyph.text) for glyph in glyphs) > _PAGE_CHARS:
        raise ValueError(f"the page holds more than {_PAGE_CHARS:,} characters")


def _undecodable(glyphs: Sequence[Glyph]) -> float:
    """Return the share of characters that are no text."""
    text = "".join(glyph.text for glyph in glyphs)
    return len(_UNDECODABLE.findall(text)) / max(len(text), 1)


def _with_storable_text(word: Word) -> Word:
    return replace(word, text=_storable(word.text)) if _NOT_STORABLE.search(word.text) else word


def _storable(text: str) -> str:
    """Return text on one line that can be written as UTF-8."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _one_line(joined.replace("\x00", "\ufffd"))


def _refusal(name: str, error: Exception) -> str:
    if isinstance(error, UnreadableSourceError):
        return str(error)
    return f"{name}: cannot be read as PDF ({_told(error)}); save it anew, or remove it"


def _told(error: Exception) -> str:
    if type(error) is ValueError and str(error).startswith("the "):  # our own limits say it all
        return str(error)
    return _one_line(f"{type(error).__name__}: {error}")


def _one_line(words: str) -> str:
    return " ".join(words.split())[:500]


def _end_if_out_of_memory(error: Exception) -> None:
    """Raise a MemoryError again: what is left after one is not to be built on."""
    if isinstance(error, MemoryError):
        raise error


def _import_readers() -> None:
    """Import now what reading needs, before there is a limit that may break an import."""
    import pypdf.generic._font
    import pypdfium2  # type: ignore[import-untyped]

    del pypdf, pypdfium2


if __name__ == "__main__":
    sys.exit(main())
