"""The server where people sign in: tokens of the provider, roles, what is whose, what is told."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from providers import CLIENT, SigningProvider, signing_provider
from served import QUESTION, client_of, open_small_home, routes

from assistant.assistant import Assistant
from assistant.people import AUDIT_FILE, Provider, SignIn
from assistant.serving.access import Access
from assistant.serving.tokens import TokenBook, make_token

EDITOR = {"sub": "1", "email": "anna@example.org"}
READER = {"sub": "2", "email": "ben@example.org"}


@pytest.fixture(scope="module")
def signing() -> Iterator[SigningProvider]:
    with signing_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = open_small_home(tmp_path_factory.mktemp("people"))
    yield opened
    opened.close()


@pytest.fixture
def client(assistant: Assistant, signing: SigningProvider) -> TestClient:
    sign_in = SignIn(
        signing.metadata_address,
        CLIENT,
        "http://127.0.0.1:8501",
        editors=("anna@example.org",),
        readers=("ben@example.org", "carl@example.org"),
    )
    access = Access(TokenBook(assistant.settings.home), provider=Provider(sign_in))
    return client_of(assistant, access)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def audited(home: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (home / AUDIT_FILE).read_text().splitlines()]


def ask(client: TestClient, headers: dict[str, str]) -> str:
    told = client.post("/api/v1/ask", json={"question": QUESTION}, headers=headers)
    assert told.status_code == 200, told.text
    return str(told.json()["record"])


def records(client: TestClient, headers: dict[str, str]) -> list[str]:
    told = client.get("/api/v1/records", headers=headers).json()["records"]
    return [one["id"] for one in told]


@pytest.mark.parametrize("kind", ["nobody", "expired", "foreign", "no role", "damaged"])
def test_without_a_valid_token_no_address_tells_anything_but_health(
    assistant: Assistant, client: TestClient, signing: SigningProvider, kind: str
) -> None:
    tokens = {
        "expired": signing.token(**EDITOR, exp=1),
        "foreign": signing.token(**EDITOR, aud="another"),
        "no role": signing.token(sub="3", email="eve@example.org"),
        "damaged": signing.token(**EDITOR)[:-8] + "AAAAAAAA",
    }
    headers = bearer(tokens[kind]) if kind in tokens else {}
    statuses = {
        (method, path): client.request(method, path, headers=headers).status_code
        for method, path in [*routes(assistant), ("POST", "/mcp"), ("GET", "/mcp")]
    }
    assert statuses.pop(("GET", "/api/v1/health")) == 200
    assert statuses.pop(("GET", "/api/v1/ready")) == 503  # nothing is loaded yet
    assert set(statuses.values()) == {401}


def test_why_a_token_is_refused_is_told_in_one_line(
    client: TestClient, signing: SigningProvider
) -> None:
    def told(token: str) -> str:
        error: str = client.get("/api/v1/sources", headers=bearer(token)).json()["error"]
        return error

    assert "no role is given to eve@example.org" in told(
        signing.token(sub="3", email="eve@example.org")
    )
    assert "Signature has expired" in told(signing.token(**EDITOR, exp=1))
    assert told("rea_wrong") == "send a valid token: Authorization: Bearer TOKEN"


def test_a_provider_that_is_not_there_is_told_as_503(
    assistant: Assistant, signing: SigningProvider
) -> None:
    sign_in = SignIn(
        "http://127.0.0.1:9/.well-known/openid-configuration", CLIENT, "", readers=("*",)
    )
    access = Access(TokenBook(assistant.settings.home), provider=Provider(sign_in))
    headers = bearer(signing.token())
    response = client_of(assistant, access).get("/api/v1/sources", headers=headers)
    assert response.status_code == 503
    assert "does not answer as a provider" in response.json()["error"]


@pytest.mark.parametrize("is_editor", [True, False])
def test_roles_are_those_of_the_file(
    assistant: Assistant, client: TestClient, signing: SigningProvider, is_editor: bool
) -> None:
    headers = bearer(signing.token(**(EDITOR if is_editor else READER)))
    file = {"file": (f"new{is_editor}.md", b"# New\n\nThe new mine opens in 2027.\n")}
    added = client.post("/api/v1/sources", files=file, headers=headers)
    assert added.status_code == (201 if is_editor else 403)
    if not is_editor:
        assert "only an editor" in added.json()["error"]
        return
    source_id = added.json()["id"]
    assert client.delete(f"/api/v1/sources/{source_id}", headers=headers).status_code == 200
    told = [
        (one["who"], one["action"], one["source"]) for one in audited(assistant.settings.home)[-2:]
    ]
    assert told == [
        ("anna@example.org", "added", source_id),
        ("anna@example.org", "removed", source_id),
    ]


def test_records_are_ones_own_and_who_asked_is_written_down(
    assistant: Assistant, client: TestClient, signing: SigningProvider
) -> None:
    anna, ben = (bearer(signing.token(**one)) for one in (EDITOR, READER))
    annas, bens = ask(client, anna), ask(client, ben)
    assert records(client, anna) == [annas]
    assert records(client, ben) == [bens]
    for path in (f"records/{annas}", f"records/{annas}/conversation"):
        assert client.get(f"/api/v1/{path}", headers=ben).status_code == 404
    assert client.post(f"/api/v1/records/{annas}/replay", headers=ben).status_code == 404
    lines = audited(assistant.settings.home)[-2:]
    assert [(one["who"], one["action"], one["record"]) for one in lines] == [
        ("anna@example.org", "asked", annas),
        ("ben@example.org", "asked", bens),
    ]
    assert QUESTION not in (assistant.settings.home / AUDIT_FILE).read_text()


@pytest.mark.parametrize("way", ["stream", "completions", "agents"])
def test_each_way_to_ask_is_recorded_for_who_asks(
    client: TestClient, signing: SigningProvider, way: str
) -> None:
    carl = bearer(signing.token(sub=f"carl {way}", email="carl@example.org"))
    messages = [{"role": "user", "content": QUESTION}]
    call = {"name": "ask", "arguments": {"question": QUESTION}}
    agents: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    if way == "agents":
        with client:
            call_agent(client, agents, carl)
    else:
        path, body = {
            "stream": ("/api/v1/ask/stream", {"question": QUESTION}),
            "completions": ("/v1/chat/completions", {"messages": messages}),
        }[way]
        assert client.post(path, json=body, headers=carl).status_code == 200
    assert len(records(client, carl)) == 1


def call_agent(client: TestClient, message: dict[str, Any], headers: dict[str, str]) -> None:
    """Send an agent's call, in a session of its own."""
    headers = {**headers, "Accept": "application/json, text/event-stream"}
    about = {"name": "test", "version": "1"}
    params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": about}
    first = {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params}
    begun = client.post("/mcp", json=first, headers=headers)
    assert begun.status_code == 200, begun.text
    if session := begun.headers.get("mcp-session-id"):
        headers["Mcp-Session-Id"] = session
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    client.post("/mcp", json=ready, headers=headers)
    assert client.post("/mcp", json=message, headers=headers).status_code == 200


def test_a_token_of_the_command_line_is_a_person_of_its_name(
    assistant: Assistant, client: TestClient, signing: SigningProvider
) -> None:
    token = bearer(make_token(assistant.settings.home, "robot", "reader"))
    record = ask(client, token)
    assert records(client, token) == [record]
    anna = bearer(signing.token(**EDITOR))
    assert client.get(f"/api/v1/records/{record}", headers=anna).status_code == 404
    assert audited(assistant.settings.home)[-1]["who"] == "robot"


def test_a_collection_is_asked_within_by_its_owner_alone(
    assistant: Assistant, client: TestClient, signing: SigningProvider
) -> None:
    anna = assistant.of(Provider.person_of(_provider(signing), signing.token(**EDITOR)))
    anna.collections.make("Hers", [assistant.sources()[0].source.id])
    body = {"question": QUESTION, "filters": {"collection": "Hers"}}
    statuses = [
        client.post("/api/v1/search", json=body, headers=bearer(signing.token(**one))).status_code
        for one in (EDITOR, READER)
    ]
    assert statuses == [200, 422]


def _provider(signing: SigningProvider) -> Provider:
    return Provider(SignIn(signing.metadata_address, CLIENT, "", editors=("anna@example.org",)))
