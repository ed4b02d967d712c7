"""Reading the files of an `add` ahead of storing them, several at once, in order."""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.describing import source_id
from corpus.document import Document
from corpus.errors import CorpusError, NoFactsError
from corpus.reading_apart import read_apart
from index.catalog import Catalog, SourceRecord
from index.errors import UnknownSourceError
from index.files import WantedFile

_AHEAD = 16  # files read before they are stored
_MANY_PAGES = 10  # from which on the pages of a file are counted while it is read


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one file: its document, or the reason why there is none.

    With neither, the file is the one that is indexed already.
    """

    file: WantedFile
    document: Document | None = None
    reason: str = ""
    holds_no_facts: bool = False


def read_ahead(
    files: Sequence[WantedFile],
    known: Mapping[str, SourceRecord],
    catalog: Catalog,
    on_page: Callable[[WantedFile, int, int], None],
) -> Iterator[Read]:
    """Yield what came of each file, in order.

    A file with the content of a source that is indexed already is not read again; its pages are
    taken from the catalog. `on_page` is told, from any thread, how far a long file has come.
    """
    reader = _Reader(known, catalog, on_page)
    waiting: deque[Future[Read]] = deque()
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        try:
            for file in files:
                waiting.append(threads.submit(reader.read, file))
                if len(waiting) >= _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


class _Reader:
    """Reads single files; safe to share between threads."""

    def __init__(
        self,
        known: Mapping[str, SourceRecord],
        catalog: Catalog,
        on_page: Callable[[WantedFile, int, int], None],
    ) -> None:
        self._known = known
        self._catalog = catalog
        self._on_page = on_page
        indexed = (r for r in known.values() if r.pages and not r.source.faults)
        self._by_content = {(r.source.sha256, r.source.file_type): r.source.id for r in indexed}

    def read(self, file: WantedFile) -> Read:
        """Read a file, unless it is the one that is indexed already."""
        known = self._known.get(file.source_id)
        sha256 = _sha256(file.file)
        if known and known.pages and known.source.sha256 == sha256:
            return Read(file)
        if same := self._same_content(file, sha256):
            return Read(file, same)
        try:
            return Read(file, read_apart(file.file, file.root, self._count_pages(file)))
        except NoFactsError as error:
            return Read(file, reason=str(error), holds_no_facts=True)
        except CorpusError as error:
            return Read(file, reason=str(error))

    def _same_content(self, file: WantedFile, sha256: str) -> Document | None:
        """Return the document of a source with the same content, as that of this file."""
        held = self._by_content.get((sha256, file.file_type))
        if held is None:
            return None
        try:
            document = self._catalog.document(held)
        except UnknownSourceError:
            return None
        if document.source.sha256 != sha256 or not document.pages:
            return None  # another version has taken its place meanwhile
        source = document.source
        is_named_after_file = source.title == Path(source.path).stem
        placed = replace(
            source,
            id=source_id(file.location),
            location=file.location,
            path=file.path,
            title=file.file.stem if is_named_after_file else source.title,
        )
        return Document(placed, document.pages)

    def _count_pages(self, file: WantedFile) -> Callable[[int, int], None]:
        def count(done: int, total: int) -> None:
            if total >= _MANY_PAGES:
                self._on_page(file, done, total)

        return count


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
