"""Forged addresses and hostile servers: none gets through, each is told in one line."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpcore
import pytest
from certificates import certificate
from web_server import Behaviour, Page, Website, website

import corpus.web.connection
from corpus.web.fetching import Failed, Fetched, Fetcher
from corpus.web.guard import WebRules

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PUBLIC = "93.184.215.14"
RULES = WebRules(delay_seconds=0.0, most_seconds=2.0)


@dataclass(frozen=True, slots=True)
class Forged:
    """An address that must not be asked, what its name leads to, and words of the refusal."""

    address: str
    told: str
    ips: tuple[str, ...] = (PUBLIC,)


OWN = "not of the public Internet"
ODD = "spells an IP address in another way"
FORGED = (
    Forged("http://127.0.0.1/", OWN),
    Forged("http://127.8.9.10/", OWN),
    Forged("http://0.0.0.0/", OWN),
    Forged("http://localhost/", OWN),
    Forged("http://LOCALHOST./", OWN),
    Forged("http://desk.localhost/", OWN),
    Forged("http://2130706433/", ODD),
    Forged("http://0x7f000001/", ODD),
    Forged("http://0x7f.1/", ODD),
    Forged("http://0177.0.0.1/", ODD),
    Forged("http://127.1/", ODD),
    Forged("http://１２７.0.0.1/", OWN),
    Forged("http://127。0。0。1/", OWN),
    Forged("http://[::1]/", OWN),
    Forged("http://[::]/", OWN),
    Forged("http://[0:0:0:0:0:0:0:1]/", OWN),
    Forged("http://[::ffff:127.0.0.1]/", OWN),
    Forged("http://[::ffff:7f00:1]/", OWN),
    Forged("http://[::127.0.0.1]/", OWN),
    Forged("http://[64:ff9b::127.0.0.1]/", OWN),
    Forged("http://[64:ff9b:1::a00:1]/", OWN),
    Forged("http://[2002:7f00:1::]/", OWN),
    Forged("http://[2001:0:53aa:64c:0:7fff:80ff:fffe]/", OWN),
    Forged("http://[2600::5efe:10.0.0.1]/", OWN),
    Forged("http://[fe80::1]/", OWN),
    Forged("http://[fe80::1%25eth0]/", "no IPv6 address"),
    Forged("http://[fc00::1]/", OWN),
    Forged("http://[ff02::1]/", OWN),
    Forged("http://10.0.0.1/", OWN),
    Forged("http://172.16.0.1/", OWN),
    Forged("http://192.168.1.1/admin", OWN),
    Forged("http://100.64.0.1/", OWN),
    Forged("http://224.0.0.1/", OWN),
    Forged("http://240.0.0.1/", OWN),
    Forged("http://255.255.255.255/", OWN),
    Forged("http://169.254.169.254/latest/meta-data/", OWN),
    Forged("http://[fd00:ec2::254]/", OWN),
    Forged("http://100.100.100.200/", OWN),
    Forged("http://168.63.129.16/", OWN),
    Forged("http://metadata.google.internal/", OWN),
    Forged("http://router.lan/", OWN),
    Forged("file:///etc/passwd", "file: is not asked"),
    Forged("ftp://example.com/a", "ftp: is not asked"),
    Forged("gopher://example.com:6379/_FLUSHALL", "gopher: is not asked"),
    Forged("data:text/html,hello", "data: is not asked"),
    Forged("javascript:alert(1)", "javascript: is not asked"),
    Forged("//example.com/a", "no scheme is not asked"),
    Forged("http:///etc/passwd", "its host is no name"),
    Forged("http://reader:secret@example.com/", "holds a name or a password"),
    Forged("http://example.com@127.0.0.1/", "holds a name or a password"),
    Forged("http://example.com\\@127.0.0.1/", "is no address"),
    Forged("http://example.com/a\r\nHost: inner", "is no address"),
    Forged("http://exa mple.com/", "is no address"),
    Forged("http://exam%70le.com/", "its host is no name"),
    Forged("http://[example.com]/", "is no address"),
    Forged("http://example.com:22/", "port 22 is not asked"),
    Forged("https://example.com:6379/", "port 6379 is not asked"),
    Forged("http://example.com:443/", "port 443 is not asked"),
    Forged("http://example.com:99999/", "is no address"),
    Forged("http://named.example/", OWN, ("127.0.0.1",)),
    Forged("http://mixed.example/", OWN, (PUBLIC, "192.168.0.7")),
    Forged("http://six.example/", OWN, ("::1",)),
    Forged("http://mapped.example/", OWN, ("::ffff:10.0.0.1",)),
    Forged("http://nat.example/", OWN, ("64:ff9b::a9fe:a9fe",)),
    Forged("http://scoped.example/", OWN, ("fe80::1%eth0",)),
    Forged("http://cloud.example/", OWN, ("169.254.169.254",)),
    Forged("http://nowhere.example/", "leads nowhere", ()),
)


class _Connections:
    """Stands in for the network: remembers where a connection was asked for, and makes none."""

    def __init__(self) -> None:
        self.ips: list[str] = []

    def connect_tcp(self, host: str, *_: object) -> httpcore.NetworkStream:
        self.ips.append(host)
        raise httpcore.ConnectError("nobody is there")


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> _Connections:
    made = _Connections()
    monkeypatch.setattr(corpus.web.connection.httpcore, "SyncBackend", lambda: made)
    return made


def reason_of(look: object) -> str:
    """Return why nothing came: one line."""
    assert isinstance(look, Failed), look
    assert look.reason.splitlines() == [look.reason]
    return look.reason


@pytest.mark.parametrize("forged", FORGED, ids=lambda one: ascii(one.address))
def test_a_forged_address_is_not_asked(forged: Forged, connections: _Connections) -> None:
    fetcher = Fetcher(RULES, resolve=lambda *_: forged.ips)
    reason = reason_of(fetcher.fetch(forged.address))
    assert forged.told in reason
    assert ";" in reason  # and what to do
    assert connections.ips == []


def test_a_name_is_resolved_once_and_what_was_checked_is_connected_to(
    connections: _Connections,
) -> None:
    answers = iter([(PUBLIC,), ("127.0.0.1",), ("127.0.0.1",)])
    reason_of(Fetcher(RULES, resolve=lambda *_: next(answers)).fetch("http://rebinds.example/"))
    assert connections.ips == [PUBLIC]
    reason = reason_of(
        Fetcher(RULES, resolve=lambda *_: next(answers)).fetch("http://rebinds.example/")
    )
    assert OWN in reason
    assert connections.ips == [PUBLIC]


def test_a_proxy_is_asked_only_where_it_is_set(connections: _Connections) -> None:
    fetcher = Fetcher(WebRules(proxy="http://10.0.0.8:3128"), resolve=lambda *_: (PUBLIC,))
    reason_of(fetcher.fetch("http://example.com/"))
    assert connections.ips == ["10.0.0.8"]
    assert OWN in reason_of(fetcher.fetch("http://127.0.0.1/"))
    assert connections.ips == ["10.0.0.8"]


def test_the_environment_names_no_proxy(
    connections: _Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.9:3128")
    reason_of(Fetcher(RULES, resolve=lambda *_: (PUBLIC,)).fetch("http://example.com/"))
    assert connections.ips == [PUBLIC]


@pytest.fixture(scope="module")
def inner() -> Iterator[Website]:
    """Serve what nobody may reach: a site of the reader's own network."""
    with website() as site:
        site.html("/secret", "The secret of the house.")
        yield site


