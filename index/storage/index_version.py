"""With what an index was built: the embedding model, and the versions of what reads and splits."""

import re
from dataclasses import dataclass

from corpus.facts.reading import FACTS_VERSION
from index.ingestion.splitting import SPLITTER_VERSION

SCHEMA_VERSION = 6  # raise it when pages are stored in another form, or read in another way
_WRITTEN = re.compile(
    r"embedding model (?P<model>.*), splitter (?P<splitter>\d+)"
    r"(?:, facts (?P<facts>\d+))?, schema (?P<schema>\d+)"
)


@dataclass(frozen=True, slots=True)
class IndexVersion:
    """What an index was built with; `facts` is 0 where homes did not say it yet."""

    embedding_model: str
    splitter: int = SPLITTER_VERSION
    facts: int = FACTS_VERSION
    schema: int = SCHEMA_VERSION

    def __str__(self) -> str:
        return (
            f"embedding model {self.embedding_model}, splitter {self.splitter}, "
            f"facts {self.facts}, schema {self.schema}"
        )

    @property
    def is_older(self) -> bool:
        """Whether an earlier version of the program built it."""
        return self._numbers() < _TODAY

    @property
    def is_newer(self) -> bool:
        """Whether a later version of the program built it."""
        return self._numbers() > _TODAY

    @property
    def keeps_pages(self) -> bool:
        """Whether its pages are stored in the form of today."""
        return self.schema == SCHEMA_VERSION

    def _numbers(self) -> tuple[int, int, int]:
        return (self.schema, self.splitter, self.facts)


_TODAY = (SCHEMA_VERSION, SPLITTER_VERSION, FACTS_VERSION)


def parse_version(written: str) -> IndexVersion | None:
    """Return the version that a home has recorded, None where it is written in no known way."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    numbers = (int(found[name] or 0) for name in ("splitter", "facts", "schema"))
    return IndexVersion(found["model"], *numbers)
