"""What the OpenAPI description names is what is told."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient
from served import MINES, QUESTION, client_of, open_small_home

from assistant.assistant import Assistant

DESCRIPTION = "/api/v1/openapi.json"
CLAIM = "Mount Weld produced 12,500 t of REO in 2024."
ASKED = [
    ("ask", {"question": QUESTION}),
    ("ask", {"question": "Who is the king of Mars?"}),
    ("search", {"question": QUESTION}),
    ("facts", {"words": "Mount Weld production 2024"}),
    ("facts", {"words": "Mount Weld production 1824"}),
    ("cite", {"claim": f"{CLAIM} Terbium is mined on Mars."}),
    ("check", {"text": f"# Draft\n\n{CLAIM} We like it. {MINES['prices.md']}"}),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = open_small_home(tmp_path_factory.mktemp("replies"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> TestClient:
    return client_of(assistant)


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    told: dict[str, Any] = client.get(DESCRIPTION).json()
    return told


def told_by(description: dict[str, Any], address: str, status: int) -> dict[str, Any]:
    """Return what an address that is posted to tells with a status, by its media types."""
    told: dict[str, Any] = description["paths"][address]["post"]["responses"][str(status)]
    return dict(told["content"])


def schema_of(description: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of JSON with all that it refers to."""
    return content["application/json"]["schema"] | {"components": description["components"]}


@pytest.mark.parametrize(("address", "body"), ASKED)
def test_replies_keep_to_the_description(
    client: TestClient, description: dict[str, Any], address: str, body: dict[str, object]
) -> None:
    path = f"/api/v1/{address}"
    schema = schema_of(description, told_by(description, path, 200))
    told = client.post(path, json=body).json()
    jsonschema.validate(told, schema)
    name = schema["$ref"].rpartition("/")[2]
    named = description["components"]["schemas"][name]["properties"]
    assert set(told) <= set(named)


@pytest.mark.parametrize("path", ["/api/v1/ask", "/v1/chat/completions"])
def test_errors_keep_to_the_description(
    client: TestClient, description: dict[str, Any], path: str
) -> None:
    response = client.post(path, json={"question": "", "messages": []})
    assert response.status_code == 422
    content = told_by(description, path, 422)
    jsonschema.validate(response.json(), schema_of(description, content))


def test_what_is_no_json_is_described_as_what_it_is(description: dict[str, Any]) -> None:
    paths = description["paths"]
    picture = paths["/api/v1/sources/{source_id}/pages/{number}/picture"]["get"]["responses"]
    report = paths["/api/v1/runs/{name}/report"]["get"]["responses"]
    assert list(picture["200"]["content"]) == ["image/png"]
    assert list(report["200"]["content"]) == ["text/html"]
    assert list(told_by(description, "/api/v1/ask/stream", 200)) == ["text/event-stream"]
    assert list(told_by(description, "/api/v1/check", 200)) == [
        "application/json",
        "application/x-ndjson",
    ]


def test_all_but_health_and_readiness_is_described_with_a_token_and_its_refusals(
    description: dict[str, Any],
) -> None:
    for path, operations in description["paths"].items():
        for operation in operations.values():
            is_open = path in ("/api/v1/health", "/api/v1/ready")
            assert ("security" in operation) is not is_open, path
            refused = {"401", "403", "422", "429"} & set(operation["responses"])
            assert len(refused) == (0 if is_open else 4), path
            assert ("503" in operation["responses"]) is (path != "/api/v1/health"), path
    assert {"404", "409"} <= set(description["paths"]["/api/v1/sources"]["post"]["responses"])
