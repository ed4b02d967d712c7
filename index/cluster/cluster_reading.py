"""Reading the files of an `add` on a Ray cluster, in the order in which they are stored."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from corpus.reading import readable_endings
from corpus.workers.cores import core_count
from index.cluster.connection import joined
from index.cluster.parts import Parts
from index.cluster.pipeline import read_tables
from index.cluster.steps import LoadEmbedder
from index.ingestion.files import WantedFile
from index.ingestion.reading_ahead import FileReader, Read, file_digest
from index.storage.catalog import Catalog, SourceRecord

_LOOK_SECONDS = 1.0  # between two looks whether the cluster has ended
_END_SECONDS = 10.0  # that are waited for it to be left


@dataclass(frozen=True, slots=True)
class ClusterReading:
    """Reads files on the cluster at an address; what was read is kept in the home until it is
    stored.

    `version` is with what the index is built: what was read under another one is not taken.
    """

    address: str
    home: Path
    version: str
    load: LoadEmbedder

    def __call__(
        self,
        files: Sequence[WantedFile],
        known: Mapping[str, SourceRecord],
        catalog: Catalog,
        on_page: Callable[[WantedFile, int, int], None],
    ) -> Generator[Read, None, None]:
        """Yield what came of each file, in order, as `read_ahead` does.

        Raises ClusterError where the cluster cannot be joined or fails; the same call goes on.
        """
        reader = FileReader(known, catalog, on_page)
        with ThreadPoolExecutor(core_count()) as threads:
            digests = list(threads.map(lambda one: file_digest(one.file), files))
        parts = Parts(self.home, self.version)
        sent = {
            file.location: digest
            for file, digest in zip(files, digests, strict=True)
            if _is_for_nodes(file, digest) and not reader.is_held(file, digest)
        }
        left = [
            file
            for file in files
            if file.location in sent and not parts.holds(file, sent[file.location])
        ]
        with self._filling(parts, left) as filling:
            for file in files:
                digest = sent.get(file.location, "")
                while digest and not parts.holds(file, digest) and not filling.done():
                    parts.wait(_LOOK_SECONDS)
                if digest and not parts.holds(file, digest):
                    filling.result()  # which tells why the cluster has not read it
                yield parts.read(file, digest) or reader.read(file)
        parts.delete()

    @contextmanager
    def _filling(self, parts: Parts, files: Sequence[WantedFile]) -> Iterator["Future[None]"]:
        """Read files on the cluster in a thread of its own, as long as they are wanted.

        It ends at the next file that comes; nobody waits for that.
        """
        stopped = Event()
        filling: Future[None] = Future()

        def fill() -> None:
            try:
                self._fill(parts, files, stopped)
            except Exception as error:
                filling.set_exception(error)
            else:
                filling.set_result(None)

        thread = Thread(target=fill, daemon=True)
        thread.start()
        try:
            yield filling
        finally:
            stopped.set()
            thread.join(_END_SECONDS)

    def _fill(self, parts: Parts, files: Sequence[WantedFile], stopped: Event) -> None:
        if not files:
            return
        with joined(self.address):
            try:
                for table in read_tables(files, self.load):
                    parts.add(table)
                    if stopped.is_set():
                        return
            finally:
                parts.flush()


def _is_for_nodes(file: WantedFile, digest: str) -> bool:
    """Tell whether a file can be read elsewhere; why it cannot is told here."""
    return bool(digest) and file.has_valid_name and file.file.suffix.lower() in readable_endings()
