"""What goes over the wire to an endpoint: httpx is opened here.

Our headers alone are sent (the client libraries would add what they find in the environment), what
comes is bounded, and the connection can be cut from any thread.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from threading import Lock
from typing import Any

import httpx

from assistant.language_model.faults import BadReply, BadReplyError
from assistant.language_model.model import Allowance
from assistant.language_model.served_model import ServedModel

_MOST_BYTES = 4_000_000  # an answer of a thousand tokens takes about 300,000
_CONNECT_SECONDS = 2.0  # in which an endpoint that is there has answered
_KEPT_HEADERS = {"host", "content-type", "content-length", "accept"}


class Wire(httpx.BaseTransport):
    """The connection of one request."""

    def __init__(self, served: ServedModel, allowance: Allowance) -> None:
        self._served = served
        self._allowance = allowance
        self._transport = httpx.HTTPTransport(verify=_trusted(served))
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self._is_cut = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request with our headers alone, and return the response, bounded."""
        response = self._transport.handle_request(
            httpx.Request(
                request.method,
                request.url,
                headers=self._headers(request.headers),
                content=request.read(),
                extensions={"timeout": self._timeouts(), "trace": self._note_connection},
            )
        )
        _refuse_what_is_no_stream(response)
        assert isinstance(response.stream, httpx.SyncByteStream)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=_Bounded(response.stream),
            extensions=response.extensions,
        )

    def cut(self) -> None:
        """End the connection, or the one to be made; a thread that waits for it wakes up."""
        with self._lock:
            self._is_cut = True
            self._shut()

    def close(self) -> None:
        """Free the connection."""
        with self._lock:
            if self._socket is not None:
                self._socket.close()
            self._socket = None
        self._transport.close()

    def _headers(self, given: httpx.Headers) -> dict[str, str]:
        headers = {name: value for name, value in given.items() if name in _KEPT_HEADERS}
        headers["user-agent"] = "rare-earth-assistant"
        headers["accept-encoding"] = "identity"
        if self._served.key:
            headers["authorization"] = f"Bearer {self._served.key}"
        return headers

    def _timeouts(self) -> dict[str, float]:
        left = max(self._allowance.left(), 0.01)
        return {
            "connect": min(left, _CONNECT_SECONDS),
            "read": left,
            "write": left,
            "pool": left,
        }

    def _note_connection(self, event: str, info: dict[str, Any]) -> None:
        """Keep the socket by a handle of our own, which stays when it is wrapped for TLS."""
        if event == "connection.connect_tcp.complete":
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket").dup()
                if self._is_cut:
                    self._shut()

    def _shut(self) -> None:
        """Shut the connection: closing it would not wake a thread that reads from it."""
        if self._socket is not None:
            with suppress(OSError):  # gone before
                self._socket.shutdown(socket.SHUT_RDWR)


class _Bounded(httpx.SyncByteStream):
    """A response's bytes, up to a bound."""

    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        came = 0
        for data in self._stream:
            came += len(data)
            if came > _MOST_BYTES:
                raise BadReplyError(BadReply.ENDLESS)
            yield data

    def close(self) -> None:
        self._stream.close()


def _refuse_what_is_no_stream(response: httpx.Response) -> None:
    """Raise BadReplyError for a web page, and for packed data, which could be any size."""
    kind = response.headers.get("content-type", "")
    packed = response.headers.get("content-encoding", "identity")
    if packed != "identity" or (response.is_success and "html" in kind):
        response.close()
        raise BadReplyError(BadReply.WEB_PAGE if "html" in kind else BadReply.PACKED)


def _trusted(served: ServedModel) -> ssl.SSLContext | bool:
    """Return the authorities that are trusted: the system's, for certificates of one's own."""
    if not served.address.startswith("https:"):
        return False
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
