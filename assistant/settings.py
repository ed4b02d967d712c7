"""The settings of one process, built once at the edge: defaults < file < environment < flags."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsError

_SETTINGS_FILE = "settings.toml"
_EMBEDDING_MODEL = "all-MiniLM-L6-v2"
_PASSAGES = 40
_THRESHOLD = 0.4
_NAMES = {
    "embedding_model": "RARE_EARTH_EMBEDDING_MODEL",
    "passages": "RARE_EARTH_PASSAGES",
    "reranker": "RARE_EARTH_RERANKER",
    "entailment": "RARE_EARTH_ENTAILMENT",
    "threshold": "RARE_EARTH_THRESHOLD",
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
    try:
        passages = int(values.get("passages", _PASSAGES))
    except ValueError as error:
        raise SettingsError(f"passages is {values['passages']!r}; give a whole number") from error
    if not 1 <= passages <= 200:
        raise SettingsError(f"passages is {passages}; give a number from 1 to 200")
    try:
        threshold = float(values.get("threshold", _THRESHOLD))
    except ValueError as error:
        told = values["threshold"]
        raise SettingsError(f"threshold is {told!r}; give a number from 0 to 1") from error
    if not 0 <= threshold <= 1:
        raise SettingsError(f"threshold is {threshold}; give a number from 0 to 1")
    model = str(values.get("embedding_model", _EMBEDDING_MODEL))
    reranker, entailment = (str(values.get(name, "")) for name in ("reranker", "entailment"))
    return Settings(folder, model, passages, reranker, entailment, threshold)


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
