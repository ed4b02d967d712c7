"""Settings: defaults < the home's file < environment < what is given."""

from dataclasses import replace
from pathlib import Path

import keyring
import platformdirs
import pytest

from assistant.cluster.vector_servers import vector_servers
from assistant.errors import SettingsError
from assistant.settings import Settings, keep_settings, load_settings, with_secrets
from index.storage.vectors import IN_HOME, VectorServers

FILE = 'embedding_model = "from-file"\npassages = 11\n'
ENVIRON = {"RARE_EARTH_EMBEDDING_MODEL": "from-environment", "RARE_EARTH_PASSAGES": "12"}


def write(home: Path, content: str) -> None:
    (home / "settings.toml").write_text(content, encoding="utf-8")


def test_defaults_hold_where_nothing_is_set(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path) == Settings(tmp_path, "all-MiniLM-L6-v2", 40)


def test_the_file_is_stronger_than_the_defaults(tmp_path: Path) -> None:
    write(tmp_path, FILE)
    assert load_settings({}, tmp_path) == Settings(tmp_path, "from-file", 11)


def test_the_environment_is_stronger_than_the_file(tmp_path: Path) -> None:
    write(tmp_path, FILE)
    assert load_settings(ENVIRON, tmp_path) == Settings(tmp_path, "from-environment", 12)


def test_an_empty_variable_sets_nothing(tmp_path: Path) -> None:
    write(tmp_path, FILE)
    assert load_settings(dict.fromkeys(ENVIRON, ""), tmp_path) == Settings(
        tmp_path, "from-file", 11
    )


def test_what_is_given_is_strongest(tmp_path: Path) -> None:
    write(tmp_path, FILE)
    settings = load_settings(ENVIRON | {"RARE_EARTH_HOME": "/elsewhere"}, tmp_path, "given")
    assert settings == Settings(tmp_path, "given", 12)


def test_home_comes_from_the_environment_and_is_resolved(tmp_path: Path) -> None:
    environ = {"RARE_EARTH_HOME": str(tmp_path / "a" / ".." / "b")}
    assert load_settings(environ).home == tmp_path / "b"


def test_home_is_else_the_platform_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name: tmp_path / name)
    assert load_settings({}).home == tmp_path / "rare-earth-assistant"


@pytest.mark.parametrize("passages", ["0", "-1", "201"])
def test_passages_out_of_range_are_refused(tmp_path: Path, passages: str) -> None:
    with pytest.raises(
        SettingsError, match=rf"^passages is {passages}; give a number from 1 to 200$"
    ):
        load_settings({"RARE_EARTH_PASSAGES": passages}, tmp_path)


@pytest.mark.parametrize("passages", ["1", "200"])
def test_passages_at_the_ends_of_the_range_are_taken(tmp_path: Path, passages: str) -> None:
    assert load_settings({"RARE_EARTH_PASSAGES": passages}, tmp_path).passages == int(passages)


def test_passages_that_are_no_number_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^passages is 'many'; give a whole number$"):
        load_settings({"RARE_EARTH_PASSAGES": "many"}, tmp_path)


def test_how_the_web_is_asked_is_set(tmp_path: Path) -> None:
    environ = {
        "RARE_EARTH_WEB_HOSTS": "intranet.example:8080, 10.1.2.3",
        "RARE_EARTH_WEB_PROXY": "http://proxy.example:3128/",
        "RARE_EARTH_WEB_CONTACT": "desk@example.com",
    }
    settings = load_settings(environ, tmp_path)
    assert settings.web_hosts == ("intranet.example:8080", "10.1.2.3")
    assert settings.web_proxy == "http://proxy.example:3128"
    assert settings.web_contact == "desk@example.com"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PROXY", "http://me:secret@proxy.example", "without a name or password"),
        ("PROXY", "socks5://proxy.example", "no address of a proxy"),
        ("CONTACT", "a\r\nX-Other: b", "give an e-mail or an address"),
        ("SECONDS", "0", "give a number from 1 to 3600"),
    ],
)
def test_a_bad_setting_of_the_web_is_refused(
    tmp_path: Path, name: str, value: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told) as raised:
        load_settings({f"RARE_EARTH_WEB_{name}": value}, tmp_path)
    assert "secret" not in str(raised.value)


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "colour = 1\n")
    with pytest.raises(SettingsError) as caught:
        load_settings({}, tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / 'settings.toml'}: unknown setting 'colour'; "
        "known are completion_price, embedding_model, entailment, evidence_tokens, model, "
        "model_address, model_at_once, model_key_in, model_seconds, model_tokens, passages, "
        "prompt_price, reranker, search_rounds, strict, threshold, traces, vector_addresses, "
        "vector_database, vector_header_in, vector_name, vector_tenant, verifier, "
        "verifier_address, web_contact, web_delay, web_hosts, web_megabytes, web_proxy, web_seconds"
    )


@pytest.mark.parametrize("value", ["2", "-0.1", "much"])
def test_a_threshold_that_is_no_probability_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match=r"^threshold is .*; give a number from 0 to 1$"):
        load_settings({"RARE_EARTH_THRESHOLD": value}, tmp_path)


def test_the_threshold_is_the_readers(tmp_path: Path) -> None:
    assert load_settings({"RARE_EARTH_THRESHOLD": "0.6"}, tmp_path).threshold == 0.6


