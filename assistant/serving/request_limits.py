"""How much a server takes on: a body's bytes and seconds, requests a minute, questions at once."""

import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio
from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.serving.refusals import refuse

_CALLERS = 10_000  # of which it is known how much they have asked


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """What a server bounds; a file is the body of an upload, a body that of any other request."""

    file_bytes: int = 50_000_000
    body_bytes: int = 1_000_000
    body_seconds: float = 30.0
    requests_a_minute: int = 120
    questions_at_once: int = 4
    questions_waiting: int = 64


class RateLimiter:
    """So many requests a minute for each caller, saved up to a minute's worth (token bucket)."""

    def __init__(self, requests_a_minute: int) -> None:
        self._most = float(requests_a_minute)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def seconds_to_wait(self, caller: str) -> float:
        """Count a request of a caller; return how long it must wait, 0.0 where it need not."""
        now = time.monotonic()
        left, last = self._left.pop(caller, (self._most, now))
        left = min(self._most, left + (now - last) * self._most / 60)
        self._left[caller] = (max(left - 1, 0.0) if left >= 1 else left, now)
        if len(self._left) > _CALLERS:
            self._left.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) * 60 / self._most


class Seats:
    """So many questions answered at once, and so many that wait for a seat."""

    def __init__(self, limits: RequestLimits) -> None:
        self._seats = anyio.CapacityLimiter(limits.questions_at_once)
        self._waiting = limits.questions_waiting

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Wait for a seat and hold it. Raises HTTPException where too many wait already."""
        is_full = self._seats.available_tokens <= 0
        if is_full and self._seats.statistics().tasks_waiting >= self._waiting:
            raise HTTPException(429, "too many questions wait already; ask again in a while")
        holder = object()
        await self._seats.acquire_on_behalf_of(holder)
        try:
            yield
        finally:
            self._seats.release_on_behalf_of(holder)


class BoundedBodies:
    """An application whose requests have bodies of so many bytes, sent within so many seconds."""

    def __init__(self, app: ASGIApp, limits: RequestLimits, file_paths: frozenset[str]) -> None:
        self._app = app
        self._limits = limits
        self._file_paths = file_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it by what it declares."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limits = self._limits
        path = scope["path"]
        most = limits.file_bytes if path in self._file_paths else limits.body_bytes
        headers = dict(scope["headers"])
        if headers.get(b"content-encoding", b"identity").lower() != b"identity":
            await refuse(path, 415, "send the body as it is, not compressed")(scope, receive, send)
            return
        declared = headers.get(b"content-length", b"")
        if declared.isdigit() and int(declared) > most:
            await refuse(path, 413, _too_large(most))(scope, receive, send)
            return
        await self._app(scope, _Bounded(receive, most, limits.body_seconds).receive, send)


class _Bounded:
    """A body that is received; an HTTPException is raised where it is too long or too slow."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive = receive
        self._most = most
        self._end = time.monotonic() + seconds
        self._got = 0
        self._is_whole = False

    async def receive(self) -> Message:
        """Return the next message; after the body, whenever it comes."""
        if self._is_whole:
            return await self._receive()
        with anyio.move_on_after(self._end - time.monotonic()):
            message = await self._receive()
            self._got += len(message.get("body", b""))
            if self._got > self._most:
                raise HTTPException(413, _too_large(self._most))
            self._is_whole = not message.get("more_body", False)
            return message
        raise HTTPException(408, "the body came too slowly; send it again")


def _too_large(most: int) -> str:
    return f"the body is too large; send at most {most:,} bytes"
