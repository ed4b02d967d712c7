"""One request over a connection of its own: httpcore is opened here.

The machine that is connected to is the one that the guard has checked. What comes is bounded in
bytes, packed and unpacked, and in time as a whole: a server that sends a byte now and then ends as
one that is silent.
"""

import ssl
import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpcore

from corpus.errors import WebError
from corpus.web.guard import Address, Resolver, WebRules, checked_ips

_CONNECT_SECONDS = 10.0  # in which a host that is there has answered
_HEAD_BYTES = 200_000  # beside the body
_PACKINGS = ("", "identity", "gzip", "x-gzip", "deflate")
_AUTO_WBITS = 47  # gzip or zlib, by its head


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered. Of a status that is no success the body is not read."""

    status: int
    headers: Mapping[str, str]  # by their names in lower case, the first of each
    body: bytes


@dataclass(frozen=True, slots=True)
class Asking:
    """How requests are made: rules, resolver, whom is trusted, and until when by the clock."""

    rules: WebRules
    resolve: Resolver
    trusted: ssl.SSLContext
    ends_at: float  # time.monotonic()

    def left(self) -> float:
        """Return the seconds that are left. Raises httpcore.ReadTimeout where none are."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left


def get(address: Address, headers: Mapping[str, str], asking: Asking) -> Reply:
    """Ask an address once, and follow no redirect. Raises WebError."""
    sent = {"Host": address.authority, "Accept-Encoding": "gzip"} | dict(headers)
    port = None if address.authority == address.host else address.port
    url = httpcore.URL(scheme=address.scheme, host=address.host, port=port, target=address.target)
    try:
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), asking.left())
        with (
            _pool(asking) as pool,
            pool.stream(
                "GET", url, headers=list(sent.items()), extensions={"timeout": timeouts}
            ) as response,
        ):
            return _reply(address, response, asking.rules.most_bytes)
    except httpcore.TimeoutException as error:
        raise WebError(
            f"{address}: does not answer whole within {asking.rules.most_seconds:.0f} s; try "
            "later, or allow more by RARE_EARTH_WEB_SECONDS"
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
        said = " ".join(str(error).split())[:150] or "it broke the connection off"
        raise WebError(f"{address}: cannot be fetched ({said}); try later") from error


def _pool(asking: Asking) -> httpcore.ConnectionPool:
    """Return what connects once: to the host itself, or by the proxy that the reader has set."""
    if proxy := asking.rules.proxy:
        own = _Backend(asking, is_proxy=True)
        return httpcore.HTTPProxy(proxy, ssl_context=asking.trusted, network_backend=own)
    return httpcore.ConnectionPool(asking.trusted, network_backend=_Backend(asking))


def _reply(address: Address, response: httpcore.Response, most_bytes: int) -> Reply:
    headers: dict[str, str] = {}
    for name, value in response.headers:
        headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
    if response.status != 200:
        return Reply(response.status, headers, b"")
    length = headers.get("content-length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > most_bytes:
        raise WebError(_too_large(address, most_bytes))
    packing = headers.get("content-encoding", "").lower()
    if packing not in _PACKINGS:
        raise WebError(f"{address}: is packed as {packing[:40]!r}, which is not read; save it")
    chunks = response.iter_stream()
    if packing in ("", "identity"):
        return Reply(200, headers, _joined(address, chunks, most_bytes))
    return Reply(200, headers, _unpacked(address, chunks, most_bytes))


def _joined(address: Address, chunks: Iterable[bytes], most_bytes: int) -> bytes:
    whole = bytearray()
    for chunk in chunks:
        whole += chunk
        if len(whole) > most_bytes:
            raise WebError(_too_large(address, most_bytes))
    return bytes(whole)


def _unpacked(address: Address, chunks: Iterable[bytes], most_bytes: int) -> bytes:
    """Unpack what comes, and no more than may be kept. Raises WebError."""
    whole = bytearray()
    unpacking = zlib.decompressobj(_AUTO_WBITS)
    try:
        for chunk in chunks:
            whole += unpacking.decompress(chunk, most_bytes + 1 - len(whole))
            if len(whole) > most_bytes:
                raise WebError(_too_large(address, most_bytes))
    except zlib.error as error:
        raise WebError(f"{address}: is packed and damaged ({error}); try later") from error
    if not unpacking.eof:
        raise WebError(f"{address}: broke off before its end; try later")
    return bytes(whole)


def _too_large(address: Address, most_bytes: int) -> str:
    return (
        f"{address}: is larger than {most_bytes / 1_000_000:g} MB; allow more by "
        "RARE_EARTH_WEB_MEGABYTES, or save it and add the file"
    )


class _Backend(httpcore.NetworkBackend):
    """Connects to the machine that was checked, within the time that is left."""

    def __init__(self, asking: Asking, is_proxy: bool = False) -> None:
        self._asking = asking
        self._is_proxy = is_proxy  # which the reader has set, wherever it is
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        ips = (host,) if self._is_proxy else self._checked(host, port)
        failed: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for ip in ips:
            seconds = min(self._asking.left(), _CONNECT_SECONDS)
            try:
                stream = self._plain.connect_tcp(ip, port, seconds, local_address, socket_options)
                return _Stream(stream, self._asking)
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failed = error
        raise failed or httpcore.ConnectError("nobody is there")

    def _checked(self, host: str, port: int) -> tuple[str, ...]:
        return checked_ips(host, port, self._asking.rules, self._asking.resolve)


class _Stream(httpcore.NetworkStream):
    """A connection on which all waiting together is bounded, and all bytes."""

    def __init__(self, stream: httpcore.NetworkStream, asking: Asking) -> None:
        self._stream = stream
        self._asking = asking
        self._bytes_left = asking.rules.most_bytes + _HEAD_BYTES

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        data = self._stream.read(max_bytes, self._asking.left())
        self._bytes_left -= len(data)
        if self._bytes_left < 0:
            raise httpcore.ReadError("it sends without end")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._asking.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        left = self._asking.left()
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._asking)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
