"""Which language models are served on this machine: looked for when asked, at the usual addresses.

Nothing but addresses of this machine is contacted, by one request for the list of models each.
"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

_SECONDS = 1.0  # a server on this machine answers in a few thousandths
_MOST_BYTES = 1_000_000
_MOST_MODELS = 200
USUAL = (
    ("Ollama", "http://127.0.0.1:11434/v1"),
    ("LM Studio", "http://127.0.0.1:1234/v1"),
    ("llama.cpp", "http://127.0.0.1:8080/v1"),
    ("vLLM", "http://127.0.0.1:8000/v1"),
)


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A server that answers at an address, with the names of its models."""

    program: str  # that usually answers there
    address: str
    models: tuple[str, ...]


def find_servers(usual: Sequence[tuple[str, str]] = USUAL) -> tuple[FoundServer, ...]:
    """Return the servers that list their models at addresses of this machine, in their order."""
    with ThreadPoolExecutor(len(usual)) as pool:
        found = pool.map(lambda one: _listed(*one), usual)
        return tuple(server for servers in found for server in servers)


def _listed(program: str, address: str) -> list[FoundServer]:
    import httpx

    try:
        # Proxies of the environment are not used: this never leaves the machine.
        with (
            httpx.Client(trust_env=False, timeout=_SECONDS) as client,
            client.stream("GET", f"{address}/models") as response,
        ):
            body = b""
            for part in response.iter_bytes():
                body += part
                if len(body) > _MOST_BYTES:
                    return []
            if not response.is_success:
                return []
        return [FoundServer(program, address, tuple(_names(json.loads(body))))]
    except (httpx.HTTPError, httpx.StreamError, ValueError):
        return []


def _names(told: object) -> Iterator[str]:
    """Yield the names in an OpenAI-compatible list of models. Raises ValueError for another."""
    if not isinstance(told, dict) or not isinstance(told.get("data"), list):
        raise ValueError("no list of models")
    for one in told["data"][:_MOST_MODELS]:
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            yield one["id"]
