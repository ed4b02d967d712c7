"""How people sign in at an OpenID provider: read from HOME/sign_in.toml, secrets from elsewhere.

Where there is no such file nobody signs in.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import SettingsError
from corpus.extras import missing_extra

METADATA_PATH = "/.well-known/openid-configuration"
_FILE = "sign_in.toml"
_FILE_VARIABLE = "RARE_EARTH_SIGN_IN"
_CLIENT_SECRET = "RARE_EARTH_CLIENT_SECRET"
_COOKIE_SECRET = "RARE_EARTH_COOKIE_SECRET"
_COOKIE_SECRET_FILE = "cookie_secret"
_COOKIE_SECRET_CHARS = 32  # at the least
_HOURS = 12.0
_MOST_HOURS = 720  # the cookie of the app is kept no longer
_NAMES = frozenset(
    "provider client_id address hours name_claim groups_claim editors readers".split()
)

EXAMPLE = """\
# Who may use this home, by an account at an OpenID provider.
# Secrets never stand here: the client's is given in RARE_EARTH_CLIENT_SECRET.

# The metadata of the provider.
provider = "https://login.example.org/.well-known/openid-configuration"
# The name that the provider has given to this app.
client_id = "rare-earth"
# Where people open the app. To be registered at the provider: this address + /oauth2callback
address = "https://desk.example.org"

# How many hours a sign-in is good.
# hours = 12
# The claims of the provider that name a person and list the groups he is in.
# name_claim = "email"
# groups_claim = "groups"