REDIRECTS = {
    "to a port of loopback": ("http://127.0.0.1:{port}/secret", "is not asked"),
    "to a name of loopback": ("http://inner.example:{port}/secret", "is not asked"),
    "to loopback": ("http://127.0.0.1/secret", OWN),
    "to a name that leads to loopback": ("http://inner.example/secret", OWN),
    "to the cloud": ("http://169.254.169.254/latest/", OWN),
    "to IPv6": ("//[::1]/secret", OWN),
    "to a number": ("http://2130706433/secret", ODD),
    "to a file": ("file:///etc/passwd", "file: is not asked"),
    "to gopher": ("gopher://127.0.0.1:{port}/_x", "gopher: is not asked"),
    "with a password": ("http://a:b@example.com/", "holds a name"),
    "with a backslash": ("http://example.com\\@127.0.0.1/", "is no address"),
    "nowhere": ("", "redirects to nowhere"),
    "in a loop": ("/start", "redirects more than 5 times"),
}


@pytest.mark.parametrize("name", REDIRECTS)
@pytest.mark.parametrize("status", [301, 307])
def test_no_redirect_leads_into_the_house(inner: Website, name: str, status: int) -> None:
    to, told = REDIRECTS[name]
    before = len(inner.asked)
    with website() as site:
        site.moves("/start", to.format(port=inner.host.partition(":")[2]), status)
        rules = site.rules(most_seconds=5.0)
        fetcher = Fetcher(rules, resolve=lambda *_: ("127.0.0.1",))
        assert told in reason_of(fetcher.fetch(site.at("/start")))
    assert len(inner.asked) == before


