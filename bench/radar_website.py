"""A made website served on loopback, on which things happen from day to day, and its feed.

What a set of days says of it (site.jsonl) happens to it; a home follows it as it follows any other.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

FIRST_DAY = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)
_FEED, _SITEMAP = "/feed.xml", "/sitemap.xml"


@dataclass(slots=True)
class MadeWebsite:
    """The pages of a site by their paths, as they are on a day."""

    address: str
    pages: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)
    entries: list[tuple[str, int]] = field(default_factory=list)  # paths in the feed, with the day

    @property
    def host(self) -> str:
        """Host and port."""
        return self.address.partition("//")[2]

    def begin_day(self) -> None:
        """Have what failed yesterday answer again."""
        self.failing.clear()

    def happen(self, event: Mapping[str, Any]) -> None:
        """Let one thing happen."""
        path = event["path"]
        if event["do"] == "put":
            self.pages[path] = event["html"]
            self.moved.pop(path, None)
            if event.get("feed"):
                self.entries.append((path, event["day"]))
        elif event["do"] == "vanish":
            self.pages.pop(path, None)
        elif event["do"] == "move":
            self.pages[event["to"]] = self.pages.pop(path)
            self.moved[path] = event["to"]
        else:
            self.failing.add(path)

    def answer(self, path: str) -> tuple[int, str, str]:
        """Return the status of an address, its text, and where it has moved."""
        if path in self.failing:
            return 503, "", ""
        if path in self.moved:
            return 301, "", self.moved[path]
        text = {_FEED: self._feed, _SITEMAP: self._sitemap}.get(path, lambda: self.pages[path])
        known = path in self.pages or path in (_FEED, _SITEMAP)
        return (200, text(), "") if known else (404, "", "")

    def _feed(self) -> str:
        told = "".join(
            f"<item><title>{escape(path)}</title><link>{self.address}{path}</link>"
            f"<guid>{self.address}{path}#{day}</guid><pubDate>{_day(day)}</pubDate></item>"
            for path, day in reversed(self.entries)
        )
        return f'<rss version="2.0"><channel><title>News</title>{told}</channel></rss>'

    def _sitemap(self) -> str:
        told = "".join(f"<url><loc>{self.address}{path}</loc></url>" for path in sorted(self.pages))
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</urlset>'


@contextmanager
def made_website() -> Iterator[MadeWebsite]:
    """Serve an empty website on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, text, to = site.answer(self.path)
            body = text.encode()
            kind = "application/xml" if self.path.endswith(".xml") else "text/html"
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if to:
                self.send_header("Location", to)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = MadeWebsite(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def moment_of(day: int) -> datetime:
    """Return when a home looks on a day of a set."""
    return FIRST_DAY + timedelta(days=day)


def _day(day: int) -> str:
    return f"{moment_of(day):%a, %d %b %Y %H:%M:%S} +0000"
