"""Watches the requests of a server: each a span, a count and, where wanted, a line of the log."""

import time

from opentelemetry.trace import format_trace_id
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.observing import step
from assistant.serving.monitoring.figures import Figures
from assistant.serving.monitoring.log_lines import log_request

_NOWHERE = "none"  # the route of a request that none takes


class RequestWatch:
    """An application whose requests are counted and timed by the pattern of their address.

    Neither parameters nor bodies are looked at.
    """

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, and tell of it when it has ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), _Status()
        with step("request") as span:
            try:
                await self._app(scope, receive, status.seen(send))
            finally:
                seconds = time.perf_counter() - started
                method, route = scope["method"], _route_of(scope)
                told = {"method": method, "route": route, "status": status.code}
                span.set_attributes(told)
                trace = format_trace_id(span.get_span_context().trace_id)
                who = scope.get("state", {}).get("person")
                by = {"who": who.name} if who else {}
                log_request({**told, "seconds": round(seconds, 4), "trace": trace, **by})
                self._figures.count_request(method, route, status.code, seconds)


class _Status:
    """The status that a response begins with; 500 for one that never begins."""

    def __init__(self) -> None:
        self.code = 500

    def seen(self, send: Send) -> Send:
        """Return what sends messages and sees the status among them."""

        async def see(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.code = message["status"]
            await send(message)

        return see


def _route_of(scope: Scope) -> str:
    """Return the pattern of the address that took a request, without its parameters.

    A route knows its part of the path alone; what is before it is of the routers above.
    """
    route: BaseRoute | None = scope.get("route")
    own = str(getattr(route, "path", "")).split("/")[1:]
    if not own:
        return _NOWHERE
    above = scope["path"].split("/")
    return "/".join((*above[: len(above) - len(own)], *own))
