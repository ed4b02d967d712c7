"""An answer heard while it is made; who goes away stops it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from paced_assistant import QUESTION, SENTENCES, WRITTEN, PacedAssistant, allow
from served import ROOMY, client_of

from assistant.serving.access import Access
from assistant.serving.answer_events import Doing, hear_events
from assistant.serving.application import make_application
from assistant.serving.request_limits import RequestLimits

WAIT_SECONDS = 10.0


@contextmanager
def served(assistant: PacedAssistant, limits: RequestLimits = ROOMY) -> Iterator[str]:
    """Serve an assistant from a thread on a free port."""
    app = make_application(assistant, Access(), limits)  # type: ignore[arg-type]
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=2)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def test_stages_and_sentences_are_heard_as_they_come(tmp_path: Path) -> None:
    heard = hear_events(PacedAssistant(tmp_path).stream(QUESTION))
    assert any(one == Doing("writing", QUESTION) for one in heard)
    allow(tmp_path, 1)
    assert next(heard) == SENTENCES[0]
    allow(tmp_path, len(SENTENCES) + 1)
    assert list(heard) == [*SENTENCES[1:], WRITTEN]


def test_a_stage_is_told_once_and_the_wait_by_comments(tmp_path: Path) -> None:
    client = client_of(PacedAssistant(tmp_path))  # type: ignore[arg-type]
    allowing = threading.Timer(2.5, allow, (tmp_path, len(SENTENCES) + 1))
    allowing.start()
    blocks = client.post("/api/v1/ask/stream", json={"question": QUESTION}).text.split("\n\n")
    allowing.join()
    stages = [one for one in blocks if one.startswith("event: progress")]
    assert len(stages) == len(set(stages))
    assert '"stage": "writing"' in stages[-1]
    assert ": waiting" in blocks


@pytest.mark.parametrize("address", ["/api/v1/ask/stream", "/v1/chat/completions"])
def test_the_model_is_stopped_where_nobody_listens_any_more(tmp_path: Path, address: str) -> None:
    allow(tmp_path, 1)
    body = {"question": QUESTION}
    if "chat" in address:
        body = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    with served(PacedAssistant(tmp_path)) as url:
        with httpx.stream("POST", f"{url}{address}", json=body) as response:
            for line in response.iter_lines():
                if "270,000" in line:
                    break
        end = time.monotonic() + WAIT_SECONDS
        while not (tmp_path / "stopped").exists() and time.monotonic() < end:
            time.sleep(0.05)
    assert (tmp_path / "stopped").exists()


def test_an_answer_that_is_streamed_holds_its_seat_to_its_end(tmp_path: Path) -> None:
    allow(tmp_path, 1)
    body = {"question": QUESTION}
    limits = RequestLimits(questions_at_once=1, questions_waiting=0)
    with served(PacedAssistant(tmp_path), limits) as url:
        address = f"{url}/api/v1/ask/stream"
        with httpx.stream("POST", address, json=body) as response:
            lines = response.iter_lines()
            next(lines)
            refused = httpx.post(address, json=body)
            assert refused.status_code == 429
            assert refused.json()["error"].startswith("too many questions wait")
            allow(tmp_path, len(SENTENCES) + 1)
            assert "event: answer" in list(lines)
        assert "event: answer" in httpx.post(address, json=body).text


@pytest.mark.parametrize("address", ["/api/v1/ask", "/v1/chat/completions"])
def test_a_whole_answer_is_stopped_where_nobody_waits_any_more(
    tmp_path: Path, address: str
) -> None:
    body: dict[str, object] = {"question": QUESTION}
    if "chat" in address:
        body = {"messages": [{"role": "user", "content": QUESTION}]}
    assistant = PacedAssistant(tmp_path)
    with served(assistant) as url:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{url}{address}", json=body, timeout=0.5)
        end = time.monotonic() + WAIT_SECONDS
        while not (tmp_path / "stopped").exists() and time.monotonic() < end:
            time.sleep(0.05)
    assert (tmp_path / "stopped").exists()
    assert assistant.kept == []
