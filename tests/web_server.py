"""A website on loopback whose pages a test changes, and which can behave as hostile ones do.

It is made of sockets, since no library would send what hostile servers send, and ends by itself.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from corpus.web.fetching import Fetcher
from corpus.web.guard import WebRules

MOST_SECONDS = 20.0  # of one exchange
Behaviour = Callable[[socket.socket], None]


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answers. With an `etag` it is told to be unchanged where that is known."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[str, ...] = ()
    etag: str = ""


@dataclass(slots=True)
class Website:
    """A running server: its pages by their targets, and what was asked of it."""

    address: str
    pages: dict[str, Page | Behaviour] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # "GET /target" with the headers as they came

    @property
    def host(self) -> str:
        """Host and port."""
        return self.address.partition("//")[2]

    @property
    def targets(self) -> list[str]:
        """What was asked for, in order."""
        return [one.split(" ")[1] for one in self.asked]

    def at(self, target: str) -> str:
        """Return the address of a target."""
        return f"{self.address}{target}"

    def html(self, target: str, text: str, title: str = "A page") -> None:
        """Have an address answer with a page of this text."""
        words = f"<h1>{title}</h1>" + "".join(f"<p>{part}</p>" for part in text.split("\n"))
        body = f"<html><head><title>{title}</title></head><body><main>{words}</main></body></html>"
        self.pages[target] = Page(body.encode(), etag=f'"{hash(body)}"')

    def moves(self, target: str, to: str, status: int = 301) -> None:
        """Have an address redirect."""
        self.pages[target] = Page(status=status, headers=(f"Location: {to}",))

    def rules(self, **others: object) -> WebRules:
        """Return rules by which this site may be asked, without pauses."""
        given: dict[str, object] = {"hosts": (self.host,), "delay_seconds": 0.0} | others
        return WebRules(**given)  # type: ignore[arg-type]

    def fetcher(self, **others: object) -> Fetcher:
        """Return what may fetch from this site."""
        return Fetcher(self.rules(**others))


@contextmanager
def website(secure: ssl.SSLContext | None = None) -> Iterator[Website]:
    """Serve on a free port of loopback; what has no page is 404."""
    listener = socket.create_server(("127.0.0.1", 0))
    scheme = "https" if secure else "http"
    site = Website(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}")

    def accept() -> None:
        with suppress(OSError):
            while True:
                plain, _ = listener.accept()
                plain.settimeout(MOST_SECONDS)
                threading.Thread(target=answer, args=(plain,), daemon=True).start()

    def answer(plain: socket.socket) -> None:
        with (
            suppress(OSError),
            secure.wrap_socket(plain, server_side=True) if secure else plain as accepted,
        ):
            request = _receive(accepted)
            site.asked.append(request)
            page = site.pages.get(request.split(" ")[1], Page(b"not here", status=404))
            if isinstance(page, Page):
                accepted.sendall(_response(page, request))
            else:
                page(accepted)
            with suppress(OSError):
                accepted.shutdown(socket.SHUT_WR)
                while accepted.recv(65536):
                    pass

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield site
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _response(page: Page, request: str) -> bytes:
    status, body = page.status, page.body
    if page.etag and f"if-none-match: {page.etag}".lower() in request.lower():
        status, body = 304, b""
    told = [f"HTTP/1.1 {status} Told", *page.headers, f"Content-Type: {page.kind}"]
    if page.etag:
        told.append(f"ETag: {page.etag}")
    told.append(f"Content-Length: {len(body)}")
    return "\r\n".join((*told, "Connection: close", "", "")).encode() + body


def _receive(accepted: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        more = accepted.recv(65536)
        if not more:
            raise OSError("nothing was asked")
        data += more
    return data.decode("latin-1")