def test_a_public_site_does_not_lead_to_a_host_that_only_the_reader_names(inner: Website) -> None:
    from corpus.errors import WebError
    from corpus.web.guard import parse_address, redirected

    rules = inner.rules()
    public = parse_address("http://example.com/", rules)
    with pytest.raises(WebError, match="a host that only its reader may name"):
        redirected(public, inner.at("/secret"), rules)


def test_https_does_not_lead_down_to_http(tmp_path: Path) -> None:
    import ssl

    secure, trusted = certificate(tmp_path)
    with website(secure) as site, website() as plain:
        plain.html("/", "Plain words.")
        site.moves("/", plain.at("/"))
        site.html("/page", "China mined 270,000 t in 2025.")
        rules = WebRules(hosts=(site.host, plain.host), delay_seconds=0.0)
        context = ssl.create_default_context(cafile=str(trusted))
        fetcher = Fetcher(rules, trusted=context)
        assert "down to" in reason_of(fetcher.fetch(site.at("/")))
        assert isinstance(fetcher.fetch(site.at("/page")), Fetched)
        assert "certificate" in reason_of(Fetcher(rules).fetch(site.at("/page"))).lower()


def sends(*parts: bytes) -> Behaviour:
    """Send bytes as they are, and end."""

    def behave(accepted: socket.socket) -> None:
        for part in parts:
            accepted.sendall(part)

    return behave


def sends_for_ever(head: bytes, part: bytes, seconds: float = 0.0) -> Behaviour:
    """Send a head, and a part again and again until the other side goes."""

    def behave(accepted: socket.socket) -> None:
        accepted.sendall(head)
        until = time.monotonic() + 15
        while time.monotonic() < until:
            accepted.sendall(part)
            time.sleep(seconds)

    return behave


def is_silent(accepted: socket.socket) -> None:
    """Say nothing."""
    with suppress(OSError):
        accepted.recv(1)


def packed(body: bytes, kind: bytes = b"gzip") -> Behaviour:
    """Send a packed body."""
    return sends(HEAD + b"Content-Encoding: " + kind + b"\r\nConnection: close\r\n\r\n" + body)


