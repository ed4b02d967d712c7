"""A small home for the tests of the server, and the client that asks the application over it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from assistants import open_assistant
from fakes import HashingEmbedder, write_files, write_pdf
from fastapi.testclient import TestClient

from assistant.assistant import Assistant
from assistant.evaluation.running.asking import Answerer
from assistant.evaluation.running.preparing import Evaluated, several_answerers
from assistant.evaluation.running.runs import EvaluationRuns
from assistant.serving.access import Access
from assistant.serving.application import make_application
from assistant.serving.request_limits import RequestLimits

MINES = {
    "mines.md": (
        "# Mines of the world\n\n"
        "Mount Weld in Australia produced 12,500 t of REO in 2024. "
        "The Serra Verde mine in Brazil produced 300 t of REO in 2024.\n"
    ),
    "prices.md": "# Prices\n\nDysprosium oxide cost $239/kg in June 2025.\n",
}
QUESTION = "How much REO did Mount Weld produce in 2024?"
ROOMY = RequestLimits(requests_a_minute=100_000)
BASE = "http://127.0.0.1:8600"


def open_small_home(folder: Path) -> Assistant:
    """Open a home with two Markdown files and a PDF of one page."""
    files = write_files(folder / "files", MINES)
    write_pdf(files / "report.pdf", [["Annual report", "Nolans will produce 4,440 t of NdPr."]])
    assistant = open_assistant(folder / "home", HashingEmbedder(), files)[0]
    assistant.runs = EvaluationRuns(assistant, in_this_process)
    return assistant


def in_this_process(assistant: Evaluated) -> AbstractContextManager[Sequence[Answerer]]:
    """Open what answers cases with the embedder that no other process knows."""
    return several_answerers(assistant, 1, 60.0)


def client_of(
    assistant: Assistant, access: Access = Access(), limits: RequestLimits = ROOMY
) -> TestClient:
    """Return a client of the application; what fails in it is an answer, as over the network."""
    app = make_application(assistant, access, limits)
    return TestClient(app, base_url=BASE, raise_server_exceptions=False)


def routes(assistant: Assistant) -> list[tuple[str, str]]:
    """Return all methods with addresses that the application has, its description too."""
    app = make_application(assistant, Access(), ROOMY)
    told = app.openapi()["paths"]
    found = [(method.upper(), path) for path, methods in told.items() for method in methods]
    return [*found, ("GET", "/api/v1/openapi.json"), ("GET", "/nothing"), ("PUT", "/nothing")]
