"""A process that reads whole files that are no PDF: `python -m corpus.workers.reading_worker`.

It is asked over its standard input and answers over its standard output (`frames`); `reading_apart`
starts and stops it. It ends when its input closes or its parent does, when its work takes too
long, and when a file has left it too large to be kept for the next one.
"""

import faulthandler
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import CorpusError
from corpus.frames import OUT_OF_MEMORY, LongFrameError, read_frame, write_frame
from corpus.reading import FILE_TYPES, read_document
from corpus.records import document_record
from corpus.workers.memory import address_space, limit_memory
from corpus.workers.worker_side import open_channel

_GRACE_SECONDS = 5  # after which the process ends by itself what its parent should have ended
_KEPT_BYTES = 512 << 20  # of address space beyond that at the start
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")  # in a database
_MESSAGE_CHARS = 1_000
_TEXT = ("charset_normalizer", "ftfy", "snowballstemmer")
_HTML = (*_TEXT, "lxml.html", "trafilatura", "htmldate")
# What the reader of each type imports when it is first needed. It is needed before there is a
# limit of memory: an import that such a limit breaks leaves half a library behind.
_LIBRARIES: Mapping[str, Sequence[str]] = {
    "text": _TEXT,
    "markdown": _TEXT,
    "csv": _TEXT,
    "html": _HTML,
    "mail": _HTML,
    "json": _HTML,
    "xml": (*_HTML, "feedparser"),
    "word": ("docx", *_TEXT),
    "slides": ("pptx", *_TEXT),
    "workbook": ("openpyxl", "openpyxl.worksheet._reader", *_TEXT),
}


def main() -> int:
    """Answer requests until the input ends."""
    requests, answers = open_channel()
    try:
        _serve(requests, answers)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    largest = address_space() + _KEPT_BYTES
    while address_space() < largest:
        try:
            request = read_frame(requests)
        except EOFError:
            return
        if request.get("command") == "close":  # nothing is open; it asks if we live
            write_frame(answers, {})
            continue
        file, root = Path(request["file"]), Path(request["root"])
        faulthandler.dump_traceback_later(request["seconds"] + _GRACE_SECONDS, exit=True)
        for library in _LIBRARIES.get(FILE_TYPES.get(file.suffix.lower(), ""), ()):
            with suppress(ImportError):  # its reader will say so
                import_module(library)
        used = address_space()
        limit_memory(used + request["memory_bytes"] if used else 0)
        answer = _storable(_answer(file, root, request["address"]))
        try:
            write_frame(answers, answer, request["answer_bytes"])
        except LongFrameError:
            name = file.relative_to(root).as_posix()
            message = f"{name}: holds more than we can take of one file; split it"
            write_frame(answers, _storable(_refusal("UnreadableSourceError", message)))
        del answer
        faulthandler.cancel_dump_traceback_later()


def _answer(file: Path, root: Path, address: str) -> dict[str, Any]:
    """Answer with the document, or with the kind and the words of what hinders reading it."""
    try:
        return {"document": document_record(read_document(file, root, address=address))}
    except CorpusError as error:
        return _refusal(type(error).__name__, str(error))
    except MemoryError:  # what is left after one is not to be built on
        raise
    except Exception as error:  # whatever the file holds, it is one file
        told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        name = file.relative_to(root).as_posix()
        return _refusal(
            "UnreadableSourceError",
            f"{name}: cannot be read ({told}); open it in its own program and save it anew, or "
            "remove it",
        )


def _refusal(kind: str, message: str) -> dict[str, Any]:
    return {"error": kind, "message": " ".join(message.splitlines())[:_MESSAGE_CHARS]}


def _storable(value: Any) -> Any:
    """Return JSON values with U+FFFD for each sign that cannot be stored; no place moves."""
    if isinstance(value, str):
        return _NOT_STORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(inner) for inner in value]
    return value


if __name__ == "__main__":
    sys.exit(main())
