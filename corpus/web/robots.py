"""What a site asks of programs in its robots.txt (RFC 9309): Protego is opened here."""

from dataclasses import dataclass
from typing import Any

MOST_BYTES = 512_000  # of a robots.txt
_MOST_SECONDS = 60.0  # of a delay that is heeded: no site may keep a run waiting for hours


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site for one program."""

    rules: Any  # of Protego
    agent: str

    def allows(self, address: str) -> bool:
        """Tell whether an address of the site may be asked."""
        allowed: bool = self.rules.can_fetch(address, self.agent)
        return allowed

    @property
    def delay_seconds(self) -> float:
        """How long the site wants to be left alone between two requests."""
        asked = self.rules.crawl_delay(self.agent) or 0.0
        return min(max(float(asked), 0.0), _MOST_SECONDS)


def read_robots(data: bytes, agent: str) -> Robots:
    """Return what a robots.txt says to a program; an empty one allows all."""
    from protego import Protego

    return Robots(Protego.parse(data.decode("utf-8-sig", "replace")), agent)
