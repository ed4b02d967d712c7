"""OpenID providers on loopback: one with pages to sign in on, one whose keys a test holds."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

METADATA_PATH = "/.well-known/openid-configuration"
CLIENT = "rare-earth"
CLIENT_SECRET = "the secret of the client"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass
class SigningProvider:
    """A provider that lists the public halves of its keys, by their ids, and counts fetches."""

    address: str = ""
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)
    fetched: int = 0
    is_there: bool = True
    others: list[dict[str, Any]] = field(default_factory=list)  # keys of other kinds

    @property
    def metadata_address(self) -> str:
        return f"{self.address}{METADATA_PATH}"

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Return the claims of a token that is valid now; None takes one out."""
        now = int(time.time())
        told = {
            "iss": self.address,
            "sub": "1234",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 600,
            "email": "anna@example.org",
        } | changed
        return {name: value for name, value in told.items() if value is not None}

    def token(self, key: str = "first", **changed: Any) -> str:
        headers = {"kid": key}
        return jwt.encode(self.claims(**changed), self.keys[key], "RS256", headers)

    def told(self, path: str) -> dict[str, Any]:
        if path == METADATA_PATH:
            return {
                "issuer": self.address,
                "jwks_uri": f"{self.address}/keys",
                "authorization_endpoint": f"{self.address}/authorize",
            }
        self.fetched += 1
        algorithm = jwt.algorithms.RSAAlgorithm
        listed = [
            algorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": id}
            for id, key in self.keys.items()
        ]
        return {"keys": [*self.others, *listed]}


@contextmanager
def signing_provider() -> Iterator[SigningProvider]:
    """Yield a provider with one key, "first"."""
    provider = SigningProvider(keys={"first": new_key()})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(provider.told(self.path)).encode()
            self.send_response(200 if provider.is_there else 503)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def provider_with_pages(people: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the address of a provider that knows people by their subject, with their claims."""
    from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread() as server:
        address = f"http://127.0.0.1:{server.server_port}"
        for subject, claims in people.items():
            httpx.put(f"{address}/users/{subject}", json=dict(claims)).raise_for_status()
        yield address


def write_sign_in(home: Path, at: str, /, **values: Any) -> Path:
    """Write how people sign in; `at` is the address of one of these."""
    told = {
        "provider": f"{at}{METADATA_PATH}",
        "client_id": CLIENT,
        "address": "http://127.0.0.1:8501",
        "readers": ["*"],
    } | values
    home.mkdir(parents=True, exist_ok=True)
    file = home / "sign_in.toml"
    lines = (f"{name} = {json.dumps(value)}" for name, value in told.items() if value is not None)
    file.write_text("\n".join(lines), encoding="utf-8")
    return file
