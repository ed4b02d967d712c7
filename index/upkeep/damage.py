"""The values of the doctor: damage that was found, and the home that is looked at."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.embedding import Embedder
from index.ingestion.sync import Progress
from index.storage.store import PassageStore


@dataclass(frozen=True, slots=True)
class Damage:
    """Damage of one kind: what it is, and what mends it.

    `mend` returns in words what is lost all the same, "" where nothing is.
    """

    kind: str
    what: str
    mend: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Damage as it is told: whether it was mended, and what is lost."""

    kind: str
    what: str
    outcome: Literal["found", "mended", "lost"]
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """A home that is looked at, with what mends it."""

    home: Path
    open: Callable[[], PassageStore]
    embedder: Callable[[], Embedder]
    progress: Callable[[Progress], None]

    @contextmanager
    def store(self) -> Iterator[PassageStore]:
        """Open the home's store for the length of one check or mending."""
        with closing(self.open()) as opened:
            yield opened
