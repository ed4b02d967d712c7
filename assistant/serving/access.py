"""Who may do what: by the address that is served, the token that is sent, the page that asks."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.assistant import Assistant
from assistant.errors import ProviderError, ServingError, SignInError
from assistant.people import Person, Provider, Role
from assistant.serving.refusals import refuse
from assistant.serving.request_limits import RateLimiter
from assistant.serving.tokens import TokenBook

OPEN_PATHS = frozenset(("/api/v1/health", "/api/v1/ready"))  # for what watches the server
SOURCES_PATH = "/api/v1/sources"
RUNS_PATH = "/api/v1/runs"
WEB_PATH = "/api/v1/web"
_CHANGING = frozenset(("PUT", "PATCH", "DELETE"))
_ENDING = {"connection": "close"}  # what follows may be meant as another request
_LOCAL = Person("", "local", "editor")
_SEND_TOKEN = "send a valid token: Authorization: Bearer TOKEN"
_DOTS = 2  # in a signed token of a provider
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Access:
    """Whom a server lets in: all who come by loopback, or who has one of the `tokens`.

    Where people sign in a token of the `provider` does as well, and each sees what is his own.
    `hosts` are the names by which it may be called, any where there are none: a page of another
    site can have its own name lead to loopback. `origins` are pages of other sites that may ask.
    """

    tokens: TokenBook | None = None
    hosts: tuple[str, ...] = _LOOPBACK_NAMES
    origins: tuple[str, ...] = ()
    provider: Provider | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody needs a token."""
        return self.tokens is None and self.provider is None


def held_by(assistant: Assistant) -> Callable[[Request], Awaitable[Assistant]]:
    """Return what gives a route the assistant as the person who asks holds it."""

    async def hold(request: Request) -> Assistant:
        return assistant.of(request.state.person)

    return hold


def needed_role(method: str, path: str) -> Role:
    """Return who may ask for something: only an editor what changes the sources or begins a run."""
    is_below = path.startswith((f"{RUNS_PATH}/", f"{WEB_PATH}/"))
    is_posted = method == "POST" and (is_below or path.rstrip("/") in (SOURCES_PATH, RUNS_PATH))
    return "editor" if is_posted or method in _CHANGING else "reader"


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
        app = await self._refusal(scope, headers) or self._app
        await app(scope, receive, send)

    async def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> ASGIApp | None:
        """Return what refuses a request, None where it may be served, for a person."""
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
        person, why = None, _SEND_TOKEN
        try:
            person = await self._person(headers)
        except SignInError as error:
            why = str(error)
        except (ServingError, ProviderError) as error:
            return refuse(path, 503, str(error))
        address = (scope.get("client") or ("",))[0]
        wait = self._rate.seconds_to_wait(
            f"person {person.id or person.name}"
            if person and not access.is_open
            else f"address {address}"
        )
        if wait:
            told = {"retry-after": str(int(wait) + 1)}
            return refuse(path, 429, "too many requests; wait and ask again", told)
        if path in OPEN_PATHS:
            return None
        if person is None:
            told = {"www-authenticate": "Bearer"}
            return refuse(path, 401, why, told)
        if not person.is_editor and needed_role(scope["method"], path) == "editor":
            return refuse(path, 403, "only an editor may change sources or runs")
        scope.setdefault("state", {})["person"] = person
        return None

    async def _person(self, headers: Mapping[str, str]) -> Person | None:
        """Return who asks, None where no token is sent that is known.

        Raises SignInError for a token of the provider that does not count.
        """
        tokens, provider = self._access.tokens, self._access.provider
        if self._access.is_open:
            return _LOCAL
        kind, _, secret = headers.get("authorization", "").partition(" ")
        secret = secret.strip()
        if kind.lower() != "bearer":
            return None
        if tokens and (token := tokens.find(secret)):
            return Person(f"token {token.name}" if provider else "", token.name, token.role)
        if provider and secret.count(".") == _DOTS:
            return await run_sync(provider.person_of, secret)
        return None


def _name_of(host: str) -> str:
    """Return the name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_own(origin: str, scope: Scope, host: str) -> bool:
    """Tell whether a page of this very server asks."""
    return origin == f"{scope['scheme']}://{host}"
