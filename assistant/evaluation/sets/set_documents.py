"""The documents of an imported set: a corpus of JSON lines written as text files, or PDFs."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from assistant.errors import CaseFileError
from assistant.evaluation.loading.case_lines import read_json_lines

_STEM_CHARS = 180  # well below the 255 bytes that file systems take
_CUT_CHARS = 160
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # on Windows


@dataclass(frozen=True, slots=True)
class SetDocuments:
    """The documents of a set: their folder, how many they are, and file names by document id."""

    folder: Path
    count: int
    names: Mapping[str, str]


def document_name(id_: str) -> str:
    """Return the file name of a document with this id: "a/b#1" is "a%2Fb%231.txt".

    What is not a letter or digit of ASCII or one of "-._" is percent-encoded, as is the first
    sign of a name that would be hidden or is reserved; `urllib.parse.unquote` gives the id back.
    Only an id too long for a file name is cut, and ends in "~" and a digest.
    """
    stem = quote(id_, safe="", errors="surrogatepass").replace("~", "%7E")
    if stem.startswith(".") or _RESERVED.match(stem):
        stem = f"%{ord(stem[0]):02X}{stem[1:]}"
    return f"{stem}.txt" if len(stem) <= _STEM_CHARS else _digest_name(stem, id_)


def write_documents(
    corpus: Path, folder: Path, wanted: Collection[str], on_document: Callable[[int], None]
) -> SetDocuments:
    """Write each line of `corpus` (`_id`, `title`, `text`) as a file: title, empty line, text.

    File names that differ only in case, which many file systems hold for one, get a digest from
    the second on. Only the names of `wanted` ids are returned; `on_document` is told how many are
    written. Raises CaseFileError with the line for one that is no document or has the id of
    another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seen: dict[str, tuple[str, str]] = {}
    names: dict[str, str] = {}
    for count, item in enumerate(read_json_lines(corpus), start=1):
        where = f"{corpus}, {item.place}"
        id_, content = _document(item.record, where)
        name = document_name(id_)
        first, place = seen.setdefault(name.lower(), (id_, item.place))
        if first != id_:
            name = _digest_name(name.removesuffix(".txt"), id_)
            first, place = seen.setdefault(name.lower(), (id_, item.place))
        if place != item.place:
            raise CaseFileError(f"{where}: _id {id_!r} is taken by {place}; ids are unique")
        if id_ in wanted:
            names[id_] = name
        (folder / name).write_bytes(content.encode("utf-8", "replace"))
        on_document(count)
    if not seen:
        raise CaseFileError(f"{corpus}: holds no document")
    return SetDocuments(folder, len(seen), names)


def find_pdfs(folder: Path) -> SetDocuments:
    """Return the PDFs of a folder, each under its name with and without the ending."""
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".pdf")
    names = {path.stem: path.name for path in files} | {path.name: path.name for path in files}
    return SetDocuments(folder, len(files), names)


def read_id(record: Mapping[str, Any], name: str, where: str) -> str:
    """Return the id in a field; a whole number is one too. Raises CaseFileError for any other."""
    value = record.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise CaseFileError(f"{where}: `{name}` is a text that is not empty, not {value!r}")
    return value


def _digest_name(stem: str, id_: str) -> str:
    cut = re.sub(r"%.?$", "", stem[:_CUT_CHARS])
    return f"{cut}~{sha256(id_.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.txt"


def _document(record: object, where: str) -> tuple[str, str]:
    if not isinstance(record, dict):
        raise CaseFileError(f"{where}: a document is a JSON object")
    id_ = read_id(record, "_id", where)
    title, text = record.get("title") or "", record.get("text")
    if not isinstance(title, str) or not isinstance(text, str):
        raise CaseFileError(f"{where}: `title` and `text` are texts; this document has others")
    head = " ".join(title.split())
    return id_, f"{head}\n\n{text}\n" if head else f"{text}\n"
