"""Reading the files of an `add` ahead of storing them, several at once, in order."""

import hashlib
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.description.describing import relocate
from corpus.document import Document, Source
from corpus.errors import NoFactsError, UnreadableSourceError, UnsupportedFormatError
from corpus.workers.cores import core_count
from corpus.workers.reading_apart import read_apart, stop_reading
from index.errors import UnknownSourceError
from index.ingestion.files import KEPT_REMARK, WantedFile
from index.ingestion.indexing import PreparedDocument
from index.storage.catalog import Catalog, SourceRecord

_AHEAD = 16  # files read before they are stored
_MANY_PAGES = 10  # from which on the pages of a file are counted while it is read


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one file: its document, or the reason why there is none.

    With neither, the file is the one that is indexed already.
    """

    file: WantedFile
    document: Document | PreparedDocument | None = None
    reason: str = ""
    holds_no_facts: bool = False


Reading = Callable[
    [
        Sequence[WantedFile],
        Mapping[str, SourceRecord],
        Catalog,
        Callable[[WantedFile, int, int], None],
    ],
    Generator[Read, None, None],
]
"""Reads files in their order, as `read_ahead` does."""


def read_ahead(
    files: Sequence[WantedFile],
    known: Mapping[str, SourceRecord],
    catalog: Catalog,
    on_page: Callable[[WantedFile, int, int], None],
) -> Generator[Read, None, None]:
    """Yield what came of each file, in order.

    A file with the content of a source that is indexed already is not read again; its pages are
    taken from the catalog. `on_page` is told, from any thread, how far a long file has come. Who
    does not want all must close the iterator: reading is then broken off.
    """
    reader = FileReader(known, catalog, on_page)
    waiting: deque[Future[Read]] = deque()
    with ThreadPoolExecutor(core_count()) as threads:
        try:
            for file in files:
                waiting.append(threads.submit(reader.read, file))
                if len(waiting) >= _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BaseException:
            for future in waiting:
                future.cancel()
            reader.break_off()
            raise


class _BrokenOffError(Exception):
    """Nobody waits any more for the file that is being read."""


class FileReader:
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
        self._is_broken_off = False
        indexed = (r for r in known.values() if _is_of_today(r) and _is_copied(r.source))
        self._by_content = {(r.source.sha256, r.source.file_type): r.source.id for r in indexed}

    def read(self, file: WantedFile) -> Read:
        """Read a file, unless it is the one that is indexed already."""
        if not file.has_valid_name:
            return Read(file, reason=f"{file.path}: its name is no valid text; rename it")
        known = self._known.get(file.source_id)
        sha256 = file_digest(file.file)
        if known and _is_of_today(known) and known.source.sha256 == sha256:
            return Read(file)
        if same := self._same_content(file, sha256):
            return Read(file, same)
        try:
            return Read(file, self._document(file, known.source if known else None))
        except NoFactsError as error:
            return Read(file, reason=str(error), holds_no_facts=True)
        except (UnreadableSourceError, UnsupportedFormatError) as error:
            return Read(file, reason=str(error))

    def _document(self, file: WantedFile, known: Source | None) -> Document:
        """Read a file; what is known of a page that was fetched stays, as no file tells it."""
        on_page = self._count_pages(file)
        if known is None or not known.fetched:
            return read_apart(file.file, file.root, on_page)
        read = read_apart(file.file, file.root, on_page, address=known.url)
        title = read.source.title if read.source.title != file.file.stem else known.title
        kept = replace(
            read.source, id=known.id, title=title, fetched=known.fetched, retired=known.retired
        )
        return replace(read, source=kept)

    def is_held(self, file: WantedFile, sha256: str) -> bool:
        """Tell whether a file of this content needs no reading."""
        known = self._known.get(file.source_id)
        is_same = known is not None and _is_of_today(known) and known.source.sha256 == sha256
        return is_same or (sha256, file.file_type) in self._by_content

    def break_off(self) -> None:
        """End what is just being read."""
        self._is_broken_off = True
        stop_reading()

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
        return relocate(document, file.location, file.path)

    def _count_pages(self, file: WantedFile) -> Callable[[int, int], None]:
        def count(done: int, total: int) -> None:
            if self._is_broken_off:  # a PDF is read by page, and ends here
                raise _BrokenOffError
            if total >= _MANY_PAGES:
                self._on_page(file, done, total)

        return count


def _is_copied(source: Source) -> bool:
    """Tell whether what was read of a source stands for another file with its content."""
    return not (source.faults or source.retired)


def _is_of_today(record: SourceRecord) -> bool:
    """Tell whether there are pages of a source as this version reads them."""
    return record.pages > 0 and KEPT_REMARK not in record.source.remarks


def file_digest(file: Path) -> str:
    """Return the SHA-256 of a file, "" where it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
