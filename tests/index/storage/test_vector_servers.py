"""Homes whose vectors lie on real Chroma servers: killed, shared, moved, and refused."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from chroma_servers import ChromaServer, chroma_servers, home_on
from fakes import HashingEmbedder, write_files
from processes import start

from index.errors import IndexingError, SilentServerError, StaleIndexError, VectorServerError
from index.ingestion.rebuilding import rebuild
from index.ingestion.sync import SyncReport, add_paths
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.store import PassageStore
from index.storage.vectors import IN_HOME, VectorServers

EMBEDDER = HashingEmbedder()
FILES = {f"mine{n}.md": f"# Mine {n}\n\nMine {n} put out {n * 3} tons.\n" for n in range(60)}
ADD = """
    import sys
    from pathlib import Path
    from fakes import HashingEmbedder
    from index.ingestion.sync import add_paths
    from index.storage.store import PassageStore
    from index.storage.vectors import VectorServers

    servers = VectorServers((sys.argv[3],), sys.argv[4])
    store = PassageStore(Path(sys.argv[1]), "hashing", servers)
    add_paths(store, HashingEmbedder, [Path(sys.argv[2])], lambda done: print(done, flush=True))
"""
pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    with chroma_servers(tmp_path, 1) as started:
        yield started[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", FILES)


def opened(home: Path, servers: VectorServers) -> PassageStore:
    return PassageStore(home, EMBEDDER.name, servers)


def add(store: PassageStore, folder: Path) -> SyncReport:
    return add_paths(store, lambda: EMBEDDER, [folder], lambda _: None)


def texts(store: PassageStore, question: str) -> list[str]:
    found = Retriever(store, EMBEDDER).retrieve(question, 10, Filters())
    return [evidence.passage.text for evidence in found]


def check_whole(store: PassageStore) -> None:
    """Check that the server holds a vector a passage, and no other."""
    with store.writing() as writer:
        assert writer.missing() == set()
        assert writer.orphans() == set()
    assert len(store.catalog.vector_ids()) == len(FILES)


def test_a_home_finds_the_same_with_its_vectors_on_a_server(
    server: ChromaServer, folder: Path, tmp_path: Path
) -> None:
    here, there = opened(tmp_path / "a", IN_HOME), opened(tmp_path / "b", home_on(server))
    assert add(here, folder) == add(there, folder)
    assert not list((tmp_path / "b").glob("vectors-*/chroma.sqlite3"))
    for question in ("What did mine 7 put out?", "tons of mine 33"):
        assert texts(here, question) == texts(there, question)
    check_whole(there)
    (folder / "mine7.md").unlink()
    assert add(there, folder).removed == ("mine7.md",)
    assert not any("Mine 7 " in text for text in texts(there, "What did mine 7 put out?"))
    here.close()
    there.close()


def test_a_server_killed_and_started_in_mid_write_loses_and_doubles_nothing(
    server: ChromaServer, folder: Path, tmp_path: Path
) -> None:
    store = opened(tmp_path / "home", home_on(server))

    class Killing(HashingEmbedder):
        def embed(self, texts):  # type: ignore[no-untyped-def]
            server.kill()
            threading.Timer(1.0, server.start).start()
            return super().embed(texts)

    assert len(add_paths(store, Killing, [folder], lambda _: None).new) == len(FILES)
    check_whole(store)
    store.close()


def test_an_add_that_its_server_left_is_one_line_and_the_same_add_completes_it(
    server: ChromaServer, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.storage.vectors._RETRIES", (0.1,))
    store = opened(tmp_path / "home", home_on(server))

    class Killing(HashingEmbedder):
        def embed(self, texts):  # type: ignore[no-untyped-def]
            server.kill()
            return super().embed(texts)

    told = (
        f"the Chroma server at {server.address} does not answer; start it (chroma run), then run "
        "the same command again"
    )
    with pytest.raises(SilentServerError) as raised:
        add_paths(store, Killing, [folder], lambda _: None)
    assert str(raised.value) == told
    with pytest.raises(SilentServerError):
        opened(tmp_path / "other", store.place.servers).writing().__enter__()
    server.start()
    assert len(add(store, folder).new) == len(FILES)
    check_whole(store)
    store.close()


def test_an_add_and_its_server_killed_together_complete_at_the_next_add(
    server: ChromaServer, folder: Path, tmp_path: Path
) -> None:
    servers = home_on(server)
    for seconds in (0.4, 0.9, 1.4):
        adding = start(ADD, tmp_path / "home", folder, server.address, servers.name)
        time.sleep(seconds)
        server.kill()
        adding.kill()
        adding.wait()
        server.start()
    store = opened(tmp_path / "home", servers)
    add(store, folder)
    check_whole(store)
    store.close()


def test_homes_share_a_server_and_a_copy_of_one_does_not_write_into_its_vectors(
    server: ChromaServer, folder: Path, tmp_path: Path
) -> None:
    servers = home_on(server)
    first, second = opened(tmp_path / "a", servers), opened(tmp_path / "b", home_on(server))
    add(first, folder)
    add(second, write_files(tmp_path / "few", {"a.md": "# A\n\nOne.\n"}))
    copy = opened(tmp_path / "copy", servers)
    with pytest.raises(VectorServerError) as raised, copy.writing():
        pass
    assert str(raised.value) == (
        f"the vectors at {server.address} are those of the home {first.home}, not of {copy.home}; "
        "give this one another name on the server, then run: rare-earth rebuild"
    )
    check_whole(first)
    for store in (first, second, copy):
        store.close()


def test_a_rebuild_moves_the_vectors_to_a_server_and_back(
    server: ChromaServer, folder: Path, tmp_path: Path
) -> None:
    home, servers = tmp_path / "home", home_on(server)
    here = opened(home, IN_HOME)
    add(here, folder)
    found = texts(here, "tons of mine 33")
    here.close()
    for place in (servers, servers, IN_HOME):
        moved = opened(home, place)
        rebuild(moved, lambda: EMBEDDER, lambda _: None)
        moved.check_settings()
        assert texts(moved, "tons of mine 33") == found
        check_whole(moved)
        assert bool(list(home.glob("vectors-*/chroma.sqlite3"))) == (place == IN_HOME)
        moved.close()


def test_vectors_that_lie_elsewhere_are_told_and_not_passed_over(
    server: ChromaServer, folder: Path, tmp_path: Path
) -> None:
    home, servers = tmp_path / "home", home_on(server)
    store = opened(home, servers)
    add(store, folder)
    store.close()
    here = opened(home, IN_HOME)
    with pytest.raises(StaleIndexError) as raised:
        here.check_settings()
    assert str(raised.value) == (
        f"the vectors of {home} lie in the collections {servers.name} of "
        "default_tenant/default_database, not in the home; set where they lie, or run: "
        "rare-earth rebuild"
    )
    here.close()
    with chroma_servers(tmp_path / "empty", 1) as (other,):
        moved = opened(home, VectorServers((other.address,), servers.name))
        moved.check_settings()
        with pytest.raises(IndexingError, match=r"^60 passages have lost their vectors; run: "):
            add(moved, folder)
        both = opened(home, VectorServers((other.address, server.address), servers.name))
        assert texts(both, "tons of mine 33")[0].startswith("Mine 33 ")
        assert add(both, folder).embedded == 0
        moved.close()
        both.close()


def test_a_tenant_that_is_not_there_is_one_line_without_the_header(
    server: ChromaServer, tmp_path: Path
) -> None:
    headers = (("Authorization", "Bearer hidden"),)
    servers = VectorServers((server.address,), "mine", "nobody", headers=headers)
    with pytest.raises(VectorServerError) as raised, opened(tmp_path / "home", servers).writing():
        pass
    assert str(raised.value) == (
        f"the Chroma server at {server.address} does not hold what is asked of it (Tenant [nobody] "
        "not found); check tenant and database, or run: rare-earth rebuild"
    )
    assert "hidden" not in repr(servers)


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (403, '{"error": "AuthError", "message": "Forbidden"}', "header"),
        (401, "no token", "lets us in (no token); check the address and"),
        (
            502,
            "<html>Bad\nGateway</html>",
            "lets us in (<html>Bad Gateway",
        ),
        (200, "Welcome", "lets us in ("),
    ],
)
def test_whatever_else_answers_is_told_in_one_line(
    tmp_path: Path, status: int, body: str, told: str
) -> None:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{other.server_port}"
        headers = (("X-Chroma-Token", "hidden"),)
        store = opened(tmp_path / "home", VectorServers((address,), "mine", headers=headers))
        with pytest.raises(VectorServerError) as raised, store.writing():
            pass
        other.shutdown()
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "hidden" not in str(raised.value)
