"""What of the optional libraries is installed: the extras of the project, by the names of pip."""

from importlib.util import find_spec
from typing import Literal

Extra = Literal["app", "llm", "models", "ocr", "people", "ray", "server", "styles", "web"]


def missing_extra(extra: Extra, *libraries: str) -> str:
    """Return what to run where one of the libraries of an extra is not installed, "" elsewhere.

    missing_extra("models", "torch") -> "pip install 'rare-earth-assistant[models]'"
    """
    if all(map(find_spec, libraries)):
        return ""
    return f"pip install 'rare-earth-assistant[{extra}]'"
