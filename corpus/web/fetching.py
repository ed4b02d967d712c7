"""Fetching one address politely: robots.txt, pauses, conditional requests, redirects by hand."""

import re
import ssl
import time
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.errors import WebError
from corpus.extras import missing_extra
from corpus.reading import readable_endings
from corpus.web.connection import Asking, Reply, get
from corpus.web.guard import Address, Resolver, WebRules, parse_address, redirected, resolve
from corpus.web.robots import MOST_BYTES, Robots, read_robots

AGENT = "rare-earth-assistant"

_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_MOST_WAIT_SECONDS = 7 * 86_400  # that a site can ask for
_VALIDATOR = re.compile(r"[\x21-\x7e ]{1,200}")
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.5"
_ENDINGS = {  # of what is kept, by the type that the server tells
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/ld+json": ".json",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": ".xlsm",
}
_SAY_LITTLE = ("", "application/octet-stream", "binary/octet-stream", "text/plain")
_TEXT_ENDINGS = (".md", ".markdown", ".csv", ".tsv", ".json", ".jsonl", ".xml")
_PACKED_LISTS = ("application/gzip", "application/x-gzip")  # sitemaps


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask with whether a page is still the same."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came. `moved_to` is where it now is for good, "" where it was asked."""

    address: str  # that answered
    moved_to: str
    data: bytes = field(repr=False)
    ending: str  # such a file's
    content_type: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class NotChanged:
    """A page is as it was when its validators were given."""

    moved_to: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A page is not there: for good where the server says so (410)."""

    reason: str
    is_for_good: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing came; `wait_seconds` is what the server wants to be left alone, 0 for nothing."""

    reason: str
    wait_seconds: float = 0.0


Look = Fetched | NotChanged | Gone | Failed


@dataclass(frozen=True, slots=True)
class _Answer:
    """The last reply of a chain of redirects, and where the page now is for good."""

    address: Address
    settled: Address
    reply: Reply


