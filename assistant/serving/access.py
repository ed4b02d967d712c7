"""Who may do what: by the address that is served, the token that is sent, the page that asks.

What is changed is written down, a line of JSON in HOME/audit.jsonl.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import ServingError
from assistant.people import Role
from assistant.serving.refusals import refuse
from assistant.serving.request_limits import RateLimiter
from assistant.serving.tokens import TokenBook

AUDIT_FILE = "audit.jsonl"
Action = Literal["added", "removed", "started", "stopped"]
OPEN_PATHS = frozenset(("/api/v1/health",))  # for those who watch whether the server is there
SOURCES_PATH = "/api/v1/sources"
RUNS_PATH = "/api/v1/runs"
_CHANGING = frozenset(("PUT", "PATCH", "DELETE"))
_ENDING = {"connection": "close"}  # what follows may be meant as another request
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Access:
    """Whom a server lets in: all who come by loopback, or who has one of the `tokens`.

    `hosts` are the names by which it may be called, any where there are none: a page of another
    site can have its own name lead to loopback. `origins` are pages of other sites that may ask.
    """

    tokens: TokenBook | None = None
    hosts: tuple[str, ...] = _LOOPBACK_NAMES
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the name and role of the token, "local" where none is needed."""

    name: str
    role: Role


def needed_role(method: str, path: str) -> Role:
    """Return who may ask for something: only an editor what changes the sources or begins a run."""
    is_run = path.startswith(f"{RUNS_PATH}/")
    is_posted = method == "POST" and (is_run or path.rstrip("/") in (SOURCES_PATH, RUNS_PATH))
    return "editor" if is_posted or method in _CHANGING else "reader"


def audit(
    home: Path, caller: str, action: Action, kind: Literal["source", "run"], name: str
) -> None:
    """Write down what a caller, by the name of the token, has done to a source or a run."""
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = json.dumps({"time": time, "token": caller, "action": action, kind: name})
    with (home / AUDIT_FILE).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


class Guard:
    """An application that serves only who may ask, and only so often."""

    def __init__(self, app: ASGIApp, access: Access, rate: RateLimiter) -> None:
        self._app = app
        self._access = access
        self._rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or refuse it, before any of its body is read."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        app = self._refusal(scope, headers) or self._app
        await app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> ASGIApp | None:
        """Return what refuses a request, None where it may be served; it then has its caller."""
        access, path = self._access, scope["path"]
        if "content-length" in headers and "transfer-encoding" in headers:
            return refuse(path, 400, "send Content-Length or Transfer-Encoding, not both", _ENDING)
        host = headers.get("host", "")
        if access.hosts and _name_of(host) not in access.hosts:
            return refuse(path, 421, f"the server is not called so; ask for {access.hosts[0]}")
        origin = headers.get("origin")
        if origin is not None and origin not in access.origins and not _is_own(origin, scope, host):
            return refuse(
                path, 403, "pages of other sites may not ask; see rare-earth serve --help"
            )
        try:
            caller = self._caller(headers)
        except ServingError as error:
            return refuse(path, 503, str(error))
        address = (scope.get("client") or ("",))[0]
        wait = self._rate.seconds_to_wait(
            f"token {caller.name}" if caller and access.tokens else f"address {address}"
        )
        if wait:
            told = {"retry-after": str(int(wait) + 1)}
            return refuse(path, 429, "too many requests; wait and ask again", told)
        if path in OPEN_PATHS:
            return None
        if caller is None:
            told = {"www-authenticate": "Bearer"}
            return refuse(path, 401, "send a valid token: Authorization: Bearer TOKEN", told)
        if caller.role != "editor" and needed_role(scope["method"], path) == "editor":
            return refuse(path, 403, "only a token with the role editor may change sources or runs")
        scope.setdefault("state", {})["caller"] = caller
        return None

    def _caller(self, headers: Mapping[str, str]) -> Caller | None:
        if self._access.tokens is None:
            return Caller("local", "editor")
        kind, _, secret = headers.get("authorization", "").partition(" ")
        token = self._access.tokens.find(secret.strip()) if kind.lower() == "bearer" else None
        return Caller(token.name, token.role) if token else None


def _name_of(host: str) -> str:
    """Return the name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_own(origin: str, scope: Scope, host: str) -> bool:
    """Tell whether a page of this very server asks."""
    return origin == f"{scope['scheme']}://{host}"
