"""Tokens: made, found by what was told once, expired, revoked; only their digests are kept."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import ServingError
from assistant.serving.tokens import (
    TOKENS_FILE,
    TokenBook,
    list_tokens,
    make_token,
    revoke_token,
)


def test_a_token_is_found_by_what_was_told_once_and_by_nothing_else(tmp_path: Path) -> None:
    secret = make_token(tmp_path, "anna", "editor")
    book = TokenBook(tmp_path)
    found = book.find(secret)
    assert found is not None
    assert (found.name, found.role, found.ending) == ("anna", "editor", secret[-4:])
    for wrong in ("", secret[:-1], f"{secret}x", found.digest, "\ud800"):
        assert book.find(wrong) is None


def test_only_its_digest_is_kept_in_a_file_of_the_owner_alone(tmp_path: Path) -> None:
    secret = make_token(tmp_path, "anna", "reader")
    file = tmp_path / TOKENS_FILE
    assert secret not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert make_token(tmp_path, "ben", "reader") != secret


def test_a_book_follows_what_is_made_and_revoked(tmp_path: Path) -> None:
    book = TokenBook(tmp_path)
    assert book.find("x") is None
    anna, ben = (make_token(tmp_path, name, "reader") for name in ("anna", "ben"))
    assert book.find(anna)
    revoke_token(tmp_path, "anna")
    assert book.find(anna) is None
    assert book.find(ben)
    assert [one.name for one in list_tokens(tmp_path)] == ["ben"]


def test_a_token_expires(tmp_path: Path) -> None:
    secret = make_token(tmp_path, "anna", "reader", days=30)
    (token,) = list_tokens(tmp_path)
    now = datetime.now(UTC)
    assert token.is_valid(now + timedelta(days=29))
    assert not token.is_valid(now + timedelta(days=31))
    expire(tmp_path)
    assert TokenBook(tmp_path).find(secret) is None


def expire(home: Path) -> None:
    """Set the end of all tokens into the past."""
    file = home / TOKENS_FILE
    told = json.loads(file.read_text())
    for token in told["tokens"]:
        token["expires"] = "2020-01-01T00:00:00+00:00"
    file.write_text(json.dumps(told))


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 61])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ServingError, match="a token's name has 1 to 60 signs"):
        make_token(tmp_path, name, "reader")


def test_a_name_is_given_once_and_an_unknown_one_cannot_be_revoked(tmp_path: Path) -> None:
    make_token(tmp_path, "anna", "reader")
    with pytest.raises(ServingError, match="there is a token 'anna'"):
        make_token(tmp_path, "anna", "editor")
    with pytest.raises(ServingError, match="no token has the name 'ben'"):
        revoke_token(tmp_path, "ben")


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"tokens": [{"name": "x"}]}', '{"tokens": [5]}'],
)
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, content: str) -> None:
    (tmp_path / TOKENS_FILE).write_text(content)
    with pytest.raises(ServingError, match="move it away and make the tokens anew"):
        TokenBook(tmp_path).find("x")
