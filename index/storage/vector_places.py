"""Where the vectors of a home lie: in folders of the home, or on Chroma servers."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from index.storage.vectors import (
    IN_HOME,
    VectorServers,
    VectorStore,
    clear_servers,
    open_folder,
    open_servers,
)

_FOLDERS = "vectors-*"


@dataclass(frozen=True, slots=True)
class VectorPlace:
    """Where a home keeps its vectors, under numbers: a rebuild writes those of the next one.

    HOME/vectors-N/      without servers
    collection NAME-N    on each server
    """

    home: Path
    servers: VectorServers = IN_HOME

    def __str__(self) -> str:
        """Return the place in words, those that a catalog records; "" for the home itself."""
        servers = self.servers
        if not servers.addresses:
            return ""
        return f"the collections {servers.name} of {servers.tenant}/{servers.database}"

    def open(self, number: str) -> VectorStore:
        """Open the vectors of a number. Raises IndexingError."""
        if self.servers.addresses:
            return open_servers(self.servers, number, self.home)
        return open_folder(self._folder(number))

    def beside(self, folder: Path) -> "VectorPlace":
        """Return where an index that is made in a folder keeps the vectors of this home."""
        return self if self.servers.addresses else VectorPlace(folder)

    def take_over(self, made: "VectorPlace", number: str) -> None:
        """Have the vectors of a number, which were made at `made`, lie here."""
        if made != self:
            shutil.rmtree(self._folder(number), ignore_errors=True)
            shutil.copytree(made._folder(number), self._folder(number))

    def clear(self, kept: str) -> None:
        """Delete all vectors of the home here but those of one number."""
        if self.servers.addresses:
            clear_servers(self.servers, kept, self.home)
        for folder in set(self.home.glob(_FOLDERS)) - {self._folder(kept)}:
            shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, number: str) -> Path:
        return self.home / f"vectors-{number}"
