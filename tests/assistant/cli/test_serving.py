"""The commands of the server: tokens made, listed, revoked; what serve refuses before it starts."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.errors import ServingError
from assistant.serving.tokens import TOKENS_FILE, TokenBook


def run(home: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command; raises what `main` would tell in one line."""
    result = CliRunner().invoke(app, ["--home", str(home), *arguments])
    if isinstance(result.exception, ServingError):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_token_is_told_once_listed_without_its_digest_and_revoked(tmp_path: Path) -> None:
    code, out, err = run(tmp_path, "tokens", "make", "anna", "--role", "editor", "--days", "7")
    secret = out.strip()
    assert (code, err) == (0, "keep it now: it cannot be shown again\n")
    token = TokenBook(tmp_path).find(secret)
    assert token is not None
    _, out, _ = run(tmp_path, "tokens", "list")
    made, until = token.made[:10], token.expires[:10]
    assert out == f"anna  editor  made {made}, until {until}  ...{secret[-4:]}\n"
    (listed,) = json.loads(run(tmp_path, "tokens", "list", "--json")[1])["tokens"]
    assert set(listed) == {"name", "role", "made", "expires", "ending"}
    assert run(tmp_path, "tokens", "revoke", "anna")[:2] == (0, "revoked anna\n")
    assert run(tmp_path, "tokens", "list")[2].startswith("no tokens yet")


def test_a_role_is_reader_or_editor(tmp_path: Path) -> None:
    assert run(tmp_path, "tokens", "make", "anna", "--role", "owner")[0] == 2
    assert not (tmp_path / TOKENS_FILE).exists()


@pytest.mark.parametrize(
    "arguments", [["--host", "0.0.0.0"], ["--host", "::"], ["--require-tokens"]]
)
def test_where_a_token_is_needed_serve_refuses_to_start_without_one(
    tmp_path: Path, arguments: list[str]
) -> None:
    with pytest.raises(ServingError, match="a token is needed, and there is none; run: rare-earth"):
        run(tmp_path, "serve", "--port", "0", *arguments)


def test_without_the_extra_serve_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.extras.find_spec", lambda _: None)
    with pytest.raises(ServingError, match=r"pip install 'rare-earth-assistant\[server\]'"):
        run(tmp_path, "serve", "--port", "0")
