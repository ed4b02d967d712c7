"""What the page of the language model does: look for servers, try one, keep it in the home."""

import os
from dataclasses import dataclass, replace

from assistant.assistant import Assistant
from assistant.language_model.discovery import FoundServer, find_servers
from assistant.people import require_editor, write_down
from assistant.settings import environment_over, keep_settings
from assistant.writing import find_out

_SET = ("model", "model_address", "verifier", "search_rounds", "model_tokens")


@dataclass(frozen=True, slots=True)
class WantedModel:
    """A language model as the form names it; no name for none.

    `rounds` and `tokens` are the budget of an answer: how often is searched for a broad question,
    and from how many tokens on no more is asked than must be, 0 for no limit.
    """

    address: str
    name: str
    verifier: str = ""
    rounds: int = 1
    tokens: int = 0

    @property
    def settings(self) -> dict[str, str]:
        """The settings that name it, "" for what is as it is without any."""
        return {
            "model": self.name,
            "model_address": self.address.rstrip("/"),
            "verifier": self.verifier,
            "search_rounds": str(self.rounds) if self.rounds > 1 else "",
            "model_tokens": str(self.tokens) if self.tokens else "",
        }


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The servers that were found on this machine, once it was looked for them."""

    servers: tuple[FoundServer, ...] = ()
    is_done: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """Each model as it is chosen."""
        return tuple(choice for choice, _ in self._choices())

    def chosen(self, choice: str) -> tuple[str, str]:
        """Return address and name of a choice."""
        return dict(self._choices())[choice]

    def _choices(self) -> list[tuple[str, tuple[str, str]]]:
        return [
            (f"{name} ({server.program}, {server.address})", (server.address, name))
            for server in self.servers
            for name in server.models
        ]


def look_for_servers() -> LookedUp:
    """Return the servers that answer at the usual addresses of this machine."""
    return LookedUp(find_servers(), is_done=True)


def set_by_environment() -> tuple[str, ...]:
    """Return the variables that go before what is kept in the home."""
    return environment_over(os.environ, dict.fromkeys(_SET, ""))


def try_and_keep(assistant: Assistant, wanted: WantedModel) -> str:
    """Find out what a model can do and keep it in the home; return what to tell of it.

    Raises ForbiddenError for a reader, LanguageModelError where it does not answer, SettingsError
    for what cannot be used: then nothing is kept.
    """
    settings, person = assistant.settings, assistant.person
    require_editor(person, "set the language model")
    if not wanted.name:
        keep_settings(settings.home, dict.fromkeys((*_SET, "model_key_in"), ""))
        write_down(settings.home, person, "set", "model", "none")
        return "No language model is kept; answers are the sources' own words."
    kept = wanted.settings
    tried = replace(
        settings,
        model=wanted.name,
        model_address=kept["model_address"],
        verifier=wanted.verifier,
    )
    abilities = find_out(tried)
    keep_settings(settings.home, kept)
    write_down(settings.home, person, "set", "model", wanted.name)
    return abilities.said
