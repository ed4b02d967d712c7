"""Chroma servers as processes, each with a folder of its own, that can be killed and come back."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

from index.storage.vectors import VectorServers

CHROMA = Path(sys.executable).with_name("chroma")
STARTS_SECONDS = 60.0


@dataclass
class ChromaServer:
    """A server on a free port of this machine."""

    folder: Path
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """The address that it answers at."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.port = self.port or _free_port()
        self.process = subprocess.Popen(
            [CHROMA, "run", "--path", self.folder, "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ends_at = time.monotonic() + STARTS_SECONDS
        while time.monotonic() < ends_at:
            with suppress(URLError, OSError), urlopen(f"{self.address}/api/v2/heartbeat"):
                return
            time.sleep(0.05)
        raise AssertionError(f"no Chroma server at {self.address}")

    def kill(self) -> None:
        """Kill it."""
        if self.process:
            self.process.kill()
            self.process.wait()


@contextmanager
def chroma_servers(folder: Path, count: int) -> Iterator[list[ChromaServer]]:
    """Start servers; kill them at the end."""
    servers = [ChromaServer(folder / f"server{number}") for number in range(count)]
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            server.kill()


def home_on(*servers: ChromaServer, name: str = "") -> VectorServers:
    """Return what keeps the vectors of a home on servers, under a name of its own."""
    addresses = tuple(server.address for server in servers)
    return VectorServers(addresses, name or f"home{uuid4().hex[:8]}")


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
