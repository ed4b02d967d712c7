"""The server as a process: started, asked by the openai client, many at once, ended."""

import json
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import openai
import pytest
from fakes import write_files
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike
from providers import signing_provider, write_sign_in
from server_process import command, serving
from web_server import website

from assistant.serving.tokens import make_token, revoke_token

pytestmark = pytest.mark.slow
THREADS = 20
SECONDS = 4.0
PAGES = 60  # of a site that is asked once a second
TONS = {
    "Mount Weld": "12,500 t",
    "Serra Verde": "300 t",
    "Mountain Pass": "45,000 t",
    "Bayan Obo": "150,000 t",
    "Lovozero": "2,500 t",
    "Steenkampskraal": "70 t",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("process")
    texts = {
        f"mine{number}.md": f"# {name}\n\n{name} produced {tons} of REO in 2024.\n"
        for number, (name, tons) in enumerate(TONS.items())
    }
    assert (
        command(folder / "home", "add", str(write_files(folder / "files", texts))).returncode == 0
    )
    return folder / "home"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with serving(home, "--requests-a-minute", "100000") as (url, _):
        yield url


def question(mine: str) -> str:
    return f"How much REO did {mine} produce in 2024?"


def test_the_openai_client_gets_an_answer_with_its_citations(address: str) -> None:
    client = openai.OpenAI(base_url=f"{address}/v1", api_key="none")
    (model,) = client.models.list().data
    messages = [{"role": "user", "content": question("Serra Verde")}]
    told = client.chat.completions.create(model=model.id, messages=messages)  # type: ignore[call-overload]
    message = told.choices[0].message
    assert TONS["Serra Verde"] in message.content
    assert "References:\n[1] Serra Verde" in message.content
    (annotation,) = message.annotations
    assert httpx.get(annotation.url_citation.url).json()["number"] == 1
    parts = client.chat.completions.create(  # type: ignore[call-overload]
        model=model.id, messages=messages, stream=True
    )
    assert "".join(part.choices[0].delta.content or "" for part in parts) == message.content


def test_llama_index_asks_it_as_a_model(address: str) -> None:
    model = OpenAILike(
        model="rare-earth-assistant",
        api_base=f"{address}/v1",
        api_key="none",
        is_chat_model=True,
        context_window=8_000,
    )
    told = model.chat([ChatMessage(role="user", content=question("Lovozero"))])
    assert TONS["Lovozero"] in str(told.message.content)
    parts = model.stream_chat([ChatMessage(role="user", content=question("Bayan Obo"))])
    assert TONS["Bayan Obo"] in "".join(part.delta or "" for part in parts)


def test_many_ask_while_one_adds_and_none_hears_what_another_asked(address: str) -> None:
    end = time.monotonic() + SECONDS
    added = []

    def add() -> None:
        number = 0
        while time.monotonic() < end:
            number += 1
            text = f"# Pit {number}\n\nPit {number} produced {number} t of REO in 2019.\n"
            file = {"file": (f"pit{number}.md", text.encode())}
            response = httpx.post(f"{address}/api/v1/sources", files=file, timeout=60)
            assert response.status_code == 201, response.text
            added.append(response.json()["id"])

    def ask(seed: int) -> int:
        chosen = random.Random(seed)
        count = 0
        with httpx.Client(base_url=address, timeout=60) as client:
            while time.monotonic() < end:
                mine, tons = chosen.choice(list(TONS.items()))
                response = client.post("/api/v1/ask", json={"question": question(mine)})
                if response.status_code == 429:  # as it should where many ask
                    time.sleep(0.2)
                    continue
                assert response.status_code == 200, response.text
                told = response.json()
                assert told["question"] == question(mine)
                assert tons in told["text"], told
                count += 1
        return count

    with ThreadPoolExecutor(THREADS + 1) as threads:
        adding = threads.submit(add)
        counts = list(threads.map(ask, range(THREADS)))
        adding.result()
    assert sum(counts) > 10
    assert added
    listed = httpx.get(f"{address}/api/v1/sources").json()["sources"]
    assert set(added) <= {one["id"] for one in listed}


def test_other_addresses_are_served_with_tokens_of_which_nothing_is_printed(home: Path) -> None:
    secret = make_token(home, "anna", "editor")
    with serving(home, "--host", "0.0.0.0") as (url, process):
        asked = f"http://127.0.0.1:{url.rpartition(':')[2]}/api/v1/sources"
        assert httpx.get(asked).status_code == 401
        headers = {"Authorization": f"Bearer {secret}"}
        assert httpx.get(asked, headers=headers).status_code == 200
        revoke_token(home, "anna")
        assert httpx.get(asked, headers=headers).status_code == 401
        process.terminate()
        assert process.stderr is not None
        assert secret not in process.stderr.read()


def test_an_answer_under_way_is_finished_when_the_server_is_told_to_end(home: Path) -> None:
    with serving(home) as (url, process):
        httpx.get(f"{url}/api/v1/health")
        body = {"question": question("Lovozero")}
        with ThreadPoolExecutor(1) as threads:
            asking = threads.submit(httpx.post, f"{url}/api/v1/ask", json=body, timeout=60)
            time.sleep(0.3)  # the first question loads the model, which takes longer
            process.send_signal(signal.SIGTERM)
            assert TONS["Lovozero"] in asking.result().json()["text"]
        assert process.wait(timeout=20) is not None


def test_a_port_that_is_taken_is_told_in_one_line(address: str, home: Path) -> None:
    port = address.rpartition(":")[2]
    told = command(home, "serve", "--port", port)
    assert told.returncode == 1
    assert told.stderr.startswith(f"error: 127.0.0.1 port {port} cannot be served")
    assert told.stderr.count("\n") == 1


def test_where_people_sign_in_loopback_needs_a_token_too(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with signing_provider() as provider:
        file = write_sign_in(tmp_path, provider.address)
        monkeypatch.setenv("RARE_EARTH_SIGN_IN", str(file))
        with serving(home) as (url, _):
            sources = f"{url}/api/v1/sources"
            assert httpx.get(sources).status_code == 401
            headers = {"Authorization": f"Bearer {provider.token()}"}
            assert httpx.get(sources, headers=headers).status_code == 200


def test_a_proxy_calls_it_by_the_name_of_the_desk_where_people_sign_in(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_sign_in(tmp_path, "http://127.0.0.1:9", address="https://desk.example.org")
    monkeypatch.setenv("RARE_EARTH_SIGN_IN", str(file))
    monkeypatch.setenv("RARE_EARTH_CLIENT_SECRET", "the secret of the client")
    with serving(home) as (url, _):
        for name, status in (("desk.example.org", 200), ("other.example.org", 421)):
            told = httpx.get(f"{url}/api/v1/health", headers={"Host": name})
            assert told.status_code == status


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_a_fetch_ends_after_the_page_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: signal.Signals
) -> None:
    with website() as site, ThreadPoolExecutor(1) as threads:
        monkeypatch.setenv("RARE_EARTH_WEB_HOSTS", site.host)
        for number in range(PAGES):
            site.html(f"/{number}", f"Pit {number} produced {number} t of REO in 2019.")
        sent = {"addresses": [site.at(f"/{number}") for number in range(PAGES)]}
        with serving(tmp_path / "home") as (url, process):
            httpx.post(f"{url}/api/v1/web/followed", json=sent).raise_for_status()
            fetching = threads.submit(httpx.post, f"{url}/api/v1/web/fetch", timeout=PAGES)
            while "/1" not in site.targets:
                time.sleep(0.1)
            process.send_signal(told)
            process.wait(PAGES // 2)
            assert fetching.result().status_code >= 500
        assert len(site.targets) < PAGES // 2
    kept = json.loads(command(tmp_path / "home", "sources", "list", "--json").stdout)
    assert site.at("/0") in {one["url"] for one in kept}
