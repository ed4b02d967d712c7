"""Addresses for what watches the server: whether it is there, whether it is ready, its figures."""

from fastapi import APIRouter, Response

from assistant.serving.monitoring.figures import FIGURES_TYPE, Figures
from assistant.serving.monitoring.readiness import Readiness
from assistant.serving.replies import Replies, Told, told_in

_NOT_READY: Replies = {503: {"description": "Models are being loaded, or the home is not usable."}}
_FIGURES = told_in("text/plain", "The figures.")


def monitoring_routes(readiness: Readiness) -> APIRouter:
    """Return the addresses that need no token and tell nothing else."""
    router = APIRouter(tags=["monitoring"])

    @router.get("/health")
    def health() -> Response:
        """Tell that the server is there; needs no token."""
        return Told({"status": "ok"})

    @router.get("/ready", responses=_NOT_READY)
    def ready() -> Response:
        """Tell whether questions may be sent, with 503 where not yet; needs no token."""
        is_ready = readiness.is_ready()
        return Told({"status": "ready" if is_ready else "waiting"}, 200 if is_ready else 503)

    return router


def figure_routes(figures: Figures) -> APIRouter:
    """Return the address of the figures of this process."""
    router = APIRouter(tags=["monitoring"])

    @router.get("/metrics", responses=_FIGURES)
    def metrics() -> Response:
        """Tell requests, answers, steps and memory in the text format of Prometheus."""
        return Response(figures.text(), media_type=FIGURES_TYPE)

    return router
