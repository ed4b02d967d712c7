"""The addresses of the server: each tells what the command line prints, errors in one line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from assistants import open_assistant
from fake_assistant import FakeAssistant
from fakes import HashingEmbedder, write_files
from fastapi.testclient import TestClient
from filelock import FileLock
from served import QUESTION, client_of, open_small_home

from assistant.answer import answer_to_json, cited_claim_to_json, evidence_to_json
from assistant.assistant import Assistant
from assistant.errors import LanguageModelError
from assistant.fact_writing import found_to_json
from index.errors import StaleIndexError

TABLE = "Mine production by country in 2023 and 2024"
OUTPUT = (
    "# Mine production of rare earths\n\nTable 1. Mine production by country, metric tons REO\n\n"
    "| Country | 2023 | 2024 |\n|---|---|---|\n| China | 255,000 | 270,000 |\n"
    "| Australia | 16,000 | 13,000 |\n| Brazil | 140 | 20 |\n"
)
CLAIM = "Mount Weld produced 12,500 t of REO in 2024."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = open_small_home(tmp_path_factory.mktemp("served"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> TestClient:
    return client_of(assistant)


def id_of(assistant: Assistant, path: str) -> str:
    return next(one.source.id for one in assistant.sources() if one.source.path == path)


def without_times(told: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in told.items() if name not in ("seconds", "record")}


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    """Return server-sent events as names with values."""
    blocks = text.removesuffix("\n\n").split("\n\n")
    told = (block.split("\n") for block in blocks if not block.startswith(":"))
    return [(a.removeprefix("event: "), json.loads(b.removeprefix("data: "))) for a, b in told]


def test_ask_tells_the_answer_of_the_command_line_and_records_it(
    assistant: Assistant, client: TestClient
) -> None:
    told = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    expected = json.loads(json.dumps(answer_to_json(assistant.ask(QUESTION))))
    assert without_times(told) == without_times(expected)
    assert "12,500" in told["text"]
    record = client.get(f"/api/v1/records/{told['record']}").json()
    assert record["answer"]["text"] == told["text"]
    heads = client.get("/api/v1/records").json()["records"]
    assert heads[0]["id"] == told["record"]


def test_a_table_is_recorded_replayed_and_told_where_none_comes_out(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", {"output.md": OUTPUT})
    assistant, _ = open_assistant(tmp_path / "home", HashingEmbedder(), files)
    client = client_of(assistant)
    told = client.post("/api/v1/tabulate", json={"question": TABLE}).json()
    assert told["table"]["rows"]
    again = client.post(f"/api/v1/records/{told['record']}/replay").json()
    assert (again["record"], again["changed"]) == (told["record"], False)
    assert again["answer"]["table"] == told["table"]
    none = client.post("/api/v1/tabulate", json={"question": "Who is the king of Mars?"})
    assert none.status_code == 404
    assert none.json()["error"].startswith("no table came out of the sources")
    assistant.close()


def test_the_turns_that_led_to_an_answer_are_told(client: TestClient) -> None:
    first = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    turns = [
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": first["text"]},
    ]
    asked = {"question": "And Serra Verde?", "turns": turns}
    second = client.post("/api/v1/ask", json=asked).json()
    told = client.get(f"/api/v1/records/{second['record']}/conversation").json()["records"]
    questions = [one["answer"]["question"] for one in told]
    assert questions == [QUESTION, "And Serra Verde?"]


def test_turns_and_filters_are_taken_into_account(client: TestClient) -> None:
    turns = [
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": "12,500 t. [1]"},
    ]
    asked = {"question": "And Serra Verde?", "turns": turns}
    assert "Serra Verde" in client.post("/api/v1/ask", json=asked).json()["standalone_question"]
    filtered = {"question": QUESTION, "filters": {"source": "prices"}}
    told = client.post("/api/v1/ask", json=filtered).json()
    assert {one["path"] for one in told["evidence"]} == {"prices.md"}


def test_an_answer_is_streamed_with_its_progress(client: TestClient) -> None:
    response = client.post("/api/v1/ask/stream", json={"question": QUESTION})
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    assert (told[0][0], told[0][1]["stage"], told[-1][0]) == ("progress", "reading", "answer")
    assert "12,500" in str(told[-1][1]["text"])


@pytest.mark.parametrize("address", ["ask", "ask/stream"])
def test_a_collection_that_is_missing_is_refused(client: TestClient, address: str) -> None:
    body = {"question": QUESTION, "filters": {"collection": "nosuch"}}
    response = client.post(f"/api/v1/{address}", json=body)
    assert 400 <= response.status_code < 500
    assert "no collection has the name 'nosuch'" in response.json()["error"]


def test_an_error_after_a_stream_has_begun_is_its_last_event() -> None:
    fake = FakeAssistant(error=LanguageModelError("nobody answers; start it"))
    client = client_of(fake)  # type: ignore[arg-type]
    told = events(client.post("/api/v1/ask/stream", json={"question": "Why?"}).text)
    assert told[-1] == ("error", {"error": "nobody answers; start it"})


def test_search_facts_and_cite_tell_what_the_command_line_prints(
    assistant: Assistant, client: TestClient
) -> None:
    found = client.post("/api/v1/search", json={"question": QUESTION, "limit": 2}).json()
    evidence = [evidence_to_json(one) for one in assistant.search(QUESTION, 2)]
    assert found == json.loads(json.dumps({"question": QUESTION, "evidence": evidence}))
    words = "Mount Weld 2024"
    facts = client.post("/api/v1/facts", json={"words": words}).json()
    assert facts == json.loads(json.dumps(found_to_json(assistant.facts(words))))
    cited = client.post("/api/v1/cite", json={"claim": CLAIM}).json()
    expected = [cited_claim_to_json(one) for one in assistant.cite(CLAIM)]
    assert cited == json.loads(json.dumps({"claims": expected}))


def test_a_draft_is_checked_as_text_as_file_and_line_by_line(client: TestClient) -> None:
    draft = f"# Draft\n\n{CLAIM} Terbium is mined on Mars.\n"
    by_text = client.post("/api/v1/check", json={"text": draft}).json()["claims"]
    assert [one["sentence"] for one in by_text] == [CLAIM, "Terbium is mined on Mars."]
    [cited] = client.post("/api/v1/cite", json={"claim": CLAIM}).json()["claims"][0]["citations"]
    [same] = by_text[0]["citations"]
    for name in ("number", "page", "start", "end", "quote"):
        assert same[name] == cited[name], name
    assert same["source"]["id"] == cited["source"]["id"]
    file = {"file": ("draft.md", draft.encode())}
    assert client.post("/api/v1/check/file", files=file).json()["claims"] == by_text
    of_file = client.post("/api/v1/check/file?stream=true&source=mines", files=file)
    assert [json.loads(line)["sentence"] for line in of_file.text.splitlines()] == [
        one["sentence"] for one in by_text
    ]
    lines = client.post("/api/v1/check?stream=true", json={"text": draft}).text.splitlines()
    assert [json.loads(line) for line in lines] == by_text


@pytest.mark.parametrize("name", ["../draft.md", "draft.exe", ""])
def test_a_draft_of_another_kind_is_refused(client: TestClient, name: str) -> None:
    response = client.post("/api/v1/check/file", files={"file": (name, b"# Draft")})
    assert response.status_code == 422
    assert "tmp" not in response.json()["error"]


def test_sources_pages_and_pictures(assistant: Assistant, client: TestClient) -> None:
    listed = client.get("/api/v1/sources").json()["sources"]
    assert [one["path"] for one in listed] == ["mines.md", "prices.md", "report.pdf"]
    assert str(assistant.settings.home.parent) not in str(listed)
    report = id_of(assistant, "report.pdf")
    told = client.get(f"/api/v1/sources/{report}").json()
    assert told["pages"] == [{"number": 1, "label": "1"}]
    page = client.get(f"/api/v1/sources/{report}/pages/1").json()
    assert page["text"] == assistant.page(report, 1).text
    address = f"/api/v1/sources/{report}/pages/1/picture"
    plain, marked = client.get(address), client.get(f"{address}?quote=Annual report")
    assert plain.headers["content-type"] == "image/png"
    assert plain.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert plain.content != marked.content
    nothing = client.get(f"{address}?quote=Words of another page")
    assert (nothing.status_code, "nothing is marked" in nothing.json()["error"]) == (422, True)


def test_a_picture_of_a_file_that_is_gone_says_which(tmp_path: Path) -> None:
    assistant = open_small_home(tmp_path)
    (tmp_path / "files" / "report.pdf").unlink()
    report = id_of(assistant, "report.pdf")
    response = client_of(assistant).get(f"/api/v1/sources/{report}/pages/1/picture")
    assert response.status_code == 404
    assert response.json()["error"].startswith(
        f"the original of source {report!r}, report.pdf, is no longer where it was read"
    )
    assistant.close()


def test_what_is_not_there_is_told(assistant: Assistant, client: TestClient) -> None:
    mines = id_of(assistant, "mines.md")
    for address in (
        "/api/v1/sources/nosuch",
        "/api/v1/sources/nosuch/pages/1",
        f"/api/v1/sources/{mines}/pages/2",
        f"/api/v1/sources/{mines}/pages/1/picture",
        "/api/v1/records/nosuch",
        "/api/v1/records/nosuch/conversation",
        "/nothing",
    ):
        response = client.get(address)
        assert response.status_code == 404, address
        assert list(response.json()) == ["error"]
    assert client.delete("/api/v1/sources/nosuch").status_code == 404
    assert client.get("/api/v1/ask").json() == {
        "error": "GET is not for this address; it takes POST"
    }


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("sources/nosuch/pages/1", "(sources: GET /api/v1/sources)"),
        ("records/nosuch", "(records: GET /api/v1/records)"),
        ("runs/nosuch", "(runs: GET /api/v1/runs)"),
    ],
)
def test_what_is_not_there_is_told_with_the_address_that_lists_what_is(
    client: TestClient, address: str, told: str
) -> None:
    assert client.get(f"/api/v1/{address}").json()["error"].endswith(told)


@pytest.mark.parametrize(
    ("sent", "kind", "told"),
    [
        ('{"question": "Why?"}', "text/plain", "send a JSON object with the header Content-Type"),
        ("{", "application/json", "what was sent is no JSON (Expecting property name"),
        ("[]", "application/json", "send a JSON object with the header Content-Type"),
        (
            '{"question": "Why?", "filter": {}}',
            "application/json",
            "body: there is no 'filter'; there is filters, question, turns",
        ),
        (
            '{"question": "Why?", "filters": {"publsher": "x"}}',
            "application/json",
            "body.filters: there is no 'publsher'; there is publisher, type, language,",
        ),
    ],
)
def test_what_is_wrong_with_a_body_is_told_with_what_is_right(
    client: TestClient, sent: str, kind: str, told: str
) -> None:
    response = client.post("/api/v1/ask", content=sent, headers={"Content-Type": kind})
    assert response.status_code == 422
    assert response.json()["error"].startswith(told)


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/api/v1/ask", {}),
        ("/api/v1/ask", {"question": ""}),
        ("/api/v1/ask", {"question": " \n "}),
        ("/api/v1/ask", {"question": "Why?", "filters": {"source": "nonexistent"}}),
        (
            "/api/v1/ask",
            {"question": "Why?", "filters": {"published_from": "2026", "published_to": "2025"}},
        ),
        ("/api/v1/ask", {"question": "x" * 4001}),
        ("/api/v1/ask", {"question": "Why?", "filters": {"publsher": "x"}}),
        ("/api/v1/ask", {"question": "Why?", "turns": [{"role": "system", "content": "x"}]}),
        ("/api/v1/search", {"question": "Why?", "limit": 0}),
        ("/api/v1/cite", {"claim": 5}),
        ("/api/v1/check", {"text": "Words.", "name": ""}),
        ("/v1/chat/completions", {"messages": []}),
        ("/v1/chat/completions", {"messages": [{"role": "assistant", "content": "x"}]}),
    ],
)
def test_wrong_input_is_told_in_one_line(client: TestClient, address: str, body: object) -> None:
    response = client.post(address, json=body)
    assert response.status_code == 422
    told = response.json()
    assert list(told) == ["error"]
    assert "\n" not in told["error"]


def test_an_upload_is_kept_indexed_told_and_removed_whole(tmp_path: Path) -> None:
    assistant = open_small_home(tmp_path)
    client = client_of(assistant)
    text = b"# Bayan Obo\n\nBayan Obo in China produced 150,000 t of REO in 2024.\n"
    response = client.post("/api/v1/sources", files={"file": ("bayan.md", text)})
    assert response.status_code == 201, response.text
    told = response.json()
    assert (told["path"], told["state"]) == ("bayan.md", "indexed")
    kept = tmp_path / "home" / "uploads" / "bayan.md"
    assert kept.read_bytes() == text
    question = {"question": "How much REO did Bayan Obo produce in 2024?"}
    assert "150,000" in client.post("/api/v1/ask", json=question).json()["text"]
    again = client.post("/api/v1/sources", files={"file": ("bayan.md", text)})
    assert again.json() == told
    other = client.post("/api/v1/sources", files={"file": ("bayan.md", b"# Other words")})
    assert other.status_code == 409
    assert kept.read_bytes() == text
    assert client.delete(f"/api/v1/sources/{told['id']}").json() == {"removed": told["id"]}
    assert list(kept.parent.iterdir()) == []
    assert "150,000" not in client.post("/api/v1/ask", json=question).json()["text"]
    lines = (tmp_path / "home" / "audit.jsonl").read_text().splitlines()
    audited = [(one["who"], one["action"], one["source"]) for one in map(json.loads, lines)]
    source = told["id"]
    assert audited == [
        ("local", "added", source),
        ("local", "added", source),
        ("local", "removed", source),
    ]
    assistant.close()


@pytest.mark.parametrize(
    "name",
    ["../evil.md", "/etc/evil.md", "..\\evil.md", ".hidden.md", "a/b.md", "evil\x1b.md", "..", ""],
)
def test_a_path_is_no_name_of_an_upload(
    assistant: Assistant, client: TestClient, name: str
) -> None:
    before = {*assistant.settings.home.parent.rglob("*")}
    response = client.post("/api/v1/sources", files={"file": (name, b"# Evil\n\nWords.")})
    assert response.status_code == 422
    made = {*assistant.settings.home.parent.rglob("*")} - before
    assert [path for path in made if path.suffix in (".md", ".part")] == []


@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"no PDF"), ("a.md", b""), ("a.docx", b"PK")]
)
def test_what_cannot_be_read_is_not_kept(
    assistant: Assistant, client: TestClient, name: str, content: bytes
) -> None:
    response = client.post("/api/v1/sources", files={"file": (name, content)})
    assert response.status_code == 422
    assert response.json()["error"].startswith(name)
    assert not (assistant.settings.home / "uploads" / name).exists()
    paths = [one["path"] for one in client.get("/api/v1/sources").json()["sources"]]
    assert name not in paths


def test_another_writer_at_work_is_a_conflict(assistant: Assistant, client: TestClient) -> None:
    with FileLock(assistant.settings.home / "writer.lock"):
        response = client.post("/api/v1/sources", files={"file": ("new.md", b"# New\n\nWords.")})
        removed = client.delete(f"/api/v1/sources/{id_of(assistant, 'mines.md')}")
        assert client.post("/api/v1/ask", json={"question": QUESTION}).status_code == 200
    assert (response.status_code, removed.status_code) == (409, 409)
    assert "another process is adding" in response.json()["error"]
    assert not (assistant.settings.home / "uploads" / "new.md").exists()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (LanguageModelError("nobody answers; start it"), 503),
        (StaleIndexError("built otherwise; run: rare-earth rebuild"), 503),
        (ZeroDivisionError("a secret"), 500),
    ],
)
def test_errors_have_their_status_and_a_bug_tells_nothing(error: Exception, status: int) -> None:
    fake = FakeAssistant(error=error)
    client = client_of(fake)  # type: ignore[arg-type]
    response = client.post("/api/v1/check", json={"text": "China mines."})
    assert response.status_code == status
    told = response.json()["error"]
    assert told == str(error) if status == 503 else "secret" not in told
    assert "Traceback" not in told


def test_damaged_records_are_told_as_that(assistant: Assistant, client: TestClient) -> None:
    file = assistant.settings.home / "records.sqlite"
    before = file.read_bytes() if file.exists() else b""
    file.write_bytes(b"no database" * 1_000)
    for address in ("/api/v1/records", "/api/v1/records/abc"):
        response = client.get(address)
        assert response.status_code == 503
        assert "is damaged" in response.json()["error"]
    file.write_bytes(before)


def test_health_and_the_description_are_there(client: TestClient) -> None:
    assert client.get("/api/v1/health").json() == {"status": "ok"}
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/ask", "/api/v1/sources/{source_id}", "/v1/chat/completions"} <= set(paths)
