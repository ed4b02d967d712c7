"""docs/server.md: every address stands in it, and its examples run."""

import json
import re
import shutil
from pathlib import Path

import pytest
from assistants import open_assistant
from fake_assistant import FakeAssistant
from fakes import HashingEmbedder
from fastapi.testclient import TestClient
from served import ROOMY, client_of

from assistant.serving.access import Access
from assistant.serving.application import make_application
from assistant.serving.completions import MODEL_NAME
from corpus.build_pdfs import DOCUMENTS

DOCS = (Path(__file__).parents[3] / "docs" / "server.md").read_text(encoding="utf-8")


@pytest.fixture
def fake() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(fake: FakeAssistant) -> TestClient:
    return client_of(fake)  # type: ignore[arg-type]


def test_every_address_is_told(fake: FakeAssistant) -> None:
    app = make_application(fake, Access(), ROOMY)  # type: ignore[arg-type]
    named = {"{source_id}": "ID", "{record_id}": "ID", "{number}": "N", "{name}": "NAME"}
    named["{model_name}"] = MODEL_NAME
    for path in app.openapi()["paths"]:
        told = path.removeprefix("/api/v1")
        for parameter, word in named.items():
            told = told.replace(parameter, word)
        assert told in DOCS, path


def test_the_first_example_is_answered_over_a_shipped_document(tmp_path: Path) -> None:
    (body,) = re.findall(r"-d '(.*)'", DOCS)
    files = tmp_path / "files"
    files.mkdir()
    shutil.copy(DOCUMENTS / "policy-handbook.pdf", files)
    assistant, _ = open_assistant(tmp_path / "home", HashingEmbedder(), files)
    told = client_of(assistant).post("/api/v1/ask", json=json.loads(body)).json()
    assert "270,000" in told["text"]
    assistant.close()


def test_the_program_for_the_api_of_openai_runs(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", DOCS, re.S)
    over_test_client = program.replace('api_key="none"', 'api_key="none", http_client=CLIENT')
    exec(over_test_client, {"CLIENT": client})
    assert "270,000" in capsys.readouterr().out


def test_the_examples_are_answered(client: TestClient, fake: FakeAssistant) -> None:
    (body,) = re.findall(r"-d '(.*)'", DOCS)
    response = client.post("/api/v1/ask/stream", json=json.loads(body))
    assert "event: answer" in response.text
    (messages,) = re.findall(r"^asked = (.*)$", DOCS, re.M)
    asked = {"messages": json.loads(messages), "stream": True}
    assert "[DONE]" in client.post("/v1/chat/completions", json=asked).text
    assert [question for question, _, _ in fake.asked] == ["How much did China mine in 2025?"] * 2
