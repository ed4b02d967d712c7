"""How fast and how much may be asked: a pace for requests, a budget for tokens and money."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.answer import Tokens


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use; 0 is no limit. Prices are in the reader's currency a million tokens."""

    cases_per_minute: float = 0.0
    max_tokens: int = 0
    max_cost: float = 0.0
    prompt_price: float = 0.0
    completion_price: float = 0.0

    def cost(self, prompt_tokens: int, completion_tokens: int) -> float:
        """Return what so many tokens cost."""
        return Tokens(prompt_tokens, completion_tokens).cost(
            self.prompt_price, self.completion_price
        )


class Pace:
    """Spaces the cases evenly, so that no minute has more than it may."""

    def __init__(self, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._clock = clock
        self._next = clock()

    def seconds_left(self) -> float:
        """Return in how many seconds the next case may be asked, 0 for now."""
        return max(0.0, self._next - self._clock())

    def asked(self) -> None:
        """Note that a case is asked now."""
        self._next = max(self._clock(), self._next) + self._interval


class Budget:
    """Counts the tokens that answers spent and says when there may be no more.

    Cases that are under way when it is used up are finished, so it may be passed by as many.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._prompt = 0
        self._completion = 0

    def spend(self, prompt_tokens: int, completion_tokens: int) -> None:
        """Count what an answer spent."""
        self._prompt += prompt_tokens
        self._completion += completion_tokens

    @property
    def tokens(self) -> int:
        """All tokens so far."""
        return self._prompt + self._completion

    @property
    def cost(self) -> float:
        """What they cost."""
        return self._limits.cost(self._prompt, self._completion)

    def used_up(self) -> str:
        """Return which limit is reached, in words; "" while there is room."""
        limits = self._limits
        if limits.max_tokens and self.tokens >= limits.max_tokens:
            return f"{self.tokens:,} of {limits.max_tokens:,} tokens"
        if limits.max_cost and self.cost >= limits.max_cost:
            return f"{self.cost:.2f} of {limits.max_cost:.2f} in money"
        return ""
