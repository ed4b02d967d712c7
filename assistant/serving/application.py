"""The application before a home: its addresses, behind what bounds and guards them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event

from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.security import HTTPBearer
from starlette.routing import Route

from assistant.assistant import Assistant
from assistant.observing import flush_traces, hear_steps
from assistant.serving.access import RUNS_PATH, SOURCES_PATH, Access, Guard
from assistant.serving.agents.mcp_tools import agent_application
from assistant.serving.agents.message_check import OneMessage
from assistant.serving.asking_routes import asking_routes
from assistant.serving.completions import completion_routes
from assistant.serving.monitoring.figures import Figures
from assistant.serving.monitoring.monitoring_routes import figure_routes, monitoring_routes
from assistant.serving.monitoring.readiness import Readiness
from assistant.serving.monitoring.request_watch import RequestWatch
from assistant.serving.refusals import tell_errors
from assistant.serving.replies import OPENAI_REFUSALS, REFUSALS
from assistant.serving.request_limits import BoundedBodies, RateLimiter, RequestLimits, Seats
from assistant.serving.run_routes import run_routes
from assistant.serving.source_routes import source_routes, web_routes

API_PATH = "/api/v1"
AGENTS_PATH = "/mcp"
_FILE_PATHS = frozenset((SOURCES_PATH, RUNS_PATH, f"{API_PATH}/check/file"))
_ABOUT = (
    "Answers about rare earths from the sources of one home, each sentence with its source, page "
    'and exact words. Errors are {"error": "..."}, one line that says what to do.'
)


_TOKEN = [  # for the description alone: the guard before the application holds tokens
    Depends(HTTPBearer(auto_error=False, description="Needed unless the server is on loopback."))
]


def make_application(assistant: Assistant, access: Access, limits: RequestLimits) -> FastAPI:
    """Return what serves an assistant to whom `access` lets in, within limits."""
    agents = agent_application(assistant, AGENTS_PATH)
    figures, readiness = Figures(assistant), Readiness(assistant)
    ending = Event()

    @asynccontextmanager
    async def meanwhile(_: FastAPI) -> AsyncIterator[None]:
        hear_steps(figures)
        with readiness.loading():
            async with agents.router.lifespan_context(agents):
                yield
        ending.set()
        flush_traces()

    app = FastAPI(
        title="rare-earth-assistant",
        version="1",
        description=_ABOUT,
        openapi_url=f"{API_PATH}/openapi.json",
        docs_url=None,  # its page would load scripts from the network
        redoc_url=None,
        redirect_slashes=False,
        lifespan=meanwhile,
    )
    seats = Seats(limits)
    app.include_router(monitoring_routes(readiness), prefix=API_PATH)
    app.include_router(figure_routes(figures), responses=REFUSALS, dependencies=_TOKEN)
    for router in (
        asking_routes(assistant, seats),
        source_routes(assistant),
        web_routes(assistant, ending),
        run_routes(assistant),
    ):
        app.include_router(router, prefix=API_PATH, responses=REFUSALS, dependencies=_TOKEN)
    openai = completion_routes(assistant, seats)
    app.include_router(openai, prefix="/v1", responses=OPENAI_REFUSALS, dependencies=_TOKEN)
    app.router.routes.append(Route(AGENTS_PATH, OneMessage(agents)))
    tell_errors(app)
    app.add_middleware(BoundedBodies, limits=limits, file_paths=_FILE_PATHS)
    app.add_middleware(Guard, access=access, rate=RateLimiter(limits.requests_a_minute))
    if access.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=access.origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
        )
    app.add_middleware(RequestWatch, figures=figures)
    return app
