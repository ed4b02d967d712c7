"""How people sign in, as the file says it, and the command that checks it."""

import stat
from pathlib import Path
from typing import Any

import pytest
from providers import provider_with_pages, signing_provider, write_sign_in
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.errors import AnswerError, ProviderError, SettingsError
from assistant.people import EXAMPLE, SignIn, load_secrets, load_sign_in

LOGIN = "https://login.example.org"


def test_where_there_is_no_file_nobody_signs_in(tmp_path: Path) -> None:
    assert load_sign_in(tmp_path, {}) is None


def test_the_example_is_a_file_that_is_read(tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.toml"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert load_sign_in(tmp_path / "home", {"RARE_EARTH_SIGN_IN": str(file)}) == SignIn(
        provider=f"{LOGIN}/.well-known/openid-configuration",
        client_id="rare-earth",
        address="https://desk.example.org",
        editors=("anna@example.org",),
        readers=("analysts",),
    )


def test_every_commented_line_of_the_example_is_a_setting_with_its_default(tmp_path: Path) -> None:
    file = tmp_path / "sign_in.toml"
    file.write_text(EXAMPLE, encoding="utf-8")
    plain = load_sign_in(tmp_path, {})
    lines = [line.removeprefix("# ") if " = " in line else line for line in EXAMPLE.splitlines()]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert load_sign_in(tmp_path, {}) == plain


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"client_id": None}, 'client_id is missing; write client_id = "rare-earth"'),
        ({"client_id": 7}, 'client_id is missing; write client_id = "rare-earth"'),
        ({"client_secret": "x"}, "unknown setting 'client_secret'"),
        ({"hours": 0}, "hours is 0; give a number above 0, 720 at most"),
        ({"hours": True}, "hours is True; give a number"),
        ({"readers": []}, "nobody has a role; give editors"),
        ({"readers": "*"}, "readers is no list of names or groups"),
        ({"editors": [7]}, "editors is no list of names or groups"),
        ({"address": "http://desk.example.org"}, "give where people open the app, an https"),
        ({"address": f"{LOGIN}/desk"}, "without a path"),
        ({"address": "https://a@b.example"}, "give where people open the app"),
        ({"provider": LOGIN}, "which ends in /.well-known/openid-configuration"),
        (
            {"provider": "http://login.example.org/.well-known/openid-configuration"},
            "give the https address of its metadata",
        ),
        ({"name_claim": ""}, 'name_claim is missing; write name_claim = "email"'),
    ],
)
def test_a_wrong_value_is_one_line_that_says_what_to_write(
    tmp_path: Path, changed: dict[str, Any], told: str
) -> None:
    file = write_sign_in(tmp_path, LOGIN, **changed)
    with pytest.raises(SettingsError) as raised:
        load_sign_in(tmp_path, {})
    assert str(file) in str(raised.value)
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_the_address_of_the_app_is_told_as_a_browser_tells_it(tmp_path: Path) -> None:
    write_sign_in(tmp_path, LOGIN, address="https://Desk.example.org:443/")
    sign_in = load_sign_in(tmp_path, {})
    assert sign_in
    assert sign_in.redirect_address == "https://desk.example.org/oauth2callback"


def test_what_signing_in_needs_is_told_where_it_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.extras.find_spec", lambda name: name != "authlib")
    assert load_sign_in(tmp_path, {}) is None
    write_sign_in(tmp_path, LOGIN)
    with pytest.raises(SettingsError, match=r"pip install 'rare-earth-assistant\[people\]'"):
        load_sign_in(tmp_path, {})


def test_a_file_that_is_named_must_be_there_and_be_toml(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    with pytest.raises(SettingsError, match="which is not there; correct it"):
        load_sign_in(tmp_path, {"RARE_EARTH_SIGN_IN": str(file)})
    file.write_text("provider = ", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        load_sign_in(tmp_path, {"RARE_EARTH_SIGN_IN": str(file)})


def test_the_secret_of_cookies_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    environ = {"RARE_EARTH_CLIENT_SECRET": "of the client"}
    first = load_secrets(tmp_path, environ)
    kept = tmp_path / "cookie_secret"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert load_secrets(tmp_path, environ) == first
    assert (first.client, len(first.cookie) >= 32) == ("of the client", True)
    assert "of the client" not in repr(first)


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({}, "RARE_EARTH_CLIENT_SECRET is not set"),
        (
            {"RARE_EARTH_CLIENT_SECRET": "x", "RARE_EARTH_COOKIE_SECRET": "short"},
            "32 or more random signs in RARE_EARTH_COOKIE_SECRET",
        ),
    ],
)
def test_secrets_that_lack_or_are_weak_are_told(
    tmp_path: Path, environ: dict[str, str], told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        load_secrets(tmp_path, environ)


def check(home: Path, *options: str, **environ: str) -> tuple[int, str, str, Exception | None]:
    variables = {"RARE_EARTH_SIGN_IN": "", "RARE_EARTH_CLIENT_SECRET": ""} | environ
    done = CliRunner().invoke(app, ["--home", str(home), "sign-in", *options], env=variables)
    raised = done.exception if isinstance(done.exception, AnswerError) else None
    return done.exit_code, done.stdout, done.stderr, raised


def test_the_command_prints_an_example_where_nobody_signs_in(tmp_path: Path) -> None:
    code, out, err, _ = check(tmp_path)
    assert (code, out) == (0, EXAMPLE)
    assert str(tmp_path / "sign_in.toml") in err


def test_the_example_is_printed_into_the_file_that_it_is_of(tmp_path: Path) -> None:
    (tmp_path / "sign_in.toml").touch()  # as a shell has it before the command runs
    assert check(tmp_path, "--example")[:2] == (0, EXAMPLE)


def test_the_command_asks_the_provider_and_tells_what_must_be_registered(tmp_path: Path) -> None:
    with provider_with_pages({}) as address:
        write_sign_in(tmp_path, address, editors=["anna@example.org"])
        code, out, err, _ = check(tmp_path, RARE_EARTH_CLIENT_SECRET="x")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"provider: {address}",
        "redirect address, to be registered there: http://127.0.0.1:8501/oauth2callback",
        "a sign-in is good for 12 hours",
        "editors: anna@example.org",
        "readers: *",
    ]


def test_the_command_says_what_is_wrong_with_the_provider_or_the_secret(tmp_path: Path) -> None:
    with signing_provider() as provider:
        write_sign_in(tmp_path, provider.address)
        assert "RARE_EARTH_CLIENT_SECRET is not set" in str(check(tmp_path)[3])
        provider.is_there = False
        raised = check(tmp_path, RARE_EARTH_CLIENT_SECRET="x")[3]
    assert isinstance(raised, ProviderError)
    assert str(raised).startswith(f"{provider.metadata_address} does not answer as a provider")
