"""What nodes do with files, a table of Arrow in and one out: load, read, embed.

The reader, splitter, fact reader and embedder are those of one machine, under its limits.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.description.describing import relocate
from corpus.errors import NoFactsError, UnreadableSourceError, UnsupportedFormatError
from corpus.workers.cores import use_cores
from corpus.workers.reading_apart import read_apart
from index.cluster.prepared_records import prepared_record
from index.embedding import Embedder
from index.ingestion.indexing import prepare, texts_to_embed

if TYPE_CHECKING:
    import pyarrow as pa

LoadEmbedder = Callable[[], Embedder]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What came of one file on a node; without a digest, it could not be loaded there.

    `record` is a prepared document, b"" where there is a reason why there is none.
    """

    location: str
    sha256: str
    reason: str = ""
    holds_no_facts: bool = False
    record: bytes = b""
    digests: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def load_files(files: "pa.Table") -> "pa.Table":
    """Add the bytes of files, none of one that cannot be opened; on the machine that has them."""
    import pyarrow as pa

    data = [_bytes_of(Path(file)) for file in files["file"].to_pylist()]
    return files.append_column("data", pa.array(data, pa.large_binary()))


def _bytes_of(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


class ReadingStep:
    """Reads, splits and finds the facts of files, on one core."""

    def __init__(self, load: LoadEmbedder) -> None:
        use_cores(1)
        self._embedder = load()
        self._folder = tempfile.TemporaryDirectory(prefix="rare-earth-")

    def __call__(self, files: "pa.Table") -> "pa.Table":
        """Return what came of each file."""
        return _table([self._read(**row) for row in files.to_pylist()])

    def _read(self, file: str, path: str, location: str, data: bytes | None) -> ReadFile:
        del file  # its name on the machine that has it
        if data is None:
            return ReadFile(location, "")
        root, digest = Path(self._folder.name), sha256(data).hexdigest()
        copy = root / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(data)
        try:
            document = relocate(read_apart(copy, root), location, path)
        except NoFactsError as error:
            return ReadFile(location, digest, str(error), holds_no_facts=True)
        except (UnreadableSourceError, UnsupportedFormatError) as error:
            return ReadFile(location, digest, str(error))
        finally:
            copy.unlink()
        prepared = prepare(document, self._embedder)
        texts = texts_to_embed(prepared, self._embedder)
        return ReadFile(
            location,
            digest,
            record=prepared_record(prepared),
            digests=tuple(texts),
            texts=tuple(texts.values()),
        )


class EmbeddingStep:
    """Embeds the texts of files, on one core."""

    def __init__(self, load: LoadEmbedder) -> None:
        use_cores(1)
        self._embedder = load()

    def __call__(self, files: "pa.Table") -> "pa.Table":
        """Put the vectors of files in place of their texts."""
        import pyarrow as pa

        vectors = [
            self._embedder.embed(texts).tobytes() if texts else b""
            for texts in files["texts"].to_pylist()
        ]
        files = files.drop_columns(["texts"])
        return files.append_column("vectors", pa.array(vectors, pa.large_binary()))


def _table(files: list[ReadFile]) -> "pa.Table":
    import pyarrow as pa

    schema = pa.schema(
        {
            "location": pa.string(),
            "sha256": pa.string(),
            "reason": pa.string(),
            "holds_no_facts": pa.bool_(),
            "record": pa.large_binary(),
            "digests": pa.list_(pa.string()),
            "texts": pa.list_(pa.large_string()),
        }
    )
    columns = {name: [getattr(one, name) for one in files] for name in schema.names}
    return pa.table(columns, schema)
