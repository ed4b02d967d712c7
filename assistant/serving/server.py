"""The process that serves a home, by uvicorn: its address, and that it ends as it should."""

import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI

from assistant.errors import ServingError
from assistant.serving.connections import CONNECTIONS, Connection

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


def serve(app: FastAPI, address: Address, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to end; tell `ready` the address.

    Raises ServingError where the address cannot be had.
    """
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
    with _bound(address) as listening:
        ready(address.url(listening.getsockname()[1]))
        uvicorn.Server(config).run([listening])


def _bound(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address.host, address.port))
        listening.listen(CONNECTIONS)
    except OSError as error:
        listening.close()
        raise ServingError(
            f"{address.host} port {address.port} cannot be served ({error.strerror}); give another "
            "--host or --port"
        ) from error
    return listening
