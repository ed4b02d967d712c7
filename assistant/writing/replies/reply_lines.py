"""What a model writes of an answer: sentences with their quotes first, one JSON object each.

The form is that of LongCite (Zhang et al. 2024) turned round: what carries a sentence is chosen
before the sentence is written. Fields under other names, and keys with brackets around them, are
read too.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from assistant.prompts import NO_ANSWER
from assistant.writing.replies.json_objects import ObjectReader
from assistant.writing.replies.plain_text import plain_text

Kind = Literal["fact", "comparison", "inference", "gap"]

_MOST_SENTENCES = 16  # eight are asked for
_MOST_QUOTES = 12
_LONGEST_QUOTE = 2_000
_LONGEST_LEFT = 12_000  # of what becomes no object: small models go round in circles
_WORD = re.compile(r"\w")
_KEY = re.compile(r"k[0-9a-f]{4}\b")


@dataclass(frozen=True, slots=True)
class WrittenQuote:
    """Words that a model says stand in the evidence under a key."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence as plain words with what it quotes; `id` names one that it stands in for."""

    text: str
    kind: Kind = "fact"
    quotes: tuple[WrittenQuote, ...] = ()
    id: str = ""

    @property
    def is_refusal(self) -> bool:
        """Whether it says that the evidence does not answer."""
        return self.text.strip(" .!\"'").upper() == NO_ANSWER


def written_sentences(pieces: Iterable[str]) -> Iterator[WrittenSentence]:
    """Yield the sentences of a reply as each is whole.

    Reading ends where the model repeats itself or writes without end. A reply of plain words
    without any object is one of sentences that quote nothing, and may be the refusal.
    """
    reader, read, begun = ObjectReader(), set[str](), ""
    for piece in pieces:
        begun += piece if not read else ""
        for found in reader.read(piece):
            one = _sentence(json.loads(found))
            if one is None:
                continue
            if one.text and (one.text in read or len(read) == _MOST_SENTENCES):
                return
            read.add(one.text)
            yield one
        if len(reader.left) > _LONGEST_LEFT:
            break
    if not read and _WORD.search(text := plain_text(begun)):
        yield WrittenSentence(NO_ANSWER if NO_ANSWER in text.upper()[:40] else text)


def _sentence(told: Mapping[str, Any]) -> WrittenSentence | None:
    """Return what an object says, None where it has no sentence."""
    text = told.get("sentence", told.get("text"))
    if not isinstance(text, str):
        return None
    kind: Kind = next((one for one in get_args(Kind) if one == told.get("kind")), "fact")
    return WrittenSentence(
        plain_text(text),
        kind,
        written_quotes(told),
        str(told.get("id", "")),
    )


def written_quotes(told: Mapping[str, Any]) -> tuple[WrittenQuote, ...]:
    """Return what an object quotes, each once."""
    listed = told.get("quotes", told.get("quote", []))
    quotes = [_quote(one) for one in (listed if isinstance(listed, list) else [listed])]
    return tuple(dict.fromkeys(one for one in quotes[:_MOST_QUOTES] if one.text))


def _quote(told: object) -> WrittenQuote:
    if isinstance(told, str):
        return WrittenQuote("", told[:_LONGEST_QUOTE])
    if not isinstance(told, dict):
        return WrittenQuote("", "")
    text = told.get("text", told.get("quote", ""))
    key = _KEY.search(str(told.get("key", "")))
    words = text[:_LONGEST_QUOTE] if isinstance(text, str) else ""
    return WrittenQuote(key[0] if key else str(told.get("key", "")), words)
