"""What a language model can do of what is asked of it here: quote, verify, find no answer.

Three small requests in the very prompts of an answer, over evidence of our own. One that fails is
asked again with its endpoint holding it to the form of the replies.
"""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import LanguageModelError
from assistant.language_model import (
    MODEL_FOLDER,
    Allowance,
    Form,
    LanguageModel,
    Message,
    model_of,
    verifier_of,
)
from assistant.prompts import (
    VERDICTS_FORM,
    WRITTEN_FORM,
    PromptEvidence,
    PromptSentence,
    verifying_messages,
    writing_messages,
)
from assistant.settings import Settings
from assistant.writing.replies.json_objects import json_objects
from assistant.writing.replies.reply_lines import written_sentences

_FILE = "abilities.json"
_ABOUT = (("title", "Almond mine, annual report"), ("published", "2031-03"), ("page", "p. 4"))
_TEXT = (
    "The Almond mine produced 4,120 metric tons of concentrate in 2030, up from 3,870 in 2029. "
    "The concentrate holds 31% of rare-earth oxides. The operator plans a separation plant, which "
    "may open in 2033."
)
_EVIDENCE = (PromptEvidence("k1a2b", _ABOUT, _TEXT),)
_ASKED = "How much concentrate did the Almond mine produce in 2030?"
_UNANSWERED = "Who owns the Almond mine?"
_TRUE = "The Almond mine produced 4,120 metric tons of concentrate in 2030."
_FALSE = "The Almond mine opened a separation plant in 2033."


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a model can do: quote words letter by letter, verify a sentence, find no answer.

    `verifier` names another model that verifies, `needs_form` tells that it is able only while its
    endpoint holds it to the form of the replies.
    """

    model: str
    address: str
    quotes: bool
    verifies: bool
    refuses: bool
    seconds: float = 0.0
    verifier: str = ""
    needs_form: bool = False

    @property
    def writes(self) -> bool:
        """Whether it is let write; else it only points at sentences of the sources."""
        return self.quotes and self.verifies

    @property
    def said(self) -> str:
        """What that means, in a sentence."""
        told = [
            f"{'quotes' if self.quotes else 'does not quote'} its sources letter by letter",
            f"{'tells' if self.verifies else 'does not tell'} a false sentence from a true one",
            f"{'says' if self.refuses else 'does not say'} when there is no answer",
        ]
        held = ", held to the form of its replies by its endpoint" if self.needs_form else ""
        use = (
            f"it writes answers, each sentence verified{held}"
            if self.writes
            else "it only chooses among the sources' own sentences"
        )
        return f"{self.model} {'; '.join(told)}: {use}."


def probe(model: LanguageModel, verifier: LanguageModel, address: str, seconds: float) -> Abilities:
    """Return what a model and its verifier can do. Raises LanguageModelError where one fails."""
    started = time.perf_counter()
    found = _probed(model, verifier, seconds, needs_form=False)
    if not found.writes:
        with suppress(LanguageModelError):  # some do not end while they are held to a form
            held = _probed(model, verifier, seconds, needs_form=True)
            found = held if held.writes else found
    took = round(time.perf_counter() - started, 2)
    named = "" if verifier is model else verifier.name
    return replace(found, address=address, seconds=took, verifier=named)


def _probed(
    model: LanguageModel, verifier: LanguageModel, seconds: float, needs_form: bool
) -> Abilities:
    write, judge = (WRITTEN_FORM, VERDICTS_FORM) if needs_form else (None, None)
    written = _reply(model, writing_messages(_ASKED, _EVIDENCE), seconds, write)
    quotes = any(
        quote.text and quote.key == _EVIDENCE[0].key and quote.text in _TEXT and "4,120" in one.text
        for one in written_sentences([written])
        for quote in one.quotes
    )
    to_verify = [PromptSentence(f"s{n}", text, _EVIDENCE) for n, text in enumerate((_TRUE, _FALSE))]
    verdicts = _verdicts(_reply(verifier, verifying_messages(_ASKED, to_verify), seconds, judge))
    verifies = verdicts.get("s0") == "supported" and verdicts.get("s1") in (
        "contradicted",
        "not stated",
    )
    refused = _reply(model, writing_messages(_UNANSWERED, _EVIDENCE), seconds, write)
    refuses = all(one.is_refusal or one.kind == "gap" for one in written_sentences([refused]))
    return Abilities(model.name, "", quotes, verifies, refuses, needs_form=needs_form)


def find_out(settings: Settings) -> Abilities:
    """Return what the model and the verifier that settings name can do, and keep it in the home.

    Raises LanguageModelError where one fails; then nothing is kept.
    """
    model = model_of(settings)
    verifier = verifier_of(settings) if settings.verifier else model
    found = probe(model, verifier, settings.model_address, settings.model_seconds)
    keep_abilities(settings.home / MODEL_FOLDER, found)
    return found


def _reply(
    model: LanguageModel, messages: Sequence[Message], seconds: float, form: Form | None
) -> str:
    return "".join(piece.text for piece in model.write(messages, Allowance.of(seconds), form))


def _verdicts(reply: str) -> dict[str, str]:
    told = map(json.loads, json_objects(reply))
    return {str(one.get("id")): str(one.get("verdict")).lower() for one in told}


def keep_abilities(folder: Path, abilities: Abilities) -> None:
    """Keep what a model can do beside its requests, in place of what was known of it."""
    others = [one for one in _kept(folder) if _key(one) != _key(abilities)]
    folder.mkdir(parents=True, exist_ok=True)
    record = [
        {name: getattr(one, name) for name in Abilities.__slots__} for one in (*others, abilities)
    ]
    (folder / _FILE).write_text(json.dumps(record, indent=1), encoding="utf-8")


def known_abilities(folder: Path, model: str, address: str, verifier: str = "") -> Abilities:
    """Return what was found out of a model; one that was not probed is taken to be able."""
    untried = Abilities(model, address, True, True, True, verifier=verifier)
    return next((one for one in _kept(folder) if _key(one) == _key(untried)), untried)


def _kept(folder: Path) -> Iterator[Abilities]:
    try:
        record = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        yield from [Abilities(**one) for one in record]
    except (OSError, ValueError, TypeError):
        return


def _key(one: Abilities) -> tuple[str, str, str]:
    return one.model, one.address, one.verifier
