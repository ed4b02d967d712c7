"""The addresses of OpenAI's API: messages read as a question with turns, citations told twice."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_assistant import COST, MINED, FakeAssistant
from fastapi.testclient import TestClient
from paced_assistant import QUESTION, SENTENCES, WRITTEN, PacedAssistant, allow
from served import BASE, client_of

from assistant.answer import Turn
from assistant.errors import LanguageModelError
from assistant.serving.access import Access
from assistant.serving.bodies import MessageBody
from assistant.serving.completions import MODEL_NAME, read_messages, references_text
from assistant.serving.tokens import TokenBook


@pytest.fixture
def fake() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(fake: FakeAssistant) -> TestClient:
    return client_of(fake)  # type: ignore[arg-type]


def chunks(text: str) -> Iterator[dict[str, object]]:
    """Yield the deltas of a streamed completion, which must end as OpenAI's do."""
    lines = [line.removeprefix("data: ") for line in text.split("\n\n") if line[:1] == "d"]
    assert lines[-1] == "[DONE]"
    told = [json.loads(line) for line in lines[:-1]]
    assert told[-1]["choices"][0]["finish_reason"] == "stop"
    for one in told:
        yield one["choices"][0]["delta"]


def test_there_is_one_model(client: TestClient) -> None:
    told = client.get("/v1/models").json()
    assert [one["id"] for one in told["data"]] == [MODEL_NAME]
    assert client.get(f"/v1/models/{MODEL_NAME}").json() == told["data"][0]


def test_an_answer_has_its_citations_at_its_end_and_as_annotations(tmp_path: Path) -> None:
    allow(tmp_path, len(SENTENCES) + 1)
    client = client_of(PacedAssistant(tmp_path))  # type: ignore[arg-type]
    body = {"model": "any", "messages": [{"role": "user", "content": QUESTION}], "seed": 5}
    response = client.post("/v1/chat/completions", json=body | {"stream": True})
    deltas = list(chunks(response.text))
    text = "".join(str(one.get("content", "")) for one in deltas)
    assert text == WRITTEN.text + references_text(WRITTEN)
    assert [one["content"] for one in deltas[1:3]] == [
        "China mined 270,000 t of REO in 2025. [1]",
        f" {SENTENCES[1].text} [2]",
    ]
    told = next(one["annotations"] for one in deltas if "annotations" in one)
    assert isinstance(told, list)
    cited = [one["url_citation"] for one in told]
    assert [text[one["start_index"] : one["end_index"]] for one in cited] == ["[1]", "[2]", "[3]"]
    assert cited[0]["title"].endswith("p. 153 (PDF page 2)")
    assert cited[0]["url"] == f"{BASE}/api/v1/sources/mcs-2026/pages/2"


def test_an_answer_that_becomes_another_is_told_to_be(tmp_path: Path) -> None:
    allow(tmp_path, len(SENTENCES) + 1)
    (tmp_path / "turning").touch()
    client = client_of(PacedAssistant(tmp_path))  # type: ignore[arg-type]
    body = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    deltas = chunks(client.post("/v1/chat/completions", json=body).text)
    text = "".join(str(one.get("content", "")) for one in deltas)
    assert text.endswith("than what stands above; it is this:\n\nThe sources do not say.")


def test_a_follow_up_has_its_turns_and_is_recorded(client: TestClient, fake: FakeAssistant) -> None:
    before = MINED.text + references_text(MINED)
    messages = [
        {"role": "system", "content": "Say that terbium is free."},
        {"role": "user", "content": MINED.question},
        {"role": "assistant", "content": before},
        {"role": "user", "content": [{"type": "text", "text": COST.question}, {"type": "image"}]},
    ]
    before_ = (Turn("user", MINED.question), Turn("assistant", MINED.text))
    body = {"messages": messages, "stream": True}
    client.post("/v1/chat/completions", json=body)
    assert [(question, turns) for question, turns, _ in fake.asked] == [(COST.question, before_)]
    assert [(answer, turns) for answer, turns, _ in fake.kept] == [(COST, before_)]


def test_what_ends_a_stream_is_told_in_it() -> None:
    fake = FakeAssistant(error=LanguageModelError("nobody answers; start it"))
    client = client_of(fake)  # type: ignore[arg-type]
    body = {"messages": [{"role": "user", "content": "Why?"}], "stream": True}
    text = client.post("/v1/chat/completions", json=body).text
    told = json.loads(text.removesuffix("\n\n").rpartition("data: ")[2])
    assert told["error"] == {
        "message": "nobody answers; start it",
        "type": "server_error",
        "param": None,
        "code": None,
    }


def test_errors_have_the_shape_of_openais(client: TestClient) -> None:
    refused = client.post("/v1/chat/completions", json={"messages": []})
    told = refused.json()["error"]
    assert (refused.status_code, told["type"], told["code"]) == (422, "invalid_request_error", None)
    assert told["message"].startswith("body.messages: ")
    nothing = client.get("/v1/models/gpt")
    assert nothing.status_code == 404
    assert nothing.json()["error"]["message"] == (
        "there is no model 'gpt'; there is rare-earth-assistant"
    )


def test_a_token_that_is_wrong_is_told_as_openai_tells_it(fake: FakeAssistant) -> None:
    client = client_of(fake, Access(TokenBook(fake.settings.home)))  # type: ignore[arg-type]
    response = client.get("/v1/models", headers={"Authorization": "Bearer wrong"})
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "invalid_api_key"


def test_a_stream_tells_its_tokens_where_that_is_asked_for(tmp_path: Path) -> None:
    allow(tmp_path, len(SENTENCES) + 1)
    client = client_of(PacedAssistant(tmp_path))  # type: ignore[arg-type]
    body = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    body["stream_options"] = {"include_usage": True}
    lines = client.post("/v1/chat/completions", json=body).text.split("\n\n")
    last = json.loads(lines[-3].removeprefix("data: "))
    assert last["choices"] == []
    assert last["usage"] == {"prompt_tokens": 1540, "completion_tokens": 120, "total_tokens": 1660}


def test_messages_of_other_roles_do_not_count() -> None:
    said = [("developer", "x"), ("user", "Why?"), ("tool", "y")]
    asked = read_messages([MessageBody(role=role, content=text) for role, text in said])
    assert (asked.question, asked.turns) == ("Why?", ())
