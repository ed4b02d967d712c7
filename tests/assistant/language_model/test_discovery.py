"""Models that are served on this machine are found at the addresses that are looked at."""

import pytest
from fault_server import Behaviour, is_silent, refuses, sends, serving, unused_address

from assistant.language_model.discovery import FoundServer, find_servers

LIST = {"object": "list", "data": [{"id": "small:1b"}, {"id": "large:70b"}, {"id": 5}, "x"]}


def test_a_server_is_found_with_its_models() -> None:
    with serving(refuses(200, LIST)) as server:
        found = find_servers([("Ollama", server.address), ("vLLM", unused_address())])
    assert found == (FoundServer("Ollama", server.address, ("small:1b", "large:70b")),)


@pytest.mark.parametrize(
    "behaviour",
    [
        is_silent,
        refuses(404, {"error": "no"}),
        refuses(200, "<html>", "Content-Type: text/html\r\n"),
        refuses(200, {"models": []}),
        sends("data: {]\n\n"),
    ],
)
def test_what_lists_no_models_is_none(behaviour: Behaviour) -> None:
    with serving(behaviour) as server:
        assert find_servers([("Ollama", server.address)]) == ()
