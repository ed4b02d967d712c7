"""The settings of one process, built once at the edge: defaults < file < environment < flags."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import SettingsError

_SETTINGS_FILE = "settings.toml"
_EMBEDDING_MODEL = "all-MiniLM-L6-v2"
_PASSAGES = 40
_THRESHOLD = 0.35
_MODEL_SECONDS = 60.0
_MODEL_AT_ONCE = 2
_MODEL_KEY = "RARE_EARTH_MODEL_KEY"
_NAMES = {
    "embedding_model": "RARE_EARTH_EMBEDDING_MODEL",
    "passages": "RARE_EARTH_PASSAGES",
    "reranker": "RARE_EARTH_RERANKER",
    "entailment": "RARE_EARTH_ENTAILMENT",
    "threshold": "RARE_EARTH_THRESHOLD",
    "model": "RARE_EARTH_MODEL",
    "model_address": "RARE_EARTH_MODEL_ADDRESS",
    "model_seconds": "RARE_EARTH_MODEL_SECONDS",
    "model_at_once": "RARE_EARTH_MODEL_AT_ONCE",
}


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
    model_key: str = field(default="", repr=False)  # a secret: from the environment alone


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
    values |= {name: environ[key] for name, key in _NAMES.items() if environ.get(key)}
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
        model_key=environ.get(_MODEL_KEY, ""),
    )


def _model_address(values: Mapping[str, str]) -> str:
    """Return where the language model is served, "" for no model; SettingsError for neither."""
    address = str(values.get("model_address", "")).rstrip("/")
    if bool(values.get("model")) != bool(address):
        raise SettingsError(
            f"a language model needs both {_NAMES['model']}, its name, and "
            f"{_NAMES['model_address']}, where it is served; set both or neither"
        )
    if any(sign in address for sign in "@?#"):
        raise SettingsError(f"model_address holds a name or key; give the key in {_MODEL_KEY}")
    if address and not re.match(r"https?://[^/\s]", address):
        raise SettingsError(
            f"model_address is {address!r}; give an address such as http://localhost:11434/v1"
        )
    return address


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


def _read_file(file: Path) -> dict[str, str]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read as TOML ({error}); correct it") from error
    if unknown := sorted(content.keys() - _NAMES.keys()):
        known = ", ".join(sorted(_NAMES))
        raise SettingsError(f"{file}: unknown setting {unknown[0]!r}; known are {known}")
    return {name: str(value) for name, value in content.items()}
