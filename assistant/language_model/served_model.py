"""Which model is asked and where: what the settings say of it, and how it is named to readers."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model at an OpenAI-compatible endpoint; `seconds` is the wait for one answer."""

    name: str
    address: str
    seconds: float
    key: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """The address as messages name it, without a query or a user, which may be secret."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
