"""Requests that are no proper ones, over sockets to a started server: refused, and never a hang."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from fakes import write_files
from hostile_file import Hostile, packed
from server_process import command, serving

from assistant.serving.connections import CONNECTIONS, HEAD_SECONDS

pytestmark = pytest.mark.slow
HOST = b"Host: 127.0.0.1\r\n"
GET = b"GET /api/v1/health HTTP/1.1\r\n" + HOST
POST = b"POST /api/v1/ask HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
BODY = b'{"question": "Why?"}'
SMUGGLED = b"0\r\n\r\nDELETE /api/v1/sources/x HTTP/1.1\r\n" + HOST + b"\r\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    files = write_files(folder / "files", {"mines.md": "# Mines\n\nLovozero made 70 t in 2024.\n"})
    assert command(folder / "home", "add", str(files)).returncode == 0
    return folder / "home"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with serving(home, "--requests-a-minute", "100000") as (url, _):
        yield url


@contextmanager
def connected(address: str) -> Iterator[socket.socket]:
    """Yield a connection that gives up after a while."""
    to = urlsplit(address)
    with closing(socket.create_connection((to.hostname, to.port), timeout=60)) as connection:
        yield connection


def told(connection: socket.socket) -> bytes:
    """Return all that comes until the connection is ended."""
    came = b""
    try:
        while piece := connection.recv(65536):
            came += piece
    except ConnectionResetError:
        pass
    return came


def sent(address: str, request: bytes) -> bytes:
    """Send bytes and return all that is answered until the connection is ended."""
    with connected(address) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        return told(connection)


def statuses(answered: bytes) -> list[int]:
    """Return the statuses of the answers on a connection."""
    lines = answered.split(b"HTTP/1.1 ")[1:]
    return [int(line[:3]) for line in lines]


def assert_served(address: str) -> None:
    assert httpx.get(f"{address}/api/v1/health", timeout=5).json() == {"status": "ok"}


def shortly(value: object) -> str:
    return str(value)[-60:]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + SMUGGLED, 400),
        (POST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + SMUGGLED, 400),
        (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + BODY, 400),
        (POST + b"Content-Length: 5, 6\r\n\r\n" + BODY, 400),
        (POST + b"Content-Length: -1\r\n\r\n" + BODY, 400),
        (POST + b"Content-Length: +5\r\n\r\n" + BODY, 400),
        (POST + b"Content-Length : 5\r\n\r\n" + BODY, 400),
        (POST + b"Transfer-Encoding: chunked, identity\r\n\r\n" + SMUGGLED, 400),
        (POST + b"Transfer-Encoding: xchunked\r\n\r\n" + SMUGGLED, 400),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400),
        (GET + b"X-Folded: one\r\n two\r\n\r\n", 400),
        (GET + b"X-Folded: one\r\n\tTransfer-Encoding: chunked\r\n\r\n", 400),
        (b"GET /api/v1/health HTTP/1.1\nHost: 127.0.0.1\n\n", 400),
        (GET + b"X-Bare: one\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (GET + b"X-Nul: a\0b\r\n\r\n", 400),
        (GET + b"X-N\0l: a\r\n\r\n", 400),
        (GET + b"no header\r\n\r\n", 400),
        (GET + b": no name\r\n\r\n", 400),
        (GET + HOST + b"\r\n", 400),
        (b"GET /api/v1/health HTTP/1.1\r\n\r\n", 400),
        (b"GET /api/v1/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
        (b"GET /api/v1/health HTTP/1.1\r\nHost: a@127.0.0.1, b\r\nConnection: close\r\n\r\n", 421),
        (b"GET http://evil.example/ HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n", 404),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (GET + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n", 431),
        (GET + b"".join(b"X-%d: y\r\n" % one for one in range(20_000)) + b"\r\n", 431),
        (b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 431),
    ],
    ids=shortly,
)
def test_a_request_that_is_none_is_refused_once_and_the_connection_ended(
    address: str, request_: bytes, status: int
) -> None:
    answered = sent(address, request_)
    assert statuses(answered) == [status], answered[:300]
    assert list(json.loads(answered.partition(b"\r\n\r\n")[2])) == ["error"]
    assert_served(address)


def test_what_follows_a_proper_request_is_held_to_the_same(address: str) -> None:
    answered = sent(address, GET + b"\r\n" + GET + b"X-Bare: one\nX: y\r\n\r\n")
    assert statuses(answered) == [200, 400]
    answered = sent(address, GET + b"\r\n" + GET + b"Connection: close\r\n\r\n")
    assert statuses(answered) == [200, 200]


def test_slow_heads_are_ended_and_others_served_meanwhile(address: str) -> None:
    with connected(address) as silent, connected(address) as dripping:
        dripping.sendall(GET)
        begun = time.monotonic()
        for number in range(int(HEAD_SECONDS) - 2):
            time.sleep(1.0)
            dripping.sendall(b"X-%d: y\r\n" % number)
            assert_served(address)
        for connection in (silent, dripping):
            assert statuses(told(connection)) == [408]
        assert time.monotonic() - begun < HEAD_SECONDS + 5


def test_the_body_of_a_refused_request_may_not_go_on_for_ever(address: str) -> None:
    with connected(address) as connection:
        connection.sendall(POST + b"Content-Length: 900000000\r\n\r\n")
        begun = time.monotonic()
        try:
            while time.monotonic() - begun < 30:
                connection.sendall(b"x")
                time.sleep(0.5)
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert time.monotonic() - begun < 15


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Encoding": "gzip"}, b"\x1f\x8b\x08", 415),
        ({"Content-Encoding": "br"}, BODY, 415),
        ({}, b'{"question": ' + b"[" * 400_000, 400),
        ({}, b'{"a":' * 150_000, 400),
        ({}, b"\xff\xfe\xfa", 400),
        ({}, b'{"question": "' + b"\\ud800" * 10 + b'"}', 422),
        ({"Content-Type": "text/xml"}, b"<!DOCTYPE x>", 422),
    ],
    ids=shortly,
)
def test_bodies_that_hide_what_they_are(
    address: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    kind = {"Content-Type": "application/json"} | headers
    response = httpx.post(f"{address}/api/v1/ask", content=body, headers=kind, timeout=60)
    assert response.status_code == status, response.text[:300]
    assert list(response.json()) == ["error"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/sources/..%2f..%2f..%2fetc%2fpasswd",
        "/api/v1/sources/%2e%2e/%2e%2e/tokens.json",
        "/api/v1/sources/..%252f..%252ftokens.json/pages/1",
        "/api/v1/runs/..%2f..%2fuploads",
        "/api/v1/runs/%2e%2e%2f/report",
        "/api/v1/records/..%c0%af..%c0%afetc",
        "/api/v1/records/%00",
        "//etc/passwd",
        "/api/v1/sources/x%5c..%5c..%5cetc",
    ],
)
def test_paths_lead_nowhere(address: str, path: str) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    assert statuses(sent(address, request.encode())) == [404]


@pytest.mark.parametrize(
    ("name", "member"),
    [("bomb.docx", "word/document.xml"), ("bomb.xlsx", "xl/worksheets/sheet1.xml")],
)
def test_bombs_that_are_sent_as_sources_or_cases_are_refused(
    address: str, name: str, member: str
) -> None:
    data = packed({member: Hostile(b"<a>", b" ", 400_000_000)})
    for where in ("sources", "check/file", "runs"):
        file = {"file": (name, data)}
        response = httpx.post(f"{address}/api/v1/{where}", files=file, timeout=120)
        assert response.status_code == 422, response.text[:300]
    assert_served(address)


def test_deep_json_that_is_sent_as_a_source_is_refused(address: str) -> None:
    for name in ("deep.json", "cases.json"):
        where = "runs" if name.startswith("cases") else "sources"
        file = {"file": (name, b"[" * 200_000)}
        response = httpx.post(f"{address}/api/v1/{where}", files=file, timeout=120)
        assert response.status_code == 422, response.text[:300]


def test_a_connection_too_many_is_told_so_as_other_errors_are(address: str) -> None:
    to = urlsplit(address)
    many = [socket.create_connection((to.hostname, to.port)) for _ in range(CONNECTIONS)]
    try:
        answered = sent(address, GET + b"\r\n")
        assert statuses(answered) == [503]
        body = answered.partition(b"\r\n\r\n")[2]
        assert json.loads(body) == {"error": "too many connections at once; ask again in a while"}
    finally:
        for one in many:
            one.close()
    time.sleep(0.5)
    assert_served(address)
