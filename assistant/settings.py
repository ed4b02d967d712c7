"""The settings of one process, built once at the edge: defaults < file < environment < flags."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from assistant.errors import SettingsError

_SETTINGS_FILE = "settings.toml"
_EMBEDDING_MODEL = "all-MiniLM-L6-v2"
_PASSAGES = 40
_THRESHOLD = 0.4
_MODEL_SECONDS = 60.0
_MODEL_AT_ONCE = 2
_EVIDENCE_TOKENS = 8000
_WEB_MEGABYTES = 50.0
_WEB_SECONDS = 60.0
_WEB_DELAY = 1.0
_MODEL_KEY = "RARE_EARTH_MODEL_KEY"
VECTOR_HEADER = "RARE_EARTH_VECTOR_HEADER"
_VECTOR_TENANT, _VECTOR_DATABASE = "default_tenant", "default_database"  # as Chroma calls its own
_VECTOR_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0", "")
VARIABLES = {
    "embedding_model": "RARE_EARTH_EMBEDDING_MODEL",
    "passages": "RARE_EARTH_PASSAGES",
    "reranker": "RARE_EARTH_RERANKER",
    "entailment": "RARE_EARTH_ENTAILMENT",
    "threshold": "RARE_EARTH_THRESHOLD",
    "model": "RARE_EARTH_MODEL",
    "model_address": "RARE_EARTH_MODEL_ADDRESS",
    "model_seconds": "RARE_EARTH_MODEL_SECONDS",
    "model_at_once": "RARE_EARTH_MODEL_AT_ONCE",
    "evidence_tokens": "RARE_EARTH_EVIDENCE_TOKENS",
    "verifier": "RARE_EARTH_VERIFIER",
    "verifier_address": "RARE_EARTH_VERIFIER_ADDRESS",
    "search_rounds": "RARE_EARTH_SEARCH_ROUNDS",
    "model_tokens": "RARE_EARTH_MODEL_TOKENS",
    "prompt_price": "RARE_EARTH_PROMPT_PRICE",
    "completion_price": "RARE_EARTH_COMPLETION_PRICE",
    "strict": "RARE_EARTH_STRICT",
    "traces": "RARE_EARTH_TRACES",
    "web_hosts": "RARE_EARTH_WEB_HOSTS",
    "web_proxy": "RARE_EARTH_WEB_PROXY",
    "web_megabytes": "RARE_EARTH_WEB_MEGABYTES",
    "web_seconds": "RARE_EARTH_WEB_SECONDS",
    "web_delay": "RARE_EARTH_WEB_DELAY",
    "web_contact": "RARE_EARTH_WEB_CONTACT",
    "vector_addresses": "RARE_EARTH_VECTOR_ADDRESSES",
    "vector_name": "RARE_EARTH_VECTOR_NAME",
    "vector_tenant": "RARE_EARTH_VECTOR_TENANT",
    "vector_database": "RARE_EARTH_VECTOR_DATABASE",
}
# "keyring": where the secret is kept
_IN_FILE_ALONE = frozenset(("model_key_in", "vector_header_in"))


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a reader can set."""

    home: Path  # catalog, vectors, runs: all that is kept, in one folder
    embedding_model: str = _EMBEDDING_MODEL  # the packaged one, or a folder or cached name
    passages: int = _PASSAGES  # how many passages are considered for an answer
    reranker: str = ""  # a cross-encoder's folder or cached name; "" for none
    entailment: str = ""  # a model for natural-language inference that checks verdicts; "" for none
    threshold: float = _THRESHOLD  # probability, 0 to 1, from which an answer is shown
    model: str = ""  # the language model's name at its endpoint; "" for extractive answers
    model_address: str = ""  # of an OpenAI-compatible endpoint: http://localhost:11434/v1
    model_seconds: float = _MODEL_SECONDS  # how long is waited for it in all, for one answer
    model_at_once: int = _MODEL_AT_ONCE  # requests under way at once, of all processes of a home
    evidence_tokens: int = _EVIDENCE_TOKENS  # of the sources that it is given, about
    verifier: str = ""  # another model that verifies what is written; "" for the same
    verifier_address: str = ""  # where it is served; "" for the same endpoint
    search_rounds: int = 1  # how often is searched for a broad question: again for what is open
    model_tokens: int = 0  # of an answer, from which no more is asked than must be; 0 for no limit
    prompt_price: float = 0.0  # of a million tokens that a model reads, in the reader's currency
    completion_price: float = 0.0  # of a million that it writes
    strict: bool = False  # whether of what a model writes only what is verified is shown
    traces: str = ""  # of a collector of OpenTelemetry (OTLP over gRPC): http://localhost:4317
    web_hosts: tuple[str, ...] = ()  # of private networks or other ports: intranet.example:8080
    web_proxy: str = ""  # by which pages of the web are fetched: http://proxy.example:3128
    web_megabytes: float = _WEB_MEGABYTES  # of a page of the web, unpacked
    web_seconds: float = _WEB_SECONDS  # for one page with its redirects
    web_delay: float = _WEB_DELAY  # seconds between two requests of one host
    web_contact: str = ""  # told to sites: where their owner may complain
    vector_addresses: str = ""  # of Chroma servers for the vectors, spaces between: http://a:8000
    vector_name: str = ""  # of this home among those that share the servers
    vector_tenant: str = _VECTOR_TENANT  # on these servers
    vector_database: str = _VECTOR_DATABASE  # of this tenant
    model_key: str = field(default="", repr=False)  # a secret: from the environment alone
    is_key_in_keyring: bool = False  # whether the system's keyring holds it instead
    vector_header: str = field(default="", repr=False)  # "Name: value" that the servers ask for
    is_header_in_keyring: bool = False  # whether the system's keyring holds that instead


