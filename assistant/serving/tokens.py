"""The tokens by which other machines may ask: made, listed, revoked, found again by their digest.

HOME/tokens.json holds of each its name, its role, when it was made and expires, the SHA-256 digest
and the last four signs; the token itself is told once, when it is made, and kept nowhere.
"""

import hmac
import json
import secrets
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import get_args

from filelock import FileLock

from assistant.errors import ServingError
from assistant.evaluation.whole_files import write_whole
from assistant.people import Role

TOKENS_FILE = "tokens.json"
_TOKEN_BYTES = 32
_PREFIX = "rea_"
_NAME_CHARS = 60
_ONLY_OWNER = 0o600


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token; the times are UTC, ISO 8601, `expires` "" for never."""

    name: str
    role: Role
    made: str
    expires: str
    ending: str
    digest: str

    def is_valid(self, now: datetime) -> bool:
        """Tell whether it has not expired."""
        return not self.expires or now < datetime.fromisoformat(self.expires)


def make_token(home: Path, name: str, role: Role, days: int | None = None) -> str:
    """Make a token for a name that has none, and return it.

    Raises ServingError for a name that is taken or cannot be one.
    """
    if not name.isprintable() or not name.strip() or len(name) > _NAME_CHARS:
        raise ServingError(f"a token's name has 1 to {_NAME_CHARS} signs; give it such a one")
    secret = _PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
    now = datetime.now(UTC)
    expires = (now + timedelta(days=days)).isoformat(timespec="seconds") if days else ""
    made = now.isoformat(timespec="seconds")
    token = Token(name, role, made, expires, secret[-4:], _digest(secret))
    with _changing(home):
        tokens = list_tokens(home)
        if any(one.name == name for one in tokens):
            raise ServingError(f"there is a token {name!r}; revoke it first, or give another name")
        _write(home, (*tokens, token))
    return secret


def list_tokens(home: Path) -> tuple[Token, ...]:
    """Return all tokens, those that have expired, too. Raises ServingError for a damaged file."""
    file = home / TOKENS_FILE
    try:
        tokens = tuple(Token(**told) for told in json.loads(file.read_bytes())["tokens"])
        if not all(one.role in get_args(Role) for one in tokens):
            raise ValueError("a role is unknown")
        for one in tokens:
            one.is_valid(datetime.now(UTC))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ServingError(
            f"{file} cannot be read ({error}); move it away and make the tokens anew"
        ) from error
    return tokens


def revoke_token(home: Path, name: str) -> None:
    """Take a token out, at once for a server that runs, too. Raises ServingError for no such."""
    with _changing(home):
        tokens = list_tokens(home)
        left = [one for one in tokens if one.name != name]
        if len(left) == len(tokens):
            raise ServingError(f"no token has the name {name!r}; rare-earth tokens list shows them")
        _write(home, left)


class TokenBook:
    """The tokens of a home as they stand now, read again where the file has changed."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._version = -1
        self._tokens: tuple[Token, ...] = ()
        self._reading = threading.Lock()

    def find(self, secret: str) -> Token | None:
        """Return the valid token that a secret is, None where it is none."""
        digest = _digest(secret)
        found = None
        for token in self._current():  # all of them, so that the time tells nothing
            if hmac.compare_digest(token.digest, digest):
                found = token
        return found if found and found.is_valid(datetime.now(UTC)) else None

    def _current(self) -> tuple[Token, ...]:
        file = self._home / TOKENS_FILE
        with self._reading:
            version = file.stat().st_mtime_ns if file.exists() else 0
            if version != self._version:
                self._tokens, self._version = list_tokens(self._home), version
            return self._tokens


def _digest(secret: str) -> str:
    return sha256(secret.encode(errors="replace")).hexdigest()


def _changing(home: Path) -> FileLock:
    home.mkdir(parents=True, exist_ok=True)
    return FileLock(home / f"{TOKENS_FILE}.lock")


def _write(home: Path, tokens: Sequence[Token]) -> None:
    file = home / TOKENS_FILE
    told = json.dumps({"tokens": [asdict(one) for one in tokens]}, indent=2, ensure_ascii=False)
    try:
        write_whole(file, f"{told}\n".encode())
        file.chmod(_ONLY_OWNER)
    except OSError as error:
        raise ServingError(f"{file} cannot be written ({error.strerror}); make it so") from error
