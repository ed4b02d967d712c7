"""Who is let in: by token, role, name of the host and page that asks; held to a rate."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from served import ROOMY, client_of, open_small_home, routes

from assistant.assistant import Assistant
from assistant.people import is_loopback
from assistant.serving.access import Access
from assistant.serving.tokens import TOKENS_FILE, TokenBook, make_token, revoke_token


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = open_small_home(tmp_path_factory.mktemp("guarded"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def tokens(assistant: Assistant) -> dict[str, str]:
    """Return a token of each kind by its name."""
    home = assistant.settings.home
    made = {name: make_token(home, name, "editor") for name in ("editor", "revoked", "expired")}
    made["reader"] = make_token(home, "reader", "reader")
    revoke_token(home, "revoked")
    file = home / TOKENS_FILE
    told = json.loads(file.read_text())
    for token in told["tokens"]:
        if token["name"] == "expired":
            token["expires"] = "2020-01-01T00:00:00+00:00"
    file.write_text(json.dumps(told))
    return made | {"wrong": "rea_wrong"}


@pytest.fixture
def guarded(assistant: Assistant) -> TestClient:
    return client_of(assistant, Access(TokenBook(assistant.settings.home)))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("kind", ["", "wrong", "revoked", "expired"])
def test_without_a_valid_token_no_address_tells_anything_but_whether_it_is_there(
    assistant: Assistant, guarded: TestClient, tokens: dict[str, str], kind: str
) -> None:
    headers = bearer(tokens[kind]) if kind else {}
    asked = routes(assistant)
    assert len(asked) > 18
    statuses = {
        (method, path): guarded.request(method, path, headers=headers).status_code
        for method, path in asked
    }
    assert statuses.pop(("GET", "/api/v1/health")) == 200
    assert statuses.pop(("GET", "/api/v1/ready")) == 503  # nothing is loaded yet
    assert set(statuses.values()) == {401}


def test_a_reader_may_ask_everything_but_change_nothing(
    assistant: Assistant, guarded: TestClient, tokens: dict[str, str]
) -> None:
    refused = set()
    for method, path in routes(assistant):
        response = guarded.request(method, path, headers=bearer(tokens["reader"]))
        if response.status_code == 403:
            refused.add((method, path))
    assert refused == {
        ("POST", "/api/v1/sources"),
        ("DELETE", "/api/v1/sources/{source_id}"),
        ("POST", "/api/v1/web/pages"),
        ("POST", "/api/v1/web/followed"),
        ("DELETE", "/api/v1/web/followed"),
        ("POST", "/api/v1/web/fetch"),
        ("POST", "/api/v1/runs"),
        ("POST", "/api/v1/runs/{name}/stop"),
        ("PUT", "/nothing"),
    }


def test_an_editor_adds_and_removes_under_the_name_of_the_token(
    assistant: Assistant, guarded: TestClient, tokens: dict[str, str]
) -> None:
    headers = bearer(tokens["editor"])
    file = {"file": ("new.md", b"# New\n\nThe new mine opens in 2027.\n")}
    added = guarded.post("/api/v1/sources", files=file, headers=headers)
    assert added.status_code == 201
    removed = guarded.delete(f"/api/v1/sources/{added.json()['id']}", headers=headers)
    assert removed.status_code == 200
    audited = (assistant.settings.home / "audit.jsonl").read_text()
    lines = [json.loads(line) for line in audited.splitlines()]
    assert [(one["who"], one["action"]) for one in lines] == [
        ("editor", "added"),
        ("editor", "removed"),
    ]
    assert tokens["editor"] not in audited


@pytest.mark.parametrize("way", ["query", "basic", "cookie"])
def test_a_token_counts_only_as_a_bearer(
    guarded: TestClient, tokens: dict[str, str], way: str
) -> None:
    token = tokens["editor"]
    query = f"?token={token}&access_token={token}" if way == "query" else ""
    headers = {"basic": {"Authorization": f"Basic {token}"}, "cookie": {"Cookie": f"token={token}"}}
    response = guarded.get(f"/api/v1/sources{query}", headers=headers.get(way, {}))
    assert response.status_code == 401


def test_a_revoked_token_is_refused_at_once_and_a_damaged_file_refuses_all(
    assistant: Assistant, guarded: TestClient
) -> None:
    home = assistant.settings.home
    secret = make_token(home, "leaver", "reader")
    assert guarded.get("/api/v1/sources", headers=bearer(secret)).status_code == 200
    revoke_token(home, "leaver")
    assert guarded.get("/api/v1/sources", headers=bearer(secret)).status_code == 401
    file = home / TOKENS_FILE
    before = file.read_text()
    file.write_text("{")
    assert guarded.get("/api/v1/sources", headers=bearer(secret)).status_code == 503
    file.write_text(before)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8600", 200),
        ("localhost", 200),
        ("[::1]:8600", 200),
        ("evil.example:8600", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
        ("[", 421),
    ],
)
def test_on_loopback_the_server_answers_to_its_own_names_alone(
    assistant: Assistant, host: str, status: int
) -> None:
    response = client_of(assistant).get("/api/v1/sources", headers={"Host": host})
    assert response.status_code == status


def test_pages_of_other_sites_may_not_ask_unless_they_are_allowed(assistant: Assistant) -> None:
    closed = client_of(assistant)
    file = {"file": ("evil.md", b"# Evil\n\nWords.")}
    for origin in ("https://evil.example", "null", "http://localhost:3000", ""):
        response = closed.post("/api/v1/sources", files=file, headers={"Origin": origin})
        assert response.status_code == 403
        assert "access-control-allow-origin" not in response.headers
    own = closed.get("/api/v1/sources", headers={"Origin": "http://127.0.0.1:8600"})
    assert own.status_code == 200
    allowing = client_of(assistant, Access(origins=("https://good.example",)))
    good = allowing.get("/api/v1/sources", headers={"Origin": "https://good.example"})
    assert good.headers["access-control-allow-origin"] == "https://good.example"
    asked = {"Origin": "https://good.example", "Access-Control-Request-Method": "POST"}
    assert allowing.options("/api/v1/ask", headers=asked).status_code == 200
    bad = allowing.get("/api/v1/sources", headers={"Origin": "https://evil.example"})
    assert bad.status_code == 403


def test_each_caller_is_held_to_a_rate_of_its_own(
    assistant: Assistant, tokens: dict[str, str]
) -> None:
    limits = replace(ROOMY, requests_a_minute=3)
    client = client_of(assistant, Access(TokenBook(assistant.settings.home)), limits)
    statuses = [
        client.get("/api/v1/sources", headers=bearer(tokens["reader"])).status_code
        for _ in range(4)
    ]
    assert statuses == [200, 200, 200, 429]
    response = client.get("/api/v1/sources", headers=bearer(tokens["reader"]))
    assert 1 <= int(response.headers["retry-after"]) <= 21
    other = client.get("/api/v1/sources", headers=bearer(tokens["editor"]))
    assert other.status_code == 200
    guesses = [
        client.get("/api/v1/sources", headers=bearer(str(number))).status_code
        for number in range(4)
    ]
    assert guesses == [401, 401, 401, 429]


def test_secrets_are_not_logged(
    guarded: TestClient, tokens: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", "assistant"):
        guarded.get("/api/v1/sources", headers=bearer(tokens["editor"]))
        guarded.get("/api/v1/sources", headers=bearer("rea_wrong"))
    assert tokens["editor"] not in caplog.text
    assert "rea_wrong" not in caplog.text


@pytest.mark.parametrize(
    ("host", "is_so"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("localhost.evil.example", False),
        ("", False),
    ],
)
def test_what_is_loopback(host: str, is_so: bool) -> None:
    assert is_loopback(host) == is_so