class Fetcher:
    """Fetches pages, one request at a time, with a pause between two of one host.

    `resolve` and `sleep` can be others, and `trusted` says which certificates are. For one thread.
    """

    def __init__(
        self,
        rules: WebRules = WebRules(),
        resolve: Resolver = resolve,
        sleep: Callable[[float], None] = time.sleep,
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        if run := missing_extra("web", "protego"):
            raise WebError(f"what sites allow in their robots.txt is read by protego; run: {run}")
        self.rules = rules
        self._resolve = resolve
        self._sleep = sleep
        self._trusted = trusted
        self._robots: dict[str, Robots] = {}  # by site
        self._asked_at: dict[str, float] = {}  # by host, time.monotonic()

    def fetch(self, address: str, known: Validators = Validators()) -> Look:
        """Return what became of an address; what hinders is told in one line that names it."""
        try:
            asked = parse_address(address, self.rules)
        except WebError as error:
            return Failed(str(error))
        try:
            answer = self._follow(asked, self._headers() | _conditions(known))
            return _look(answer, address, known)
        except WebError as error:
            reason = str(error)
            return Failed(reason if address in reason else f"{address}: {reason}")

    def _follow(self, first: Address, headers: Mapping[str, str]) -> _Answer:
        """Ask an address and those that it redirects to. Raises WebError."""
        address = settled = first
        ends_at = time.monotonic() + self.rules.most_seconds
        is_settled = True
        for _ in range(_MOST_REDIRECTS + 1):
            paused = self._heed(address)
            ends_at += paused
            reply = get(address, headers, self._asking(ends_at))
            if reply.status not in _REDIRECTS:
                return _Answer(address, settled, reply)
            location = reply.headers.get("location", "")
            if not location:
                raise WebError(f"{address}: redirects to nowhere; try later")
            address = redirected(address, location, self.rules)
            is_settled = is_settled and reply.status in _FOR_GOOD
            settled = address if is_settled else settled
        raise WebError(
            f"{first}: redirects more than {_MOST_REDIRECTS} times; give the address that it "
            "should lead to"
        )

    def _heed(self, address: Address) -> float:
        """Heed what the site asks for; return how long that took. Raises WebError."""
        started = time.monotonic()
        if address.origin not in self._robots:
            self._robots[address.origin] = self._read_robots(address)
        robots = self._robots[address.origin]
        if not robots.allows(str(address)):
            raise WebError(
                f"{address}: its site asks programs not to fetch it (robots.txt); save it and add "
                "the file"
            )
        self._pause(address, robots.delay_seconds)
        return time.monotonic() - started

    def _read_robots(self, address: Address) -> Robots:
        """Return what a site asks for; one without a robots.txt asks for nothing."""
        at = replace(address, target="/robots.txt")
        rules = replace(self.rules, most_bytes=MOST_BYTES)
        ends_at = time.monotonic() + rules.most_seconds
        reply = Reply(0, {}, b"")
        for _ in range(_MOST_REDIRECTS + 1):
            self._pause(at, 0.0)
            reply = get(at, self._headers(), replace(self._asking(ends_at), rules=rules))
            if reply.status not in _REDIRECTS or not reply.headers.get("location"):
                break
            at = redirected(at, reply.headers["location"], self.rules)
        if reply.status >= 500 or reply.status == 429:
            raise WebError(
                f"{address}: the robots.txt of its site cannot be read (status {reply.status}), "
                "so nothing is asked of it; try later"
            )
        return read_robots(reply.body, AGENT)

    def _pause(self, address: Address, asked_seconds: float) -> None:
        """Wait until the host may be asked again."""
        asked_at = self._asked_at.get(address.host)
        if asked_at is not None:
            delay = max(self.rules.delay_seconds, asked_seconds)
            if (left := asked_at + delay - time.monotonic()) > 0:
                self._sleep(left)
        self._asked_at[address.host] = time.monotonic()

    def _asking(self, ends_at: float) -> Asking:
        if self._trusted is None:
            self._trusted = _trusted()
        return Asking(self.rules, self._resolve, self._trusted, ends_at)

    def _headers(self) -> dict[str, str]:
        contact = f"; {self.rules.contact}" if self.rules.contact else ""
        told = f"{AGENT}/{version('rare-earth-assistant')} (one reader's sources{contact})"
        return {"User-Agent": told, "Accept": _ACCEPT}


def _trusted() -> ssl.SSLContext:
    """Return the authorities that are trusted: the system's, and those that browsers trust."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _conditions(known: Validators) -> dict[str, str]:
    told = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in told.items() if value}


def _look(answer: _Answer, asked: str, known: Validators) -> Look:
    """Return what the last reply says of the page that was asked for. Raises WebError."""
    address, reply = answer.address, answer.reply
    moved_to = str(answer.settled)
    moved_to = "" if moved_to == asked else moved_to
    if reply.status == 200:
        ending = _ending(address, reply)
        kind = _content_type(reply)
        return Fetched(str(address), moved_to, reply.body, ending, kind, _validators(reply))
    if reply.status == 304 and known != Validators():
        return NotChanged(moved_to)
    if reply.status in (404, 410):
        return Gone(f"{address}: is not there (status {reply.status})", reply.status == 410)
    if reply.status in (401, 402, 403, 407):
        return Failed(
            f"{address}: is not shown to everyone (status {reply.status}); save it and add the file"
        )
    return Failed(f"{address}: answers with status {reply.status}; try later", _wait(reply))


def _ending(address: Address, reply: Reply) -> str:
    """Return the ending of a file of this content. Raises WebError for what is not read."""
    told = _content_type(reply)
    if reply.body.lstrip()[:5] == b"%PDF-":
        return ".pdf"
    if told in _PACKED_LISTS and reply.body.startswith(b"\x1f\x8b"):
        return ".gz"
    if told in _SAY_LITTLE:
        named = PurePosixPath(unquote(urlsplit(address.target).path)).suffix.lower()
        if named in readable_endings() and (told != "text/plain" or named in _TEXT_ENDINGS):
            return named
    if told in _ENDINGS:
        if told.startswith("text/") and _is_binary(reply.body):
            raise WebError(f"{address}: is told to be {told} and is none; check the address")
        return _ENDINGS[told]
    raise WebError(
        f"{address}: is of the type {told[:80] or 'that is not told'!r}, which is not read; save "
        "it in another form and add the file"
    )


def _is_binary(data: bytes) -> bool:
    """Tell whether data is no text in any encoding that marks itself."""
    return b"\0" in data[:4000] and not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))


def _content_type(reply: Reply) -> str:
    return reply.headers.get("content-type", "").partition(";")[0].strip().lower()


def _validators(reply: Reply) -> Validators:
    """Return the validators of a reply, those that can be sent back."""
    told = (reply.headers.get(name, "") for name in ("etag", "last-modified"))
    return Validators(*(one if _VALIDATOR.fullmatch(one) else "" for one in told))


def _wait(reply: Reply) -> float:
    """Return how long a server wants to be left alone."""
    told = reply.headers.get("retry-after", "")
    is_number = told.isdecimal() and len(told) < 12
    return float(min(int(told), _MOST_WAIT_SECONDS)) if is_number else 0.0
