"""The gate before the app: who is not signed in gets what Streamlit serves of its own, alone."""

import asyncio
import json
import time
from contextlib import suppress
from typing import Any
from unittest.mock import MagicMock

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from assistant.people import SignIn
from ui.gate import OPEN_PATHS, SCRIPT_PATH, Gate

SECRET = "a secret of more than thirty-two signs"
SIGN_IN = SignIn(
    "https://login.example.org/.well-known/openid-configuration",
    "rare-earth",
    "https://desk.example.org",
    readers=("ben@example.org",),
)
CONTENT = ("/media/abc.png", "/_stcore/upload_file/1/2", "/_stcore/agent/mcp", "/nothing", "/a/b")


async def content(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve the content of whatever is asked for; over a socket what it hears and its protocols."""
    if scope["type"] == "http":
        await PlainTextResponse(f"content of {Request(scope).url.path}")(scope, receive, send)
        return
    socket = WebSocket(scope, receive, send)
    await socket.accept()
    await socket.send_text(socket.headers.get("sec-websocket-protocol", ""))
    with suppress(WebSocketDisconnect):
        while True:
            message = BackMsg.FromString(await socket.receive_bytes())
            await socket.send_text(f"heard {message.WhichOneof('type')}")


def claims(**changed: Any) -> dict[str, Any]:
    told = {
        "iss": "https://login.example.org",
        "sub": "2",
        "aud": "rare-earth",
        "iat": time.time() - 60,
        "email": "ben@example.org",
        "origin": "https://desk.example.org",
        "is_logged_in": True,
    }
    return told | changed


def client(told: object = None, secret: str = SECRET) -> TestClient:
    """Return a client whose cookie tells claims, without a cookie for None."""
    app = Gate(content, SIGN_IN, SECRET)
    cookies = {}
    if told is not None:
        signed = create_signed_value(secret, USER_COOKIE_NAME, json.dumps(told))
        cookies = {USER_COOKIE_NAME: signed.decode()}
    return TestClient(app, cookies=cookies)


def test_every_route_of_streamlit_is_refused_but_those_of_its_own() -> None:
    asked = set()
    for route in create_streamlit_routes(MagicMock()):
        if isinstance(route, Mount) or not hasattr(route, "methods"):
            continue
        path = route.path.replace("{file_id:path}", "a.png").replace("{path:path}", "a")
        path = path.replace("{session_id}", "1").replace("{file_id}", "2")
        asked |= {(method, path) for method in route.methods}
    assert {"/media/a.png", "/_stcore/upload_file/1/2"} <= {path for _, path in asked}
    asked |= {(method, path) for path in CONTENT for method in ("GET", "POST", "PUT", "DELETE")}
    for method, path in asked:
        is_open = path in OPEN_PATHS and method in ("GET", "HEAD")
        response = client().request(method, path)
        assert response.status_code == (200 if is_open else 401), (method, path)
        if not is_open:
            assert response.text in ("sign in first", "")


@pytest.mark.parametrize("path", ["/", "/figures", "/static/js/index.js", "/_stcore/health"])
def test_what_draws_the_screen_for_signing_in_is_open(path: str) -> None:
    assert client().get(path).status_code == 200
    assert client().post(path).status_code == 401


@pytest.mark.parametrize(
    "path", ["/static/../media/a.png", "//media/a.png", "/media/", "/ask/", "/Static/a.js"]
)
def test_no_other_spelling_leads_to_content(path: str) -> None:
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    statuses = []

    async def hear(message: Message) -> None:
        statuses.append(message.get("status"))

    asyncio.run(Gate(content, SIGN_IN, SECRET)(scope, MagicMock(), hear))
    assert statuses[0] == 401


def test_who_is_signed_in_gets_everything() -> None:
    for path in CONTENT:
        assert client(claims()).get(path).text == f"content of {path}"


@pytest.mark.parametrize(
    "told",
    [
        claims(iat=time.time() - 13 * 3600),
        claims(email="eve@example.org"),
        claims(origin="https://other.example.org"),
        claims(is_logged_in=False),
        claims(aud="another"),
        {},
        [],
        "text",
    ],
    ids=range(8),
)
def test_a_cookie_that_lets_nobody_in_counts_as_none(told: object) -> None:
    assert client(told).get("/media/a.png").status_code == 401


def test_a_cookie_that_another_secret_has_signed_or_that_is_changed_counts_as_none() -> None:
    elsewhere = client(claims(), "another secret of more than thirty-two")
    assert elsewhere.get("/nothing").status_code == 401
    signed = client(claims())
    value = signed.cookies[USER_COOKIE_NAME]
    for forged in (value[:-2] + "AA", "x" + value, "", "chunks-2", json.dumps(claims())):
        changed = TestClient(Gate(content, SIGN_IN, SECRET), cookies={USER_COOKIE_NAME: forged})
        assert changed.get("/media/a.png").status_code == 401


def test_who_is_not_signed_in_goes_on_with_no_session_of_another() -> None:
    protocols = ["streamlit", "xsrf", "session"]
    with client(claims()).websocket_connect(SCRIPT_PATH, subprotocols=protocols) as socket:
        assert named(socket.receive_text()) == protocols
    with client().websocket_connect(SCRIPT_PATH, subprotocols=protocols) as socket:
        assert named(socket.receive_text()) == protocols[:2]
        assert socket.receive_text().startswith("heard rerun_script"), "what it shows is drawn anew"
        socket.send_bytes(BackMsg(stop_script=True).SerializeToString())
        assert socket.receive_text().startswith("heard stop_script")


def named(header: str) -> list[str]:
    return [part.strip() for part in header.split(",")]


def test_no_other_connection_is_open() -> None:
    with (
        pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
        client().websocket_connect("/_stcore/other") as socket,
    ):
        socket.receive_text()


def test_a_connection_ends_at_the_first_click_after_the_sign_in_is_too_old(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with client(claims()).websocket_connect(SCRIPT_PATH) as socket:
        socket.receive_text()
        click = BackMsg(stop_script=True).SerializeToString()
        socket.send_bytes(click)
        assert socket.receive_text() == "heard stop_script"
        later = time.time() + 13 * 3600
        monkeypatch.setattr("ui.gate.time.time", lambda: later)
        socket.send_bytes(click)
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_text()
        assert ended.value.code == 1012
