"""Addresses of runs of evaluation: started, watched, stopped, reported, compared."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Response, UploadFile

from assistant.assistant import Assistant
from assistant.evaluation.comparing import comparison_to_json
from assistant.evaluation.notes import load_notes
from assistant.evaluation.reports.verdict import told_verdict
from assistant.evaluation.summary import summarize
from assistant.serving.access import held_by
from assistant.serving.replies import Replies, Told, refused_with, told_in

_FIRST = Query(max_length=300, description="The run to measure against.")
_SECOND = Query(max_length=300, description="The run that may replace it.")
_FINISHED: Replies = {200: {"description": "The run is finished already."}}
_REPORT = told_in("text/html", "The report.")
_SANDBOX = {"content-security-policy": "sandbox allow-scripts"}  # words of sources are in a report


def run_routes(assistant: Assistant) -> APIRouter:
    """Return the addresses of the runs of an assistant's home."""
    router = APIRouter(tags=["runs of evaluation"], responses=refused_with(404, 409))
    Held = Annotated[Assistant, Depends(held_by(assistant))]  # noqa: N806
    runs = assistant.runs

    @router.get("/runs")
    def list_all() -> Response:
        """List the runs that the home keeps, the one begun last first, and how far each is."""
        return Told({"runs": list(map(asdict, runs.states()))})

    @router.post("/runs", status_code=202, responses=_FINISHED)
    def start(mine: Held, file: UploadFile | None = None) -> Response:
        """Begin a run over a case file, or the shipped cases where none is sent; editors only.

        One that was stopped goes on where the same cases are sent again; one that is finished is
        told as it is, with 200.
        """
        name = (
            mine.start_sent_run(file.filename or "", file.file.read()) if file else mine.start_run()
        )
        state = runs.state(name)
        return Told(asdict(state), 200 if state.state == "finished" else 202)

    @router.get("/runs/compare")
    def compare(a: Annotated[str, _FIRST], b: Annotated[str, _SECOND]) -> Response:
        """Compare two runs as `eval compare --json` does, with the verdict in words (`told`)."""
        if a == b:
            raise HTTPException(422, "a run is compared with another; give two that differ")
        comparison = runs.compare(a, b)
        told = " ".join(filter(None, told_verdict(comparison)))
        return Told(comparison_to_json(comparison) | {"told": told})

    @router.get("/runs/{name}")
    def run(name: str) -> Response:
        """Tell how far a run is, with its figures as `eval report --json` prints them."""
        return Told(_told(name))

    @router.post("/runs/{name}/stop")
    def stop(name: str, mine: Held) -> Response:
        """Stop a run after the cases under way; what is done is kept. Needs the role editor."""
        mine.stop_run(name)
        return Told(asdict(runs.state(name)))

    @router.get("/runs/{name}/report", response_class=Response, responses=_REPORT)
    def report(name: str) -> Response:
        """Return the report of a run, one HTML file that loads nothing."""
        return Response(runs.report(name), media_type="text/html", headers=_SANDBOX)

    def _told(name: str) -> dict[str, Any]:
        opened = runs.open(name)
        told = {"summary": asdict(summarize(opened)), "notes": load_notes(opened.folder)}
        return asdict(runs.state(name)) | told

    return router
