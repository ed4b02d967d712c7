"""A person with a role: who is let in by the claims of a provider, and who may change what."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from assistant.errors import ExpiredSignInError, ForbiddenError, SignInError
from assistant.people.sign_in import SignIn

Role = Literal["reader", "editor"]
"""A reader asks and reads; an editor adds and removes sources and starts and stops runs as well."""
_EVERYBODY = "*"
_ID_SIGNS = 32
_NAME_CHARS = 200


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. `id` is "" where nobody signs in: such a one sees and changes what all have made.

    What a person without a name does is not written down.
    """

    id: str
    name: str
    role: Role

    @property
    def is_editor(self) -> bool:
        """Whether sources, the model and runs may be changed."""
        return self.role == "editor"


HOLDER = Person("", "", "editor")
"""Whoever works on the machine of a home, at the command line or where nobody signs in."""


def person_of(claims: Mapping[str, Any], sign_in: SignIn, now: float) -> Person:
    """Return the person of whom a provider tells these claims, which were verified before.

    `now` is in seconds since 1970. Raises ExpiredSignInError where the sign-in is too old,
    SignInError where nobody is signed in or has no role here.
    """
    issuer, subject = claims.get("iss"), claims.get("sub")
    audience = claims.get("aud")
    is_ours = sign_in.client_id in (audience if isinstance(audience, list) else [audience])
    is_told = isinstance(issuer, str) and isinstance(subject, str) and issuer and subject
    if not (is_told and is_ours):
        raise SignInError("nobody is signed in here; sign in")
    if now >= good_until(claims, sign_in):
        hours = f"{sign_in.hours:g} hours"
        raise ExpiredSignInError(f"the sign-in is older than {hours}; sign in again")
    name = _name(claims, sign_in.name_claim)
    id = sha256(f"{issuer}\n{subject}".encode()).hexdigest()[:_ID_SIGNS]
    return Person(id, name, _role(name, _groups(claims, sign_in.groups_claim), sign_in))


def good_until(claims: Mapping[str, Any], sign_in: SignIn) -> float:
    """Return until when a sign-in is good, in seconds since 1970. Raises SignInError."""
    return _signed_in_at(claims) + sign_in.hours * 3600


def require_editor(person: Person, deed: str) -> None:
    """Raise ForbiddenError, which names what was to be done, where a person is no editor."""
    if not person.is_editor:
        raise ForbiddenError(f"only an editor may {deed}; ask one")


def _signed_in_at(claims: Mapping[str, Any]) -> float:
    for claim in ("auth_time", "iat"):
        told = claims.get(claim)
        if isinstance(told, int | float) and not isinstance(told, bool):
            return told
    raise SignInError("the provider does not tell when this sign-in was; have it send auth_time")


def _name(claims: Mapping[str, Any], claim: str) -> str:
    told = claims.get(claim)
    if not isinstance(told, str) or not told.strip():
        raise SignInError(f"the provider tells no {claim} of this account; have it send the claim")
    if claim == "email" and claims.get("email_verified") in (False, "false"):
        raise SignInError("the provider has not verified the address of this account; verify it")
    if len(told) > _NAME_CHARS or not told.isprintable():
        raise SignInError(f"the {claim} of this account is no name; have it corrected")
    return told.strip()


def _groups(claims: Mapping[str, Any], claim: str) -> frozenset[str]:
    told = claims.get(claim)
    groups = told if isinstance(told, list) else [told]
    return frozenset(one for one in groups if isinstance(one, str))


def _role(name: str, groups: frozenset[str], sign_in: SignIn) -> Role:
    def is_among(listed: tuple[str, ...]) -> bool:
        names = {one.casefold() for one in listed}
        return _EVERYBODY in listed or name.casefold() in names or bool(groups & set(listed))

    if is_among(sign_in.editors):
        return "editor"
    if is_among(sign_in.readers):
        return "reader"
    raise SignInError(f"no role is given to {name} here; ask who runs this desk for one")
