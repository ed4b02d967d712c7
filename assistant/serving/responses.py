"""How values are told to other programs: as JSON, or line by line while they are made."""

import json
from collections.abc import Generator
from typing import Any

from fastapi import Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

WAITING = ": waiting\n\n"  # a comment between events, by which is seen whether somebody listens


class Told(Response):
    """A value as JSON; what is no text (half a surrogate pair) stands as an escape."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return the bytes of a value."""
        return json.dumps(content).encode()


class ToldInParts(StreamingResponse):
    """What is told while it is made; the making is ended where nobody listens any more."""

    def __init__(self, parts: Generator[str], media_type: str) -> None:
        super().__init__(parts, media_type=media_type)
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send all parts."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._parts.close()
