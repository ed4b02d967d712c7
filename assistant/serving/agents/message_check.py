"""What agents send is one JSON-RPC message, or is refused in one line before the SDK reads it."""

import json
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.serving.replies import Told

_NO_JSON, _NO_MESSAGE = -32700, -32600  # the codes of JSON-RPC 2.0
_PARTS = ("method", "result", "error")  # of which a message has one
_TYPE = "send the message with the header Content-Type: application/json"
_WHAT = 'send one JSON-RPC message: {"jsonrpc": "2.0", "id": 1, "method": "...", "params": {...}}'


class OneMessage:
    """An application that is sent one JSON-RPC message by each POST."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a message on, or say in one line what is wrong with it."""
        if scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        body = await request.body()
        if refusal := _refusal(request.headers.get("content-type", ""), body):
            await refusal(scope, receive, send)
            return
        is_told = False

        async def again() -> Message:
            nonlocal is_told
            if is_told:
                return await receive()
            is_told = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, again, send)


def _refusal(content_type: str, body: bytes) -> Told | None:
    """Return what refuses a body, None where it is a message."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        return _told(_NO_MESSAGE, _TYPE)
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        return _told(_NO_JSON, f"what was sent is no JSON ({error}); correct it")
    return None if _is_message(sent) else _told(_NO_MESSAGE, _WHAT)


def _is_message(sent: Any) -> bool:
    if not isinstance(sent, dict) or sent.get("jsonrpc") != "2.0":
        return False
    return isinstance(sent["method"], str) if "method" in sent else any(p in sent for p in _PARTS)


def _told(code: int, message: str) -> Told:
    told = {"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": message}}
    return Told(told, 400)
