"""A server on loopback that does to each request what a test wants: answers, or fails in some way.

It is made of sockets, since no library would send what broken servers send. It stops by itself,
whatever happens to the test: each exchange after half a minute, the whole when nobody has come for
ten minutes, which a client that loads its own models on a machine at its limit may need.
"""

import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

MOST_SECONDS = 30.0  # of one exchange
IDLE_SECONDS = 600.0  # without a request; a server that listens no more would keep clients waiting
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came."""

    line: str
    headers: dict[str, str]
    body: dict[str, object]
    moment: float


@dataclass(slots=True)
class Connection:
    """One request and the way to answer it."""

    socket: socket.socket
    received: Received

    def send(self, data: str | bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data.encode() if isinstance(data, str) else data)

    def chunk(self, data: str | bytes) -> None:
        """Send one chunk of a response whose head was HEAD."""
        raw = data.encode() if isinstance(data, str) else data
        self.send(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")

    def event(self, value: object) -> None:
        """Send one event of a stream."""
        self.chunk(f"data: {json.dumps(value)}\n\n")

    def text(self, text: str, finish: str | None = None) -> None:
        """Send a piece of an answer."""
        delta = {"role": "assistant", "content": text}
        self.event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    def end(self) -> None:
        """Send the tokens spent and the end of the stream."""
        usage = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}
        self.event({"choices": [], "usage": usage})
        self.chunk("data: [DONE]\n\n")
        self.send("0\r\n\r\n")

    def reset(self) -> None:
        """Break the connection off, as a server does that dies."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def wait_for_end(self) -> None:
        """Wait until the client closes its side. Raises TimeoutError if it never does."""
        while self.socket.recv(4096):
            pass


Behaviour = Callable[[Connection], None]


@dataclass(slots=True)
class FaultServer:
    """What a test sees of the server.

    `closed_by_client` is set when the client went before the server had said all.
    """

    address: str
    received: list[Received] = field(default_factory=list)
    closed_by_client: threading.Event = field(default_factory=threading.Event)
    open_now: int = 0
    most_open: int = 0


@contextmanager
def serving(*behaviours: Behaviour, secure: ssl.SSLContext | None = None) -> Iterator[FaultServer]:
    """Serve: the first request meets the first behaviour, and so on; the last one stays."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(IDLE_SECONDS)
    scheme = "https" if secure else "http"
    server = FaultServer(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/v1")
    lock = threading.Lock()
    connections: list[socket.socket] = []

    def accept() -> None:
        with suppress(OSError):
            while True:
                accepted, _ = listener.accept()
                accepted.settimeout(MOST_SECONDS)
                connections.append(accepted)
                threading.Thread(target=answer, args=(accepted,), daemon=True).start()

    def answer(plain: socket.socket) -> None:
        with suppress(OSError), _secured(plain, secure) as accepted:
            received = _receive(accepted)
            with lock:
                behaviour = behaviours[min(len(server.received), len(behaviours) - 1)]
                server.received.append(received)
                server.open_now += 1
                server.most_open = max(server.most_open, server.open_now)
            try:
                behaviour(Connection(accepted, received))
            except OSError:
                server.closed_by_client.set()
            finally:
                with lock:
                    server.open_now -= 1
            accepted.shutdown(socket.SHUT_WR)
            while accepted.recv(4096):
                pass

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for each in connections:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _secured(plain: socket.socket, secure: ssl.SSLContext | None) -> socket.socket:
    return secure.wrap_socket(plain, server_side=True) if secure else plain


def unused_address() -> str:
    """Return an address of this machine at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


def answers(*texts: str) -> Behaviour:
    """Answer as an endpoint should, one piece a text."""

    def behave(connection: Connection) -> None:
        connection.send(HEAD)
        for text in texts:
            connection.text(text)
        connection.text("", finish="stop")
        connection.end()

    return behave


def refuses(status: int, body: object = "", headers: str = "") -> Behaviour:
    """Answer with a status and an error, told as JSON unless it is a text."""
    text = body if isinstance(body, str) else json.dumps(body)
    kind = "text/plain" if isinstance(body, str) else "application/json"

    def behave(connection: Connection) -> None:
        size = len(text.encode())
        connection.send(
            f"HTTP/1.1 {status} Reason\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n"
            f"{headers}\r\n{text}"
        )

    return behave


def sends(*events: str) -> Behaviour:
    """Answer with a stream of just these bytes, which ends as it should."""

    def behave(connection: Connection) -> None:
        connection.send(HEAD)
        for event in events:
            connection.chunk(event)
        connection.send("0\r\n\r\n")

    return behave


def breaks_off(*texts: str) -> Behaviour:
    """Begin an answer and die."""

    def behave(connection: Connection) -> None:
        connection.send(HEAD)
        for text in texts:
            connection.text(text)
        time.sleep(0.1)  # a reset would overtake what was sent
        connection.reset()

    return behave


def drips(text: str, seconds: float) -> Behaviour:
    """Send one piece after each so many seconds, without end."""

    def behave(connection: Connection) -> None:
        connection.send(HEAD)
        until = time.monotonic() + MOST_SECONDS
        while time.monotonic() < until:
            connection.text(text)
            time.sleep(seconds)

    return behave


def is_silent(connection: Connection) -> None:
    """Take the request and say nothing."""
    connection.wait_for_end()
    raise ConnectionError("the client went")


def answers_slowly(connection: Connection) -> None:
    """Answer after a moment."""
    time.sleep(0.2)
    answers("At last.")(connection)


def _receive(accepted: socket.socket) -> Received:
    """Return the request that comes over a connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(accepted)
        if data.startswith(b"\x16"):
            raise OSError("the client tries a secure connection")
    head, _, body = data.partition(b"\r\n\r\n")
    line, *rest = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in rest)}
    while len(body) < int(headers.get("content-length", 0)):
        body += _more(accepted)
    return Received(line, headers, json.loads(body or b"{}"), time.monotonic())


def _more(accepted: socket.socket) -> bytes:
    data = accepted.recv(65536)
    if not data:
        raise OSError("the client closed before its request was whole")
    return data
