"""The gate before the app where people sign in: content is given to who is signed in, alone.

What Streamlit serves of its own (scripts and styles, health, the way to sign in) stays open, and so
does the connection over which the script draws the screen for signing in.
"""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from assistant.errors import SignInError
from assistant.people import SignIn, good_until, person_of

SCRIPT_PATH = "/_stcore/stream"
_PAGES = Path(__file__).with_name("app_pages")
OPEN_PATHS = frozenset(
    (
        *("/", "/_stcore/health", "/_stcore/host-config", "/favicon.png", "/manifest.json"),
        *("/auth/login", "/auth/logout", "/oauth2callback"),
        *(f"/{page.stem}" for page in _PAGES.glob("*.py")),  # the same empty page for each
    )
)
_OPEN_FOLDER = "/static/"
_READING = ("GET", "HEAD")
_TRY_AGAIN_LATER = 1012  # a code of RFC 6455 after which Streamlit's page connects anew
_PROTOCOLS = b"sec-websocket-protocol"  # by which a page names its session, third
_DRAW = BackMsg(rerun_script=ClientState()).SerializeToString()


class Gate:
    """An application that lets nobody through to content who is not signed in."""

    def __init__(self, app: ASGIApp, sign_in: SignIn, cookie_secret: str) -> None:
        self._app = app
        self._sign_in = sign_in
        self._cookie_secret = cookie_secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it before any of its body is read."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        until = self._good_until(scope)
        if scope["type"] == "websocket" and scope["path"] == SCRIPT_PATH:
            if until:
                await self._app(scope, _ending(until, receive, send), send)
            else:
                await self._app(*_anew(scope, receive), send)
        elif until or _is_open(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        else:
            await PlainTextResponse("sign in first", 401)(scope, receive, send)

    def _good_until(self, scope: Scope) -> float:
        """Return until when who asks is signed in, 0 where he is not."""
        now = time.time()
        try:
            claims = self._claims(HTTPConnection(scope).cookies)
            person_of(claims, self._sign_in, now)
            return good_until(claims, self._sign_in)
        except SignInError:
            return 0.0

    def _claims(self, cookies: Mapping[str, str]) -> dict[str, Any]:
        """Return the claims in the cookie that Streamlit has signed for this app, else none."""

        def unsigned(name: str) -> bytes | None:
            return decode_signed_value(self._cookie_secret, name, cookies.get(name, ""))

        try:
            told = json.loads(get_cookie_with_chunks(unsigned, USER_COOKIE_NAME) or b"{}")
        except ValueError:
            return {}
        is_ours = isinstance(told, dict) and told.get("origin") == self._sign_in.address
        return told if is_ours and told.get("is_logged_in") is True else {}


def _is_open(scope: Scope) -> bool:
    """Tell whether a request is for what Streamlit serves of its own."""
    if scope["type"] != "http" or scope["method"] not in _READING:
        return False
    path: str = scope["path"]
    return path in OPEN_PATHS or (path.startswith(_OPEN_FOLDER) and ".." not in path)


def _ending(until: float, receive: Receive, send: Send) -> Receive:
    """Return what hears a browser until its sign-in is too old; then it must connect anew."""

    async def hear() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and time.time() >= until:
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return {"type": "websocket.disconnect", "code": _TRY_AGAIN_LATER}
        return message

    return hear


def _anew(scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
    """Return a connection that goes on with no session.

    A page that names one waits for nothing: the script is asked to draw it first.
    """
    named = b"".join(value for name, value in scope["headers"] if name == _PROTOCOLS).split(b",")
    headers = [
        (name, b",".join(named[:2]) if name == _PROTOCOLS else value)
        for name, value in scope["headers"]
    ]
    if len(named) < 3:
        return {**scope, "headers": headers}, receive
    asked = iter((None, _DRAW))  # after the first message, which opens the connection

    async def hear() -> Message:
        if drawing := next(asked, None):
            return {"type": "websocket.receive", "bytes": drawing}
        return await receive()

    return {**scope, "headers": headers}, hear
