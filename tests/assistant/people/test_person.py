"""Who is let in by what claims, and with which role."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.errors import ExpiredSignInError, ForbiddenError, SignInError
from assistant.people import HOLDER, Person, SignIn, person_of, require_editor

NOW = 1_800_000_000.0
SIGN_IN = SignIn(
    provider="https://login.example.org/.well-known/openid-configuration",
    client_id="rare-earth",
    address="https://desk.example.org",
    editors=("Anna@example.org", "metals"),
    readers=("ben@example.org", "analysts"),
)
CLAIMS = {
    "iss": "https://login.example.org",
    "sub": "1234",
    "aud": "rare-earth",
    "iat": NOW - 60,
    "email": "anna@example.org",
}


def role(**changed: Any) -> str:
    return person_of({**CLAIMS, **changed}, SIGN_IN, NOW).role


def test_a_person_is_named_by_a_claim_and_known_by_issuer_and_subject() -> None:
    anna = person_of(CLAIMS, SIGN_IN, NOW)
    assert (anna.name, anna.role) == ("anna@example.org", "editor")
    renamed = person_of({**CLAIMS, "email": "ben@example.org"}, SIGN_IN, NOW)
    other = person_of({**CLAIMS, "iss": "https://other.example"}, SIGN_IN, NOW)
    assert anna.id == renamed.id != other.id
    assert "1234" not in anna.id


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"email": "ANNA@EXAMPLE.ORG"}, "editor"),
        ({"email": "ben@example.org"}, "reader"),
        ({"email": "eve@example.org", "groups": ["x", "analysts"]}, "reader"),
        ({"email": "eve@example.org", "groups": ["analysts", "metals"]}, "editor"),
        ({"email": "eve@example.org", "groups": "metals"}, "editor"),
        ({"aud": ["another", "rare-earth"]}, "editor"),
        ({"email_verified": True}, "editor"),
    ],
)
def test_a_role_comes_by_name_or_group(changed: dict[str, Any], expected: str) -> None:
    assert role(**changed) == expected


def test_a_star_lets_in_whoever_signs_in() -> None:
    open_to_all = replace(SIGN_IN, readers=("*",))
    assert person_of({**CLAIMS, "email": "eve@x.org"}, open_to_all, NOW).role == "reader"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"email": "eve@example.org"}, "no role is given to eve@example.org here"),
        ({"email": "eve@example.org", "groups": [["metals"]]}, "no role is given"),
        ({"email": None}, "the provider tells no email of this account"),
        ({"email_verified": False}, "has not verified the address"),
        ({"email_verified": "false"}, "has not verified the address"),
        ({"email": "anna@example.org\n"}, "is no name"),
        ({"sub": ""}, "nobody is signed in"),
        ({"iss": None}, "nobody is signed in"),
        ({"aud": "another"}, "nobody is signed in"),
        ({"aud": None}, "nobody is signed in"),
        ({"iat": None}, "does not tell when"),
        ({"iat": True}, "does not tell when"),
    ],
)
def test_who_is_not_let_in_is_told_why_in_one_line(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(SignInError) as raised:
        role(**changed)
    assert told in str(raised.value)
    assert not isinstance(raised.value, ExpiredSignInError)


def test_nobody_is_signed_in_without_claims() -> None:
    with pytest.raises(SignInError, match="nobody is signed in"):
        person_of({}, SIGN_IN, NOW)


@pytest.mark.parametrize(
    "times",
    [{"iat": NOW - 12 * 3600}, {"auth_time": NOW - 13 * 3600}, {"iat": float("-inf")}],
)
def test_a_sign_in_is_good_for_so_many_hours(times: dict[str, float]) -> None:
    assert role(iat=NOW - 12 * 3600 + 1) == "editor"
    assert role(iat=NOW - 13 * 3600, auth_time=NOW - 3600) == "editor"
    with pytest.raises(ExpiredSignInError, match="older than 12 hours; sign in again"):
        role(**times)


def test_another_claim_may_name_a_person() -> None:
    by_name = replace(SIGN_IN, name_claim="preferred_username", editors=("anna",))
    claims = {**CLAIMS, "preferred_username": "anna", "email_verified": False}
    assert person_of(claims, by_name, NOW).name == "anna"


def test_only_an_editor_may_change_what_all_see() -> None:
    require_editor(HOLDER, "add sources")
    with pytest.raises(ForbiddenError, match="only an editor may add sources; ask one"):
        require_editor(Person("1", "ben", "reader"), "add sources")
