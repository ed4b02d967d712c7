"""Who works at a desk of several people: signing in at a provider, roles, what is written down."""

from assistant.people.audit import AUDIT_FILE, Deed, write_down
from assistant.people.person import HOLDER, Person, Role, good_until, person_of, require_editor
from assistant.people.provider import Provider
from assistant.people.sign_in import (
    EXAMPLE,
    SignIn,
    SignInSecrets,
    is_loopback,
    load_secrets,
    load_sign_in,
    sign_in_file,
)

__all__ = [
    "AUDIT_FILE",
    "EXAMPLE",
    "HOLDER",
    "Deed",
    "Person",
    "Provider",
    "Role",
    "SignIn",
    "SignInSecrets",
    "good_until",
    "is_loopback",
    "load_secrets",
    "load_sign_in",
    "person_of",
    "require_editor",
    "sign_in_file",
    "write_down",
]
