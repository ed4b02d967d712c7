"""The screens of evaluation over a home with runs and drafts, for AppTest and for a browser."""

import json
from collections.abc import Sequence
from pathlib import Path

from fake_assistant import MCS_2026 as SOURCE
from fake_assistant import FakeAssistant, evidence
from streamlit.testing.v1 import AppTest

import ui.resources
from assistant.evaluation.loading.case_files import write_cases
from assistant.evaluation.results import (
    CASES_FILE,
    RUN_FILE,
    CaseResult,
    Run,
    write_json,
    write_results,
)
from assistant.settings import Settings
from index.passage import Evidence

APP = Path(ui.resources.__file__).with_name("app.py")


class EvaluatingAssistant(FakeAssistant):
    """A fake assistant with a home, which finds the same page for every question."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.settings = Settings(home)
        self.searched: list[str] = []

    def search(self, question: str, limit: int = 10) -> tuple[Evidence, ...]:
        self.searched.append(question)
        return (evidence(SOURCE, 2),)[:limit]


def store_run(run: Run, started: str = "", results: Sequence[CaseResult] | None = None) -> Run:
    """Write a run into its folder; return it."""
    run.folder.mkdir(parents=True, exist_ok=True)
    write_cases(run.folder / CASES_FILE, run.cases)
    record = dict(run.record) | ({"started": started} if started else {})
    write_json(run.folder / RUN_FILE, record)
    write_results(run.folder, run.results if results is None else results)
    return run


def reviews(path: Path) -> dict[str, str]:
    """Return the states of the drafts of a file by their ids."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {record["id"]: record["review"]["state"] for record in records}


def open_page(name: str) -> AppTest:
    """Return the application at one of its pages."""
    at = AppTest.from_file(str(APP), default_timeout=30).run()
    return at.switch_page(f"app_pages/{name}.py").run()


def html(at: AppTest) -> str:
    """Return our own HTML of the page."""
    return "\n".join(element.value for element in at.main.get("html"))