def load_settings(
    environ: Mapping[str, str], home: Path | None = None, embedding_model: str | None = None
) -> Settings:
    """Return the settings: what is given, else the environment, else HOME/settings.toml.

    Raises SettingsError for a value that cannot be used.
    """
    from platformdirs import user_data_path

    folder = home or Path(environ.get("RARE_EARTH_HOME") or user_data_path("rare-earth-assistant"))
    folder = folder.expanduser().resolve()
    values = _read_file(folder / _SETTINGS_FILE)
    values |= {name: environ[key] for name, key in VARIABLES.items() if environ.get(key)}
    if embedding_model:
        values["embedding_model"] = embedding_model
    return Settings(
        folder,
        embedding_model=str(values.get("embedding_model", _EMBEDDING_MODEL)),
        passages=int(_number(values, "passages", _PASSAGES, _Bounds(1, 200, whole=True))),
        reranker=str(values.get("reranker", "")),
        entailment=str(values.get("entailment", "")),
        threshold=_number(values, "threshold", _THRESHOLD, _Bounds(0, 1)),
        model=str(values.get("model", "")),
        model_address=_model_address(values),
        model_seconds=_number(values, "model_seconds", _MODEL_SECONDS, _Bounds(1, 3600)),
        model_at_once=int(
            _number(values, "model_at_once", _MODEL_AT_ONCE, _Bounds(1, 64, whole=True))
        ),
        evidence_tokens=int(
            _number(values, "evidence_tokens", _EVIDENCE_TOKENS, _Bounds(500, 200_000, whole=True))
        ),
        verifier=str(values.get("verifier", "")),
        verifier_address=_address(values, "verifier_address"),
        search_rounds=int(_number(values, "search_rounds", 1, _Bounds(1, 5, whole=True))),
        model_tokens=int(_number(values, "model_tokens", 0, _Bounds(0, 10_000_000, whole=True))),
        prompt_price=_number(values, "prompt_price", 0, _Bounds(0, 10_000)),
        completion_price=_number(values, "completion_price", 0, _Bounds(0, 10_000)),
        strict=_flag(values, "strict"),
        traces=_address(values, "traces"),
        web_hosts=tuple(str(values.get("web_hosts", "")).replace(",", " ").split()),
        web_proxy=_proxy(values),
        web_megabytes=_number(values, "web_megabytes", _WEB_MEGABYTES, _Bounds(1, 1000)),
        web_seconds=_number(values, "web_seconds", _WEB_SECONDS, _Bounds(1, 3600)),
        web_delay=_number(values, "web_delay", _WEB_DELAY, _Bounds(0, 3600)),
        web_contact=_contact(values),
        vector_addresses=_vector_addresses(values),
        vector_name=str(values.get("vector_name", "")),
        vector_tenant=str(values.get("vector_tenant", _VECTOR_TENANT)),
        vector_database=str(values.get("vector_database", _VECTOR_DATABASE)),
        model_key=environ.get(_MODEL_KEY, ""),
        is_key_in_keyring=values.get("model_key_in") == "keyring" and not environ.get(_MODEL_KEY),
        vector_header=environ.get(VECTOR_HEADER, ""),
        is_header_in_keyring=values.get("vector_header_in") == "keyring"
        and not environ.get(VECTOR_HEADER),
    )


