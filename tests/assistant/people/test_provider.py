"""Tokens of a provider: taken where its keys have signed them for us, refused otherwise."""

import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from providers import CLIENT, SigningProvider, new_key, public_pem, signing_provider

from assistant.errors import ProviderError, SignInError
from assistant.people import Provider, SignIn


@pytest.fixture
def signing() -> Iterator[SigningProvider]:
    with signing_provider() as provider:
        yield provider


def provider_of(signing: SigningProvider) -> Provider:
    sign_in = SignIn(signing.metadata_address, CLIENT, "http://127.0.0.1:8501", readers=("*",))
    return Provider(sign_in)


def test_a_signed_token_tells_its_claims_and_keys_are_fetched_once(
    signing: SigningProvider,
) -> None:
    provider = provider_of(signing)
    for _ in range(3):
        assert provider.claims_of(signing.token())["email"] == "anna@example.org"
    assert signing.fetched == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": int(time.time()) - 60},
        {"aud": "another"},
        {"aud": None},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"iat": None},
        {"exp": None},
        {"sub": None},
        {"nbf": int(time.time()) + 86_400},
        {"iat": int(time.time()) + 86_400},
    ],
    ids=" ".join,  # a time in a name would differ between processes
)
def test_a_token_that_is_old_or_for_others_is_refused(
    signing: SigningProvider, changed: dict[str, Any]
) -> None:
    with pytest.raises(SignInError, match="the token is not valid"):
        provider_of(signing).claims_of(signing.token(**changed))


SHARED = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"  # the 32 signs below, as keys have it


def forged(signing: SigningProvider) -> dict[str, str]:
    """Return tokens that nobody with a key of the provider has signed, by how they are made."""
    claims, headers = signing.claims(), {"kid": "first"}
    head, body, _ = signing.token().split(".")
    shared = b"0123456789abcdef0123456789abcdef"
    other = signing.token(email="eve@example.org").split(".")
    return {
        "none": jwt.encode(claims, None, "none", headers),
        "unsigned": f"{head}.{body}.",
        "other body": f"{head}.{other[1]}.{signing.token().split('.')[2]}",
        "other key": jwt.encode(claims, new_key(), "RS256", headers),
        "unknown key": jwt.encode(claims, new_key(), "RS256", {"kid": "second"}),
        "shared secret": jwt.encode(claims, shared, "HS256", headers),
        "listed shared secret": jwt.encode(claims, shared, "HS256", {"kid": "shared"}),
        "nonsense": "rea_token",
        "two parts": f"{head}.{body}",
        "long": signing.token() + "A" * 20_000,
        "empty": "",
    }


def test_a_forged_token_is_refused(signing: SigningProvider) -> None:
    signing.others = [{"kty": "oct", "kid": "shared", "k": SHARED}]
    provider = provider_of(signing)
    for how, token in forged(signing).items():
        with pytest.raises(SignInError, match="the token is not valid"):
            pytest.fail(f"{how}: {provider.claims_of(token)}")


def test_the_public_key_does_not_do_as_a_shared_secret(signing: SigningProvider) -> None:
    import base64
    import hashlib
    import hmac
    import json

    def part(value: object) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    signed = part({"alg": "HS256", "kid": "first"}) + b"." + part(signing.claims())
    secret = public_pem(signing.keys["first"])
    seal = base64.urlsafe_b64encode(hmac.digest(secret, signed, hashlib.sha256)).rstrip(b"=")
    with pytest.raises(SignInError, match="not signed by a key of the provider"):
        provider_of(signing).claims_of((signed + b"." + seal).decode())


def test_a_new_key_is_fetched_but_strangers_keys_cost_the_provider_nothing(
    signing: SigningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider, clock = provider_of(signing), [1000.0]
    monkeypatch.setattr("assistant.people.provider.time.monotonic", lambda: clock[0])
    provider.claims_of(signing.token())
    signing.keys = {"second": new_key()}
    for _ in range(5):
        with pytest.raises(SignInError, match="its key is not known"):
            provider.claims_of(signing.token("second"))
    assert signing.fetched == 1
    clock[0] += 61
    assert provider.claims_of(signing.token("second"))["sub"] == "1234"
    assert signing.fetched == 2


def test_a_key_that_is_withdrawn_does_not_count_for_ever(
    signing: SigningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider, clock = provider_of(signing), [1000.0]
    monkeypatch.setattr("assistant.people.provider.time.monotonic", lambda: clock[0])
    token = signing.token()
    provider.claims_of(token)
    signing.keys = {"second": new_key()}
    clock[0] += 3601
    with pytest.raises(SignInError, match="its key is not known"):
        provider.claims_of(token)


def test_a_provider_that_does_not_answer_is_told_and_asked_again(
    signing: SigningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider, clock = provider_of(signing), [1000.0]
    monkeypatch.setattr("assistant.people.provider.time.monotonic", lambda: clock[0])
    signing.is_there = False
    for _ in range(2):
        with pytest.raises(ProviderError):
            provider.claims_of(signing.token())
    signing.is_there = True
    clock[0] += 6
    assert provider.claims_of(signing.token())["sub"] == "1234"