@pytest.mark.parametrize("content", ["passages = \n", "\udcff"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match=r"settings\.toml cannot be read as TOML"):
        load_settings({}, tmp_path)


MODEL = {
    "RARE_EARTH_MODEL": "qwen3:4b",
    "RARE_EARTH_MODEL_ADDRESS": "http://localhost:11434/v1/",
    "RARE_EARTH_MODEL_KEY": "sk-secret",
    "RARE_EARTH_MODEL_SECONDS": "20.5",
    "RARE_EARTH_MODEL_AT_ONCE": "4",
}


def test_language_model_is_set_by_name_and_address(tmp_path: Path) -> None:
    settings = load_settings(MODEL, tmp_path)
    assert (settings.model, settings.model_address) == ("qwen3:4b", "http://localhost:11434/v1")
    assert (settings.model_seconds, settings.model_at_once) == (20.5, 4)
    assert settings.model_key == "sk-secret"


def test_the_key_is_not_in_what_settings_print(tmp_path: Path) -> None:
    assert "secret" not in repr(load_settings(MODEL, tmp_path))


def test_the_key_is_not_taken_from_a_file(tmp_path: Path) -> None:
    write(tmp_path, 'model_key = "sk-secret"')
    with pytest.raises(SettingsError, match="unknown setting 'model_key'"):
        load_settings({}, tmp_path)


@pytest.mark.parametrize("name", ["RARE_EARTH_MODEL", "RARE_EARTH_MODEL_ADDRESS"])
def test_a_model_without_address_or_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="set both or neither"):
        load_settings({name: MODEL[name]}, tmp_path)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("localhost:11434", "give an address such as http://localhost:11434/v1"),
        ("https://", "give an address such as"),
        ("https://me:secret@host/v1", "give the key in RARE_EARTH_MODEL_KEY"),
        ("https://host/v1?key=secret", "give the key in RARE_EARTH_MODEL_KEY"),
    ],
)
def test_an_address_that_is_none_or_holds_a_key_is_refused(
    tmp_path: Path, address: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        load_settings(MODEL | {"RARE_EARTH_MODEL_ADDRESS": address}, tmp_path)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECONDS", "0"),
        ("SECONDS", "3601"),
        ("SECONDS", "soon"),
        ("AT_ONCE", "0"),
        ("AT_ONCE", "1.5"),
    ],
)
def test_limits_of_a_model_are_numbers_within_bounds(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"model_{name.lower()} is "):
        load_settings({f"RARE_EARTH_MODEL_{name}": value}, tmp_path)


VECTORS = {
    "RARE_EARTH_VECTOR_ADDRESSES": "http://a:8000/ https://b",
    "RARE_EARTH_VECTOR_NAME": "magnets",
    "RARE_EARTH_VECTOR_HEADER": "X-Chroma-Token: hidden",
}


def test_servers_for_vectors_are_set_by_addresses_and_the_name_of_the_home(tmp_path: Path) -> None:
    settings = load_settings(VECTORS, tmp_path)
    assert vector_servers(settings) == VectorServers(
        ("http://a:8000", "https://b"), "magnets", headers=(("X-Chroma-Token", "hidden"),)
    )
    assert "hidden" not in repr(settings) + repr(vector_servers(settings))
    assert vector_servers(load_settings({}, tmp_path)) == IN_HOME


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"RARE_EARTH_VECTOR_NAME": ""}, "need RARE_EARTH_VECTOR_NAME, a name of this home there"),
        ({"RARE_EARTH_VECTOR_NAME": "../other"}, "of letters, digits, dots and dashes"),
        ({"RARE_EARTH_VECTOR_ADDRESSES": "a:8000"}, "^vector_addresses is 'a:8000'; give an"),
        ({"RARE_EARTH_VECTOR_ADDRESSES": "http://a/chroma"}, "give scheme, host and port alone"),
        ({"RARE_EARTH_VECTOR_ADDRESSES": "http://a http://a/"}, "names a server twice"),
        ({"RARE_EARTH_VECTOR_ADDRESSES": "http://x:hidden@a"}, "in RARE_EARTH_VECTOR_HEADER$"),
        ({"RARE_EARTH_VECTOR_HEADER": "hidden"}, "is no header; give NAME: VALUE in one line$"),
        ({"RARE_EARTH_VECTOR_HEADER": "X: hidden\nY: z"}, "is no header; give NAME: VALUE"),
    ],
)
def test_servers_for_vectors_that_cannot_be_are_refused(
    tmp_path: Path, environ: dict[str, str], told: str
) -> None:
    with pytest.raises(SettingsError, match=told) as raised:
        vector_servers(load_settings(VECTORS | environ, tmp_path))
    assert "hidden" not in str(raised.value)


def test_the_header_of_servers_comes_from_the_keyring_where_the_file_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {("rare-earth-assistant", "http://a:8000"): "X-Chroma-Token: hidden"}
    monkeypatch.setattr(keyring, "get_password", lambda *place: kept.get(place))
    write(tmp_path, 'vector_addresses = "http://a:8000"\nvector_name = "magnets"\n')
    assert vector_servers(load_settings({}, tmp_path)).headers == ()
    keep_settings(tmp_path, {"vector_header_in": "keyring"})
    settings = load_settings({}, tmp_path)
    assert vector_servers(settings).headers == (("X-Chroma-Token", "hidden"),)


def test_secrets_can_be_those_of_another_environment(tmp_path: Path) -> None:
    settings = load_settings(MODEL | VECTORS, tmp_path)
    assert with_secrets(settings, {}) == replace(settings, model_key="", vector_header="")
    other = {"RARE_EARTH_MODEL_KEY": "a", "RARE_EARTH_VECTOR_HEADER": "b"}
    assert with_secrets(settings, other) == replace(settings, model_key="a", vector_header="b")