def with_secrets(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """Return settings with the secrets of an environment."""
    return replace(
        settings,
        model_key=environ.get(_MODEL_KEY, ""),
        vector_header=environ.get(VECTOR_HEADER, ""),
    )


def _vector_addresses(values: Mapping[str, str]) -> str:
    """Return where the vectors are kept, "" for the home; SettingsError for what cannot be."""
    told = str(values.get("vector_addresses", "")).split()
    addresses = [_address({"vector_addresses": one}, "vector_addresses") for one in told]
    if with_path := [one for one in addresses if "/" in one.partition("://")[2]]:
        raise SettingsError(
            f"vector_addresses holds {with_path[0]!r}; give scheme, host and port alone, such as "
            "http://localhost:8000"
        )
    if len(set(addresses)) < len(addresses):
        raise SettingsError("vector_addresses names a server twice; name each once")
    name = str(values.get("vector_name", ""))
    if addresses and not _VECTOR_NAME.fullmatch(name):
        raise SettingsError(
            f"vectors on a server need {VARIABLES['vector_name']}, a name of this home there, of "
            "letters, digits, dots and dashes; set it"
        )
    return " ".join(addresses)


def _model_address(values: Mapping[str, str]) -> str:
    """Return where the language model is served, "" for no model; SettingsError for neither."""
    address = str(values.get("model_address", "")).rstrip("/")
    if bool(values.get("model")) != bool(address):
        raise SettingsError(
            f"a language model needs both {VARIABLES['model']}, its name, and "
            f"{VARIABLES['model_address']}, where it is served; set both or neither"
        )
    if values.get("verifier") and not address:
        raise SettingsError(
            f"{VARIABLES['verifier']} names a model that verifies what another writes; set "
            f"{VARIABLES['model']} and {VARIABLES['model_address']}, too"
        )
    return _address(values, "model_address")


def _address(values: Mapping[str, str], name: str) -> str:
    """Return the address of an endpoint, "" for none. Raises SettingsError for what is none."""
    address = str(values.get(name, "")).rstrip("/")
    if any(sign in address for sign in "@?#"):
        secret = VECTOR_HEADER if name == "vector_addresses" else _MODEL_KEY
        raise SettingsError(f"{name} holds a name or key; give the key in {secret}")
    if address and not re.match(r"https?://[^/\s]", address):
        raise SettingsError(
            f"{name} is {address!r}; give an address such as http://localhost:11434/v1"
        )
    return address


def _proxy(values: Mapping[str, str]) -> str:
    """Return the proxy of the web, "" for none. Raises SettingsError for what is none."""
    address = str(values.get("web_proxy", "")).rstrip("/")
    if address and not re.fullmatch(r"http://[^/\s@?#]+", address):
        raise SettingsError(
            "web_proxy is no address of a proxy; give one without a name or password, such as "
            "http://proxy.example:3128"
        )
    return address


def _contact(values: Mapping[str, str]) -> str:
    """Return what is told to sites. Raises SettingsError for what cannot stand in a request."""
    told = str(values.get("web_contact", ""))
    if not re.fullmatch(r"[\x21-\x7e ]{0,200}", told):
        raise SettingsError(f"web_contact is {told[:80]!r}; give an e-mail or an address")
    return told


def _flag(values: Mapping[str, str], name: str) -> bool:
    """Return a setting that is yes or no. Raises SettingsError for anything else."""
    told = str(values.get(name, "")).lower()
    if told not in (*_YES, *_NO):
        raise SettingsError(f"{name} is {told!r}; give yes or no")
    return told in _YES


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Between which numbers a setting may lie."""

    least: int
    most: int
    whole: bool = False


def _number(values: Mapping[str, str], name: str, default: float, bounds: _Bounds) -> float:
    """Return a setting that is a number. Raises SettingsError where it is none within bounds."""
    told = values.get(name)
    if told is None:
        return default
    wanted = f"a number from {bounds.least} to {bounds.most}"
    try:
        number = int(told) if bounds.whole else float(told)
    except ValueError as error:
        kind = "a whole number" if bounds.whole else wanted
        raise SettingsError(f"{name} is {told!r}; give {kind}") from error
    if not bounds.least <= number <= bounds.most:
        raise SettingsError(f"{name} is {told}; give {wanted}")
    return number


def environment_over(environ: Mapping[str, str], values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the variables of an environment that go before settings kept in a home."""
    variables = (VARIABLES[name] for name in values if name in VARIABLES)
    return tuple(variable for variable in variables if environ.get(variable))


def keep_settings(home: Path, values: Mapping[str, str]) -> Path:
    """Write settings into HOME/settings.toml, in place of what it has of them; return the file.

    A value of "" takes a setting out. Other lines, comments too, stay as they are. Raises
    SettingsError where the file cannot be written.
    """
    file = home / _SETTINGS_FILE
    _read_file(file)
    try:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        kept = [line for line in lines if line.partition("=")[0].strip() not in values]
        kept += [f"{name} = {json.dumps(value)}" for name, value in values.items() if value]
        home.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join((*kept, "")), encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{file} cannot be written ({error.strerror}); make it so") from error
    return file


def _read_file(file: Path) -> dict[str, str]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read as TOML ({error}); correct it") from error
    if unknown := sorted(content.keys() - VARIABLES.keys() - _IN_FILE_ALONE):
        known = ", ".join(sorted((*VARIABLES, *_IN_FILE_ALONE)))
        raise SettingsError(f"{file}: unknown setting {unknown[0]!r}; known are {known}")
    return {name: str(value) for name, value in content.items()}


def opening_of(settings: Settings) -> dict[str, Any]:
    """Return settings as they are sent to the process that is to open with them."""
    return asdict(settings) | {"home": str(settings.home)}


def settings_of(opening: Mapping[str, Any]) -> Settings:
    """Return the settings that a process was asked to open with."""
    given = {field.name: opening[field.name] for field in fields(Settings)}
    lists = {name: tuple(told) for name, told in given.items() if isinstance(told, list)}
    return Settings(**given | lists | {"home": Path(opening["home"])})
