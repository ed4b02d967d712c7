"""Sources from the web by the server: added, followed, fetched and no longer followed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from fastapi.testclient import TestClient
from filelock import FileLock
from served import client_of
from web_server import Page, Website, website

from assistant.assistant import Assistant
from assistant.people import AUDIT_FILE
from assistant.serving.access import Access
from assistant.serving.tokens import TokenBook, make_token
from assistant.settings import Settings

TEXT = "Norland mined 7,000 tons of rare earths in 2025."
LATER = "Norland mined 9,000 tons of rare earths in 2025."
QUESTION = "How much did Norland mine in 2025?"


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as served:
        yield served


@pytest.fixture
def assistant(site: Website, tmp_path: Path) -> Iterator[Assistant]:
    settings = Settings(tmp_path / "home", web_hosts=(site.host,), web_delay=0.0)
    opened = Assistant(settings, HashingEmbedder())
    yield opened
    opened.close()


@pytest.fixture
def client(assistant: Assistant) -> TestClient:
    return client_of(assistant)


def followed(client: TestClient) -> dict[str, dict[str, str]]:
    """Return what is told of each address that was added or is followed."""
    told = client.get("/api/v1/web/followed").json()["followed"]
    return {one["address"]: one for one in told}


def test_pages_are_added_and_one_that_is_not_there_is_named(
    site: Website, client: TestClient
) -> None:
    site.html("/norland", TEXT, "Norland")
    sent = {"addresses": [site.at("/norland"), site.at("/none")]}
    told = client.post("/api/v1/web/pages", json=sent)
    assert told.status_code == 200
    report = told.json()
    assert (report["new"], report["embedded"]) == ([site.at("/norland")], 1)
    (line,) = report["unreadable"]
    assert line == f"{site.at('/none')}: is not there (status 404); check the address"
    (source,) = client.get("/api/v1/sources").json()["sources"]
    assert (source["title"], source["url"]) == ("Norland", site.at("/norland"))
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert answer["citations"][0]["source"]["id"] == source["id"]
    assert client.post("/api/v1/web/pages", json=sent).json()["unchanged"] == report["new"]


def test_what_is_followed_is_fetched_as_it_changes_listed_and_stopped(
    site: Website, client: TestClient
) -> None:
    address = site.at("/norland")
    site.html("/norland", TEXT)
    begun = client.post("/api/v1/web/followed", json={"addresses": [address], "every": "12h"})
    assert begun.status_code == 201
    assert begun.json()["followed"][0]["every_seconds"] == 12 * 3_600
    assert client.post("/api/v1/web/fetch").json()["new"] == [address]
    site.html("/norland", LATER)
    assert client.post("/api/v1/web/fetch").json()["changed"] == []  # it is not due
    assert client.post("/api/v1/web/fetch?all=true").json()["changed"] == [address]
    assert "9,000" in client.post("/api/v1/ask", json={"question": QUESTION}).json()["text"]
    site.pages["/norland"] = Page(status=500)
    (failed,) = client.post("/api/v1/web/fetch?all=true").json()["failed"]
    assert failed.startswith(f"{address}: ")
    assert followed(client)[address]["fault"]
    stopped = client.delete("/api/v1/web/followed", params={"address": address})
    assert stopped.json() == {"stopped": address}
    assert followed(client)[address]["next_look"] == ""
    assert len(client.get("/api/v1/sources").json()["sources"]) == 2  # the page and what it said


def test_a_listing_is_followed_by_its_kind(site: Website, client: TestClient) -> None:
    site.html("/norland", TEXT)
    entry = f"<url><loc>{site.at('/norland')}</loc></url>"
    site.pages["/list.xml"] = Page(f"<urlset>{entry}</urlset>".encode(), "application/xml")
    sent = {"addresses": [site.at("/list.xml")], "kind": "sitemap"}
    assert client.post("/api/v1/web/followed", json=sent).status_code == 201
    report = client.post("/api/v1/web/fetch").json()
    assert report["new"] == [site.at("/norland")]
    assert [one.partition(" ")[0].strip(":") for one in report["listed"]] == sent["addresses"]


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("pages", {"addresses": ["http://127.0.0.1:1/"]}, "127.0.0.1"),
        ("pages", {"addresses": ["file:///etc/passwd"]}, "file:///etc/passwd"),
        ("pages", {"addresses": []}, "addresses"),
        ("pages", {"addresses": ["https://example.com/"] * 101}, "at most 100"),
        ("pages", {"address": "https://example.com/"}, "there is no 'address'"),
        ("followed", {"addresses": ["http://169.254.169.254/"]}, "169.254.169.254"),
        ("followed", {"addresses": ["https://example.com/"], "every": "soon"}, "is no interval"),
        ("followed", {"addresses": ["https://example.com/"], "kind": "spider"}, "sitemap"),
    ],
)
def test_what_may_not_be_asked_is_one_line_and_changes_nothing(
    site: Website, client: TestClient, path: str, sent: dict[str, object], told: str
) -> None:
    response = client.post(f"/api/v1/web/{path}", json=sent)
    assert response.status_code == 422
    error = response.json()["error"]
    assert told in error
    assert "\n" not in error
    assert followed(client) == {}
    assert site.asked == []


def test_an_address_that_is_not_followed_is_404_and_tells_where_they_are_listed(
    site: Website, client: TestClient
) -> None:
    response = client.delete("/api/v1/web/followed", params={"address": site.at("/none")})
    assert response.status_code == 404
    assert "is not followed" in response.json()["error"]
    assert response.json()["error"].endswith("(followed: GET /api/v1/web/followed)")


@pytest.mark.parametrize(
    ("lock", "told"),
    [
        ("fetching.lock", "another process is fetching"),
        ("writer.lock", "another process is adding"),
    ],
)
def test_while_another_process_fetches_or_writes_the_server_says_so(
    site: Website, assistant: Assistant, client: TestClient, lock: str, told: str
) -> None:
    site.html("/norland", TEXT)
    sent = {"addresses": [site.at("/norland")]}
    client.post("/api/v1/web/followed", json=sent)
    with FileLock(assistant.settings.home / lock):
        for response in (
            client.post("/api/v1/web/fetch"),
            client.post("/api/v1/web/pages", json=sent),
        ):
            assert response.status_code == 409
            assert told in response.json()["error"]
    assert client.post("/api/v1/web/fetch").json()["new"] == sent["addresses"]


def test_a_damaged_list_of_addresses_is_503(assistant: Assistant, client: TestClient) -> None:
    file = assistant.settings.home / "web.sqlite"
    file.write_bytes(b"no database at all, but words" * 99)
    response = client.get("/api/v1/web/followed")
    assert response.status_code == 503
    assert "move it away, and follow the addresses anew" in response.json()["error"]


def test_a_reader_sees_what_is_followed_and_an_editor_is_written_down(
    site: Website, assistant: Assistant
) -> None:
    home = assistant.settings.home
    guarded = client_of(assistant, Access(TokenBook(home)))
    tokens = {role: make_token(home, role, role) for role in ("reader", "editor")}
    headers = {role: {"Authorization": f"Bearer {token}"} for role, token in tokens.items()}
    site.html("/norland", TEXT)
    address = site.at("/norland")
    sent = {"addresses": [address]}
    for role, status in (("reader", 403), ("editor", 201)):
        told = guarded.post("/api/v1/web/followed", json=sent, headers=headers[role])
        assert told.status_code == status
    assert guarded.post("/api/v1/web/fetch", headers=headers["reader"]).status_code == 403
    assert (
        guarded.post("/api/v1/web/pages", json=sent, headers=headers["reader"]).status_code == 403
    )
    assert site.asked == []
    told = guarded.get("/api/v1/web/followed", headers=headers["reader"])
    assert [one["asked"] for one in told.json()["followed"]] == [address]
    guarded.post("/api/v1/web/pages", json=sent, headers=headers["editor"])
    guarded.delete("/api/v1/web/followed", params={"address": address}, headers=headers["editor"])
    lines = [json.loads(line) for line in (home / AUDIT_FILE).read_text().splitlines()]
    assert [(one["who"], one["action"], one["address"]) for one in lines] == [
        ("editor", "followed", address),
        ("editor", "added", address),
        ("editor", "stopped", address),
    ]