# Names or groups. Editors add and remove sources, set the model and start runs; readers ask.
# "*" is whoever signs in.
editors = ["anna@example.org"]
readers = ["analysts"]
"""


@dataclass(frozen=True, slots=True)
class SignIn:
    """How people sign in, and who may: `editors` and `readers` are names or groups."""

    provider: str  # the address of its metadata
    client_id: str
    address: str  # where people open the app
    hours: float = _HOURS
    name_claim: str = "email"
    groups_claim: str = "groups"
    editors: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()

    @property
    def redirect_address(self) -> str:
        """Where the provider sends people back to; it must be registered there."""
        return f"{self.address}/oauth2callback"


@dataclass(frozen=True, slots=True)
class SignInSecrets:
    """What the app proves itself with to the provider, and what it signs its cookies with."""

    client: str = field(repr=False)
    cookie: str = field(repr=False)


def sign_in_file(home: Path, environ: Mapping[str, str]) -> Path:
    """Return the file that says how people sign in, whether or not it is there."""
    named = environ.get(_FILE_VARIABLE)
    return Path(named).expanduser() if named else home / _FILE


def load_sign_in(home: Path, environ: Mapping[str, str]) -> SignIn | None:
    """Return how people sign in, None where nobody does. Raises SettingsError."""
    file = sign_in_file(home, environ)
    if not file.exists() and not environ.get(_FILE_VARIABLE):
        return None
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(
            f"{_FILE_VARIABLE} names {file}, which is not there; correct it"
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read as TOML ({error}); correct it") from error
    if run := missing_extra("people", "authlib", "jwt"):
        raise SettingsError(
            f"{file} says that people sign in, which needs Authlib and PyJWT; run: {run}"
        )
    return _sign_in(values, file)


def load_secrets(home: Path, environ: Mapping[str, str]) -> SignInSecrets:
    """Return the secrets of the app; one for its cookies is made where none is given.

    Raises SettingsError.
    """
    client = environ.get(_CLIENT_SECRET, "")
    if not client:
        raise SettingsError(
            f"people sign in here, but {_CLIENT_SECRET} is not set; give the secret of the client "
            "that the provider shows"
        )
    cookie = environ.get(_COOKIE_SECRET) or _kept_cookie_secret(home / _COOKIE_SECRET_FILE)
    if len(cookie) < _COOKIE_SECRET_CHARS:
        raise SettingsError(
            f"the secret for cookies is too short; give one of {_COOKIE_SECRET_CHARS} or more "
            f"random signs in {_COOKIE_SECRET}, or none, and it is made"
        )
    return SignInSecrets(client, cookie)


def _kept_cookie_secret(file: Path) -> str:
    """Return the secret that is kept in a file, made at random where there is none yet."""
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            with open(file, "x", encoding="ascii", opener=_for_owner) as made:
                made.write(secrets.token_urlsafe(_COOKIE_SECRET_CHARS))
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file}, the secret for cookies, cannot be kept ({error}); free it, or give one in "
            f"{_COOKIE_SECRET}"
        ) from error


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sign_in(values: Mapping[str, Any], file: Path) -> SignIn:
    """Return what a file says. Raises SettingsError for the first thing that is wrong in it."""
    if unknown := sorted(values.keys() - _NAMES):
        raise SettingsError(
            f"{file}: unknown setting {unknown[0]!r}; known are {', '.join(sorted(_NAMES))}"
            + ("; secrets stand in the environment" if "secret" in unknown[0] else "")
        )
    provider = _text(values, file, "provider", f"https://login.example.org{METADATA_PATH}")
    if not (is_safe(provider) and provider.endswith(METADATA_PATH)):
        raise SettingsError(
            f"{file}: provider is {provider!r}; give the https address of its metadata, which ends "
            f"in {METADATA_PATH}"
        )
    address = _text(values, file, "address", "https://desk.example.org").rstrip("/")
    if not is_safe(address) or urlsplit(address).path:
        raise SettingsError(
            f"{file}: address is {address!r}; give where people open the app, an https address "
            "without a path (http on loopback alone)"
        )
    sign_in = SignIn(
        provider=provider,
        client_id=_text(values, file, "client_id", "rare-earth"),
        address=_origin(address),
        hours=_hours(values, file),
        name_claim=_text({"name_claim": "email", **values}, file, "name_claim", "email"),
        groups_claim=_text({"groups_claim": "groups", **values}, file, "groups_claim", "groups"),
        editors=_names(values, file, "editors"),
        readers=_names(values, file, "readers"),
    )
    if not (sign_in.editors or sign_in.readers):
        raise SettingsError(
            f'{file}: nobody has a role; give editors = ["anna@example.org"] or readers = ["*"]'
        )
    return sign_in


def _text(values: Mapping[str, Any], file: Path, name: str, example: str) -> str:
    told = values.get(name)
    if not isinstance(told, str) or not told.strip():
        raise SettingsError(f'{file}: {name} is missing; write {name} = "{example}"')
    return told.strip()


def _hours(values: Mapping[str, Any], file: Path) -> float:
    told = values.get("hours", _HOURS)
    is_number = isinstance(told, int | float) and not isinstance(told, bool)
    if not is_number or not 0 < told <= _MOST_HOURS:
        raise SettingsError(
            f"{file}: hours is {told!r}; give a number above 0, {_MOST_HOURS} at most"
        )
    return float(told)


def _names(values: Mapping[str, Any], file: Path, name: str) -> tuple[str, ...]:
    told = values.get(name, [])
    if not isinstance(told, list) or not all(isinstance(one, str) and one.strip() for one in told):
        raise SettingsError(
            f'{file}: {name} is no list of names or groups; write {name} = ["anna@example.org"]'
        )
    return tuple(one.strip() for one in told)


def is_safe(address: str) -> bool:
    """Tell whether an address is https, or http on loopback, and holds nothing but its place."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port  # raises for what is no port
    except ValueError:
        return False
    is_more = "@" in parts.netloc or parts.query or parts.fragment or not address.isprintable()
    if not host or is_more:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def _origin(address: str) -> str:
    """Return an address as a browser tells it: in small letters, without the usual port."""
    parts = urlsplit(address)
    usual = {"https": ":443", "http": ":80"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(usual)}"


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
