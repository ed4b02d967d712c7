"""A connection of the server: what comes on it is HTTP to the letter, in time, and one of so many.

uvicorn and h11 read more than they should where a proxy before them may read something else
(request smuggling): bare line feeds, folded headers. They wait for a head as long as it takes.
"""

import asyncio
import json
import re
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.serving.refusals import refuse

HEAD_SECONDS = 10.0  # in which the head of a request must come whole
HEAD_BYTES = 32_000
CONNECTIONS = 500
_END_SECONDS = 5.0  # that a body has which nobody reads any more
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_LENIENT = re.compile(rb"(?<!\r)\n|\n[ \t]|\0")
_BAD = "this is no HTTP request as it should be; send it by an ordinary client"
_SLOW = "the request came too slowly; send it again"
_LONG = f"the head of the request is too long; send at most {HEAD_BYTES:,} bytes"


class Connection(H11Protocol):
    """The connection of a client, ended where its requests are not as they must be."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; one connection too many is told so by its answer."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            told = "too many connections at once; ask again in a while"
            self.app = refuse("", 503, told, {"connection": "close"})
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._heed_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, unless it is the head of a request that is not as it must be."""
        if self.conn.their_state is h11.IDLE:
            if self._head_timer is None:
                self._await_head()
            if not self._takes_head(self.conn.trailing_data[0] + data):
                return
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._heed_head()

    def on_response_complete(self) -> None:
        """Go on to the next request, which may have come already."""
        waiting = self.conn.trailing_data[0]
        if self.cycle.more_body:  # it was refused by its head
            self.loop.call_later(_END_SECONDS, self._end_if_sending)
        elif waiting and not self._takes_head(waiting):
            return
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - ours says what to do
        """Refuse what is no request."""
        self._end_with(400, _BAD)

    def _end_if_sending(self) -> None:
        if self.conn.their_state is h11.SEND_BODY and self.cycle.response_complete:
            self.transport.close()

    def _takes_head(self, came: bytes) -> bool:
        """Tell whether the head that begins what came may be read; end the connection if not."""
        end = _END_OF_HEAD.search(came)
        head = came[: end.end()] if end else came
        if len(head) > HEAD_BYTES:
            self._end_with(431, _LONG)
        elif _LENIENT.search(head):
            self._end_with(400, _BAD)
        else:
            return True
        return False

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._end_with, 408, _SLOW)

    def _heed_head(self) -> None:
        if self._head_timer:
            self._head_timer.cancel()
            self._head_timer = None

    def _end_with(self, status: int, error: str) -> None:
        """End the connection with an error, where no answer has begun."""
        self._heed_head()
        if self.transport.is_closing():
            return
        body = json.dumps({"error": error}).encode()
        head = (
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()
