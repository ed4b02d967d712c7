"""Runs over the addresses of the server: started, watched, stopped, reported, compared, audited."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluation_runs import CASES, HOSTILE, run_in
from evaluation_screens import store_run
from fastapi.testclient import TestClient
from filelock import FileLock
from served import QUESTION, client_of, open_small_home

from assistant.assistant import Assistant
from assistant.evaluation.notes import note_case

CASE = {"id": "a", "question": QUESTION, "answer": "12,500 t", "must_include": [["12,500"]]}
LINE = f"{json.dumps(CASE)}\n".encode()


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    opened = open_small_home(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def client(assistant: Assistant) -> TestClient:
    return client_of(assistant)


def start(client: TestClient, name: str) -> str:
    """Start a run over one case; return its name once it is finished."""
    response = client.post("/api/v1/runs", files={"file": (name, LINE)})
    assert response.status_code == 202, response.text
    run = response.json()["name"]
    for _ in range(300):
        if client.get(f"/api/v1/runs/{run}").json()["state"] == "finished":
            return str(run)
        time.sleep(0.1)
    pytest.fail("the run does not end")


def audited(assistant: Assistant) -> list[tuple[str, str]]:
    lines = (assistant.settings.home / "audit.jsonl").read_text().splitlines()
    return [(one["action"], one["run"]) for one in map(json.loads, lines)]


def test_a_run_is_started_watched_reported_and_audited(
    assistant: Assistant, client: TestClient
) -> None:
    name = start(client, "cases.jsonl")
    note_case(assistant.runs.folder / name, "a", "means 2023")
    told = client.get(f"/api/v1/runs/{name}").json()
    assert (told["name"], told["done"], told["cases"], told["error"]) == (name, 1, 1, "")
    assert told["summary"]["overall"]["cases"] == 1
    assert told["notes"] == {"a": "means 2023"}
    (listed,) = client.get("/api/v1/runs").json()["runs"]
    assert (listed["name"], listed["state"]) == (name, "finished")
    report = client.get(f"/api/v1/runs/{name}/report")
    assert report.headers["content-type"].startswith("text/html")
    assert report.headers["content-security-policy"] == "sandbox allow-scripts"
    assert "12,500" in report.text
    again = client.post("/api/v1/runs", files={"file": ("cases.jsonl", LINE)})
    state = {field: told[field] for field in again.json()}
    assert (again.status_code, again.json()) == (200, state)
    assert audited(assistant) == [("started", name)]


def test_the_shipped_cases_are_run_where_none_are_sent_and_stopped(
    assistant: Assistant, client: TestClient
) -> None:
    started = client.post("/api/v1/runs")
    assert started.status_code == 202, started.text
    name = started.json()["name"]
    assert name.startswith("shipped-")
    assert started.json()["cases"] > 100
    other = client.post("/api/v1/runs", files={"file": ("cases.jsonl", LINE)})
    assert (other.status_code, f"the run {name} is under way" in other.text) == (409, True)
    stopped = client.post(f"/api/v1/runs/{name}/stop")
    assert stopped.json()["state"] in ("stopping", "stopped")
    assistant.runs.close()
    assert client.get(f"/api/v1/runs/{name}").json()["state"] == "stopped"
    assert audited(assistant) == [("started", name), ("stopped", name)]


def test_two_runs_are_compared_in_words_and_figures(client: TestClient) -> None:
    first, second = start(client, "first.jsonl"), start(client, "second.jsonl")
    told = client.get("/api/v1/runs/compare", params={"a": first, "b": second}).json()
    assert (told["shared"], told["verdict"]) == (1, "too few cases to tell")
    assert told["told"] == (
        "Too few cases to tell. Of 1 case with a known answer 1 were answered right before and "
        "1 are now."
    )
    itself = client.get("/api/v1/runs/compare", params={"a": first, "b": first})
    assert (itself.status_code, "give two" in itself.json()["error"]) == (422, True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cases.jsonl", b'{"id": "a"}'),
        ("cases.exe", LINE),
        ("../cases.jsonl", LINE),
        ("cases.xlsx", b"PK"),
        ("cases.json", b"[" * 100_000),
    ],
)
def test_a_bad_case_file_is_refused(client: TestClient, name: str, content: bytes) -> None:
    response = client.post("/api/v1/runs", files={"file": (name, content)})
    assert response.status_code == 422
    assert "tmp" not in response.json()["error"]
    assert client.get("/api/v1/runs").json() == {"runs": []}


@pytest.mark.parametrize("address", ["nosuch", "..", "nosuch/report", "compare?a=x&b=y"])
def test_a_run_that_is_not_there_is_told(client: TestClient, address: str) -> None:
    response = client.get(f"/api/v1/runs/{address}")
    assert response.status_code == 404
    assert list(response.json()) == ["error"]
    assert client.post("/api/v1/runs/nosuch/stop").status_code == 404


def test_hostile_words_of_a_run_are_data(assistant: Assistant, client: TestClient) -> None:
    store_run(run_in(assistant.runs.folder / "hostile", CASES))
    assert HOSTILE[:30] not in client.get("/api/v1/runs/hostile/report").text


def test_a_run_under_way_elsewhere_is_seen(assistant: Assistant, client: TestClient) -> None:
    name = start(client, "cases.jsonl")
    with FileLock(assistant.runs.folder / name / "run.lock"):
        assert client.get(f"/api/v1/runs/{name}").json()["state"] == "running"
