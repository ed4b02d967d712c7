"""The OpenID provider: its metadata, its keys, and what its signed tokens tell.

Keys are fetched when the first token comes, again when they are old, and for a key that is not
known, though not more often than once a minute: a stranger's token costs the provider nothing.
"""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import ProviderError, SignInError
from assistant.people.person import Person, person_of
from assistant.people.sign_in import SignIn, is_loopback, is_safe

_SECONDS = 5.0  # for one answer of the provider
_MOST_BYTES = 1_000_000
_MOST_KEYS = 100
_TOKEN_CHARS = 16_000
_AGE_SECONDS = 3600.0  # after which keys are fetched again
_AGAIN_SECONDS = 60.0  # between two fetches for keys that are not known
_AFTER_FAILURE_SECONDS = 5.0
_LEEWAY_SECONDS = 30  # by which two clocks may differ
_ALGORITHMS = (  # asymmetric ones alone: a public key must never do as a shared secret
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
)
_KINDS = ("RSA", "EC", "OKP")
_REQUIRED = ("iss", "sub", "aud", "exp", "iat")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What of a provider's metadata is used; `end_session` is "" where it has none."""

    issuer: str
    keys_address: str
    authorization: str
    end_session: str


class Provider:
    """The provider at which people sign in. Safe to share between threads."""

    def __init__(self, sign_in: SignIn) -> None:
        self._sign_in = sign_in
        self._fetching = threading.Lock()
        self._issuer = ""
        self._keys: dict[str, Any] = {}
        self._fetched = self._not_before = 0.0

    def metadata(self) -> Metadata:
        """Return the metadata as they are now. Raises ProviderError."""
        told = _fetched(self._sign_in.provider)
        names = ("issuer", "jwks_uri", "authorization_endpoint", "end_session_endpoint")
        issuer, keys, authorization, end = (str(told.get(name) or "") for name in names)
        if not (issuer and is_safe(keys) and is_safe(authorization)):
            raise ProviderError(
                f"{self._sign_in.provider} tells no issuer, keys and place to sign in; is it the "
                "metadata of an OpenID provider?"
            )
        return Metadata(issuer, keys, authorization, end)

    def person_of(self, token: str) -> Person:
        """Return the person of a signed ID or access token; raises what `claims_of` raises.

        Raises SignInError as well where he has no role here.
        """
        return person_of(self.claims_of(token), self._sign_in, time.time())

    def claims_of(self, token: str) -> Mapping[str, Any]:
        """Return what a signed ID or access token tells.

        Raises SignInError for one that is not the provider's, not for this desk, or too old,
        ProviderError where the keys cannot be had.
        """
        import jwt

        try:
            if len(token) > _TOKEN_CHARS:
                raise ValueError("it is too long")
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in _ALGORITHMS:
                raise ValueError("it is not signed by a key of the provider")
            key = self._key(str(header.get("kid") or ""))
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=list(_ALGORITHMS),
                audience=self._sign_in.client_id,
                issuer=self._issuer,
                leeway=_LEEWAY_SECONDS,
                options={"require": list(_REQUIRED)},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise SignInError(f"the token is not valid ({error}); sign in again") from error
        return claims

    def _key(self, key_id: str) -> Any:
        """Return a public key of the provider, fetched where need be. Raises ValueError."""
        with self._fetching:
            now = time.monotonic()
            is_old = not self._fetched or now > self._fetched + _AGE_SECONDS
            if (is_old or self._known(key_id) is None) and now >= self._not_before:
                self._not_before = now + _AFTER_FAILURE_SECONDS
                self._fetch_keys()
                self._fetched, self._not_before = now, now + _AGAIN_SECONDS
            if not self._fetched:
                raise ProviderError(f"{self._sign_in.provider} did not answer; try again")
            key = self._known(key_id)
        if key is None:
            raise ValueError("its key is not known")
        return key

    def _known(self, key_id: str) -> Any:
        """Return the key of an id, without an id the only one; None where it is not known."""
        if not key_id and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(key_id)

    def _fetch_keys(self) -> None:
        import jwt

        metadata = self.metadata()
        told = _fetched(metadata.keys_address).get("keys")
        if not isinstance(told, list):
            raise ProviderError(f"{metadata.keys_address} lists no keys; check the provider")
        keys = {}
        for one in told[:_MOST_KEYS]:
            if not isinstance(one, dict) or one.get("kty") not in _KINDS or one.get("use") == "enc":
                continue
            try:
                keys[str(one.get("kid") or "")] = jwt.PyJWK(one).key
            except jwt.PyJWTError:
                continue  # of a kind that nobody here understands
        self._keys, self._issuer = keys, metadata.issuer


def _fetched(address: str) -> dict[str, Any]:
    """Return the JSON object at an address of the provider. Raises ProviderError."""
    import httpx

    trust_env = not is_loopback(urlsplit(address).hostname or "")
    try:
        with (
            httpx.Client(trust_env=trust_env, timeout=_SECONDS) as client,
            client.stream("GET", address) as response,
        ):
            response.raise_for_status()
            begun, body = time.monotonic(), b""
            for part in response.iter_bytes():
                body += part
                if len(body) > _MOST_BYTES or time.monotonic() > begun + _SECONDS:
                    raise ValueError("the answer is too long")
        told = json.loads(body)
        if not isinstance(told, dict):
            raise ValueError("no JSON object")
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ValueError) as error:
        raise ProviderError(
            f"{address} does not answer as a provider ({error or type(error).__name__}); check the "
            "address and the network"
        ) from error
    return told
