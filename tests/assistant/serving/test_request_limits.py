"""What a server takes on: bodies of so many bytes and seconds, so many requests and questions."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import anyio
import httpx
import pytest
from fastapi import HTTPException
from served import BASE, ROOMY, client_of, open_small_home

from assistant.assistant import Assistant
from assistant.serving.access import Access
from assistant.serving.application import make_application
from assistant.serving.request_limits import RateLimiter, RequestLimits, Seats

SMALL = replace(ROOMY, file_bytes=20_000, body_bytes=2_000, body_seconds=0.5)
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = open_small_home(tmp_path_factory.mktemp("bounded"))
    yield opened
    opened.close()


def test_a_body_that_declares_too_much_is_refused(assistant: Assistant) -> None:
    client = client_of(assistant, limits=SMALL)
    response = client.post("/api/v1/ask", content=b'{"question": "' + b"x" * 2_000 + b'"}')
    assert response.status_code == 413
    assert response.json() == {"error": "the body is too large; send at most 2,000 bytes"}
    big = {"file": ("big.md", b"x" * 20_000)}
    assert client.post("/api/v1/sources", files=big).status_code == 413
    assert not (assistant.settings.home / "uploads" / "big.md").exists()
    fits = {"file": ("fits.md", b"# Words\n\n" + b"Words of a mine. " * 500)}
    assert client.post("/api/v1/check/file", files=fits).status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/ask", "/api/v1/sources", "/v1/chat/completions"])
def test_a_chunked_body_that_becomes_too_large_is_refused(
    assistant: Assistant, address: str
) -> None:
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="big.md"\r\n\r\n'
        for _ in range(1_000):
            sent += 1
            yield b"x" * 1_000

    client = client_of(assistant, limits=SMALL)
    kind = {"Content-Type": "multipart/form-data; boundary=b"} if "sources" in address else JSON
    response = client.post(address, content=chunks(), headers=kind)
    assert response.status_code == 413
    assert list(response.json()) == ["error"]
    assert not (assistant.settings.home / "uploads" / "big.md").exists()


def test_a_body_that_comes_too_slowly_is_refused(assistant: Assistant) -> None:
    async def drops() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" "
            await anyio.sleep(0.1)

    async def ask() -> httpx.Response:
        app = make_application(assistant, Access(), SMALL)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.post("/api/v1/ask", content=drops(), headers=JSON)

    response = anyio.run(ask)
    assert response.status_code == 408
    assert response.json() == {"error": "the body came too slowly; send it again"}


def test_a_caller_has_a_minutes_worth_and_then_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    rate = RateLimiter(60)
    assert [rate.seconds_to_wait("a") for _ in range(60)] == [0.0] * 60
    assert rate.seconds_to_wait("a") == pytest.approx(1.0)
    assert rate.seconds_to_wait("b") == 0.0
    now += 2.0
    assert [rate.seconds_to_wait("a") > 0 for _ in range(3)] == [False, False, True]


def test_so_many_questions_at_once_so_many_wait_and_the_rest_is_refused() -> None:
    async def ask_four() -> list[str]:
        seats = Seats(RequestLimits(questions_at_once=1, questions_waiting=2))
        told = []
        left = anyio.Event()

        async def ask() -> None:
            try:
                async with seats.taken():
                    await left.wait()
                    told.append("answered")
            except HTTPException as error:
                told.append(str(error.status_code))

        async with anyio.create_task_group() as group:
            for _ in range(4):
                group.start_soon(ask)
                await anyio.sleep(0.01)
            left.set()
        async with seats.taken():
            told.append("free again")
        return told

    assert anyio.run(ask_four) == ["429", "answered", "answered", "answered", "free again"]