def bomb() -> bytes:
    """Return two hundred megabytes of nothing, packed into some two hundred kilobytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()


def untyped(kind: str, body: bytes = b"\x89PNG\r\n") -> Page:
    return Page(body, kind)


LATE, LARGE, BROKEN = "does not answer whole within", "is larger than", "cannot be fetched"
SERVERS: dict[str, tuple[Callable[[], Page | Behaviour], str]] = {
    "an endless body": (lambda: sends_for_ever(HEAD + b"\r\n", b"x" * 65536), LARGE),
    "an endless chunked body": (
        lambda: sends_for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nwords\r\n"),
        "",
    ),
    "a body that drips": (lambda: sends_for_ever(HEAD + b"\r\n", b"x", 0.1), LATE),
    "a head that drips": (lambda: sends_for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.1), LATE),
    "an endless head": (lambda: sends_for_ever(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 999), BROKEN),
    "early hints without end": (
        lambda: sends_for_ever(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 99),
        "",
    ),
    "silence": (lambda: is_silent, LATE),
    "a length beyond all bounds": (
        lambda: sends(HEAD + b"Content-Length: 99999999999\r\n\r\nx"),
        LARGE,
    ),
    "a body cut off": (lambda: sends(HEAD + b"Content-Length: 99\r\n\r\nx"), BROKEN),
    "a bomb of gzip": (lambda: packed(bomb()), LARGE),
    "a bomb of deflate": (lambda: packed(zlib.compress(bytes(50_000_000)), b"deflate"), LARGE),
    "gzip cut off": (lambda: packed(gzip.compress(b"words " * 999)[:-20]), "broke off"),
    "no gzip at all": (lambda: packed(b"plain words"), "packed and damaged"),
    "gzip in gzip": (lambda: packed(b"x", b"gzip, gzip"), "which is not read"),
    "brotli": (lambda: packed(b"x", b"br"), "which is not read"),
    "no HTTP": (lambda: sends(b"220 mail.example ESMTP\r\n"), BROKEN),
    "nothing": (lambda: sends(b""), BROKEN),
    "two lengths": (
        lambda: sends(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
        BROKEN,
    ),
    "a picture": (lambda: untyped("image/png"), "which is not read"),
    "a program": (lambda: untyped("application/x-msdownload"), "which is not read"),
    "an archive": (lambda: untyped("application/zip"), "which is not read"),
    "no type": (lambda: untyped(""), "which is not read"),
    "a type of any length": (lambda: untyped("x/" + "y" * 5000), "which is not read"),
    "bytes of no kind": (lambda: untyped("application/octet-stream"), "which is not read"),
    "a sign-in": (lambda: Page(status=401), "is not shown to everyone"),
    "a part": (lambda: Page(b"x", status=206), "answers with status 206"),
    "unchanged though nobody asked": (lambda: Page(status=304), "answers with status 304"),
    "a fault": (lambda: Page(status=500), "answers with status 500"),
    "too many requests": (lambda: Page(status=429), "answers with status 429"),
}


@pytest.mark.parametrize("name", SERVERS)
def test_a_hostile_server_is_one_line(name: str) -> None:
    make, told = SERVERS[name]
    with website() as site:
        site.pages["/page"] = make()
        started = time.monotonic()
        look = site.fetcher(most_bytes=1_000_000, most_seconds=1.5).fetch(site.at("/page"))
        reason = reason_of(look)
    assert told in reason
    assert site.at("/page") in reason
    assert time.monotonic() - started < 8


ROBOTS: dict[str, tuple[Callable[[], Page | Behaviour], str]] = {
    "forbids": (lambda: Page(b"User-agent: *\nDisallow: /page", "text/plain"), "robots.txt"),
    "forbids us": (
        lambda: Page(b"User-agent: rare-earth-assistant\nDisallow: /", "text/plain"),
        "robots.txt",
    ),
    "fails": (lambda: Page(status=503), "cannot be read (status 503)"),
    "is endless": (lambda: sends_for_ever(HEAD + b"\r\n", b"#" * 65536), LARGE),
    "drips": (lambda: sends_for_ever(HEAD + b"\r\n", b"#", 0.1), LATE),
    "leads into the house": (
        lambda: Page(status=302, headers=("Location: http://127.0.0.1/",)),
        OWN,
    ),
}


@pytest.mark.parametrize("name", ROBOTS)
def test_a_site_whose_robots_cannot_be_heeded_is_not_asked(name: str) -> None:
    make, told = ROBOTS[name]
    with website() as site:
        site.html("/page", "Words.")
        site.pages["/robots.txt"] = make()
        look = site.fetcher(most_seconds=1.5).fetch(site.at("/page"))
        assert told in reason_of(look)
        assert "/page" not in site.targets


def test_a_server_says_how_long_it_wants_to_be_left_alone() -> None:
    with website() as site:
        for told, seconds in (("120", 120.0), ("9999999999", 604_800.0), ("soon", 0.0)):
            site.pages["/page"] = Page(status=503, headers=(f"Retry-After: {told}",))
            look = site.fetcher().fetch(site.at("/page"))
            assert isinstance(look, Failed)
            assert look.wait_seconds == seconds
