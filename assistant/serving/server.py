"""The process that serves a home, by uvicorn: its address, and that it ends as it should."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import ServingError

if TYPE_CHECKING:
    from fastapi import FastAPI

_ENDING_SECONDS = 10  # that answers under way have when the process is told to end


@dataclass(frozen=True, slots=True)
class Address:
    """Where is served; port 0 is any that is free."""

    host: str
    port: int

    def url(self, port: int) -> str:
        """Return it as an address, with the port that it became."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{port}"


def serve(app: "FastAPI", address: Address, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to end; tell `ready` the address.

    Raises ServingError where the address cannot be had.
    """
    import uvicorn

    from assistant.serving.connections import CONNECTIONS, Connection

    config = uvicorn.Config(
        app,
        log_config=None,  # as the process logs
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_ENDING_SECONDS,
        http=Connection,
        ws="none",
    )
    with bound(address) as listening:
        listening.listen(CONNECTIONS)
        ready(address.url(listening.getsockname()[1]))
        uvicorn.Server(config).run([listening])


def bound(address: Address) -> socket.socket:
    """Return a socket at an address, which none listens at. Raises ServingError."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address.host, address.port))
    except OSError as error:
        listening.close()
        raise ServingError(
            f"{address.host} port {address.port} cannot be served ({error.strerror}); give another "
            f"--host or --port, such as --port {address.port + 1}"
        ) from error
    return listening
